//! What a form is about: the command that it makes, and what is said beneath it.

use chrono::{DateTime, Utc};
use clap::ValueEnum;

use crate::console::forms::{Choice, Form};
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::incident::{Command, Dated, Step, TechRef};
use crate::policy::{Moment, Policy};
use crate::store::Dossier;

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
        }
    }

    /// Says this beneath the fields.
    pub(super) fn saying(self, notes: Notes) -> Self {
        Self { notes, ..self }
    }

    /// Shows the clauses that the policy has for `moment`.
    pub(super) fn at(self, policy: &Policy, moment: Moment) -> Self {
        let clauses = policy.clauses_at(moment);
        let clauses = clauses
            .map(|clause| format!("{} {}", clause.no, clause.says))
            .collect();
        Self { clauses, ..self }
    }
}

/// A line of what is said, with what it means.
pub(super) type Note = (String, Role);

/// A plain line.
pub(super) fn plain(text: impl Into<String>) -> Note {
    (text.into(), Role::Text)
}

/// What a form is made from.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) model: &'a Model,
    pub(super) dossier: &'a Dossier,
}

impl<'a> Seen<'a> {
    /// The policy that the incident is under.
    pub(super) fn policy(&self) -> &'a Policy {
        &self.dossier.ruling.policy
    }

    /// An instant as the agent reads it.
    pub(super) fn when(&self, at: DateTime<Utc>) -> String {
        let at = at.with_timezone(&self.model.zone);
        at.format("%a %-d %b %H:%M").to_string()
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
