//! What is said while hanging up, and of what.

use super::*;
use crate::incident::{ClockKind, LooseReason, NoteKind, Step};

/// The fields of the form that is open, in the order in which Tab leads to them.
fn fields(console: &mut Console) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    loop {
        let focused = console.model.form().unwrap().focused().to_owned();
        if fields.contains(&focused) {
            return fields;
        }
        fields.push(focused);
        console.press("tab");
    }
}

/// Goes to a field of the form that is open.
fn go_to(console: &mut Console, field: &str) {
    for _ in 0..20 {
        if console.model.form().unwrap().focused() == field {
            return;
        }
        console.press("tab");
    }
    panic!("no field {field}");
}

/// What was said at the end of calls on an incident.
fn said(console: &Console, number: TechRef) -> Vec<String> {
    let timeline = console.desk().timeline(number).unwrap();
    let said = timeline.into_iter().filter_map(|entry| match entry.event {
        Event::CallEnded { text, .. } => text,
        Event::Noted {
            note: NoteKind::Next,
            text,
            ..
        } => Some(text),
        _ => None,
    });
    said.collect()
}

/// A call of ten minutes on the incident that was there, with a look of a second at another one.
fn about_two() -> (Console, TechRef, TechRef) {
    let mut shop = Shop::new(&["severity"]);
    let customer = blue_fern(&mut shop, None);
    let numbers = ["Exports stop", "No sound"].map(|summary| {
        let log = Log {
            severity: Some("high".to_owned()),
            ..Log::new(customer, summary)
        };
        shop.log("mira", EARLIER, log)
    });
    let [long, short] = numbers;
    let mut console = shop.open(NOW, London, SIZES[0]);
    console
        .press("c")
        .type_in("100014")
        .press("enter")
        .wait(600);
    console.press("esc j enter").wait(1).press("x");
    (console, long, short)
}

#[test]
fn what_was_said_goes_to_the_incident_that_the_call_was_about() {
    let (mut console, long, short) = about_two();
    go_to(&mut console, "text");
    console.type_in("It is the cable").press("tab");
    console.type_in("Send one").press("ctrl-d");
    assert!(console.model.call.is_none());
    assert_eq!(said(&console, long), ["It is the cable", "Send one"]);
    assert_eq!(said(&console, short), [""; 0]);
}

#[test]
fn the_agent_says_which_or_that_it_was_all_of_them() {
    let (mut console, long, short) = about_two();
    go_to(&mut console, "about");
    let shown = picture(&mut console);
    assert!(shown.contains("10002-3  No sound"), "{shown}");
    console.type_in("10002").press("enter");
    console.type_in("Only a look").press("ctrl-d");
    assert_eq!(said(&console, long), [""; 0]);
    assert_eq!(said(&console, short), ["Only a look"]);

    let (mut console, long, short) = about_two();
    go_to(&mut console, "about");
    console.type_in("all").press("enter");
    console.type_in("Both").press("ctrl-d");
    assert_eq!(said(&console, long), ["Both"]);
    assert_eq!(said(&console, short), ["Both"]);
}

#[test]
fn what_is_struck_has_nothing_said_about_it() {
    let (mut console, long, short) = about_two();
    go_to(&mut console, "text");
    console.type_in("A slip");
    go_to(&mut console, &format!("stays {long}"));
    console.type_in("n").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("10001-4 does not stay: pick another one."),
        "{shown}"
    );
    console.type_in("10002").press("ctrl-d");
    assert_eq!(said(&console, short), ["A slip"]);
}

#[test]
fn the_manual_page_comes_where_no_key_is_on_its_way() {
    let (mut console, number) = desk_with_incident();
    console.press("c").type_in("100014").press("enter x");
    let before = fields(&mut console);
    go_to(&mut console, &format!("answered {number}"));
    console.type_in("y");
    let after = fields(&mut console);
    let place =
        |fields: &[String], name: &str| fields.iter().position(|field| field.starts_with(name));
    assert_eq!(place(&before, "manual"), None);
    assert_eq!(place(&after, "manual"), Some(after.len() - 1), "{after:?}");
}

#[test]
fn who_answers_our_call_has_the_response_and_nothing_is_asked_about_it() {
    let (mut console, number) = desk_with_incident();
    console.press("V enter").wait(30).press("x").type_in("a");
    let shown = picture(&mut console);
    assert!(!shown.contains("Answered?"), "{shown}");
    assert!(shown.contains("as the response."), "{shown}");
    // A response that resolves nothing gives an estimate, or why there is none (P2-06).
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Why no estimate is needed."), "{shown}");
    console.type_in("They look at it first").press("ctrl-d");
    let after = incident(&console, number);
    assert!(after.running(ClockKind::Response).is_none());
    assert_eq!(after.first_response_at, Some(at(NOW)));
}

