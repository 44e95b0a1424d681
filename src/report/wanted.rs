//! What a report is about.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::incident::CustomerId;

/// By what figures stand apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum By {
    /// The policy.
    #[default]
    Policy,
    /// The customer.
    Customer,
    /// Who works on the incident now.
    Agent,
    /// The agreed severity.
    Severity,
    /// The week in which it began.
    Week,
}

impl By {
    /// All of them, in the order in which one goes through them.
    pub const ALL: [Self; 5] = [
        Self::Policy,
        Self::Customer,
        Self::Agent,
        Self::Severity,
        Self::Week,
    ];

    /// Its word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::Severity => "severity",
            Self::Week => "week",
        }
    }
}

/// Which figures are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The first instant of the period; [`DateTime::MIN_UTC`] where it has no beginning.
    pub from: DateTime<Utc>,
    /// The first instant after it; [`DateTime::MAX_UTC`] where it has no end.
    pub until: DateTime<Utc>,
    /// By what they stand apart.
    pub by: By,
    /// Of this customer only.
    pub customer: Option<CustomerId>,
    /// The zone in which days, weeks and hours are meant.
    pub zone: Tz,
}

impl Wanted {
    /// Whether an instant lies in the period.
    pub fn covers(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.until
    }

    /// The week of an instant, by ISO 8601: `2026-W47`.
    pub fn week(&self, at: DateTime<Utc>) -> String {
        let week = at.with_timezone(&self.zone).iso_week();
        format!("{}-W{:02}", week.year(), week.week())
    }

    /// A week as a chart has room for it: `W47`.
    pub(super) fn short(week: &str) -> String {
        week.rsplit('-').next().unwrap_or(week).to_owned()
    }

    /// The first instant of the period and the first one after it, where it has a beginning or an end.
    pub fn bounds(&self) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let from = Some(self.from).filter(|from| *from > DateTime::<Utc>::MIN_UTC);
        let until = Some(self.until).filter(|until| *until < DateTime::<Utc>::MAX_UTC);
        (from, until)
    }

    /// The period in words.
    pub fn period(&self) -> String {
        let day = |at: DateTime<Utc>| at.with_timezone(&self.zone).format("%-d %b %Y").to_string();
        let (from, until) = self.bounds();
        let from = from.map_or_else(|| "the beginning".to_owned(), day);
        let last = until.map(|until| day(until - TimeDelta::seconds(1)));
        format!("from {from} to {}", last.as_deref().unwrap_or("now"))
    }
}
