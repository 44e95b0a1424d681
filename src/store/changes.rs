//! What is put right about customers.

use rusqlite::params;
use serde::Serialize;

use super::callers::index_caller;
use super::people::customer;
use super::timeline::{self, Subject};
use super::{Batch, Context, StoreError, incidents};
use crate::incident::{CustomerChange, CustomerId, Refusal, checked_text};
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
}

impl Batch<'_> {
    /// A customer's policy and office must be known, so that a typing mistake does not show first at a call.
    pub(super) fn known_office(
        &self,
        policy: Option<&str>,
        office: Option<&str>,
    ) -> Result<(), StoreError> {
        let ruling = self.desk.ruling(policy)?;
        match office {
            Some(office) if ruling.policy.office(office).is_none() => Err(Refusal::unknown(
                "office",
                office,
                ruling
                    .policy
                    .offices
                    .iter()
                    .map(|office| office.name.as_str()),
            )
            .into()),
            _ => Ok(()),
        }
    }

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
        let subject = Subject {
            customer: Some(id),
            ..Subject::default()
        };
        self.by_agent(context, |connection, stamp, at| {
            timeline::append(connection, subject, stamp, at, &event)?;
            connection.execute(
                "UPDATE customer SET name = ?2, policy = ?3, office = ?4, account_manager = ?5 WHERE id = ?1",
                params![id.0, name, policy, office, manager],
            )?;
            if changed_name.is_some() {
                incidents::index_of_customer(connection, id)?;
            }
            index_caller(connection, id)
        })
    }
}
