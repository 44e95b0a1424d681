//! What to show of a calendar: open or closed, until when, and why.

use chrono::{DateTime, NaiveDate, Utc};

use super::calendar::Calendar;
use super::days::{DAY, block_at, date};
use super::span::{Stretch, utc};

/// Whether the desk is open, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Open.
    Open {
        /// When it closes; none if it stays open for a year.
        closes: Option<DateTime<Utc>>,
    },
    /// Closed.
    Closed {
        /// When it opens; none if it stays closed in all the years covered.
        opens: Option<DateTime<Utc>>,
        /// The holiday or closure, if not only the usual hours.
        why: Option<String>,
    },
}

/// A day that is closed for a reason of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDay {
    /// The local date.
    pub date: NaiveDate,
    /// The holiday, or the closure's reason.
    pub reason: String,
}

impl Calendar {
    /// Whether the desk is open at an instant, until when, and if closed, why.
    #[must_use]
    pub fn status(&self, at: DateTime<Utc>) -> Status {
        if self.is_open(at) {
            Status::Open {
                closes: self.closing_after(at.timestamp()).map(utc),
            }
        } else {
            Status::Closed {
                opens: self.next_opening(at).ok(),
                why: self.why_closed(at.timestamp()),
            }
        }
    }

    /// The days between two instants, both included, that are closed for a reason of their own, in order: holidays,
    /// yearly closures, special days without hours, and each day that a desk's closure touches. Days out of reach of
    /// the years covered are left out.
    #[must_use]
    pub fn closed_days(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<ClosedDay> {
        let zone = &self.sources.zone;
        let mut closed = Vec::new();
        if [from, to]
            .iter()
            .any(|at| block_at(at.timestamp()).is_none())
        {
            return closed;
        }
        let asked = Stretch {
            from: from.timestamp(),
            to: to.timestamp() + 1,
        };
        for day in zone.local(asked.from).div_euclid(DAY)..=zone.local(asked.to - 1).div_euclid(DAY)
        {
            let Some(date) = date(day) else { continue };
            let bounds = Stretch {
                from: zone.instant(day * DAY),
                to: zone.instant((day + 1) * DAY),
            };
            let own = self.sources.hours.day(day);
            let own = own.reason.filter(|_| own.shifts.is_empty());
            let reasons = own
                .into_iter()
                .chain(self.sources.closures_within(bounds.within(asked)));
            closed.extend(reasons.map(|reason| ClosedDay {
                date,
                reason: reason.to_owned(),
            }));
        }
        closed
    }

    /// The end of the open time that an instant lies in.
    fn closing_after(&self, at: i64) -> Option<i64> {
        let mut closes = at;
        for table in self.tables_from(block_at(at)?) {
            // Where tables meet, a stretch is only cut.
            match table.next(closes) {
                Some(next) if next.from <= closes => closes = next.to,
                _ => return Some(closes),
            }
            if closes - at > 366 * DAY {
                return None;
            }
        }
        Some(closes)
    }

    fn why_closed(&self, at: i64) -> Option<String> {
        let hours = &self.sources.hours;
        let moment = Stretch {
            from: at,
            to: at + 1,
        };
        let today = self.sources.zone.local(at).div_euclid(DAY);
        let shift_of_yesterday = |shift| self.sources.stretch(today - 1, shift).contains(at);
        let missed_yesterday = hours
            .weekday(today - 1)
            .iter()
            .any(|&shift| shift_of_yesterday(shift));
        let reason = self.sources.closures_within(moment).next();
        let reason = reason.or_else(|| hours.day(today - 1).reason.filter(|_| missed_yesterday));
        reason
            .or_else(|| hours.day(today).reason)
            .map(str::to_owned)
    }
}
