//! The days that a report is about.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::calendar::local_instant;
use crate::cli::{Failure, Session};

/// From which day to which, both included, in the agent's zone.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Period {
    /// The first day; from the beginning without it.
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<NaiveDate>,
    /// The last day, included; up to now without it.
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<NaiveDate>,
}

/// A day as it is typed.
fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>();
    day.map_err(|_| "no day: write it like 2026-11-01".to_owned())
}

impl Period {
    /// The first instant of it, and the first one after it.
    ///
    /// # Errors
    /// When it ends before it begins.
    pub(super) fn bounds(
        &self,
        session: &Session,
    ) -> Result<(DateTime<Utc>, DateTime<Utc>), Failure> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            return Err(Failure::Input(format!(
                "it ends on {to}, before it begins on {from}: give --to a later day"
            )));
        }
        let zone = session.zone();
        let begin = |day: NaiveDate| local_instant(zone, day.and_time(NaiveTime::MIN));
        let after = self.to.and_then(|day| day.checked_add_days(Days::new(1)));
        Ok((
            self.from.map_or(DateTime::<Utc>::MIN_UTC, begin),
            after.map_or(DateTime::<Utc>::MAX_UTC, begin),
        ))
    }
}
