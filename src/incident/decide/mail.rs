//! A mail that came in belongs to an incident.

use super::{Draft, escalate};
use crate::incident::arrival::{Arrival, MailIn};
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;

/// Keeps the mail beside the entry that tells what it said. With a role of the ladder in copy it is an escalation, unless
/// a program wrote it.
pub(super) fn taken(draft: &mut Draft<'_>, mail: &MailIn) -> Result<(), Refusal> {
    draft.push(Event::MailTaken(Box::new(MailIn {
        mail: mail.mail,
        arrival: Arrival {
            text: None,
            ..mail.arrival.clone()
        },
    })));
    match mail.arrival.by_program {
        true => Ok(()),
        false => escalate::copied(draft, &mail.arrival),
    }
}
