//! What was taken down about an incident is put right.

use std::collections::BTreeMap;

use crate::incident::people::{CustomerId, EntitlementId};

/// What of an incident is to be otherwise. What is absent stays; an empty text takes away what may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// The issue in one line.
    pub summary: Option<String>,
    /// The issue in full.
    pub detail: Option<String>,
    /// The product.
    pub product: Option<String>,
    /// What changed before it began (P5-11).
    pub what_changed: Option<String>,
    /// Other answers to the routing questions.
    pub routing: BTreeMap<String, String>,
    /// Whose it is.
    pub customer: Option<CustomerId>,
    /// The entitlement of the new customer to take, where the first that fits is not wanted.
    pub entitlement: Option<EntitlementId>,
    /// The office whose hours count.
    pub office: Option<String>,
    /// Who speaks for the customer: the name of one of its people.
    pub contact: Option<String>,
    /// The number to call that person back.
    pub call_back: Option<String>,
    /// The severity that was agreed on.
    pub severity: Option<String>,
    /// Who agreed to that, and how.
    pub agreed_with: Option<String>,
}

impl Edit {
    /// Whether nothing is to be otherwise.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
