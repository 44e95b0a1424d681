//! Orders, payments, waivers, refunds, and declining what was asked.

use super::cover::{asked, begin, waits_for_payment};
use super::text::{checked, optional};
use super::{Draft, in_order, workable};
use crate::incident::clock::{ClockKind, Ending};
use crate::incident::event::Event;
use crate::incident::refusal::{Refusal, in_utc};
use crate::incident::state::{Charge, Incident, State};
use crate::policy::{Money, Occasion, Policy, Refund, Without};

/// What the incident costs when it is ordered or paid now: the price of the day, which its policy's newest version
/// names, until an order or a payment has fixed it (P1-09).
pub fn charge_today(incident: &Incident, newest: &Policy) -> Option<Charge> {
    let charge = incident.charge?;
    let follows = incident.state == State::AwaitingPayment && charge.follows_the_day();
    Some(match asked(newest).filter(|_| follows) {
        Some(asked) if charge.paid == 0 || asked.price.currency == charge.price.currency => {
            charge.again(asked.price)
        }
        _ => charge,
    })
}

/// What is owed for it as of today.
pub fn owed_today(incident: &Incident, newest: &Policy) -> Option<Money> {
    let owed = incident.owed()?;
    let today = charge_today(incident, newest);
    Some(today.map_or(owed, |charge| charge.money(charge.owed())))
}

/// Records an order at the price of the day, which stays from then on (P1-05).
pub(super) fn order(draft: &mut Draft<'_>, reference: Option<&str>) -> Result<(), Refusal> {
    let reference = optional("order's reference", reference)?;
    reprice(draft);
    if let Some(charge) = draft.incident.charge {
        draft.push(Event::Ordered {
            price: charge.price,
            reference,
        });
        draft.message(Occasion::Ordered, None);
    }
    Ok(())
}

/// Refuses to order what is ordered already, or is not waiting for that.
pub(super) fn orderable(incident: &Incident) -> Result<(), Refusal> {
    let charge = owing(incident, "order it")?;
    let number = incident.tech_ref;
    if let Some(ordered) = charge.ordered_at {
        let ordered = in_utc(ordered);
        return Err(Refusal::rule(format!(
            "{number} was ordered {ordered} at {}: record its payment once that is confirmed",
            charge.price
        )));
    }
    if incident.state != State::AwaitingPayment {
        return Err(Refusal::rule(format!(
            "{number} needs no order: it is {}, so record the payment of what is owed",
            incident.state.word()
        )));
    }
    Ok(())
}

/// Asks for the price of the day instead of an older one.
fn reprice(draft: &mut Draft<'_>) {
    let newest = draft.situation.newest;
    let today = charge_today(&draft.incident, newest);
    if today != draft.incident.charge
        && let Some(asked) = asked(newest)
    {
        draft.push(Event::PaymentAsked {
            price: asked.price,
            used_up: None,
            seconds: asked.seconds,
        });
    }
}

/// Records a confirmed payment of what is owed; the work may begin, and with it a clock that waits for the payment.
/// Without an order before, it is one too.
pub(super) fn pay(
    draft: &mut Draft<'_>,
    method: &str,
    reference: &str,
    amount: Option<&str>,
) -> Result<(), Refusal> {
    let before = draft.incident.state;
    reprice(draft);
    let charge = owing(&draft.incident, "pay")?;
    taken_method(draft.situation.policy, method)?;
    let reference = checked("payment's reference", reference)?;
    let owed = charge.money(charge.owed());
    if let Some(amount) = amount {
        let amount = Money::parse(amount, owed.currency)
            .map_err(|error| Refusal::input(error.to_string()))?;
        if amount != owed {
            return Err(Refusal::rule(format!(
                "{owed} is owed, not {amount}: check the payment's amount"
            )));
        }
    }
    if before == State::AwaitingPayment && charge.ordered_at.is_none() {
        order(draft, None)?;
    }
    draft.push(Event::Paid {
        amount: owed,
        method: method.to_owned(),
        reference,
    });
    paid(draft, before)
}

/// Refuses a method of payment that the policy does not take.
pub(super) fn taken_method(policy: &Policy, method: &str) -> Result<(), Refusal> {
    let cover = policy.cover.as_ref();
    let methods = cover.map_or(&[][..], |cover| &cover.methods);
    if methods.iter().any(|known| known == method) {
        return Ok(());
    }
    let (name, taken) = (&policy.name, methods.join(", "));
    Err(Refusal::rule(if methods.is_empty() {
        format!("policy {name} takes no payments: leave out the method")
    } else {
        format!("payment by \"{method}\" is not taken under policy {name}: only {taken}")
    }))
}

/// Charges nothing, with a reason (P1-22).
pub(super) fn waive(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    let before = draft.incident.state;
    reprice(draft);
    let charge = owing(&draft.incident, "waive it")?;
    let reason = checked("reason", reason)?;
    draft.push(Event::Waived {
        amount: charge.money(charge.owed()),
        reason,
    });
    paid(draft, before)
}

/// Gives back what was paid, unless the cause of the resolution refuses that (P1-16).
pub(super) fn refund(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    let reason = checked("reason", reason)?;
    give_back(draft, &reason);
    ask_again(draft);
    Ok(())
}

