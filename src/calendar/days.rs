//! Days and years as numbers, and values computed once for each year.
//!
//! A day is its number since 1970-01-01, an instant its seconds since then, and a local time the seconds that UTC
//! would show on the same clock face: so the tables need no calendar arithmetic while a deadline is computed.

use std::sync::OnceLock;

use chrono::NaiveDate;

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;
/// The first year that calendars cover.
pub(super) const FIRST_YEAR: i32 = 1999;
/// The last year that calendars cover.
pub(super) const LAST_YEAR: i32 = 2110;

/// The day number of a year's first of January.
pub(super) fn new_year(year: i32) -> i64 {
    let past = i64::from(year) - 1;
    365 * (past - 1969) + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) - 477
}

/// The year in which a day lies; beyond the years that a date can have, the nearest of them.
pub(super) fn year_of(day: i64) -> i32 {
    // 146,097 days are 400 years; the quotient is off by at most one.
    let guess = 1970 + (day.saturating_mul(400)).div_euclid(146_097);
    let guess = i32::try_from(guess.clamp(-262_000, 262_000)).unwrap_or_default();
    if day < new_year(guess) {
        guess - 1
    } else if day >= new_year(guess + 1) {
        guess + 1
    } else {
        guess
    }
}

/// The year of a count of seconds, whether UTC or local.
pub(super) fn year_at(seconds: i64) -> i32 {
    year_of(seconds.div_euclid(DAY))
}

/// The date of a day number; none beyond the years that a date can have.
pub(super) fn date(day: i64) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(i32::try_from(day).ok()?)
}

/// The day number of a date.
pub(super) fn number(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

/// A value for each year that calendars cover, made when it is first asked for.
#[derive(Debug)]
pub(super) struct ByYear<T>(Box<[OnceLock<T>]>);

impl<T> ByYear<T> {
    pub(super) fn new() -> Self {
        Self((FIRST_YEAR..=LAST_YEAR).map(|_| OnceLock::new()).collect())
    }

    /// The value of a year; none for years that calendars do not cover.
    #[inline]
    pub(super) fn get(&self, year: i32, make: impl FnOnce() -> T) -> Option<&T> {
        let index = usize::try_from(year - FIRST_YEAR).ok()?;
        self.0.get(index).map(|cell| cell.get_or_init(make))
    }
}
