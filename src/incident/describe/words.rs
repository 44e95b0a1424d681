//! The words of which descriptions are made.

use crate::incident::clock::{ClockKind, Ending};
use crate::incident::event::NoteKind;
use crate::incident::people::Contact;
use crate::incident::remaining::hours_in_words;
use crate::policy::{Channel, EntitlementKind};

pub(super) fn stopped(clock: ClockKind, ending: Ending) -> String {
    let name = name(clock);
    match ending {
        Ending::Met => format!("{name} in time"),
        Ending::Missed => format!("{name} missed"),
        Ending::Cancelled => format!("{name} clock cancelled"),
        Ending::Replaced => format!("{name} clock replaced"),
        Ending::Expired => "The customer's silence ran out".to_owned(),
    }
}

/// What an entry records, by the word under which it is stored, in few words.
pub fn kind_in_words(kind: &str) -> String {
    let kind = kind.replace('-', " ");
    match kind.as_str() {
        "appointment promised" => "call arranged",
        "payment asked" => "payment asked for",
        "call ended" => "call recorded",
        "clock moved" => "deadline moved",
        "clock paused" => "deadline stands still",
        "clock resumed" => "deadline runs again",
        "clock started" => "deadline set",
        "clock stopped" => "deadline over",
        "contacted" => "contact recorded",
        "cover refunded" | "cover released" => "entitlement given back",
        "cover used" => "entitlement used",
        "covered" => "entitlement taken",
        "emergency asked" => "emergency service asked for",
        "escalation carried" => "escalation of the merged one taken over",
        "escalation grounded" => "ground of the escalation",
        "known fault" => "known fault marked",
        "mail taken" => "mail taken in",
        "merged from" => "merged with another one",
        "merged into" => "merged into another one",
        "message unwritten" => "message that could not be written",
        "number given" => "number given to the caller",
        "parted from" => "taken apart",
        "payment kept" => "payment kept in the balance",
        "same as" => "counted to a known fault",
        "severity agreed" => "severity",
        "silence withdrawn" => "silence of the customer withdrawn",
        "split from" => "split from another one",
        "split into" => "split",
        "time charged" => "call time charged",
        "time given back" => "call time given back",
        "time waived" => "call time waived",
        "told with" => "told together with others",
        "uncovered" => "nothing covers it",
        "undone" => "step taken back",
        "waiting" => "question to the customer",
        same => same,
    }
    .to_owned()
}

/// `text`, and after `between` what follows, if there is anything.
pub(super) fn followed(text: String, between: &str, what: Option<&str>) -> String {
    match what {
        Some(what) => text + between + what,
        None => text,
    }
}

/// `text`, and as a sentence of its own after `label` what follows, if there is anything. Whoever wrote `text` may have
/// ended it already.
pub(super) fn sentence(text: String, label: &str, what: Option<&str>) -> String {
    let ended = text.trim_end().ends_with(['.', '!', '?', '…']);
    let between = if ended { " " } else { ". " };
    followed(text, &format!("{between}{label}"), what)
}

pub(super) fn left_in_words(left: i64) -> String {
    if left < 0 {
        format!("missed by {}", hours_in_words(left.saturating_neg()))
    } else {
        format!("{} left", hours_in_words(left))
    }
}

pub(super) fn name(clock: ClockKind) -> &'static str {
    match clock {
        ClockKind::Response => "Response",
        ClockKind::Estimate => "Estimate",
        ClockKind::Patch => "Patch",
        ClockKind::Silence => "Silence",
        ClockKind::Appointment => "Appointment",
        ClockKind::Resolution => "Resolution",
    }
}

pub(super) fn person(contact: &Contact) -> String {
    match contact.phones.first() {
        Some(phone) => format!("{}, {phone}", contact.name),
        None => contact.name.clone(),
    }
}

pub(super) fn way(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone",
        Channel::Mail => "mail",
        Channel::Chat => "chat",
        Channel::Other => "another channel",
    }
}

pub(super) fn pays(kind: EntitlementKind) -> &'static str {
    match kind {
        EntitlementKind::Contract => "a contract",
        EntitlementKind::PerIncident => "a purchase for one incident",
        EntitlementKind::Pack => "one of a pack",
        EntitlementKind::Hours => "prepaid hours",
        EntitlementKind::Emergency => "an emergency contract",
    }
}

pub(super) fn noted(note: NoteKind) -> &'static str {
    match note {
        NoteKind::Internal => "Note",
        NoteKind::Work => "Work",
        NoteKind::Next => "Next step",
        NoteKind::Question => "Question",
        NoteKind::Answer => "Answer",
        NoteKind::Recommendation => "Recommendation",
        NoteKind::Conduct => "Conduct",
    }
}
