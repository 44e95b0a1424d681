//! Finding a caller by what was typed: names, codes, mail addresses, telephone numbers in any notation.

use rusqlite::{Connection, params};

use super::people::{CUSTOMER, customer, read_customer};
use super::{Desk, StoreError};
use crate::incident::{Customer, CustomerId};

impl Desk {
    /// Customers whose names, people, codes, mail addresses or telephone numbers begin with the words of `text`, at most
    /// `limit` of them; all by name when `text` is empty. A telephone number is found by its digits in any notation.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_customers(&self, text: &str, limit: usize) -> Result<Vec<Customer>, StoreError> {
        let wanted = caller_query(text);
        let sql = match &wanted {
            Some(_) => format!(
                "{CUSTOMER} WHERE id IN (SELECT rowid FROM caller WHERE caller MATCH ?1 LIMIT ?2) ORDER BY name COLLATE NOCASE"
            ),
            None => format!("{CUSTOMER} WHERE ?1 IS NULL ORDER BY name COLLATE NOCASE LIMIT ?2"),
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows =
            statement.query(params![wanted, i64::try_from(limit).unwrap_or(i64::MAX)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read_customer(row)?);
        }
        Ok(found)
    }
}

/// Puts a customer's names and the ways to reach it into the index of callers.
pub(super) fn index_caller(connection: &Connection, id: CustomerId) -> Result<(), StoreError> {
    let customer = customer(connection, id)?;
    let names: Vec<&str> = std::iter::once(customer.name.as_str())
        .chain(
            customer
                .contacts
                .iter()
                .map(|contact| contact.name.as_str()),
        )
        .collect();
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
        .execute([id.0])?;
    connection
        .prepare_cached("INSERT INTO caller (rowid, name, reach) VALUES (?1, ?2, ?3)")?
        .execute(params![id.0, names.join(" "), reach.join(" ")])?;
    Ok(())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What is typed for a caller as a query: every word as a beginning, a telephone number by its digits alone. A number
/// typed with the zero that is dialled within a country, or the two that are dialled to leave one, is found without.
fn caller_query(text: &str) -> Option<String> {
    let phone = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +-./()".contains(c));
    let digits = digits(text);
    let (words, between): (Vec<&str>, _) = if phone && digits.len() >= 3 {
        let dialled = ["", "0", "00"];
        let numbers = dialled
            .iter()
            .filter_map(|zeros| digits.strip_prefix(zeros));
        (numbers.filter(|number| number.len() >= 3).collect(), " OR ")
    } else {
        (text.split(|c: char| !c.is_alphanumeric()).collect(), " ")
    };
    let query: Vec<String> = words
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\"*"))
        .collect();
    (!query.is_empty()).then(|| query.join(between))
}
