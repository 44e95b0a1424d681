//! The calendar: what is open when, and sums of open time.

use std::sync::OnceLock;

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
    /// Open seconds before each block, and before the end: what years of open time are found by.
    sums: OnceLock<Box<[i64]>>,
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
            sums: OnceLock::new(),
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

    /// Open seconds before a block. It takes the tables of all years, so that it is asked for long stretches alone.
    fn sum(&self, block: usize) -> i64 {
        self.sums().get(block).copied().unwrap_or_default()
    }

    fn sums(&self) -> &[i64] {
        self.sums.get_or_init(|| {
            let mut sum = 0;
            let after = self.tables_from(0).map(|table| {
                sum += table.total();
                sum
            });
            std::iter::once(0).chain(after).collect()
        })
    }

    /// The blocks in which a stretch of time begins and ends, or those nearest to it.
    fn blocks_of(&self, asked: Stretch) -> (usize, usize) {
        let nearest = |at| {
            let nearest = if at < FIRST_DAY * DAY {
                0
            } else {
                self.tables.last()
            };
            block_at(at).unwrap_or(nearest)
        };
        (nearest(asked.from), nearest(asked.to))
    }

    /// The tables that a stretch of time meets.
    fn tables_between(&self, asked: Stretch) -> impl Iterator<Item = &Table> {
        let (first, last) = self.blocks_of(asked);
        (first..=last).filter_map(|block| self.table(block))
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
        let table = self.table(first).ok_or(CalendarError::OutOfRange)?;
        let before = table.open_before(from);
        let wanted = seconds.saturating_add(before);
        if let Some(due) = table.earliest_with(wanted) {
            return Ok(due);
        }
        let next = self.table(first + 1);
        if let Some(due) = next.and_then(|next| next.earliest_with(wanted - table.total())) {
            return Ok(due);
        }
        let wanted = wanted.saturating_add(self.sum(first));
        // The last block before which there is less.
        let block = self.sums().partition_point(|sum| *sum < wanted) - 1;
        let due = self.table(block).map(|table| (table, self.sum(block)));
        if let Some(due) = due.and_then(|(table, sum)| table.earliest_with(wanted - sum)) {
            return Ok(due);
        }
        self.open_from(from).and(Err(CalendarError::OutOfRange))
    }

    fn subtract(&self, until: i64, seconds: i64) -> Result<i64, CalendarError> {
        let last = block_at(until).ok_or(CalendarError::OutOfRange)?;
        if seconds <= 0 {
            return Ok(until);
        }
        let table = self.table(last).ok_or(CalendarError::OutOfRange)?;
        let left = table.open_before(until).saturating_sub(seconds);
        if let Some(start) = table.latest_with(left) {
            return Ok(start);
        }
        let one_earlier = last.checked_sub(1).and_then(|block| self.table(block));
        let start =
            one_earlier.and_then(|table| table.latest_with(left.checked_add(table.total())?));
        if let Some(start) = start {
            return Ok(start);
        }
        let left = left.saturating_add(self.sum(last));
        // The last block before which there is no more.
        let block = self.sums().partition_point(|sum| *sum <= left);
        let block = block.checked_sub(1).ok_or(CalendarError::OutOfRange)?;
        let start = self.table(block);
        start
            .and_then(|table| table.latest_with(left - self.sum(block)))
            .ok_or(CalendarError::OutOfRange)
    }

    fn open_between(&self, asked: Stretch) -> i64 {
        let (first, last) = self.blocks_of(asked);
        let before = |block, at| self.table(block).map_or(0, |table| table.open_before(at));
        let rest = before(last, asked.to) - before(first, asked.from);
        match last - first {
            0 => rest,
            // Most are short, and need no more than the table at hand.
            1 => rest + self.table(first).map_or(0, Table::total),
            _ => rest + self.sum(last) - self.sum(first),
        }
    }
}
