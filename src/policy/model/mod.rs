//! The shape of a policy file: what a shop promises, as data.
//!
//! Every difference between shops is a field here; no code asks for a policy's name. Field by field this is also the
//! TOML file: unknown keys are refused, so that a misspelt promise is never silently dropped.

mod cover;
mod ends;
mod intake;
mod message;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{CalendarSpec, Length, Target};

pub use cover::*;
pub use ends::*;
pub use intake::*;
pub use message::*;

/// One support policy, as read from its file with its settings filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The name it is chosen by: lower case, digits and hyphens.
    pub name: String,
    /// What it is called in a sentence.
    pub title: String,
    /// One line for lists.
    pub summary: String,
    /// Channels that the agreement covers; a contact by another one is kept as `other` (P2-02).
    pub channels: Vec<Channel>,
    /// What Tech Reference numbers are written after in messages, such as `TR-`.
    #[serde(default)]
    pub prefix: Option<String>,
    /// What must be filled in when the policy is added, because its source does not say (`--set KEY=VALUE`).
    #[serde(default, rename = "setting")]
    pub settings: Vec<Setting>,
    /// Opening hours of a shop with one office; none where no hours are stated (P3-13).
    #[serde(default)]
    pub calendar: Option<CalendarSpec>,
    /// Offices with hours of their own (P4-04); a customer belongs to one.
    #[serde(default, rename = "office")]
    pub offices: Vec<Office>,
    /// The response target; absent where none is stated.
    #[serde(default)]
    pub response: Option<Response>,
    /// Severities, gravest first; empty where the shop has none.
    #[serde(default, rename = "severity")]
    pub severities: Vec<Severity>,
    /// A response without a resolution must promise an estimate (P2-06).
    #[serde(default)]
    pub estimate_required: bool,
    /// A customer who stays silent ends the incident (P2-11).
    #[serde(default)]
    pub silence: Option<Silence>,
    /// The target that starts when a bug is raised as critical (P4-15).
    #[serde(default)]
    pub patch: Option<Target>,
    /// A target for the resolution, paused while waiting for the customer.
    #[serde(default)]
    pub resolution: Option<Target>,
    /// A clock with less than this left is shown as due soon.
    #[serde(default = "an_hour")]
    pub due_soon: Length,
    /// A call that begins at most this long before or after the instant for which it was arranged keeps it (P1-05).
    #[serde(default = "a_quarter")]
    pub appointment_grace: Length,
    /// What is asked, checked and said when an incident is taken in.
    #[serde(default)]
    pub intake: Intake,
    /// What pays for the work; absent where support is free of charge.
    #[serde(default)]
    pub cover: Option<Cover>,
    /// The ways in which an incident counts as resolved.
    #[serde(rename = "outcome")]
    pub outcomes: Vec<Outcome>,
    /// What a resolution may name as the cause, and what that does to the charge.
    #[serde(default, rename = "cause")]
    pub causes: Vec<Cause>,
    /// What a customer's contact does to a resolved incident.
    #[serde(default)]
    pub after_resolution: AfterResolution,
    /// The escalation ladder, lowest level first.
    #[serde(default, rename = "level")]
    pub levels: Vec<Level>,
    /// The grounds on which one may escalate.
    #[serde(default, rename = "ground")]
    pub grounds: Vec<Named>,
    /// Mail addresses by role, such as `support_manager`.
    #[serde(default)]
    pub roles: BTreeMap<String, String>,
    /// What the shop writes to customers and to its own people, by occasion.
    #[serde(default, rename = "message")]
    pub messages: Vec<Template>,
    /// Products known by name; others may be written in.
    #[serde(default, rename = "product")]
    pub products: Vec<Product>,
    /// Stock phrases, which agents insert by their names.
    #[serde(default, rename = "snippet")]
    pub snippets: Vec<Snippet>,
    /// The clauses that the policy answers, in the shop's own words.
    #[serde(default, rename = "clause")]
    pub clauses: Vec<Clause>,
}

fn a_quarter() -> Length {
    Length::Exact(900)
}

fn an_hour() -> Length {
    Length::Exact(3_600)
}

/// How a contact reached us, or we them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// By telephone.
    Phone,
    /// By electronic mail.
    Mail,
    /// By online chat.
    Chat,
    /// Any way that the agreement does not name.
    Other,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 4] = [Self::Phone, Self::Mail, Self::Chat, Self::Other];

    /// The channel's word, the same on screen, in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::Chat => "chat",
            Self::Other => "other",
        }
    }
}

/// A value that adding the policy asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Its name: `$name` in any text of the file stands for the value.
    pub key: String,
    /// What it is, as a question to the person who adds the policy.
    pub ask: String,
    /// A believable value for sample desks, never used on a real one.
    pub example: String,
}

/// An office with opening hours of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// The name customers are assigned to it by.
    pub name: String,
    /// What it is called on screen.
    pub title: String,
    /// Its emergency number, where it has one (P4-06).
    #[serde(default)]
    pub emergency_phone: Option<String>,
    /// Its hours.
    pub calendar: CalendarSpec,
}

/// The response target and what starts it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// The target; absent where each severity has its own.
    #[serde(default)]
    pub target: Option<Target>,
    /// Which contacts want a response.
    pub contacts: Contacts,
    /// What starts the clock.
    pub starts: Starts,
}

/// Which contacts of the customer start the response clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contacts {
    /// The first one only.
    First,
    /// Every one that waits for a reply (P4-03).
    Every,
}

/// The event that starts the response clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Starts {
    /// The call's start, or the delivery of the mail.
    Receipt,
    /// The later of the receipt and the payment's confirmation or waiver (P1-02).
    PaymentConfirmed,
}

/// A severity, defined by its impact on the customer's business (P2-04).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Severity {
    /// Its name.
    pub name: String,
    /// When it applies, shown while choosing.
    pub definition: String,
    /// Its response target.
    #[serde(default)]
    pub target: Option<Target>,
    /// The agent or group that gets it.
    #[serde(default)]
    pub assign: Option<String>,
}

/// How long the customer's silence may last, and what it ends in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// The length of the silence.
    pub after: Target,
    /// The name of the outcome that it ends in; one of the policy's outcomes, which agents cannot choose themselves.
    pub outcome: String,
}

/// A name with what it means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The name.
    pub name: String,
    /// What it means.
    pub title: String,
}

/// A product known by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its name.
    pub name: String,
    /// Its incidents come first among equals (P2-13).
    #[serde(default)]
    pub expedite: bool,
}

/// A stock phrase: `;name` in any field stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snippet {
    /// Its name.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// A clause of the source that the policy answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number, such as `P1-02`.
    pub no: String,
    /// What it says.
    pub says: String,
    /// When an agent needs it on screen.
    #[serde(default)]
    pub at: Vec<Moment>,
}

/// A moment at which the console shows the clauses that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// Taking an incident in.
    Intake,
    /// Choosing a severity.
    Severity,
    /// Responding.
    Response,
    /// Taking money or giving it back.
    Payment,
    /// Resolving or closing.
    Resolution,
    /// Escalating.
    Escalation,
}
