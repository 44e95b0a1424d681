//! The hours of a local day: which shifts it has, and the reason when it has none.

use super::days::{Blocks, block_of, days_of, new_year, number, year_of};
use super::error::CalendarError;
use super::holidays::{find, holiday_sets};
use super::rules::HolidaySet;
use super::shift::{DayName, MonthDay, Shift};
use super::spec::CalendarSpec;

/// A checked calendar, without its zone: local days only.
#[derive(Debug)]
pub(super) struct Hours {
    /// By weekday, from Monday.
    week: [Vec<Shift>; 7],
    yearly: Vec<YearlyClosed>,
    special: Vec<Special>,
    sets: Vec<&'static HolidaySet>,
    /// Day numbers in order, with the holidays' names.
    holidays: Blocks<Vec<(i64, String)>>,
}

#[derive(Debug)]
struct YearlyClosed {
    from: MonthDay,
    to: MonthDay,
    reason: String,
}

#[derive(Debug)]
struct Special {
    day: DayName,
    shifts: Vec<Shift>,
    reason: String,
}

/// What a local day is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day<'a> {
    /// Its shifts; none when closed.
    pub(super) shifts: &'a [Shift],
    /// Why it is not like others of its weekday, if it is not.
    pub(super) reason: Option<&'a str>,
}

impl Hours {
    /// Checks a calendar's texts.
    ///
    /// # Errors
    /// The first field that cannot be used; `hours` if nothing is ever open.
    pub(super) fn new(spec: &CalendarSpec) -> Result<Self, CalendarError> {
        let mut week: [Vec<Shift>; 7] = Default::default();
        for (shifts, (name, texts)) in week.iter_mut().zip(spec.hours.days()) {
            *shifts = shifts_of(texts, || format!("hours.{name}"))?;
        }
        let hours = Self {
            week,
            yearly: yearly_closures(spec)?,
            special: special_days(spec)?,
            sets: holiday_sets_of(spec)?,
            holidays: Blocks::new(),
        };
        if hours.ever_open() {
            Ok(hours)
        } else {
            Err(CalendarError::field(
                "hours",
                "no day has open time: give at least one day an interval such as 08:30-17:00",
            ))
        }
    }

    /// What a local day is. A special day goes before a yearly closure, that before a holiday, that before the weekday.
    pub(super) fn day(&self, day: i64) -> Day<'_> {
        if let Some(special) = self.special_on(day) {
            return Day {
                shifts: &special.shifts,
                reason: Some(&special.reason),
            };
        }
        if let Some(reason) = self.yearly_reason(day).or_else(|| self.holiday(day)) {
            return Day {
                shifts: &[],
                reason: Some(reason),
            };
        }
        Day {
            shifts: self.weekday(day),
            reason: None,
        }
    }

    /// The shifts that a day has by its weekday alone.
    pub(super) fn weekday(&self, day: i64) -> &[Shift] {
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default();
        self.week.get(weekday).map_or(&[], Vec::as_slice)
    }

    fn special_on(&self, day: i64) -> Option<&Special> {
        if self.special.is_empty() {
            return None;
        }
        let find = |name| self.special.iter().find(|special| special.day == name);
        find(DayName::Once(day)).or_else(|| find(DayName::EachYear(MonthDay::of(day)?)))
    }

    fn yearly_reason(&self, day: i64) -> Option<&str> {
        if self.yearly.is_empty() {
            return None;
        }
        let day = MonthDay::of(day)?;
        self.yearly
            .iter()
            .find(|closed| closed.covers(day))
            .map(|closed| closed.reason.as_str())
    }

    fn holiday(&self, day: i64) -> Option<&str> {
        let block = block_of(day)?;
        let holidays = self.holidays.get(block, || self.holidays_of(block))?;
        let index = holidays.binary_search_by_key(&day, |(day, _)| *day).ok()?;
        holidays.get(index).map(|(_, name)| name.as_str())
    }

    fn holidays_of(&self, block: usize) -> Vec<(i64, String)> {
        let (first, end) = days_of(block);
        let years = year_of(first)..=year_of(end);
        let days = years.flat_map(|year| self.sets.iter().flat_map(move |set| set.year(year)));
        let mut days: Vec<_> = days.map(|(date, name)| (number(date), name)).collect();
        days.retain(|(day, _)| (first..end).contains(day));
        // The first set's name stays where two share a day.
        days.sort_by_key(|(day, _)| *day);
        days.dedup_by_key(|(day, _)| *day);
        days
    }

    /// Whether the hours leave any day open in any year.
    fn ever_open(&self) -> bool {
        let weekly = self.week.iter().any(|shifts| !shifts.is_empty());
        // A leap year has every day that a yearly closure can leave open.
        let always_closed =
            (new_year(2000)..new_year(2001)).all(|day| self.yearly_reason(day).is_some());
        (weekly && !always_closed)
            || self
                .special
                .iter()
                .any(|special| !special.shifts.is_empty())
    }
}

impl YearlyClosed {
    fn covers(&self, day: MonthDay) -> bool {
        if self.from <= self.to {
            (self.from..=self.to).contains(&day)
        } else {
            day >= self.from || day <= self.to
        }
    }
}

fn holiday_sets_of(spec: &CalendarSpec) -> Result<Vec<&'static HolidaySet>, CalendarError> {
    let set = |name: &String| {
        find(name).ok_or_else(|| {
            let known: Vec<_> = holiday_sets().collect();
            let problem = format!(
                "\"{name}\" is not a set of holidays: write one of {}",
                known.join(", ")
            );
            CalendarError::field("holidays", problem)
        })
    };
    spec.holidays.iter().map(set).collect()
}

fn yearly_closures(spec: &CalendarSpec) -> Result<Vec<YearlyClosed>, CalendarError> {
    let mut yearly = Vec::with_capacity(spec.yearly_closed.len());
    for (index, closed) in spec.yearly_closed.iter().enumerate() {
        let day = |key: &str, text: &str| {
            MonthDay::parse(text).map_err(|problem| {
                CalendarError::field(format!("yearly_closed.{index}.{key}"), problem)
            })
        };
        let (from, to) = (day("from", &closed.from)?, day("to", &closed.to)?);
        yearly.push(YearlyClosed {
            from,
            to,
            reason: closed.reason.clone(),
        });
    }
    Ok(yearly)
}

fn special_days(spec: &CalendarSpec) -> Result<Vec<Special>, CalendarError> {
    let mut specials: Vec<Special> = Vec::with_capacity(spec.special.len());
    for (index, special) in spec.special.iter().enumerate() {
        let field = |key: &str| format!("special.{index}.{key}");
        let day = DayName::parse(&special.date)
            .map_err(|problem| CalendarError::field(field("date"), problem))?;
        if specials.iter().any(|other| other.day == day) {
            let problem = format!(
                "\"{}\" is there twice: give each day one entry with all its hours",
                special.date
            );
            return Err(CalendarError::field(field("date"), problem));
        }
        let shifts = shifts_of(&special.hours, || field("hours"))?;
        specials.push(Special {
            day,
            shifts,
            reason: special.reason.clone(),
        });
    }
    Ok(specials)
}

fn shifts_of(texts: &[String], field: impl Fn() -> String) -> Result<Vec<Shift>, CalendarError> {
    let read = |text: &String| {
        Shift::parse(text).map_err(|problem| CalendarError::field(field(), problem))
    };
    texts.iter().map(read).collect()
}
