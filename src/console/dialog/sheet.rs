//! What a form is about: the command that it makes, and what is said beneath it.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::ValueEnum;

use super::edit::Owners;
use crate::console::forms::{Choice, Form};
use crate::console::instants;
use crate::console::model::Model;
use crate::console::request::Owner;
use crate::console::told::Before;
pub(super) use crate::console::told::{Note, plain};
use crate::incident::{Command, CustomerId, Dated, Party, Situation, Step, TechRef};
use crate::policy::{Moment, Policy};
use crate::store::{Dossier, Kin};

/// Makes a command for an incident from what is filled in at an instant, or says what cannot be read.
type Make = Box<dyn Fn(TechRef, &Form, DateTime<Utc>) -> Result<Command, String>>;
/// What a form says of itself, from what is filled in and what the rules make of that (nothing while they refuse).
type Notes = fn(&Seen<'_>, &Form, &[Dated]) -> Vec<Note>;

/// A form without its fields.
pub(super) struct Sheet {
    /// What is to be done.
    pub(super) title: &'static str,
    /// The command.
    pub(super) make: Make,
    /// What is said beneath the fields besides what is [foreseen](super::foreseen).
    pub(super) notes: Notes,
    /// What the policy says about it.
    pub(super) clauses: Vec<String>,
    /// The other incidents of the customer, where it is about one of them too.
    pub(super) kin: Rc<[Kin]>,
    /// Whose the incident is, and whose it might be instead, where that is asked.
    pub(super) owners: Option<Owners>,
}

impl Sheet {
    /// A sheet for a step, that says nothing of its own.
    pub(super) fn new(
        title: &'static str,
        step: impl Fn(&Form, DateTime<Utc>) -> Result<Step, String> + 'static,
    ) -> Self {
        Self::making(title, move |number, form, now| {
            Ok(Command::Step(number, step(form, now)?))
        })
    }

    /// A sheet for another command about the incident, that says nothing of its own.
    pub(super) fn making(
        title: &'static str,
        make: impl Fn(TechRef, &Form, DateTime<Utc>) -> Result<Command, String> + 'static,
    ) -> Self {
        Self {
            title,
            make: Box::new(make),
            notes: |_, _, _| Vec::new(),
            clauses: Vec::new(),
            kin: Rc::default(),
            owners: None,
        }
    }

    /// Says this beneath the fields.
    pub(super) fn saying(self, notes: Notes) -> Self {
        Self { notes, ..self }
    }

    /// Is about one of these other incidents too.
    pub(super) fn among(self, kin: &Rc<[Kin]>) -> Self {
        let kin = Rc::clone(kin);
        Self { kin, ..self }
    }

    /// Asks whose the incident is.
    pub(super) fn of(self, owners: Owners) -> Self {
        let owners = Some(owners);
        Self { owners, ..self }
    }

    /// Those whose the incident is or might be.
    pub(super) fn owners(&self) -> &[Owner] {
        self.owners.as_ref().map_or(&[], Owners::all)
    }

    /// Shows the clauses that the policy has for `moment`.
    pub(super) fn at(self, policy: &Policy, moment: Moment) -> Self {
        let clauses = policy.clauses_at(moment);
        let clauses = clauses.map(|clause| clause.says.clone()).collect();
        Self { clauses, ..self }
    }
}

/// What a form is made from.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) model: &'a Model,
    pub(super) dossier: &'a Dossier,
    /// The other incidents of the customer, where they were read.
    pub(super) kin: &'a Rc<[Kin]>,
    /// Whose the incident is, and whose it might be instead, where that is asked.
    pub(super) owners: &'a [Owner],
}

impl<'a> Seen<'a> {
    /// The policy that the incident is under.
    pub(super) fn policy(&self) -> &'a Policy {
        &self.dossier.ruling.policy
    }

    /// Another incident of the customer's.
    pub(super) fn other(&self, number: TechRef) -> Option<&'a Kin> {
        let mut kin = self.kin.iter();
        kin.find(|kin| kin.incident.tech_ref == number)
    }

    /// The other incident with what a rule may look at besides.
    pub(super) fn party(&self, other: &'a Kin) -> Party<'a> {
        let ruling = &other.ruling;
        Party {
            incident: &other.incident,
            situation: Situation {
                policy: &ruling.policy,
                policy_version: ruling.version,
                deadlines: &ruling.deadlines,
                ..self.model.situation(self.dossier)
            },
        }
    }

    /// One of those whose the incident is or might be.
    pub(super) fn owner(&self, id: CustomerId) -> Option<&'a Owner> {
        self.owners.iter().find(|owner| owner.customer.id == id)
    }

    /// The incident itself with what a rule may look at besides.
    pub(super) fn own(&self) -> Party<'a> {
        Party {
            incident: &self.dossier.incident,
            situation: self.model.situation(self.dossier),
        }
    }

    /// What is told of events that are about to be recorded.
    pub(super) fn before(&self) -> Before<'a> {
        Before {
            incident: &self.dossier.incident,
            policy: self.policy(),
            entitlements: &self.dossier.entitlements,
            now: self.model.now,
            zone: self.model.zone,
        }
    }

    /// The clocks that matter for it, the agent's first.
    pub(super) fn zones(&self) -> Vec<Tz> {
        instants::zones(self.model, self.dossier)
    }

    /// An instant as the agent reads it.
    pub(super) fn when(&self, at: DateTime<Utc>) -> String {
        self.before().when(at)
    }
}

/// The word of a value that is also an option's value on the command line.
pub(super) fn word(value: &impl ValueEnum) -> String {
    value
        .to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default()
}

/// The value that [`word`] gives `word` for.
pub(super) fn value_of<T: ValueEnum>(word: &str) -> Result<T, String> {
    T::from_str(word, false)
}

/// A choice that is picked by its own name.
pub(super) fn named(name: &str, about: impl Into<String>) -> Choice {
    Choice::new(name, name, about)
}

/// What is filled in, or nothing.
pub(super) fn given(form: &Form, name: &str) -> Option<String> {
    Some(form.value(name)).filter(|text| !text.trim().is_empty())
}
