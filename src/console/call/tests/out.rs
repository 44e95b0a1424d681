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
    let shown = picture(&mut console);
    assert!(shown.contains("ring Ann Reed, +1 555 0100"), "{shown}");
    console.wait(90).press("x").type_in("a").press("enter");
    // Number given, answered, estimate.
    console
        .type_in("y")
        .press("enter")
        .type_in("y")
        .press("enter");
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
    console.press("V").wait(20).press("x").type_in(letter);
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
