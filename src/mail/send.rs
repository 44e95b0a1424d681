//! Messages of the outbox on their way: from whom, to what they are handed over, and how that went.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Carrier, Unsent, Written, write};
use crate::incident::{Command, MessageId, MessageState, MessageStep, Refusal, Step, sendable};
use crate::policy::is_address;
use crate::store::{Context, Departure, Desk, StoreError};

/// How it went with one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// The message.
    pub message: MessageId,
    /// Where it stands now; absent where nothing was done with it.
    pub state: Option<MessageState>,
    /// Why it was not sent.
    pub error: Option<String>,
}

/// Sends one message from `from`, else from the policy's role `support`: held first, so that no other program sends it
/// too, and handed over outside the transaction. One that could not be handed over is kept as failed.
///
/// # Errors
/// When it is not known from whom it comes, or the desk refuses.
pub fn send(
    desk: &mut Desk,
    id: MessageId,
    from: Option<&str>,
    carrier: &Carrier,
    context: &Context,
) -> Result<Sent, StoreError> {
    let unsent = |refusal: Refusal| {
        Ok(Sent {
            message: id,
            state: None,
            error: Some(refusal.message),
        })
    };
    // What nobody would get is said before anything else is asked for.
    let message = desk.outbox_message(id)?;
    if let Err(refusal) = sendable(id, message.state, &message.wording) {
        return unsent(refusal);
    }
    let from = sender(desk, id, from)?;
    let departure = match desk.batch(|batch| batch.hold_to_send(id, context.now)) {
        Ok(departure) => departure,
        Err(StoreError::Refused(refusal)) => return unsent(refusal),
        Err(error) => return Err(error),
    };
    let written = written(&departure, &from, context.now)?;
    let wording = &departure.message.wording;
    let to: Vec<String> = wording
        .to
        .iter()
        .chain(wording.cc.iter())
        .map(str::to_owned)
        .collect();
    let (state, error, step) = match carrier.carry(id, &from, &to, &written.bytes) {
        Ok(()) => {
            let step = MessageStep::Sent {
                message_id: written.message_id,
                by: carrier.name(),
            };
            (MessageState::Sent, None, step)
        }
        Err(Unsent { why, for_good }) => {
            let reason = why.clone();
            let step = MessageStep::Failed { reason, for_good };
            (MessageState::Failed, Some(why), step)
        }
    };
    // Each message is sent once by itself, whatever key the whole run was given.
    let context = Context {
        at: None,
        once: None,
        if_revision: None,
        ..context.clone()
    };
    let step = Command::Step(id.tech_ref, Step::Message(id.n, step));
    desk.execute(&step, &context)?;
    Ok(Sent {
        message: id,
        state: Some(state),
        error,
    })
}

/// A message as the file that a mail program reads, without sending it.
///
/// # Errors
/// When it is not known from whom it comes, or the desk cannot be read.
pub fn eml(
    desk: &Desk,
    id: MessageId,
    from: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, StoreError> {
    let from = sender(desk, id, from)?;
    Ok(written(&desk.departure(id)?, &from, now)?.bytes)
}

/// The address that a message comes from.
fn sender(desk: &Desk, id: MessageId, from: Option<&str>) -> Result<String, StoreError> {
    let from = match from.map(str::trim).filter(|from| !from.is_empty()) {
        Some(from) => Some(from.to_owned()),
        None => desk.shop_address(id.tech_ref)?,
    };
    let Some(from) = from else {
        return Err(Refusal::input(
            "the shop's own address is not known: give it (--from, or HOLDLINE_MAIL_FROM), or add the role support to the \
             policy",
        )
        .into());
    };
    if is_address(&from) {
        return Ok(from);
    }
    Err(Refusal::input(format!(
        "the shop's own address \"{from}\" is no mail address: write it like support@blue-fern.test (--from)"
    ))
    .into())
}

fn written(departure: &Departure, from: &str, now: DateTime<Utc>) -> Result<Written, Refusal> {
    write(departure, from, now).map_err(|error| Refusal::input(error.to_string()))
}
