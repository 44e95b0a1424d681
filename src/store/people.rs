//! Customers, their people, and agents.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::spellings::{beginnings, named};
use super::timeline::{self, Stamp, Subject};
use super::{Desk, StoreError};
use crate::incident::{
    Contact, Customer, CustomerId, NewCustomer, Refusal, RefusalKind, checked_text, dialable,
};
use crate::policy::nearest::nearest;
use crate::text::visible;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum PeopleEvent<'a> {
    CustomerAdded {
        code: &'a str,
        customer_name: &'a str,
        policy: Option<&'a str>,
        office: Option<&'a str>,
        account_manager: Option<&'a str>,
        contact: &'a [Contact],
    },
}

pub(super) const CUSTOMER: &str =
    "SELECT id, code, name, policy, office, account_manager, contacts FROM customer";

/// How many customers a line can name.
const SAID: usize = 6;
/// How many customers a refusal names.
const NEAR: usize = 8;
/// So many names that begin alike are looked at for one that was mistyped.
const LOOKED_AT: i64 = 500;

impl Desk {
    /// A customer.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customer(&self, id: CustomerId) -> Result<Customer, StoreError> {
        customer(&self.connection, id)
    }

    /// The customer that a code or name stands for.
    ///
    /// # Errors
    /// When there is none, or several have the name: the refusal lists them.
    pub fn customer_named(&self, name: &str) -> Result<Customer, StoreError> {
        if let Some(customer) = customer_named(&self.connection, name)? {
            return Ok(customer);
        }
        let near = self.find_customers(name, NEAR)?.into_iter();
        let mut near: Vec<String> = near.map(|found| found.customer.name).collect();
        if near.is_empty() {
            let begin_so = names(&self.connection, name)?;
            near.extend(nearest(name, begin_so.iter().map(String::as_str)).map(str::to_owned));
        }
        if near.is_empty() && !self.find_customers("", 1)?.is_empty() {
            return Err(Refusal {
                kind: RefusalKind::Unknown,
                message: visible(&format!(
                    "no customer \"{name}\", and none sounds like it: look for a part of the name, a number or an address \
                     (`holdline customer list TEXT`)"
                ))
                .into_owned(),
            }
            .into());
        }
        Err(Refusal::unknown("customer", name, near.iter().map(String::as_str)).into())
    }

    /// The customer that is called nearly as `name`, or with more or fewer words behind, if there is one: of those that
    /// `but` does not hold for, which are `others` at most.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customer_near(
        &self,
        name: &str,
        others: usize,
        but: impl Fn(&str) -> bool,
    ) -> Result<Option<String>, StoreError> {
        let alike = self.find_customers(name, NEAR + others)?.into_iter();
        let mut known: Vec<String> = alike.map(|found| found.customer.name).collect();
        known.extend(names(&self.connection, name)?);
        known.retain(|known| !but(known));
        if let Some(near) = nearest(name, known.iter().map(String::as_str)) {
            return Ok(Some(near.to_owned()));
        }
        let words = |name: &str| format!("{} ", name.trim().to_lowercase());
        let wanted = words(name);
        let begins = |known: &String| {
            let known = words(known);
            known.starts_with(&wanted) || wanted.starts_with(&known)
        };
        Ok(known.into_iter().find(begins))
    }

    /// Every customer, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customers(&self) -> Result<Vec<Customer>, StoreError> {
        let mut statement = self
            .connection
            .prepare(&format!("{CUSTOMER} ORDER BY id"))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read_customer(row)?);
        }
        Ok(found)
    }

    /// Whether a customer has this code, upper and lower case the same.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_customer_code(&self, code: &str) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM customer WHERE code = ?1")?;
        Ok(statement.exists([code.trim()])?)
    }

    /// The customers of exactly this name, upper and lower case the same; at most two, since one of several must be chosen
    /// by its code anyway.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customers_called(&self, name: &str) -> Result<Vec<Customer>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{CUSTOMER} WHERE name = ?1 COLLATE NOCASE LIMIT 2"
        ))?;
        let mut rows = statement.query([name.trim()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read_customer(row)?);
        }
        Ok(found)
    }
}

