//! The secret number by which a caller proves to be the customer (`lifecycle.md`, "People"). It only confirms: it is
//! never a search key, an argument, a draft or an entry of a timeline.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// The fewest digits of a PIN.
const FEWEST: usize = 6;
/// The most digits of a PIN.
const MOST: usize = 32;
/// So many wrong tries in a row cost no time: a slip of the tongue, a misheard digit.
const FREE_TRIES: u32 = 3;
/// The longest that one waits for the next try.
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// A PIN as it was typed. Nothing prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// A PIN of what was typed.
    ///
    /// # Errors
    /// When it is none; what was typed is not repeated.
    pub fn new(typed: &str) -> Result<Self, Refusal> {
        let typed = typed.trim();
        let digits = typed.chars().all(|c| c.is_ascii_digit());
        if digits && (FEWEST..=MOST).contains(&typed.len()) {
            return Ok(Self(typed.to_owned()));
        }
        Err(Refusal::input(format!(
            "that is no PIN: it has {FEWEST} to {MOST} digits, and nothing else"
        )))
    }

    /// Its digits, to be hashed.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

/// What a caller's PIN was worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinCheck {
    /// None was given.
    NotGiven,
    /// It is the customer's.
    Right,
    /// It is not; so many wrong ones in a row now.
    Wrong(u32),
    /// The customer has none yet.
    NotSet,
    /// It was wrong too often, and was not looked at: it may be tried again from then on.
    TooSoon(DateTime<Utc>),
}

impl PinCheck {
    /// Why the caller is not confirmed, in words for the agent; nothing where they are.
    pub fn problem(self) -> Option<String> {
        match self {
            Self::Right => None,
            Self::NotGiven => Some("the caller gave no PIN".to_owned()),
            Self::Wrong(_) => Some("the PIN was wrong".to_owned()),
            Self::NotSet => Some("the customer has no PIN yet".to_owned()),
            Self::TooSoon(from) => {
                let from = from.format("%Y-%m-%d %H:%M:%S UTC");
                Some(format!(
                    "the PIN was wrong too often and is not looked at before {from}"
                ))
            }
        }
    }
}

/// From when on a PIN may be tried again after so many wrong ones in a row, the newest at `last`: at once after the
/// first ones, then after a minute, and twice as long after each further one, up to an hour.
pub fn next_try(wrong: u32, last: DateTime<Utc>) -> DateTime<Utc> {
    let Some(doublings) = wrong.checked_sub(FREE_TRIES) else {
        return last;
    };
    let minutes = 1_i64.checked_shl(doublings).filter(|minutes| *minutes > 0);
    last + minutes.map_or(LONGEST, |minutes| {
        TimeDelta::minutes(minutes.min(LONGEST.num_minutes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", false)]
    #[case("12345", false)]
    #[case(" 123456\n", true)]
    #[case("12345a", false)]
    #[case("12 34 56", false)]
    #[case("１２３４５６", false)]
    fn six_digits_or_more(#[case] typed: &str, #[case] fine: bool) {
        let pin = Pin::new(typed);
        assert_eq!(pin.is_ok(), fine);
        for digits in [typed.trim(), "123456"] {
            assert!(digits.is_empty() || !format!("{pin:?}").contains(digits));
        }
    }

    #[rstest]
    #[case(0, 0)]
    #[case(2, 0)]
    #[case(3, 1)]
    #[case(4, 2)]
    #[case(8, 32)]
    #[case(9, 60)]
    #[case(200, 60)]
    #[case(u32::MAX, 60)]
    fn wrong_tries_are_slowed_down(#[case] wrong: u32, #[case] minutes: i64) {
        let last = "2026-11-23T10:00:00Z".parse().unwrap();
        assert_eq!((next_try(wrong, last) - last).num_minutes(), minutes);
    }
}
