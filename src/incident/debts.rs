//! What is owed, and since when.

use chrono::{DateTime, Utc};

use super::decide::owed_today;
use super::event::{Event, Recorded};
use super::state::Incident;
use super::undo::standing;
use crate::policy::{Money, Policy};

/// What is owed for an incident as of today, each part with the instant at which it came to be owed, oldest first: what was
/// asked before the work, and each call's time past what was paid for. `newest` is its policy in the newest version.
pub fn debts(
    incident: &Incident,
    timeline: &[Recorded],
    newest: &Policy,
) -> Vec<(DateTime<Utc>, Money)> {
    let Some(owed) = owed_today(incident, newest) else {
        return Vec::new();
    };
    let (mut asked, mut anew, mut calls) = (None, false, Vec::new());
    for entry in standing(timeline) {
        match &entry.event {
            // Whoever has it from now on is asked anew, if at all.
            Event::Edited(edited) if edited.customer.is_some() => anew = true,
            Event::PaymentAsked { .. } if std::mem::take(&mut anew) => asked = Some(entry.at),
            // Asked again is asked for another price.
            Event::PaymentAsked { .. } => asked = asked.or(Some(entry.at)),
            Event::TimeCharged {
                owed: Some(owed), ..
            } => calls.push((entry.at, owed.minor)),
            // Whoever pays pays all.
            Event::Paid { .. } | Event::Waived { .. } => (asked, calls) = (None, Vec::new()),
            Event::Covered { .. } | Event::CoverReleased => asked = None,
            _ => {}
        }
    }
    let of_calls: i64 = calls.iter().map(|(_, minor)| minor).sum();
    let before = owed.minor - of_calls;
    let before = (before > 0).then(|| (asked.unwrap_or(incident.opened_at), before));
    let mut debts: Vec<_> = before.into_iter().chain(calls).collect();
    debts.sort_by_key(|(at, _)| *at);
    let money = |minor| Money { minor, ..owed };
    debts
        .into_iter()
        .map(|(at, minor)| (at, money(minor)))
        .collect()
}