pub(super) fn customer(connection: &Connection, id: CustomerId) -> Result<Customer, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{CUSTOMER} WHERE id = ?1"))?;
    let mut rows = statement.query([id.0])?;
    match rows.next()? {
        Some(row) => read_customer(row),
        None => Err(Refusal::unknown("customer", &id.0.to_string(), []).into()),
    }
}

/// Customers' names that begin with the same letter, as many as are looked at.
fn names(connection: &Connection, name: &str) -> Result<Vec<String>, StoreError> {
    let first: String = name.trim().chars().take(1).collect();
    let mut names = connection.prepare_cached(
        "SELECT name FROM customer WHERE name >= ?1 COLLATE NOCASE AND name < ?1 || char(1114111) COLLATE NOCASE
         ORDER BY name COLLATE NOCASE LIMIT ?2",
    )?;
    let found = names.query_map(params![first, LOOKED_AT], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The customer that a code or name stands for, if there is one; a part with which several names begin is refused.
fn customer_named(connection: &Connection, name: &str) -> Result<Option<Customer>, StoreError> {
    let name = name.trim();
    let exactly = "code = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE";
    let mut found = matching(connection, exactly, name)?;
    if let [_] = found.as_slice() {
        return Ok(found.pop());
    }
    if found.is_empty() && !name.is_empty() {
        let begun = serde_json::to_string(&beginnings(connection, name)?)?;
        let begin_so = format!("id IN ({} LIMIT {SAID})", named("?1"));
        found = matching(connection, &begin_so, &begun)?;
    }
    if let [_, _, ..] = found.as_slice() {
        let codes: Vec<String> = found
            .iter()
            .map(|customer| format!("{} {}", customer.code, customer.name))
            .collect();
        let codes = codes.join(", ");
        return Err(Refusal::input(format!("\"{name}\" may be {codes}: give the code")).into());
    }
    Ok(None)
}

/// The customers that a condition with what is looked for (`?1`) holds for, as many as a line can name.
fn matching(
    connection: &Connection,
    condition: &str,
    value: &str,
) -> Result<Vec<Customer>, StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("{CUSTOMER} WHERE {condition} LIMIT {SAID}"))?;
    let mut rows = statement.query([value])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read_customer(row)?);
    }
    Ok(found)
}

pub(super) fn read_customer(row: &Row<'_>) -> Result<Customer, StoreError> {
    let contacts: String = row.get(6)?;
    Ok(Customer {
        id: CustomerId(row.get(0)?),
        code: row.get(1)?,
        name: row.get(2)?,
        policy: row.get(3)?,
        office: row.get(4)?,
        account_manager: row.get(5)?,
        contacts: serde_json::from_str(&contacts)?,
    })
}

/// Adds a customer, by whom callers are not found yet.
pub(super) fn add_customer(
    connection: &Connection,
    new: &NewCustomer,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(CustomerId, String), StoreError> {
    let name = checked_text("customer's name", &new.name)?;
    let phones = new.contacts.iter().flat_map(|contact| &contact.phones);
    phones.map(String::as_str).try_for_each(dialable)?;
    let next: i64 = connection
        .prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM customer")?
        .query_row([], |row| row.get(0))?;
    let code = new.code.clone().unwrap_or_else(|| format!("C-{next:04}"));
    let taken: Option<String> = connection
        .prepare_cached("SELECT name FROM customer WHERE code = ?1")?
        .query_row([&code], |row| row.get(0))
        .optional()?;
    if let Some(taken) = taken {
        return Err(Refusal::rule(format!(
            "code {code} is {taken}'s already: give another one (--code)"
        ))
        .into());
    }
    let id = CustomerId(next);
    let event = PeopleEvent::CustomerAdded {
        code: &code,
        customer_name: &name,
        policy: new.policy.as_deref(),
        office: new.office.as_deref(),
        account_manager: new.account_manager.as_deref(),
        contact: &new.contacts,
    };
    timeline::append(
        connection,
        Subject {
            customer: Some(id),
            ..Subject::default()
        },
        stamp,
        at,
        &event,
    )?;
    connection.prepare_cached(
        "INSERT INTO customer (id, code, name, policy, office, account_manager, contacts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?.execute(
        params![next, code, name, new.policy, new.office, new.account_manager, serde_json::to_string(&new.contacts)?],
    )?;
    Ok((id, code))
}
