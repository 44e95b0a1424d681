//! Each form by keys alone: what it offers, what it says beforehand, what it records.

use super::{form, incident, message, screen, workable};
use crate::console::testing::{ME, OTHER, Shop};
use crate::incident::{ClockKind, CloseAs, Estimate, Event, NoteKind, Respond, State, Step};
use crate::policy::{Channel, EntitlementKind};

#[test]
fn it_is_assigned_to_me_by_enter_alone_and_to_another_by_a_letter() {
    let (mut shop, number) = workable("severity");
    let mut model = shop.model(number);
    shop.press(&mut model, "a");
    assert!(screen(&model).contains("Now: nobody."));
    shop.press(&mut model, "enter");
    assert_eq!(incident(&model).assignee.as_deref(), Some(ME));
    shop.press(&mut model, "a enter");
    assert_eq!(
        form(&model).form.focused(),
        "to",
        "mine already: nobody is picked"
    );
    shop.press(&mut model, "b enter");
    assert_eq!(incident(&model).assignee.as_deref(), Some(OTHER));
    shop.press(&mut model, "a n enter");
    assert_eq!(incident(&model).assignee, None);
}

#[test]
fn a_response_under_estimates_wants_a_time_or_a_reason() {
    let (mut shop, number) = workable("severity");
    let mut model = shop.model(number);
    shop.press(&mut model, "r");
    shop.write(&mut model, "We look into it.");
    shop.press(&mut model, "ctrl-d");
    assert_eq!(form(&model).form.focused(), "until");
    shop.write(&mut model, "someday");
    assert!(screen(&model).contains("is no instant"));
    shop.press(&mut model, "ctrl-u");
    shop.write(&mut model, "fri 9:00");
    let shown = screen(&model);
    assert!(shown.contains("Promises a resolution by Fri 27 Nov 09:00."));
    assert!(shown.contains("The response is in time: due Mon 30 Nov 16:45."));
    shop.press(&mut model, "ctrl-d");
    let estimate = incident(&model).running(ClockKind::Estimate).unwrap();
    assert_eq!(estimate.due_at.to_rfc3339(), "2026-11-27T09:00:00+00:00");

    // What was promised is offered again; instead of it, a reason serves.
    shop.press(&mut model, "r");
    assert_eq!(form(&model).form.value("until"), "2026-11-27 09:00");
    shop.write(&mut model, "Still at it.");
    shop.press(&mut model, "tab ctrl-u tab");
    shop.write(&mut model, "the maker is silent");
    shop.press(&mut model, "ctrl-d");
    let timeline = &model.current().unwrap().timeline;
    let reason = timeline.iter().rev().find_map(|entry| match &entry.event {
        Event::Responded { estimate_note, .. } => estimate_note.clone(),
        _ => None,
    });
    assert_eq!(reason.as_deref(), Some("the maker is silent"));
}

#[test]
fn a_response_goes_the_way_the_incident_came() {
    for (channel, by) in [(Channel::Mail, "mail"), (Channel::Phone, "phone")] {
        let mut shop = Shop::new("escalation");
        let number = shop.log(|log| log.channel = channel);
        let mut model = shop.model(number);
        shop.press(&mut model, "r");
        assert_eq!(form(&model).form.value("by"), by);
        shop.write(&mut model, "Here is how.");
        shop.press(&mut model, "ctrl-d");
        assert_eq!(
            message(&model),
            format!("{number}: the response is recorded")
        );
    }
}

#[test]
fn waiting_says_what_silence_does() {
    let (mut shop, number) = workable("severity");
    let mut model = shop.model(number);
    shop.press(&mut model, "w");
    assert!(
        screen(&model)
            .contains("Resolved as no-customer-reply on Fri 27 Nov 16:45 if there is no reply.")
    );
    shop.write(&mut model, "Which version?");
    shop.press(&mut model, "enter");
    assert_eq!(incident(&model).state, State::Waiting);
    shop.press(&mut model, "w");
    assert_eq!(incident(&model).state, State::Open, "the same key resumes");
}

