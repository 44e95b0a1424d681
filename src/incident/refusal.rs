//! Why something cannot be done: one line that an agent can repeat to a caller.

use crate::policy::nearest::nearest;
use crate::text::visible;

/// What kind of refusal; decides the exit code of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// Well-formed, but against a rule.
    Rule,
    /// Something in what was typed is wrong or missing.
    Input,
    /// Well-formed, but nothing by that name is known.
    Unknown,
}

/// A refusal with its reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The kind.
    pub kind: RefusalKind,
    /// What, why, and what to do.
    pub message: String,
}

impl Refusal {
    /// A refusal by a rule.
    pub fn rule(message: impl AsRef<str>) -> Self {
        Self::new(RefusalKind::Rule, message.as_ref())
    }

    /// A refusal of what was typed.
    pub fn input(message: impl AsRef<str>) -> Self {
        Self::new(RefusalKind::Input, message.as_ref())
    }

    /// A name that is not known, with the nearest that are.
    pub fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None if known.is_empty() => "there is none yet".to_owned(),
            None => format!("known: {}", known.join(", ")),
        };
        Self::new(
            RefusalKind::Unknown,
            &format!("no {what} \"{name}\": {hint}"),
        )
    }

    /// One line, whatever was typed into what it quotes.
    fn new(kind: RefusalKind, message: &str) -> Self {
        Self {
            kind,
            message: visible(message).into_owned(),
        }
    }
}
