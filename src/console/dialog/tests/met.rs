//! Two agents on one incident: what the other one changed is not overwritten by one key.

use super::{Desk, OTHER, incident, number, screen};
use crate::incident::Step;

fn agreed(severity: &str) -> Step {
    Step::Severity {
        severity: severity.to_owned(),
        agreed_with: "Ada Crumb".to_owned(),
    }
}

fn severity(console: &crate::console::testing::Console) -> Option<&str> {
    incident(console).severity.agreed.as_deref()
}

#[test]
fn a_field_that_somebody_else_changed_says_what_it_is_now_and_wants_to_be_sure() {
    let mut console = Desk::workable("severity").open();
    console.press("v").type_in("h");
    console.meanwhile(OTHER, number(), agreed("low"));
    let shown = screen(&mut console);
    assert!(shown.contains("changed meanwhile, now: low"), "{shown}");
    console.press("ctrl-d");
    assert_eq!(severity(&console), Some("low"));
    assert!(screen(&mut console).contains("Once more Ctrl-D does it."));
    console.press("ctrl-d");
    assert_eq!(severity(&console), Some("high"));
}

#[test]
fn a_field_that_nobody_filled_in_follows_and_asks_nothing() {
    let mut console = Desk::workable("severity").open();
    console
        .press("v")
        .take_to("with")
        .press("ctrl-u")
        .type_in("Ben Crumb");
    console.meanwhile(OTHER, number(), agreed("low"));
    let shown = screen(&mut console);
    assert!(!shown.contains("now: low"), "{shown}");
    console.press("ctrl-d");
    assert_eq!(severity(&console), Some("low"));
    let agreed = incident(&console).severity.agreed_with.as_deref();
    assert_eq!(agreed, Some("Ben Crumb"));
}

#[test]
fn why_the_work_goes_on_is_asked_on_one_line() {
    let mut desk = Desk::workable("severity");
    let question = Step::Wait {
        text: "Which version?".to_owned(),
    };
    desk = desk.with(question);
    let mut console = desk.open();
    console.press("w");
    assert_eq!(incident(&console).state, crate::incident::State::Waiting);
    console.type_in("found in their logs").press("enter");
    assert_eq!(incident(&console).state, crate::incident::State::Open);
    let shown = screen(&mut console);
    assert!(
        shown.contains("Work goes on: found in their logs"),
        "{shown}"
    );
}