/// Before the first response nothing was done for the money that was given back: it awaits its payment as it did before
/// (P1-04). Later the work goes on, and the refund is the shop's goodwill.
fn ask_again(draft: &mut Draft<'_>) {
    let (incident, situation) = (&draft.incident, draft.situation);
    let charge = incident.charge;
    let begun = incident.state != State::Open
        || incident.first_response_at.is_some()
        || charge.is_some_and(|charge| charge.for_time > 0);
    let cover = situation.policy.cover.as_ref();
    let pays_first = cover.is_some_and(|cover| cover.without == Without::AwaitPayment);
    let Some(asked) = asked(situation.newest).filter(|_| pays_first && !begun) else {
        return;
    };
    let seconds = asked.seconds.map(|_| incident.time_left);
    draft.push(Event::PaymentAsked {
        price: charge.map_or(asked.price, |charge| charge.price),
        used_up: None,
        seconds,
    });
    if waits_for_payment(situation.policy) {
        for kind in [ClockKind::Response, ClockKind::Resolution] {
            draft.stop_as(kind, situation.at, Ending::Cancelled);
        }
    }
}

/// Refuses to give back what was not paid, was given back already, or is kept because of the resolution's cause.
pub(super) fn refundable(incident: &Incident, policy: &Policy) -> Result<(), Refusal> {
    let number = incident.tech_ref;
    let cause = incident
        .resolution
        .as_ref()
        .and_then(|resolution| resolution.cause.as_deref());
    if let Some(cause) = cause.and_then(|name| policy.cause(name))
        && cause.refund == Refund::Refused
    {
        return Err(Refusal::rule(format!(
            "no refund: the cause is {} ({})",
            cause.name, cause.title
        )));
    }
    let money = incident
        .charge
        .is_some_and(|charge| charge.refundable() > 0);
    if money || incident.holds_a_unit() {
        return Ok(());
    }
    Err(Refusal::rule(if incident.owed().is_some() {
        format!("nothing was paid for {number} that could be given back: waive what is owed")
    } else {
        format!("nothing was paid for {number} that could be given back")
    }))
}

/// Declines the issue; what was paid is given back, and a unit or call time goes back to the balance (P1-14).
pub(super) fn decline(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    in_order(draft)?;
    let reason = checked("reason", reason)?;
    release(draft);
    give_back(draft, &format!("declined: {reason}"));
    let taken = draft.incident.time_taken.clone();
    if !taken.is_empty() {
        draft.push(Event::TimeGivenBack { taken });
    }
    draft.cancel_all();
    draft.push(Event::Declined { reason });
    draft.message(Occasion::Declined, None);
    Ok(())
}

/// Refuses to decline what was worked on.
pub(super) fn declinable(incident: &Incident) -> Result<(), Refusal> {
    if !incident.state.is_open() {
        return workable(incident, "decline it");
    }
    if incident.state.is_workable() && incident.first_response_at.is_some() {
        let number = incident.tech_ref;
        return Err(Refusal::rule(format!(
            "work on {number} has begun, so it cannot be declined: resolve it, or close it without a resolution"
        )));
    }
    Ok(())
}

/// Gives back all that was paid for the incident and is not given back yet: money as money, a unit to the balance it
/// came from. Whatever calls it, and however often, nothing is given back twice (P1-15).
pub(super) fn give_back(draft: &mut Draft<'_>, reason: &str) {
    let charge = draft.incident.charge;
    if let Some(charge) = charge.filter(|charge| charge.refundable() > 0) {
        draft.push(Event::Refunded {
            amount: charge.money(charge.refundable()),
            reason: reason.to_owned(),
        });
    }
    if draft.incident.holds_a_unit() {
        draft.push(Event::CoverRefunded {
            reason: reason.to_owned(),
        });
    }
}

/// Puts a unit back into the customer's balance, as if it had never been taken.
pub(super) fn release(draft: &mut Draft<'_>) {
    if draft.incident.is_releasable() {
        draft.push(Event::CoverReleased);
    }
}

/// The money that is still owed.
pub(super) fn owing(incident: &Incident, doing: &str) -> Result<Charge, Refusal> {
    let number = incident.tech_ref;
    match incident.state {
        State::AwaitingAcceptance
        | State::ClosedUnresolved
        | State::Declined
        | State::Merged
        | State::Void => {
            workable(incident, doing)?;
        }
        State::AwaitingPayment | State::Open | State::Waiting | State::Resolved => {}
    }
    let charge = incident.charge.filter(|charge| charge.owed() > 0);
    charge.ok_or_else(|| {
        let paid = incident
            .charge
            .is_some_and(|charge| charge.refundable() > 0);
        Refusal::rule(if paid {
            format!("nothing is owed for {number}: it is paid, and a refund gives that back")
        } else {
            format!("nothing is owed for {number}")
        })
    })
}

/// Lets the work begin once nothing is owed; a clock that waited for the payment starts with it (P1-02).
fn paid(draft: &mut Draft<'_>, before: State) -> Result<(), Refusal> {
    match before {
        State::AwaitingPayment => begin(draft, draft.situation.at),
        _ => Ok(()),
    }
}
