//! What happened to an incident. Events are stored as they are and never change; state is what they add up to.

mod edited;
mod parts;
mod texts;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::clock::{ClockKind, Ending, is_none};
use super::{ClosureId, CustomerId, EntitlementId, Message, Resolution, State, TechRef};
use crate::calendar::Counted;
use crate::policy::{Channel, EntitlementKind, Money, Occasion};

pub use edited::Edited;
pub(super) use parts::is_zero;
pub use parts::{Contacted, MessageFailed, NoteKind, Opened, Recorded, Resumed, TimeTaken, Way};
pub use texts::TEXTS;

/// An entry of an incident's timeline before it is recorded: what happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// A contact was logged as a new incident.
    Opened(Box<Opened>),
    /// It is within remit (P3-07).
    Accepted,
    /// It is not within remit or scope.
    Declined {
        /// Why, in words for the caller.
        reason: String,
    },
    /// What pays for it was chosen; `used` when a unit was taken at once, else it is reserved.
    Covered {
        /// The kind of entitlement.
        cover: EntitlementKind,
        /// Which one.
        entitlement: Option<EntitlementId>,
        /// Whether its unit is used up by this.
        used: bool,
        /// What was paid for that unit, where it was bought by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Money>,
        /// What was chosen to pay, and had nothing left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<EntitlementId>,
        /// Whether it only pays again for what it paid for before a merge: what else was asked for is asked for still.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    /// The reserved unit is used up.
    CoverUsed,
    /// The unit went back to the customer's balance.
    CoverReleased,
    /// The incident was worked on, and its unit went back to the customer's balance all the same.
    CoverRefunded {
        /// Why.
        reason: String,
    },
    /// Nothing covers it, and the policy marks that (P4-21).
    Uncovered,
    /// Nothing covers it: this is owed before any work (P1-04).
    PaymentAsked {
        /// The price of one incident today.
        price: Money,
        /// What would have covered it, had there been anything left of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        used_up: Option<EntitlementId>,
        /// Seconds of call time that it pays for, where time is charged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seconds: Option<i64>,
    },
    /// A call's time was charged (P5-04).
    TimeCharged {
        /// Its seconds, rounded up to the policy's increment.
        seconds: i64,
        /// Of these, what was paid for this incident beforehand.
        #[serde(default, skip_serializing_if = "is_zero")]
        own: i64,
        /// What was taken of prepaid hours.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        taken: Vec<TimeTaken>,
        /// What is owed for the rest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owed: Option<Money>,
    },
    /// Call time goes back to the prepaid hours that it was taken of: its step is taken back, or the incident declined.
    TimeGivenBack {
        /// What, to which.
        taken: Vec<TimeTaken>,
    },
    /// A call outside the contract's hours was not charged, by the shop's choice (P5-02).
    TimeWaived {
        /// Its seconds, rounded up to the policy's increment.
        seconds: i64,
        /// Why.
        reason: String,
    },
    /// It was ordered at this price, which stays from then on (P1-05, P1-09).
    Ordered {
        /// The price of that day.
        price: Money,
        /// The order's reference.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    },
    /// A payment was confirmed.
    Paid {
        /// How much.
        amount: Money,
        /// How.
        method: String,
        /// Its reference.
        reference: String,
    },
    /// The shop chose not to charge (P1-22).
    Waived {
        /// How much.
        amount: Money,
        /// Why.
        reason: String,
    },
    /// Money was given back.
    Refunded {
        /// How much.
        amount: Money,
        /// Why.
        reason: String,
    },
    /// What was taken down about it was put right.
    Edited(Box<Edited>),
    /// Somebody works on it.
    Assigned {
        /// Who; nobody when it was put back.
        agent: Option<String>,
        /// What chose them, where no agent did: a severity or a routing answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_rule: Option<String>,
    },
    /// Emergency service was asked for; the incident is an emergency unless there is a reason against it (P4-06, P4-07).
    EmergencyAsked {
        /// Calls that were tried.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tried: Option<u32>,
        /// Calls that failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failed: Option<u32>,
        /// Why it stays an ordinary incident.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Another severity is in force (P2-07).
    SeverityAgreed {
        /// The severity.
        severity: String,
        /// Who agreed, and how.
        agreed_with: String,
        /// Its place in the policy, gravest 0.
        rank: u8,
    },
    /// The customer was answered.
    Responded {
        /// How.
        by: Channel,
        /// Why by a channel that the agreement does not name (P2-02).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel_reason: Option<String>,
        /// What was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// The manual page that was cited (P5-12).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        manual_page: Option<String>,
        /// Why no estimate was given, where one is wanted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        estimate_note: Option<String>,
    },
    /// The customer was asked something, and we wait.
    Waiting {
        /// The question.
        text: String,
    },
    /// Work goes on.
    Resumed(Resumed),
    /// A contact on this incident.
    Contacted(Contacted),
    /// The call on which it was logged or continued is over.
    CallEnded {
        /// The call's length, or this incident's part of it, without what was spent on hold.
        seconds: i64,
        /// Seconds on hold.
        held: i64,
        /// What was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// The role of the ladder that the call was with (P4-18).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<String>,
    },
    /// A note.
    Noted {
        /// What kind of note.
        note: NoteKind,
        /// The note.
        text: String,
    },
    /// A clock was started.
    ClockStarted {
        /// Which.
        clock: ClockKind,
        /// How its time counts.
        counted: Counted,
        /// From when.
        started_at: DateTime<Utc>,
        /// Until when.
        due_at: DateTime<Utc>,
        /// Seconds after that in which it is still kept.
        #[serde(default, skip_serializing_if = "is_none")]
        grace: i64,
    },
    /// A running clock got another due instant.
    ClockMoved {
        /// Which.
        clock: ClockKind,
        /// Until when now; for a paused clock, without the pause.
        due_at: DateTime<Utc>,
        /// Why.
        why: String,
        /// Seconds that are left now, where it is paused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left: Option<i64>,
        /// The closure or extra opening that did it: then this is an entry of the desk's, shown here by reference.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closure: Option<ClosureId>,
    },
    /// A clock stands still while we wait for the customer.
    ClockPaused {
        /// Which.
        clock: ClockKind,
        /// Seconds left, in its own kind of time.
        left: i64,
    },
    /// A paused clock runs again.
    ClockResumed {
        /// Which.
        clock: ClockKind,
        /// Until when now.
        due_at: DateTime<Utc>,
    },
    /// A clock ended.
    ClockStopped {
        /// Which.
        clock: ClockKind,
        /// At which instant.
        stopped_at: DateTime<Utc>,
        /// How.
        ending: Ending,
    },
    /// A step up the ladder.
    Escalated {
        /// The level, from 1.
        level: u8,
        /// One of the policy's grounds; none where the customer's mail did it, and the agent says it afterwards.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<String>,
        /// The concern or additional request.
        concern: String,
        /// `customer` or `agent`.
        requested_by: String,
        /// `message` or `call`.
        evidence: String,
    },
    /// On which ground the customer's mail went up the ladder.
    EscalationGrounded {
        /// Its level.
        level: u8,
        /// One of the policy's grounds.
        ground: String,
    },
    /// An escalation was answered.
    EscalationAnswered {
        /// Its level.
        level: u8,
        /// The answer.
        answer: String,
    },
    /// An escalation was taken back.
    EscalationWithdrawn {
        /// Its level.
        level: u8,
        /// Why.
        reason: String,
    },
    /// It is resolved.
    Resolved(Box<Resolution>),
    /// It was closed without a resolution (P1-23).
    Closed {
        /// As what.
        outcome: String,
        /// Why.
        detail: String,
    },
    /// It is open again.
    Reopened {
        /// `customer` or `agent`.
        by: String,
        /// The issue came back, rather than never having gone.
        recurring: bool,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// The state it goes on in: before acceptance or payment, if it was closed there.
        to: State,
    },
    /// A customer's contact from before the silence ran out was entered later: the resolution by silence is withdrawn.
    SilenceWithdrawn,
    /// A message was put into the outbox.
    MessageQueued(Box<Message>),
    /// The caller is told of it by a message of another incident of theirs.
    ToldWith {
        /// That incident.
        with: TechRef,
        /// The message's place among those of that incident.
        n: u32,
    },
    /// A message of the outbox is to say this instead.
    MessageEdited(Box<Message>),
    /// A message was handed over to be delivered.
    MessageSent {
        /// Its place among the messages of the incident.
        n: u32,
        /// The Message-ID by which an answer names it.
        message_id: String,
        /// To what it was handed over.
        by: String,
    },
    /// A message could not be handed over.
    MessageFailed(MessageFailed),
    /// A message is not to be sent.
    MessageDropped {
        /// Its place among the messages of the incident.
        n: u32,
        /// Why.
        reason: String,
    },
    /// A message was promised, but nobody is known whom it could go to.
    MessageUnwritten {
        /// What called for it.
        occasion: Occasion,
    },
    /// A mail of the customer's came in: the opening, contact or note before this is what it said.
    MailTaken(Box<super::MailIn>),
    /// The caller has the number (P5-08).
    NumberGiven,
    /// Another incident has to do with it.
    Linked {
        /// That incident.
        with: TechRef,
    },
    /// The other incident has nothing to do with it after all.
    Unlinked {
        /// That incident.
        with: TechRef,
    },
    /// It is a fault that many have, or is none any more.
    KnownFault {
        /// Which of the two.
        known: bool,
    },
    /// It is the same as a known fault, or is not after all.
    SameAs {
        /// The fault.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fault: Option<TechRef>,
    },
    /// The newest step was taken back by whoever took it.
    Undone {
        /// How many of the incident's own entries came before that step.
        since: u32,
        /// What it had done, in words.
        what: String,
        /// What everything that it had changed was before.
        back: serde_json::Value,
    },
    /// The contact that it was logged by was taken back: its number stays used.
    Voided,
    /// It is one matter with another incident, to which its number leads from now on.
    MergedInto {
        /// That incident.
        into: TechRef,
    },
    /// What was paid for it is in the customer's balance from now on.
    PaymentKept {
        /// Whose.
        customer: CustomerId,
        /// What it became.
        entitlement: EntitlementId,
        /// The kind of that.
        cover: EntitlementKind,
        /// Incidents of a purchase, seconds of prepaid hours.
        granted: i64,
        /// What was paid.
        price: Money,
        /// The payment's reference.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    },
    /// It is an incident of its own again, as it was before the merge.
    Unmerged {
        /// The incident that it was merged into.
        from: TechRef,
    },
    /// Another incident is one matter with this one.
    MergedFrom {
        /// That incident.
        from: TechRef,
        /// Since when it was without an answer, where the response clock runs from then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unanswered_since: Option<DateTime<Utc>>,
        /// The start that the response clock had before, if it ran.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<DateTime<Utc>>,
    },
    /// A step up the ladder of an incident that was merged into this one.
    EscalationCarried(Box<super::Escalation>),
    /// An incident that was merged into this one is one of its own again.
    PartedFrom {
        /// That incident.
        from: TechRef,
    },
    /// An aspect of it became an incident of its own (P1-11, P3-04).
    SplitInto {
        /// That incident.
        into: TechRef,
        /// Whether the customer was told (P3-06).
        told: bool,
    },
    /// It was an aspect of another incident.
    SplitFrom {
        /// That incident.
        from: TechRef,
        /// Whether the customer was told (P3-06).
        told: bool,
    },
}
