//! A target: how long, and counted how.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::length::Length;

/// How a target is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Only open time counts.
    BusinessTime,
    /// The same time of day on the n-th following day with open time.
    BusinessDays,
    /// All time counts, open or closed.
    Elapsed,
}

impl Counted {
    /// Its word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::BusinessTime => "business-time",
            Self::BusinessDays => "business-days",
            Self::Elapsed => "elapsed",
        }
    }
}

/// What becomes of an elapsed target that falls due while closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhenClosed {
    /// It moves to the next opening.
    #[default]
    NextOpening,
    /// It stays where it falls.
    AsIs,
}

/// A target as a policy file writes it: `{ within = "4h", counted = "business-time" }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// How long.
    pub within: Length,
    /// Counted how.
    pub counted: Counted,
    /// What to do when an elapsed target falls due while closed; without meaning for the other kinds.
    #[serde(default)]
    pub when_closed: WhenClosed,
}

/// Why a [`Target`] cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TargetError {
    /// Nothing or less than nothing to count.
    #[error("within = \"{0}\" is no time at all: write a length above zero")]
    NotPositive(Length),
    /// Business time in days.
    #[error(
        "within = \"{0}\" counts days, business time counts hours: write hours, or counted = \"business-days\""
    )]
    TimeInDays(Length),
    /// Business days in hours.
    #[error(
        "within = \"{0}\" counts hours, business days count days: write days, or counted = \"business-time\""
    )]
    DaysInTime(Length),
}

impl Target {
    /// Checks that the length fits the way of counting.
    ///
    /// # Errors
    /// A length that is not above zero, business time in days, business days in hours.
    pub fn check(&self) -> Result<(), TargetError> {
        let (Length::Exact(amount) | Length::Days(amount)) = self.within;
        match (self.counted, self.within) {
            _ if amount <= 0 => Err(TargetError::NotPositive(self.within)),
            (Counted::BusinessTime, Length::Days(_)) => Err(TargetError::TimeInDays(self.within)),
            (Counted::BusinessDays, Length::Exact(_)) => Err(TargetError::DaysInTime(self.within)),
            _ => Ok(()),
        }
    }
}
