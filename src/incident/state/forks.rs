//! What ties an incident to others: splits, merges, links, and faults that many have.

use serde::{Deserialize, Serialize};

use crate::incident::TechRef;

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
}

impl Forks {
    /// Whether nothing ties it to another incident.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}
