//! Whose an incident is, and whose it might be instead: found by what is typed, one of them picked.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::console::dialog::accept;
use crate::console::dialog::sheet::{Seen, named};
use crate::console::forms::{Choice, Form};
use crate::console::request::Owner;
use crate::console::whose::{self, CUSTOMER, Whose};
use crate::incident::{Contact, Customer, entitled};
use crate::store::Ruling;

/// The field with who speaks for the customer.
pub(super) const CONTACT: &str = "contact";
/// The field with the office whose hours count.
pub(super) const OFFICE: &str = "office";
/// The field with what pays for it then.
pub(super) const PAID_BY: &str = "paid_by";
/// The value of the choice that nobody is named.
pub(super) const NOBODY: &str = "\u{0}nobody";

/// Whose the incident is, and those that were found.
pub(in crate::console::dialog) struct Owners {
    /// First the one whose it is.
    all: Vec<Owner>,
    /// Who spoke for it.
    spoke: Option<Contact>,
    ruling: Arc<Ruling>,
    today: NaiveDate,
    whose: Whose,
    /// Whose people and entitlements the form offers.
    offered: String,
}

impl Owners {
    pub(super) fn new(seen: &Seen<'_>) -> Self {
        let dossier = seen.dossier;
        Self {
            all: vec![Owner {
                customer: dossier.customer.clone(),
                entitlements: dossier.entitlements.clone(),
            }],
            spoke: dossier.incident.contact.clone(),
            ruling: Arc::clone(&dossier.ruling),
            today: accept::today(seen.model, dossier),
            whose: Whose::default(),
            offered: String::new(),
        }
    }

    /// All of them.
    pub(in crate::console::dialog) fn all(&self) -> &[Owner] {
        &self.all
    }

    /// What is to be looked for now, unless that was asked already; what the form offers follows whom it has picked.
    pub(in crate::console::dialog) fn looks_for(&mut self, form: &mut Form) -> Option<String> {
        self.follow(form);
        self.whose.looks_for(form)
    }

    /// Offers those that were found; the only one is picked.
    pub(in crate::console::dialog) fn offer(
        &mut self,
        typed: &str,
        found: Vec<Owner>,
        form: &mut Form,
    ) {
        if !self.whose.is_meant(typed) {
            return;
        }
        self.all.truncate(1);
        let own = self.all.first().map(|own| own.customer.id);
        let found = found
            .into_iter()
            .filter(|found| Some(found.customer.id) != own);
        self.all.extend(found);
        let others = self.all.iter().skip(1).map(|owner| &owner.customer);
        let choices =
            others.map(|other| Choice::new(other.id.0.to_string(), &other.name, &other.code));
        whose::offer(form, choices.collect());
        self.follow(form);
    }

    /// The people, the office and the entitlements are those of the customer that is picked.
    fn follow(&mut self, form: &mut Form) {
        let picked = form.value(CUSTOMER);
        if picked == self.offered {
            return;
        }
        let mut others = self.all.iter().skip(1);
        let other = others.find(|owner| owner.customer.id.0.to_string() == picked);
        let Some(owner) = other.or(self.all.first()) else {
            return;
        };
        let customer = &owner.customer;
        let spoke = self.spoke.as_ref().filter(|_| other.is_none());
        form.offer(CONTACT, people(customer, spoke));
        form.reset(CONTACT);
        form.reset(OFFICE);
        if form.value(CONTACT).is_empty() {
            form.set(CONTACT, NOBODY);
        }
        if let (Some(office), Some(_)) = (&customer.office, other) {
            form.set(OFFICE, office);
        }
        let policy = &self.ruling.policy;
        let fitting = match other {
            Some(other) => entitled::fitting(policy, &other.entitlements, self.today),
            None => Vec::new(),
        };
        let choices = fitting.iter().map(|owned| {
            let words = entitled::one_in_words(policy, owned);
            Choice::new(owned.id.0.to_string(), words, "")
        });
        let several = fitting.len() > 1;
        form.offer(PAID_BY, choices.filter(|_| several).collect());
        self.offered = picked;
    }
}

/// The people of a customer, with whoever spoke for it and is none of them; or nobody.
pub(super) fn people(customer: &Customer, spoke: Option<&Contact>) -> Vec<Choice> {
    let stranger = spoke.filter(|spoke| customer.person(&spoke.name).is_none());
    let people = customer.contacts.iter().chain(stranger);
    let mut choices: Vec<Choice> = people
        .map(|person| named(&person.name, person.phones.join(", ")))
        .collect();
    choices.push(Choice::new(NOBODY, "nobody named", ""));
    choices
}
