//! Every kind of event in words.

use std::collections::BTreeMap;

use rstest::rstest;

use super::*;
use crate::incident::{
    Addresses, Contact, CustomerId, Edited, Ending, EntitlementId, Message, NoteKind, Resumed,
    TechRef,
};
use crate::policy::{Channel, EntitlementKind, Money};

fn at() -> DateTime<Utc> {
    "2026-11-27T19:30:00Z".parse().unwrap()
}

fn money() -> Money {
    "139.00 USD".parse().unwrap()
}

fn number(sequence: u32) -> TechRef {
    TechRef::new(sequence)
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn ada() -> Option<Contact> {
    Some(Contact {
        name: text("Ada Moss"),
        phones: vec![text("+1 555 0100")],
        ..Contact::default()
    })
}

fn opening() -> Opened {
    Opened {
        state: State::AwaitingAcceptance,
        customer: CustomerId(1),
        contact: ada(),
        policy: text("ours"),
        policy_version: 1,
        office: None,
        summary: text("It fails"),
        detail: Some(text("Since noon")),
        product: None,
        expedite: false,
        channel: Channel::Chat,
        channel_reason: None,
        severity: Some(text("high")),
        severity_rank: 2,
        received_at: at(),
        call_seconds: 0,
        emergency: false,
        routing: BTreeMap::new(),
        what_changed: Some(text("a new line")),
        external_id: None,
        entitlement: None,
    }
}

fn queued() -> Message {
    Message {
        n: 2,
        also: Vec::new(),
        occasion: Occasion::Asked,
        wording: Wording {
            to: Addresses::new([text("ada@blue-fern.test")]),
            cc: Addresses::default(),
            subject: text("[10001-4] A question"),
            text: text("Which version is it?"),
        },
    }
}

fn resolution() -> Resolution {
    Resolution {
        outcome: text("bug"),
        cause: Some(text("own-bug")),
        detail: Some(text("it overflows")),
        reference: Some(text("B-7")),
        version: Some(text("2.1")),
        indication: Some(text("in May")),
        critical: true,
        ..Resolution::default()
    }
}

fn contacted(way: Way, seconds: i64, said: Option<&str>) -> Event {
    Event::Contacted(Contacted {
        way,
        channel: Channel::Phone,
        seconds,
        text: said.map(text),
        contact: ada(),
        channel_reason: None,
        with: None,
    })
}

fn started(clock: ClockKind) -> Event {
    Event::ClockStarted {
        clock,
        counted: crate::calendar::Counted::Elapsed,
        started_at: at(),
        due_at: at(),
        grace: 0,
    }
}

fn stopped(clock: ClockKind, ending: Ending) -> Event {
    Event::ClockStopped {
        clock,
        stopped_at: at(),
        ending,
    }
}

#[rstest]
#[case(
    Event::Opened(Box::new(opening())),
    "Logged by chat from Ada Moss, +1 555 0100, severity high, to be accepted: It fails. Since noon. \
     Changed before: a new line"
)]
#[case(
    Event::Opened(Box::new(Opened { channel: Channel::Other, channel_reason: Some(text("by fax")), ..opening() })),
    "Logged by another channel outside the agreement (by fax) from Ada Moss, +1 555 0100, severity high, to be \
     accepted: It fails. Since noon. Changed before: a new line"
)]
#[case(
    Event::Opened(Box::new(Opened { summary: text("It fails!"), detail: Some(text("Since noon.")), ..opening() })),
    "Logged by chat from Ada Moss, +1 555 0100, severity high, to be accepted: It fails! Since noon. \
     Changed before: a new line"
)]
#[case(
    Event::EmergencyAsked { tried: Some(40), failed: Some(25), reason: None },
    "Taken as an emergency: 25 of 40 calls fail"
)]
#[case(Event::EmergencyAsked { tried: None, failed: None, reason: None }, "Taken as an emergency")]
#[case(
    Event::EmergencyAsked { tried: Some(40), failed: Some(1), reason: Some(text("no contract")) },
    "Emergency service was asked for and not given: no contract"
)]
#[case(Event::Accepted, "Accepted as within remit")]
#[case(Event::Declined { reason: text("not ours") }, "Declined: not ours")]
#[case(
    Event::Covered { cover: EntitlementKind::Pack, entitlement: Some(EntitlementId(1)), used: true, price: None, instead_of: None, again: false },
    "Taken from what the customer has: one of a pack"
)]
#[case(
    Event::Covered { cover: EntitlementKind::PerIncident, entitlement: None, used: false, price: None, instead_of: None, again: false },
    "Reserved from what the customer has: a purchase for one incident"
)]
#[case(Event::CoverUsed, "The reserved purchase is used")]
#[case(
    Event::CoverReleased,
    "What was taken goes back to the customer's balance"
)]
#[case(Event::Uncovered, "Nothing covers it: worked on, and marked")]
#[case(Event::PaymentAsked { price: money(), used_up: None, seconds: None }, "Awaits payment of 139.00 USD before any work")]
#[case(
    Event::Paid { amount: money(), method: text("online"), reference: text("P-1") },
    "Paid 139.00 USD (online), reference P-1"
)]
#[case(Event::Waived { amount: money(), reason: text("our fault") }, "Waived 139.00 USD: our fault")]
#[case(Event::Refunded { amount: money(), reason: text("our bug") }, "Gave back 139.00 USD: our bug")]
#[case(
    Event::Edited(Box::new(Edited {
        summary: Some(text("It stops")),
        old_summary: Some(text("It fails")),
        old_product: Some(text("Ledger")),
        contact: ada(),
        routing: [(text("matter"), text("fault"))].into(),
        old_routing: [(text("matter"), text("using"))].into(),
        ..Edited::default()
    })),
    "Put right: summary It stops, before It fails; no product, before Ledger; contact Ada Moss, +1 555 0100, before none; matter fault, before using"
)]
#[case(Event::Assigned { agent: Some(text("bo")), by_rule: None }, "Assigned to bo")]
#[case(
    Event::Assigned { agent: Some(text("bo")), by_rule: Some(text("severity high")) },
    "Assigned to bo, by severity high"
)]
#[case(Event::Assigned { agent: None, by_rule: None }, "Put back to nobody")]
#[case(
    Event::SeverityAgreed { severity: text("low"), agreed_with: text("Ada Moss"), rank: 4 },
    "Severity low agreed with Ada Moss"
)]
#[case(
    Event::Responded {
        by: Channel::Other,
        channel_reason: Some(text("by fax")),
        text: Some(text("try this")),
        manual_page: Some(text("p. 4")),
        estimate_note: Some(text("unclear")),
    },
    "Answered by another channel outside the agreement (by fax): try this; manual page p. 4; no estimate: unclear"
)]
#[case(
    Event::Responded { by: Channel::Phone, channel_reason: None, text: None, manual_page: None, estimate_note: None },
    "Answered by phone"
)]
#[case(Event::Waiting { text: text("which version?") }, "Asked, and waits for the customer: which version?")]
#[case(Event::Resumed(Resumed::default()), "Work goes on")]
#[case(Event::Resumed(Resumed { text: Some(text("they left it to us")) }), "Work goes on: they left it to us")]
#[case(
    contacted(Way::In, 90 * 60, Some("still broken")),
    "The customer came by phone (Ada Moss, +1 555 0100), 1 h 30 min: still broken"
)]
#[case(
    contacted(Way::Out, 0, None),
    "Reached the customer by phone (Ada Moss, +1 555 0100)"
)]
#[case(
    contacted(Way::Attempt, 0, None),
    "Tried to reach the customer by phone, nobody answered (Ada Moss, +1 555 0100)"
)]
#[case(
    Event::CallEnded { seconds: 720, held: 120, text: Some(text("all said")), with: None },
    "The call took 12 min, besides 2 min on hold: all said"
)]
#[case(Event::CallEnded { seconds: 720, held: 0, text: None, with: Some(text("account_manager")) },
    "The call took 12 min, with the account manager")]
