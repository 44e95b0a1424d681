//! The keys of an incident as JSON. They are promised: one may come, none may go or change.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::cli::shape::{Shape, shaped};
use crate::incident::{ClockKind, ClockState, Contact, Declined, Escalation, State, TechRef};
use crate::policy::{Channel, EntitlementKind};

shaped! {
    /// An incident without its timeline.
    pub(in crate::cli) struct View {
        /// The Tech Reference number, without the prefix of a policy.
        pub(super) tech_ref: TechRef,
        /// The issue in one line.
        pub(super) summary: String,
        /// The issue in full.
        pub(super) detail: Option<String>,
        /// Where it stands.
        pub(super) state: State,
        /// The policy that it is under.
        pub(super) policy: String,
        /// The version of it.
        pub(super) policy_version: u32,
        /// Whose it is.
        pub(super) customer: CustomerView,
        /// The product.
        pub(super) product: Option<String>,
        /// How grave it is.
        pub(super) severity: SeverityView,
        /// Who works on it.
        pub(super) assignee: Option<String>,
        /// How it reached us.
        pub(super) channel: Channel,
        /// Why it came by a channel that the agreement does not name.
        pub(super) channel_reason: Option<String>,
        /// When it was received.
        pub(super) opened_at: DateTime<Utc>,
        /// When the clock that is due first is due.
        pub(super) next_due_at: Option<DateTime<Utc>>,
        /// Which clock that is.
        pub(super) next_clock: Option<ClockKind>,
        /// Every clock that ran or runs, the oldest first.
        pub(super) clocks: Vec<ClockView>,
        /// What pays for it.
        pub(super) entitlement: Option<EntitlementView>,
        /// How far up the ladder it is; 0 is not at all.
        pub(super) escalation_level: u8,
        /// Every step up the ladder, the oldest first.
        pub(super) escalations: Vec<Escalation>,
        /// How it ended.
        pub(super) resolution: Option<ResolutionView>,
        /// When the caller was given the number.
        pub(super) number_given_at: Option<DateTime<Utc>>,
        /// How often it was opened again.
        pub(super) reopened: u32,
        /// Incidents that have to do with it.
        pub(super) linked: Vec<TechRef>,
        /// It is a fault that several callers have.
        pub(super) known_fault: bool,
        /// The known fault that it is the same as.
        pub(super) same_as: Option<TechRef>,
        /// The incidents that are the same as this known fault.
        pub(super) same: Vec<TechRef>,
        /// The customer's oldest contact since it ended that nobody has dealt with.
        pub(super) answered_after: Option<DateTime<Utc>>,
        /// How long its calls lasted together.
        pub(super) call_seconds: i64,
        /// How many entries its timeline has; --if-revision compares it.
        pub(super) revision: u32,
        /// Who spoke for the customer.
        pub(super) contact: Option<Contact>,
        /// When it was accepted into remit.
        pub(super) accepted_at: Option<DateTime<Utc>>,
        /// When and why it was declined.
        pub(super) declined: Option<Declined>,
        /// The incident that it is one matter with, which its number leads to.
        pub(super) merged_into: Option<TechRef>,
        /// Incidents that were merged into it.
        pub(super) merged_from: Vec<TechRef>,
        /// The incident that it was an aspect of.
        pub(super) split_from: Option<TechRef>,
        /// Aspects of it that became incidents of their own.
        pub(super) split_into: Vec<TechRef>,
        /// With a split: whether the customer was told.
        pub(super) told_customer: Option<bool>,
        /// When the customer was first answered.
        pub(super) first_response_at: Option<DateTime<Utc>>,
        /// When customer and shop last spoke.
        pub(super) last_contact_at: DateTime<Utc>,
        /// How long it waited for the customer.
        pub(super) waiting_seconds: i64,
        /// How long it was with the shop.
        pub(super) own_seconds: i64,
        /// Its place in line, where the policy serves in the order of arrival.
        pub(super) place: Option<u32>,
        /// It was taken as an emergency.
        pub(super) emergency: bool,
        /// Why emergency service that was asked for was not given.
        pub(super) emergency_refused: Option<String>,
        /// Answers to routing questions.
        pub(super) routing: BTreeMap<String, String>,
        /// What changed before it began.
        pub(super) what_changed: Option<String>,
        /// Pages of the manual that its answers cite.
        pub(super) manual_pages: Vec<String>,
        /// Nothing covers it, and it is worked on.
        pub(super) uncovered: bool,
        /// What it costs, and what became of that.
        pub(super) money: Option<MoneyView>,
        /// How it ended before it was opened again, the oldest first.
        pub(super) resolutions_before: Vec<ResolutionView>,
        /// Its number in another system.
        pub(super) external_id: Option<String>,
    }
}