#[test]
fn the_severity_form_shows_the_deadline_before_and_after() {
    let (mut shop, number) = workable("severity");
    shop.later(30 * 3_600);
    let mut model = shop.model(number);
    shop.press(&mut model, "v");
    assert_eq!(form(&model).form.value("severity"), "normal");
    assert_eq!(form(&model).form.value("with"), "Ada Crumb");
    assert!(screen(&model).contains("The response stays due Mon 30 Nov 16:45."));
    shop.press(&mut model, "h");
    let shown = screen(&model);
    assert!(
        shown.contains("The response was due Mon 30 Nov 16:45, and will be due Fri 27 Nov 15:00."),
        "{shown}"
    );
    assert!(!shown.contains("late"));
    shop.press(&mut model, "c");
    let shown = screen(&model);
    assert!(shown.contains("will be due Tue 24 Nov 16:45: it would be late."));
    assert!(shown.contains("▲"));
    shop.press(&mut model, "ctrl-d");
    let severity = &incident(&model).severity;
    assert_eq!(severity.agreed.as_deref(), Some("critical"));
    assert_eq!(severity.agreed_with.as_deref(), Some("Ada Crumb"));
}

#[test]
fn an_estimate_is_typed_as_people_say_it() {
    let (mut shop, number) = workable("severity");
    let mut model = shop.model(number);
    shop.press(&mut model, "t");
    shop.write(&mut model, "+2h");
    assert!(screen(&model).contains("Promises a resolution by Mon 23 Nov 18:45."));
    shop.press(&mut model, "enter");
    assert!(incident(&model).running(ClockKind::Estimate).is_some());
    shop.press(&mut model, "t");
    shop.write(&mut model, "+3h");
    assert!(screen(&model).contains("by Mon 23 Nov 19:45, in place of Mon 23 Nov 18:45."));
}

#[test]
fn a_payment_says_what_it_records_and_what_it_starts() {
    let mut shop = Shop::new("per-incident");
    let number = shop.log(|_| {});
    let mut model = shop.model(number);
    shop.press(&mut model, "p");
    let shown = screen(&model);
    assert!(shown.contains("Records 139.00 USD as paid."), "{shown}");
    assert!(
        shown.contains("The 4h response clock starts now: due Mon 23 Nov 20:45."),
        "{shown}"
    );
    assert!(!shown.contains("refunded"), "nothing was paid yet");
    assert_eq!(form(&model).form.value("method"), "online");
    shop.press(&mut model, "ctrl-d");
    shop.write(&mut model, "W-4711");
    shop.press(&mut model, "ctrl-d");
    assert_eq!(
        incident(&model).payment.as_ref().unwrap().reference,
        "W-4711"
    );

    // Now only the refund is left.
    shop.press(&mut model, "p");
    let shown = screen(&model);
    assert!(shown.contains("139.00 USD is given back") && !shown.contains("waived"));
    shop.press(&mut model, "ctrl-d");
    shop.write(&mut model, "Our goodwill");
    shop.press(&mut model, "ctrl-d");
    assert_eq!(incident(&model).charge.unwrap().refunded, 13_900);
    shop.press(&mut model, "p");
    assert_eq!(
        message(&model),
        format!(
            "nothing is owed for {number}; nothing was paid for {number} that could be given back"
        )
    );
}

#[test]
fn a_waiver_wants_its_reason_and_begins_the_work() {
    let mut shop = Shop::new("per-incident");
    let number = shop.log(|_| {});
    let mut model = shop.model(number);
    shop.press(&mut model, "p w");
    assert!(screen(&model).contains("Waives 139.00 USD: nothing is charged."));
    shop.press(&mut model, "enter");
    shop.write(&mut model, "Our mistake");
    shop.press(&mut model, "ctrl-d");
    assert_eq!(incident(&model).state, State::Open);
}

#[test]
fn declining_gives_back_what_was_paid() {
    let (mut shop, number) = workable("per-incident");
    let mut model = shop.model(number);
    shop.press(&mut model, "D");
    let shown = screen(&model);
    assert!(shown.contains("Gives back 139.00 USD."));
    assert!(shown.contains("Not covered: Training"));
    shop.write(&mut model, "Training is not covered");
    shop.press(&mut model, "ctrl-d");
    assert_eq!(incident(&model).state, State::Declined);
}

