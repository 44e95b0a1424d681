//! Customers, their people and entitlements, and agents.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::timeline::{self, Stamp, Subject};
use super::{Desk, StoreError};
use crate::incident::{
    Contact, Customer, CustomerId, Entitlement, EntitlementId, NewCustomer, NewEntitlement,
    Refusal, checked_text,
};
use crate::policy::{EntitlementKind, Policy};

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
    ContactAdded {
        contact: &'a Contact,
    },
    AgentAdded {
        name: &'a str,
    },
    EntitlementAdded {
        entitlement: i64,
        cover: EntitlementKind,
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
        granted: i64,
        price: Option<String>,
        reference: Option<&'a str>,
        method: Option<&'a str>,
    },
}

const CUSTOMER: &str =
    "SELECT id, code, name, policy, office, account_manager, contacts FROM customer";

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
        customer_named(&self.connection, name)
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

    /// What a customer bought or was granted, with what is left.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entitlements(&self, customer: CustomerId) -> Result<Vec<Entitlement>, StoreError> {
        entitlements(&self.connection, customer)
    }

    /// Who works here, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn agents(&self) -> Result<Vec<String>, StoreError> {
        agents(&self.connection)
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

fn customer_named(connection: &Connection, name: &str) -> Result<Customer, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{CUSTOMER} WHERE code = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE LIMIT 6"
    ))?;
    let mut rows = statement.query([name.trim()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read_customer(row)?);
    }
    if let [_, _, ..] = found.as_slice() {
        let codes: Vec<String> = found
            .iter()
            .map(|customer| format!("{} {}", customer.code, customer.name))
            .collect();
        let codes = codes.join(", ");
        return Err(Refusal::input(format!("\"{name}\" may be {codes}: give the code")).into());
    }
    match found.pop() {
        Some(customer) => Ok(customer),
        None => {
            let mut near = connection.prepare_cached(
                "SELECT name FROM customer WHERE name LIKE ?1 || '%' OR name LIKE '%' || ?2 || '%' LIMIT 20",
            )?;
            let start: String = name.chars().take(2).collect();
            let names: Vec<String> = near
                .query_map([start.as_str(), name], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Err(Refusal::unknown("customer", name, names.iter().map(String::as_str)).into())
        }
    }
}

fn read_customer(row: &Row<'_>) -> Result<Customer, StoreError> {
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

pub(super) fn entitlements(
    connection: &Connection,
    customer: CustomerId,
) -> Result<Vec<Entitlement>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, from_day, to_day, granted, price, reference, added_at,
                (SELECT coalesce(sum(change), 0) FROM ledger WHERE ledger.entitlement = entitlement.id)
         FROM entitlement WHERE customer = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([customer.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, price): (String, Option<String>) = (row.get(1)?, row.get(5)?);
        found.push(Entitlement {
            id: EntitlementId(row.get(0)?),
            kind: serde_json::from_value(kind.into())?,
            from: row
                .get::<_, Option<String>>(2)?
                .and_then(|day| day.parse().ok()),
            to: row
                .get::<_, Option<String>>(3)?
                .and_then(|day| day.parse().ok()),
            granted: row.get(4)?,
            taken: row.get(8)?,
            price: price.and_then(|price| price.parse().ok()),
            reference: row.get(6)?,
            added_at: timeline::instant(row.get(7)?),
        });
    }
    Ok(found)
}

pub(super) fn agents(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name FROM agent WHERE left_at IS NULL ORDER BY name")?;
    let names = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(names)
}

