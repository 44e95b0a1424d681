//! What the customer is told or asked, and by when: responses, waiting, estimates, calls that are arranged.

use super::{Desk, form, incident, message, screen};
use crate::incident::{ClockKind, Event, State};
use crate::policy::Channel;

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
        shown.contains("is no instant") && shown.contains("14:30 or +2h"),
        "{shown}"
    );
    console.press("ctrl-u");
    console.type_in("fri 9:00");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Fri 27 Nov 09:00 London = 02:00 Denver, in 3d"),
        "{shown}"
    );
    assert!(shown.contains("Promises a resolution by Fri 27 Nov 09:00 GMT."));
    assert!(shown.contains("The response is in time: due Mon 30 Nov 16:45 GMT."));
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
            .contains("Resolved as no-customer-reply on Fri 27 Nov 16:45 GMT if there is no")
    );
    console.type_in("Which version?");
    console.press("enter");
    assert_eq!(incident(&console).state, State::Waiting);
    console.press("w enter");
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
        shown.contains("The resolution runs again: due Wed 25 Nov 23:45 GMT, which was Tue 24 Nov"),
        "{shown}"
    );
    assert!(shown.contains("23:45 GMT before the wait."));
    console.press("esc");
    assert_eq!(incident(&console).state, State::Waiting);
    console.press("w enter");
    assert_eq!(incident(&console).state, State::Open);
    assert_eq!(message(&console), "10001-4: resumed");
    console.press("w");
    let shown = screen(&mut console);
    assert!(
        shown.contains("The resolution, due Wed 25 Nov 23:45 GMT, stands still"),
        "{shown}"
    );
}

#[test]
fn an_estimate_is_typed_as_people_say_it() {
    let mut console = Desk::workable("severity").open();
    console.press("t");
    console.type_in("+2h");
    assert!(screen(&mut console).contains("Promises a resolution by Mon 23 Nov 18:45 GMT."));
    console.press("enter");
    assert!(incident(&console).running(ClockKind::Estimate).is_some());
    console.press("t");
    console.type_in("+3h");
    assert!(screen(&mut console).contains("by Mon 23 Nov 19:45 GMT, in place of Mon 23 Nov"));
}

#[test]
fn after_a_third_partys_fault_a_response_needs_no_estimate() {
    let mut console = Desk::workable("severity").open();
    console.press("d t ctrl-d");
    assert_eq!(incident(&console).state, State::Resolved);
    console.press("r");
    assert!(!screen(&mut console).contains("Why no estimate"));
}

#[test]
fn p1_05_a_call_is_arranged_before_the_payment_and_called_off() {
    let mut console = Desk::logged("per-incident").open();
    console.press("b");
    console.type_in("sat 3:00");
    let shown = screen(&mut console);
    assert!(
        shown.contains("A call is arranged for Sat 28 Nov 03:00 GMT."),
        "{shown}"
    );
    assert!(shown.contains("We are closed then"), "{shown}");
    console.press("ctrl-u");
    console.type_in("sometime");
    let shown = screen(&mut console);
    // What to write stands on the second line, and nothing of it is cut.
    assert!(
        shown.contains("is no instant") && shown.contains("14:30 or +2h"),
        "{shown}"
    );
    console.press("ctrl-u");
    console.type_in("tue 18:00");
    console.press("enter");
    let arranged = incident(&console).running(ClockKind::Appointment).unwrap();
    assert_eq!(arranged.due_at.to_rfc3339(), "2026-11-24T18:00:00+00:00");
    assert_eq!(message(&console), "10001-4: the call is scheduled");

    console.press("b shift-tab");
    let shown = screen(&mut console);
    assert!(
        shown.contains("in place of Tue 24 Nov 18:00 GMT"),
        "{shown}"
    );
    console.press("o ctrl-d");
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
fn a_year_other_than_this_one_is_said_wherever_the_instant_is() {
    let mut console = Desk::workable("severity").open();
    console.press("t");
    console.type_in("22.11. 9:00");
    let shown = screen(&mut console);
    assert!(
        shown.contains("22 Nov is past: say 22.11.2027 if next year is meant"),
        "{shown}"
    );
    console.press("ctrl-u").type_in("22.11.2027 9:00");
    let shown = screen(&mut console);
    assert!(shown.contains("Mon 22 Nov 2027 09:00 London"), "{shown}");
    assert!(
        shown.contains("Promises a resolution by Mon 22 Nov 2027 09:00 GMT"),
        "{shown}"
    );
}
