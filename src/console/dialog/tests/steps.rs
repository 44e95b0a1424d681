//! Each form by keys alone: what it offers, what it says beforehand, what it records.

use super::{Desk, ME, NOW, OTHER, form, incident, message, screen};
use crate::console::testing::at;
use crate::incident::{ClockKind, CloseAs, Event, NoteKind, State, Step};
use crate::policy::{Channel, EntitlementKind};

#[test]
fn it_is_assigned_to_me_by_enter_alone_and_to_another_by_a_letter() {
    let mut console = Desk::workable("severity").open();
    console.press("a");
    assert!(screen(&mut console).contains("Now: nobody."));
    console.press("enter");
    assert_eq!(incident(&console).assignee.as_deref(), Some(ME));
    console.press("a enter");
    assert_eq!(
        form(&console).form.focused(),
        "to",
        "mine already: nobody is picked"
    );
    console.press("b enter");
    assert_eq!(incident(&console).assignee.as_deref(), Some(OTHER));
    console.press("a n enter");
    assert_eq!(incident(&console).assignee, None);
}

#[test]
fn a_response_under_estimates_wants_a_time_or_a_reason() {
    let mut console = Desk::workable("severity").open();
    console.press("r");
    console.type_in("We look into it.");
    console.press("ctrl-d");
    assert_eq!(form(&console).form.focused(), "until");
    console.type_in("someday");
    let shown = screen(&mut console);
    // What to write stands on the second line, and nothing of it is cut.
    assert!(
        shown.contains("is no instant") && shown.contains("mon 9:00 or"),
        "{shown}"
    );
    console.press("ctrl-u");
    console.type_in("fri 9:00");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Fri 27 Nov 09:00 London = 02:00 Denver, in 3d"),
        "{shown}"
    );
    assert!(shown.contains("Promises a resolution by Fri 27 Nov 09:00."));
    assert!(shown.contains("The response is in time: due Mon 30 Nov 16:45."));
    console.press("ctrl-d");
    let estimate = incident(&console).running(ClockKind::Estimate).unwrap();
    assert_eq!(estimate.due_at.to_rfc3339(), "2026-11-27T09:00:00+00:00");

    // What was promised is offered again; instead of it, a reason serves.
    console.press("r");
    assert_eq!(form(&console).form.value("until"), "2026-11-27 09:00");
    console.type_in("Still at it.");
    console.press("tab ctrl-u tab");
    console.type_in("the maker is silent");
    console.press("ctrl-d");
    let timeline = &console.model.current().unwrap().timeline;
    let reason = timeline.iter().rev().find_map(|entry| match &entry.event {
        Event::Responded { estimate_note, .. } => estimate_note.clone(),
        _ => None,
    });
    assert_eq!(reason.as_deref(), Some("the maker is silent"));
}

#[test]
fn a_response_goes_the_way_the_incident_came() {
    for (channel, by) in [(Channel::Mail, "mail"), (Channel::Phone, "phone")] {
        let mut console = Desk::changed("escalation", |log| log.channel = channel).open();
        console.press("r");
        assert_eq!(form(&console).form.value("by"), by);
        console.type_in("Here is how.");
        console.press("ctrl-d");
        assert_eq!(message(&console), "10001-4: the response is recorded");
    }
}

#[test]
fn waiting_says_what_silence_does() {
    let mut console = Desk::workable("severity").open();
    console.press("w");
    assert!(
        screen(&mut console)
            .contains("Resolved as no-customer-reply on Fri 27 Nov 16:45 if there is no reply.")
    );
    console.type_in("Which version?");
    console.press("enter");
    assert_eq!(incident(&console).state, State::Waiting);
    console.press("w");
    assert_eq!(
        incident(&console).state,
        State::Open,
        "the same key resumes"
    );
}

#[test]
fn resuming_shows_the_deadline_that_moves_before_it_moves() {
    let mut console = Desk::paused().open();
    console.wait(24 * 3_600).press("w");
    let shown = screen(&mut console);
    assert!(
        shown.contains("The resolution runs again: due Wed 25 Nov 23:45, which was Tue 24 Nov"),
        "{shown}"
    );
    assert!(shown.contains("23:45 before the wait."));
    console.press("esc");
    assert_eq!(incident(&console).state, State::Waiting);
    console.press("w enter");
    assert_eq!(incident(&console).state, State::Open);
    assert_eq!(message(&console), "10001-4: resumed");
    console.press("w");
    let shown = screen(&mut console);
    assert!(
        shown.contains("The resolution, due Wed 25 Nov 23:45, stands still"),
        "{shown}"
    );
}

