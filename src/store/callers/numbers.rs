//! Telephone numbers as people note them and telephone systems tell them: which of them are the same.

use super::{FoundCustomer, add};
use crate::incident::Customer;
use crate::store::{Desk, StoreError};

/// Digits of a telephone number that tell who it is without what stands before them.
const LOCAL: usize = 7;
/// How many digits the code of a country may have.
const COUNTRY: std::ops::RangeInclusive<usize> = 1..=3;

/// Whether a telephone number may be written with it.
pub(super) fn is_of_a_phone(c: char) -> bool {
    c.is_ascii_digit() || " +-./()".contains(c)
}

/// The digits of a number, whatever stands between them.
pub(in crate::store) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether both are one number in two notations: the digits of the one are the end of the other's, without the zeros that
/// are dialled before them. Short ones, such as extensions, must have the same digits.
pub(in crate::store) fn is_same(one: &str, other: &str) -> bool {
    let bare = |number: &str| {
        let digits = digits(&number.replace("(0)", ""));
        digits.trim_start_matches('0').to_owned()
    };
    let (one, other) = (bare(one), bare(other));
    let (short, long) = match one.len() < other.len() {
        true => (one, other),
        false => (other, one),
    };
    short == long || (short.len() >= LOCAL && long.ends_with(&short))
}

impl Desk {
    /// Customers that a telephone number leads to which nobody has as it was typed: it begins with the country's code, and
    /// is noted without, or with the zero that is dialled only within the country; or it is the same in another notation.
    pub(super) fn by_phone(
        &self,
        text: &str,
        limit: usize,
    ) -> Result<Vec<FoundCustomer>, StoreError> {
        let mut found = Vec::new();
        let digits = digits(text);
        if !text.chars().all(is_of_a_phone) || digits.len() < LOCAL {
            return Ok(found);
        }
        let abroad = digits.strip_prefix("00");
        let abroad = abroad.or_else(|| text.trim().starts_with('+').then_some(digits.as_str()));
        if let Some(abroad) = abroad.filter(|digits| digits.len() >= LOCAL) {
            add(&mut found, self.within_their_country(abroad, limit)?, false);
        }
        if found.is_empty()
            && let Some((_, mut customers)) = self.by_its_end(&digits, limit)?
        {
            customers.retain(|customer| {
                let mut people = customer.contacts.iter();
                people.any(|who| who.phones.iter().any(|phone| is_same(phone, text)))
            });
            add(&mut found, customers, false);
        }
        Ok(found)
    }

    /// The longest end of these digits that is the end of somebody's number, and whose; none where it is too short to tell.
    pub(super) fn by_its_end<'a>(
        &self,
        digits: &'a str,
        limit: usize,
    ) -> Result<Option<(&'a str, Vec<Customer>)>, StoreError> {
        let shortest = digits.len().min(LOCAL);
        for from in 0..=digits.len() - shortest {
            let tail = digits.get(from..).unwrap_or_default();
            if tail.is_empty() {
                break;
            }
            let found = self.matching(&format!("reach : \"{tail}\""), limit)?;
            if !found.is_empty() {
                return Ok(Some((tail, found)));
            }
        }
        Ok(None)
    }

    /// Customers whose number is noted otherwise than with the code of its country alone, where `abroad` begins with that.
    fn within_their_country(
        &self,
        abroad: &str,
        limit: usize,
    ) -> Result<Vec<Customer>, StoreError> {
        let mut found = Vec::new();
        for (code, rest) in COUNTRY.filter_map(|code| abroad.split_at_checked(code)) {
            let rest = rest.trim_start_matches('0');
            if rest.is_empty() {
                continue;
            }
            let begins = |phone: &String| {
                let noted = digits(phone);
                let full = match phone.trim_start().starts_with('+') {
                    true => Some(noted.as_str()),
                    false => noted.strip_prefix("00"),
                };
                let within = full.map_or(Some(noted.as_str()), |full| full.strip_prefix(code));
                within.is_some_and(|noted| noted.trim_start_matches('0').starts_with(rest))
            };
            let customers = self.matching(&format!("reach : \"{rest}\" *"), limit)?;
            found.extend(customers.into_iter().filter(|customer| {
                let mut people = customer.contacts.iter();
                people.any(|who| who.phones.iter().any(begins))
            }));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn one_number_has_many_notations() {
        for (one, other) in [
            ("0171 / 555 01 06", "01715550106"),
            ("0305550116", "+49305550116"),
            ("+49 (0) 30 / 555 0116", "0049305550116"),
            ("555-0100", "+1 555 0100"),
            ("0101", "101"),
            ("", ""),
        ] {
            assert!(is_same(one, other) && is_same(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("+12125550100", "+14155550100"),
            ("0101", "0305550101"),
            ("", "0305550101"),
            ("0305550116", "0305550117"),
        ] {
            assert!(!is_same(one, other), "{one} {other}");
        }
    }
}
