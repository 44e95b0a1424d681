//! Payments, waivers, refunds, and declining what was asked.

use super::cover::begin;
use super::text::checked;
use super::{Draft, in_order, workable};
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::incident::state::{Charge, State};
use crate::policy::{Money, Refund};

/// Records a confirmed payment of what is owed; the work may begin, and with it a clock that waits for the payment.
pub(super) fn pay(
    draft: &mut Draft<'_>,
    method: &str,
    reference: &str,
    amount: Option<&str>,
) -> Result<(), Refusal> {
    let charge = owing(draft, "pay")?;
    let before = draft.incident.state;
    let cover = draft.situation.policy.cover.as_ref();
    let methods = cover.map_or(&[][..], |cover| &cover.methods);
    if !methods.iter().any(|known| known == method) {
        let policy = &draft.situation.policy.name;
        let taken = methods.join(", ");
        return Err(Refusal::rule(format!(
            "payment by \"{method}\" is not taken under policy {policy}: only {taken}"
        )));
    }
    let reference = checked("payment's reference", reference)?;
    let owed = Money {
        minor: charge.owed(),
        currency: charge.price.currency,
    };
    if let Some(amount) = amount {
        let amount = Money::parse(amount, owed.currency)
            .map_err(|error| Refusal::input(error.to_string()))?;
        if amount != owed {
            return Err(Refusal::rule(format!(
                "{owed} is owed, not {amount}: check the payment's amount"
            )));
        }
    }
    draft.push(Event::Paid {
        amount: owed,
        method: method.to_owned(),
        reference,
    });
    paid(draft, before)
}

/// Charges nothing, with a reason (P1-22).
pub(super) fn waive(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    let charge = owing(draft, "waive it")?;
    let before = draft.incident.state;
    let reason = checked("reason", reason)?;
    draft.push(Event::Waived {
        amount: Money {
            minor: charge.owed(),
            currency: charge.price.currency,
        },
        reason,
    });
    paid(draft, before)
}

/// Gives back what was paid, unless the cause of the resolution refuses that (P1-16).
pub(super) fn refund(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    let reason = checked("reason", reason)?;
    let number = draft.incident.tech_ref;
    let cause = draft
        .incident
        .resolution
        .as_ref()
        .and_then(|resolution| resolution.cause.as_deref());
    if let Some(cause) = cause.and_then(|name| draft.situation.policy.cause(name))
        && cause.refund == Refund::Refused
    {
        return Err(Refusal::rule(format!(
            "no refund: the cause is {} ({})",
            cause.name, cause.title
        )));
    }
    let charge = draft
        .incident
        .charge
        .filter(|charge| charge.refundable() > 0);
    let Some(charge) = charge else {
        return Err(Refusal::rule(format!(
            "nothing was paid for {number} that could be given back"
        )));
    };
    give_back(draft, charge, reason);
    Ok(())
}

/// Declines the issue; what was paid is given back, and a reserved unit goes back to the balance (P1-14).
pub(super) fn decline(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    if !draft.incident.state.is_open() {
        return workable(&draft.incident, "decline it");
    }
    if draft.incident.state.is_workable() && draft.incident.first_response_at.is_some() {
        let number = draft.incident.tech_ref;
        return Err(Refusal::rule(format!(
            "work on {number} has begun, so it cannot be declined: resolve it, or close it without a resolution"
        )));
    }
    in_order(draft)?;
    let reason = checked("reason", reason)?;
    release(draft);
    if let Some(charge) = draft
        .incident
        .charge
        .filter(|charge| charge.refundable() > 0)
    {
        give_back(draft, charge, format!("declined: {reason}"));
    }
    draft.cancel_all();
    draft.push(Event::Declined { reason });
    Ok(())
}

/// Gives back all that was paid and not yet given back.
pub(super) fn give_back(draft: &mut Draft<'_>, charge: Charge, reason: String) {
    let amount = Money {
        minor: charge.refundable(),
        currency: charge.price.currency,
    };
    draft.push(Event::Refunded { amount, reason });
}

/// Puts a unit back into the customer's balance.
pub(super) fn release(draft: &mut Draft<'_>) {
    if draft.incident.cover.is_some() {
        draft.push(Event::CoverReleased);
    }
}

fn owing(draft: &Draft<'_>, doing: &str) -> Result<Charge, Refusal> {
    let number = draft.incident.tech_ref;
    match draft.incident.state {
        State::AwaitingAcceptance
        | State::ClosedUnresolved
        | State::Declined
        | State::Merged
        | State::Void => {
            workable(&draft.incident, doing)?;
        }
        State::AwaitingPayment | State::Open | State::Waiting | State::Resolved => {}
    }
    let charge = draft.incident.charge.filter(|charge| charge.owed() > 0);
    charge.ok_or_else(|| Refusal::rule(format!("nothing is owed for {number}")))
}

/// Lets the work begin once nothing is owed; a clock that waited for the payment starts with it (P1-02).
fn paid(draft: &mut Draft<'_>, before: State) -> Result<(), Refusal> {
    match before {
        State::AwaitingPayment => begin(draft, draft.situation.at),
        _ => Ok(()),
    }
}
