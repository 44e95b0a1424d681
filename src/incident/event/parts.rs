//! What events are made of.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Event;
use crate::incident::people::{Contact, CustomerId, EntitlementId};
use crate::incident::state::State;
use crate::policy::Channel;

/// The work goes on without a word from the customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// Why, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The facts of a new incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// Its first state.
    pub state: State,
    /// Whose it is.
    pub customer: CustomerId,
    /// Who spoke for the customer.
    pub contact: Option<Contact>,
    /// The policy.
    pub policy: String,
    /// Its version.
    pub policy_version: u32,
    /// The office whose hours count.
    pub office: Option<String>,
    /// The issue in one line.
    pub summary: String,
    /// The issue in full.
    pub detail: Option<String>,
    /// The product.
    pub product: Option<String>,
    /// Its product comes first among equals.
    pub expedite: bool,
    /// How it reached us.
    pub channel: Channel,
    /// Why it came by one that the agreement does not name (P2-02).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_reason: Option<String>,
    /// The severity asked for.
    pub severity: Option<String>,
    /// Its place in the policy, gravest 0.
    pub severity_rank: u8,
    /// Receipt.
    pub received_at: DateTime<Utc>,
    /// Seconds of the call that brought it.
    pub call_seconds: i64,
    /// Taken as an emergency.
    pub emergency: bool,
    /// Answers to the routing questions.
    pub routing: BTreeMap<String, String>,
    /// What changed before it began.
    pub what_changed: Option<String>,
    /// Its number elsewhere.
    pub external_id: Option<String>,
    /// The entitlement that the agent chose to pay for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entitlement: Option<EntitlementId>,
}

/// The facts of a contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contacted {
    /// Which way it went, and whether anybody answered.
    pub way: Way,
    /// How.
    pub channel: Channel,
    /// Its length.
    pub seconds: i64,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Who spoke for the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Why it came by a channel that the agreement does not name (P2-02).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_reason: Option<String>,
    /// The role of the ladder that the call was with (P4-18).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
}

/// Which way a contact went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// From the customer.
    In,
    /// To the customer, who answered.
    Out,
    /// To the customer; nobody answered, or a mailbox did.
    Attempt,
}

/// What kind of note.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// For colleagues.
    #[default]
    Internal,
    /// Work that was done.
    Work,
    /// What is to be done next, for whoever goes on: told at the change of a shift.
    Next,
    /// A technical question (P2-03).
    Question,
    /// Its answer (P2-03).
    Answer,
    /// Best-practice advice (P2-08).
    Recommendation,
    /// How a caller behaved, seen at the customer's next call (P5-13).
    Conduct,
}

/// An entry of the timeline as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When it was recorded; later than `at` where it was entered afterwards.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it, as `USER` or `USER as NAME`.
    pub agent: String,
    /// What happened.
    pub event: Event,
}

impl Event {
    /// Whether it is an entry of the desk's timeline that an incident's shows by reference: no step of the incident's.
    pub fn is_of_the_desk(&self) -> bool {
        matches!(
            self,
            Self::ClockMoved {
                closure: Some(_),
                ..
            }
        )
    }
}

/// What a call took of prepaid hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeTaken {
    /// Of which.
    pub entitlement: EntitlementId,
    /// How many seconds.
    pub seconds: i64,
}

/// Whether a number need not be written.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes what it asks about by reference"
)]
pub(in crate::incident) fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// A message that could not be handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFailed {
    /// Its place among the messages of the incident.
    pub n: u32,
    /// Why.
    pub reason: String,
    /// Trying again is of no use, or might send it twice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_good: bool,
}
