//! What a walk may do next: mostly what makes sense where the desk stands, now and then what does not.

mod edit;
mod forks;
mod intake;
mod name;
mod people;
mod post;
mod rules;
mod steps;
mod values;

use holdline::incident::{Command, Incident, TechRef};

pub(super) use steps::weights;

use super::{Came, Walk};

pub(crate) use name::{COMMANDS, STEPS, about, name};

/// How often a command is drawn anew until it is of the kind that is aimed at.
const DRAWS: usize = 60;

impl Walk {
    /// The next command; none where there is nothing yet that it could be about. Now and then one of a kind that came
    /// too seldom so far, so that every walk comes by all of them.
    pub(super) fn act(&mut self) -> Option<Command> {
        let aimed = match self.rng.u8(..100) {
            0..20 => self.aimed(),
            _ => None,
        };
        aimed.or_else(|| self.drawn())
    }

    fn aimed(&mut self) -> Option<Command> {
        let rare = self.rare();
        let (kind, came) = *self.rng.choice(&rare)?;
        // What was carried out often enough is still to be refused: anywhere.
        let before = match came {
            Came::NeverRefused => None,
            Came::TooSeldom => self.step_that_makes_sense(kind),
        };
        before.or_else(|| {
            (0..DRAWS).find_map(|_| self.drawn().filter(|command| name(command) == kind))
        })
    }

    fn drawn(&mut self) -> Option<Command> {
        match self.rng.u8(..200) {
            0..28 => Some(self.log()),
            28..36 => Some(self.entitlement()),
            36..38 => Some(self.loose_call()),
            38 => Some(self.policy()),
            39..47 => Some(self.people()),
            47..49 => Some(self.hours()),
            49..61 => Some(self.mail()),
            61..67 => self.quarantine(),
            67..88 => self.fork(),
            88..95 => self.edit(),
            _ => self.on_incident(),
        }
    }

    /// An incident: mostly one of the newest, now and then one that was escalated or awaits a patch.
    fn incident(&mut self) -> Option<TechRef> {
        if self.rng.u8(..100) < 12 {
            let special = self.those(|incident| {
                incident.state.is_open() && incident.escalation_level() > 0
                    || incident
                        .running(holdline::incident::ClockKind::Patch)
                        .is_some()
            });
            if !special.is_empty() {
                return Some(self.any(&special));
            }
        }
        let all = self.seen.len();
        let back = match self.rng.u8(..100) {
            0..85 => 40,
            _ => all,
        };
        let numbers: Vec<TechRef> = self.seen.keys().rev().take(back).copied().collect();
        (!numbers.is_empty()).then(|| self.any(&numbers))
    }

    fn those(&self, which: impl Fn(&Incident) -> bool) -> Vec<TechRef> {
        let found = self.seen.values().filter(|incident| which(incident));
        found.map(|incident| incident.tech_ref).collect()
    }
}
