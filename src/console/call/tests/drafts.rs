//! What is typed in without a call, and how it is let go.

use super::*;

/// A new incident that is typed in without a call, beneath the queue.
fn begun() -> Console {
    let (mut console, _) = desk_with_incident();
    console.press("n").type_in("blue").press("enter n");
    console.type_in("m").press("enter").type_in("A letter");
    console.press("f1");
    console
}

#[test]
fn x_without_a_call_drops_what_is_not_saved_once_it_was_asked() {
    let mut console = begun();
    let shown = picture(&mut console);
    assert!(shown.contains("x drop"), "{shown}");
    assert!(!shown.contains("H take back"), "{shown}");
    console.press("x");
    let shown = picture(&mut console);
    assert!(
        shown.contains("what was typed for Blue Fern is not saved: Ctrl-X once more drops it"),
        "{shown}"
    );
    assert!(shown.contains("A letter"), "{shown}");
    console.press("ctrl-x");
    assert!(console.model.call.is_none() && console.model.held.calls.is_empty());
    assert!(console.model.layers.is_empty());
}

#[test]
fn x_drops_what_waits_too_and_no_caller() {
    let mut console = begun();
    // A caller came between, and has rung off.
    console.press("c ctrl-x").type_in("w").press("ctrl-d");
    assert_eq!(console.model.held.calls.len(), 1);
    console.press("x");
    assert!(picture(&mut console).contains("Ctrl-X once more drops it"));
    console.press("ctrl-x");
    assert!(console.model.call.is_none() && console.model.held.calls.is_empty());
    console.press("c ctrl-t x");
    let shown = picture(&mut console);
    assert!(
        shown.contains("the call is on hold: take it back with H first"),
        "{shown}"
    );
    assert_eq!(console.model.held.calls.len(), 1);
}