pub(super) fn add_customer(
    connection: &Connection,
    new: &NewCustomer,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(CustomerId, String), StoreError> {
    let name = checked_text("customer's name", &new.name)?;
    let next: i64 =
        connection.query_row("SELECT coalesce(max(id), 0) + 1 FROM customer", [], |row| {
            row.get(0)
        })?;
    let code = new.code.clone().unwrap_or_else(|| format!("C-{next:04}"));
    let taken: Option<String> = connection
        .query_row(
            "SELECT name FROM customer WHERE code = ?1",
            [&code],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(taken) = taken {
        return Err(Refusal::rule(format!(
            "code {code} is {taken}'s already: give another --code"
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
    index_caller(connection, id)?;
    Ok((id, code))
}

pub(super) fn add_contact(
    connection: &Connection,
    customer_id: CustomerId,
    contact: &Contact,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    checked_text("contact's name", &contact.name)?;
    let mut contacts = customer(connection, customer_id)?.contacts;
    if contacts.iter().any(|known| known.name == contact.name) {
        return Err(Refusal::rule(format!(
            "{} is a contact of this customer already",
            contact.name
        ))
        .into());
    }
    contacts.push(contact.clone());
    let subject = Subject {
        customer: Some(customer_id),
        ..Subject::default()
    };
    timeline::append(
        connection,
        subject,
        stamp,
        at,
        &PeopleEvent::ContactAdded { contact },
    )?;
    connection.execute(
        "UPDATE customer SET contacts = ?2 WHERE id = ?1",
        params![customer_id.0, serde_json::to_string(&contacts)?],
    )?;
    index_caller(connection, customer_id)
}

/// Adds an agent; one who is there already stays.
pub(super) fn add_agent(
    connection: &Connection,
    name: &str,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let known: Option<Option<i64>> = connection
        .prepare_cached("SELECT left_at FROM agent WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if known == Some(None) {
        return Ok(false);
    }
    timeline::append(
        connection,
        Subject::default(),
        stamp,
        at,
        &PeopleEvent::AgentAdded { name },
    )?;
    connection.execute(
        "INSERT INTO agent (name, added_at) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET left_at = NULL",
        params![name, stamp.now.timestamp()],
    )?;
    Ok(true)
}

pub(super) fn add_entitlement(
    connection: &Connection,
    new: &NewEntitlement,
    policy: &Policy,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<EntitlementId, StoreError> {
    let cover = policy
        .cover
        .as_ref()
        .filter(|cover| cover.kinds.contains(&new.kind));
    let Some(cover) = cover else {
        let name = &policy.name;
        return Err(Refusal::rule(format!(
            "that kind of entitlement does not count under policy {name}"
        ))
        .into());
    };
    let granted = match new.kind {
        EntitlementKind::Contract | EntitlementKind::Emergency => 0,
        EntitlementKind::PerIncident => i64::from(new.count.unwrap_or(1)),
        EntitlementKind::Pack => i64::from(
            new.count
                .or(cover.pack.as_ref().map(|pack| pack.size))
                .unwrap_or(1),
        ),
        EntitlementKind::Hours => match new.seconds {
            Some(seconds) if seconds > 0 => seconds,
            _ => {
                return Err(Refusal::input(
                    "prepaid hours need their length: give --time, like 4h",
                )
                .into());
            }
        },
    };
    if let Some(method) = new
        .method
        .as_deref()
        .filter(|method| !cover.methods.iter().any(|known| known == method))
    {
        let taken = cover.methods.join(", ");
        return Err(Refusal::rule(format!(
            "payment by \"{method}\" is not taken: only {taken}"
        ))
        .into());
    }
    let price = new.price.or(match new.kind {
        EntitlementKind::PerIncident => cover.price,
        EntitlementKind::Pack => cover.pack.as_ref().map(|pack| pack.price),
        EntitlementKind::Hours => cover
            .hours
            .as_ref()
            .map(|hours| hours.rate.for_seconds(granted)),
        EntitlementKind::Contract | EntitlementKind::Emergency => None,
    });
    let id: i64 = connection.query_row(
        "SELECT coalesce(max(id), 0) + 1 FROM entitlement",
        [],
        |row| row.get(0),
    )?;
    let event = PeopleEvent::EntitlementAdded {
        entitlement: id,
        cover: new.kind,
        from: new.from,
        until: new.to,
        granted,
        price: price.map(|price| price.to_string()),
        reference: new.reference.as_deref(),
        method: new.method.as_deref(),
    };
    timeline::append(
        connection,
        Subject {
            customer: Some(new.customer),
            ..Subject::default()
        },
        stamp,
        at,
        &event,
    )?;
    connection.execute(
        "INSERT INTO entitlement (id, customer, kind, from_day, to_day, granted, price, reference, added_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            id,
            new.customer.0,
            serde_json::to_value(new.kind)?.as_str(),
            new.from.map(|day| day.to_string()),
            new.to.map(|day| day.to_string()),
            granted,
            price.map(|price| price.to_string()),
            new.reference,
            stamp.now.timestamp(),
        ],
    )?;
    Ok(EntitlementId(id))
}

/// Puts a customer's names and the ways to reach it into the index of callers.
fn index_caller(connection: &Connection, id: CustomerId) -> Result<(), StoreError> {
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
/// typed with the zero that is dialled within a country is found without it.
fn caller_query(text: &str) -> Option<String> {
    let phone = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +-./()".contains(c));
    let digits = digits(text);
    let words: Vec<String> = if phone && digits.len() >= 3 {
        vec![digits.trim_start_matches('0').to_owned()]
    } else {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let query: Vec<String> = words
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\"*"))
        .collect();
    (!query.is_empty()).then(|| query.join(" "))
}
