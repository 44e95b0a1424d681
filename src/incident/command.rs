//! What somebody wants done. Every change to a desk is one of these, whether it comes from a key, the command line, an
//! import or the passing of time.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::TechRef;
use super::event::{NoteKind, Way};
use super::people::{Contact, CustomerId, EntitlementId};
use super::state::Resolution;
use crate::policy::{Channel, EntitlementKind, Money};

/// One change to a desk.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Logs a contact as a new incident.
    Log(Box<Log>),
    /// A step of an incident that exists.
    Step(TechRef, Step),
    /// A new customer.
    AddCustomer(NewCustomer),
    /// A further person at a customer's.
    AddContact(CustomerId, Contact),
    /// Somebody who works here.
    AddAgent(String),
    /// Something a customer bought or was granted.
    AddEntitlement(NewEntitlement),
    /// A policy, or a new version of one.
    AddPolicy(NewPolicy),
    /// A call that led to no incident.
    CallWithoutIncident(LooseCall),
}

/// A contact to be logged as a new incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// Whose it is.
    pub customer: CustomerId,
    /// Who spoke for the customer.
    pub contact: Option<Contact>,
    /// The policy; the customer's, else the desk's first, when absent.
    pub policy: Option<String>,
    /// The office; the customer's when absent.
    pub office: Option<String>,
    /// The issue in one line.
    pub summary: String,
    /// The issue in full.
    pub detail: Option<String>,
    /// The product.
    pub product: Option<String>,
    /// The severity asked for.
    pub severity: Option<String>,
    /// How it reached us.
    pub channel: Channel,
    /// Seconds of the call that brought it.
    pub call_seconds: i64,
    /// It was answered on this call, which makes the call a response.
    pub answered: bool,
    /// With the answer: when it will be resolved, or why that cannot be said.
    pub estimate: Option<Estimate>,
    /// Answers to the routing questions.
    pub routing: BTreeMap<String, String>,
    /// What changed before it began.
    pub what_changed: Option<String>,
    /// The entitlement to take, where the first that fits is not wanted.
    pub entitlement: Option<EntitlementId>,
    /// Its number in another system.
    pub external_id: Option<String>,
}

impl Log {
    /// A telephone contact of `customer` with this summary and nothing else.
    pub fn new(customer: CustomerId, summary: impl Into<String>) -> Self {
        Self {
            customer,
            contact: None,
            policy: None,
            office: None,
            summary: summary.into(),
            detail: None,
            product: None,
            severity: None,
            channel: Channel::Phone,
            call_seconds: 0,
            answered: false,
            estimate: None,
            routing: BTreeMap::new(),
            what_changed: None,
            entitlement: None,
            external_id: None,
        }
    }
}

/// What a response says about the resolution (P2-06).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Estimate {
    /// It is expected by then.
    By(DateTime<Utc>),
    /// It cannot be said yet, and why.
    No(String),
}

/// A step of an incident that exists.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// It is within remit.
    Accept,
    /// It is not within remit or scope.
    Decline {
        /// Why, in words for the caller.
        reason: String,
    },
    /// A payment is confirmed.
    Pay {
        /// How it was paid.
        method: String,
        /// Its reference.
        reference: String,
        /// A cross-check: must equal what is owed.
        amount: Option<String>,
    },
    /// The shop does not charge.
    Waive {
        /// Why.
        reason: String,
    },
    /// What was paid is given back.
    Refund {
        /// Why.
        reason: String,
    },
    /// Somebody is to work on it; `None` puts it back.
    Assign(Option<String>),
    /// The customer is answered.
    Respond(Respond),
    /// The customer is asked something.
    Wait {
        /// The question.
        text: String,
    },
    /// Work goes on.
    Resume,
    /// A contact on this incident.
    Contact(NewContact),
    /// The call on which it was logged or continued is over.
    CallEnded(CallEnd),
    /// A note.
    Note {
        /// What kind.
        kind: NoteKind,
        /// The note.
        text: String,
    },
    /// Another severity is agreed on.
    Severity {
        /// The severity.
        severity: String,
        /// Who agreed, and how.
        agreed_with: String,
    },
    /// A new estimate.
    Estimate(DateTime<Utc>),
    /// The patch is out.
    Patched,
    /// A step up the ladder.
    Escalate(Escalate),
    /// An escalation is answered.
    AnswerEscalation {
        /// Its level.
        level: u8,
        /// The answer.
        answer: String,
    },
    /// An escalation is taken back.
    WithdrawEscalation {
        /// Its level.
        level: u8,
        /// Why.
        reason: String,
    },
    /// It is resolved; `at` of the resolution is filled in by the decision.
    Resolve(Box<Resolution>),
    /// It is closed without a resolution.
    Close {
        /// As what.
        reason: CloseAs,
        /// Why, in words.
        detail: String,
    },
    /// It is opened again.
    Reopen {
        /// By the customer, rather than by an agent.
        by_customer: bool,
        /// The issue came back.
        recurring: bool,
        /// Why.
        reason: Option<String>,
    },
    /// The caller has the number.
    Given,
    /// Whatever the passing of time has brought: a silence that ran out.
    Tick,
}

