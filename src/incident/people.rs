//! Customers, their contacts and what they are entitled to; agents.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::policy::{EntitlementKind, Money};
use crate::text::sound::Word;

/// A customer's number within the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CustomerId(pub i64);

/// An entitlement's number within the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntitlementId(pub i64);

/// A person at a customer's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The person's name.
    pub name: String,
    /// What they do there.
    pub role: Option<String>,
    /// Numbers to call back.
    pub phones: Vec<String>,
    /// Registered mail addresses (P4-02).
    pub mails: Vec<String>,
    /// Their time zone, where it is not the office's.
    pub zone: Option<String>,
    /// Further addresses that nobody approved yet: mail from them waits (P4-02).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub awaiting: Vec<String>,
}

impl Contact {
    /// The same person with further ways to reach them, and what `new` knows of them besides.
    pub(super) fn reached_by(&self, new: &Self) -> Self {
        let mut after = self.clone();
        after.role = new.role.clone().or(after.role);
        after.zone = new.zone.clone().or(after.zone);
        let phones = new.phones.iter();
        let further = phones.filter(|phone| !self.phones.contains(phone));
        after.phones.extend(further.cloned());
        after.mails.extend(new.mails.iter().cloned());
        after
    }
}

/// An organisation or a person that is supported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Its number within the desk.
    pub id: CustomerId,
    /// The public code that finds the account; never a secret.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The policy it is supported under; the desk's first where it has none of its own.
    pub policy: Option<String>,
    /// The office it belongs to (P4-04).
    pub office: Option<String>,
    /// The mail address of its account manager (P4-18).
    pub account_manager: Option<String>,
    /// Its people.
    pub contacts: Vec<Contact>,
}

/// What stands in place of what was erased.
pub const ERASED: &str = "[erased]";

impl Customer {
    /// Whether what was written about it was erased.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.name == ERASED
    }
}

/// What a customer bought or was granted, with what is left of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitlement {
    /// Its number within the desk.
    pub id: EntitlementId,
    /// The kind.
    pub kind: EntitlementKind,
    /// First day, in the policy's zone; valid from ever without one.
    pub from: Option<NaiveDate>,
    /// Last day, included; valid for ever without one.
    pub to: Option<NaiveDate>,
    /// Incidents of a pack or purchase, seconds of prepaid hours, 0 for a contract.
    pub granted: i64,
    /// Of these, reserved or used, as the ledger says.
    pub taken: i64,
    /// When it was recorded.
    pub added_at: DateTime<Utc>,
    /// What was paid for it.
    pub price: Option<Money>,
    /// The order or payment it came by.
    pub reference: Option<String>,
}

impl Contact {
    /// Puts the number to call back before all others.
    pub fn call_back_on(&mut self, number: &str) {
        self.phones.retain(|phone| phone != number);
        self.phones.insert(0, number.to_owned());
    }
}

impl Customer {
    /// Every person with every number, the one who is `likely` first, each with the number to ring before all others.
    pub fn to_ring_up(&self, likely: Option<&Contact>) -> Vec<(String, Contact)> {
        let others = self.contacts.iter().filter(|one| Some(*one) != likely);
        let people = likely.into_iter().chain(others);
        let ways = people.flat_map(|person| {
            let numbers = person.phones.iter().map(|phone| {
                let mut rung = person.clone();
                rung.call_back_on(phone);
                (format!("{}, {phone}", person.name), rung)
            });
            let none = person.phones.is_empty().then(|| {
                let words = format!("{}, no number on record", person.name);
                (words, person.clone())
            });
            numbers.chain(none)
        });
        ways.collect()
    }

    /// The person whom what was typed means, else one with a name that is near to it, else the first.
    pub fn likely_caller(&self, typed: &str) -> Option<&Contact> {
        let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
        let number = digits(typed);
        let number = number.trim_start_matches('0');
        let words: Vec<String> = typed
            .to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let meant = |contact: &&Contact| {
            let phone = number.len() >= 3
                && contact
                    .phones
                    .iter()
                    .any(|phone| digits(phone).contains(number));
            let name = contact.name.to_lowercase();
            let named = words.iter().all(|word| {
                name.split_whitespace()
                    .any(|part| part.starts_with(word.as_str()))
            });
            let mail = contact.mails.iter().any(|mail| {
                words
                    .iter()
                    .any(|word| mail.to_lowercase().starts_with(word.as_str()))
            });
            phone || named || mail
        };
        let heard = |contact: &&Contact| {
            let name = Word::with_joined(&contact.name);
            let known = |word: &Word| name.iter().any(|part| word.near(part).is_some());
            Word::all(typed).iter().any(known)
        };
        let people = || self.contacts.iter();
        people()
            .find(meant)
            .or_else(|| people().find(heard))
            .or_else(|| people().next())
    }

    /// One of its people by name, upper and lower case the same.
    pub fn person(&self, name: &str) -> Option<&Contact> {
        let name = name.trim().to_lowercase();
        let mut people = self.contacts.iter();
        people.find(|person| person.name.to_lowercase() == name)
    }
}

impl Entitlement {
    /// What is left; `None` for a contract, which does not run out by use.
    pub fn remaining(&self) -> Option<i64> {
        let counted = !matches!(
            self.kind,
            EntitlementKind::Contract | EntitlementKind::Emergency
        );
        counted.then(|| (self.granted - self.taken).max(0))
    }

    /// Whether `day` is one of its days.
    pub fn is_valid(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it covers a new incident on `day`.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.is_valid(day) && self.remaining() != Some(0)
    }

    /// What was paid for one incident of it, where incidents were bought one by one; cut to a minor unit, so that all
    /// of them together never come to more than the payment.
    pub fn price_of_one(&self) -> Option<Money> {
        let bought = self.kind == EntitlementKind::PerIncident && self.granted > 0;
        self.price.filter(|_| bought).map(|price| Money {
            minor: price.minor / self.granted,
            ..price
        })
    }
}
