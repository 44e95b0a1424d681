//! Holiday rules: a file of them, and the days that they give in a year.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;

/// A set of holidays, as its file in `assets/holidays/` writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HolidaySet {
    /// When a holiday that falls on a weekend is taken.
    #[serde(default)]
    observed: Observed,
    /// Holidays that return.
    holiday: Vec<Rule>,
    /// Days of one year only.
    #[serde(default)]
    once: Vec<Once>,
}

/// When a holiday that falls on a weekend is taken; the nominal day stays a holiday too.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Observed {
    /// Not at all.
    #[default]
    Never,
    /// On the Friday before a Saturday, on the Monday after a Sunday.
    NearestWeekday,
    /// On the next weekday that is no holiday itself.
    NextFreeWeekday,
}

/// A holiday that returns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    on: When,
    /// The first year that has it.
    since: Option<i32>,
    /// The last year that has it.
    until: Option<i32>,
    /// Dates on which it fell instead, each in its own year.
    #[serde(default)]
    moved: Vec<NaiveDate>,
}

/// A day of one year only.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Once {
    name: String,
    date: NaiveDate,
}

/// The day of a year on which a holiday falls.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum When {
    /// The same date each year.
    Fixed { month: u32, day: u32 },
    /// The n-th such weekday of a month.
    Nth {
        nth: u8,
        weekday: Weekday,
        month: u32,
    },
    /// The last such weekday of a month.
    Last { last: Weekday, month: u32 },
    /// Days after Easter Sunday; before it, if negative.
    Easter { easter: i64 },
}

impl HolidaySet {
    /// The holidays of a year in order, nominal and observed days, one entry a date.
    pub(super) fn year(&self, year: i32) -> Vec<(NaiveDate, String)> {
        let mut dates: BTreeMap<NaiveDate, String> = BTreeMap::new();
        // A holiday can be observed in the year before or after its own.
        for (date, name) in (year - 1..=year + 1).flat_map(|year| self.with_observed(year)) {
            if date.year() == year {
                dates
                    .entry(date)
                    .and_modify(|names| *names = format!("{names}, {name}"))
                    .or_insert(name);
            }
        }
        dates.into_iter().collect()
    }

    /// A year's nominal days, and the days on which these are observed.
    fn with_observed(&self, year: i32) -> Vec<(NaiveDate, String)> {
        let rules = self
            .holiday
            .iter()
            .filter_map(|rule| Some((rule.date(year)?, rule.name.clone())));
        let once = self
            .once
            .iter()
            .filter(|once| once.date.year() == year)
            .map(|once| (once.date, once.name.clone()));
        let mut days: Vec<_> = rules.chain(once).collect();
        days.sort();
        for (date, name) in days.clone() {
            let taken = |date| days.iter().any(|(day, _)| *day == date);
            if let Some(observed) = self.observed.instead_of(date, taken) {
                days.push((observed, format!("{name} (observed)")));
            }
        }
        days
    }
}

impl Observed {
    /// The day on which a holiday on `date` is observed, if that is another one.
    fn instead_of(self, date: NaiveDate, taken: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
        match (self, date.weekday()) {
            (Self::NearestWeekday, Weekday::Sat) => date.pred_opt(),
            (Self::NearestWeekday, Weekday::Sun) => date.succ_opt(),
            (Self::NextFreeWeekday, Weekday::Sat | Weekday::Sun) => {
                date.iter_days().find(|&day| !weekend(day) && !taken(day))
            }
            _ => None,
        }
    }
}

impl Rule {
    fn date(&self, year: i32) -> Option<NaiveDate> {
        let from = self.since.unwrap_or(i32::MIN);
        let until = self.until.unwrap_or(i32::MAX);
        let moved = || self.moved.iter().find(|date| date.year() == year).copied();
        (from..=until)
            .contains(&year)
            .then(|| moved().or_else(|| self.on.date(year)))
            .flatten()
    }
}

impl When {
    fn date(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Fixed { month, day } => NaiveDate::from_ymd_opt(year, month, day),
            Self::Nth {
                nth,
                weekday,
                month,
            } => NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth),
            Self::Last { last, month } => (1..=5)
                .rev()
                .find_map(|nth| NaiveDate::from_weekday_of_month_opt(year, month, last, nth)),
            Self::Easter { easter: offset } => {
                let days = Days::new(offset.unsigned_abs());
                let sunday = easter(year)?;
                if offset < 0 {
                    sunday.checked_sub_days(days)
                } else {
                    sunday.checked_add_days(days)
                }
            }
        }
    }
}

fn weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Easter Sunday of the Gregorian calendar: the Sunday after the first full moon on or after 21 March, where the moon
/// is that of the church's tables.
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    // The tables leave out leap days that the Gregorian calendar drops, and the drift of the moon's 19-year cycle.
    let drift = century - century / 4 - (8 * century + 13) / 25;
    let after_equinox = (drift + 19 * golden + 15).rem_euclid(30);
    // No full moon comes later than 18 April, and no two of one cycle on the same day.
    let earlier = after_equinox == 29 || (after_equinox == 28 && golden > 10);
    let days = u64::try_from(after_equinox).ok()? - u64::from(earlier);
    let full_moon = NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_days(Days::new(days))?;
    full_moon
        .iter_days()
        .skip(1)
        .find(|day| day.weekday() == Weekday::Sun)
}
