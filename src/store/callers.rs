//! Finding a caller by what was typed: names, also those that only sound like it or are spelt nearly so, codes, mail
//! addresses, telephone numbers in any notation.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::erase::GONE;
use super::people::{CUSTOMER, customer, read_customer};
use super::spellings::{following, next_letter};
use super::{Desk, StoreError};
use crate::incident::{Contact, Customer, CustomerId, RunningCall};
use crate::text::sort_key;
use crate::text::sound::Word;

mod alike;
mod numbers;

use numbers::is_of_a_phone;
pub(super) use numbers::{digits, is_same};

/// Letters from which on a word is looked for by its sound.
const HEARD: usize = 3;

/// Letters of the Latin script that are not ASCII, each from one on and before another.
const ACCENTED: [(char, char); 2] = [('\u{80}', '\u{250}'), ('\u{1e00}', '\u{1f00}')];

/// A customer that was found for what was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundCustomer {
    /// The customer.
    pub customer: Customer,
    /// Some word of it only sounds like what was typed, or is spelt nearly so.
    pub sounds_alike: bool,
}

/// Whose a number is that rings.
#[derive(Debug, Clone, PartialEq)]
pub enum Rings {
    /// Nobody's that is known.
    Nobody,
    /// This customer's, and that person's there.
    One(Box<Customer>, Option<Contact>),
    /// That of several customers.
    Several,
}

impl Rings {
    /// Who it is, in words.
    pub fn in_words(&self) -> String {
        match self {
            Self::Nobody => "nobody known".to_owned(),
            Self::Several => "several customers have that number".to_owned(),
            Self::One(customer, Some(contact)) if contact.name != customer.name => {
                format!("{}, {}", contact.name, customer.name)
            }
            Self::One(customer, _) => customer.name.clone(),
        }
    }

    /// The call that it becomes, as far as it is known whose it is.
    pub fn call(self) -> RunningCall {
        match self {
            Self::One(customer, contact) => RunningCall {
                customer: Some(customer.id),
                who: customer.name,
                contact,
                ..RunningCall::default()
            },
            _ => RunningCall::default(),
        }
    }
}

impl Desk {
    /// Customers whose names, people, codes, mail addresses or telephone numbers are the words of `text`; then those where
    /// they begin with them, both by name; then those with names that sound like them, or where there were none before are
    /// spelt nearly so, the nearest first; at most `limit` in all. All by name when `text` is empty. A telephone number is
    /// found by its digits in any notation, with the code of a country or without.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_customers(
        &self,
        text: &str,
        limit: usize,
    ) -> Result<Vec<FoundCustomer>, StoreError> {
        let mut found = Vec::new();
        let (Some(whole), Some(begins)) = (caller_query(text, ""), caller_query(text, " *")) else {
            add(&mut found, self.by_name(limit)?, false);
            return Ok(found);
        };
        for query in [whole, begins] {
            if found.len() < limit {
                let mut customers = self.matching(&query, limit)?;
                customers.sort_by_cached_key(|customer| sort_key(&customer.name));
                add(&mut found, customers, false);
            }
        }
        if found.is_empty() {
            found = self.by_phone(text, limit)?;
        }
        if found.len() < limit {
            let as_written = !found.is_empty();
            add(&mut found, self.alike(text, as_written)?, true);
        }
        found.truncate(limit);
        Ok(found)
    }

    /// The first customers by name, without those that were erased: they have none. The index has an accented letter behind
    /// all others: names that begin with one are brought to their place, as far as that is among the first.
    fn by_name(&self, limit: usize) -> Result<Vec<Customer>, StoreError> {
        let mut names = self.names_from("", "\u{10ffff}", limit)?;
        names.sort_unstable();
        for (mut from, until) in ACCENTED {
            while let Some(letter) = following(&self.connection, "", from)?
                && letter < until
            {
                from = next_letter(letter);
                let begun = sort_key(letter.encode_utf8(&mut [0; 4]));
                if names
                    .get(limit.saturating_sub(1))
                    .is_none_or(|(last, _)| begun <= *last)
                {
                    let (letter, from) = (letter.to_string(), from.to_string());
                    names.extend(self.names_from(&letter, &from, limit)?);
                    names.sort_unstable();
                    names.dedup();
                    names.truncate(limit);
                }
            }
        }
        let first = names.into_iter();
        first
            .map(|(_, id)| customer(&self.connection, CustomerId(id)))
            .collect()
    }

    /// What the first customers by name are sorted by, from a name on and before another, as the index has them.
    fn names_from(
        &self,
        from: &str,
        until: &str,
        limit: usize,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, name FROM customer WHERE name >= ?1 COLLATE NOCASE AND name < ?2 COLLATE NOCASE AND name <> ?3
             ORDER BY name COLLATE NOCASE LIMIT ?4",
        )?;
        let rows = statement.query_map(params![from, until, GONE, count(limit)], |row| {
            Ok((sort_key(&row.get::<_, String>(1)?), row.get(0)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whose telephone number it is that rings: those whose numbers end as it does, however much of the country, the
    /// exchange and the zeros before them either side was given with.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn who_rings(&self, number: &str) -> Result<Rings, StoreError> {
        let digits = digits(number);
        let Some((tail, mut found)) = self.by_its_end(&digits, 2)? else {
            return Ok(Rings::Nobody);
        };
        if found.len() > 1 {
            return Ok(Rings::Several);
        }
        let Some(customer) = found.pop() else {
            return Ok(Rings::Nobody);
        };
        let ends = |phone: &String| self::digits(phone).ends_with(tail);
        let mut people = customer.contacts.iter();
        let contact = people.find(|who| who.phones.iter().any(ends)).cloned();
        Ok(Rings::One(Box::new(customer), contact))
    }

    /// Customers that the index of callers has for `query`, the newest first.
    pub(super) fn matching(&self, query: &str, limit: usize) -> Result<Vec<Customer>, StoreError> {
        let sql = format!(
            "{CUSTOMER} WHERE id IN (SELECT rowid FROM caller WHERE caller MATCH ?1 ORDER BY rowid DESC LIMIT ?2)"
        );
        self.customers_by(&sql, params![query, count(limit)])
    }

    fn customers_by(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Customer>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read_customer(row)?);
        }
        Ok(found)
    }
}

