//! What is beside the call: keys that must not reach what lies beneath, and calls that wait.

use super::*;
use crate::console::model::Layer;
use crate::console::screens::screen::Screen;
use crate::incident::Step;

#[test]
fn a_caller_who_gives_another_name_becomes_the_customer_of_the_call() {
    let mut console = desk("per-incident");
    console.press("c").type_in("blue").press("enter esc ctrl-u");
    console.type_in("Red Oak").press("enter ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Red Oak · C-0002"), "{shown}");
    console.press("n").type_in("No sound").press("ctrl-d");
    let dossier = console.desk().dossier(first(), at(NOW)).unwrap();
    assert_eq!(dossier.customer.name, "Red Oak");
    let customers = console.desk().find_customers("Red Oak", 9).unwrap();
    assert_eq!(customers.len(), 1);
}

#[rstest]
#[case("right")]
#[case("left")]
#[case("j")]
#[case("space")]
#[case("F")]
#[case("pgup")]
#[case("G")]
#[case("/")]
fn no_key_reaches_the_queue_through_the_call(#[case] key: &str) {
    let (mut console, _) = desk_with_incident();
    console.press("c").type_in("blue").press("enter enter");
    let before = (console.model.queue.view, console.model.queue.frozen);
    console.press(key);
    assert!(matches!(console.model.layers.last(), Some(Layer::Call)));
    let after = (console.model.queue.view, console.model.queue.frozen);
    assert_eq!(before, after);
    assert!(console.model.queue.marked.is_empty());
    assert!(picture(&mut console).contains("Esc"));
}

#[rstest]
#[case("+")]
#[case("-")]
fn no_key_reaches_the_customers_through_the_call(#[case] key: &str) {
    let mut console = desk("per-incident");
    console.press("f3 c").type_in("blue").press("enter");
    console.press(key);
    assert!(matches!(console.model.layers.last(), Some(Layer::Call)));
    assert_eq!(console.model.screen, Screen::Customers);
}

#[test]
fn on_the_card_keys_mean_the_incident_that_is_marked() {
    let (mut console, number) = desk_with_incident();
    console.press("c").type_in("blue").press("enter A");
    assert_eq!(incident(&console, number).assignee.as_deref(), Some("mira"));
    console.press("r");
    let shown = picture(&mut console);
    assert!(
        shown.contains(&format!("Respond {number}")) || shown.contains("Response"),
        "{shown}"
    );
}

#[test]
fn who_is_on_hold_comes_before_what_is_typed_in_without_a_call() {
    let (mut console, _) = desk_with_incident();
    console.press("n").type_in("blue").press("enter n");
    console.type_in("m").press("enter").type_in("A letter");
    console
        .press("esc esc esc c")
        .type_in("blue")
        .press("enter");
    console.press("H").wait(5).press("H");
    let shown = picture(&mut console);
    let at = |words: &str| shown.find(words).unwrap_or(usize::MAX);
    assert!(
        at("on hold 0:05, call") < at("no call, not saved"),
        "{shown}"
    );
    console.press("H");
    assert!(
        console
            .model
            .call
            .as_ref()
            .is_some_and(super::super::Call::is_live)
    );
}

#[test]
fn what_is_typed_in_without_a_call_is_dropped_by_a_key_that_is_pressed_twice() {
    let (mut console, _) = desk_with_incident();
    console.press("n").type_in("blue").press("enter n");
    console.type_in("m").press("enter").type_in("A letter");
    assert!(picture(&mut console).contains("Ctrl-X drop"));
    console.press("f1 n ctrl-x");
    let shown = picture(&mut console);
    assert!(shown.contains("Ctrl-X once more drops it"), "{shown}");
    assert!(console.model.call.is_some());
    console.press("ctrl-x");
    assert!(console.model.call.is_none());
    assert!(console.model.layers.is_empty());
    console.press("q");
    assert!(!picture(&mut console).contains("not saved"));
}

#[test]
fn what_was_saved_without_a_call_is_not_said_to_be_unsaved() {
    let (mut console, _) = desk_with_incident();
    console.press("n").type_in("blue").press("enter n");
    console.type_in("m").press("enter").type_in("A letter");
    console.press("enter").type_in("h").press("ctrl-d f1");
    let shown = picture(&mut console);
    assert!(shown.contains("10002-3 logged: Blue Fern"), "{shown}");
    assert!(!shown.contains("not saved"), "{shown}");
    console.press("c ctrl-t");
    assert!(console.model.call.is_none());
    assert_eq!(console.model.held.calls.len(), 1, "only the caller waits");
}

#[test]
fn a_wrap_up_that_is_left_open_does_not_keep_the_next_caller_waiting() {
    let (mut console, number) = desk_with_incident();
    console
        .press("c")
        .type_in("blue")
        .press("enter enter")
        .wait(60);
    console.press("x").wait(5).press("ctrl-t");
    let shown = picture(&mut console);
    assert!(shown.contains("a wrap-up waits"), "{shown}");
    console.press("c").wait(30);
    let shown = picture(&mut console);
    assert!(shown.contains("call 0:30"), "{shown}");
    console.press("ctrl-x").type_in("w").press("ctrl-d");
    console.press("H");
    let shown = picture(&mut console);
    assert!(shown.contains("hanging up"), "{shown}");
    assert!(
        shown.contains("call 1:00"),
        "its time has stood still: {shown}"
    );
    // The same from the queue, where it was left by a key of the screens.
    console.press("f1 c");
    assert!(picture(&mut console).contains("the wrap-up of Blue Fern waits"));
    console.press("ctrl-x").type_in("w").press("ctrl-d H");
    console
        .type_in("n")
        .press("enter")
        .type_in("n")
        .press("ctrl-d");
    assert!(console.model.call.is_none(), "{}", picture(&mut console));
    let timeline = console.desk().dossier(number, console.model.now).unwrap();
    let ended = timeline
        .timeline
        .iter()
        .find_map(|entry| match entry.event {
            Event::CallEnded { seconds, held, .. } => Some((seconds, held)),
            _ => None,
        });
    assert_eq!(ended, Some((60, 0)));
}

