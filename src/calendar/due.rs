//! When a target is due.

use chrono::{DateTime, Utc};

use super::calendar::Calendar;
use super::days::{DAY, block_at, block_of};
use super::error::CalendarError;
use super::length::Length;
use super::span::{Stretch, utc};
use super::target::{Counted, Target, WhenClosed};

impl Calendar {
    /// When a target that starts at `from` is due.
    ///
    /// - Business time: the earliest instant by which so much open time has passed.
    /// - Business days: from the start, or the next opening if closed, to the same local time on the n-th following day
    ///   with open time, clamped to that day's hours; where that is an opening, the closing before it.
    /// - Elapsed: hours are exact, days keep the local time of day; if that is closed, the next opening, unless the
    ///   target says as-is.
    ///
    /// # Errors
    /// [`CalendarError::Target`] for a target that cannot be counted, [`CalendarError::OutOfRange`] if start or due
    /// instant are outside the years covered, [`CalendarError::NeverOpens`] if an opening is wanted and none is left.
    pub fn due(
        &self,
        from: DateTime<Utc>,
        target: &Target,
    ) -> Result<DateTime<Utc>, CalendarError> {
        target.check()?;
        let from = covered(from.timestamp())?;
        // Checked: business time is in seconds here, business days are in days.
        let (Length::Exact(amount) | Length::Days(amount)) = target.within;
        let due = match (target.counted, target.when_closed) {
            (Counted::BusinessTime, _) => self.add(from, amount)?,
            (Counted::BusinessDays, _) => self.add_business_days(from, amount)?,
            (Counted::Elapsed, WhenClosed::AsIs) => self.add_elapsed(from, target.within)?,
            (Counted::Elapsed, WhenClosed::NextOpening) => {
                self.open_from(self.add_elapsed(from, target.within)?)?
            }
        };
        Ok(utc(due))
    }

    fn add_elapsed(&self, from: i64, within: Length) -> Result<i64, CalendarError> {
        match within {
            Length::Exact(seconds) => covered(from.saturating_add(seconds)),
            Length::Days(days) => {
                let zone = &self.sources.zone;
                let local = zone.local(from).saturating_add(days.saturating_mul(DAY));
                covered(local).map(|local| zone.instant(local))
            }
        }
    }

    fn add_business_days(&self, from: i64, days: i64) -> Result<i64, CalendarError> {
        let start = self.open_from(from)?;
        let local = self.sources.zone.local(start);
        let today = local.div_euclid(DAY);
        // A shift past midnight belongs to the day on which it began.
        let day = if self.is_open_shift_of(today - 1, start) {
            today - 1
        } else {
            today
        };
        let (due_day, open) = self.working_day_after(day, days)?;
        let same_time = self
            .sources
            .zone
            .instant(due_day * DAY + (local - day * DAY));
        // Shifts of several days can overlap: nothing is due before it starts.
        Ok(self.never_an_opening(clamp(same_time, open)).max(start))
    }

    fn is_open_shift_of(&self, day: i64, at: i64) -> bool {
        let table = block_of(day).and_then(|block| self.table(block));
        table.is_some_and(|table| {
            table
                .open_on(day)
                .iter()
                .any(|stretch| stretch.contains(at))
        })
    }

    /// The n-th local day with open time after a day, and its open time.
    fn working_day_after(&self, day: i64, n: i64) -> Result<(i64, &[Stretch]), CalendarError> {
        let block = block_of(day).ok_or(CalendarError::OutOfRange)?;
        let mut more = usize::try_from(n - 1).map_err(|_| CalendarError::OutOfRange)?;
        for table in self.tables_from(block) {
            let index = more.saturating_add(table.working_days_through(day));
            if let Some(found) = table.working_day(index) {
                return Ok(found);
            }
            more = index - table.working_days();
        }
        Err(CalendarError::OutOfRange)
    }

    /// The closing before an opening, which is the same business moment, earlier; any other instant as it is.
    fn never_an_opening(&self, at: i64) -> i64 {
        let around = |block| {
            self.table(block)
                .map(|table| table.around(at))
                .unwrap_or_default()
        };
        let Some(block) = block_at(at) else { return at };
        let (before, after) = around(block);
        if after.is_none_or(|next| next.from != at) {
            return at;
        }
        // Where open time goes on from one table to the next, the stretch before ends right here: it is no opening.
        let earlier = || (0..block).rev().find_map(|block| around(block).0);
        before.or_else(earlier).map_or(at, |last| last.to)
    }
}

/// An instant moved into a day's open time: before the first opening that opening, after a closing that closing.
fn clamp(at: i64, open: &[Stretch]) -> i64 {
    let last = open.iter().rev().find(|stretch| stretch.from <= at);
    last.map_or_else(
        || open.first().map_or(at, |first| first.from),
        |stretch| at.min(stretch.to),
    )
}

/// The instant or local time itself, if it lies in the years covered.
fn covered(seconds: i64) -> Result<i64, CalendarError> {
    block_at(seconds)
        .map(|_| seconds)
        .ok_or(CalendarError::OutOfRange)
}
