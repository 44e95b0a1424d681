//! One matter that was logged twice.

use chrono::{DateTime, Utc};

use super::{Decided, Party, ongoing};
use crate::incident::TechRef;
use crate::incident::clock::ClockKind;
use crate::incident::decide::possible::{StepKind, possible};
use crate::incident::decide::{Draft, in_order, money, respond};
use crate::incident::event::{Event, Resumed};
use crate::incident::people::EntitlementId;
use crate::incident::refusal::Refusal;
use crate::incident::state::{Charge, Escalation, Incident, State};
use crate::policy::{Contacts, EntitlementKind, Money};

/// Decides that `from` is one matter with `into`: its clocks end, what pays for it goes back to the customer's balance,
/// and its number leads to the other one, which is without an answer since the earlier instant and stands on the higher
/// level. `kept` is the number that a payment gets which becomes an entitlement.
///
/// # Errors
/// A [`Refusal`] when one of the two has ended, or they are not of one customer and policy.
pub fn decide_merge(
    from: Party<'_>,
    into: Party<'_>,
    kept: EntitlementId,
) -> Result<[Decided; 2], Refusal> {
    let (mut old, mut whole) = (from.draft()?, into.draft()?);
    possible(StepKind::Merge, &old.incident, from.situation)?;
    ongoing(&whole.incident, "merge another one into it")?;
    one_matter(&old.incident, &whole.incident)?;
    in_order(&old)?;
    take_in(&mut whole, &old.incident)?;
    give_up(&mut old, whole.incident.tech_ref, kept);
    Ok([old.decided(), whole.decided()])
}

/// Refuses to merge what has ended, or what is owed for work that was done.
pub(in crate::incident::decide) fn mergeable(incident: &Incident) -> Result<(), Refusal> {
    ongoing(incident, "merge it")?;
    if incident.forks.known {
        let number = incident.tech_ref;
        return Err(Refusal::rule(format!(
            "{number} stands for a known fault: merge the other one into it, or take that mark off"
        )));
    }
    let owed = incident.charge.filter(|charge| charge.owed() > 0);
    match owed.filter(|_| incident.state.is_workable()) {
        None => Ok(()),
        Some(charge) => {
            let (number, minor) = (incident.tech_ref, charge.owed());
            let owed = Money {
                minor,
                ..charge.price
            };
            Err(Refusal::rule(format!(
                "{owed} is owed for {number}: confirm its payment or waive it before you merge it"
            )))
        }
    }
}

/// Refuses to merge what cannot be one matter.
fn one_matter(from: &Incident, into: &Incident) -> Result<(), Refusal> {
    let (old, whole) = (from.tech_ref, into.tech_ref);
    if old == whole {
        return Err(Refusal::input(format!(
            "{old} cannot be merged into itself: give the other number"
        )));
    }
    let why = if from.customer != into.customer {
        format!("{old} and {whole} are of two customers: link them instead")
    } else if from.policy != into.policy {
        let (one, other) = (&from.policy, &into.policy);
        format!("{old} is under policy {one} and {whole} under {other}: link them instead")
    } else if counts_to(into, from) {
        format!(
            "{whole} is the same fault as {old}, which stands for it: merge {whole} into {old} instead"
        )
    } else if from.state.is_workable() && into.state == State::AwaitingPayment {
        format!("{whole} awaits its payment and {old} does not: merge {whole} into {old} instead")
    } else {
        return Ok(());
    };
    Err(Refusal::rule(why))
}

/// Whether `one` is the same as a fault whose number leads to `fault`, or would.
fn counts_to(one: &Incident, fault: &Incident) -> bool {
    let led = fault.forks.merged_from.iter().map(|old| old.number);
    let mut led = led.chain([fault.tech_ref]);
    led.any(|number| one.forks.same_as == Some(number))
}

/// The one that goes on takes the earlier start without an answer, and the higher level.
fn take_in(whole: &mut Draft<'_>, old: &Incident) -> Result<(), Refusal> {
    let own = start(&whole.incident);
    let since = start(old).filter(|since| wants_answer(whole, *since));
    whole.push(Event::MergedFrom {
        from: old.tech_ref,
        unanswered_since: since,
        instead_of: own,
    });
    // The customer who asked again has been heard.
    if whole.incident.waits_at(old.opened_at) {
        whole.push(Event::Resumed(Resumed::default()));
        respond::back_from_waiting(whole)?;
    }
    if let Some(since) = since {
        whole.start_response(since)?;
    }
    let level = whole.incident.escalation_level();
    for step in old.standing_escalations().filter(|step| step.level > level) {
        whole.push(Event::EscalationCarried(Box::new(Escalation {
            message: None,
            merged_from: Some(old.tech_ref),
            ..step.clone()
        })));
    }
    Ok(())
}

/// Since when an incident is without an answer.
fn start(incident: &Incident) -> Option<DateTime<Utc>> {
    incident
        .running(ClockKind::Response)
        .map(|clock| clock.started_at)
}

/// Whether the one that goes on owes an answer since `since`: not where one was given already and further contacts want
/// none, and not where it owes one since before that.
fn wants_answer(whole: &Draft<'_>, since: DateTime<Utc>) -> bool {
    match start(&whole.incident) {
        Some(own) => since < own,
        None => {
            let response = whole.situation.policy.response.as_ref();
            let every = response.is_some_and(|response| response.contacts == Contacts::Every);
            every || whole.incident.first_response_at.is_none()
        }
    }
}

/// The other one ends: what paid for it is the customer's again, a payment as what it buys there.
fn give_up(old: &mut Draft<'_>, into: TechRef, kept: EntitlementId) {
    let uncovered = !old.incident.is_releasable();
    let paid = old
        .incident
        .charge
        .filter(|charge| uncovered && charge.refundable() > 0);
    let bought = paid.and_then(|charge| bought(old, charge, kept));
    if paid.is_some() && bought.is_none() {
        money::give_back(old, &format!("merged into {into}"));
    }
    old.push(Event::MergedInto { into });
    old.cancel_all();
    money::release(old);
    if let Some(bought) = bought {
        old.push(bought);
    }
}

/// What a payment buys in the customer's balance: one incident, or the time that it pays for; nothing under a policy
/// that sells neither by itself.
fn bought(old: &Draft<'_>, charge: Charge, entitlement: EntitlementId) -> Option<Event> {
    let sold = old.situation.policy.cover.as_ref()?;
    let minor = charge.refundable();
    let (cover, granted) = if sold.kinds.contains(&EntitlementKind::PerIncident) {
        (EntitlementKind::PerIncident, 1)
    } else {
        let hours = sold.hours.as_ref().filter(|hours| hours.rate.minor > 0)?;
        (EntitlementKind::Hours, minor * 3_600 / hours.rate.minor)
    };
    let payment = old.incident.payment.as_ref();
    Some(Event::PaymentKept {
        customer: old.incident.customer,
        entitlement,
        cover,
        granted,
        price: Money {
            minor,
            ..charge.price
        },
        reference: payment.map(|payment| payment.reference.clone()),
    })
}
