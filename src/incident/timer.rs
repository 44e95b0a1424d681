//! How long a call takes, without what is spent on hold.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The times of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// When it began: a whole second, as the desk keeps it.
    pub began_at: DateTime<Utc>,
    /// Seconds on hold before this hold.
    held: i64,
    /// Since when it is on hold.
    held_since: Option<DateTime<Utc>>,
}

impl Timer {
    /// A call that begins at `now`.
    pub fn begin(now: DateTime<Utc>) -> Self {
        Self {
            began_at: DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now),
            held: 0,
            held_since: None,
        }
    }

    /// Puts it on hold; it may be there already.
    pub fn hold(&mut self, now: DateTime<Utc>) {
        self.held_since.get_or_insert(now);
    }

    /// Takes it back.
    pub fn take_back(&mut self, now: DateTime<Utc>) {
        self.held = self.held(now);
        self.held_since = None;
    }

    /// Since when it is on hold.
    pub fn held_since(&self) -> Option<DateTime<Utc>> {
        self.held_since
    }

    /// Whether it is on hold.
    pub fn is_held(&self) -> bool {
        self.held_since.is_some()
    }

    /// Seconds on hold so far.
    pub fn held(&self, now: DateTime<Utc>) -> i64 {
        self.held + self.this_hold(now)
    }

    /// Seconds of the hold that it is in.
    pub fn this_hold(&self, now: DateTime<Utc>) -> i64 {
        let since = self.held_since;
        since.map_or(0, |since| (self.whole(now) - self.whole(since)).max(0))
    }

    /// Whole seconds since it began. What is on hold is counted in them too, so that the length stands still meanwhile.
    fn whole(&self, at: DateTime<Utc>) -> i64 {
        (at - self.began_at).num_seconds()
    }

    /// Its length so far, in seconds without hold.
    pub fn seconds(&self, now: DateTime<Utc>) -> i64 {
        (self.whole(now) - self.held(now)).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn hold_is_kept_apart_from_the_length() {
        let began: DateTime<Utc> = "2026-11-23T17:00:00.800Z".parse().unwrap();
        let after = |seconds| began + TimeDelta::seconds(seconds);
        let mut timer = Timer::begin(began);
        timer.hold(after(60));
        timer.hold(after(70));
        assert_eq!(
            (timer.seconds(after(90)), timer.this_hold(after(90))),
            (60, 30)
        );
        timer.take_back(after(100));
        assert_eq!(
            (timer.seconds(after(130)), timer.held(after(130))),
            (90, 40)
        );
        assert_eq!(timer.this_hold(after(130)), 0);
    }

    #[test]
    fn the_length_stands_still_on_hold_whatever_the_part_of_a_second() {
        let began: DateTime<Utc> = "2026-11-23T17:00:00Z".parse().unwrap();
        let after = |millis| began + TimeDelta::milliseconds(millis);
        let mut timer = Timer::begin(began);
        timer.hold(after(1_900));
        for now in [1_900, 2_000, 2_800, 2_900, 3_000] {
            assert_eq!(timer.seconds(after(now)), 1, "{now}");
        }
        timer.take_back(after(3_000));
        assert_eq!(timer.seconds(after(3_000)), 1);
    }
}
