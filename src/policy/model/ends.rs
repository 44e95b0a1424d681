//! How an incident ends, what that does to the charge, and the ladder before it does.

use serde::{Deserialize, Serialize};

use crate::calendar::Target;

/// A way in which an incident counts as resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// What counts as it, shown while resolving.
    pub title: String,
    /// What must be given with it.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// At least one of these must be given.
    #[serde(default)]
    pub needs_one_of: Vec<Need>,
    /// What may be given with it besides.
    #[serde(default)]
    pub takes: Vec<Need>,
    /// The role that is told by mail.
    #[serde(default)]
    pub notify: Option<String>,
    /// Contacts and notes may follow without reopening (P2-10).
    #[serde(default)]
    pub contacts_after: bool,
}

/// Something that a resolution is given with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// What was done or found, in words.
    Detail,
    /// The reference of a bug, a request or a review.
    Reference,
    /// The version that solves it.
    Version,
    /// The third party's product.
    Product,
    /// To whom it was forwarded.
    To,
    /// When or how it is expected to be solved.
    Indication,
    /// Whether the bug is critical: starts the `patch` clock where the policy has one.
    Critical,
}

impl Need {
    /// The option and JSON key it is given by.
    pub fn key(self) -> &'static str {
        match self {
            Self::Detail => "detail",
            Self::Reference => "reference",
            Self::Version => "version",
            Self::Product => "product",
            Self::To => "to",
            Self::Indication => "indication",
            Self::Critical => "critical",
        }
    }
}

/// What a resolution may name as the cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// Its name.
    pub name: String,
    /// What it means.
    pub title: String,
    /// What it does to the charge.
    #[serde(default)]
    pub refund: Refund,
}

/// What a cause does to what was paid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refund {
    /// Nothing by itself.
    #[default]
    None,
    /// Gives back exactly what was paid, once (P1-15).
    Full,
    /// Refuses a refund (P1-16).
    Refused,
}

/// What a customer's contact does to a resolved incident.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AfterResolution {
    /// It is kept on the resolved incident.
    #[default]
    Attach,
    /// It reopens the incident.
    Reopen,
}

impl super::Policy {
    /// The role that a customer may have its own person for, so that the policy needs no address.
    pub const ACCOUNT_MANAGER: &str = "account_manager";
}

/// A level of the escalation ladder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The role whose address is told; one of the policy's `roles`, or `account_manager`, which a customer may have its own of.
    pub role: String,
    /// What it is called.
    pub title: String,
    /// A logged call serves in place of the message (P4-18).
    #[serde(default)]
    pub call_serves: bool,
    /// The levels below must be made and answered, or be this old, first (P4-19).
    #[serde(default)]
    pub after_earlier: Option<Target>,
    /// The Tech Reference number must be typed to confirm (P4-20).
    #[serde(default)]
    pub confirm: bool,
}
