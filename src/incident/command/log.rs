//! A contact that is to become an incident.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{EmergencyCall, Outside};
use crate::incident::TechRef;
use crate::incident::people::{Contact, CustomerId, EntitlementId};
use crate::incident::state::Incident;
use crate::policy::Channel;

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
    /// Why it came by one that the agreement does not name (P2-02).
    pub channel_reason: Option<String>,
    /// Seconds of the call that brought it.
    pub call_seconds: i64,
    /// What becomes of the call's time outside a contract's hours.
    pub outside: Option<Outside>,
    /// It was answered on this call, which makes the call a response.
    pub answered: bool,
    /// With the answer: when it will be resolved, or why that cannot be said.
    pub estimate: Option<Estimate>,
    /// With the answer: the manual page that it cites (P5-12).
    pub manual_page: Option<String>,
    /// How the caller behaved, if that is worth keeping (P5-13).
    pub conduct: Option<String>,
    /// Answers to the routing questions.
    pub routing: BTreeMap<String, String>,
    /// What changed before it began.
    pub what_changed: Option<String>,
    /// The entitlement to take, where the first that fits is not wanted.
    pub entitlement: Option<EntitlementId>,
    /// Emergency service is asked for.
    pub emergency: Option<EmergencyCall>,
    /// Its number in another system.
    pub external_id: Option<String>,
    /// The known fault that it is the same as; a summary or product that is left empty here is as it is there.
    pub same_as: Option<TechRef>,
    /// No message says that it was logged: a program brought it, which might answer in turn.
    pub unanswered: bool,
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
            channel_reason: None,
            call_seconds: 0,
            outside: None,
            answered: false,
            estimate: None,
            manual_page: None,
            conduct: None,
            routing: BTreeMap::new(),
            what_changed: None,
            entitlement: None,
            emergency: None,
            external_id: None,
            same_as: None,
            unanswered: false,
        }
    }
}

impl Log {
    /// With the summary and the product of `fault` where they were left empty. What its customer said in detail, and how
    /// grave it is there, are not this caller's words.
    pub fn filled_from(mut self, fault: &Incident) -> Self {
        if self.summary.trim().is_empty() {
            self.summary.clone_from(&fault.summary);
        }
        self.product = self.product.or_else(|| fault.product.clone());
        self
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
