//! The console's clock: the system's, or one that was set by hand and runs on from there.

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    ahead: TimeDelta,
    by_hand: bool,
}

impl Clock {
    /// A clock that shows `now` now.
    pub fn showing(now: DateTime<Utc>) -> Self {
        Self {
            ahead: now - Utc::now(),
            by_hand: false,
        }
    }

    /// A clock that was set to `now` by hand.
    pub fn by_hand(now: DateTime<Utc>) -> Self {
        Self {
            by_hand: true,
            ..Self::showing(now)
        }
    }

    /// Whether it was set by hand.
    pub fn is_by_hand(&self) -> bool {
        self.by_hand
    }

    /// The instant.
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.ahead
    }
}
