//! Payments, waivers, refunds, and declining what was asked.

use super::cover::begin;
use super::text::checked;
use super::{Draft, in_order, workable};
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::incident::state::{Charge, Incident, State};
use crate::policy::{Money, Occasion, Policy, Refund};

/// Records a confirmed payment of what is owed; the work may begin, and with it a clock that waits for the payment.
pub(super) fn pay(
    draft: &mut Draft<'_>,
    method: &str,
    reference: &str,
    amount: Option<&str>,
) -> Result<(), Refusal> {
    let charge = owing(&draft.incident, "pay")?;
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
    let charge = owing(&draft.incident, "waive it")?;
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
    let charge = refundable(&draft.incident, draft.situation.policy)?;
    let reason = checked("reason", reason)?;
    give_back(draft, charge, reason);
    Ok(())
}

/// The money that may be given back.
pub(super) fn refundable(incident: &Incident, policy: &Policy) -> Result<Charge, Refusal> {
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
    let charge = incident.charge.filter(|charge| charge.refundable() > 0);
    charge.ok_or_else(|| {
        Refusal::rule(format!(
            "nothing was paid for {number} that could be given back"
        ))
    })
}

/// Declines the issue; what was paid is given back, and a reserved unit goes back to the balance (P1-14).
pub(super) fn decline(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
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
    charge.ok_or_else(|| Refusal::rule(format!("nothing is owed for {number}")))
}

/// Lets the work begin once nothing is owed; a clock that waited for the payment starts with it (P1-02).
fn paid(draft: &mut Draft<'_>, before: State) -> Result<(), Refusal> {
    match before {
        State::AwaitingPayment => begin(draft, draft.situation.at),
        _ => Ok(()),
    }
}