#[test]
fn p2_06_an_estimate_that_was_promised_before_stands() {
    let (mut console, number) = desk_with_incident();
    console.press("c").type_in("blue").press("enter enter");
    let by = console.model.now + chrono::TimeDelta::hours(5);
    console.meanwhile("mira", number, Step::Estimate(by));
    console.press("x").type_in("y").press("enter").type_in("y");
    let shown = picture(&mut console);
    assert!(!shown.contains("stimate"), "{shown}");
    console.press("ctrl-d");
    assert!(console.model.call.is_none(), "{}", picture(&mut console));
    assert!(incident(&console, number).first_response_at.is_some());
}

#[test]
fn after_the_call_its_incident_is_selected() {
    let (mut console, number) = desk_with_incident();
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("No sound")
        .press("enter")
        .type_in("l")
        .press("ctrl-d K");
    assert_eq!(console.model.queue.selected().unwrap().number, number);
    console.press("x").type_in("n").press("ctrl-d");
    let selected = console.model.queue.selected().unwrap().number;
    assert_eq!(selected, TechRef::new(10_002));
    // Also where it is none of the view's.
    console.press("c").type_in("10001-4").press("enter x");
    console.type_in("n").press("ctrl-d");
    assert_eq!(console.model.queue.selected().unwrap().number, number);
}

#[test]
fn the_wrap_up_that_asks_for_the_number_shows_it_large() {
    let (mut console, _) = desk_with_incident();
    console.press("c").type_in("blue").press("enter enter x");
    let shown = picture(&mut console);
    assert!(shown.contains("Number given?"), "{shown}");
    assert!(
        shown.contains("10001-4, say: one zero zero zero one"),
        "{shown}"
    );
    assert!(shown.contains("███"), "{shown}");
    console.press("esc K x");
    let shown = picture(&mut console);
    assert!(!shown.contains("say: one zero"), "{shown}");
}

#[test]
fn a_number_without_its_last_digit_is_offered_outside_a_call_too() {
    let (mut console, number) = desk_with_incident();
    console.type_in("10001").press("enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("Is it 10001-4, Blue Fern: Exports stop at midnight?"),
        "{shown}"
    );
    console.press("enter");
    assert_eq!(console.model.number(), Some(number));
    assert!(matches!(
        console.model.layers.last(),
        Some(Layer::Incident(_))
    ));
    let shown = picture(&mut console);
    assert!(!shown.contains("Is it 10001-4"), "{shown}");
    console.press("esc").type_in("10001").press("enter esc");
    let shown = picture(&mut console);
    assert!(!shown.contains("Is it 10001-4"), "{shown}");
    console.type_in("99").press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("✗"), "{shown}");
}

#[test]
fn a_note_can_be_begun_while_something_is_typed_and_is_said_to_be_kept() {
    let (mut console, number) = desk_with_incident();
    console
        .press("c ctrl-n")
        .type_in("sounds upset")
        .press("enter");
    assert!(picture(&mut console).contains("note kept: sounds upset"));
    console.type_in("blue").press("enter enter");
    let shown = picture(&mut console);
    assert!(shown.contains("10001-4: the note is kept"), "{shown}");
    let timeline = console.desk().dossier(number, at(NOW)).unwrap().timeline;
    let noted = |entry: &crate::incident::Recorded| matches!(entry.event, Event::Noted { .. });
    assert!(timeline.iter().any(noted));
    // What was said there is not said at the next stage.
    console.press("x");
    assert!(!picture(&mut console).contains("the note is kept"));
}

#[test]
fn the_call_shows_what_was_promised() {
    let (mut console, number) = desk_with_incident();
    let by = console.model.now + chrono::TimeDelta::hours(5);
    console.meanwhile("mira", number, Step::Estimate(by));
    console.press("c").type_in("blue").press("enter enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("estimate clock") || shown.contains("Estimate"),
        "{shown}"
    );
}

#[test]
fn what_the_policy_says_can_be_read_in_full() {
    let mut console = desk("season-ticket");
    console.press("c").type_in("blue").press("enter n");
    let shown = picture(&mut console);
    assert!(shown.contains("PgDn shows all of it"), "{shown}");
    console.press("pgdn");
    let shown = picture(&mut console);
    assert!(shown.contains("Covered:"), "{shown}");
    console.press("q");
    assert!(picture(&mut console).contains("Summary"));
}

#[test]
fn keys_of_calls_are_called_what_they_do_now() {
    let (mut console, _) = desk_with_incident();
    console.press("c").type_in("blue").press("enter");
    assert!(picture(&mut console).contains("T hand over"));
    console.press("f1");
    assert!(picture(&mut console).contains("H hold"));
    console.press("H");
    let shown = picture(&mut console);
    assert!(
        shown.contains("H take back") && !shown.contains("H hold"),
        "{shown}"
    );
}
