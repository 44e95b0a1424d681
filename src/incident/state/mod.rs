//! The state of an incident: what its events add up to.

mod forks;
mod money;
mod parts;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::TechRef;
use super::clock::{Clock, ClockKind};
use super::event::TimeTaken;
use super::message::Outgoing;
use super::people::{Contact, CustomerId, EntitlementId};
use crate::policy::{Channel, EntitlementKind, Policy};

pub use forks::*;
pub use money::*;
pub use parts::*;

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
    /// Why it came by one that the agreement does not name (P2-02).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_reason: Option<String>,
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
    /// The newest call with each role of the ladder (P4-18).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub calls_with: BTreeMap<String, DateTime<Utc>>,
    /// Manual pages that its answers cite, each once (P5-12).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manual_pages: Vec<String>,
    /// Since when it is in its state, or when the newest question was asked.
    pub state_since: DateTime<Utc>,
    /// The newest contact with the customer, either way.
    pub last_contact_at: DateTime<Utc>,
    /// When the caller was given the number (P5-08).
    pub number_given_at: Option<DateTime<Utc>>,
    /// Every clock it ever had, oldest first.
    pub clocks: Vec<Clock>,
    /// The entitlement that was chosen at intake to pay for it once it is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted_entitlement: Option<EntitlementId>,
    /// What pays for it.
    pub cover: Option<Cover>,
    /// What would have covered it, had there been anything left of it when it was asked to pay (P3-02).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_up: Option<EntitlementId>,
    /// Seconds of call time that were paid for with the incident and not yet spent.
    #[serde(default, skip_serializing_if = "crate::incident::event::is_zero")]
    pub time_left: i64,
    /// What its calls took of prepaid hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub time_taken: Vec<TimeTaken>,
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
    /// Seconds between a resolution or closing and its reopening.
    #[serde(default)]
    pub rested: i64,
    /// Seconds of calls.
    pub call_seconds: i64,
    /// Whether it was taken as an emergency.
    pub emergency: bool,
    /// Why it was not, where emergency service was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency_refused: Option<String>,
    /// Answers to the routing questions.
    pub routing: BTreeMap<String, String>,
    /// What changed before it began (P5-11).
    pub what_changed: Option<String>,
    /// Its number in the system it was imported from.
    pub external_id: Option<String>,
    /// The messages that it put into the outbox, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Outgoing>,
    /// The customer's oldest contact since it ended that nobody has dealt with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_after: Option<DateTime<Utc>>,
    /// What ties it to other incidents.
    #[serde(default, skip_serializing_if = "Forks::is_none")]
    pub forks: Forks,
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

    /// Whether a step up the ladder of its waits for an answer.
    pub fn awaits_escalation_answer(&self) -> bool {
        let mut standing = self.standing_escalations();
        standing.any(|step| step.answered_at.is_none())
    }

    /// Its message `n`, from 1.
    pub fn message(&self, n: u32) -> Option<&Outgoing> {
        let place = usize::try_from(n).ok()?.checked_sub(1)?;
        self.messages.get(place)
    }

    /// The newest clock of a kind that still runs or is paused.
    pub fn running(&self, kind: ClockKind) -> Option<&Clock> {
        self.clocks
            .iter()
            .rev()
            .find(|clock| clock.kind == kind && clock.stopped.is_none())
    }

    /// Whether it comes first among equals: by its product (P2-13), or as an emergency.
    pub fn at_once(&self) -> bool {
        self.expedite || self.emergency
    }

    /// Whether it waits at `at` for the customer: what happened before the question neither answers it nor ends the
    /// waiting, however late it is entered.
    pub fn waits_at(&self, at: DateTime<Utc>) -> bool {
        self.waiting_since.is_some_and(|since| since <= at)
    }

    /// Seconds spent waiting for the customer, up to `now` (P4-09). One that was merged while it waited keeps since when
    /// it did, in case it is taken out again, and waits for nobody meanwhile.
    pub fn waiting_seconds(&self, now: DateTime<Utc>) -> i64 {
        let until = match self.state {
            State::Merged => now.min(self.state_since),
            _ => now,
        };
        self.waited
            + self
                .waiting_since
                .map_or(0, |since| (until - since).num_seconds().max(0))
    }

    /// Seconds that the shop had for it, up to its end or `now`: neither those spent waiting for the customer nor those
    /// between a resolution and its reopening (P4-09).
    pub fn own_seconds(&self, now: DateTime<Utc>) -> i64 {
        let ended = if self.state.is_open() {
            now
        } else {
            self.state_since
        };
        let all = (ended.max(self.opened_at) - self.opened_at).num_seconds();
        (all - self.waiting_seconds(ended) - self.rested).max(0)
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
