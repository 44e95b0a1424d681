//! What ties an incident to others: splits, merges, links, and faults that many have.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Charge, Cover, Payment, State};
use crate::incident::TechRef;
use crate::incident::clock::Clock;
use crate::incident::people::EntitlementId;
use crate::policy::EntitlementKind;

/// What ties an incident to others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Forks {
    /// The incident that it was an aspect of (P1-11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split_from: Option<TechRef>,
    /// Whether the customer was told that it is an incident of its own (P3-06); unknown where it was never split off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_customer: Option<bool>,
    /// Its aspects that became incidents of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub split_into: Vec<TechRef>,
    /// The incident that it was merged into, and what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged: Option<Box<Merged>>,
    /// The incidents that were merged into it, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merged_from: Vec<Absorbed>,
    /// Incidents that have to do with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<TechRef>,
    /// It is a fault that many have: others are logged as the same as this one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub known: bool,
    /// The known fault that it is the same as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<TechRef>,
}

/// An incident that is one matter with another: what it was before, should that turn out to be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The other one.
    pub into: TechRef,
    /// Where it stood.
    pub state: State,
    /// Its clocks.
    pub clocks: Vec<Clock>,
    /// What paid for it.
    pub cover: Option<Cover>,
    /// Its money.
    pub charge: Option<Charge>,
    /// Its newest payment.
    pub payment: Option<Payment>,
    /// What its payment became in the customer's balance.
    pub kept: Option<Kept>,
}

/// A payment that became something in the customer's balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its number.
    pub entitlement: EntitlementId,
    /// Its kind.
    pub cover: EntitlementKind,
}

/// An incident that was merged into this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absorbed {
    /// Its number.
    pub number: TechRef,
    /// Since when it was without an answer, where the response clock runs from then.
    pub unanswered_since: Option<DateTime<Utc>>,
    /// The start that the response clock had before, if it ran.
    pub instead_of: Option<DateTime<Utc>>,
    /// The customer's oldest contact since the merge that is not answered yet.
    pub heard_at: Option<DateTime<Utc>>,
}

impl Forks {
    /// The incident that its number leads to.
    pub fn leads_to(&self) -> Option<TechRef> {
        self.merged.as_ref().map(|merged| merged.into)
    }

    /// Whether nothing ties it to another incident.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}
