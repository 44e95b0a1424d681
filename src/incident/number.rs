//! The Tech Reference number: a sequence number and its Damm check digit (P5-07, P5-09).
//!
//! The check digit catches every single wrong digit and every swap of two neighbours, which are what a telephone
//! does to numbers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The first sequence number of a desk.
pub const FIRST: u32 = 10_001;

/// The quasigroup of order 10 by which H. Michael Damm's check digits are computed ("Total anti-symmetrische
/// Quasigruppen", 2004).
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

const WORDS: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];

/// A Tech Reference number, shown as `10001-4`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TechRef(u32);

/// Why a text is no Tech Reference number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Something other than digits, spaces, a hyphen and the policy's prefix.
    #[error("\"{0}\" is not a Tech Reference number: it is digits only, like 10001-4")]
    NotDigits(String),
    /// Too few digits.
    #[error("a Tech Reference number has at least six digits")]
    Short,
    /// The check digit does not fit.
    #[error("not a Tech Reference number: one digit is wrong or two were swapped")]
    Wrong,
}

fn damm(digits: impl Iterator<Item = u8>) -> u8 {
    digits.fold(0, |row, digit| {
        DAMM.get(usize::from(row))
            .and_then(|row| row.get(usize::from(digit)))
            .copied()
            .unwrap_or_default()
    })
}

impl TechRef {
    /// How it is said: every digit a word, and which one is the check digit.
    #[must_use]
    pub fn spoken(self) -> String {
        let say = |digits: &str| {
            let digits = digits.chars().filter_map(|c| c.to_digit(10));
            let words = digits.filter_map(|digit| WORDS.get(digit as usize));
            words.copied().collect::<Vec<_>>().join(" ")
        };
        let sequence = say(&self.0.to_string());
        let check = say(&self.check_digit().to_string());
        format!("{sequence}, check digit {check}")
    }

    /// The number whose sequence is `sequence`, which is at least [`FIRST`].
    pub fn new(sequence: u32) -> Self {
        Self(sequence)
    }

    /// The sequence number, without the check digit.
    pub fn sequence(self) -> u32 {
        self.0
    }

    /// The check digit.
    pub fn check_digit(self) -> u8 {
        damm(self.0.to_string().bytes().map(|b| b - b'0'))
    }

    /// Reads a number as it is typed or said: with or without the hyphen, spaces or `prefix`.
    ///
    /// # Errors
    /// When it is too short, holds anything but digits, or its check digit is wrong.
    pub fn read(text: &str, prefix: Option<&str>) -> Result<Self, NumberError> {
        let typed = text.trim();
        let bare = prefix
            .and_then(|prefix| {
                typed
                    .get(..prefix.len())
                    .filter(|head| head.eq_ignore_ascii_case(prefix))
            })
            .and_then(|head| typed.get(head.len()..))
            .unwrap_or(typed);
        let digits: String = bare.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NumberError::NotDigits(typed.chars().take(40).collect()));
        }
        if digits.len() < 6 {
            return Err(NumberError::Short);
        }
        let (sequence, _) = digits.split_at(digits.len() - 1);
        match sequence.parse() {
            Ok(sequence) if sequence >= FIRST && damm(digits.bytes().map(|b| b - b'0')) == 0 => {
                Ok(Self(sequence))
            }
            _ => Err(NumberError::Wrong),
        }
    }
}

impl TechRef {
    /// The number whose sequence is what was typed, if its check digit was left out.
    pub fn without_check_digit(text: &str) -> Option<Self> {
        let sequence: u32 = digits(text)?.parse().ok()?;
        (sequence >= FIRST).then_some(Self(sequence))
    }

