//! The state of an incident: what its events add up to.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::TechRef;
use super::clock::{Clock, ClockKind};
use super::people::{Contact, CustomerId, EntitlementId};
use crate::policy::{Channel, EntitlementKind, Money, Policy};

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

/// What pays for an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The kind.
    pub kind: EntitlementKind,
    /// Which one; none where a payment for this incident alone covers it.
    pub entitlement: Option<EntitlementId>,
    /// Reserved, or used up by a first response or an acceptance.
    pub used: bool,
}

/// The money of one incident, in the currency of its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// What one incident costs; the price of the day of order or payment.
    pub price: Money,
    /// Confirmed payments, in minor units.
    pub paid: i64,
    /// Given back.
    pub refunded: i64,
    /// Not charged, by the shop's choice (P1-22).
    pub waived: i64,
}

impl Charge {
    /// What is still owed, in minor units.
    pub fn owed(&self) -> i64 {
        (self.price.minor - self.paid - self.waived).max(0)
    }

    /// What may still be given back, in minor units.
    pub fn refundable(&self) -> i64 {
        self.paid - self.refunded
    }
}

/// A confirmed payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How it was paid.
    pub method: String,
    /// The payment's reference.
    pub reference: String,
    /// When it was confirmed.
    pub at: DateTime<Utc>,
}

/// One step up the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// The level, from 1.
    pub level: u8,
    /// One of the policy's grounds.
    pub ground: String,
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

/// One incident, as its events so far make it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Its number.
    pub tech_ref: TechRef,
    /// How many entries its timeline has; changes with every step.
    pub revision: u32,
    /// Where it stands.
    pub state: State,
    /// Whose it is.
    pub customer: CustomerId,
    /// Who spoke for the customer, with the number to call back.
    pub contact: Option<Contact>,
    /// The policy it was opened under.
    pub policy: String,
    /// The version of that policy.
    pub policy_version: u32,
    /// The office whose hours count.
    pub office: Option<String>,
    /// The issue in one line.
    pub summary: String,
    /// The issue in full.
    pub detail: Option<String>,
    /// The product it is about.
    pub product: Option<String>,
    /// Its product comes first among equals (P2-13).
    pub expedite: bool,
    /// How it reached us.
    pub channel: Channel,
    /// Its severities.
    pub severity: SeverityState,
    /// Who works on it.
    pub assignee: Option<String>,
    /// Receipt: the call's start, or the delivery of the mail.
    pub opened_at: DateTime<Utc>,
    /// When it was accepted as within remit.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Why it was declined.
    pub declined: Option<Declined>,
    /// The first response.
    pub first_response_at: Option<DateTime<Utc>>,
    /// The newest response.
    pub last_response_at: Option<DateTime<Utc>>,
    /// The newest call, either way.
    pub last_call_at: Option<DateTime<Utc>>,
    /// Since when it is in its state, or when the newest question was asked.
    pub state_since: DateTime<Utc>,
    /// The newest contact with the customer, either way.
    pub last_contact_at: DateTime<Utc>,
    /// When the caller was given the number (P5-08).
    pub number_given_at: Option<DateTime<Utc>>,
    /// Every clock it ever had, oldest first.
    pub clocks: Vec<Clock>,
    /// What pays for it.
    pub cover: Option<Cover>,
    /// Nothing covers it, and the policy marks that (P4-21).
    pub uncovered: bool,
    /// Its money, where it costs any.
    pub charge: Option<Charge>,
    /// Its newest confirmed payment.
    pub payment: Option<Payment>,
    /// Its steps up the ladder.
    pub escalations: Vec<Escalation>,
    /// Its resolution, or how it was closed.
    pub resolution: Option<Resolution>,
    /// Resolutions before it was reopened.
    pub resolutions_before: Vec<Resolution>,
    /// How often it was reopened.
    pub reopened: u32,
    /// Since when it waits for the customer.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Seconds spent waiting for the customer before that.
    pub waited: i64,
    /// Seconds of calls.
    pub call_seconds: i64,
    /// Whether it was taken as an emergency.
    pub emergency: bool,
    /// Answers to the routing questions.
    pub routing: BTreeMap<String, String>,
    /// What changed before it began (P5-11).
    pub what_changed: Option<String>,
    /// Its number in the system it was imported from.
    pub external_id: Option<String>,
}

impl Incident {
    /// The highest level of the ladder that stands, 0 for none.
    pub fn escalation_level(&self) -> u8 {
        self.standing_escalations()
            .map(|step| step.level)
            .max()
            .unwrap_or(0)
    }

    /// Escalations that were not taken back.
    pub fn standing_escalations(&self) -> impl Iterator<Item = &Escalation> {
        self.escalations
            .iter()
            .filter(|step| step.withdrawn_at.is_none())
    }

    /// The newest clock of a kind that still runs or is paused.
    pub fn running(&self, kind: ClockKind) -> Option<&Clock> {
        self.clocks
            .iter()
            .rev()
            .find(|clock| clock.kind == kind && clock.stopped.is_none())
    }

    /// Whether it waits at `at` for the customer: what happened before the question neither answers it nor ends the
    /// waiting, however late it is entered.
    pub fn waits_at(&self, at: DateTime<Utc>) -> bool {
        self.waiting_since.is_some_and(|since| since <= at)
    }

    /// Seconds spent waiting for the customer, up to `now` (P4-09).
    pub fn waiting_seconds(&self, now: DateTime<Utc>) -> i64 {
        self.waited
            + self
                .waiting_since
                .map_or(0, |since| (now - since).num_seconds().max(0))
    }

    /// Whether the time of its calls is charged: the policy sells hours, and no contract covers it.
    pub fn charges_time(&self, policy: &Policy) -> bool {
        let contract = EntitlementKind::Contract;
        policy
            .cover
            .as_ref()
            .is_some_and(|cover| cover.hours.is_some())
            && self
                .cover
                .as_ref()
                .is_none_or(|cover| cover.kind != contract)
    }

    /// The clock that the queue counts down: of those that run, the one due first. `silence` counts only where
    /// nothing else runs.
    pub fn next_clock(&self) -> Option<&Clock> {
        self.clocks
            .iter()
            .filter(|clock| clock.is_running())
            .min_by_key(|clock| (clock.kind == ClockKind::Silence, clock.due_at))
    }
}
