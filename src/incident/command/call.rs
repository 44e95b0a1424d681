//! Calls and other contacts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Estimate;
use crate::incident::event::Way;
use crate::incident::people::{Contact, CustomerId};
use crate::policy::Channel;

/// A contact on an incident that exists.
#[derive(Debug, Clone, PartialEq)]
pub struct NewContact {
    /// Which way it went.
    pub way: Way,
    /// How.
    pub channel: Channel,
    /// Its length in seconds.
    pub seconds: i64,
    /// What becomes of that time outside a contract's hours.
    pub outside: Option<Outside>,
    /// It was answered on this call, which makes an incoming call a response too.
    pub answered: bool,
    /// With the answer: when it will be resolved, or why that cannot be said.
    pub estimate: Option<Estimate>,
    /// What was said.
    pub text: Option<String>,
    /// Who spoke for the customer.
    pub contact: Option<Contact>,
    /// How the caller behaved, if that is worth keeping (P5-13).
    pub conduct: Option<String>,
    /// Why it came by a channel that the agreement does not name (P2-02).
    pub channel_reason: Option<String>,
    /// The role of the ladder that the call was with (P4-18).
    pub with: Option<String>,
    /// With the answer: the manual page that it cites (P5-12).
    pub manual_page: Option<String>,
}

impl NewContact {
    /// A contact by which nothing was said yet.
    pub fn new(way: Way, channel: Channel) -> Self {
        Self {
            way,
            channel,
            seconds: 0,
            outside: None,
            answered: false,
            estimate: None,
            text: None,
            contact: None,
            conduct: None,
            channel_reason: None,
            with: None,
            manual_page: None,
        }
    }
}

/// What becomes of call time outside a contract's hours: the agent says (P5-02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    /// It is charged as any other customer's.
    Charge,
    /// It is not charged, for this reason.
    Waive(String),
}

/// What the end of a call adds to an incident that was logged or continued on it.
#[derive(Debug, Clone, PartialEq)]
pub struct CallEnd {
    /// When the call began; a response on it counts from then.
    pub began_at: DateTime<Utc>,
    /// The call's length in seconds, or this incident's part of it, without what was spent on hold.
    pub seconds: i64,
    /// Seconds on hold.
    pub held: i64,
    /// What becomes of the call's time outside a contract's hours.
    pub outside: Option<Outside>,
    /// It was answered on this call, which makes the call a response.
    pub answered: bool,
    /// With the answer: when it will be resolved, or why that cannot be said.
    pub estimate: Option<Estimate>,
    /// What was said.
    pub text: Option<String>,
    /// The role of the ladder that the call was with (P4-18).
    pub with: Option<String>,
    /// With the answer: the manual page that it cites (P5-12).
    pub manual_page: Option<String>,
}

/// A call that led to no incident. It is counted all the same.
#[derive(Debug, Clone, PartialEq)]
pub struct LooseCall {
    /// Why there is no incident.
    pub reason: LooseReason,
    /// Its length in seconds, without what was spent on hold.
    pub seconds: i64,
    /// Seconds on hold.
    pub held: i64,
    /// Who rang, if that is known.
    pub customer: Option<CustomerId>,
    /// What was said.
    pub text: Option<String>,
}

/// Why a call led to no incident.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum LooseReason {
    /// The caller meant somebody else.
    WrongNumber,
    /// A matter for sales.
    Sales,
    /// A general question that is no matter for support.
    Question,
    /// Emergency service was asked for and could not be given.
    EmergencyRefused,
    /// It was cut off before anything came of it.
    CutOff,
}

impl LooseReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::WrongNumber,
        Self::Sales,
        Self::Question,
        Self::EmergencyRefused,
        Self::CutOff,
    ];

    /// The reason's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::WrongNumber => "wrong-number",
            Self::Sales => "sales",
            Self::Question => "question",
            Self::EmergencyRefused => "emergency-refused",
            Self::CutOff => "cut-off",
        }
    }
}
