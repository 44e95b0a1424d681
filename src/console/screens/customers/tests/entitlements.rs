//! What a customer bought, by keys.

use chrono_tz::Europe::London;

use super::{NOW, SMALL, picture};
use crate::console::testing::{Console, Shop};
use crate::incident::{CustomerId, Log, NewCustomer};

/// Inside a customer of the season ticket's policy.
fn inside() -> Console {
    let mut shop = Shop::new(&["season-ticket"]);
    shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let mut console = shop.open(NOW, London, SMALL);
    console.press("f3 enter");
    console
}

#[test]
fn a_ticket_is_added_with_what_it_costs_said_before() {
    let mut console = inside();
    assert!(picture(&mut console).contains("+ adds what it bought"));
    // Of several kinds none is taken by itself; a whole one at its price is, once it is said by what it was paid.
    console.press("+ ctrl-d ctrl-d");
    let form = picture(&mut console);
    assert!(form.contains("What: pick one of these."), "{form}");
    console.type_in("pack").press("ctrl-d");
    let form = picture(&mut console);
    assert!(form.contains("What Blue Fern bought"), "{form}");
    assert!(form.contains("Paid by: pick one of these."), "{form}");
    assert!(!form.contains("Was paid"), "{form}");
    console.type_in("cash");
    let adds = "Adds: Season ticket: 10 of 10 left, for 450.00 GBP by cash";
    let form = picture(&mut console);
    assert!(form.contains(adds), "{form}");
    // A part of one has the price that was paid, and that is said at its field.
    console.press("shift-tab shift-tab shift-tab");
    console.type_in("4").press("ctrl-d");
    let form = picture(&mut console);
    let said = "names no price for 4 of a pack: give what was paid for it";
    let flat = form.replace("│\n│", "");
    let words: Vec<&str> = flat.split_whitespace().collect();
    assert_eq!(words.join(" ").matches(said).count(), 1, "{form}");
    assert!(form.contains("▶ Was paid"), "{form}");
    console.type_in("180.00");
    let form = picture(&mut console);
    assert!(
        form.contains("4 of 4 left, for 180.00 GBP by cash"),
        "{form}"
    );
    console
        .press("shift-tab shift-tab shift-tab ctrl-u")
        .type_in("10");
    let form = picture(&mut console);
    assert!(form.contains(adds), "{form}");
    console.press("ctrl-d");
    assert!(picture(&mut console).contains("Once more Ctrl-D does it."));
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("it is added"), "{shown}");
    assert!(shown.contains("Season ticket: 10 of 10 left"), "{shown}");
    assert!(shown.contains("- ends an entitlement"), "{shown}");
}

#[test]
fn u_after_it_says_that_it_is_no_step_of_an_incident() {
    let mut shop = Shop::new(&["season-ticket"]);
    let fern = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    shop.log("mira", NOW, Log::new(fern, "No sound"));
    let mut console = shop.open(NOW, London, SMALL);
    console.press("f3 enter +").type_in("pack").press("ctrl-d");
    console.type_in("cash").press("ctrl-d ctrl-d u");
    let shown = picture(&mut console);
    assert!(shown.contains("no step of an incident"), "{shown}");
    assert!(console.model.layers.is_empty());
}

#[test]
fn a_contract_without_an_end_is_asked_for_by_name() {
    let mut shop = Shop::new(&["tech-reference"]);
    shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let mut console = shop.open(NOW, London, SMALL);
    console
        .press("f3 enter +")
        .type_in("contract")
        .press("ctrl-d");
    let form = picture(&mut console);
    assert!(form.contains("Last day is needed."), "{form}");
    console.type_in("31.12.");
    let form = picture(&mut console);
    assert!(form.contains("Thu 31 Dec 2026"), "{form}");
    console.press("ctrl-u").type_in("30.2.").press("tab");
    let form = picture(&mut console);
    assert!(form.contains("there is no 30.2."), "{form}");
    console
        .press("shift-tab ctrl-u")
        .type_in("never")
        .press("ctrl-d");
    let form = picture(&mut console);
    assert!(form.contains("Adds: Contract without end"), "{form}");
    assert!(
        console
            .desk()
            .entitlements(CustomerId(1))
            .unwrap()
            .is_empty()
    );
    console.press("ctrl-d");
    assert_eq!(console.desk().entitlements(CustomerId(1)).unwrap().len(), 1);
}

