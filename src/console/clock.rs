//! The console's clock: the system's, or one that was set by hand and runs on from there.

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    ahead: TimeDelta,
}

impl Clock {
    /// A clock that shows `now` now.
    pub fn showing(now: DateTime<Utc>) -> Self {
        Self {
            ahead: now - Utc::now(),
        }
    }

    /// The instant.
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.ahead
    }
}
