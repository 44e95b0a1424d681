//! The days that a report is about.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::calendar::local_instant;
use crate::cli::{Failure, Session};

/// From which day to which, both included, in the agent's zone.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Period {
    /// The first day, like 2026-11-01, 1.11., mon or yesterday; from the beginning without it.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day, included; up to now without it.
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
}

impl Period {
    /// The first instant of it, and the first one after it.
    ///
    /// # Errors
    /// When one of them is no day, or it ends before it begins.
    pub(super) fn bounds(
        &self,
        session: &Session,
    ) -> Result<(DateTime<Utc>, DateTime<Utc>), Failure> {
        let zone = session.zone();
        let day = |typed: &Option<String>| {
            let day = typed.as_ref().map(|typed| session.day(typed, zone, false));
            day.transpose()
        };
        let (from, to) = (day(&self.from)?, day(&self.to)?);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            return Err(Failure::Input(format!(
                "it ends on {to}, before it begins on {from}: give --to a later day"
            )));
        }
        let begin = |day: NaiveDate| local_instant(zone, day.and_time(NaiveTime::MIN));
        let after = to.and_then(|day| day.checked_add_days(Days::new(1)));
        Ok((
            from.map_or(DateTime::<Utc>::MIN_UTC, begin),
            after.map_or(DateTime::<Utc>::MAX_UTC, begin),
        ))
    }
}
