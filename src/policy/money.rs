//! Exact money: integer minor units with their currency (P1-03).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// Currencies without minor digits; all others here have two, or the three below.
const NO_DIGITS: [&str; 15] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XPF",
];
const THREE_DIGITS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

impl Currency {
    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// How many minor digits an amount is written with.
    pub fn digits(&self) -> u32 {
        match self.code() {
            code if NO_DIGITS.contains(&code) => 0,
            code if THREE_DIGITS.contains(&code) => 3,
            _ => 2,
        }
    }

    fn scale(self) -> i64 {
        10_i64.pow(self.digits())
    }
}

/// Why a text is no amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The currency is not three capital letters.
    #[error("\"{0}\" is not a currency: write its three-letter code, like USD")]
    Currency(String),
    /// The amount is not a plain decimal number.
    #[error("\"{0}\" is not an amount: write digits with a point, like 139.00")]
    Amount(String),
    /// More minor digits than the currency has.
    #[error("\"{amount}\" has more than the {digits} minor digits of {currency}")]
    Digits {
        /// What was written.
        amount: String,
        /// The digits that the currency has.
        digits: u32,
        /// The currency's code.
        currency: Currency,
    },
    /// The text is not `AMOUNT CURRENCY`.
    #[error("\"{0}\" is not money: write the amount and the currency, like 139.00 USD")]
    Form(String),
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match text.as_bytes() {
            &[a, b, c] if text.bytes().all(|b| b.is_ascii_uppercase()) => Ok(Self([a, b, c])),
            _ => Err(MoneyError::Currency(text.to_owned())),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount in the minor units of its currency: `13900` of USD is 139.00.
///
/// In a file it is written `"139.00 USD"`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money {
    /// Minor units; never a float.
    pub minor: i64,
    /// Whose units they are.
    pub currency: Currency,
}

impl Money {
    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Reads a plain decimal amount of `currency`, such as `139.00`.
    ///
    /// # Errors
    /// When it is not digits with at most one point, or has more minor digits than the currency.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let bad = || MoneyError::Amount(amount.to_owned());
        let (whole, minor) = amount.split_once('.').unwrap_or((amount, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(minor) || amount.ends_with('.') {
            return Err(bad());
        }
        if minor.len() > currency.digits() as usize {
            return Err(MoneyError::Digits {
                amount: amount.to_owned(),
                digits: currency.digits(),
                currency,
            });
        }
        let padded = format!(
            "{whole}{minor:0<width$}",
            width = currency.digits() as usize
        );
        Ok(Self {
            minor: padded.parse().map_err(|_| bad())?,
            currency,
        })
    }

    /// The amount alone, with all its minor digits: `139.00`.
    pub fn amount(&self) -> String {
        let (digits, scale) = (self.currency.digits() as usize, self.currency.scale());
        let sign = if self.minor < 0 { "-" } else { "" };
        let (whole, minor) = (
            self.minor.unsigned_abs() / scale.unsigned_abs(),
            self.minor.unsigned_abs() % scale.unsigned_abs(),
        );
        if digits == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{minor:0digits$}")
        }
    }

    /// The price of `seconds` at this hourly rate, rounded half up to a minor unit.
    pub fn for_seconds(&self, seconds: i64) -> Self {
        Self {
            minor: (self.minor.saturating_mul(seconds) + 1_800).div_euclid(3_600),
            ..*self
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (amount, currency) = text
            .split_once(' ')
            .ok_or_else(|| MoneyError::Form(text.to_owned()))?;
        Self::parse(amount, currency.parse()?)
    }
}

impl TryFrom<String> for Money {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl From<Money> for String {
    fn from(money: Money) -> Self {
        money.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("139.00 USD", 13_900, "139.00")]
    #[case("139 USD", 13_900, "139.00")]
    #[case("0.5 EUR", 50, "0.50")]
    #[case("1200 JPY", 1_200, "1200")]
    #[case("1.234 KWD", 1_234, "1.234")]
    fn money_is_read_and_written_exactly(
        #[case] text: &str,
        #[case] minor: i64,
        #[case] amount: &str,
    ) {
        let money: Money = text.parse().unwrap();
        assert_eq!((money.minor, money.amount().as_str()), (minor, amount));
    }

    #[rstest]
    #[case("139.00")]
    #[case("139.000 USD")]
    #[case("1.5 JPY")]
    #[case("-3.00 USD")]
    #[case("1e3 USD")]
    #[case("12. USD")]
    #[case(".50 USD")]
    #[case("12.00 usd")]
    #[case("99999999999999999999 USD")]
    fn what_is_no_money_is_refused(#[case] text: &str) {
        assert!(text.parse::<Money>().is_err());
    }

    #[test]
    fn an_hourly_rate_is_rounded_half_up() {
        let rate: Money = "95.00 USD".parse().unwrap();
        assert_eq!(rate.for_seconds(900).amount(), "23.75");
        assert_eq!(
            "0.01 USD"
                .parse::<Money>()
                .unwrap()
                .for_seconds(1_800)
                .minor,
            1
        );
        assert_eq!(
            "0.01 USD"
                .parse::<Money>()
                .unwrap()
                .for_seconds(1_799)
                .minor,
            0
        );
    }
}
