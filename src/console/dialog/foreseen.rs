//! What a step would do, before it is done: the rules decide it on the incident as it stands, and what they would record
//! is told.

use super::sheet::{Note, Seen, Sheet, plain};
use crate::console::forms::Form;
use crate::console::theme::Role;
use crate::incident::{ClockKind, Dated, Ending, Event, decide};
use crate::policy::EntitlementKind;

/// What saving the form now would record; nothing while something is missing or refused.
pub(super) fn events(sheet: &Sheet, form: &Form, seen: &Seen<'_>) -> Vec<Dated> {
    let (incident, situation) = (&seen.dossier.incident, seen.model.situation(seen.dossier));
    (sheet.step)(&form.with_texts(), seen.model.now)
        .ok()
        .and_then(|step| decide(&step, incident, situation).ok())
        .unwrap_or_default()
}

/// What an event means to the agent: money, units, deadlines. Nothing of what the form itself says.
pub(super) fn told(event: &Event, seen: &Seen<'_>) -> Option<Note> {
    let note = match event {
        Event::Paid { amount, .. } => plain(format!("Records {amount} as paid.")),
        Event::Waived { amount, .. } => plain(format!("Waives {amount}: nothing is charged.")),
        Event::Refunded { amount, .. } => plain(format!("Gives back {amount}.")),
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
            plain(format!("The {} clock stands still.", clock.word()))
        }
        Event::ClockResumed { clock, due_at } => plain(format!(
            "The {} clock runs again: due {}.",
            clock.word(),
            seen.when(*due_at)
        )),
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
