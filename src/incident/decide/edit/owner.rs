//! An incident turns out to be another customer's: what paid for it is the first one's again, and the other one pays as
//! at intake; a payment that was made for it goes along.

use crate::incident::clock::{ClockKind, Ending};
use crate::incident::decide::{Draft, Situation, cover, in_order, money, respond};
use crate::incident::event::{Edited, Event, Recorded};
use crate::incident::message::{MessageId, MessageState};
use crate::incident::people::EntitlementId;
use crate::incident::refusal::Refusal;
use crate::incident::state::State;
use crate::incident::undo::standing;
use crate::policy::{Occasion, Starts};

/// Gives the incident to the customer that `to` is about; `wanted` is the entitlement that is to pay for it there.
pub(super) fn hand_over<'a>(
    draft: &mut Draft<'a>,
    edited: Edited,
    to: Situation<'a>,
    wanted: Option<EntitlementId>,
    timeline: &[Recorded],
) -> Result<(), Refusal> {
    in_order(draft)?;
    movable(draft, &to, timeline)?;
    let before = draft.incident.state;
    draft.push(Event::Edited(Box::new(edited)));
    let unsent = drop_unsent(draft)?;
    money::release(draft);
    draft.situation = to;
    pay(draft, wanted)?;
    settle(draft, before)?;
    write_anew(draft, unsent);
    Ok(())
}

/// Refuses to move what hangs on the customer it was logged for.
fn movable(draft: &Draft<'_>, to: &Situation<'_>, timeline: &[Recorded]) -> Result<(), Refusal> {
    let incident = &draft.incident;
    let (number, policy) = (incident.tech_ref, &incident.policy);
    let (old, new) = (&draft.situation.customer.name, &to.customer.name);
    let own = to.customer.policy.as_ref();
    let charge = incident.charge;
    let given_back = incident.cover.as_ref().is_some_and(|cover| cover.refunded)
        || charge.is_some_and(|charge| charge.refunded > 0);
    let time = |entry: &Recorded| matches!(entry.event, Event::TimeCharged { .. });
    let why = if let Some(own) = own.filter(|own| *own != policy) {
        format!("{new} is supported under policy {own}, and {number} is under {policy}")
    } else if let Some(part) = incident.forks.merged_from.first() {
        let part = part.number;
        return Err(Refusal::rule(format!(
            "{part} of {old} was merged into {number}: unmerge it before you change the customer"
        )));
    } else if incident.emergency {
        format!("{number} was taken as an emergency of {old}")
    } else if given_back {
        format!("what {old} paid for {number} was given back")
    } else if standing(timeline).any(time) {
        format!("call time on {number} was charged to {old}")
    } else {
        return Ok(());
    };
    Err(Refusal::rule(format!(
        "{why}: log a new incident for {new} instead, and close this one"
    )))
}

/// What was to be written to the first customer is not sent any more; gives the occasions, each once. Words that somebody chose
/// for them are not dropped unasked.
fn drop_unsent(draft: &mut Draft<'_>) -> Result<Vec<Occasion>, Refusal> {
    let mut unsent = Vec::new();
    for (n, message) in (1_u32..).zip(draft.incident.messages.clone()) {
        let occasion = message.occasion;
        if matches!(message.state, MessageState::Sent | MessageState::Dropped) {
            continue;
        }
        if matches!(occasion, Occasion::Responded | Occasion::Asked) {
            let tech_ref = draft.incident.tech_ref;
            let id = MessageId { tech_ref, n };
            let customer = &draft.situation.customer.name;
            return Err(Refusal::rule(format!(
                "message {id} was written for {customer} and waits to be sent: send or drop it before you change the \
                 customer"
            )));
        }
        let reason = "it is another customer's incident".to_owned();
        draft.push(Event::MessageDropped { n, reason });
        if !unsent.contains(&occasion) {
            unsent.push(occasion);
        }
    }
    Ok(unsent)
}

/// The same is written to the new customer, who gets the number too where the first one has it in writing.
fn write_anew(draft: &mut Draft<'_>, mut occasions: Vec<Occasion>) {
    let incident = &draft.incident;
    let logged = |occasion: Occasion| occasion == Occasion::Logged;
    let sent = incident
        .messages
        .iter()
        .any(|message| logged(message.occasion) && message.state == MessageState::Sent);
    if sent && incident.state.is_open() && !occasions.contains(&Occasion::Logged) {
        occasions.insert(0, Occasion::Logged);
    }
    for occasion in occasions {
        let detail = draft.incident.detail.clone();
        draft.message(occasion, detail.as_deref().filter(|_| logged(occasion)));
    }
}

/// Takes what pays for it of the new customer, unless money was moved for the incident itself: that goes along. What is
/// not accepted yet takes it then.
fn pay(draft: &mut Draft<'_>, wanted: Option<EntitlementId>) -> Result<(), Refusal> {
    let goes_along = draft.incident.charge.is_some();
    match (draft.incident.state, wanted) {
        (State::AwaitingAcceptance, None) => Ok(()),
        (State::AwaitingAcceptance, Some(wanted)) => {
            let day = cover::day_of(draft, draft.situation.at)?;
            let situation = draft.situation;
            cover::wanted(situation.policy, situation.entitlements, wanted, day).map(drop)
        }
        (_, Some(_)) if goes_along => {
            let number = draft.incident.tech_ref;
            Err(Refusal::input(format!(
                "an order or payment for {number} itself goes along: choose no entitlement (--entitlement)"
            )))
        }
        (_, None) if goes_along => Ok(()),
        (_, wanted) => cover::take(draft, wanted),
    }
}

/// What follows from who pays: nothing is asked before work that has begun, a clock that waits for a payment starts or
/// falls away with it.
fn settle(draft: &mut Draft<'_>, before: State) -> Result<(), Refusal> {
    let begun = draft.incident.first_response_at.is_some();
    match draft.incident.state {
        State::AwaitingPayment if begun => {
            let (number, customer) = (draft.incident.tech_ref, &draft.situation.customer.name);
            Err(Refusal::rule(format!(
                "work on {number} has begun, and {customer} has nothing that pays for it: add what they bought before you \
                 change the customer"
            )))
        }
        State::AwaitingPayment => {
            let response = draft.situation.policy.response.as_ref();
            if response.is_some_and(|response| response.starts == Starts::PaymentConfirmed) {
                let at = draft.situation.at;
                draft.stop_as(ClockKind::Response, at, Ending::Cancelled);
                draft.stop_as(ClockKind::Resolution, at, Ending::Cancelled);
            }
            Ok(())
        }
        State::Open if before == State::AwaitingPayment => cover::begin(draft, draft.situation.at),
        _ if begun => {
            respond::use_cover(draft);
            Ok(())
        }
        _ => Ok(()),
    }
}
