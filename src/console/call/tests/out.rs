//! Calls with which we ring the customer up.

use super::*;
use crate::incident::{ClockKind, Way};

/// The ways of the contacts on an incident, with what was said.
fn contacts(console: &Console, number: TechRef) -> Vec<(Way, Option<String>, i64)> {
    let timeline = console.desk().timeline(number).unwrap();
    let contacts = timeline.into_iter().filter_map(|entry| match entry.event {
        Event::Contacted(contact) => Some((contact.way, contact.text, contact.seconds)),
        _ => None,
    });
    contacts.collect()
}

#[test]
fn who_answers_is_asked_what_is_missing_and_the_call_is_a_response() {
    let (mut console, number) = desk_with_incident();
    console.press("V");
    // Nothing runs until the agent says whom.
    let shown = picture(&mut console);
    assert!(shown.contains("▶ Ann Reed, +1 555 0100"), "{shown}");
    assert!(shown.contains("about 10001-4: Exports stop"), "{shown}");
    assert!(!shown.contains("● call"), "{shown}");
    console.press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("ring Ann Reed, +1 555 0100"), "{shown}");
    assert!(shown.contains("● call 0:00"), "{shown}");
    console.wait(90).press("x").type_in("a").press("enter");
    // Number given, estimate: that it is a response is no question.
    console.type_in("y").press("enter");
    console.type_in("+2h").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("call of 1:30 recorded on 10001-4"),
        "{shown}"
    );
    assert_eq!(contacts(&console, number), [(Way::Out, None, 90)]);
    let after = incident(&console, number);
    assert!(after.running(ClockKind::Response).is_none());
    assert_eq!(after.first_response_at, Some(at(NOW)));
    assert!(after.number_given_at.is_some());
}

#[rstest]
#[case("n", "Nobody answered")]
#[case("m", "Voice mailbox")]
fn an_attempt_is_no_response_and_is_to_be_tried_again(#[case] letter: &str, #[case] said: &str) {
    let (mut console, number) = desk_with_incident();
    console.press("V enter").wait(20).press("x").type_in(letter);
    let shown = picture(&mut console);
    assert!(!shown.contains("Answered?"), "{shown}");
    console.press("enter").type_in("until five").press("ctrl-d");
    let text = Some(format!("{said}: until five"));
    assert_eq!(contacts(&console, number), [(Way::Attempt, text, 20)]);
    let after = incident(&console, number);
    assert!(after.running(ClockKind::Response).is_some());
    assert_eq!(after.first_response_at, None);
    console.press("f2");
    let shown = picture(&mut console);
    assert!(shown.contains("call back"), "{shown}");
}

#[test]
fn nobody_is_rung_up_while_one_talks() {
    let (mut console, _) = desk_with_incident();
    console.press("c esc V");
    let shown = picture(&mut console);
    assert!(
        shown.contains("a call is running: hang up with x first"),
        "{shown}"
    );
}

#[test]
fn whom_we_ring_is_picked_and_named_on_record() {
    let (mut console, number) = desk_with_incident();
    console.press("V right enter");
    let shown = picture(&mut console);
    assert!(shown.contains("ring Bo Lee, +1 555 0101"), "{shown}");
    console.press("x").type_in("a").press("ctrl-d");
    console.type_in("not seen yet").press("ctrl-d");
    let timeline = console.desk().timeline(number).unwrap();
    let with = timeline.into_iter().find_map(|entry| match entry.event {
        Event::Contacted(contact) => contact.contact,
        _ => None,
    });
    assert_eq!(with.map(|who| who.name).as_deref(), Some("Bo Lee"));
}

#[test]
fn a_key_pressed_by_mistake_is_no_call() {
    let (mut console, number) = desk_with_incident();
    console.press("V esc");
    assert!(console.model.call.is_none());
    console.press("V f2");
    assert!(console.model.call.is_none() && console.model.held.calls.is_empty());
    // Also when the timer runs already.
    console.press("f1 V enter").wait(5);
    console.press("x").type_in("b").press("enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("nobody was rung up: nothing is recorded"),
        "{shown}"
    );
    assert!(console.model.call.is_none());
    assert_eq!(contacts(&console, number), []);
    assert_eq!(incident(&console, number).call_seconds, 0);
}

#[test]
fn who_was_not_reached_is_called_again_when_the_agent_says() {
    let (mut console, number) = desk_with_incident();
    console.press("V enter").wait(20).press("x").type_in("n");
    console.press("enter enter").type_in("+2h").press("ctrl-d");
    let after = incident(&console, number);
    let again = after
        .running(ClockKind::Appointment)
        .map(|clock| clock.due_at);
    assert_eq!(again, Some(at("2026-11-23T18:00:20Z")));
    // It stands at the instant that was arranged, and only there.
    console.press("f2");
    let shown = picture(&mut console);
    assert!(shown.contains("arranged"), "{shown}");
    assert!(!shown.contains("call back"), "{shown}");
}
