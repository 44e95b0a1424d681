//! Which incident is meant once a call has turned to one, or has ended.

use super::*;
use crate::console::screens::screen::Screen;
use crate::incident::State;

/// A call on which a new incident was logged, of a customer who has an older one.
fn logged_another() -> (Console, TechRef, TechRef) {
    let (mut console, older) = desk_with_incident();
    console.press("c").type_in("blue").press("enter n");
    console.type_in("No sound").press("enter").type_in("l");
    console.press("ctrl-d");
    (console, older, TechRef::new(10_002))
}

#[test]
fn the_card_and_the_customers_stand_on_the_incident_of_the_call() {
    let (mut console, _, new) = logged_another();
    console.press("esc");
    assert_eq!(console.model.number(), Some(new));
    console.press("f3");
    assert_eq!(console.model.screen, Screen::Customers);
    assert_eq!(console.model.number(), Some(new));
    // Also from the incident itself, and where it is the only one.
    console.press("c enter f3");
    assert_eq!(console.model.number(), Some(new));
    let mut console = desk("per-incident");
    console.press("c").type_in("blue").press("enter n");
    console.type_in("No sound").press("ctrl-d esc");
    assert_eq!(console.model.number(), Some(first()));
}

#[test]
fn after_a_call_u_takes_back_its_step_and_none_of_what_shows() {
    let (mut console, older) = desk_with_incident();
    console.type_in("100014").press("enter m");
    console.type_in("A note of mine").press("enter").wait(60);
    console.press("c").type_in("blue").press("enter n");
    console.type_in("No sound").press("enter").type_in("l");
    console.press("ctrl-d K").wait(60).press("x ctrl-d");
    // The screen of the other one is there again.
    assert_eq!(console.model.number(), Some(older));
    console.press("u");
    let shown = picture(&mut console);
    assert!(shown.contains("Undo 10002-3"), "{shown}");
    assert!(shown.contains("Takes back: The call took"), "{shown}");
    let before = incident(&console, older);
    console.press("enter");
    assert_eq!(incident(&console, TechRef::new(10_002)).call_seconds, 0);
    assert_eq!(incident(&console, older), before);
}

#[test]
fn u_after_a_step_on_another_one_leads_there_once() {
    let (mut console, older, new) = logged_another();
    console.press("K x ctrl-d d").type_in("f").press("ctrl-d");
    assert_eq!(incident(&console, new).state, State::Resolved);
    console.type_in("100014").press("enter u");
    let shown = picture(&mut console);
    assert!(shown.contains("Undo 10002-3"), "{shown}");
    assert!(shown.contains("your last step was on 10002-3"), "{shown}");
    console.press("esc").type_in("100014").press("enter");
    assert_eq!(console.model.number(), Some(older));
    // Left, it means what shows from then on.
    console.press("u");
    let shown = picture(&mut console);
    assert!(!shown.contains("10002-3"), "{shown}");
    assert!(shown.contains("an hour ago, and stays"), "{shown}");
}

#[test]
fn a_call_whose_resolution_is_taken_back_is_one_call() {
    let mut console = desk("per-incident");
    console.press("c").type_in("blue").press("enter n");
    console.type_in("No sound").press("ctrl-d K").wait(60);
    console
        .press("p")
        .type_in("w")
        .press("enter")
        .type_in("A friend");
    console
        .press("ctrl-d ctrl-d d")
        .type_in("solution")
        .press("enter");
    console
        .type_in("A new cable")
        .press("ctrl-d")
        .wait(60)
        .press("x ctrl-d");
    console.type_in("10001-4").press("enter").press("u ctrl-d");
    assert_eq!(incident(&console, first()).state, State::Open);
    console.press("f2");
    let calls = console.desk().shift(at(NOW), 9).unwrap();
    let ended: Vec<i64> = calls
        .iter()
        .map(|call| call.seconds)
        .filter(|s| *s > 0)
        .collect();
    assert_eq!(ended, [120], "{calls:?}");
}
