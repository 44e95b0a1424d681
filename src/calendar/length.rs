//! A length of time as a policy file writes it: `4h`, `2h 30m`, `3d`, `2w`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A length of time: exact seconds, or days of a calendar, which a clock change makes 23 or 25 hours long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Length {
    /// Seconds: `4h`, `15m`, `90s`, `2h 30m`.
    Exact(i64),
    /// Days: `3d`, `1w` (seven days).
    Days(i64),
}

/// Why a text is not a [`Length`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LengthError {
    /// The text does not follow the form.
    #[error(
        "\"{0}\" is not a length of time: write numbers with units, largest first, such as 4h, 2h 30m, 3d or 2w"
    )]
    Form(String),
    /// Days and hours in one length, which would leave open which of them a clock change bends.
    #[error(
        "\"{0}\" mixes days with hours: write either days and weeks or hours, minutes and seconds"
    )]
    Mixed(String),
    /// More seconds or days than the counter holds.
    #[error("\"{0}\" is too long: write a length of some years at most")]
    TooLong(String),
}

/// The units, largest first: letter, size, and whether it counts days instead of seconds.
const UNITS: [(char, i64, bool); 5] = [
    ('w', 7, true),
    ('d', 1, true),
    ('h', 3600, false),
    ('m', 60, false),
    ('s', 1, false),
];

impl FromStr for Length {
    type Err = LengthError;

    /// Reads numbers with units, largest first, each unit at most once, with or without spaces between them.
    fn from_str(text: &str) -> Result<Self, LengthError> {
        let form = || LengthError::Form(text.to_owned());
        let too_long = || LengthError::TooLong(text.to_owned());
        let mut units = UNITS.iter();
        let mut sum: Option<(i64, bool)> = None;
        let mut rest = text.trim();
        while !rest.is_empty() {
            let digits = rest
                .find(|c: char| !c.is_ascii_digit())
                .filter(|&at| at > 0)
                .ok_or_else(form)?;
            let (number, tail) = rest.split_at(digits);
            let letter = tail.chars().next().ok_or_else(form)?;
            let &(_, size, days) = units.find(|(unit, ..)| *unit == letter).ok_or_else(form)?;
            let (so_far, in_days) = sum.unwrap_or((0, days));
            if in_days != days {
                return Err(LengthError::Mixed(text.to_owned()));
            }
            let number: i64 = number.parse().map_err(|_| too_long())?;
            let total = number
                .checked_mul(size)
                .and_then(|part| part.checked_add(so_far))
                .ok_or_else(too_long)?;
            sum = Some((total, days));
            rest = tail
                .get(letter.len_utf8()..)
                .unwrap_or_default()
                .trim_start();
        }
        match sum.ok_or_else(form)? {
            (days, true) => Ok(Self::Days(days)),
            (seconds, false) => Ok(Self::Exact(seconds)),
        }
    }
}

impl fmt::Display for Length {
    /// Writes the shortest text that reads back as the same length: `4h 30m`, `90m` as `1h 30m`, 14 days as `2w`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Days(days) if days != 0 && days % 7 == 0 => write!(f, "{}w", days / 7),
            Self::Days(days) => write!(f, "{days}d"),
            Self::Exact(0) => f.write_str("0s"),
            Self::Exact(seconds) => {
                let left = seconds.unsigned_abs();
                let parts = [(left / 3600, 'h'), (left / 60 % 60, 'm'), (left % 60, 's')];
                let mut before = if seconds < 0 { "-" } else { "" };
                for (number, unit) in parts.into_iter().filter(|(number, _)| *number > 0) {
                    write!(f, "{before}{number}{unit}")?;
                    before = " ";
                }
                Ok(())
            }
        }
    }
}

impl TryFrom<String> for Length {
    type Error = LengthError;

    fn try_from(text: String) -> Result<Self, LengthError> {
        text.parse()
    }
}

impl From<Length> for String {
    fn from(length: Length) -> Self {
        length.to_string()
    }
}
