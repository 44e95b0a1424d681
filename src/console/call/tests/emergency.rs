//! Emergencies: the gate before them, and the PIN that nobody sees.

use super::*;
use crate::incident::{Command, NewEntitlement, Pin};
use crate::policy::EntitlementKind;

const PIN: &str = "271828";

/// A customer in the United Kingdom with a PIN, and an emergency contract if they have one.
fn desk(contract: bool) -> Console {
    let mut shop = Shop::new(&["escalation"]);
    let customer = blue_fern(&mut shop, Some("uk"));
    let pin = Command::SetPin(customer, Some(Pin::new(PIN).unwrap()));
    shop.run("mira", EARLIER, &pin);
    if contract {
        let contract = Command::AddEntitlement(NewEntitlement {
            customer,
            kind: EntitlementKind::Emergency,
            from: None,
            to: None,
            count: None,
            seconds: None,
            method: None,
            reference: None,
            price: None,
        });
        shop.run("mira", EARLIER, &contract);
    }
    shop.open(NOW, London, SIZES[0])
}

/// As far as the question for the calls that were tried.
fn asked(console: &mut Console) {
    console.press("c").type_in("blue").press("enter n");
    console.type_in("No lines").press("enter");
    console.type_in("Nobody can ring").press("enter y enter");
}

#[test]
fn p4_06_the_regions_number_and_option_2_are_said_while_it_is_asked() {
    let mut console = desk(true);
    asked(&mut console);
    console.press("shift-tab");
    let shown = picture(&mut console);
    assert!(
        shown.contains("+44 20 7946 0142: Ring the emergency number"),
        "{shown}"
    );
    assert!(shown.contains("choose option 2"), "{shown}");
    assert!(
        shown.contains("Emergencies by chat are taken without that"),
        "{shown}"
    );
}

#[test]
fn p4_06_and_07_an_emergency_passes_the_gate() {
    let mut console = desk(true);
    asked(&mut console);
    console
        .type_in("40")
        .press("enter")
        .type_in("25")
        .press("enter");
    console.type_in(PIN);
    let shown = picture(&mut console);
    assert!(shown.contains("••••••") && !shown.contains(PIN), "{shown}");
    assert!(
        shown.contains("Taken as an emergency, if the PIN is right."),
        "{shown}"
    );
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("taken as an emergency"), "{shown}");
    assert!(incident(&console, first()).emergency);
}

#[test]
fn p4_06_and_07_what_is_refused_is_said_before_and_kept_with_its_reason() {
    let mut console = desk(false);
    asked(&mut console);
    console
        .type_in("40")
        .press("enter")
        .type_in("5")
        .press("enter");
    console.type_in("314159");
    let shown = picture(&mut console);
    assert!(
        shown.contains("Stays an ordinary incident: there is no emergency contract; 5 of 40 calls"),
        "{shown}"
    );
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("an ordinary incident, no emergency"),
        "{shown}"
    );
    assert!(shown.contains("emergencies are taken by chat without that: offer it"));
    let refused = incident(&console, first()).emergency_refused.unwrap();
    assert!(refused.contains("the PIN was wrong"), "{refused}");

    // Asked for again by its key, and by chat without the gate.
    console.press("!").press("shift-tab").type_in("chat");
    let shown = picture(&mut console);
    assert!(!shown.contains("Calls tried"), "{shown}");
    console.press("ctrl-d");
    assert!(incident(&console, first()).emergency);
    console.press("!");
    let shown = picture(&mut console);
    assert!(shown.contains("10001-4 is an emergency already"), "{shown}");
}

#[test]
fn a_pin_is_lost_with_its_form_and_never_kept() {
    let mut console = desk(true);
    asked(&mut console);
    console.press("tab tab").type_in(PIN).press("esc n");
    let call = console.model.call.as_ref().unwrap();
    let (_, form) = call.issue.as_ref().unwrap();
    assert!(form.to_draft().values().all(|kept| !kept.contains(PIN)));
}

#[test]
fn what_is_no_number_of_calls_and_no_pin_is_said_at_the_field() {
    let mut console = desk(true);
    asked(&mut console);
    console.type_in("many").press("enter").press("enter");
    console.type_in("12").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("\"many\" is no number of calls."), "{shown}");
    assert!(
        shown.contains("that is no PIN: it has 6 to 32 digits"),
        "{shown}"
    );
}

#[test]
fn p4_06_more_failed_than_tried_is_refused_at_its_field_while_it_is_typed() {
    let mut console = desk(true);
    asked(&mut console);
    console.type_in("4").press("enter").type_in("5");
    let shown = picture(&mut console);
    assert!(
        shown.contains("✗ of the calls that were tried, at most all failed"),
        "{shown}"
    );
    console.press("backspace").type_in("4");
    assert!(!picture(&mut console).contains("at most all failed"));
}
