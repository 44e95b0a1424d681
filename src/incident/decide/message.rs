//! Where a rule calls for a message, and the policy has words for it, one is put into the outbox; and what becomes of it
//! there.

use super::Draft;
use super::text::checked;
use crate::incident::command::MessageStep;
use crate::incident::event::{Event, MessageFailed};
use crate::incident::message::{self, Message, MessageId, MessageState};
use crate::incident::refusal::Refusal;
use crate::policy::Occasion;

impl Draft<'_> {
    /// Puts the message that `at` calls for into the outbox: nothing where the policy writes none, or what is recorded is
    /// history from elsewhere. Where nobody can be written to, a message that is owed is put down as unwritten. `said` is
    /// what was said on the occasion; everything else comes from the incident as the events so far make it.
    pub(super) fn message(&mut self, at: Occasion, said: Option<&str>) {
        if self.situation.quiet {
            return;
        }
        match message::compose(at, said, &self.incident, &self.situation) {
            Some(message) => self.push(Event::MessageQueued(Box::new(message))),
            None if message::is_missed(at, &self.incident, &self.situation) => {
                self.push(Event::MessageUnwritten { occasion: at });
            }
            None => {}
        }
    }

    /// Message `n` is not to be sent any more, if it was not yet.
    pub(super) fn drop_unsent(&mut self, n: u32, reason: &str) {
        let state = self.incident.message(n).map(|message| message.state);
        if matches!(state, Some(MessageState::Queued | MessageState::Failed)) {
            let reason = reason.to_owned();
            self.push(Event::MessageDropped { n, reason });
        }
    }
}

/// Something is done with the incident's message `n`.
pub(super) fn treat(draft: &mut Draft<'_>, n: u32, step: &MessageStep) -> Result<(), Refusal> {
    let id = MessageId {
        tech_ref: draft.incident.tech_ref,
        n,
    };
    let outgoing = *draft.incident.message(n).ok_or_else(|| id.unknown())?;
    let unsent = |doing| message::unsent(id, outgoing.state, doing);
    match step {
        MessageStep::Edit(wording) => {
            unsent("change")?;
            let wording = message::checked(wording, &draft.incident, draft.situation.policy)?;
            draft.push(Event::MessageEdited(Box::new(Message {
                n,
                occasion: outgoing.occasion,
                wording,
                also: Vec::new(),
            })));
        }
        MessageStep::Sent { message_id, by } => {
            unsent("send")?;
            draft.push(Event::MessageSent {
                n,
                message_id: message_id.clone(),
                by: by.clone(),
            });
        }
        MessageStep::Failed { reason, for_good } => {
            unsent("send")?;
            let reason = checked("reason", reason)?;
            draft.push(Event::MessageFailed(MessageFailed {
                n,
                reason,
                for_good: *for_good,
            }));
        }
        MessageStep::Drop { reason } => {
            unsent("drop")?;
            let reason = checked("reason", reason)?;
            draft.push(Event::MessageDropped { n, reason });
        }
    }
    Ok(())
}
