//! The other steps by keys alone: who works on it, its severity, notes, its end.

use super::{Desk, ME, NOW, OTHER, form, incident, screen};
use crate::console::testing::at;
use crate::incident::{CloseAs, Event, NoteKind, State};
use crate::policy::EntitlementKind;

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
fn the_severity_form_shows_the_deadline_before_and_after() {
    let mut console = Desk::workable("severity").open();
    console.wait(30 * 3_600);
    console.press("v");
    assert_eq!(form(&console).form.value("severity"), "normal");
    assert_eq!(form(&console).form.value("with"), "Ada Crumb");
    assert!(screen(&mut console).contains("The response stays due Mon 30 Nov 16:45 GMT."));
    console.press("h");
    let shown = screen(&mut console);
    assert!(
        shown.contains("The response moves from Mon 30 Nov 16:45 GMT to Fri 27 Nov 15:00 GMT."),
        "{shown}"
    );
    assert!(!shown.contains("missed"));
    console.press("backspace c");
    let shown = screen(&mut console);
    assert!(
        shown.contains("▲ The response moves from Mon 30 Nov 16:45 GMT to Tue 24 Nov 16:45 GMT:"),
        "{shown}"
    );
    assert!(shown.contains("  missed."), "{shown}");
    console.press("ctrl-d");
    let severity = &incident(&console).severity;
    assert_eq!(severity.agreed.as_deref(), Some("critical"));
    assert_eq!(severity.agreed_with.as_deref(), Some("Ada Crumb"));
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
    assert!(shown.contains("due Mon 21:45 GMT (13:45 PST)"), "{shown}");
    console.press("E");
    let shown = screen(&mut console);
    assert!(shown.contains("Fire drill"), "{shown}");
    console.press("esc G");
    let shown = screen(&mut console);
    assert!(shown.contains("Fire drill"), "on its timeline: {shown}");
}
