//! The calendar: what is open when, and sums of open time.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::days::{ByYear, FIRST_YEAR, LAST_YEAR, year_at};
use super::error::CalendarError;
use super::hours::Hours;
use super::sources::Sources;
use super::span::{Span, Stretch, utc};
use super::spec::{CalendarSpec, Exception};
use super::table::Table;
use super::zone::Zone;

/// Opening hours that can be asked: what is open, how much open time there is, when a target is due.
///
/// It covers the years 1999 to 2110. Making one is cheap; a year's table is compiled when a question first needs it.
/// Instants are UTC, in whole seconds: fractions are cut.
#[derive(Debug)]
pub struct Calendar {
    pub(super) sources: Sources,
    tables: ByYear<Table>,
}

impl Calendar {
    /// Makes a calendar from what a policy file says and a desk's closures and extra openings.
    ///
    /// # Errors
    /// [`CalendarError::Field`] for the first field that cannot be used; for `hours` also when no day has open time.
    pub fn new(spec: &CalendarSpec, exceptions: &[Exception]) -> Result<Self, CalendarError> {
        let zone = spec.zone.parse::<Tz>().map_err(|_| {
            let problem = format!(
                "\"{}\" is not an IANA time zone: write one such as America/Denver",
                spec.zone
            );
            CalendarError::field("zone", problem)
        })?;
        let sources = Sources::new(Zone::new(zone), Hours::new(spec)?, exceptions)?;
        Ok(Self {
            sources,
            tables: ByYear::new(),
        })
    }

    /// The time zone of its hours.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.sources.zone.tz()
    }

    /// An instant on the calendar's own clock.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<Tz> {
        at.with_timezone(&self.zone())
    }

    /// The instant of a local time, fractions cut. One that a clock change skips is taken with the offset before the
    /// change (02:30 becomes 03:30); one that happens twice is its first occurrence.
    #[must_use]
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        utc(self.sources.zone.instant(local.and_utc().timestamp()))
    }

    /// Whether the desk is open: at an opening instant yes, at a closing instant no, outside the years covered no.
    #[must_use]
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.open_at(at.timestamp())
    }

    /// The next opening; the instant itself if it is open.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`] outside the years covered, [`CalendarError::NeverOpens`] if none is left in them.
    pub fn next_opening(&self, at: DateTime<Utc>) -> Result<DateTime<Utc>, CalendarError> {
        self.open_from(at.timestamp()).map(utc)
    }

    /// Open seconds between two instants, below zero if `to` is before `from`; none outside the years covered.
    #[must_use]
    pub fn open_seconds(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        let (from, to) = (from.timestamp(), to.timestamp());
        if to < from {
            -self.open_between(to, from)
        } else {
            self.open_between(from, to)
        }
    }

    /// The earliest instant by which that many open seconds have passed since `from`; `from` itself for none or fewer.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`] if that is outside the years covered, [`CalendarError::NeverOpens`] if they end
    /// without any open time.
    pub fn add_open(
        &self,
        from: DateTime<Utc>,
        seconds: i64,
    ) -> Result<DateTime<Utc>, CalendarError> {
        self.add(from.timestamp(), seconds).map(utc)
    }

    /// The latest instant from which that many open seconds are left to `until`; `until` itself for none or fewer.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`] if that is outside the years covered.
    pub fn subtract_open(
        &self,
        until: DateTime<Utc>,
        seconds: i64,
    ) -> Result<DateTime<Utc>, CalendarError> {
        self.subtract(until.timestamp(), seconds).map(utc)
    }

    /// The open time between two instants, merged, cut at both; none outside the years covered.
    #[must_use]
    pub fn open_spans(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Span> {
        let asked = Stretch {
            from: from.timestamp(),
            to: to.timestamp(),
        };
        let years = year_at(asked.from).max(FIRST_YEAR)..=year_at(asked.to).min(LAST_YEAR);
        let mut open: Vec<Stretch> = Vec::new();
        for table in years.filter_map(|year| self.table(year)) {
            for stretch in table
                .ending_after(asked.from)
                .take_while(|stretch| stretch.from < asked.to)
            {
                match open.last_mut() {
                    // Cut apart at new year only.
                    Some(last) if last.to == stretch.from => last.to = stretch.to,
                    _ => open.push(stretch),
                }
            }
        }
        open.into_iter()
            .map(|stretch| stretch.within(asked))
            .filter(|stretch| !stretch.is_empty())
            .map(Stretch::span)
            .collect()
    }

    /// A year's table; none outside the years covered.
    #[inline]
    pub(super) fn table(&self, year: i32) -> Option<&Table> {
        self.tables.get(year, || Table::new(&self.sources, year))
    }

    #[inline]
    pub(super) fn open_at(&self, at: i64) -> bool {
        let next = self.table(year_at(at)).and_then(|table| table.next(at));
        next.is_some_and(|stretch| stretch.contains(at))
    }

    /// See [`Calendar::next_opening`].
    #[inline]
    pub(super) fn open_from(&self, at: i64) -> Result<i64, CalendarError> {
        let mut year = year_at(at);
        let mut table = self.table(year).ok_or(CalendarError::OutOfRange)?;
        loop {
            if let Some(next) = table.next(at) {
                return Ok(next.from.max(at));
            }
            year += 1;
            table = self
                .table(year)
                .ok_or_else(|| CalendarError::NeverOpens(utc(at)))?;
        }
    }

    /// See [`Calendar::add_open`].
    #[inline]
    pub(super) fn add(&self, from: i64, seconds: i64) -> Result<i64, CalendarError> {
        let mut year = year_at(from);
        let mut table = self.table(year).ok_or(CalendarError::OutOfRange)?;
        if seconds <= 0 {
            return Ok(from);
        }
        let mut wanted = table.open_before(from).saturating_add(seconds);
        loop {
            if let Some(due) = table.earliest_with(wanted) {
                return Ok(due);
            }
            wanted -= table.total();
            year += 1;
            table = self.table(year).ok_or_else(|| match self.open_from(from) {
                Err(never) => never,
                Ok(_) => CalendarError::OutOfRange,
            })?;
        }
    }

    fn subtract(&self, until: i64, seconds: i64) -> Result<i64, CalendarError> {
        let mut year = year_at(until);
        let mut table = self.table(year).ok_or(CalendarError::OutOfRange)?;
        if seconds <= 0 {
            return Ok(until);
        }
        let mut kept = table.open_before(until).saturating_sub(seconds);
        loop {
            if let Some(start) = table.latest_with(kept) {
                return Ok(start);
            }
            year -= 1;
            table = self.table(year).ok_or(CalendarError::OutOfRange)?;
            kept += table.total();
        }
    }

    fn open_between(&self, from: i64, to: i64) -> i64 {
        let (first, last) = (year_at(from), year_at(to));
        let before = |at, year| self.table(year).map_or(0, |table| table.open_before(at));
        let whole =
            (first.max(FIRST_YEAR)..last.min(LAST_YEAR + 1)).filter_map(|year| self.table(year));
        whole.map(Table::total).sum::<i64>() + before(to, last) - before(from, first)
    }
}