#[test]
fn the_severity_form_shows_the_deadline_before_and_after() {
    let mut console = Desk::workable("severity").open();
    console.wait(30 * 3_600);
    console.press("v");
    assert_eq!(form(&console).form.value("severity"), "normal");
    assert_eq!(form(&console).form.value("with"), "Ada Crumb");
    assert!(screen(&mut console).contains("The response stays due Mon 30 Nov 16:45."));
    console.press("h");
    let shown = screen(&mut console);
    assert!(
        shown.contains("The response moves from Mon 30 Nov 16:45 to Fri 27 Nov 15:00."),
        "{shown}"
    );
    assert!(!shown.contains("missed"));
    console.press("c");
    let shown = screen(&mut console);
    assert!(
        shown.contains("▲ The response moves from Mon 30 Nov 16:45 to Tue 24 Nov 16:45: missed.")
    );
    console.press("ctrl-d");
    let severity = &incident(&console).severity;
    assert_eq!(severity.agreed.as_deref(), Some("critical"));
    assert_eq!(severity.agreed_with.as_deref(), Some("Ada Crumb"));
}

#[test]
fn an_estimate_is_typed_as_people_say_it() {
    let mut console = Desk::workable("severity").open();
    console.press("t");
    console.type_in("+2h");
    assert!(screen(&mut console).contains("Promises a resolution by Mon 23 Nov 18:45."));
    console.press("enter");
    assert!(incident(&console).running(ClockKind::Estimate).is_some());
    console.press("t");
    console.type_in("+3h");
    assert!(screen(&mut console).contains("by Mon 23 Nov 19:45, in place of Mon 23 Nov 18:45."));
}

#[test]
fn a_payment_says_what_it_records_and_what_it_starts() {
    let mut console = Desk::logged("per-incident").open();
    console.press("p");
    let shown = screen(&mut console);
    assert!(shown.contains("Records 139.00 USD as paid."), "{shown}");
    assert!(
        shown.contains("The 4h response clock starts now: due Mon 23 Nov 20:45."),
        "{shown}"
    );
    assert!(!shown.contains("refunded"), "nothing was paid yet");
    assert_eq!(form(&console).form.value("method"), "online");
    console.press("ctrl-d");
    console.type_in("W-4711");
    console.press("ctrl-d");
    assert_eq!(
        incident(&console).payment.as_ref().unwrap().reference,
        "W-4711"
    );

    // Now only the refund is left.
    console.press("p");
    let shown = screen(&mut console);
    assert!(shown.contains("139.00 USD is given back") && !shown.contains("waived"));
    console.press("ctrl-d");
    console.type_in("Our goodwill");
    console.press("ctrl-d");
    assert_eq!(incident(&console).charge.unwrap().refunded, 13_900);
    // Nothing was done for it yet, so it awaits its payment again.
    assert_eq!(incident(&console).state, State::AwaitingPayment);
    console.press("p");
    assert!(screen(&mut console).contains("Records 139.00 USD as paid."));
}

#[test]
fn a_waiver_wants_its_reason_and_begins_the_work() {
    let mut console = Desk::logged("per-incident").open();
    console.press("p w");
    assert!(screen(&mut console).contains("Waives 139.00 USD: nothing is charged."));
    console.press("enter");
    console.type_in("Our mistake");
    console.press("ctrl-d");
    assert_eq!(incident(&console).state, State::Open);
}

#[test]
fn declining_gives_back_what_was_paid() {
    let mut console = Desk::workable("per-incident").open();
    console.press("D");
    let shown = screen(&mut console);
    assert!(shown.contains("Gives back 139.00 USD."));
    assert!(shown.contains("Not covered: Training"));
    console.type_in("Training is not covered");
    console.press("ctrl-d");
    assert_eq!(incident(&console).state, State::Declined);
}

#[test]
fn an_incident_is_closed_and_reopened() {
    let mut console = Desk::covered("per-incident", EntitlementKind::PerIncident).open();
    console.press("X w");
    assert!(screen(&mut console).contains("The purchase goes back to the customer."));
    console.press("backspace backspace u");
    assert!(screen(&mut console).contains("The purchase is used up."));
    console.press("tab");
    console.type_in("No idea");
    console.press("ctrl-d");
    let resolution = incident(&console).resolution.as_ref().unwrap();
    assert_eq!(resolution.outcome, CloseAs::Unresolved.word());

    console.press("o");
    assert!(screen(&mut console).contains("The 4h response clock starts now"));
    console.press("tab y ctrl-d");
    assert_eq!(
        (incident(&console).state, incident(&console).reopened),
        (State::Open, 1)
    );
}

