//! A time zone: which local time an instant has, and which instant a local time is.

use chrono::{DateTime, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use super::days::{Blocks, DAY, FIRST_DAY, block_at, days_of, new_year, year_of};

/// The instant at which clocks in `tz` show `local`; one that they skip is taken with the offset before the change, one
/// that they show twice is the first.
pub fn local_instant(tz: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    Zone::new(tz).instant_of(local)
}

/// A time zone whose clock changes are looked up once for each block of days, not at every question. Before and after
/// the years that calendars cover, the clocks stand as at the first and the last instant covered.
#[derive(Debug)]
pub struct Zone {
    tz: Tz,
    blocks: Blocks<Vec<Period>>,
}

/// The time between two clock changes: from an instant on, local time is `offset` seconds ahead of UTC.
#[derive(Clone, Copy, Debug)]
struct Period {
    from: i64,
    offset: i64,
}

impl Zone {
    /// The clocks of `tz`.
    pub fn new(tz: Tz) -> Self {
        Self {
            tz,
            blocks: Blocks::new(),
        }
    }

    /// The instant at which the clocks show `local`, to the second, as [`local_instant`] has it: for many times of one zone.
    pub fn instant_of(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let seconds = self.instant(local.and_utc().timestamp());
        DateTime::from_timestamp(seconds, 0).unwrap_or_default()
    }

    pub(super) fn tz(&self) -> Tz {
        self.tz
    }

    /// What the local clock shows at an instant.
    #[inline]
    pub(super) fn local(&self, at: i64) -> i64 {
        let mut offset = 0;
        for (index, period) in self.periods(at).iter().enumerate() {
            if index > 0 && at < period.from {
                break;
            }
            offset = period.offset;
        }
        at.saturating_add(offset)
    }

    /// The instant of a local time. One that the clocks skip is taken with the offset before the change; one that they
    /// show twice is the first.
    #[inline]
    pub(super) fn instant(&self, local: i64) -> i64 {
        let mut offset = 0;
        for (index, period) in self.periods(local).iter().enumerate() {
            // Put forward, the clock shows a time of the new offset from `from` + new on; put back, the last time
            // that only the new offset gives begins at `from` + old. In between, the old one holds.
            if index > 0 && local < period.from + offset.max(period.offset) {
                break;
            }
            offset = period.offset;
        }
        local.saturating_sub(offset)
    }

    /// The periods that a block of days meets, on the local clock or in UTC; the first one began at any time before.
    #[inline]
    fn periods(&self, seconds: i64) -> &[Period] {
        let nearest = || {
            if seconds < FIRST_DAY * DAY {
                0
            } else {
                self.blocks.last()
            }
        };
        let block = block_at(seconds).unwrap_or_else(nearest);
        self.blocks
            .get(block, || self.look_up(block))
            .map_or(&[], Vec::as_slice)
    }

    fn look_up(&self, block: usize) -> Vec<Period> {
        // Two days more at both ends: local time is less than a day away from UTC, and a change skips a day at most.
        let (first, end) = days_of(block);
        let (first, last) = ((first - 2) * DAY, (end + 2) * DAY);
        let mut periods = vec![Period {
            from: first,
            offset: self.offset(first),
        }];
        let mut offset = self.offset(first);
        let mut known = first;
        while known < last {
            let next = known + DAY;
            if self.offset(next) != offset {
                let from = self.change_between(known, next);
                offset = self.offset(next);
                periods.push(Period { from, offset });
            }
            known = next;
        }
        periods
    }

    /// The instant of the one clock change after `before` and at or before `after`.
    fn change_between(&self, mut before: i64, mut after: i64) -> i64 {
        let offset = self.offset(before);
        while after - before > 1 {
            let middle = before.midpoint(after);
            if self.offset(middle) == offset {
                before = middle;
            } else {
                after = middle;
            }
        }
        after
    }

    fn offset(&self, at: i64) -> i64 {
        let at = DateTime::from_timestamp(at - since_alike(year_of(at.div_euclid(DAY))), 0)
            .unwrap_or_default();
        i64::from(
            self.tz
                .offset_from_utc_datetime(&at.naive_utc())
                .fix()
                .local_minus_utc(),
        )
    }
}

/// Seconds since the year whose clock changes a year has: its own, but the zones' data end with 2099, and a later year
/// changes its clocks on the days on which the last one with the same weekdays did.
fn since_alike(year: i32) -> i64 {
    const LAST_KNOWN: i32 = 2099;
    let shape = |year| {
        (
            new_year(year).rem_euclid(7),
            new_year(year + 1) - new_year(year),
        )
    };
    let alike = (LAST_KNOWN - 27..=LAST_KNOWN)
        .rev()
        .find(|&known| shape(known) == shape(year));
    let alike = alike.filter(|_| year > LAST_KNOWN).unwrap_or(year);
    (new_year(year) - new_year(alike)) * DAY
}
