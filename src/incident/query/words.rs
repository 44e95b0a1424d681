//! Names in a query: those that a desk knows, what part of one may be typed, and what was probably meant.

use super::{Property, Query, Term};
use crate::incident::State;
use crate::policy::nearest::nearest;
use crate::policy::{Channel, Policy};

/// From so many letters on a word that was searched for may be the beginning of another one.
const BEGINNING: usize = 3;

/// The names that a desk knows, each list in the order of meaning or of the alphabet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// The severities of its policies, of every version.
    pub severities: Vec<String>,
    /// Its policies.
    pub policies: Vec<String>,
    /// Who works or worked there, and the groups to which incidents go.
    pub agents: Vec<String>,
    /// The products that its policies name; others may be written in.
    pub products: Vec<String>,
}

impl Vocabulary {
    /// Takes in what a version of a policy names.
    pub fn learn(&mut self, policy: &Policy) {
        let severities = policy.severities.iter();
        let groups = severities.clone().filter_map(|one| one.assign.as_ref());
        let answers = policy.intake.route.iter().flat_map(|route| &route.answers);
        let routed = answers.filter_map(|answer| answer.assign.as_ref());
        add(&mut self.severities, severities.map(|one| &one.name));
        add(&mut self.agents, groups.chain(routed));
        add(&mut self.policies, [&policy.name]);
        add(
            &mut self.products,
            policy.products.iter().map(|one| &one.name),
        );
    }

    /// The term that a word which was searched for may have been meant as: `is:missed` for `missed`.
    fn term(&self, word: &str) -> Option<String> {
        let lists: [(&str, Vec<&str>); 6] = [
            ("is", Property::ALL.map(|(word, _)| word).into()),
            ("state", State::ALL.map(State::word).into()),
            ("severity", strs(&self.severities)),
            ("assignee", strs(&self.agents)),
            ("channel", Channel::ALL.map(Channel::word).into()),
            ("policy", strs(&self.policies)),
        ];
        let begins = |known: &&str| {
            word.chars().count() >= BEGINNING && known.starts_with(&word.to_lowercase())
        };
        let exact = |known: &&str| known.eq_ignore_ascii_case(word);
        let find = |is: &dyn Fn(&&str) -> bool| {
            lists.iter().find_map(|(key, known)| {
                let known = known.iter().find(|known| is(known))?;
                Some(format!("{key}:{known}"))
            })
        };
        let near = || {
            let all = lists.iter().flat_map(|(_, known)| known.iter().copied());
            let near = nearest(word, all)?;
            find(&|known| *known == near)
        };
        find(&exact).or_else(|| find(&begins)).or_else(near)
    }
}

impl Query {
    /// What may have been meant, where nothing was found: a word that was searched for in the texts is one of the language.
    pub fn hint(&self, words: &Vocabulary) -> Option<String> {
        let mut typed = self.terms.iter().filter_map(|(exclude, term)| match term {
            Term::Word(word) if !exclude => Some(word),
            _ => None,
        });
        let term = typed.find_map(|word| words.term(word))?;
        Some(format!("did you mean {term}?"))
    }
}

fn strs(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// Adds those that are not there yet.
fn add<'a>(to: &mut Vec<String>, names: impl IntoIterator<Item = &'a String>) {
    for name in names {
        if !to.contains(name) {
            to.push(name.clone());
        }
    }
}

/// The known word that `typed` stands for: itself, or the only one that begins so.
pub(super) fn meant<'k>(
    what: &str,
    typed: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Result<&'k str, String> {
    let known: Vec<&str> = known.into_iter().collect();
    let lower = typed.to_lowercase();
    let exact = known.iter().find(|word| word.to_lowercase() == lower);
    if let Some(word) = exact {
        return Ok(word);
    }
    let begins = known.iter().copied();
    let begins: Vec<&str> = begins
        .filter(|word| word.to_lowercase().starts_with(&lower))
        .collect();
    match begins.as_slice() {
        [only] => Ok(only),
        [] => Err(unknown(what, typed, &known)),
        several => Err(format!(
            "{what} \"{typed}\" may be {}",
            several.join(" or ")
        )),
    }
}

fn unknown(what: &str, typed: &str, known: &[&str]) -> String {
    let hint = match nearest(typed, known.iter().copied()) {
        Some(near) => format!("try {near}"),
        None if known.is_empty() => "there is none here".to_owned(),
        None => format!("try {}", known.join(", ")),
    };
    format!("no {what} \"{typed}\": {hint}")
}
