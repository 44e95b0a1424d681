//! How large a sample desk is, and so how old.

use chrono::{DateTime, TimeDelta, Utc};

/// Up to so many incidents a desk is a month old, and everything on it is of now.
const SMALL: usize = 5_000;
/// How far back a small desk's first incident lies; on a large one, what lies further back is history.
const DAYS: i64 = 28;
/// Incidents that a large desk takes in on a day.
const A_DAY: i64 = 500;

/// What the number of incidents says about the rest of the desk.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    /// A desk with a history: whatever is old there is over, and nobody was written to about it.
    pub(super) large: bool,
    /// How far back the first incident lies.
    pub(super) days: i64,
    /// Incidents that a customer has on average.
    pub(super) each: usize,
    /// How many work there.
    pub(super) agents: usize,
}

impl Scale {
    pub(super) fn of(count: usize) -> Self {
        match count {
            0..=SMALL => Self {
                large: false,
                days: DAYS,
                each: 6,
                agents: 6,
            },
            _ => Self {
                large: true,
                days: i64::try_from(count)
                    .unwrap_or(0)
                    .div_euclid(A_DAY)
                    .clamp(DAYS, 7_000),
                each: 10,
                agents: (8 + count / 60_000).min(25),
            },
        }
    }

    /// Whether what happened then is history.
    pub(super) fn is_history(self, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.large && at < now - TimeDelta::days(DAYS)
    }
}
