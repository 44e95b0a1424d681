//! Call time that is charged: prepaid hours, what is owed past them, and time outside a contract's hours
//! (`lifecycle.md`, "Entitlements and money").

use chrono::{DateTime, Utc};

use super::cover::{day_of, fitting_hours};
use super::resolve::before_the_work;
use super::text::checked;
use super::{Draft, Situation};
use crate::calendar::Status;
use crate::incident::command::Outside;
use crate::incident::event::{Event, TimeTaken};
use crate::incident::refusal::Refusal;
use crate::incident::state::{Incident, State};
use crate::policy::{EntitlementKind, Hours, Policy, TermError};

/// Charges a call that began at `began_at` and lasted so many seconds, hold excluded: rounded up to the policy's
/// increment, from what was paid for this incident, then from prepaid hours; the rest is owed (P5-04, P5-05). A contract
/// covers it within the hours; outside them `outside` says what becomes of it (P5-02).
pub(super) fn charge(
    draft: &mut Draft<'_>,
    began_at: DateTime<Utc>,
    seconds: i64,
    outside: Option<&Outside>,
) -> Result<(), Refusal> {
    let (incident, situation) = (&draft.incident, draft.situation);
    let asked = asked(incident, situation, began_at).map_err(super::clocks::refused)?;
    if !asked {
        not_asked(incident, outside)?;
    }
    let Some(hours) =
        hours(situation).filter(|_| seconds > 0 && is_charged(incident, situation, began_at))
    else {
        return Ok(());
    };
    if by_contract(incident) && !asked {
        return Ok(());
    }
    let increment = hours.increment.nominal_seconds().max(1);
    let rounded = seconds.saturating_add(increment - 1) / increment * increment;
    match (asked, outside) {
        (true, None) => Err(Refusal::input(
            "the call was outside the contract's hours: say whether its time is charged (--outside charge) or waived \
             (--outside waive --outside-reason TEXT)",
        )),
        (true, Some(Outside::Waive(reason))) => {
            let reason = checked("reason", reason)?;
            draft.push(Event::TimeWaived {
                seconds: rounded,
                reason,
            });
            Ok(())
        }
        _ => take(draft, rounded, hours),
    }
}

/// Whether call time at that instant is outside the hours of the contract that covers the incident, where time is
/// charged at all: then the agent says what becomes of it.
pub fn asks_outside(
    incident: &Incident,
    situation: Situation<'_>,
    began_at: DateTime<Utc>,
) -> bool {
    asked(incident, situation, began_at).unwrap_or_default()
}

fn asked(
    incident: &Incident,
    situation: Situation<'_>,
    began_at: DateTime<Utc>,
) -> Result<bool, TermError> {
    let may = by_contract(incident) && is_charged(incident, situation, began_at);
    Ok(may && closed(incident, situation, began_at)?)
}

/// Refuses to hear what becomes of time outside a contract's hours where that is no question.
pub(super) fn not_asked(incident: &Incident, outside: Option<&Outside>) -> Result<(), Refusal> {
    let number = incident.tech_ref;
    match outside {
        None => Ok(()),
        Some(_) => Err(Refusal::input(format!(
            "no time of this call is outside the hours of a contract that covers {number}: say nothing of it (--outside)"
        ))),
    }
}

fn by_contract(incident: &Incident) -> bool {
    let cover = incident.cover.as_ref();
    cover.is_some_and(|cover| cover.kind == EntitlementKind::Contract)
}

/// Whether the time of a call that began then may be charged: the policy sells hours, and work was possible.
fn is_charged(incident: &Incident, situation: Situation<'_>, began_at: DateTime<Utc>) -> bool {
    hours(situation).is_some()
        && !incident.uncovered
        && was_workable(incident, situation.policy, began_at)
}

/// What an hour costs: today, unless the currency was changed since the incident was opened.
fn hours<'a>(situation: Situation<'a>) -> Option<&'a Hours> {
    let own = situation.policy.cover.as_ref()?.hours.as_ref()?;
    let newest = situation.newest.cover.as_ref()?.hours.as_ref();
    Some(
        newest
            .filter(|newest| newest.rate.currency == own.rate.currency)
            .unwrap_or(own),
    )
}

/// Whether work was possible while the call went on; it may have been what ended the incident.
fn was_workable(incident: &Incident, policy: &Policy, began_at: DateTime<Utc>) -> bool {
    let ended = matches!(incident.state, State::Resolved | State::ClosedUnresolved);
    let until_then = ended && incident.state_since > began_at;
    incident.state.is_workable() || (until_then && before_the_work(incident, policy) == State::Open)
}

/// Whether the incident's office is closed at that instant; a shop that states no hours is never closed.
fn closed(
    incident: &Incident,
    situation: Situation<'_>,
    at: DateTime<Utc>,
) -> Result<bool, TermError> {
    let calendar = situation.deadlines.calendar(incident.office.as_deref())?;
    Ok(calendar.is_some_and(|calendar| matches!(calendar.status(at), Status::Closed { .. })))
}

fn take(draft: &mut Draft<'_>, rounded: i64, hours: &Hours) -> Result<(), Refusal> {
    let own = draft.incident.time_left.min(rounded);
    let mut rest = rounded - own;
    let day = day_of(draft, draft.situation.at)?;
    let first = draft
        .incident
        .cover
        .as_ref()
        .and_then(|cover| cover.entitlement);
    let mut taken = Vec::new();
    for owned in fitting_hours(
        draft.situation.policy,
        draft.situation.entitlements,
        first,
        day,
    ) {
        let seconds = owned.remaining().unwrap_or_default().min(rest);
        if seconds > 0 {
            taken.push(TimeTaken {
                entitlement: owned.id,
                seconds,
            });
            rest -= seconds;
        }
    }
    let owed = (rest > 0).then(|| hours.rate.for_seconds(rest));
    draft.push(Event::TimeCharged {
        seconds: rounded,
        own,
        taken,
        owed,
    });
    Ok(())
}
