//! Who works here, and customers and their people, rebuilt from the entries that tell of them. What was erased there is not known any more,
//! and not compared.

use std::collections::HashMap;

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::Fault;
use crate::incident::{Contact, Customer, CustomerId};
use crate::store::StoreError;
use crate::store::people::{CUSTOMER, read_customer};

/// A customer as the timeline tells; what is `None` was erased.
#[derive(Default)]
struct Told {
    code: Option<String>,
    name: Option<String>,
    policy: Option<String>,
    office: Option<String>,
    account_manager: Option<Option<String>>,
    contacts: Option<Vec<Contact>>,
    /// The newest entry about it.
    place: i64,
}

pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    agents(connection)?;
    let mut statement = connection.prepare(&format!("{CUSTOMER} ORDER BY id"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let kept = read_customer(row)?;
        let told = told(connection, kept.id)?;
        if !told.tells_of(&kept) {
            return Err(Fault::Record {
                what: format!("customer {}", kept.code),
                place: told.place,
            }
            .into());
        }
    }
    Ok(())
}

/// Who works here, and since when the others do not.
fn agents(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare(
        "SELECT seq, facts ->> 'name', CASE kind WHEN 'agent-left' THEN at END FROM told
         WHERE kind IN ('agent-added', 'agent-left') ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut told: HashMap<String, (i64, Option<i64>)> = HashMap::new();
    while let Some(row) = rows.next()? {
        told.insert(row.get(1)?, (row.get(0)?, row.get(2)?));
    }
    let mut statement = connection.prepare("SELECT name, left_at FROM agent ORDER BY name")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, left): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
        match told.get(&name) {
            Some((place, wanted)) if left != *wanted => {
                let (what, place) = (format!("agent {name}"), *place);
                return Err(Fault::Record { what, place }.into());
            }
            _ => {}
        }
    }
    Ok(())
}

fn told(connection: &Connection, customer: CustomerId) -> Result<Told, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, kind, facts, words FROM timeline WHERE customer = ?1 ORDER BY seq",
    )?;
    let mut rows = statement.query([customer.0])?;
    let mut told = Told::default();
    while let Some(row) = rows.next()? {
        let (kind, facts, words): (String, String, Option<String>) =
            (row.get(1)?, row.get(2)?, row.get(3)?);
        let mut entry: Map<String, Value> = serde_json::from_str(&facts)?;
        if let Some(words) = words {
            entry.extend(serde_json::from_str::<Map<String, Value>>(&words)?);
        }
        if told.follow(&kind, &entry)? {
            told.place = row.get(0)?;
        }
    }
    Ok(told)
}

impl Told {
    /// Takes an entry in, and says whether it is about who the customer is.
    fn follow(&mut self, kind: &str, entry: &Map<String, Value>) -> Result<bool, StoreError> {
        let fact = |key| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        match kind {
            "customer-added" => {
                *self = Self {
                    code: fact("code"),
                    name: fact("customer_name"),
                    policy: fact("policy"),
                    office: fact("office"),
                    account_manager: text(entry, "account_manager")
                        .map_or(Some(None), |manager| manager.map(Some)),
                    contacts: match entry.get("contact") {
                        Some(Value::Null) => None,
                        Some(people) => Some(serde_json::from_value(people.clone())?),
                        None => Some(Vec::new()),
                    },
                    place: self.place,
                };
            }
            "customer-changed" => self.change(entry),
            "contact-reached" | "contact-changed" | "address-approved" => {
                self.person(kind, entry.get("contact"))?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn change(&mut self, entry: &Map<String, Value>) {
        let fact = |key| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        if let Some(name) = text(entry, "customer_name") {
            self.name = name;
        }
        self.policy = fact("policy").or(self.policy.take());
        self.office = fact("office").or(self.office.take());
        if let Some(manager) = text(entry, "account_manager") {
            self.account_manager = manager.map(Some);
        }
        let without = entry.get("without").and_then(Value::as_array);
        for gone in without.into_iter().flatten().filter_map(Value::as_str) {
            match gone {
                "policy" => self.policy = None,
                "office" => self.office = None,
                "account_manager" => self.account_manager = Some(None),
                _ => {}
            }
        }
    }

    fn person(&mut self, kind: &str, told: Option<&Value>) -> Result<(), StoreError> {
        let (Some(contacts), Some(told)) = (&mut self.contacts, told) else {
            return Ok(());
        };
        if told.is_null() {
            self.contacts = None;
            return Ok(());
        }
        let (place, after) = match kind {
            "contact-changed" => {
                let [before, after]: [Contact; 2] = serde_json::from_value(told.clone())?;
                (contacts.iter().position(|known| *known == before), after)
            }
            _ => {
                let after: Contact = serde_json::from_value(told.clone())?;
                let approved = kind == "address-approved";
                let is = |known: &Contact| {
                    known.name == after.name && !(approved && known.awaiting.is_empty())
                };
                (contacts.iter().position(is), after)
            }
        };
        match place.and_then(|place| contacts.get_mut(place)) {
            Some(known) => *known = after,
            None => contacts.push(after),
        }
        Ok(())
    }

    fn tells_of(&self, kept: &Customer) -> bool {
        let same = |told: &Option<String>, kept: &str| told.as_deref().is_none_or(|it| it == kept);
        same(&self.code, &kept.code)
            && same(&self.name, &kept.name)
            && self.policy == kept.policy
            && self.office == kept.office
            && (self.account_manager.as_ref()).is_none_or(|it| *it == kept.account_manager)
            && (self.contacts.as_ref()).is_none_or(|it| *it == kept.contacts)
    }
}

/// A text of an entry: nothing where the entry has none, and within it nothing where it was erased.
fn text(entry: &Map<String, Value>, key: &str) -> Option<Option<String>> {
    entry.get(key).map(|text| text.as_str().map(str::to_owned))
}
