//! How an incident ends, and how it begins again.

use chrono::{DateTime, Utc};

use super::respond::use_cover;
use super::text::{checked, optional};
use super::{Dated, Draft, cover, in_order, money, workable};
use crate::incident::clock::{ClockKind, Ending};
use crate::incident::command::CloseAs;
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::incident::state::{Incident, Resolution, State};
use crate::policy::{Need, Occasion, Outcome, Policy, Refund};

/// Resolves an incident by one of the policy's outcomes, with what that outcome needs, and tells the customer.
pub(super) fn resolve(draft: &mut Draft<'_>, given: &Resolution) -> Result<(), Refusal> {
    untold(draft, given)?;
    draft.message(Occasion::Resolved, None);
    draft.message(Occasion::Forwarded, None);
    Ok(())
}

/// As [`resolve`], but that nobody is told yet.
pub(super) fn untold(draft: &mut Draft<'_>, given: &Resolution) -> Result<(), Refusal> {
    let policy = draft.situation.policy;
    let outcome = known_outcome(policy, &given.outcome)?;
    let at = draft.situation.at;
    let resolution = Resolution {
        outcome: outcome.name.clone(),
        cause: known_cause(policy, given.cause.as_deref())?,
        detail: optional("detail", given.detail.as_deref())?,
        reference: optional("reference", given.reference.as_deref())?,
        version: optional("version", given.version.as_deref())?,
        product: optional("product", given.product.as_deref())?,
        to: optional("addressee", given.to.as_deref())?,
        indication: optional("indication", given.indication.as_deref())?,
        manual_page: optional("manual page", given.manual_page.as_deref())?,
        critical: given.critical,
        contacts_after: outcome.contacts_after,
        at,
    };
    in_order(draft)?;
    complete(outcome, &resolution)?;
    if resolution.critical && !outcome.takes.contains(&Need::Critical) {
        let name = &outcome.name;
        return Err(Refusal::rule(format!(
            "outcome {name} knows no critical bugs: do not call it one (--critical)"
        )));
    }
    use_cover(draft);
    stop_for_good(draft, at);
    if resolution.critical
        && let Some(patch) = &policy.patch
    {
        draft.start(ClockKind::Patch, patch, at)?;
    }
    let refund = resolution
        .cause
        .as_deref()
        .and_then(|name| policy.cause(name))
        .filter(|c| c.refund == Refund::Full);
    draft.push(Event::Resolved(Box::new(resolution)));
    if let Some(cause) = refund {
        money::give_back(draft, &format!("cause {}: {}", cause.name, cause.title));
    }
    Ok(())
}

/// The clocks that an end stops: the end is itself a response, and what was promised is kept or broken by now. A patch
/// runs on (P4-15).
fn stop_for_good(draft: &mut Draft<'_>, at: DateTime<Utc>) {
    for kind in [
        ClockKind::Response,
        ClockKind::Estimate,
        ClockKind::Resolution,
    ] {
        draft.stop(kind, at);
    }
    for kind in [
        ClockKind::Response,
        ClockKind::Silence,
        ClockKind::Appointment,
    ] {
        draft.give_way(kind, at, Ending::Cancelled);
    }
}

fn known_outcome<'a>(policy: &'a Policy, name: &str) -> Result<&'a Outcome, Refusal> {
    let choices: Vec<&str> = policy
        .chosen_outcomes()
        .map(|outcome| outcome.name.as_str())
        .collect();
    policy
        .chosen_outcomes()
        .find(|outcome| outcome.name == name)
        .ok_or_else(|| Refusal::unknown("outcome", name, choices.iter().copied()))
}

fn known_cause(policy: &Policy, name: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    match policy.cause(name) {
        Some(cause) => Ok(Some(cause.name.clone())),
        None => Err(Refusal::unknown(
            "cause",
            name,
            policy.causes.iter().map(|cause| cause.name.as_str()),
        )),
    }
}

