//! What is put right about customers and their people.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;

use super::callers::index_caller;
use super::people::customer;
use super::timeline::{self, Stamp, Subject};
use super::{Batch, Context, StoreError};
use crate::incident::{Contact, CustomerChange, CustomerId, Refusal, checked_text};
use crate::policy::is_address;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ChangeEvent<'a> {
    /// What is absent stayed; what is in `without` was taken away.
    CustomerChanged {
        customer_name: Option<&'a str>,
        policy: Option<&'a str>,
        office: Option<&'a str>,
        account_manager: Option<&'a str>,
        without: Vec<&'static str>,
    },
    /// A person as they were and as they are.
    ContactChanged { contact: [&'a Contact; 2] },
}

impl Batch<'_> {
    /// Puts a customer's own facts right.
    pub(super) fn change_customer(
        &mut self,
        id: CustomerId,
        change: &CustomerChange,
        context: &Context,
    ) -> Result<(), StoreError> {
        let before = customer(&self.desk.connection, id)?;
        let new = |change: &Option<String>, old: Option<&String>| {
            let text = change.as_ref().or(old);
            text.map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let name = match &change.name {
            Some(name) => checked_text("customer's name", name)?,
            None => before.name.clone(),
        };
        let policy = new(&change.policy, before.policy.as_ref());
        let office = new(&change.office, before.office.as_ref());
        let manager = new(&change.account_manager, before.account_manager.as_ref());
        self.known_office(policy.as_deref(), office.as_deref())?;
        if let Some(wrong) = manager.as_deref().filter(|text| !is_address(text)) {
            return Err(Refusal::input(format!(
                "\"{wrong}\" is no mail address: write it like ada@blue-fern.test"
            ))
            .into());
        }
        let mut without = Vec::new();
        let mut told = |name, new: &Option<String>, old: &Option<String>| match new {
            new if new == old => None,
            Some(new) => Some(new.clone()),
            None => {
                without.push(name);
                None
            }
        };
        let changed_policy = told("policy", &policy, &before.policy);
        let changed_office = told("office", &office, &before.office);
        let changed_manager = told("account_manager", &manager, &before.account_manager);
        let changed_name = (name != before.name).then_some(name.as_str());
        let facts = [&changed_policy, &changed_office, &changed_manager];
        if changed_name.is_none() && without.is_empty() && facts.iter().all(|fact| fact.is_none()) {
            return Ok(());
        }
        let event = ChangeEvent::CustomerChanged {
            customer_name: changed_name,
            policy: changed_policy.as_deref(),
            office: changed_office.as_deref(),
            account_manager: changed_manager.as_deref(),
            without,
        };
        self.by_agent(context, |connection, stamp, at| {
            append(connection, id, stamp, at, &event)?;
            connection.execute(
                "UPDATE customer SET name = ?2, policy = ?3, office = ?4, account_manager = ?5 WHERE id = ?1",
                params![id.0, name, policy, office, manager],
            )?;
            index_caller(connection, id)
        })
    }
}

/// Puts a person of a customer's right: refused when they are not any more as they were seen.
pub(super) fn change_contact(
    connection: &Connection,
    id: CustomerId,
    [before, after]: [&Contact; 2],
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let name = checked_text("contact's name", &after.name)?;
    let after = Contact {
        name,
        ..after.clone()
    };
    let mut contacts = customer(connection, id)?.contacts;
    if contacts
        .iter()
        .any(|other| other.name == after.name && other.name != before.name)
    {
        return Err(Refusal::rule(format!(
            "{} is a contact of this customer already",
            after.name
        ))
        .into());
    }
    let Some(place) = contacts.iter_mut().find(|known| *known == before) else {
        return Err(Refusal::rule(format!(
            "{} was changed meanwhile: look again, then change what is still wrong",
            before.name
        ))
        .into());
    };
    if *place == after {
        return Ok(());
    }
    *place = after.clone();
    let event = ChangeEvent::ContactChanged {
        contact: [before, &after],
    };
    append(connection, id, stamp, at, &event)?;
    connection.execute(
        "UPDATE customer SET contacts = ?2 WHERE id = ?1",
        params![id.0, serde_json::to_string(&contacts)?],
    )?;
    index_caller(connection, id)
}

fn append(
    connection: &Connection,
    id: CustomerId,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
    event: &ChangeEvent<'_>,
) -> Result<(), StoreError> {
    let subject = Subject {
        customer: Some(id),
        ..Subject::default()
    };
    timeline::append(connection, subject, stamp, at, event)?;
    Ok(())
}
