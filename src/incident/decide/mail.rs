//! A mail that came in belongs to an incident.

use super::Draft;
use crate::incident::arrival::{Arrival, MailIn};
use crate::incident::event::Event;

/// Keeps the mail beside the entry that tells what it said.
pub(super) fn taken(draft: &mut Draft<'_>, mail: &MailIn) {
    draft.push(Event::MailTaken(Box::new(MailIn {
        mail: mail.mail,
        arrival: Arrival {
            text: None,
            ..mail.arrival.clone()
        },
    })));
}
