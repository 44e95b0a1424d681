//! The steps of an incident that exists.

use chrono::{DateTime, Utc};

use super::{CallEnd, EmergencyCall, Estimate, MessageStep, NewContact};
use crate::incident::arrival::MailIn;
use crate::incident::event::NoteKind;
use crate::incident::people::EntitlementId;
use crate::incident::state::Resolution;
use crate::policy::Channel;

/// A step of an incident that exists.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// It is within remit.
    Accept {
        /// The entitlement to take, where the first that fits is not wanted.
        entitlement: Option<EntitlementId>,
    },
    /// It is not within remit or scope.
    Decline {
        /// Why, in words for the caller.
        reason: String,
    },
    /// The customer ordered it at the price of the day, and has not paid yet.
    Order {
        /// The order's reference.
        reference: Option<String>,
    },
    /// A payment is confirmed.
    Pay {
        /// How it was paid.
        method: String,
        /// Its reference.
        reference: String,
        /// A cross-check: must equal what is owed.
        amount: Option<String>,
    },
    /// What the customer has bought meanwhile pays for it, in place of the payment that was asked for.
    Cover {
        /// The entitlement to take, where the first that fits is not wanted.
        entitlement: Option<EntitlementId>,
    },
    /// The shop does not charge.
    Waive {
        /// Why.
        reason: String,
    },
    /// What was paid is given back.
    Refund {
        /// Why.
        reason: String,
    },
    /// Somebody is to work on it; `None` puts it back.
    Assign(Option<String>),
    /// The customer is answered.
    Respond(Respond),
    /// The customer is asked something.
    Wait {
        /// The question.
        text: String,
    },
    /// Work goes on; and why, if that is said.
    Resume(Option<String>),
    /// A contact on this incident.
    Contact(NewContact),
    /// The call on which it was logged or continued is over.
    CallEnded(CallEnd),
    /// A note.
    Note {
        /// What kind.
        kind: NoteKind,
        /// The note.
        text: String,
    },
    /// Emergency service is asked for, for an incident that was taken as an ordinary one.
    Emergency {
        /// By which channel.
        by: Channel,
        /// What the gate is told.
        call: EmergencyCall,
    },
    /// Another severity is agreed on.
    Severity {
        /// The severity.
        severity: String,
        /// Who agreed, and how.
        agreed_with: String,
    },
    /// A new estimate.
    Estimate(DateTime<Utc>),
    /// A call is arranged for an instant.
    Schedule(DateTime<Utc>),
    /// The arranged call falls away.
    CancelAppointment,
    /// The patch is out.
    Patched,
    /// A step up the ladder.
    Escalate(Escalate),
    /// The ground of an escalation that the customer's mail was.
    GroundEscalation {
        /// Its level.
        level: u8,
        /// One of the policy's grounds.
        ground: String,
    },
    /// An escalation is answered.
    AnswerEscalation {
        /// Its level.
        level: u8,
        /// The answer.
        answer: String,
    },
    /// An escalation is taken back.
    WithdrawEscalation {
        /// Its level.
        level: u8,
        /// Why.
        reason: String,
    },
    /// It is resolved; `at` of the resolution is filled in by the decision.
    Resolve(Box<Resolution>),
    /// It is closed without a resolution.
    Close {
        /// As what.
        reason: CloseAs,
        /// Why, in words.
        detail: String,
    },
    /// It is opened again.
    Reopen {
        /// By the customer, rather than by an agent.
        by_customer: bool,
        /// The issue came back.
        recurring: bool,
        /// Why.
        reason: Option<String>,
    },
    /// Something is done with the message of this place in the outbox.
    Message(u32, MessageStep),
    /// A mail is what the step before it recorded.
    Mail(Box<MailIn>),
    /// The caller has the number.
    Given,
    /// It is a fault that many have, or is none any more.
    Known(bool),
    /// Whatever the passing of time has brought: a silence that ran out.
    Tick,
}

impl Step {
    /// Whether it is said rather than decided: that must not be lost where the number leads to another incident, so it
    /// is recorded there.
    pub fn follows_merges(&self) -> bool {
        matches!(
            self,
            Self::Contact(_) | Self::CallEnded(_) | Self::Note { .. }
        )
    }

    /// What it says or names in words of the agent's own, where it does.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Note { text, .. } | Self::Wait { text } => Some(text),
            Self::AnswerEscalation { answer, .. } => Some(answer),
            Self::Escalate(escalate) => Some(&escalate.concern),
            Self::Respond(respond) => respond.text.as_deref(),
            Self::Contact(contact) => contact.text.as_deref(),
            Self::Resolve(resolution) => resolution.detail.as_deref(),
            Self::Close { detail, .. } => Some(detail),
            Self::Pay { reference, .. } => Some(reference),
            Self::Order { reference } => reference.as_deref(),
            Self::Decline { reason }
            | Self::Waive { reason }
            | Self::Refund { reason }
            | Self::WithdrawEscalation { reason, .. } => Some(reason),
            _ => None,
        }
    }
}

/// An answer to the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Respond {
    /// How.
    pub by: Channel,
    /// Why by a channel that the agreement does not name (P2-02).
    pub channel_reason: Option<String>,
    /// What is said.
    pub text: Option<String>,
    /// When it will be resolved, or why that cannot be said.
    pub estimate: Option<Estimate>,
    /// The manual page it cites.
    pub manual_page: Option<String>,
}
/// A step up the ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalate {
    /// The level; the next one when absent.
    pub level: Option<u8>,
    /// One of the policy's grounds.
    pub ground: String,
    /// The concern or additional request.
    pub concern: String,
    /// It rests on a logged call rather than a message.
    pub call: bool,
    /// The customer asked for it, rather than an agent.
    pub by_customer: bool,
    /// The number, typed to confirm where the level wants that.
    pub confirm: Option<String>,
}

/// As what an incident is closed without a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum CloseAs {
    /// It could not be resolved.
    Unresolved,
    /// The customer took it back.
    Withdrawn,
    /// It is the same as another one.
    Duplicate,
    /// It was no matter for support.
    NotAnIncident,
    /// The customer cannot be reached.
    Unreachable,
}

impl CloseAs {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::Unresolved,
        Self::Withdrawn,
        Self::Duplicate,
        Self::NotAnIncident,
        Self::Unreachable,
    ];

    /// The reason's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unresolved => "unresolved",
            Self::Withdrawn => "withdrawn",
            Self::Duplicate => "duplicate",
            Self::NotAnIncident => "not-an-incident",
            Self::Unreachable => "unreachable",
        }
    }
}
