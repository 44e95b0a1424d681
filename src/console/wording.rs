//! What the rules refuse with, at the keys. A refusal names what would be said otherwise on the command line in brackets:
//! `say until when (--estimate)`. At the keys that is left out, and tells which field of a form is meant.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::incident::State;

/// Options whose field has another name.
const FIELDS: [(&str, &str); 8] = [
    ("approved-by", "approved"),
    ("calls-failed", "failed"),
    ("calls-tried", "tried"),
    ("contact", "caller"),
    ("entitlement", "paid by"),
    ("estimate", "until"),
    ("no-estimate", "because"),
    ("phone", "phones"),
];

/// How a query calls states, and how screens do, where that is another word.
static STATES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let words = State::ALL.into_iter().map(|state| {
        let said = match state {
            State::AwaitingPayment => state.said().to_owned(),
            _ => format!("is {}", state.said()),
        };
        (format!("is {}", state.word()), said)
    });
    words.filter(|(word, said)| word != said).collect()
});

/// A reason without what only the command line knows: brackets with an option or a command; and states as screens call
/// them, where a query has another word for one.
#[must_use]
pub fn at_the_keys(reason: &str) -> Cow<'_, str> {
    let mut reason = without_brackets(reason);
    // A query keeps its words.
    for (word, said) in STATES.iter() {
        if reason.contains(word) {
            reason = reason.replace(word, said).into();
        }
    }
    reason
}

fn without_brackets(reason: &str) -> Cow<'_, str> {
    if brackets(reason).next().is_none() {
        return Cow::Borrowed(reason);
    }
    let mut said = String::new();
    let mut rest = reason;
    while let Some((before, _, after)) = brackets(rest).next() {
        said.push_str(before.trim_end());
        rest = after;
    }
    said.push_str(rest);
    Cow::Owned(said)
}

/// The names that the field may have which a reason means, the likeliest first: those of its options.
pub(super) fn fields(reason: &str) -> Vec<String> {
    let inside = brackets(reason).map(|(_, inside, _)| inside);
    let words = inside.flat_map(|inside| inside.split([' ', ',', '`']));
    let options = words.filter_map(|word| word.strip_prefix("--"));
    let names = options.flat_map(|option| {
        let other = FIELDS.iter().find(|(known, _)| *known == option);
        let other = other.map(|(_, field)| (*field).to_owned());
        [
            Some(option.replace('-', "_")),
            Some(option.replace('-', " ")),
            other,
        ]
    });
    names.flatten().collect()
}

/// What stands in brackets and is for the command line, with what stands before and behind it.
fn brackets(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    text.match_indices('(').filter_map(move |(at, _)| {
        let (before, rest) = (text.get(..at)?, text.get(at + 1..)?);
        let (inside, after) = rest.split_once(')')?;
        let is_meant = inside.contains("--") || inside.contains("`holdline ");
        (is_meant && !inside.contains('(')).then_some((before, inside, after))
    })
}

#[cfg(test)]
mod tests;
