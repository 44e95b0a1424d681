//! What is still to come on a sample desk.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::{DateTime, Utc};

use crate::incident::{Command, TechRef};

/// What is still to come, and which incidents are over when.
#[derive(Default)]
pub(super) struct Heap {
    ahead: BinaryHeap<Ahead>,
    ends: BinaryHeap<Reverse<(DateTime<Utc>, TechRef)>>,
}

impl Heap {
    pub(super) fn push(&mut self, ahead: Ahead) {
        self.ahead.push(ahead);
    }

    /// Nothing happens to an incident any more after an instant.
    pub(super) fn ends(&mut self, number: TechRef, at: DateTime<Utc>) {
        self.ends.push(Reverse((at, number)));
    }

    /// What comes next, if it is not after `until`.
    pub(super) fn before(&mut self, until: DateTime<Utc>) -> Option<Ahead> {
        let early = self.ahead.peek()?.at <= until;
        early.then(|| self.ahead.pop()).flatten()
    }

    /// The next incident that was over before `until`.
    pub(super) fn over_before(&mut self, until: DateTime<Utc>) -> Option<TechRef> {
        let Reverse((at, _)) = *self.ends.peek()?;
        let Reverse((_, number)) = (at < until).then(|| self.ends.pop()).flatten()?;
        Some(number)
    }
}

/// Something that is still to come.
pub(super) struct Ahead {
    pub(super) at: DateTime<Utc>,
    pub(super) number: TechRef,
    pub(super) agent: String,
    /// Apart, so that little is moved when others are put before it.
    pub(super) command: Box<Command>,
}

impl Ahead {
    fn order(&self) -> Reverse<(DateTime<Utc>, TechRef)> {
        Reverse((self.at, self.number))
    }
}

impl PartialEq for Ahead {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Ahead {}

impl PartialOrd for Ahead {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ahead {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}