/// An answer to the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Respond {
    /// How.
    pub by: Channel,
    /// What is said.
    pub text: Option<String>,
    /// When it will be resolved, or why that cannot be said.
    pub estimate: Option<Estimate>,
    /// The manual page it cites.
    pub manual_page: Option<String>,
}

/// A contact on an incident that exists.
#[derive(Debug, Clone, PartialEq)]
pub struct NewContact {
    /// Which way it went.
    pub way: Way,
    /// How.
    pub channel: Channel,
    /// Its length in seconds.
    pub seconds: i64,
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
    /// It was answered on this call, which makes the call a response.
    pub answered: bool,
    /// With the answer: when it will be resolved, or why that cannot be said.
    pub estimate: Option<Estimate>,
    /// What was said.
    pub text: Option<String>,
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
}

impl LooseReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [
        Self::WrongNumber,
        Self::Sales,
        Self::Question,
        Self::EmergencyRefused,
    ];

    /// The reason's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::WrongNumber => "wrong-number",
            Self::Sales => "sales",
            Self::Question => "question",
            Self::EmergencyRefused => "emergency-refused",
        }
    }
}

/// A step up the ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalate {
    /// The level; the next one when absent.
    pub level: Option<u8>,
    /// One of the policy's grounds.
    pub ground: String,
    /// The concern or additional request.
    pub concern: String,
    /// It rests on a logged call rather than a message.
    pub call: bool,
    /// The customer asked for it, rather than an agent.
    pub by_customer: bool,
    /// The number, typed to confirm where the level wants that.
    pub confirm: Option<String>,
}

/// As what an incident is closed without a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum CloseAs {
    /// It could not be resolved.
    Unresolved,
    /// The customer took it back.
    Withdrawn,
    /// It is the same as another one.
    Duplicate,
    /// It was no matter for support.
    NotAnIncident,
    /// The customer cannot be reached.
    Unreachable,
}

impl CloseAs {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::Unresolved,
        Self::Withdrawn,
        Self::Duplicate,
        Self::NotAnIncident,
        Self::Unreachable,
    ];

    /// The reason's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unresolved => "unresolved",
            Self::Withdrawn => "withdrawn",
            Self::Duplicate => "duplicate",
            Self::NotAnIncident => "not-an-incident",
            Self::Unreachable => "unreachable",
        }
    }
}

/// A customer to be added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewCustomer {
    /// Its name.
    pub name: String,
    /// Its code; made from its number when absent.
    pub code: Option<String>,
    /// Its policy; the desk's first when absent.
    pub policy: Option<String>,
    /// Its office.
    pub office: Option<String>,
    /// Its account manager's mail address.
    pub account_manager: Option<String>,
    /// Its people.
    pub contacts: Vec<Contact>,
}

/// An entitlement to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntitlement {
    /// Whose.
    pub customer: CustomerId,
    /// The kind.
    pub kind: EntitlementKind,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day, included.
    pub to: Option<NaiveDate>,
    /// Incidents of a pack; the policy's size when absent.
    pub count: Option<u32>,
    /// Seconds of prepaid hours.
    pub seconds: Option<i64>,
    /// How it was paid.
    pub method: Option<String>,
    /// The order or payment it came by.
    pub reference: Option<String>,
    /// What was paid, where the policy names no price.
    pub price: Option<Money>,
}

/// A policy to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPolicy {
    /// The policy's text, as in its file.
    pub text: String,
    /// What its settings are.
    pub settings: BTreeMap<String, String>,
}
