//! What can be wrong with a calendar, or with a question to it.

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::days::{FIRST_YEAR, LAST_YEAR};
use super::target::TargetError;

/// Why a calendar cannot be built, or cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// A field of the calendar cannot be used.
    #[error("{field}: {problem}")]
    Field {
        /// The field as a policy file names it: `zone`, `hours.mon`, `special.0.date`.
        field: String,
        /// What is wrong with it, and what to write instead.
        problem: String,
    },
    /// The target cannot be counted.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The question or its answer lies outside the years that a calendar covers.
    #[error(
        "outside the years {FIRST_YEAR} to {LAST_YEAR} that calendars cover: check the date, or use a shorter target"
    )]
    OutOfRange,
    /// Closed from an instant on.
    #[error(
        "not open again after {0} until the end of {LAST_YEAR}: remove a closure, or add an opening"
    )]
    NeverOpens(DateTime<Utc>),
}

impl CalendarError {
    pub(super) fn field(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Field {
            field: field.into(),
            problem: problem.into(),
        }
    }
}
