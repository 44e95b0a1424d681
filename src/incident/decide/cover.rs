//! What pays for an incident: the check at intake and acceptance.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Draft, Situation, in_order, workable};
use crate::incident::event::Event;
use crate::incident::people::{Entitlement, EntitlementId};
use crate::incident::refusal::Refusal;
use crate::incident::state::{Incident, State};
use crate::policy::{EntitlementKind, Money, Policy, Starts, Without};

/// What pays for a new incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverChoice<'a> {
    /// The policy asks for nothing.
    Free,
    /// This entitlement of the customer.
    By(&'a Entitlement),
    /// Nothing: this is to be paid before any work.
    Pay(Asked),
    /// Nothing, and the policy marks that.
    Uncovered,
}

/// What is asked for where nothing covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The price.
    pub price: Money,
    /// Seconds of call time that it pays for, where time is charged.
    pub seconds: Option<i64>,
}

/// Chooses what pays on `day`: a valid contract, an unused purchase, a pack (the one that ends first, then the oldest),
/// hours, else a payment.
pub fn choose<'a>(
    policy: &Policy,
    entitlements: &'a [Entitlement],
    day: NaiveDate,
) -> CoverChoice<'a> {
    let Some(cover) = &policy.cover else {
        return CoverChoice::Free;
    };
    let fitting = entitlements
        .iter()
        .filter(|entitlement| counts(policy, entitlement) && entitlement.covers(day));
    let order = |entitlement: &&Entitlement| {
        (
            entitlement.kind,
            entitlement.to.unwrap_or(NaiveDate::MAX),
            entitlement.added_at,
            entitlement.id,
        )
    };
    match (fitting.min_by_key(order), cover.without, asked(policy)) {
        (Some(entitlement), ..) => CoverChoice::By(entitlement),
        (None, Without::AwaitPayment, Some(asked)) => CoverChoice::Pay(asked),
        (None, ..) => CoverChoice::Uncovered,
    }
}

/// Whether an entitlement of this kind pays for incidents under the policy; an emergency contract only opens a line.
fn counts(policy: &Policy, entitlement: &Entitlement) -> bool {
    let cover = policy.cover.as_ref();
    entitlement.kind != EntitlementKind::Emergency
        && cover.is_some_and(|cover| cover.kinds.contains(&entitlement.kind))
}

/// What is asked where nothing covers: the price of an incident, or of the first increment of prepaid time.
pub(super) fn asked(policy: &Policy) -> Option<Asked> {
    let cover = policy.cover.as_ref()?;
    if let Some(price) = cover.price {
        return Some(Asked {
            price,
            seconds: None,
        });
    }
    let hours = cover.hours.as_ref()?;
    let seconds = hours.increment.nominal_seconds();
    Some(Asked {
        price: hours.rate.for_seconds(seconds),
        seconds: Some(seconds),
    })
}

/// The prepaid hours that pay for call time on `day`: those that the incident was opened on first, then by their last
/// day and their age.
pub(super) fn fitting_hours<'a>(
    policy: &Policy,
    entitlements: &'a [Entitlement],
    first: Option<EntitlementId>,
    day: NaiveDate,
) -> Vec<&'a Entitlement> {
    let fits = |owned: &&Entitlement| {
        owned.kind == EntitlementKind::Hours && counts(policy, owned) && owned.covers(day)
    };
    let mut hours: Vec<&Entitlement> = entitlements.iter().filter(fits).collect();
    hours.sort_by_key(|owned| {
        (
            Some(owned.id) != first,
            owned.to.unwrap_or(NaiveDate::MAX),
            owned.added_at,
            owned.id,
        )
    });
    hours
}

/// Accepts the issue as within remit, and takes what pays for it (P3-02, P3-07): what the agent chooses now, or chose at
/// intake.
pub(super) fn accept(draft: &mut Draft<'_>, wanted: Option<EntitlementId>) -> Result<(), Refusal> {
    in_order(draft)?;
    draft.push(Event::Accepted);
    take(draft, wanted.or(draft.incident.wanted_entitlement))?;
    begin(draft, draft.incident.opened_at)
}

/// Lets what the customer has bought since pay for an incident that awaits payment (P3-02): nothing is owed for it any more,
/// and the work may begin.
pub(super) fn pay(draft: &mut Draft<'_>, wanted: Option<EntitlementId>) -> Result<(), Refusal> {
    in_order(draft)?;
    let (policy, entitlements) = (draft.situation.policy, draft.situation.entitlements);
    let first = payable(&draft.incident, draft.situation)?;
    let day = day_of(draft, draft.situation.at)?;
    let chosen = match wanted {
        Some(id) => self::wanted(policy, entitlements, id, day)?,
        None => first,
    };
    if !chosen.covers(day) {
        return Err(Refusal::rule(format!(
            "nothing is left of entitlement {}: choose another, or confirm the payment",
            chosen.id.0
        )));
    }
    draft.push(covered(chosen, None));
    begin(draft, draft.situation.at)
}

