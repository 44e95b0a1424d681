//! Why a text is no instant, or no day.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

/// A text that is no instant, or no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Nothing of it can be read as an instant.
    #[error(
        "\"{0}\" is no instant: write 14:30, 3pm, mon 9:00, tomorrow 14:30, 30.11. 14:30, 2026-11-23 14:30 or +2h"
    )]
    NoInstant(String),
    /// Nothing of it can be read as a day.
    #[error("\"{0}\" is no day: write it like 2026-12-31, 31.12., mon or tomorrow")]
    NoDay(String),
    /// It is written like a day, and no month has it.
    #[error("there is no {0}: the month has no such day")]
    Impossible(String),
    /// It is written like a day, of a month that no year has.
    #[error("there is no {0}: the months go from 1 to 12")]
    NoSuchMonth(String),
    /// It is written like a time, and no day has it.
    #[error("there is no {0}: a day goes from 00:00 to 23:59")]
    NoSuchTime(String),
    /// It is a day without a time.
    #[error("at what time on {}? write it like {} 9:00", day.format(day_form(*day, *today)), typed_day(*day, *today))]
    DayAlone {
        /// The day.
        day: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
    /// It is a day and month without a year, which is far away where it is looked for, and near on the other side.
    #[error(
        "{} is {}: say {} if {} is meant",
        near.format("%-d %b"),
        if near < far { "past" } else { "still to come" },
        far.format("%-d.%-m.%Y"),
        which_year(*far, *today),
    )]
    OtherSide {
        /// The near one.
        near: NaiveDate,
        /// The one that it would be.
        far: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
}

/// A year as people say it at `today`, which is not further away than a year.
fn which_year(day: NaiveDate, today: NaiveDate) -> &'static str {
    match day.year().cmp(&today.year()) {
        Ordering::Less => "last year",
        Ordering::Equal => "this year",
        Ordering::Greater => "next year",
    }
}

/// How a day is said: with its year where that is not this one.
fn day_form(day: NaiveDate, today: NaiveDate) -> &'static str {
    match day.year() == today.year() {
        true => "%a %-d %b",
        false => "%a %-d %b %Y",
    }
}

/// A day as it is typed: with its year where that is not this one.
fn typed_day(day: NaiveDate, today: NaiveDate) -> String {
    let year = match day.year() == today.year() {
        true => "",
        false => "%Y",
    };
    day.format(&format!("%-d.%-m.{year}")).to_string()
}
