//! The routing questions of a policy, wherever they are asked.

use std::collections::BTreeMap;

use super::forms::{Choice, Field, Form};
use crate::policy::Policy;

/// A list for each question, which holds the answer that was given.
pub fn fields(policy: &Policy, given: &BTreeMap<String, String>) -> Vec<Field> {
    let routes = policy.intake.route.iter();
    let field = routes.map(|route| {
        let answers = route.answers.iter();
        let answers = answers.map(|known| Choice::new(&known.answer, &known.answer, ""));
        Field::pick(name(&route.key), capital(&route.key), answers.collect())
            .help(&route.question)
            .holding(given.get(&route.key).map_or("", String::as_str))
    });
    field.collect()
}

/// The answers that are picked.
pub fn read(form: &Form, policy: &Policy) -> BTreeMap<String, String> {
    of(policy, |name| {
        Some(form.value(name)).filter(|answer| !answer.is_empty())
    })
}

/// The answers that are others than at first.
pub fn changed(form: &Form, policy: &Policy) -> BTreeMap<String, String> {
    of(policy, |name| form.changed(name))
}

fn of(policy: &Policy, answer: impl Fn(&str) -> Option<String>) -> BTreeMap<String, String> {
    let routes = policy.intake.route.iter();
    let answers = routes.filter_map(|route| Some((route.key.clone(), answer(&name(&route.key))?)));
    answers.collect()
}

fn name(key: &str) -> String {
    format!("route {key}")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