#[test]
fn the_wrap_up_says_beneath_what_saving_does() {
    let mut console = desk("per-incident");
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("No sound")
        .press("ctrl-d K")
        .wait(90)
        .press("x");
    let shown = picture(&mut console);
    assert!(
        shown.contains("Ctrl-D records the call on 10001-4 Blue Fern, 1:30."),
        "{shown}"
    );
    let (mut console, _, _) = about_two();
    let shown = picture(&mut console);
    assert!(
        shown.contains("Ctrl-D records the call of 10:01 on"),
        "{shown}"
    );
    assert!(shown.contains("10001-4 Blue Fern, 10:00"), "{shown}");
    console.press("esc esc");
    let mut console = desk("per-incident");
    console.press("c").wait(5).press("ctrl-x");
    let shown = picture(&mut console);
    assert!(
        shown.contains("records a call of 0:05 without an incident"),
        "{shown}"
    );
}

#[test]
fn a_sentence_at_the_reason_is_what_was_said() {
    let mut console = desk("per-incident");
    console.press("c").wait(5).press("ctrl-x");
    console
        .type_in("They wanted our opening hours")
        .press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("They wanted our opening hours"), "{shown}");
    assert!(shown.contains("Reason: pick one of these."), "{shown}");
    console.type_in("q").press("ctrl-d");
    let kept = console.desk().shift(at(NOW), 9).unwrap();
    assert_eq!(kept[0].about, "They wanted our opening hours");
    assert_eq!(
        kept[0].what,
        crate::store::CallKind::Loose(LooseReason::Question)
    );
}

#[test]
fn a_call_that_was_begun_by_mistake_is_none() {
    let mut console = desk("per-incident");
    console.press("c").type_in("rit").wait(5).press("ctrl-x");
    console.type_in("by").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("begun by mistake: nothing is recorded"),
        "{shown}"
    );
    assert!(console.model.call.is_none());
    assert_eq!(console.desk().shift(at(NOW), 9).unwrap(), []);
    let live = crate::store::Live::if_there(console.path())
        .unwrap()
        .unwrap();
    assert_eq!(live.calls().unwrap().len(), 0);
    // Somebody was chosen: then it is a call.
    console.press("c").type_in("blue").press("enter x");
    let shown = picture(&mut console);
    assert!(!shown.contains("by mistake"), "{shown}");
    // Something was noted.
    console.press("esc esc ctrl-x").type_in("w").press("ctrl-d");
    console
        .press("c ctrl-n")
        .type_in("rang off")
        .press("enter ctrl-x");
    let shown = picture(&mut console);
    assert!(!shown.contains("by mistake"), "{shown}");
}

#[test]
fn the_rest_of_a_word_whose_first_letter_did_nothing_begins_no_call() {
    let mut shop = Shop::new(&["per-incident"]);
    blue_fern(&mut shop, None);
    let mut console = shop.open(NOW, London, SIZES[0]);
    let fast = |console: &mut Console, text: &str, each: i64| {
        for letter in text.chars() {
            console.model.now += chrono::TimeDelta::milliseconds(each);
            console.type_in(&letter.to_string());
        }
    };
    fast(&mut console, "vcrit", 40);
    let shown = picture(&mut console);
    assert!(console.model.call.is_none(), "{shown}");
    assert!(shown.contains("no incident is selected"), "{shown}");
    fast(&mut console, "J", 400);
    fast(&mut console, "crit", 40);
    assert!(console.model.call.is_none());
    // A key that is pressed for itself works.
    fast(&mut console, "v", 400);
    fast(&mut console, "c", 400);
    assert!(console.model.call.is_some());
}

#[test]
fn p3_01_an_answer_on_the_call_comes_after_the_acceptance_and_the_payment_on_it() {
    let mut console = desk("season-ticket");
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("No sound")
        .press("ctrl-d K")
        .wait(60)
        .press("i");
    console.wait(60);
    let paid = Step::Pay {
        method: "cash".to_owned(),
        reference: "R-7".to_owned(),
        amount: None,
    };
    let paid_at = console.model.now;
    console.meanwhile("mira", first(), paid).wait(60).press("x");
    console.type_in("y").press("ctrl-d");
    let after = incident(&console, first());
    assert_eq!(after.first_response_at, Some(paid_at));
    let timeline = console.desk().timeline(first()).unwrap();
    let answered = timeline
        .iter()
        .filter(|entry| matches!(entry.event, Event::Responded { .. }));
    let answered: Vec<_> = answered.map(|entry| entry.at).collect();
    assert_eq!(answered, [paid_at]);
}