#[test]
fn what_is_mistyped_is_said_at_its_field() {
    let mut console = inside();
    console.press("+ tab").type_in("soon").press("tab");
    let form = picture(&mut console);
    assert!(form.contains("\"soon\" is no day"), "{form}");
    console.press("ctrl-d");
    assert!(picture(&mut console).contains("What Blue Fern bought"));
}

#[test]
fn one_ends_with_a_reason_and_pays_for_nothing_any_more() {
    let mut console = inside();
    assert!(console.press("-").model.layers.is_empty());
    assert!(
        picture(&mut console).contains("nothing that lasts"),
        "the reason"
    );
    console.press("+").type_in("pack").press("ctrl-d");
    console.type_in("cash").press("ctrl-d ctrl-d -");
    let form = picture(&mut console);
    assert!(form.contains("What Blue Fern has ends"), "{form}");
    // What is typed takes the place of the day that is filled in.
    console
        .press("tab")
        .type_in("2026-11-23")
        .press("tab")
        .type_in("Cancelled");
    console.press("ctrl-d");
    let form = picture(&mut console);
    let said = "Ends: Season ticket: 10 of 10 left, with Mon 23 Nov 2026.";
    assert!(form.contains(said), "{form}");
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("it ends then"), "{shown}");
    assert!(
        shown.contains("Season ticket: 10 of 10 left until 23 Nov 2026, over"),
        "{shown}"
    );
    assert!(shown.contains("pays: No contract"), "{shown}");
    console.desk().check(None).unwrap();
}

#[test]
fn what_was_sold_by_mistake_is_given_back() {
    let mut console = inside();
    console.press("+").type_in("pack").press("ctrl-d");
    console.type_in("cash").press("ctrl-d ctrl-d -");
    console.press("tab tab").type_in("Sold to another");
    console.press("tab y ctrl-d");
    let form = picture(&mut console);
    let said = "Gives back 450.00 GBP, and ends today: Season ticket: 10 of 10 left.";
    assert!(form.contains(said), "{form}");
    assert!(!form.contains("Last day"), "{form}");
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("pays: No contract"), "{shown}");
    console.desk().check(None).unwrap();
}

#[test]
fn a_policy_that_is_free_sells_nothing() {
    let mut console = super::console();
    console.press("enter +");
    let shown = picture(&mut console);
    assert!(
        shown.contains("policy severity is free of charge"),
        "{shown}"
    );
}

#[test]
fn a_pin_is_set_and_never_shown() {
    let mut console = inside();
    console
        .press("esc C tab tab tab")
        .type_in("123456")
        .press("tab")
        .type_in("123457")
        .press("tab");
    let form = picture(&mut console);
    assert!(form.contains("the two PINs differ"), "{form}");
    assert!(!form.contains("12345"), "{form}");
    console
        .press("shift-tab backspace")
        .type_in("6")
        .press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("the customer is changed"), "{shown}");
    let desk = console.desk();
    let customer = desk.customer_named("Blue Fern").unwrap();
    assert!(desk.has_pin(customer.id).unwrap());
}

#[test]
fn the_only_kind_that_is_sold_is_filled_in_and_free_of_what_the_price_list_says() {
    let mut shop = Shop::new(&["per-incident"]);
    shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let mut console = shop.open(NOW, London, SMALL);
    console.press("f3 enter +");
    let form = picture(&mut console);
    let adds = "for 139.00 USD by online";
    assert!(form.contains(adds), "{form}");
    console.press("tab").type_in("3");
    let form = picture(&mut console);
    assert!(form.contains("for 417.00 USD by online"), "{form}");
    console.press("ctrl-d");
    assert!(picture(&mut console).contains("Once more Ctrl-D does it."));
    let owned = |console: &Console| console.desk().entitlements(CustomerId(1)).unwrap();
    assert!(owned(&console).is_empty());
    console.press("ctrl-d");
    assert_eq!(owned(&console).first().unwrap().granted, 3);
}
