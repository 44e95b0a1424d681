//! What is asked, checked and said when an incident is taken in.

use serde::{Deserialize, Serialize};

use super::Channel;

/// What is asked, checked and said when an incident is taken in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Intake {
    /// The issue must be accepted as within remit before any work (P3-07).
    pub acceptance: bool,
    /// A clear description is required (P4-09).
    pub detail_required: bool,
    /// Asks what changed before it began (P5-11).
    pub what_changed: bool,
    /// Those without a contract are served in the order of their arrival (P5-03).
    pub first_come: bool,
    /// The role that approves a further mail address of a customer's who has one (P4-02).
    pub address_approval: Option<String>,
    /// What is within scope.
    pub covers: Vec<String>,
    /// What is not.
    pub excludes: Vec<String>,
    /// What the caller has ready for faster service (P5-14).
    pub checklist: Vec<String>,
    /// What the agent tells the caller.
    pub tell: Vec<String>,
    /// Questions whose answers choose the assignee (P5-06).
    pub route: Vec<Route>,
    /// The gate before emergency service.
    pub emergency: Option<Emergency>,
}

/// A routing question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The word it is answered by on the command line.
    pub key: String,
    /// The question to the caller.
    pub question: String,
    /// Its answers.
    pub answers: Vec<RouteAnswer>,
}

/// An answer to a routing question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteAnswer {
    /// The answer's word.
    pub answer: String,
    /// Who gets the incident after it; absent where the answer decides nothing.
    #[serde(default)]
    pub assign: Option<String>,
}

/// When emergency service may be given (P4-06, P4-07).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// The share of calls that must fail, in percent.
    pub failing_percent: u8,
    /// The caller authenticates with the PIN.
    pub pin: bool,
    /// Channels by which an emergency is taken without all this (P4-05).
    #[serde(default)]
    pub without_gate: Vec<Channel>,
    /// What the caller chooses at the switchboard.
    #[serde(default)]
    pub say: Option<String>,
}
