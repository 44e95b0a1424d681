//! A message before it is written down: as whoever gets it will see it (P4-08).

use crate::incident::{Dated, Event, Message, Wording};

/// The message that events put into the outbox, if they do.
pub(super) fn message(events: &[Dated]) -> Option<&Message> {
    events.iter().find_map(|(_, event)| match event {
        Event::MessageQueued(message) => Some(&**message),
        _ => None,
    })
}

/// What it says, with its subject.
pub(super) fn text(wording: &Wording) -> String {
    format!("Subject: {}\n\n{}", wording.subject, wording.text)
}

/// The whole of it, with whom it goes to.
pub fn whole(wording: &Wording) -> String {
    let copy = match wording.cc.is_empty() {
        true => String::new(),
        false => format!("Copy: {}\n", wording.cc),
    };
    format!("To: {}\n{copy}{}", wording.to, text(wording))
}
