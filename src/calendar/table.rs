//! The open time of a block of days, compiled so that a question costs a few steps.

use super::days::{DAY, days_of};
use super::sources::Sources;
use super::span::{Stretch, merge};

/// The open time of a block of days, looked at in two ways: as a timeline in UTC, and by local days, each with all of
/// its shifts.
#[derive(Debug)]
pub(super) struct Table {
    /// Where the timeline begins and ends.
    bounds: Stretch,
    /// Merged open time, cut at the bounds.
    timeline: Vec<Open>,
    /// For each day in UTC, how many of the timeline's stretches end by its midnight: from there an
    /// instant is found in a step or two.
    ended: Vec<usize>,
    /// Open seconds of the whole timeline.
    total: i64,
    /// The local days with open time, in order.
    days: Vec<WorkingDay>,
    /// Merged open time of each of these days, one after the other, not cut at the bounds.
    of_days: Vec<Stretch>,
    /// For each local day, how many of `days` come before it.
    days_before: Vec<usize>,
}

/// Open time, and the open seconds of the block before it.
#[derive(Clone, Copy, Debug)]
struct Open {
    from: i64,
    to: i64,
    before: i64,
}

impl Open {
    fn stretch(&self) -> Stretch {
        Stretch {
            from: self.from,
            to: self.to,
        }
    }
}

/// A local day with open time, and where its stretches begin among those of all days.
#[derive(Clone, Copy, Debug)]
struct WorkingDay {
    day: i64,
    first: usize,
}

impl Table {
    /// Compiles a block.
    pub(super) fn new(sources: &Sources, block: usize) -> Self {
        let (first, end) = days_of(block);
        let mut table = Self {
            bounds: Stretch {
                from: first * DAY,
                to: end * DAY,
            },
            timeline: Vec::new(),
            ended: Vec::new(),
            total: 0,
            days: Vec::new(),
            of_days: Vec::new(),
            days_before: Vec::new(),
        };
        let mut all = Vec::new();
        // A shift of the days before can reach into the block, and a local day begins up to 14 hours before that of UTC.
        for day in first - 3..end + 3 {
            let open = sources.open_on(day);
            if (first..end).contains(&day) {
                table.days_before.push(table.days.len());
                if !open.is_empty() {
                    table.days.push(WorkingDay {
                        day,
                        first: table.of_days.len(),
                    });
                    table.of_days.extend(&open);
                }
            }
            all.extend(open.into_iter().map(|stretch| stretch.within(table.bounds)));
        }
        table.days_before.push(table.days.len());
        for Stretch { from, to } in merge(all) {
            table.timeline.push(Open {
                from,
                to,
                before: table.total,
            });
            table.total += to - from;
        }
        let ended_by = |midnight| table.timeline.partition_point(|open| open.to <= midnight);
        table.ended = (first..end).map(|day| ended_by(day * DAY)).collect();
        table
    }

    /// Open seconds of the block.
    pub(super) fn total(&self) -> i64 {
        self.total
    }

    /// Where the open time is: the stretches that end after an instant, cut at the block's bounds.
    pub(super) fn ending_after(&self, at: i64) -> impl Iterator<Item = Stretch> {
        let (_, later) = self.split(at);
        later.iter().map(Open::stretch)
    }

    /// The first stretch that ends after an instant: the one that holds it, or the next one.
    #[inline]
    pub(super) fn next(&self, at: i64) -> Option<Stretch> {
        self.ending_after(at).next()
    }

    /// The last stretch that ends at or before an instant, and the first one that ends after it.
    #[inline]
    pub(super) fn around(&self, at: i64) -> (Option<Stretch>, Option<Stretch>) {
        let (earlier, later) = self.split(at);
        (
            earlier.last().map(Open::stretch),
            later.first().map(Open::stretch),
        )
    }

    /// Open seconds from the block's start to an instant.
    #[inline]
    pub(super) fn open_before(&self, at: i64) -> i64 {
        let (_, later) = self.split(at);
        later
            .first()
            .map_or(self.total, |open| open.before + (at - open.from).max(0))
    }

    /// The earliest instant up to which the block has had that many open seconds, of more than zero.
    #[inline]
    pub(super) fn earliest_with(&self, seconds: i64) -> Option<i64> {
        let index = self
            .timeline
            .partition_point(|open| open.before + (open.to - open.from) < seconds);
        self.timeline
            .get(index)
            .map(|open| open.from + (seconds - open.before))
    }

    /// The latest instant up to which the block has had no more than that many open seconds, fewer than it has.
    #[inline]
    pub(super) fn latest_with(&self, seconds: i64) -> Option<i64> {
        let index = self
            .timeline
            .partition_point(|open| open.before <= seconds)
            .checked_sub(1)?;
        self.timeline
            .get(index)
            .map(|open| open.from + (seconds - open.before))
    }

    /// How many of the block's local days up to and including `day` have open time.
    #[inline]
    pub(super) fn working_days_through(&self, day: i64) -> usize {
        let next = usize::try_from(day + 1 - self.bounds.from / DAY).unwrap_or_default();
        self.days_before
            .get(next)
            .copied()
            .unwrap_or(self.days.len())
    }

    /// How many of the block's local days have open time.
    pub(super) fn working_days(&self) -> usize {
        self.days.len()
    }

    /// The local day with open time that has `index` others before it in the block, and its open time in order.
    #[inline]
    pub(super) fn working_day(&self, index: usize) -> Option<(i64, &[Stretch])> {
        let WorkingDay { day, first } = *self.days.get(index)?;
        let end = self
            .days
            .get(index + 1)
            .map_or(self.of_days.len(), |next| next.first);
        Some((day, self.of_days.get(first..end)?))
    }

    /// The open time of a local day of the block, in order.
    #[inline]
    pub(super) fn open_on(&self, day: i64) -> &[Stretch] {
        let found = self
            .working_days_through(day)
            .checked_sub(1)
            .and_then(|index| self.working_day(index));
        found
            .filter(|(found, _)| *found == day)
            .map_or(&[], |(_, open)| open)
    }

    /// The timeline before and after an instant; a stretch that holds it, or only begins there, is after.
    #[inline]
    fn split(&self, at: i64) -> (&[Open], &[Open]) {
        let day = usize::try_from((at - self.bounds.from).div_euclid(DAY));
        let ended = day.map_or(0, |day| {
            self.ended.get(day).copied().unwrap_or(self.timeline.len())
        });
        let rest = self.timeline.get(ended..).unwrap_or_default();
        let more = rest.iter().take_while(|open| open.to <= at).count();
        self.timeline.split_at(ended + more)
    }
}
