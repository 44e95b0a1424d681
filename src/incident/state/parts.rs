//! What the state of an incident is made of.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::incident::TechRef;

/// Where an incident stands (`lifecycle.md`, "States").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Not yet accepted as within remit (P3-07).
    AwaitingAcceptance,
    /// No work before the payment (P1-04).
    AwaitingPayment,
    /// Being worked on.
    Open,
    /// The customer was asked something.
    Waiting,
    /// Resolved by one of the policy's outcomes.
    Resolved,
    /// Closed without a resolution (P1-23).
    ClosedUnresolved,
    /// Not within remit or scope.
    Declined,
    /// One matter with another incident.
    Merged,
    /// Logged by mistake; its number stays used.
    Void,
}

impl State {
    /// Every state, in the order of an incident's life.
    pub const ALL: [Self; 9] = [
        Self::AwaitingAcceptance,
        Self::AwaitingPayment,
        Self::Open,
        Self::Waiting,
        Self::Resolved,
        Self::ClosedUnresolved,
        Self::Declined,
        Self::Merged,
        Self::Void,
    ];

    /// The state's word, the same on screen, in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::AwaitingAcceptance => "awaiting-acceptance",
            Self::AwaitingPayment => "awaiting-payment",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Resolved => "resolved",
            Self::ClosedUnresolved => "closed-unresolved",
            Self::Declined => "declined",
            Self::Merged => "merged",
            Self::Void => "void",
        }
    }

    /// Its name in a sentence, for people: what the word of a query says otherwise than they would.
    pub fn said(self) -> &'static str {
        match self {
            Self::AwaitingAcceptance => "to be accepted",
            Self::AwaitingPayment => "awaits payment",
            Self::ClosedUnresolved => "closed, unresolved",
            other => other.word(),
        }
    }

    /// Whether there is still something to do: the first four states.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::AwaitingAcceptance | Self::AwaitingPayment | Self::Open | Self::Waiting
        )
    }

    /// Whether it may be worked on now.
    pub fn is_workable(self) -> bool {
        matches!(self, Self::Open | Self::Waiting)
    }
}

/// The severity that the customer asked for, and the one agreed on (P2-07).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeverityState {
    /// Asked for at intake.
    pub asked: Option<String>,
    /// In force now.
    pub agreed: Option<String>,
    /// Who agreed to it.
    pub agreed_with: Option<String>,
    /// Its place in the policy, gravest 0; orders the queue.
    pub rank: u8,
}

/// One step up the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// The level, from 1.
    pub level: u8,
    /// One of the policy's grounds; none as long as nobody said on which one a mail rests.
    pub ground: Option<String>,
    /// The concern or additional request.
    pub concern: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The agent who recorded it.
    pub by: String,
    /// Who asked for it: `customer` or `agent`.
    pub requested_by: String,
    /// What carried it: `message` or `call`.
    pub evidence: String,
    /// What was answered.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why it was taken back.
    #[serde(default)]
    pub withdrawn_reason: Option<String>,
    /// The message that carried it, by its place among those of the incident.
    #[serde(default)]
    pub message: Option<u32>,
    /// The incident it was made for, where that was merged into this one.
    #[serde(default)]
    pub merged_from: Option<TechRef>,
}

/// How an incident was resolved, or why it was closed without a resolution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Resolution {
    /// One of the policy's outcomes, or the reason of the closing.
    pub outcome: String,
    /// One of the policy's causes.
    pub cause: Option<String>,
    /// What was done or found.
    pub detail: Option<String>,
    /// The reference of a bug, request or review.
    pub reference: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// The version that solves it.
    pub version: Option<String>,
    /// The third party's product.
    pub product: Option<String>,
    /// To whom it was forwarded.
    pub to: Option<String>,
    /// When or how it is expected to be solved.
    pub indication: Option<String>,
    /// Whether the bug is critical.
    pub critical: bool,
    /// The manual page that answers it (P5-12).
    pub manual_page: Option<String>,
    /// Contacts may follow without reopening (P2-10).
    pub contacts_after: bool,
}

/// Why and when an incident was declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// When.
    pub at: DateTime<Utc>,
    /// Why, in words for the caller.
    pub reason: String,
}
