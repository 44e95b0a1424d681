//! Which keys the footer names first: what is done most where the incident stands.

use super::guards::means_incident;
use crate::console::model::Model;
use crate::console::screens::screen::Screen;
use crate::incident::State;

const OPEN: &[&str] = &[
    "answer", "hang up", "hold", "call", "respond", "resolve", "to me", "wait", "given",
    "escalate", "undo", "note", "estimate", "severity", "assign", "open", "keys",
];
const WAITING: &[&str] = &[
    "answer", "hang up", "hold", "call", "wait", "respond", "resolve", "to me", "undo", "note",
    "escalate", "open", "keys",
];
const TO_BE_ACCEPTED: &[&str] = &[
    "answer", "hang up", "hold", "call", "accept", "decline", "to me", "undo", "note", "schedule",
    "open", "keys",
];
const UNPAID: &[&str] = &[
    "answer", "hang up", "hold", "call", "pay", "decline", "to me", "undo", "note", "schedule",
    "open", "keys",
];
const ENDED: &[&str] = &[
    "answer", "hang up", "hold", "call", "reopen", "undo", "note", "patched", "escalate", "pay",
    "link", "open", "keys",
];
/// Whom to call, and whom to call back.
const CALLS: &[&str] = &[
    "answer", "hang up", "hold", "ring up", "call", "open", "note", "schedule", "respond",
    "resolve", "keys",
];
/// What is done to several at once.
const MARKED: &[&str] = &[
    "answer", "hang up", "hold", "call", "to me", "assign", "respond", "wait", "resolve",
    "severity", "note", "estimate", "mark", "keys",
];
/// Where no incident is meant: the order of the table.
const ELSEWHERE: &[&str] = &["keys"];

/// Among the customers one looks for somebody first.
const AMONG_CUSTOMERS: &[&str] = &[
    "answer",
    "hang up",
    "hold",
    "filter",
    "open",
    "call",
    "change",
    "person",
    "add",
    "take back",
    "keys",
];

/// The actions that the footer names first, by what stands to be done; the last of them always shows.
pub fn first_in_footer(model: &Model) -> &'static [&'static str] {
    if model.is_bulk() {
        return MARKED;
    }
    let current = model.current().filter(|_| means_incident(model));
    let calls = model.screen == Screen::Calls && model.layers.is_empty();
    match current.map(|dossier| dossier.incident.state) {
        Some(_) if calls => CALLS,
        None if model.screen == Screen::Customers => AMONG_CUSTOMERS,
        None => ELSEWHERE,
        Some(State::Open) => OPEN,
        Some(State::Waiting) => WAITING,
        Some(State::AwaitingAcceptance) => TO_BE_ACCEPTED,
        Some(State::AwaitingPayment) => UNPAID,
        Some(
            State::Resolved
            | State::ClosedUnresolved
            | State::Declined
            | State::Merged
            | State::Void,
        ) => ENDED,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        AMONG_CUSTOMERS, CALLS, ELSEWHERE, ENDED, MARKED, OPEN, TO_BE_ACCEPTED, UNPAID, WAITING,
    };
    use crate::console::actions::KEYS;

    #[test]
    fn the_footer_names_actions_that_there_are() {
        for order in [
            CALLS,
            OPEN,
            WAITING,
            TO_BE_ACCEPTED,
            UNPAID,
            ENDED,
            MARKED,
            AMONG_CUSTOMERS,
            ELSEWHERE,
        ] {
            for name in order {
                assert!(KEYS.iter().any(|binding| binding.name == *name), "{name}");
            }
        }
    }
}