/// Adds customers that were not found before.
fn add(found: &mut Vec<FoundCustomer>, customers: Vec<Customer>, sounds_alike: bool) {
    let mut known: BTreeSet<i64> = found.iter().map(|found| found.customer.id.0).collect();
    let new = customers.into_iter();
    let new = new.filter(|customer| known.insert(customer.id.0));
    found.extend(new.map(|customer| FoundCustomer {
        customer,
        sounds_alike,
    }));
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

/// A customer's name and those of its people.
fn names(customer: &Customer) -> Vec<&str> {
    let people = customer.contacts.iter().map(|contact| &contact.name);
    std::iter::once(&customer.name)
        .chain(people)
        .map(String::as_str)
        .collect()
}

/// Puts every customer into the index of callers, which is empty.
pub(super) fn index_all(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT id FROM customer")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        index_caller(connection, CustomerId(row.get(0)?))?;
    }
    Ok(())
}

/// Puts a customer as it is kept into the index of callers.
pub(super) fn index_caller(connection: &Connection, id: CustomerId) -> Result<(), StoreError> {
    put(connection, &customer(connection, id)?)
}

/// Puts a customer's names, their sounds and the ways to reach it into the index of callers.
pub(super) fn put(connection: &Connection, customer: &Customer) -> Result<(), StoreError> {
    let known = alike::known(customer).into_iter();
    let sounds: BTreeSet<String> = known.flat_map(|word| word.keys).collect();
    let sounds: Vec<String> = sounds.into_iter().collect();
    let names = names(customer).join(" ");
    let ends = Word::all(&names).into_iter();
    let ends: Vec<String> = ends.map(|word| alike::backwards(&word.spelt)).collect();
    let mut reach = vec![customer.code.clone(), digits(&customer.code)];
    for contact in &customer.contacts {
        reach.extend(contact.mails.iter().cloned());
        // Every tail of a number, so that it is found from any digit on, with or without the country's code.
        for number in contact.phones.iter().map(|phone| digits(phone)) {
            reach.extend(
                (0..number.len().saturating_sub(3))
                    .filter_map(|from| number.get(from..).map(str::to_owned)),
            );
        }
    }
    connection
        .prepare_cached("DELETE FROM caller WHERE rowid = ?1")?
        .execute([customer.id.0])?;
    connection
        .prepare_cached(
            "INSERT INTO caller (rowid, name, reach, sound, ends) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            customer.id.0,
            names,
            reach.join(" "),
            sounds.join(" "),
            ends.join(" ")
        ])?;
    Ok(())
}

/// What is typed for a caller as a query: every word, whole or with `more` to come, a telephone number by its digits
/// alone. A number typed with the zero that is dialled within a country, or the two that are dialled to leave one, is found
/// without.
pub(super) fn caller_query(text: &str, more: &str) -> Option<String> {
    let phone = text.chars().all(is_of_a_phone);
    let digits = digits(text);
    let (words, between): (Vec<&str>, _) = if phone && digits.len() >= 3 {
        let dialled = ["", "0", "00"];
        let numbers = dialled
            .iter()
            .filter_map(|zeros| digits.strip_prefix(zeros));
        (numbers.filter(|number| number.len() >= 3).collect(), " OR ")
    } else {
        (
            text.split(|c: char| !c.is_alphanumeric()).collect(),
            " AND ",
        )
    };
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let begins = |word: &str| format!("{{name reach}} : \"{word}\"{more}");
    match words.as_slice() {
        [] => None,
        [joined] if !phone => {
            let all: Vec<String> = std::iter::once(begins(joined))
                .chain(split(joined, more))
                .collect();
            Some(all.join(" OR "))
        }
        words => {
            let each: Vec<String> = words.iter().map(|word| begins(word)).collect();
            Some(each.join(between))
        }
    }
}

/// The two words that may have been typed as one: `silverbirch` finds Silver Birch. Each is a whole word or long enough to
/// say something.
fn split<'a>(joined: &'a str, more: &'a str) -> impl Iterator<Item = String> + 'a {
    let letters = joined.chars().count();
    let places = joined.char_indices().skip(HEARD).map(|(at, _)| at);
    let places = places.take((letters + 1).saturating_sub(2 * HEARD));
    places.filter_map(move |at| {
        let (first, second) = joined.split_at_checked(at)?;
        Some(format!(
            "(name : \"{first}\" AND name : \"{second}\"{more})"
        ))
    })
}
