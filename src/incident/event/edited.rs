//! What was put right about an incident.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::incident::people::{Contact, CustomerId, EntitlementId};

/// Every field that was changed, as it is and as it was; a field that stayed has neither. One that has only what it was
/// was taken away.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edited {
    /// The issue in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// As it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_summary: Option<String>,
    /// The issue in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// As it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_detail: Option<String>,
    /// The product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// As it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_product: Option<String>,
    /// Whether the product comes first among equals, where the product was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expedite: Option<bool>,
    /// What changed before it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_changed: Option<String>,
    /// As it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_what_changed: Option<String>,
    /// The answers to the routing questions that are others now.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub routing: BTreeMap<String, String>,
    /// What was answered to them before.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub old_routing: BTreeMap<String, String>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Whose it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_customer: Option<CustomerId>,
    /// That customer's name at the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
    /// The name of the one whose it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_customer_name: Option<String>,
    /// The entitlement of the new customer that is to pay for it once it is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entitlement: Option<EntitlementId>,
    /// The office whose hours count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// As it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_office: Option<String>,
    /// Who speaks for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Who spoke for it before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_contact: Option<Contact>,
    /// The severity, which an entry of its own agrees on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// As it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_severity: Option<String>,
}

impl Edited {
    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether its hours are those of another office.
    pub fn moves_office(&self) -> bool {
        (&self.office, &self.old_office) != (&None, &None)
    }
}
