//! `holdline entitlement`.

mod add;
mod end;
mod list;
mod show;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

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
#[derive(Debug, Clone, Copy, clap::Args)]
struct On {
    /// As of the end of that day, in your time zone; as of now without it.
    #[arg(long, value_name = "DAY")]
    on: Option<NaiveDate>,
}

impl On {
    /// The first instant that does not count any more.
    fn until(self, session: &Session) -> DateTime<Utc> {
        let next = self.on.and_then(|day| day.checked_add_days(Days::new(1)));
        next.map_or(DateTime::<Utc>::MAX_UTC, |day| {
            local_instant(session.zone(), day.and_time(NaiveTime::MIN))
        })
    }
}
