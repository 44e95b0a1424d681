//! Days as numbers, and values computed once for each block of days.
//!
//! A day is its number since 1970-01-01, an instant its seconds since then, and a local time the seconds that UTC
//! would show on the same clock face: so no calendar arithmetic is needed while a deadline is computed.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;
/// The first year that calendars cover.
pub(super) const FIRST_YEAR: i32 = 1999;
/// The last year that calendars cover.
pub(super) const LAST_YEAR: i32 = 2110;
/// The first day that calendars cover.
pub(super) const FIRST_DAY: i64 = new_year(FIRST_YEAR);
/// The first day after those that calendars cover.
pub(super) const END_DAY: i64 = new_year(LAST_YEAR + 1);

/// Days of a block: few enough to compile at once without notice, enough that most deadlines need one or two.
const BLOCK: i64 = 256;

/// The day number of a year's first of January.
pub(super) const fn new_year(year: i32) -> i64 {
    let past = year as i64 - 1;
    365 * (past - 1969) + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) - 477
}

/// The year in which a day lies; beyond the days that a date can have, 1970.
pub(super) fn year_of(day: i64) -> i32 {
    date(day).unwrap_or_default().year()
}

/// The date of a day number; none beyond the days that a date can have.
pub(super) fn date(day: i64) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(i32::try_from(day).ok()?)
}

/// The day number of a date.
pub(super) fn number(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

/// The block to which a day belongs; none outside the days that calendars cover.
#[inline]
pub(super) fn block_of(day: i64) -> Option<usize> {
    let index = if day < END_DAY {
        (day - FIRST_DAY).div_euclid(BLOCK)
    } else {
        -1
    };
    usize::try_from(index).ok()
}

/// The block to which a count of seconds belongs, UTC or local; none outside the days that calendars cover.
#[inline]
pub(super) fn block_at(seconds: i64) -> Option<usize> {
    block_of(seconds.div_euclid(DAY))
}

/// A block's first day, and the first day after it.
pub(super) fn days_of(block: usize) -> (i64, i64) {
    let first = i64::try_from(block).map_or(END_DAY, |block| FIRST_DAY + block * BLOCK);
    (first, (first + BLOCK).min(END_DAY))
}

/// A value for each block, made when it is first asked for.
#[derive(Debug)]
pub(super) struct Blocks<T>(Box<[OnceLock<T>]>);

impl<T> Blocks<T> {
    pub(super) fn new() -> Self {
        let last = block_of(END_DAY - 1).unwrap_or_default();
        Self((0..=last).map(|_| OnceLock::new()).collect())
    }

    /// The last block.
    pub(super) fn last(&self) -> usize {
        self.0.len() - 1
    }

    /// A block's value; none after the last block.
    #[inline]
    pub(super) fn get(&self, block: usize, make: impl FnOnce() -> T) -> Option<&T> {
        self.0.get(block).map(|cell| cell.get_or_init(make))
    }
}
