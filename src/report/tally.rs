//! Sums: how clocks ended, and how long things took.

use std::collections::BTreeMap;

use super::section::Value;
use crate::incident::{Clock, ClockState};

/// How many clocks stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Stopped in time.
    pub met: u64,
    /// Stopped too late.
    pub missed: u64,
    /// Running past the due instant.
    pub late: u64,
    /// Running in time, or standing still.
    pub running: u64,
    /// A newer promise took its place.
    pub replaced: u64,
    /// Fell away.
    pub cancelled: u64,
    /// There never was one: the policy states no target.
    pub no_target: u64,
}

impl Tally {
    /// Counts a clock in the state in which it is seen.
    pub(super) fn add(&mut self, clock: &Clock, state: ClockState) {
        let count = match (state, clock.stopped) {
            (ClockState::Met, _) => &mut self.met,
            (ClockState::Missed, Some(_)) => &mut self.missed,
            (ClockState::Missed, None) => &mut self.late,
            (ClockState::Running | ClockState::Paused, _) => &mut self.running,
            (ClockState::Replaced, _) => &mut self.replaced,
            (ClockState::Cancelled | ClockState::Expired, _) => &mut self.cancelled,
        };
        *count += 1;
    }

    /// Clocks that say something of a target, or incidents that have none.
    pub(super) fn says_something(&self) -> bool {
        self.met + self.missed + self.late + self.running + self.no_target > 0
    }

    /// Clocks that were ever started.
    pub(super) fn made(&self) -> u64 {
        let ended = self.met + self.missed + self.replaced + self.cancelled;
        ended + self.late + self.running
    }

    /// What was met of all that is decided: met, missed or late.
    pub(super) fn attained(&self) -> Value {
        Value::share(self.met, self.met + self.missed + self.late)
    }
}

/// How long something took, in whole minutes rounded up: as many counts as there are different lengths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spread {
    lengths: BTreeMap<u64, u64>,
}

impl Spread {
    /// Counts a length; what is below nothing counts as nothing.
    pub(super) fn add(&mut self, seconds: i64) {
        let seconds = u64::try_from(seconds).unwrap_or(0);
        *self.lengths.entry(seconds.div_ceil(60)).or_default() += 1;
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.lengths.values().sum()
    }

    /// The shortest of the lengths, in minutes, that at least so many percent of all do not exceed.
    pub(super) fn percentile(&self, percent: u64) -> Value {
        let rank = (self.count() * percent).div_ceil(100);
        let mut before = 0;
        let found = self.lengths.iter().find(|(_, count)| {
            before += **count;
            before >= rank
        });
        found.map_or(Value::None, |(minutes, _)| Value::Minutes(*minutes))
    }

    /// How many take less than so many minutes, and no less than the bound before.
    pub(super) fn below(&self, bounds: &[u64]) -> Vec<u64> {
        let mut least = 0;
        let count = |bound: &u64| {
            let lengths = self.lengths.range(least..(*bound).max(least));
            least = *bound;
            lengths.map(|(_, count)| count).sum()
        };
        bounds.iter().map(count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(minutes: impl IntoIterator<Item = i64>) -> Spread {
        let mut spread = Spread::default();
        minutes
            .into_iter()
            .for_each(|minutes| spread.add(minutes * 60));
        spread
    }

    #[test]
    fn a_percentile_is_one_of_the_lengths() {
        let ten = spread((1..=10).rev());
        assert_eq!(ten.percentile(50), Value::Minutes(5));
        assert_eq!(ten.percentile(90), Value::Minutes(9));
        assert_eq!(ten.percentile(99), Value::Minutes(10));
        let one = spread([7]);
        assert_eq!(one.percentile(50), Value::Minutes(7));
        assert_eq!(one.percentile(99), Value::Minutes(7));
        assert_eq!(spread([]).percentile(50), Value::None);
    }

    #[test]
    fn lengths_are_rounded_up_to_minutes() {
        let mut spread = Spread::default();
        [-5, 0, 1, 60, 61].into_iter().for_each(|s| spread.add(s));
        assert_eq!(spread.below(&[1, 2, 3]), [2, 2, 1]);
        assert_eq!(spread.count(), 5);
    }
}