#[case(Event::Noted { note: NoteKind::Internal, text: text("n") }, "Note: n")]
#[case(Event::Noted { note: NoteKind::Work, text: text("n") }, "Work: n")]
#[case(Event::Noted { note: NoteKind::Next, text: text("n") }, "Next step: n")]
#[case(Event::Noted { note: NoteKind::Question, text: text("n") }, "Question: n")]
#[case(Event::Noted { note: NoteKind::Answer, text: text("n") }, "Answer: n")]
#[case(Event::Noted { note: NoteKind::Recommendation, text: text("n") }, "Recommendation: n")]
#[case(Event::Noted { note: NoteKind::Conduct, text: text("n") }, "Conduct: n")]
#[case(started(ClockKind::Response), "Response due Fri 27 Nov 2026 19:30 UTC")]
#[case(started(ClockKind::Patch), "Patch due Fri 27 Nov 2026 19:30 UTC")]
#[case(
    started(ClockKind::Estimate),
    "Estimated for Fri 27 Nov 2026 19:30 UTC"
)]
#[case(
    started(ClockKind::Appointment),
    "Call scheduled for Fri 27 Nov 2026 19:30 UTC"
)]
#[case(
    started(ClockKind::Silence),
    "Without an answer it is resolved Fri 27 Nov 2026 19:30 UTC"
)]
#[case(
    Event::ClockMoved { clock: ClockKind::Response, due_at: at(), why: text("severity low was agreed"), left: None, closure: None },
    "Response now due Fri 27 Nov 2026 19:30 UTC: severity low was agreed"
)]
#[case(
    Event::ClockPaused { clock: ClockKind::Resolution, left: 3_600 },
    "Resolution paused, 1 h left"
)]
#[case(
    Event::ClockPaused { clock: ClockKind::Resolution, left: -300 },
    "Resolution paused, missed by 5 min"
)]
#[case(
    Event::ClockResumed { clock: ClockKind::Resolution, due_at: at() },
    "Resolution runs again, due Fri 27 Nov 2026 19:30 UTC"
)]
#[case(stopped(ClockKind::Response, Ending::Met), "Response in time")]
#[case(stopped(ClockKind::Patch, Ending::Missed), "Patch missed")]
#[case(
    stopped(ClockKind::Appointment, Ending::Cancelled),
    "Appointment clock cancelled"
)]
#[case(
    stopped(ClockKind::Estimate, Ending::Replaced),
    "Estimate clock replaced"
)]
#[case(
    stopped(ClockKind::Silence, Ending::Expired),
    "The customer's silence ran out"
)]
#[case(
    Event::Escalated {
        level: 2,
        ground: Some(text("quality")),
        concern: text("too slow"),
        requested_by: text("customer"),
        evidence: text("call"),
    },
    "Escalated to level 2 for the customer by call, quality: too slow"
)]
#[case(
    Event::EscalationAnswered { level: 2, answer: text("we hurry") },
    "Escalation to level 2 answered: we hurry"
)]
#[case(
    Event::EscalationWithdrawn { level: 2, reason: text("a mistake") },
    "Escalation to level 2 taken back: a mistake"
)]
#[case(
    Event::Resolved(Box::new(resolution())),
    "Resolved, bug, cause own-bug: it overflows; reference B-7; version 2.1; expected in May; critical"
)]
#[case(
    Event::Resolved(Box::new(Resolution { outcome: text("no-customer-reply"), ..Resolution::default() })),
    "Resolved, no-customer-reply"
)]
#[case(
    Event::Closed { outcome: text("withdrawn"), detail: text("by mail") },
    "Closed without a resolution, withdrawn: by mail"
)]
#[case(
    Event::Reopened { by: text("customer"), to: State::Open, recurring: true, reason: Some(text("again")) },
    "Reopened by the customer, it came back: again"
)]
#[case(
    Event::SilenceWithdrawn,
    "Open again: the customer had answered before the silence ran out"
)]
#[case(
    Event::MessageEdited(Box::new(queued())),
    "Message 2 changed, to ada@blue-fern.test: [10001-4] A question"
)]
#[case(Event::MessageSent { n: 2, message_id: text("a@b"), by: text("sendmail") }, "Message 2 sent by sendmail")]
#[case(Event::MessageFailed(MessageFailed { n: 2, reason: text("no route"), for_good: false }), "Message 2 could not be sent: no route")]
#[case(Event::MessageDropped { n: 2, reason: text("rang instead") }, "Message 2 dropped: rang instead")]
#[case(Event::MessageUnwritten { occasion: Occasion::Ordered }, "No mail address of the caller is known: no message on how to schedule the call is in the outbox")]
#[case(
    Event::MessageQueued(Box::new(queued())),
    "Message 2 in the outbox, to ada@blue-fern.test: [10001-4] A question"
)]
#[case(Event::NumberGiven, "The caller has the number")]
#[case(Event::Linked { with: number(10_002) }, "Linked with 10002-3")]
#[case(Event::Unlinked { with: number(10_002) }, "No longer linked with 10002-3")]
#[case(Event::KnownFault { known: true }, "A known fault: others may have it too")]
#[case(Event::KnownFault { known: false }, "No longer a known fault")]
#[case(Event::SameAs { fault: Some(number(10_001)) }, "The same fault as 10001-4")]
#[case(Event::SameAs { fault: None }, "Another fault after all")]
#[case(
    Event::Undone { since: 3, what: "resolved".to_owned(), back: serde_json::Value::Null },
    "Taken back: resolved"
)]
#[case(
    Event::Voided,
    "Taken back as if it had never been logged; its number stays used"
)]
#[case(
    Event::MergedInto { into: number(10_001) },
    "Merged into 10001-4: the number leads there from now on"
)]
#[case(
    Event::PaymentKept {
        customer: CustomerId(1),
        entitlement: EntitlementId(7),
        cover: EntitlementKind::PerIncident,
        granted: 1,
        price: money(),
        reference: None,
    },
    "139.00 USD that was paid is in the customer's balance, entitlement 7"
)]
#[case(
    Event::Unmerged { from: number(10_001) },
    "No longer merged into 10001-4: as it was before"
)]
#[case(
    Event::MergedFrom { from: number(10_002), unanswered_since: Some(at()), instead_of: None },
    "10002-3 is the same matter, and was merged into this one; without an answer since Fri 27 Nov 2026 19:30 UTC"
)]
#[case(
    Event::PartedFrom { from: number(10_002) },
    "10002-3 is an incident of its own again"
)]
#[case(
    Event::SplitInto { into: number(10_002), told: true },
    "Another aspect became 10002-3, which the customer was told"
)]
#[case(
    Event::SplitFrom { from: number(10_001), told: false },
    "Split from 10001-4, which the customer was not told yet"
)]
fn an_event_reads(#[case] event: Event, #[case] words: &str) {
    assert_eq!(describe(&event), words);
}

#[test]
fn instants_are_in_the_zone_that_is_asked_for() {
    let zone = chrono_tz::America::Los_Angeles;
    let words = describe_in(&started(ClockKind::Response), zone);
    assert_eq!(words, "Response due Fri 27 Nov 2026 11:30 PST");
}

/// The words under which events are stored are for programs.
#[rstest]
#[case("cover-used", "entitlement used")]
#[case("payment-asked", "payment asked for")]
#[case("clock-stopped", "deadline over")]
#[case("told-with", "told together with others")]
#[case("resolved", "resolved")]
fn what_an_entry_records_is_told_in_the_words_of_the_field(
    #[case] kind: &str,
    #[case] words: &str,
) {
    assert_eq!(crate::incident::kind_in_words(kind), words);
}
