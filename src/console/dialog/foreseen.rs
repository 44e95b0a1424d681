//! What a step would do, before it is done: the rules decide it on the incident as it stands, and what they would record
//! is told.

use super::sheet::{Note, Seen, Sheet, plain};
use crate::console::forms::Form;
use crate::console::theme::Role;
use crate::incident::{
    ClockKind, Command, Dated, Ending, Event, Party, Situation, Split, decide, decide_split,
    entitled,
};
use crate::policy::EntitlementKind;

/// What saving the form now would record; nothing while something is missing or refused.
pub(super) fn events(sheet: &Sheet, form: &Form, seen: &Seen<'_>) -> Vec<Dated> {
    let (incident, situation) = (&seen.dossier.incident, seen.model.situation(seen.dossier));
    let command = (sheet.make)(incident.tech_ref, &form.with_texts(), seen.model.now);
    match command {
        Ok(Command::Step(_, step)) => decide(&step, incident, situation)
            .map(|decided| decided.events)
            .unwrap_or_default(),
        Ok(Command::Split(_, split)) => split_off(&split, seen).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// What is recorded of an aspect that becomes an incident of its own, under the newest version of the policy.
fn split_off(split: &Split, seen: &Seen<'_>) -> Option<Vec<Dated>> {
    let incident = &seen.dossier.incident;
    let situation = seen.model.situation(seen.dossier);
    let ruling = seen.model.ruling(&incident.policy)?;
    let new = Situation {
        policy: &ruling.policy,
        policy_version: ruling.version,
        deadlines: &ruling.deadlines,
        ..situation
    };
    let whole = Party {
        incident,
        situation,
    };
    // Its number is known only once it is recorded; nothing that is told depends on it.
    let [_, part] = decide_split(split, whole, incident.tech_ref, new).ok()?;
    Some(part.events)
}

/// What an event means to the agent: money, units, deadlines. Nothing of what the form itself says.
pub(super) fn told(event: &Event, seen: &Seen<'_>) -> Option<Note> {
    let note = match event {
        Event::Paid { amount, .. } => plain(format!("Records {amount} as paid.")),
        Event::Waived { amount, .. } => plain(format!("Waives {amount}: nothing is charged.")),
        Event::Refunded { amount, .. } => plain(format!("Gives back {amount}.")),
        Event::PaymentAsked { price, .. } => {
            plain(format!("Awaits payment of {price} before any work."))
        }
        Event::Covered { entitlement, .. } => {
            let mut known = seen.dossier.entitlements.iter();
            let taken = known.find(|known| Some(known.id) == *entitlement)?;
            let words = entitled::one_in_words(seen.policy(), taken);
            plain(format!("Paid by: {words}, before this one."))
        }
        Event::Uncovered => plain("Nothing covers it: it is worked on, and marked."),
        Event::CoverReleased | Event::CoverRefunded { .. } => {
            plain(format!("{} goes back to the customer.", unit(seen)?))
        }
        Event::CoverUsed => plain(format!("{} is used up.", unit(seen)?)),
        Event::ClockStarted { clock, due_at, .. } => {
            let due = seen.when(*due_at);
            plain(match clock {
                ClockKind::Response => {
                    format!("The {}response clock starts now: due {due}.", within(seen))
                }
                ClockKind::Silence => {
                    let outcome = &seen.policy().silence.as_ref()?.outcome;
                    format!("Resolved as {outcome} on {due} if there is no reply.")
                }
                ClockKind::Estimate => match running(seen, ClockKind::Estimate) {
                    Some(before) => {
                        format!("Promises a resolution by {due}, in place of {before}.")
                    }
                    None => format!("Promises a resolution by {due}."),
                },
                ClockKind::Patch => format!("A patch is due {due}."),
                other => format!("The {} clock starts: due {due}.", other.word()),
            })
        }
        Event::ClockMoved { clock, due_at, .. } => {
            let (before, due) = (running(seen, *clock)?, seen.when(*due_at));
            let moved = format!("The {} moves from {before} to {due}", clock.word());
            if *due_at < seen.model.now {
                (format!("{moved}: missed."), Role::Missed)
            } else {
                plain(format!("{moved}."))
            }
        }
        Event::ClockStopped { clock, ending, .. } => {
            let due = running(seen, *clock)?;
            match ending {
                Ending::Met => plain(format!("The {} is in time: due {due}.", clock.word())),
                Ending::Missed => (
                    format!("The {} is late: it was due {due}.", clock.word()),
                    Role::Missed,
                ),
                Ending::Cancelled | Ending::Replaced | Ending::Expired => return None,
            }
        }
        Event::ClockPaused { clock, .. } => {
            let due = running(seen, *clock)?;
            plain(format!(
                "The {}, due {due}, stands still until there is a reply.",
                clock.word()
            ))
        }
        Event::ClockResumed { clock, due_at } => {
            let (before, due) = (running(seen, *clock)?, seen.when(*due_at));
            plain(format!(
                "The {} runs again: due {due}, which was {before} before the wait.",
                clock.word()
            ))
        }
        _ => return None,
    };
    Some(note)
}

/// When a clock that runs now is due.
fn running(seen: &Seen<'_>, kind: ClockKind) -> Option<String> {
    let clock = seen.dossier.incident.running(kind)?;
    Some(seen.when(clock.due_at))
}

/// The response target's length with a space behind it, such as `4h `.
fn within(seen: &Seen<'_>) -> String {
    let severity = seen.dossier.incident.severity.agreed.as_deref();
    let target = seen.policy().response_target(severity).ok().flatten();
    target.map_or_else(String::new, |target| format!("{} ", target.within))
}

/// What pays for the incident, where it is counted in units.
fn unit(seen: &Seen<'_>) -> Option<&'static str> {
    match seen.dossier.incident.cover.as_ref()?.kind {
        EntitlementKind::PerIncident => Some("The purchase"),
        EntitlementKind::Pack => Some("The unit of the pack"),
        EntitlementKind::Contract | EntitlementKind::Emergency | EntitlementKind::Hours => None,
    }
}
