//! Who spoke for the customer, and the number to call back.

use super::{Failure, Session};
use crate::incident::{Contact, Customer, dialable};

/// Who is on the line.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Person {
    /// Who spoke for the customer.
    #[arg(long, value_name = "NAME")]
    contact: Option<String>,
    /// The number to call that person back, where it is not the one on record.
    #[arg(long, value_name = "NUMBER", requires = "contact")]
    call_back: Option<String>,
}

impl Person {
    /// Whether anybody is named.
    pub(super) fn is_named(&self) -> bool {
        self.contact.is_some()
    }

    /// The contact of that name; somebody who is not known yet is kept with what was typed, so that no call is lost.
    ///
    /// # Errors
    /// When the number to call back is none.
    pub(super) fn read(
        &self,
        session: &Session,
        customer: &Customer,
    ) -> Result<Option<Contact>, Failure> {
        let Some(name) = self.contact.as_deref().map(str::trim) else {
            return Ok(None);
        };
        let mut contact = customer.person(name).cloned().unwrap_or_else(|| {
            let customer = &customer.name;
            session.note(format_args!(
                "{name} is no contact of {customer} yet: add who it is with `holdline contact add`"
            ));
            Contact {
                name: name.to_owned(),
                ..Contact::default()
            }
        });
        if let Some(number) = &self.call_back {
            dialable(number)?;
            contact.call_back_on(number);
        }
        if contact.phones.is_empty() {
            session.note(format_args!(
                "no number to call {name} back is known: ask for it (--call-back)"
            ));
        }
        Ok(Some(contact))
    }
}