#[test]
fn the_ladder_is_climbed_with_what_each_level_asks() {
    let (mut shop, number) = workable("escalation");
    let mut model = shop.model(number);
    shop.press(&mut model, "e");
    let shown = screen(&model);
    assert!(shown.contains("Level 1: Support manager; tells support.manager@example.com."));
    assert!(!shown.contains("By a call"));
    climb(&mut shop, &mut model, "no");
    assert_eq!(incident(&model).escalation_level(), 1);

    shop.press(&mut model, "e");
    let shown = screen(&model);
    assert!(shown.contains("By a call") && shown.contains("Level 1 was made Mon 23 Nov 16:45"));
    climb(&mut shop, &mut model, "was");
    shop.press(&mut model, "e");
    assert!(
        message(&model).contains("not answered yet"),
        "{}",
        message(&model)
    );

    for level in [1, 2] {
        let answer = "We are on it".to_owned();
        shop.step(number, Step::AnswerEscalation { level, answer });
    }
    let mut model = shop.model(number);
    shop.press(&mut model, "e");
    climb(&mut shop, &mut model, "not u");
    assert_eq!(form(&model).form.focused(), "confirm");
    shop.write(&mut model, "10002-3");
    shop.press(&mut model, "ctrl-d");
    assert!(screen(&model).contains("10002-3 is another incident: type 10001-4."));
    shop.press(&mut model, "ctrl-u");
    shop.write(&mut model, "100014");
    shop.press(&mut model, "ctrl-d");
    assert_eq!(incident(&model).escalation_level(), 3);
}

fn climb(shop: &mut Shop, model: &mut crate::console::model::Model, ground: &str) {
    shop.write(model, ground);
    shop.press(model, "tab");
    shop.write(model, "We need it by Friday");
    shop.press(model, "ctrl-d");
}

#[test]
fn an_incident_is_closed_and_reopened() {
    let mut shop = Shop::new("per-incident");
    shop.grant(EntitlementKind::PerIncident);
    let number = shop.log(|_| {});
    let mut model = shop.model(number);
    shop.press(&mut model, "X u");
    assert!(screen(&model).contains("The per-incident unit goes back to the customer."));
    shop.press(&mut model, "tab");
    shop.write(&mut model, "No idea");
    shop.press(&mut model, "ctrl-d");
    let resolution = incident(&model).resolution.as_ref().unwrap();
    assert_eq!(resolution.outcome, CloseAs::Unresolved.word());

    shop.press(&mut model, "o");
    assert!(screen(&model).contains("The 4h response clock starts now"));
    shop.press(&mut model, "tab y ctrl-d");
    assert_eq!(
        (incident(&model).state, incident(&model).reopened),
        (State::Open, 1)
    );
}

#[test]
fn a_note_is_internal_unless_said_otherwise_and_no_work_before_the_payment() {
    let mut shop = Shop::new("per-incident");
    let number = shop.log(|_| {});
    let mut model = shop.model(number);
    shop.press(&mut model, "m backtab");
    let shown = screen(&model);
    assert!(shown.contains("recommendation") && !shown.contains("work "));
    shop.press(&mut model, "tab");
    shop.write(&mut model, "Ring before noon");
    shop.press(&mut model, "enter");
    let note = model
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
    let (mut shop, number) = workable("severity");
    shop.step(
        number,
        Step::Respond(Respond {
            by: Channel::Phone,
            text: Some("We look into it".to_owned()),
            estimate: Some(Estimate::No("unknown yet".to_owned())),
            manual_page: None,
        }),
    );
    let mut model = shop.model(number);
    shop.press(&mut model, "d t ctrl-d");
    assert_eq!(incident(&model).state, State::Resolved);
    shop.press(&mut model, "r");
    assert!(!screen(&model).contains("No estimate as"));
}

#[test]
fn hours_and_tickets_are_paid_by_the_methods_that_are_taken() {
    let mut shop = Shop::new("season-ticket");
    let number = shop.log(|_| {});
    shop.step(number, Step::Accept);
    let mut model = shop.model(number);
    shop.press(&mut model, "p ctrl-d");
    assert_eq!(form(&model).form.focused(), "method");
    let shown = screen(&model);
    assert!(shown.contains("credit-card") && shown.contains("bank-transfer"));
    shop.press(&mut model, "b tab");
    shop.write(&mut model, "T-1");
    shop.press(&mut model, "enter");
    assert_eq!(
        incident(&model).payment.as_ref().unwrap().method,
        "bank-transfer"
    );
}
