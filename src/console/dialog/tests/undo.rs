//! The own last step is taken back.

use super::{Desk, NOW, OTHER, incident, message, screen};
use crate::incident::{ClockKind, NoteKind, State, Step};

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
fn a_merge_is_taken_back_from_either_side() {
    for from_the_whole in [true, false] {
        let mut desk = Desk::workable("severity");
        let mut log = crate::incident::Log::new(desk.customer, "Twice");
        log.severity = Some("critical".to_owned());
        let part = desk.shop.log(super::ME, NOW, log);
        let mut console = desk.open();
        console.press("esc").type_in("100023").press("enter M");
        // A number is taken as it is typed, without its dash too.
        console.type_in("100014").press("ctrl-d");
        let merged = |console: &crate::console::testing::Console| {
            let (incident, _) = console.desk().incident(part, NOW.parse().unwrap()).unwrap();
            incident.state == State::Merged
        };
        assert!(merged(&console));
        if !from_the_whole {
            console.press("esc").type_in("100023").press("enter");
        }
        console.press("u");
        assert!(screen(&mut console).contains("Takes back: "));
        console.press("enter");
        assert!(!merged(&console));
    }
}

#[test]
fn logging_taken_back_leaves_the_incident_void() {
    let mut console = Desk::logged("severity").open();
    console.press("u enter");
    assert_eq!(incident(&console).state, State::Void);
    assert!(screen(&mut console).contains("void"));
}

#[test]
fn what_was_recorded_with_it_and_stays_is_counted() {
    let note = |text: &str| Step::Note {
        kind: NoteKind::Next,
        text: text.to_owned(),
    };
    let mut console = Desk::logged("severity")
        .with(note("Ring them"))
        .with(note("Send the page"))
        .open();
    console.press("u");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Takes back: Next step: Send the page."),
        "{shown}"
    );
    assert!(
        shown.contains("2 more steps of yours were recorded with it"),
        "{shown}"
    );
    console.press("enter u");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Takes back: Next step: Ring them."),
        "{shown}"
    );
    assert!(
        shown.contains("1 more step of yours was recorded with it"),
        "{shown}"
    );
}