/// What the customer has that can pay for an incident that awaits payment: the first that fits.
pub(super) fn payable<'a>(
    incident: &Incident,
    situation: Situation<'a>,
) -> Result<&'a Entitlement, Refusal> {
    let number = incident.tech_ref;
    if incident.state != State::AwaitingPayment {
        return Err(Refusal::rule(match incident.state {
            State::AwaitingAcceptance => {
                format!("{number} is not accepted yet: what the customer has pays once it is")
            }
            state => format!("{number} is {}: it awaits no payment", state.word()),
        }));
    }
    if incident
        .charge
        .is_some_and(|charge| charge.paid > 0 || charge.for_time > 0)
    {
        return Err(Refusal::rule(format!(
            "money was moved for {number} already: confirm or waive what is still owed"
        )));
    }
    let calendar = situation.deadlines.calendar(incident.office.as_deref());
    let calendar = calendar.map_err(super::clocks::refused)?;
    let day = calendar.map_or_else(
        || situation.at.date_naive(),
        |calendar| calendar.local(situation.at).date_naive(),
    );
    match choose(situation.policy, situation.entitlements, day) {
        CoverChoice::By(entitlement) => Ok(entitlement),
        _ => Err(Refusal::rule(format!(
            "{} has nothing that pays for {number}: add what was bought, or confirm the payment",
            situation.customer.name
        ))),
    }
}

/// That an entitlement pays, in place of the one that was chosen where that is another.
fn covered(entitlement: &Entitlement, instead_of: Option<EntitlementId>) -> Event {
    Event::Covered {
        cover: entitlement.kind,
        entitlement: Some(entitlement.id),
        used: entitlement.kind != EntitlementKind::PerIncident,
        price: entitlement.price_of_one(),
        instead_of,
        again: false,
    }
}

/// Refuses to accept what needs no acceptance.
pub(super) fn acceptable(incident: &Incident) -> Result<(), Refusal> {
    if incident.state.is_workable() || incident.state == State::AwaitingPayment {
        let number = incident.tech_ref;
        return Err(Refusal::rule(format!(
            "{number} needs no acceptance: it is {}",
            incident.state.word()
        )));
    }
    if incident.state != State::AwaitingAcceptance {
        return workable(incident, "accept it");
    }
    Ok(())
}

/// Starts the response clock that waited for the payment, once nothing is owed.
pub(super) fn begin(draft: &mut Draft<'_>, from: DateTime<Utc>) -> Result<(), Refusal> {
    if waits_for_payment(draft.situation.policy) && draft.incident.state == State::Open {
        return draft.start_response(from);
    }
    Ok(())
}

/// Whether the response clock starts once nothing is owed.
pub(super) fn waits_for_payment(policy: &Policy) -> bool {
    let response = policy.response.as_ref();
    response.is_some_and(|response| response.starts == Starts::PaymentConfirmed)
}

/// Takes the entitlement that pays, or asks for the payment. `wanted` is the agent's choice where the first that fits
/// is not wanted; where somebody else took the last of it meanwhile, whatever else there is pays, and that is said.
pub(super) fn take(draft: &mut Draft<'_>, wanted: Option<EntitlementId>) -> Result<(), Refusal> {
    let (policy, entitlements) = (draft.situation.policy, draft.situation.entitlements);
    let day = day_of(draft, draft.situation.at)?;
    let wanted = wanted
        .map(|id| self::wanted(policy, entitlements, id, day))
        .transpose()?;
    let choice = match wanted.filter(|wanted| wanted.covers(day)) {
        Some(wanted) => CoverChoice::By(wanted),
        None => choose(policy, entitlements, day),
    };
    match choice {
        CoverChoice::Free => {}
        CoverChoice::By(entitlement) => {
            let instead_of = wanted.map(|wanted| wanted.id);
            let instead_of = instead_of.filter(|wanted| *wanted != entitlement.id);
            draft.push(covered(entitlement, instead_of));
        }
        CoverChoice::Pay(asked) => {
            let used_up = wanted.or_else(|| used_up(policy, entitlements, day));
            draft.push(Event::PaymentAsked {
                price: asked.price,
                used_up: used_up.map(|entitlement| entitlement.id),
                seconds: asked.seconds,
            });
        }
        CoverChoice::Uncovered => draft.push(Event::Uncovered),
    }
    Ok(())
}

/// The newest entitlement that would cover an incident on `day`, had there been anything left of it.
pub fn used_up<'a>(
    policy: &Policy,
    entitlements: &'a [Entitlement],
    day: NaiveDate,
) -> Option<&'a Entitlement> {
    let would = |entitlement: &&Entitlement| {
        counts(policy, entitlement) && entitlement.is_valid(day) && !entitlement.covers(day)
    };
    entitlements
        .iter()
        .filter(would)
        .max_by_key(|entitlement| entitlement.id)
}

/// The entitlement that the agent chose. That nothing is left of it is no mistake: somebody else may have been faster.
pub(super) fn wanted<'a>(
    policy: &Policy,
    entitlements: &'a [Entitlement],
    id: EntitlementId,
    day: NaiveDate,
) -> Result<&'a Entitlement, Refusal> {
    let known = entitlements.iter().find(|entitlement| entitlement.id == id);
    let Some(entitlement) = known else {
        let ids: Vec<String> = entitlements
            .iter()
            .map(|entitlement| entitlement.id.0.to_string())
            .collect();
        return Err(Refusal::unknown(
            "entitlement of this customer",
            &id.0.to_string(),
            ids.iter().map(String::as_str),
        ));
    };
    if !counts(policy, entitlement) {
        let policy = &policy.name;
        return Err(Refusal::rule(format!(
            "entitlement {} does not count under policy {policy}: choose another",
            id.0
        )));
    }
    if !entitlement.is_valid(day) {
        return Err(Refusal::rule(format!(
            "entitlement {} is not valid on {day}: choose another",
            id.0
        )));
    }
    Ok(entitlement)
}

/// The day of an instant where the incident's hours are kept; in UTC where no hours are stated.
pub(super) fn day_of(draft: &Draft<'_>, at: DateTime<Utc>) -> Result<NaiveDate, Refusal> {
    Ok(draft.calendar()?.map_or_else(
        || at.date_naive(),
        |calendar| calendar.local(at).date_naive(),
    ))
}
