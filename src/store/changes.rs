//! What is put right about customers.

use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::Value;

use super::callers::index_caller;
use super::people::customer;
use super::timeline::{self, Subject};
use super::{Batch, Context, Desk, StoreError, chain, incidents};
use crate::incident::{Customer, CustomerChange, CustomerId, Refusal, checked_text, kind_in_words};
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

/// The facts of a customer that a change may name, by their keys on the timeline; empty where there is none.
fn facts(customer: &Customer) -> [(&'static str, &str); 4] {
    fn some(fact: &Option<String>) -> &str {
        fact.as_deref().unwrap_or_default()
    }
    [
        ("customer_name", &customer.name),
        ("policy", some(&customer.policy)),
        ("office", some(&customer.office)),
        ("account_manager", some(&customer.account_manager)),
    ]
}

/// Who did what with a customer's facts and people, the oldest first.
fn history(
    connection: &Connection,
    customer: CustomerId,
) -> Result<Vec<(String, Value)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT agent, kind, facts, words FROM timeline WHERE customer = ?1 AND kind IN ('customer-added',
         'customer-changed', 'contact-reached', 'contact-changed', 'address-approved') ORDER BY seq",
    )?;
    let mut rows = statement.query([customer.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, facts, words): (String, String, Option<String>) =
            (row.get(1)?, row.get(2)?, row.get(3)?);
        found.push((row.get(0)?, chain::join(&kind, &facts, words.as_deref())?));
    }
    Ok(found)
}

impl Desk {
    /// How often a customer's facts and people were taken down or changed; `if_revision` compares it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customer_revision(&self, customer: CustomerId) -> Result<usize, StoreError> {
        Ok(history(&self.connection, customer)?.len())
    }
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

    /// A customer must be the one that the sender has seen.
    pub(super) fn unchanged_customer(
        &self,
        now: &Customer,
        context: &Context,
    ) -> Result<(), StoreError> {
        let Some(seen) = context.if_revision else {
            return Ok(());
        };
        let history = history(&self.desk.connection, now.id)?;
        match history.last() {
            Some((agent, entry)) if u32::try_from(history.len()) != Ok(seen) => {
                let what = entry.get("kind").and_then(Value::as_str);
                Err(StoreError::CustomerChanged {
                    customer: now.name.clone(),
                    agent: agent.clone(),
                    what: kind_in_words(what.unwrap_or_default()),
                })
            }
            _ => Ok(()),
        }
    }

    /// What is to be otherwise must still be as it was seen, where that is said, or as it is to be already.
    fn differs(&self, now: &Customer, change: &CustomerChange) -> Result<(), StoreError> {
        let Some(seen) = change.seen.as_deref() else {
            return Ok(());
        };
        let (own, then) = (facts(now), facts(seen));
        let wanted = [
            &change.name,
            &change.policy,
            &change.office,
            &change.account_manager,
        ];
        for (((key, own), (_, then)), wanted) in own.into_iter().zip(then).zip(wanted) {
            let Some(wanted) = wanted.as_deref().map(str::trim) else {
                continue;
            };
            if own == then || own == wanted {
                continue;
            }
            let history = history(&self.desk.connection, now.id)?;
            let mut newest = history.iter().rev();
            let by = newest.find(|(_, entry)| {
                let said = entry.get(key).is_some_and(|value| !value.is_null());
                let without = entry.get("without").and_then(Value::as_array);
                said || without.is_some_and(|names| names.iter().any(|name| name == key))
            });
            return Err(StoreError::Differs {
                option: match key {
                    "customer_name" => "name",
                    "account_manager" => "account-manager",
                    same => same,
                },
                agent: by.map(|(agent, _)| agent.clone()).unwrap_or_default(),
                value: match own {
                    "" => "none".to_owned(),
                    own => format!("\"{own}\""),
                },
                customer: Box::new(now.clone()),
            });
        }
        Ok(())
    }

    /// Puts a customer's own facts right.
    pub(super) fn change_customer(
        &mut self,
        id: CustomerId,
        change: &CustomerChange,
        context: &Context,
    ) -> Result<(), StoreError> {
        let before = customer(&self.desk.connection, id)?;
        self.unchanged_customer(&before, context)?;
        self.differs(&before, change)?;
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
