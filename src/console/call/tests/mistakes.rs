//! What goes wrong on a call and is put right on it: a card's number in a note, an incident taken by mistake, time charged
//! unseen.

use super::*;
use crate::incident::{Command, NewEntitlement};
use crate::policy::EntitlementKind;

const CARD: &str = "4111 1111 1111 1111";

#[test]
fn a_note_with_a_cards_number_stays_in_its_line_and_the_call_can_end() {
    let (mut console, number) = desk_with_incident();
    console.press("c").type_in("10001-4").press("enter ctrl-n");
    console.type_in("says ").type_in(CARD).press("enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("✗ the note holds the number of a payment card"),
        "{shown}"
    );
    assert!(shown.contains("▶ Note"), "{shown}");
    assert!(shown.contains(CARD), "{shown}");
    assert!(!shown.contains("note kept"), "{shown}");
    console.press("ctrl-u").type_in("says no").press("enter");
    console.press("x ctrl-d");
    assert!(console.model.call.is_none());
    let timeline = console.desk().timeline(number).unwrap();
    let noted = |text: &str| {
        timeline
            .iter()
            .any(|entry| matches!(&entry.event, Event::Noted { text: noted, .. } if noted == text))
    };
    assert!(noted("says no"));
}

#[test]
fn a_cards_number_is_refused_before_the_caller_is_known() {
    let mut console = desk("severity");
    console.press("c ctrl-n").type_in(CARD).press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("✗ the note holds"), "{shown}");
    console.press("ctrl-u enter").type_in(CARD).press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("✗ the caller holds"), "{shown}");
    // What no field of the wrap-up holds is masked, so that hanging up is never refused for it.
    console.press("ctrl-x").type_in("w").press("ctrl-d");
    assert!(console.model.call.is_none(), "{}", picture(&mut console));
}

/// Two customers with an incident each, under a policy that charges time; the first has half an hour of it.
fn charging() -> Console {
    let mut shop = Shop::new(&["tech-reference"]);
    let fern = blue_fern(&mut shop, None);
    let crane = shop.customer(NewCustomer {
        name: "Paper Crane".to_owned(),
        ..NewCustomer::default()
    });
    for customer in [fern, crane] {
        let new = NewEntitlement {
            customer,
            kind: EntitlementKind::Hours,
            from: None,
            to: None,
            count: None,
            seconds: Some(1_800),
            method: None,
            reference: None,
            price: None,
        };
        shop.run("mira", EARLIER, &Command::AddEntitlement(new));
        let log = Log {
            severity: None,
            ..Log::new(customer, "Exports stop at midnight")
        };
        shop.log("mira", EARLIER, log);
    }
    shop.open(NOW, London, SIZES[0])
}

fn stands(console: &Console, number: TechRef) -> usize {
    let timeline = console.desk().timeline(number).unwrap();
    let contact = |entry: &&crate::incident::Recorded| matches!(entry.event, Event::Contacted(_));
    crate::incident::standing(&timeline).filter(contact).count()
}

#[test]
fn an_incident_taken_by_mistake_is_struck_while_hanging_up() {
    let mut console = charging();
    let second = TechRef::new(10_002);
    console.press("c").type_in("10001-4").press("enter").wait(3);
    console
        .press("esc esc ctrl-u")
        .type_in("10002-3")
        .press("enter");
    console.wait(60).press("x");
    let shown = picture(&mut console);
    assert!(
        shown.contains("10001-4 Blue Fern, 0:03: 15 min of prepaid hours, 15 min left"),
        "{shown}"
    );
    assert!(
        shown.contains("10002-3 Paper Crane, 1:00: 15 min of prepaid hours, 15 min left"),
        "{shown}"
    );
    // Back to the first of the two questions whether they stay.
    console.press("shift-tab shift-tab").type_in("n");
    let shown = picture(&mut console);
    assert!(!shown.contains("10001-4 Blue Fern"), "{shown}");
    assert!(shown.contains("10002-3 Paper Crane, 1:03"), "{shown}");
    console.press("ctrl-d ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("recorded on 10002-3 (15 min of prepaid hours, 15 min left)"),
        "{shown}"
    );
    let (first, second) = (incident(&console, first()), incident(&console, second));
    assert_eq!((first.call_seconds, second.call_seconds), (0, 63));
    assert_eq!(stands(&console, first.tech_ref), 0);
    assert_eq!(first.number_given_at, None);
    let owned = console.desk().entitlements(first.customer).unwrap();
    assert_eq!(owned[0].taken, 0);
}

