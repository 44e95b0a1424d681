//! Which customer is meant: looked for by what is typed, those that are found are offered, and one of them is picked.

use super::forms::{Choice, Field, Form};

/// The field with what customers are looked for by.
pub(super) const FIND: &str = "find";
/// The field with the one that is picked.
pub(super) const CUSTOMER: &str = "customer";

/// Looks for customers as one types.
#[derive(Debug, Default)]
pub struct Whose {
    /// Who is offered while nothing is typed.
    proposed: Vec<Choice>,
    /// By what they were looked for last.
    looked_for: String,
}

impl Whose {
    /// Offers these while nothing is typed.
    pub fn of(proposed: Vec<Choice>) -> Self {
        let looked_for = String::new();
        Self {
            proposed,
            looked_for,
        }
    }

    /// The field with what they are looked for by. It may stay empty.
    pub fn field(label: &str) -> Field {
        Field::text(FIND, label).check(|form| {
            // While one types, they are still looked for.
            let typed = form.value(FIND);
            let nobody = !typed.trim().is_empty() && !form.offers(CUSTOMER);
            (nobody && form.focused() != FIND)
                .then(|| format!("Nobody is found by \"{}\": try another name.", typed.trim()))
        })
    }

    /// What is to be looked for now, unless that was asked already.
    pub fn looks_for(&mut self, form: &mut Form) -> Option<String> {
        let typed = form.value(FIND).trim().to_owned();
        if typed == self.looked_for {
            return None;
        }
        self.looked_for.clone_from(&typed);
        if typed.is_empty() {
            offer(form, self.proposed.clone());
            return None;
        }
        Some(typed)
    }

    /// Whether this is what is looked for now, rather than what was before.
    pub fn is_meant(&self, typed: &str) -> bool {
        typed == self.looked_for
    }
}

/// Offers those that were found; the only one is picked.
pub(super) fn offer(form: &mut Form, choices: Vec<Choice>) {
    let only = match choices.as_slice() {
        [only] => Some(only.value.clone()),
        _ => None,
    };
    form.offer(CUSTOMER, choices);
    if let Some(only) = only {
        form.set(CUSTOMER, &only);
    }
}
