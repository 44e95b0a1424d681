//! Registered addresses: from which mail is a customer's (P4-02), and who approved the further ones.

use rusqlite::params;
use serde::Serialize;

use super::callers::index_caller;
use super::timeline::{self, Subject};
use super::{Batch, Context, StoreError, people};
use crate::incident::{Addresses, Contact, Customer, CustomerId, Refusal, checked_text};
use crate::policy::{is_address, spoken_role};

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum AddressEvent<'a> {
    /// A person as they are now, with further ways to reach them.
    ContactReached {
        contact: &'a Contact,
        approved_by: Option<&'a str>,
    },
    /// A person as they are now, with an address that was approved.
    AddressApproved {
        contact: &'a Contact,
        approved_by: &'a str,
    },
}

impl Batch<'_> {
    /// Adds a person, or further ways to reach one who is known. A further address waits where the policy has it approved
    /// and nobody is said to have done that; says whether one waits.
    pub(super) fn add_reach(
        &mut self,
        id: CustomerId,
        new: &Contact,
        approved_by: Option<&str>,
        context: &Context,
    ) -> Result<Contact, StoreError> {
        let name = checked_text("contact's name", &new.name)?;
        let approved_by = approved_by
            .map(|who| checked_text("name of who approved", who))
            .transpose()?;
        if let Some(wrong) = new.mails.iter().find(|mail| !is_address(mail)) {
            return Err(Refusal::input(format!(
                "\"{wrong}\" is no mail address: write it like ada@blue-fern.test"
            ))
            .into());
        }
        let mut customer = people::customer(&self.desk.connection, id)?;
        let waits = approved_by.is_none() && self.approver(&customer)?.is_some();
        let known = customer
            .contacts
            .iter()
            .position(|known| known.name.to_lowercase() == name.to_lowercase());
        let before = known.and_then(|at| customer.contacts.get(at)).cloned();
        let mut after = before.clone().unwrap_or_else(|| Contact {
            name,
            ..Contact::default()
        });
        after.role = new.role.clone().or(after.role);
        for phone in &new.phones {
            if !after.phones.contains(phone) {
                after.phones.push(phone.clone());
            }
        }
        let has = |list: &[String], mail: &str| Addresses::new(list.to_vec()).has(mail);
        for mail in &new.mails {
            match (has(&after.mails, mail), waits) {
                (true, _) => {}
                (false, true) if has(&after.awaiting, mail) => {}
                (false, true) => after.awaiting.push(mail.clone()),
                (false, false) => {
                    let this = Addresses::new([mail.clone()]);
                    after.awaiting.retain(|other| !this.has(other));
                    after.mails.push(mail.clone());
                }
            }
        }
        if before.as_ref() == Some(&after) {
            return Err(Refusal::rule(format!(
                "{} is a contact of this customer already",
                after.name
            ))
            .into());
        }
        match known.and_then(|at| customer.contacts.get_mut(at)) {
            Some(place) => *place = after.clone(),
            None => customer.contacts.push(after.clone()),
        }
        let event = AddressEvent::ContactReached {
            contact: &after,
            approved_by: approved_by.as_deref(),
        };
        self.write_contacts(&customer, &event, context)?;
        Ok(after)
    }

    /// Registers an address that waited for approval.
    pub(super) fn approve_address(
        &mut self,
        id: CustomerId,
        address: &str,
        approved_by: &str,
        context: &Context,
    ) -> Result<(), StoreError> {
        let approved_by = checked_text("name of who approved", approved_by)?;
        let mut customer = people::customer(&self.desk.connection, id)?;
        let this = Addresses::new([address.to_owned()]);
        let waiting = customer
            .contacts
            .iter()
            .position(|contact| contact.awaiting.iter().any(|mail| this.has(mail)));
        let Some(contact) = waiting.and_then(|at| customer.contacts.get_mut(at)) else {
            let all = customer.contacts.iter();
            let waiting = all.flat_map(|contact| contact.awaiting.iter().map(String::as_str));
            return Err(Refusal::unknown("address that waits", address, waiting).into());
        };
        contact.awaiting.retain(|mail| !this.has(mail));
        contact.mails.extend(this.iter().map(str::to_owned));
        let after = contact.clone();
        let event = AddressEvent::AddressApproved {
            contact: &after,
            approved_by: &approved_by,
        };
        self.write_contacts(&customer, &event, context)
    }

    /// Who approves a further address of this customer, in words; nobody where it has none yet.
    pub(super) fn approver(&self, customer: &Customer) -> Result<Option<String>, StoreError> {
        let registered = customer
            .contacts
            .iter()
            .any(|contact| !contact.mails.is_empty());
        let ruling = self.desk.ruling(customer.policy.as_deref())?;
        let role = ruling.policy.intake.address_approval.as_deref();
        Ok(role.filter(|_| registered).map(spoken_role))
    }

    fn write_contacts(
        &mut self,
        customer: &Customer,
        event: &AddressEvent<'_>,
        context: &Context,
    ) -> Result<(), StoreError> {
        let subject = Subject {
            customer: Some(customer.id),
            ..Subject::default()
        };
        self.by_agent(context, |connection, stamp, at| {
            timeline::append(connection, subject, stamp, at, event)?;
            connection.execute(
                "UPDATE customer SET contacts = ?2 WHERE id = ?1",
                params![customer.id.0, serde_json::to_string(&customer.contacts)?],
            )?;
            index_caller(connection, customer.id)
        })
    }
}
