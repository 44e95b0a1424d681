//! The calendar: what is open when, and sums of open time.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::days::{Blocks, DAY, FIRST_DAY, block_at};
use super::error::CalendarError;
use super::hours::Hours;
use super::sources::Sources;
use super::span::{Span, Stretch, utc};
use super::spec::{CalendarSpec, Exception};
use super::table::Table;
use super::zone::Zone;

/// Opening hours that can be asked: what is open, how much open time there is, when a target is due.
///
/// It covers the years 1999 to 2110. Making one is cheap; its tables are compiled, some months at a time, when a
/// question first needs them. Instants are UTC, in whole seconds: fractions are cut.
#[derive(Debug)]
pub struct Calendar {
    pub(super) sources: Sources,
    tables: Blocks<Table>,
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
            tables: Blocks::new(),
        })
    }

    /// The time zone of its hours.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.sources.zone.tz()
    }

    /// An instant on the calendar's own clock, for people to read; the zone data give no summer time after 2099.
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
        let (sign, asked) = if from <= to {
            (1, Stretch { from, to })
        } else {
            (-1, Stretch { from: to, to: from })
        };
        sign * self.open_between(asked)
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
        let mut open: Vec<Stretch> = Vec::new();
        for table in self.tables_between(asked) {
            for stretch in table
                .ending_after(asked.from)
                .take_while(|stretch| stretch.from < asked.to)
            {
                match open.last_mut() {
                    // Cut apart where tables meet, and only there.
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

    /// A block's table; none after the last.
    #[inline]
    pub(super) fn table(&self, block: usize) -> Option<&Table> {
        self.tables.get(block, || Table::new(&self.sources, block))
    }

    /// The tables in order, from a block to the last one.
    #[inline]
    pub(super) fn tables_from(&self, block: usize) -> impl Iterator<Item = &Table> {
        (block..).map_while(|block| self.table(block))
    }

    /// The tables that a stretch of time meets.
    fn tables_between(&self, asked: Stretch) -> impl Iterator<Item = &Table> {
        let nearest = |at| {
            let nearest = if at < FIRST_DAY * DAY {
                0
            } else {
                self.tables.last()
            };
            block_at(at).unwrap_or(nearest)
        };
        (nearest(asked.from)..=nearest(asked.to)).filter_map(|block| self.table(block))
    }

    #[inline]
    pub(super) fn open_at(&self, at: i64) -> bool {
        let next = block_at(at).and_then(|block| self.table(block)?.next(at));
        next.is_some_and(|stretch| stretch.contains(at))
    }

    /// See [`Calendar::next_opening`].
    #[inline]
    pub(super) fn open_from(&self, at: i64) -> Result<i64, CalendarError> {
        let block = block_at(at).ok_or(CalendarError::OutOfRange)?;
        let next = self.tables_from(block).find_map(|table| table.next(at));
        next.map(|next| next.from.max(at))
            .ok_or_else(|| CalendarError::NeverOpens(utc(at)))
    }

    /// See [`Calendar::add_open`].
    #[inline]
    pub(super) fn add(&self, from: i64, seconds: i64) -> Result<i64, CalendarError> {
        let first = block_at(from).ok_or(CalendarError::OutOfRange)?;
        if seconds <= 0 {
            return Ok(from);
        }
        let mut wanted = seconds;
        for table in self.tables_from(first) {
            // Before the block there was nothing of it: only the first one has a part that does not count.
            let before = table.open_before(from);
            if let Some(due) = table.earliest_with(wanted.saturating_add(before)) {
                return Ok(due);
            }
            wanted -= table.total() - before;
        }
        self.open_from(from).and(Err(CalendarError::OutOfRange))
    }

    fn subtract(&self, until: i64, seconds: i64) -> Result<i64, CalendarError> {
        let last = block_at(until).ok_or(CalendarError::OutOfRange)?;
        if seconds <= 0 {
            return Ok(until);
        }
        let mut wanted = seconds;
        for table in (0..=last).rev().filter_map(|block| self.table(block)) {
            let before = table.open_before(until);
            if let Some(start) = table.latest_with(before.saturating_sub(wanted)) {
                return Ok(start);
            }
            wanted -= before;
        }
        Err(CalendarError::OutOfRange)
    }

    fn open_between(&self, asked: Stretch) -> i64 {
        self.tables_between(asked)
            .map(|table| table.open_before(asked.to) - table.open_before(asked.from))
            .sum()
    }
}