#[test]
fn a_note_is_internal_unless_said_otherwise_and_no_work_before_the_payment() {
    let mut console = Desk::logged("per-incident").open();
    console.press("m shift-tab");
    let shown = screen(&mut console);
    assert!(shown.contains("recommendation") && !shown.contains("work "));
    console.press("tab");
    console.type_in("Ring before noon");
    console.press("enter");
    let note = console
        .model
        .current()
        .unwrap()
        .timeline
        .last()
        .unwrap()
        .event
        .clone();
    let text = "Ring before noon".to_owned();
    assert_eq!(
        note,
        Event::Noted {
            note: NoteKind::Internal,
            text
        }
    );
}

#[test]
fn after_a_third_partys_fault_a_response_needs_no_estimate() {
    let mut console = Desk::workable("severity").open();
    console.press("d t ctrl-d");
    assert_eq!(incident(&console).state, State::Resolved);
    console.press("r");
    assert!(!screen(&mut console).contains("No estimate as"));
}

#[test]
fn hours_and_tickets_are_paid_by_the_methods_that_are_taken() {
    let mut console = Desk::logged("season-ticket")
        .with(Step::Accept { entitlement: None })
        .open();
    console.press("p ctrl-d");
    assert_eq!(form(&console).form.focused(), "method");
    let shown = screen(&mut console);
    assert!(shown.contains("credit-card") && shown.contains("bank-transfer"));
    console.press("b tab");
    console.type_in("T-1");
    console.press("enter");
    assert_eq!(
        incident(&console).payment.as_ref().unwrap().method,
        "bank-transfer"
    );
}

#[test]
fn p1_05_a_call_is_arranged_before_the_payment_and_called_off() {
    let mut console = Desk::logged("per-incident").open();
    console.press("b");
    console.type_in("sat 3:00");
    let shown = screen(&mut console);
    assert!(
        shown.contains("A call is arranged for Sat 28 Nov 03:00."),
        "{shown}"
    );
    assert!(shown.contains("We are closed then"), "{shown}");
    console.press("ctrl-u");
    console.type_in("sometime");
    let shown = screen(&mut console);
    // What to write stands on the second line, and nothing of it is cut.
    assert!(
        shown.contains("is no instant") && shown.contains("mon 9:00 or"),
        "{shown}"
    );
    console.press("ctrl-u");
    console.type_in("tue 18:00");
    console.press("enter");
    let arranged = incident(&console).running(ClockKind::Appointment).unwrap();
    assert_eq!(arranged.due_at.to_rfc3339(), "2026-11-24T18:00:00+00:00");
    assert_eq!(message(&console), "10001-4: the call is scheduled");

    console.press("b shift-tab o");
    let shown = screen(&mut console);
    assert!(shown.contains("in place of Tue 24 Nov 18:00"), "{shown}");
    console.press("ctrl-d");
    assert_eq!(incident(&console).running(ClockKind::Appointment), None);
    assert_eq!(
        message(&console),
        "10001-4: the scheduled call is called off"
    );
}