/// Whether the outcome has what it needs.
fn complete(outcome: &Outcome, resolution: &Resolution) -> Result<(), Refusal> {
    let has = |need: &Need| match need {
        Need::Detail => resolution.detail.is_some(),
        Need::Reference => resolution.reference.is_some(),
        Need::Version => resolution.version.is_some(),
        Need::Product => resolution.product.is_some(),
        Need::To => resolution.to.is_some(),
        Need::Indication => resolution.indication.is_some(),
        Need::Critical => true,
    };
    let list = |needs: &[Need], between: &str| {
        needs
            .iter()
            .map(|need| format!("--{}", need.key()))
            .collect::<Vec<_>>()
            .join(between)
    };
    let missing: Vec<Need> = outcome
        .needs
        .iter()
        .copied()
        .filter(|need| !has(need))
        .collect();
    let (name, title) = (&outcome.name, &outcome.title);
    if !missing.is_empty() {
        let missing = list(&missing, ", ");
        return Err(Refusal::rule(format!(
            "outcome {name} ({title}) needs {missing}"
        )));
    }
    if !outcome.needs_one_of.is_empty() && !outcome.needs_one_of.iter().any(has) {
        let either = list(&outcome.needs_one_of, " or ");
        return Err(Refusal::rule(format!(
            "outcome {name} ({title}) needs {either}"
        )));
    }
    Ok(())
}

/// Closes an incident without a resolution (P1-23).
pub(super) fn close(draft: &mut Draft<'_>, reason: CloseAs, detail: &str) -> Result<(), Refusal> {
    in_order(draft)?;
    let detail = checked("detail", detail)?;
    let reserved = draft
        .incident
        .cover
        .as_ref()
        .is_some_and(|cover| !cover.used);
    match reason {
        CloseAs::Withdrawn if reserved => money::release(draft),
        _ => use_cover(draft),
    }
    stop_for_good(draft, draft.situation.at);
    draft.push(Event::Closed {
        outcome: reason.word().to_owned(),
        detail,
    });
    Ok(())
}

/// Opens a resolved or closed incident again: the same number, a new response clock from now, no new charge (P2-12).
pub(super) fn reopen(
    draft: &mut Draft<'_>,
    by_customer: bool,
    recurring: bool,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let by = if by_customer { "customer" } else { "agent" }.to_owned();
    let reason = optional("reason", reason)?;
    in_order(draft)?;
    let to = before_the_work(&draft.incident, draft.situation.policy);
    draft.push(Event::Reopened {
        by,
        recurring,
        reason,
        to,
    });
    let incident = &draft.incident;
    let unasked = incident.cover.is_none() && incident.charge.is_none() && !incident.uncovered;
    if to == State::Open && unasked {
        cover::take(draft, None)?;
    }
    if draft.incident.state == State::Open {
        draft.start_response(draft.situation.at)?;
    }
    Ok(())
}

/// The state that a reopened incident goes on in: what was closed before acceptance or payment still needs them. Call time
/// that is owed blocks the next work by itself.
pub(super) fn before_the_work(incident: &Incident, policy: &Policy) -> State {
    if policy.intake.acceptance && incident.accepted_at.is_none() {
        State::AwaitingAcceptance
    } else if incident
        .charge
        .is_some_and(|charge| charge.is_asked_before_work())
    {
        State::AwaitingPayment
    } else {
        State::Open
    }
}

/// Refuses to reopen what has not ended, or has come to nothing.
pub(super) fn reopenable(incident: &Incident) -> Result<(), Refusal> {
    let number = incident.tech_ref;
    match incident.state {
        State::Resolved | State::ClosedUnresolved => Ok(()),
        state if state.is_open() => Err(Refusal::rule(format!(
            "{number} is {}: there is nothing to reopen",
            state.word()
        ))),
        _ => workable(incident, "reopen it"),
    }
}

/// The patch for a critical bug is out (P4-15).
pub(super) fn patched(draft: &mut Draft<'_>) {
    draft.stop(ClockKind::Patch, draft.situation.at);
}

/// What a silence that ran out at `at` does: it resolves the incident there, once (P2-11).
pub(super) fn by_silence(incident: &Incident, outcome: &str, at: DateTime<Utc>) -> Vec<Dated> {
    let mut events = Vec::new();
    for clock in incident
        .clocks
        .iter()
        .filter(|clock| clock.stopped.is_none())
    {
        let ending = match clock.kind {
            ClockKind::Silence => Ending::Expired,
            ClockKind::Appointment => clock.gives_way(at, Ending::Cancelled),
            ClockKind::Patch => continue,
            ClockKind::Response | ClockKind::Estimate | ClockKind::Resolution => clock.verdict(at),
        };
        events.push((
            at,
            Event::ClockStopped {
                clock: clock.kind,
                stopped_at: at.max(clock.started_at),
                ending,
            },
        ));
    }
    let resolution = Resolution {
        outcome: outcome.to_owned(),
        at,
        ..Resolution::default()
    };
    events.push((at, Event::Resolved(Box::new(resolution))));
    events
}
