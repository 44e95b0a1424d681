//! What is about to be recorded, told to the agent before it is: money, units, deadlines, who gets it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::theme::Role;
use crate::incident::{
    ClockKind, Ending, Entitlement, Event, Incident, cover_taken, date_and_time, money_moved,
    unwritten_in_words,
};
use crate::policy::{EntitlementKind, Policy};

/// A line of what is said, with what it means.
pub type Note = (String, Role);

/// A plain line.
pub fn plain(text: impl Into<String>) -> Note {
    (text.into(), Role::Text)
}

/// What events are told against.
pub struct Before<'a> {
    /// The incident before them; a new one as it is logged.
    pub incident: &'a Incident,
    /// Its policy.
    pub policy: &'a Policy,
    /// What its customer bought or was granted.
    pub entitlements: &'a [Entitlement],
    /// The instant.
    pub now: DateTime<Utc>,
    /// The agent's zone.
    pub zone: Tz,
}

impl Before<'_> {
    /// What an event means to the agent. Nothing of what a form itself says.
    pub fn told(&self, event: &Event) -> Option<Note> {
        if let Some(words) = money_moved(event) {
            return Some(plain(words));
        }
        let note = match event {
            Event::PaymentAsked { price, .. } => {
                plain(format!("Awaits payment of {price} before any work."))
            }
            Event::Covered { .. } => plain(cover_taken(event, self.policy, self.entitlements)?),
            Event::Uncovered => plain("Nothing covers it: it is worked on, and marked."),
            Event::CoverReleased | Event::CoverRefunded { .. } => {
                plain(format!("{} goes back to the customer.", self.unit()?))
            }
            Event::CoverUsed => plain(format!("{} is used up.", self.unit()?)),
            Event::ClockStarted { clock, due_at, .. } => {
                let due = self.when(*due_at);
                plain(match clock {
                    ClockKind::Response => {
                        format!("The {}response clock starts now: due {due}.", self.within())
                    }
                    ClockKind::Silence => {
                        let outcome = &self.policy.silence.as_ref()?.outcome;
                        format!("Resolved as {outcome} on {due} if there is no reply.")
                    }
                    ClockKind::Estimate => {
                        format!("Promises a resolution by {due}{}.", self.in_place(*clock))
                    }
                    ClockKind::Patch => format!("A patch is due {due}."),
                    ClockKind::Appointment => {
                        format!("A call is arranged for {due}{}.", self.in_place(*clock))
                    }
                    other => format!("The {} clock starts: due {due}.", other.word()),
                })
            }
            Event::ClockMoved { clock, due_at, .. } => {
                let (before, due) = (self.running(*clock)?, self.when(*due_at));
                let moved = format!("The {} moves from {before} to {due}", clock.word());
                if *due_at < self.now {
                    (format!("{moved}: missed."), Role::Missed)
                } else {
                    plain(format!("{moved}."))
                }
            }
            Event::ClockStopped { clock, ending, .. } => {
                let due = self.running(*clock)?;
                match ending {
                    Ending::Met => plain(format!("The {} is in time: due {due}.", clock.word())),
                    Ending::Missed => (
                        format!("The {} is missed: it was due {due}.", clock.word()),
                        Role::Missed,
                    ),
                    Ending::Cancelled | Ending::Replaced | Ending::Expired => return None,
                }
            }
            Event::ClockPaused { clock, .. } => {
                let due = self.running(*clock)?;
                plain(format!(
                    "The {}, due {due}, stands still until there is a reply.",
                    clock.word()
                ))
            }
            Event::ClockResumed { clock, due_at } => {
                let (before, due) = (self.running(*clock)?, self.when(*due_at));
                plain(format!(
                    "The {} runs again: due {due}, which was {before} before the wait.",
                    clock.word()
                ))
            }
            Event::Assigned {
                agent: Some(agent),
                by_rule: Some(rule),
            } => plain(format!("Goes to {agent} ({rule}).")),
            Event::MessageQueued(message) => plain(format!(
                "Puts a message to {} into the outbox.",
                message.wording.to
            )),
            Event::MessageUnwritten { occasion } => {
                (unwritten_in_words(*occasion) + ".", Role::Warning)
            }
            Event::EmergencyAsked {
                reason: Some(reason),
                ..
            } => (
                format!("Stays an ordinary incident: {reason}."),
                Role::Warning,
            ),
            Event::EmergencyAsked { reason: None, .. } => (
                "Taken as an emergency, if the PIN is right.".to_owned(),
                Role::Warning,
            ),
            _ => return None,
        };
        Some(note)
    }

    /// An instant as the agent reads it, on the agent's clock.
    pub fn when(&self, at: DateTime<Utc>) -> String {
        date_and_time(at, self.now, self.zone)
    }

    /// When a clock that runs now is due.
    fn running(&self, kind: ClockKind) -> Option<String> {
        let clock = self.incident.running(kind)?;
        Some(self.when(clock.due_at))
    }

    /// What a new clock takes the place of.
    fn in_place(&self, kind: ClockKind) -> String {
        let before = self.running(kind);
        before.map_or_else(String::new, |before| format!(", in place of {before}"))
    }

    /// The response target's length with a space behind it, such as `4h `.
    fn within(&self) -> String {
        let severity = self.incident.severity.agreed.as_deref();
        let target = self.policy.response_target(severity).ok().flatten();
        target.map_or_else(String::new, |target| format!("{} ", target.within))
    }

    /// What pays for the incident, where it is counted in units.
    fn unit(&self) -> Option<&'static str> {
        match self.incident.cover.as_ref()?.kind {
            EntitlementKind::PerIncident => Some("The purchase"),
            EntitlementKind::Pack => Some("The unit of the pack"),
            EntitlementKind::Contract | EntitlementKind::Emergency | EntitlementKind::Hours => None,
        }
    }
}