/// An incident with its timeline.
#[derive(Serialize)]
pub(in crate::cli) struct Whole {
    #[serde(flatten)]
    pub(super) incident: View,
    pub(super) timeline: Vec<EntryView>,
}

/// An incident that was searched for.
#[derive(Serialize)]
pub(in crate::cli) struct FoundView {
    #[serde(flatten)]
    pub(super) incident: View,
    /// The newest entry that has what was searched for; none where its summary, customer or numbers have it.
    pub(super) found: Option<EntryView>,
}

shaped! {
    /// A customer.
    pub(super) struct CustomerView {
        /// The customer's code.
        pub(super) id: String,
        /// Its name.
        pub(super) name: String,
        /// The office whose hours count.
        pub(super) office: Option<String>,
    }
}

shaped! {
    /// A severity.
    pub(super) struct SeverityView {
        /// What the customer asked for.
        pub(super) asked: Option<String>,
        /// What was agreed.
        pub(super) agreed: Option<String>,
        /// With whom.
        pub(super) agreed_with: Option<String>,
    }
}

shaped! {
    /// A clock.
    pub(super) struct ClockView {
        /// What it measures.
        pub(super) kind: ClockKind,
        /// How it stands; missed also while it runs past due.
        pub(super) state: ClockState,
        /// When it began.
        pub(super) started_at: DateTime<Utc>,
        /// When it is due; null while it is paused: it has none then.
        pub(super) due_at: Option<DateTime<Utc>>,
        /// When it ended.
        pub(super) stopped_at: Option<DateTime<Utc>>,
    }
}

shaped! {
    /// What pays.
    pub(super) struct EntitlementView {
        /// The kind.
        pub(super) kind: EntitlementKind,
        /// Its number; null where the incident is paid for by itself.
        pub(super) id: Option<i64>,
        /// Incidents or seconds that are left of it.
        pub(super) remaining: Option<i64>,
        /// The price, a decimal number.
        pub(super) price: Option<String>,
        /// Its currency.
        pub(super) currency: Option<String>,
        /// How it was paid.
        pub(super) payment: Option<PaymentView>,
    }
}

shaped! {
    /// A payment.
    pub(super) struct PaymentView {
        /// How it was paid.
        pub(super) method: String,
        /// The number of the payment.
        pub(super) reference: String,
        /// When.
        pub(super) at: DateTime<Utc>,
    }
}

shaped! {
    /// Money.
    pub(super) struct MoneyView {
        /// The currency of all of these.
        pub(super) currency: String,
        /// What it costs, a decimal number.
        pub(super) price: String,
        /// What was paid.
        pub(super) paid: String,
        /// What was given back.
        pub(super) refunded: String,
        /// What is not asked for.
        pub(super) waived: String,
        /// What is owed.
        pub(super) owed: String,
    }
}

shaped! {
    /// How an incident ended.
    pub(super) struct ResolutionView {
        /// One of the policy's outcomes, or the reason of the closing.
        pub(super) outcome: String,
        /// One of the policy's causes.
        pub(super) cause: Option<String>,
        /// What was done or found.
        pub(super) detail: Option<String>,
        /// The reference of a bug, request or review.
        pub(super) reference: Option<String>,
        /// When.
        pub(super) at: DateTime<Utc>,
        /// The version that solves it.
        pub(super) version: Option<String>,
        /// The third party's product.
        pub(super) product: Option<String>,
        /// To whom it was forwarded.
        pub(super) to: Option<String>,
        /// When or how it is expected to be solved.
        pub(super) indication: Option<String>,
        /// The bug is critical.
        pub(super) critical: bool,
        /// The manual page that answers it.
        pub(super) manual_page: Option<String>,
    }
}

shaped! {
    /// An entry of the timeline.
    pub(super) struct EntryView {
        /// When it happened.
        pub(super) at: DateTime<Utc>,
        /// When it was recorded.
        pub(super) recorded_at: DateTime<Utc>,
        /// Who recorded it; USER as NAME where these differ.
        pub(super) agent: String,
        /// What it is.
        pub(super) kind: String,
        /// It in words.
        pub(super) text: String,
    }
}

impl Shape for Whole {
    fn shape() -> Value {
        let mut shape = View::shape();
        let mut timeline = <Vec<EntryView>>::shape();
        if let Some(timeline) = timeline.as_object_mut() {
            timeline.insert(
                "description".to_owned(),
                "All that happened, the oldest first.".into(),
            );
        }
        if let Some(properties) = shape.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert("timeline".to_owned(), timeline);
        }
        if let Some(required) = shape.get_mut("required").and_then(Value::as_array_mut) {
            required.push("timeline".into());
        }
        shape
    }
}
