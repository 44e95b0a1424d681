//! What a message is called: `10001-4/2` is the second one of incident 10001-4.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::incident::{NumberError, Refusal, RefusalKind, TechRef};

/// A message's name on the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct MessageId {
    /// Its incident.
    pub tech_ref: TechRef,
    /// Its place among the messages of that incident, from 1.
    pub n: u32,
}

impl MessageId {
    /// Reads a message's name; `number` reads the part that is a Tech Reference number.
    ///
    /// # Errors
    /// When it has no place after a slash, and whatever `number` returns.
    pub fn read<E: From<Refusal>>(
        text: &str,
        number: impl FnOnce(&str) -> Result<TechRef, E>,
    ) -> Result<Self, E> {
        let parts = text.trim().rsplit_once('/');
        let place = parts.and_then(|(tech_ref, n)| Some((tech_ref, n.parse().ok()?)));
        let Some((tech_ref, n)) = place else {
            let shown: String = text.chars().take(40).collect();
            return Err(Refusal::input(format!(
                "\"{shown}\" is no message: write it like 10001-4/1, as the messages are listed (`holdline mail list`)"
            ))
            .into());
        };
        Ok(Self {
            tech_ref: number(tech_ref)?,
            n,
        })
    }
}

impl MessageId {
    /// The refusal where there is no such message.
    pub fn unknown(self) -> Refusal {
        Refusal {
            kind: RefusalKind::Unknown,
            message: format!(
                "no message {self}: look up those that there are (`holdline mail list --all`)"
            ),
        }
    }
}

impl TryFrom<String> for MessageId {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::read(&text, |number| {
            number
                .parse()
                .map_err(|error: NumberError| Refusal::input(error.to_string()))
        })
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}", self.tech_ref, self.n))
    }
}

impl Serialize for MessageId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
