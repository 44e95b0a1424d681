//! The hours and the policies.

use chrono::TimeDelta;
use holdline::calendar::{Exception, ExceptionKind};
use holdline::incident::{Command, NewClosure, NewPolicy, Reach};

use super::Walk;
use crate::walk::{POLICIES, policy_text};

impl Walk {
    /// A closure or an extra opening, or the end of one.
    pub(super) fn hours(&mut self) -> Command {
        let known = self.desk.closures().unwrap();
        if !known.is_empty() && self.rng.u8(..100) < 40 {
            return Command::RemoveClosure(known[self.rng.usize(..known.len())].id);
        }
        let reach = match self.rng.u8(..4) {
            0 => Reach::All,
            1 => Reach::Office(
                self.any(&["florida", "uk", "france", "harbour", "tower"])
                    .to_owned(),
            ),
            _ => Reach::Policy(self.any(&POLICIES).0.to_owned()),
        };
        let from = self.now + TimeDelta::seconds(self.rng.i64(-20_000..200_000));
        let exception = Exception {
            from,
            to: from + TimeDelta::seconds(self.rng.i64(-1_000..200_000)),
            reason: self.words(),
            kind: match self.rng.bool() {
                true => ExceptionKind::Open,
                false => ExceptionKind::Closed,
            },
        };
        Command::AddClosure(NewClosure { reach, exception })
    }

    /// A new version of a policy: another title, and for the sixth one other prices and another target.
    pub(super) fn policy(&mut self) -> Command {
        let (name, _) = match self.rng.bool() {
            true => ("twilight", None),
            false => self.any(&POLICIES),
        };
        let price = format!("price = \"{}.99 ", self.rng.u8(10..90));
        let target = format!("within = \"{}h\"", self.rng.u8(3..9));
        let title = format!("\ntitle = \"Version {} of ", self.rng.u8(..9));
        let wrong = self.rng.u8(..100) < 10;
        let mut new: NewPolicy = policy_text(name);
        new.text = new
            .text
            .replace("price = \"20.00 ", &price)
            .replace("within = \"3h\"", &target)
            .replacen("\ntitle = \"", &title, 1);
        if wrong {
            new.text = new.text.replace("zone = \"", "zone = \"Middle/");
        }
        Command::AddPolicy(new)
    }
}
