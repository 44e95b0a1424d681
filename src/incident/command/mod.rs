//! What somebody wants done. Every change to a desk is one of these, whether it comes from a key, the command line, an
//! import or the passing of time.

mod call;
mod closure;
mod edit;
mod emergency;
mod fork;
mod log;
mod mail;
mod message;
mod people;
mod step;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::TechRef;
use super::arrival::{Arrival, MailId};
use super::closure::ClosureId;
use super::people::{Contact, CustomerId, EntitlementId};
use super::pin::Pin;
use crate::policy::{EntitlementKind, Money};

pub use call::{CallEnd, LooseCall, LooseReason, NewContact, Outside};
pub use closure::NewClosure;
pub use edit::Edit;
pub use emergency::EmergencyCall;
pub use fork::{Split, Together};
pub use log::{Estimate, Log};
pub use mail::{MailTarget, RegisterMail};
pub use message::MessageStep;
pub use people::{CustomerChange, LeftTo};
pub use step::{CloseAs, Escalate, Respond, Step};

/// One change to a desk.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Logs a contact as a new incident.
    Log(Box<Log>),
    /// A step of an incident that exists.
    Step(TechRef, Step),
    /// What was taken down about an incident is put right.
    Edit(TechRef, Box<Edit>),
    /// Another aspect of an incident becomes an incident of its own.
    Split(TechRef, Box<Split>),
    /// The first incident is one matter with the second: its number leads there from now on.
    Merge(TechRef, TechRef),
    /// A merged incident is one of its own again.
    Unmerge(TechRef),
    /// Two incidents have to do with each other.
    Link(TechRef, TechRef),
    /// Two linked incidents have nothing to do with each other after all.
    Unlink(TechRef, TechRef),
    /// An incident is the same as a known fault, or as none.
    SameAs(TechRef, Option<TechRef>),
    /// A known fault is resolved, and with it those that are the same.
    ResolveSame(TechRef, Box<Together>),
    /// The newest step of an incident is taken back by whoever took it.
    Undo(TechRef),
    /// A new customer.
    AddCustomer(NewCustomer),
    /// Somebody takes the shift over, with what they say to it.
    TakeOver(Option<String>),
    /// A further person at a customer's, or further ways to reach one who is known; and who approved further addresses.
    AddContact(CustomerId, Contact, Option<String>),
    /// Something about a customer is otherwise.
    ChangeCustomer(CustomerId, CustomerChange),
    /// A person at a customer's, as they were seen, is otherwise; and who approved further addresses.
    ChangeContact(CustomerId, Box<[Contact; 2]>, Option<String>),
    /// The PIN by which a customer's callers prove who they are; `None` takes it away.
    SetPin(CustomerId, Option<Pin>),
    /// A caller's PIN is looked at; a wrong one is counted.
    CheckPin(CustomerId, Pin),
    /// Somebody who works here.
    AddAgent(String),
    /// Somebody does not work here any more, and what becomes of their open incidents.
    AgentLeaves(String, LeftTo),
    /// Something a customer bought or was granted.
    AddEntitlement(NewEntitlement),
    /// What a customer bought or was granted ends.
    EndEntitlement(EntitlementId, EntitlementEnd),
    /// A policy, or a new version of one.
    AddPolicy(NewPolicy),
    /// A closure or an extra opening, also for now or earlier today.
    AddClosure(NewClosure),
    /// A closure or an extra opening is taken back.
    RemoveClosure(ClosureId),
    /// A call that led to no incident.
    CallWithoutIncident(LooseCall),
    /// A mail came in.
    Arrive(Box<Arrival>),
    /// A mail is taken out of quarantine, and its sender registered.
    RegisterMail(Box<RegisterMail>),
    /// A mail in quarantine leads to nothing, for this reason.
    DismissMail(MailId, String),
    /// An address that waits for approval is registered: whose, which, by whom.
    ApproveAddress(CustomerId, String, String),
}
/// A customer to be added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewCustomer {
    /// Its name.
    pub name: String,
    /// Its code; made from its number when absent.
    pub code: Option<String>,
    /// Its policy; the desk's first when absent.
    pub policy: Option<String>,
    /// Its office.
    pub office: Option<String>,
    /// Its account manager's mail address.
    pub account_manager: Option<String>,
    /// Its people.
    pub contacts: Vec<Contact>,
}

/// An entitlement to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntitlement {
    /// Whose.
    pub customer: CustomerId,
    /// The kind.
    pub kind: EntitlementKind,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day, included.
    pub to: Option<NaiveDate>,
    /// Incidents of a pack; the policy's size when absent.
    pub count: Option<u32>,
    /// Seconds of prepaid hours.
    pub seconds: Option<i64>,
    /// How it was paid.
    pub method: Option<String>,
    /// The order or payment it came by.
    pub reference: Option<String>,
    /// What was paid, where the policy names no price.
    pub price: Option<Money>,
}

/// How what a customer bought or was granted ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntitlementEnd {
    /// Its last day, included; with a refund the day of that, which does not count any more.
    pub day: NaiveDate,
    /// Why.
    pub reason: String,
    /// What was paid for it is given back.
    pub refund: bool,
}

/// A policy to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPolicy {
    /// The policy's text, as in its file.
    pub text: String,
    /// What its settings are.
    pub settings: BTreeMap<String, String>,
}
