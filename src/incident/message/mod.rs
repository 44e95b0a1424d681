//! Messages to customers, and to the shop's own people about them: written when a rule calls for them, by the policy's
//! templates. They wait in the outbox until somebody sends them.

mod addresses;
mod id;
mod outbox;
mod render;

use serde::{Deserialize, Serialize};

use crate::incident::TechRef;
use crate::policy::Occasion;

pub use addresses::Addresses;
pub use id::MessageId;
pub(super) use outbox::{checked, unsent};
pub use outbox::{sendable, tried_again_at};
pub(super) use render::{
    asker, checked_template, compose, compose_for_all, is_missed, role_address, unfilled,
};

/// A message as it was put into the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its place among the messages of its incident, from 1.
    pub n: u32,
    /// What called for it.
    pub occasion: Occasion,
    /// Its wording.
    #[serde(flatten)]
    pub wording: Wording,
    /// The other incidents of the same caller that it tells of, as it was put into the outbox.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<TechRef>,
}

/// To whom a message goes, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Whom it is written to.
    pub to: Addresses,
    /// Who gets a copy.
    #[serde(default, skip_serializing_if = "Addresses::is_empty")]
    pub cc: Addresses,
    /// Its subject, with the Tech Reference number in it.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// What an incident's state keeps of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// What called for it.
    pub occasion: Occasion,
    /// Where it stands.
    pub state: MessageState,
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum MessageState {
    /// Waiting to be sent.
    Queued,
    /// Handed over to be delivered.
    Sent,
    /// Could not be handed over; it can be tried again.
    Failed,
    /// Not to be sent.
    Dropped,
}

impl MessageState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Failed, Self::Dropped];

    /// The state's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}
