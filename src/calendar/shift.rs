//! The small texts of a calendar: intervals (`08:30-17:00`) and days (`12-24`, `2026-12-24`).

use chrono::{Datelike, NaiveDate};

use super::days::{DAY, date, number};

/// An interval of a day in seconds of the local clock since its midnight; past midnight it ends above 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) from: i64,
    pub(super) to: i64,
}

/// A month and a day of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MonthDay {
    month: u32,
    day: u32,
}

/// The day that a special day names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayName {
    EachYear(MonthDay),
    /// One day, by its number.
    Once(i64),
}

impl Shift {
    /// Reads `08:30-17:00`; an end at or before the start is on the next day.
    ///
    /// # Errors
    /// A text, for people, that says what is wrong and what to write.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let form = || {
            format!(
                "\"{text}\" is not an interval of the day: write hours and minutes, such as 08:30-17:00"
            )
        };
        let (from, to) = text.split_once('-').ok_or_else(form)?;
        let (from, to) = (
            time(from.trim()).ok_or_else(form)?,
            time(to.trim()).ok_or_else(form)?,
        );
        if from == DAY {
            return Err(format!(
                "\"{text}\" begins at 24:00: write 00:00 on the next day"
            ));
        }
        if from == to {
            return Err(format!(
                "\"{text}\" has no length: write 00:00-24:00 for a whole day"
            ));
        }
        Ok(Self {
            from,
            to: if to < from { to + DAY } else { to },
        })
    }
}

/// `08:30` as seconds since midnight, up to `24:00`.
fn time(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let seconds = i64::from(hours) * 3600 + i64::from(minutes) * 60;
    (minutes < 60 && seconds <= DAY).then_some(seconds)
}

fn two_digits(text: &str) -> Option<u32> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

impl MonthDay {
    /// Reads `12-24`; the 29th of February is a day.
    ///
    /// # Errors
    /// A text, for people, that says what is wrong and what to write.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        Self::read(text).ok_or_else(|| {
            format!("\"{text}\" is not a day of the year: write month and day, such as 12-24")
        })
    }

    fn read(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let (month, day) = (two_digits(month)?, two_digits(day)?);
        // A leap year knows every day that any year has.
        NaiveDate::from_ymd_opt(2000, month, day).map(|_| Self { month, day })
    }

    /// The month and day of a day number.
    pub(super) fn of(day: i64) -> Option<Self> {
        date(day).map(|date| Self {
            month: date.month(),
            day: date.day(),
        })
    }
}

impl DayName {
    /// Reads `12-24` or `2026-12-24`.
    ///
    /// # Errors
    /// A text, for people, that says what is wrong and what to write.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let once = || {
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()
                .map(|date| Self::Once(number(date)))
        };
        MonthDay::read(text).map(Self::EachYear).or_else(once).ok_or_else(|| {
            format!("\"{text}\" is not a day: write 12-24 for each year's, 2026-12-24 for one year's")
        })
    }
}