    /// The numbers from which digits that are none are one slip away: without its check digit, with one digit wrong, or
    /// with two neighbours swapped. Which of them is meant only the caller can say.
    pub fn near(text: &str) -> Vec<Self> {
        let Some(typed) = digits(text).map(String::into_bytes) else {
            return Vec::new();
        };
        let mut slips: Vec<Vec<u8>> = Vec::new();
        for place in (0..typed.len()).rev() {
            let mut swapped = typed.clone();
            if place > 0 {
                swapped.swap(place - 1, place);
                slips.push(swapped);
            }
            slips.extend((b'0'..=b'9').map(|digit| {
                let other = typed.iter().enumerate();
                let other = other.map(|(at, byte)| if at == place { digit } else { *byte });
                other.collect()
            }));
        }
        let slips = slips.into_iter();
        let meant = slips.filter_map(|slip| String::from_utf8(slip).ok()?.parse().ok());
        let mut near: Vec<Self> = Self::without_check_digit(text).into_iter().collect();
        for number in meant {
            if !near.contains(&number) {
                near.push(number);
            }
        }
        near
    }
}

/// The digits of what was typed, where it is nothing but those, and few enough for a number.
fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let fits = (5..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(digits)
}

impl fmt::Display for TechRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{}", self.0, self.check_digit()))
    }
}

impl FromStr for TechRef {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::read(text, None)
    }
}

impl TryFrom<String> for TechRef {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

impl From<TechRef> for String {
    fn from(number: TechRef) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[test]
    fn a_number_can_be_said() {
        let said = TechRef::new(10_001).spoken();
        assert_eq!(said, "one zero zero zero one, check digit four");
    }

    #[rstest]
    #[case(10_001, "10001-4")]
    #[case(10_002, "10002-3")]
    fn the_check_digit_is_damms(#[case] sequence: u32, #[case] shown: &str) {
        assert_eq!(TechRef::new(sequence).to_string(), shown);
    }

    #[rstest]
    #[case("10001-4")]
    #[case("100014")]
    #[case(" 1 0 0 0 1 4 ")]
    #[case("tr-10001-4")]
    fn it_is_read_as_it_is_said(#[case] typed: &str) {
        assert_eq!(TechRef::read(typed, Some("TR-")), Ok(TechRef::new(10_001)));
    }

    #[rstest]
    #[case("10001", NumberError::Short)]
    #[case("10001-5", NumberError::Wrong)]
    #[case("000000", NumberError::Wrong)]
    #[case("99999999999999999999", NumberError::Wrong)]
    #[case("1000x-4", NumberError::NotDigits("1000x-4".into()))]
    #[case("", NumberError::NotDigits(String::new()))]
    fn what_is_none_is_told_why(#[case] typed: &str, #[case] error: NumberError) {
        assert_eq!(TechRef::read(typed, None), Err(error));
    }

    #[test]
    fn a_slip_is_near_what_was_meant() {
        let number = TechRef::new(10_001);
        for typed in ["10001", "10001-5", "1000-14", "10010-4", "20001-4"] {
            let near = TechRef::near(typed);
            assert!(near.contains(&number), "{typed}: {near:?}");
            assert!(near.len() < 20, "{near:?}");
        }
        assert_eq!(TechRef::near("10001")[0], number);
        assert_eq!(TechRef::near("1000"), []);
        assert_eq!(TechRef::near("blue"), []);
    }

    proptest! {
        #[test]
        fn every_wrong_digit_and_every_swap_is_caught(sequence in FIRST..90_000_000, place in 0_usize..8, digit in 0_u8..10) {
            let right: Vec<u8> = TechRef::new(sequence).to_string().bytes().filter(u8::is_ascii_digit).collect();
            let place = place % (right.len() - 1);
            let mut wrong = right.clone();
            wrong[place] = b'0' + digit;
            let mut swapped = right.clone();
            swapped.swap(place, place + 1);
            for other in [wrong, swapped] {
                let text = String::from_utf8(other.clone()).unwrap();
                prop_assert_eq!(text.parse::<TechRef>().is_ok(), other == right);
            }
        }
    }
}
