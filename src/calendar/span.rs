//! Stretches of time: half-open, in whole seconds.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Open time from one instant to another, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The opening, UTC.
    pub from: DateTime<Utc>,
    /// The closing, UTC.
    pub to: DateTime<Utc>,
}

impl Span {
    /// Its length in seconds.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        (self.to - self.from).num_seconds()
    }
}

/// A [`Span`] in seconds since 1970, as the tables hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Stretch {
    /// The part of it that lies within another; empty (`to <= from`) if there is none.
    pub(super) fn within(self, bounds: Stretch) -> Stretch {
        Stretch {
            from: self.from.max(bounds.from),
            to: self.to.min(bounds.to),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.to <= self.from
    }

    pub(super) fn contains(self, at: i64) -> bool {
        self.from <= at && at < self.to
    }

    pub(super) fn span(self) -> Span {
        Span {
            from: utc(self.from),
            to: utc(self.to),
        }
    }
}

/// Seconds since 1970 as an instant; beyond what an instant can hold, the last one.
pub(super) fn utc(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Sorts, drops empty ones, and joins those that touch or overlap.
pub(super) fn merge(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.retain(|stretch| !stretch.is_empty());
    stretches.sort_unstable();
    stretches.dedup_by(|next, last| {
        let joined = next.from <= last.to;
        if joined {
            last.to = last.to.max(next.to);
        }
        joined
    });
    stretches
}

/// What is left of merged stretches without the merged `holes`.
pub(super) fn subtract(stretches: &[Stretch], holes: &[Stretch]) -> Vec<Stretch> {
    let mut left = Vec::with_capacity(stretches.len());
    for &stretch in stretches {
        let mut from = stretch.from;
        let first = holes.partition_point(|hole| hole.to <= stretch.from);
        for hole in holes
            .iter()
            .skip(first)
            .take_while(|hole| hole.from < stretch.to)
        {
            left.push(Stretch {
                from,
                to: hole.from,
            });
            from = hole.to;
        }
        left.push(Stretch {
            from,
            to: stretch.to,
        });
    }
    left.retain(|stretch| !stretch.is_empty());
    left
}
