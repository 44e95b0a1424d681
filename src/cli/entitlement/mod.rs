//! `holdline entitlement`.

mod add;
mod end;
mod list;
mod show;

use chrono::{DateTime, Days, NaiveTime, Utc};

use super::{Failure, Session};
use crate::calendar::local_instant;

/// What customers bought or were granted, and what was taken of it.
#[derive(Debug, clap::Subcommand)]
pub enum Entitlement {
    Add(add::Add),
    End(end::End),
    List(list::List),
    Show(show::Show),
}

impl Entitlement {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Add(add) => add.run(session),
            Self::End(end) => end.run(session),
            Self::List(list) => list.run(session),
            Self::Show(show) => show.run(session),
        }
    }
}

/// As of which day.
#[derive(Debug, Clone, clap::Args)]
struct On {
    /// As of the end of that day, in your time zone, like 2026-11-30, 30.11., mon or yesterday; as of now without it.
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
}

impl On {
    /// The first instant that does not count any more.
    ///
    /// # Errors
    /// When it is no day.
    fn until(&self, session: &Session) -> Result<DateTime<Utc>, Failure> {
        let zone = session.zone();
        let day = self
            .on
            .as_deref()
            .map(|typed| session.day(typed, zone, false));
        let next = day
            .transpose()?
            .and_then(|day| day.checked_add_days(Days::new(1)));
        Ok(next.map_or(DateTime::<Utc>::MAX_UTC, |day| {
            local_instant(zone, day.and_time(NaiveTime::MIN))
        }))
    }
}
