//! A customer's people, and their registered addresses: from which mail is a customer's (P4-02), and who approved the
//! further ones.

use rusqlite::params;
use serde::Serialize;

use super::callers::index_caller;
use super::timeline::{self, Subject};
use super::{Batch, Context, StoreError, people};
use crate::incident::{
    Addresses, Contact, Customer, CustomerId, Refusal, checked_text, decide_person, decide_reach,
};

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum AddressEvent<'a> {
    /// A person as they are now, with further ways to reach them.
    ContactReached {
        contact: &'a Contact,
        approved_by: Option<&'a str>,
    },
    /// A person as they were and as they are.
    ContactChanged {
        contact: [&'a Contact; 2],
        approved_by: Option<&'a str>,
    },
    /// A person as they are now, with an address that was approved.
    AddressApproved {
        contact: &'a Contact,
        approved_by: &'a str,
    },
}

impl Batch<'_> {
    /// Adds a person, or further ways to reach one who is known, and gives them as they are kept.
    pub(super) fn add_contact(
        &mut self,
        id: CustomerId,
        new: &Contact,
        approved_by: Option<&str>,
        context: &Context,
    ) -> Result<Contact, StoreError> {
        let mut customer = people::customer(&self.desk.connection, id)?;
        self.unchanged_customer(&customer, context)?;
        let ruling = self.desk.ruling(customer.policy.as_deref())?;
        let approved_by = approved(approved_by)?;
        let after = decide_reach(&customer, &ruling.policy, new, approved_by.as_deref())?;
        let mut known = customer.contacts.iter_mut();
        match known.find(|known| known.name == after.name) {
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

    /// Puts a person of a customer's right: refused when they are not any more as they were seen.
    pub(super) fn change_contact(
        &mut self,
        id: CustomerId,
        [before, wanted]: &[Contact; 2],
        approved_by: Option<&str>,
        context: &Context,
    ) -> Result<(), StoreError> {
        let mut customer = people::customer(&self.desk.connection, id)?;
        self.unchanged_customer(&customer, context)?;
        let mut known = customer.contacts.iter();
        let Some(place) = known.position(|known| known == before) else {
            return Err(Refusal::rule(format!(
                "{} was changed meanwhile: look again, then change what is still wrong",
                before.name
            ))
            .into());
        };
        let ruling = self.desk.ruling(customer.policy.as_deref())?;
        let approved_by = approved(approved_by)?;
        let by = approved_by.as_deref();
        let after = decide_person(&customer, &ruling.policy, Some(before), wanted, by)?;
        if *before == after {
            return Ok(());
        }
        if let Some(contact) = customer.contacts.get_mut(place) {
            contact.clone_from(&after);
        }
        let event = AddressEvent::ContactChanged {
            contact: [before, &after],
            approved_by: by,
        };
        self.write_contacts(&customer, &event, context)
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

/// Who approved further addresses, if that is said.
fn approved(by: Option<&str>) -> Result<Option<String>, Refusal> {
    by.map(|who| checked_text("name of who approved", who))
        .transpose()
}
