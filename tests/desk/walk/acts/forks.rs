//! What concerns several incidents.

use holdline::incident::{Command, Incident, Split, Step, TechRef, Together};

use super::Walk;

/// How many faults that many have are known at a time, mostly.
const FAULTS: usize = 6;

impl Walk {
    /// A tie between incidents, or the end of one.
    pub(super) fn fork(&mut self) -> Option<Command> {
        let number = self.incident()?;
        Some(match self.rng.u8(..20) {
            0..3 => {
                let other = self.another(number);
                Command::Link(number, other)
            }
            3..5 => {
                let number = self.one_of(number, |incident| !incident.forks.linked.is_empty());
                let linked = self.seen[&number].forks.linked.clone();
                let other = match linked.is_empty() {
                    true => self.another(number),
                    false => self.any(&linked),
                };
                Command::Unlink(number, other)
            }
            5..8 => {
                let many = self.those(|incident| incident.forks.known).len() >= FAULTS;
                let number = self.one_of(number, |incident| {
                    incident.forks.known == many && (many || incident.state.is_open())
                });
                Command::Step(number, Step::Known(!many))
            }
            8..12 => {
                let number = self.one_of(number, |incident| incident.state.is_open());
                let none = self.rng.u8(..100) < 15;
                let fault = (!none).then(|| self.one_of(number, |incident| incident.forks.known));
                Command::SameAs(number, fault)
            }
            12 => {
                let fault = self.one_of(number, |incident| {
                    incident.forks.known && incident.state.is_open()
                });
                let policy = self.policy_of(fault);
                let to_all = self.any(&["{number} is over: {detail}", "It is over, {contact}"]);
                let together = Together {
                    resolution: self.resolution(&policy),
                    message: self.rng.bool().then(|| to_all.to_owned()),
                };
                Command::ResolveSame(fault, Box::new(together))
            }
            13..16 => {
                let number = self.one_of(number, |incident| incident.state.is_open());
                Command::Merge(number, self.another(number))
            }
            16..18 => {
                Command::Unmerge(self.one_of(number, |incident| incident.forks.merged.is_some()))
            }
            _ => {
                let split = Split {
                    summary: self.words(),
                    detail: Some(self.words()),
                    severity: None,
                    told: self.rng.bool(),
                };
                Command::Split(number, Box::new(split))
            }
        })
    }

    /// Mostly an incident that is like this; else the one that is there.
    pub(super) fn one_of(
        &mut self,
        else_this: TechRef,
        like: impl Fn(&Incident) -> bool,
    ) -> TechRef {
        let found = self.those(like);
        match found.as_slice() {
            [_, ..] if self.rng.u8(..100) < 90 => self.any(&found),
            _ => else_this,
        }
    }

    /// An incident that might be one matter with this one: mostly of its customer and policy.
    fn another(&mut self, number: TechRef) -> TechRef {
        let like = |incident: &Incident| (incident.customer, incident.policy.clone());
        let this = like(&self.seen[&number]);
        let before = self.seen.range(..number).rev().take(60);
        let alike: Vec<TechRef> = before
            .filter(|(_, other)| like(other) == this && other.state.is_open())
            .map(|(number, _)| *number)
            .collect();
        // What is the same fault is now and then one matter.
        let forks = &self.seen[&number].forks;
        let fault = forks.same_as.filter(|_| self.rng.u8(..100) < 20);
        match (fault, alike.as_slice()) {
            (Some(fault), _) => fault,
            (None, some @ [_, ..]) if self.rng.u8(..100) < 90 => self.any(some),
            _ => self.incident().unwrap_or(number),
        }
    }
}