#[test]
fn p4_08_a_reply_is_shown_as_the_customer_will_see_it_before_it_is_written() {
    let mut console = Desk::changed("escalation", |log| {
        log.channel = Channel::Mail;
        log.contact = Some(crate::incident::Contact {
            name: "Ada Crumb".to_owned(),
            mails: vec!["ada@example.com".to_owned()],
            ..Default::default()
        });
    })
    .open();
    console.press("r ctrl-d");
    assert_eq!(form(&console).form.focused(), "text", "a reply needs text");
    console.type_in("Please restart it.");
    let shown = screen(&mut console);
    for line in [
        "ada@example.com will read (Ctrl-P shows it alone):",
        "│ Subject: [10001-4] The oven's panel stays dark",
        "│ Dear Ada Crumb,",
        "│ Please restart it.",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
    console.press("ctrl-p");
    let shown = screen(&mut console);
    assert!(shown.contains("What they will read"), "{shown}");
    assert!(shown.contains("mira, "), "{shown}");
    console.press("esc ctrl-d");
    assert_eq!(message(&console), "10001-4: the response is recorded");
    assert_eq!(
        incident(&console).messages.len(),
        2,
        "its number was sent too"
    );
}

#[test]
fn p1_07_the_explanation_names_the_closure_that_moved_the_deadline() {
    let mut desk = Desk::workable("per-incident");
    let closure = crate::incident::NewClosure {
        reach: crate::incident::Reach::All,
        exception: crate::calendar::Exception {
            from: at("2026-11-23T18:00:00Z"),
            to: at("2026-11-23T19:00:00Z"),
            reason: "Fire drill".to_owned(),
            kind: crate::calendar::ExceptionKind::Closed,
        },
    };
    let add = crate::incident::Command::AddClosure(closure);
    desk.shop.run(ME, NOW, &add);
    let mut console = desk.open();
    let shown = screen(&mut console);
    assert!(shown.contains("due Mon 13:45 PST (21:45 GMT)"), "{shown}");
    console.press("E");
    let shown = screen(&mut console);
    assert!(shown.contains("Fire drill"), "{shown}");
    console.press("esc G");
    let shown = screen(&mut console);
    assert!(shown.contains("Fire drill"), "on its timeline: {shown}");
}

#[test]
fn p1_05_an_order_fixes_the_price_and_writes_how_the_call_is_arranged() {
    let mut console = Desk::changed("per-incident", |log| {
        log.contact = Some(crate::incident::Contact {
            name: "Ada Crumb".to_owned(),
            mails: vec!["ada@example.com".to_owned()],
            ..Default::default()
        });
    })
    .open();
    console.press("p o");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Ordered at 139.00 USD: that stays its price."),
        "{shown}"
    );
    assert!(shown.contains("ada@example.com will read"), "{shown}");
    console.press("enter");
    console.type_in("ORDER-1");
    console.press("enter");
    assert_eq!(message(&console), "10001-4: the order is recorded");
    assert!(incident(&console).charge.unwrap().ordered_at.is_some());
    assert_eq!(incident(&console).state, State::AwaitingPayment);
    // It is ordered once.
    console.press("p");
    assert!(!screen(&mut console).contains("ordered"));
}

#[test]
fn p3_02_acceptance_asks_what_pays_where_several_fit() {
    let mut desk = Desk::empty("season-ticket");
    for kind in [EntitlementKind::PerIncident, EntitlementKind::Pack] {
        let new = crate::incident::NewEntitlement {
            customer: desk.customer,
            kind,
            from: None,
            to: None,
            count: None,
            seconds: None,
            method: None,
            reference: None,
            price: None,
        };
        let add = crate::incident::Command::AddEntitlement(new);
        desk.shop.run(ME, NOW, &add);
    }
    desk.log("season-ticket", |_| {});
    let mut console = desk.open();
    console.press("i");
    let shown = screen(&mut console);
    assert!(shown.contains("Paid incidents: 1 of 1 left"), "{shown}");
    console.press("s");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Paid by: Season ticket: 10 of 10 left, before this one."),
        "{shown}"
    );
    console.press("enter");
    let cover = incident(&console).cover.as_ref().unwrap();
    assert_eq!(cover.kind, EntitlementKind::Pack);
    assert_eq!(message(&console), "10001-4: accepted");
}

#[test]
fn the_own_last_step_is_shown_and_taken_back() {
    let mut console = Desk::workable("severity").open();
    console.press("m");
    console.type_in("On the wrong one").press("enter");
    console.press("d f ctrl-d");
    assert_eq!(incident(&console).state, State::Resolved);
    console.press("u");
    let shown = screen(&mut console);
    assert!(shown.contains("Takes back: Resolved"), "{shown}");
    console.press("esc");
    assert_eq!(incident(&console).state, State::Resolved);
    console.press("u enter");
    assert_eq!(message(&console), "10001-4: your last step is taken back");
    assert_eq!(incident(&console).state, State::Open);
    assert!(incident(&console).running(ClockKind::Response).is_some());
}

#[test]
fn somebody_elses_step_is_not_taken_back_nor_one_of_over_an_hour_ago() {
    let mut desk = Desk::workable("severity");
    let number = super::number();
    let note = Step::Note {
        kind: NoteKind::Internal,
        text: "Seen before".to_owned(),
    };
    desk.shop.step(OTHER, NOW, number, note);
    let mut console = desk.open();
    console.press("u");
    assert_eq!(
        message(&console),
        "the last step of 10001-4 (noted) is ben's: only who took it takes it back"
    );

    let mut console = Desk::workable("severity").open();
    console.wait(2 * 3_600).press("u");
    assert!(message(&console).contains("over an hour ago, and stays"));
}

#[test]
fn logging_taken_back_leaves_the_incident_void() {
    let mut console = Desk::logged("severity").open();
    console.press("u enter");
    assert_eq!(incident(&console).state, State::Void);
    assert!(screen(&mut console).contains("void"));
}
