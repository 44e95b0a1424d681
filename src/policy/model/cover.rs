//! What pays for the work.

use serde::{Deserialize, Serialize};

use crate::calendar::Length;
use crate::policy::money::Money;

/// What may pay for an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// The kinds of entitlement that count.
    pub kinds: Vec<EntitlementKind>,
    /// What happens to an incident that nothing covers.
    pub without: Without,
    /// The price of one incident.
    #[serde(default)]
    pub price: Option<Money>,
    /// Methods of payment that are taken.
    #[serde(default)]
    pub methods: Vec<String>,
    /// A pack of several incidents (P3-02).
    #[serde(default)]
    pub pack: Option<Pack>,
    /// Prepaid hours (P5-04).
    #[serde(default)]
    pub hours: Option<Hours>,
    /// What the first policy files had in place of a message `at = "ordered"`: read as one.
    #[serde(default)]
    pub order_message: Option<String>,
}

/// What happens to an incident that no entitlement covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Without {
    /// No work before the payment is confirmed or waived (P1-04).
    AwaitPayment,
    /// It is worked on, and marked (P4-21).
    Mark,
}

/// A kind of entitlement.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum EntitlementKind {
    /// A contract with a first and last day.
    Contract,
    /// One purchase for one incident.
    PerIncident,
    /// A pack of several incidents.
    Pack,
    /// Prepaid hours, used by call time.
    Hours,
    /// A contract for emergency telephone service.
    Emergency,
}

impl EntitlementKind {
    /// The kind's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::PerIncident => "per-incident",
            Self::Pack => "pack",
            Self::Hours => "hours",
            Self::Emergency => "emergency",
        }
    }
}

/// A pack of incidents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// What it is called.
    pub title: String,
    /// How many incidents it covers at most.
    pub size: u32,
    /// Its price.
    pub price: Money,
}

/// Prepaid hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The price of an hour.
    pub rate: Money,
    /// Each call's time is rounded up to this.
    pub increment: Length,
}