#[test]
fn at_least_one_incident_stays_and_u_takes_the_only_one_off_the_call() {
    let mut console = charging();
    console.press("c").type_in("10001-4").press("enter");
    console
        .press("esc esc ctrl-u")
        .type_in("10002-3")
        .press("enter x");
    console.press("shift-tab").type_in("n").press("shift-tab");
    console.type_in("n").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("One must stay"), "{shown}");

    let mut console = charging();
    console.press("c").type_in("10001-4").press("enter");
    let shown = picture(&mut console);
    // Who names the number has it: that is taken back before.
    assert!(shown.contains("u not given"), "{shown}");
    console.press("u enter");
    let shown = picture(&mut console);
    assert!(shown.contains("u wrong one"), "{shown}");
    console.press("u enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("10001-4 is no part of this call any more"),
        "{shown}"
    );
    assert_eq!(stands(&console, first()), 0);
    console.press("x").type_in("w").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("recorded without an incident"), "{shown}");
    assert_eq!(incident(&console, first()).call_seconds, 0);
}

#[test]
fn what_a_call_costs_is_told_before_it_is_recorded_and_after() {
    let mut console = charging();
    console.press("c").type_in("10001-4").press("enter");
    console.wait(20 * 60).press("x");
    let shown = picture(&mut console);
    assert!(
        shown.contains("on 10001-4 Blue Fern, 20:00: 30 min of prepaid hours,\nnone left."),
        "{shown}"
    );
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Once more Ctrl-D does it."), "{shown}");
    assert!(console.model.call.is_some());
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("recorded on 10001-4 (30 min of prepaid hours, none left)"),
        "{shown}"
    );
    // What is told is what was charged: the next call owes.
    console
        .press("c")
        .type_in("10001-4")
        .press("enter")
        .wait(60)
        .press("x");
    let shown = picture(&mut console);
    assert!(shown.contains("10001-4 Blue Fern, 1:00: "), "{shown}");
    assert!(shown.contains("USD owed"), "{shown}");
}

#[test]
fn a_letter_that_answers_no_question_is_no_note() {
    let (mut console, _) = desk_with_incident();
    console.press("c").type_in("10001-4").press("enter x tab");
    while console
        .model
        .form()
        .map(crate::console::forms::Form::focused)
        != Some("text")
    {
        console.press("tab");
    }
    console.type_in("n").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("\"n\" answers no question here"), "{shown}");
    console.press("backspace ctrl-d");
    assert!(console.model.call.is_none());
}

#[test]
fn the_key_that_closes_a_text_over_a_form_is_typed() {
    let mut console = desk("season-ticket");
    console.press("c").type_in("blue").press("enter n pgdn");
    assert!(picture(&mut console).contains("any other key back"));
    console.type_in("glue printer").press("ctrl-d");
    assert_eq!(incident(&console, first()).summary, "glue printer");
}

#[test]
fn what_was_said_before_does_not_hide_the_line_of_a_note() {
    let mut console = desk("per-incident");
    console.press("c").type_in("blue").press("enter n");
    console.type_in("No sound").press("ctrl-d ctrl-d");
    assert!(console.model.message.is_some());
    console.press("m");
    assert!(picture(&mut console).contains("▶ Note"));
    console.type_in("tried another").press("enter");
    assert!(picture(&mut console).contains("the note is kept"));
}
