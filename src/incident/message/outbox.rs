//! What a message of the outbox must be before it may be written down or sent.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Addresses, MessageId, MessageState, Wording, render};
use crate::incident::decide::checked_text;
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;
use crate::policy::{Policy, is_address, is_example};

/// A wording as it is kept: addresses that are some, a subject in one line with the number in it, a text.
pub(in crate::incident) fn checked(
    wording: &Wording,
    incident: &Incident,
    policy: &Policy,
) -> Result<Wording, Refusal> {
    let (to, cc) = (&wording.to, &wording.cc);
    if to.is_empty() {
        return Err(Refusal::input(
            "the message goes to nobody: give an address (--to)",
        ));
    }
    if let Some(wrong) = to.iter().chain(cc.iter()).find(|text| !is_address(text)) {
        return Err(Refusal::input(format!(
            "\"{wrong}\" is no mail address: write it like ada@blue-fern.test"
        )));
    }
    Ok(Wording {
        cc: cc.clone().without(to),
        to: to.clone(),
        subject: render::subject(&wording.subject, incident, policy),
        text: checked_text("message", &render::text(&wording.text))?,
    })
}

/// Refuses to send, or to change, what was sent or dropped.
pub(in crate::incident) fn unsent(
    id: MessageId,
    state: MessageState,
    doing: &str,
) -> Result<(), Refusal> {
    match state {
        MessageState::Queued | MessageState::Failed => Ok(()),
        MessageState::Sent => Err(Refusal::rule(format!(
            "message {id} was sent already, so you cannot {doing} it: write to the customer anew (`holdline respond`)"
        ))),
        MessageState::Dropped => Err(Refusal::rule(format!(
            "message {id} was dropped, so you cannot {doing} it: write to the customer anew (`holdline respond`)"
        ))),
    }
}

/// Refuses to send a message that was sent or dropped, or that goes to an address which belongs to nobody.
///
/// # Errors
/// The [`Refusal`] with the rule.
pub fn sendable(id: MessageId, state: MessageState, wording: &Wording) -> Result<(), Refusal> {
    unsent(id, state, "send")?;
    let everybody = |list: &Addresses| {
        list.iter()
            .find(|address| is_example(address))
            .map(str::to_owned)
    };
    match everybody(&wording.to).or_else(|| everybody(&wording.cc)) {
        Some(nobody) => Err(Refusal::rule(format!(
            "message {id} goes to {nobody}, an address for examples that belongs to nobody: correct it (`holdline \
             mail edit {id}`)"
        ))),
        None => Ok(()),
    }
}

/// How many minutes pass before a message is tried again by itself, each time that it could not be handed over.
const WAITS: [i64; 7] = [5, 15, 60, 4 * 60, 8 * 60, 12 * 60, 24 * 60];

/// When a message is tried again by itself that could not be handed over for the `failures`th time at `last`; never after
/// two days, when somebody has to look at it.
pub fn tried_again_at(failures: usize, last: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let wait = WAITS.get(failures.checked_sub(1)?)?;
    Some(last + TimeDelta::minutes(*wait))
}
