//! The customers, driven by keys over a real desk.

use chrono_tz::Europe::London;

use crate::console::look::tests::{plain, rich};
use crate::console::testing::{Console, Shop};
use crate::incident::{Contact, Log, NewCustomer, NoteKind, Step};

mod entitlements;
mod meanwhile;

const NOW: &str = "2026-11-24T18:20:00Z";
const SMALL: (u16, u16) = (80, 24);

/// Two customers; the first has two people, an incident and a note on conduct.
fn shop() -> Shop {
    let mut shop = Shop::new(&["severity", "escalation"]);
    let person = |name: &str, phone: &str| Contact {
        name: name.to_owned(),
        phones: vec![phone.to_owned()],
        ..Contact::default()
    };
    let fern = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        policy: Some("severity".to_owned()),
        contacts: vec![
            person("Ada Moss", "+44 20 7946 0001"),
            person("Kim Lund", "+44 20 7946 0002"),
        ],
        ..NewCustomer::default()
    });
    let log = Log {
        severity: Some("high".to_owned()),
        ..Log::new(fern, "No sound")
    };
    let number = shop.log("mira", "2026-11-24T17:00:00Z", log);
    let note = Step::Note {
        kind: NoteKind::Conduct,
        text: "Shouted at the start, was kind at the end".to_owned(),
    };
    shop.step("jonas", "2026-11-24T17:30:00Z", number, note);
    shop.customer(NewCustomer {
        name: "Grey \u{202e}Heron".to_owned(),
        policy: Some("escalation".to_owned()),
        office: Some("uk".to_owned()),
        ..NewCustomer::default()
    });
    shop
}

fn console() -> Console {
    let mut console = shop().open(NOW, London, SMALL);
    console.press("f3");
    console
}

fn picture(console: &mut Console) -> String {
    console.picture(SMALL, &rich())
}

#[test]
fn all_that_is_known_of_a_customer_is_shown() {
    let mut console = console();
    console.press("enter");
    let shown = picture(&mut console);
    for words in [
        "Blue Fern · C-0001",
        "policy severity",
        "pays: Free of charge",
        "Ada Moss, +44 20 7946 0001",
        "conduct, Tue 17:30 GMT, jonas: Shouted at the start",
        "▶ 10001-4",
    ] {
        assert!(shown.contains(words), "no {words} in\n{shown}");
    }
    // The keys of an incident work on the selected one, and Enter opens it.
    console.press("m");
    assert!(picture(&mut console).contains("Note 10001-4"));
    console.press("esc enter");
    assert!(picture(&mut console).contains("Tuesday 24 November 2026"));
    console.press("esc esc");
    assert!(picture(&mut console).contains("Grey \\u{202e}Heron"));
}

#[test]
fn one_is_found_by_telephone_and_by_name() {
    let mut console = console();
    console.press("/").type_in("020 7946 0002");
    let shown = picture(&mut console);
    assert!(shown.contains("Customers 1"), "{shown}");
    assert!(shown.contains("Kim Lund"), "{shown}");
    // Enter goes into who was found: out of it again, then what was typed is taken away.
    console.press("enter");
    assert!(console.model.customers.is_inside());
    console.press("esc esc");
    assert!(picture(&mut console).contains("Customers 2"));
    console.press("/").type_in("nobody");
    let shown = picture(&mut console);
    assert!(shown.contains("nobody is found by that"), "{shown}");
    console.press("esc");
    assert!(picture(&mut console).contains("Customers 2"));
}

#[test]
fn a_customer_is_changed() {
    let mut console = console();
    console.press("C").type_in(" Ltd").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("the customer is changed"), "{shown}");
    assert!(shown.contains("Blue Fern Ltd · C-0001"), "{shown}");
    // Another policy brings its offices.
    console
        .press("C tab")
        .type_in("esc")
        .press("tab")
        .type_in("uk");
    let form = picture(&mut console);
    assert!(form.contains("Office"), "{form}");
    console.press("ctrl-d");
    let customer = console.desk().customer_named("Blue Fern Ltd").unwrap();
    assert_eq!(customer.policy.as_deref(), Some("escalation"));
    assert_eq!(customer.office.as_deref(), Some("uk"));
    console.press("C ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("nothing was changed"), "{shown}");
}

#[test]
fn people_are_added_and_put_right() {
    let mut console = console();
    console.press("N").type_in("ada").press("tab");
    console.type_in(" Reed").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("the person is kept"), "{shown}");
    assert!(shown.contains("Ada Moss Reed, +44 20 7946 0001"), "{shown}");
    // Somebody new is what it begins with.
    console.press("N tab").type_in("Ben Ort");
    console.press("tab tab tab").type_in("ben@blue-fern");
    let form = picture(&mut console);
    assert!(form.contains("Ben Ort"), "{form}");
    console.type_in(".test").press("ctrl-d");
    let customer = console.desk().customer_named("Blue Fern").unwrap();
    assert_eq!(customer.contacts.len(), 3);
    assert_eq!(customer.contacts[2].mails, ["ben@blue-fern.test"]);
    // A name that another person has already is refused, and what was typed stays.
    console.press("N").type_in("ada").press("tab ctrl-u");
    console.type_in("Kim Lund").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Kim Lund is a contact of this"), "{shown}");
    console.press("esc");
    assert!(picture(&mut console).contains("Ada Moss Reed"));
}

#[test]
fn a_further_address_waits_until_somebody_approved_it() {
    let mut shop = shop();
    let ada = Contact {
        name: "Ada Moss".to_owned(),
        mails: vec!["ada@aspen.test".to_owned()],
        ..Contact::default()
    };
    shop.customer(NewCustomer {
        name: "Aspen".to_owned(),
        policy: Some("escalation".to_owned()),
        office: Some("uk".to_owned()),
        contacts: vec![ada],
        ..NewCustomer::default()
    });
    let mut console = shop.open(NOW, London, SMALL);
    console.press("f3 N").type_in("ada");
    console.press("tab tab tab tab ctrl-u");
    console.type_in("ada@home.test").press("tab tab");
    let form = picture(&mut console);
    assert!(form.contains("account manager approved it"), "{form}");
    console.press("ctrl-d enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("ada@home.test (waits for approval)"),
        "{shown}"
    );
    console.press("esc N").type_in("ada");
    console.press("tab tab tab tab tab tab");
    console.type_in("Lee").press("ctrl-d");
    let customer = console.desk().customer_named("Aspen").unwrap();
    assert_eq!(customer.contacts[0].mails, ["ada@home.test"]);
    assert!(customer.contacts[0].awaiting.is_empty());
}

#[test]
fn a_customer_is_added() {
    let mut console = Shop::new(&["severity"]).open(NOW, London, SMALL);
    console.press("f3");
    let shown = picture(&mut console);
    assert!(shown.contains("no customers yet"), "{shown}");
    console.press("C");
    let shown = picture(&mut console);
    assert!(shown.contains("no customer is selected"), "{shown}");
    console.press("+").type_in("Red Kite").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Red Kite · C-0001"), "{shown}");
    console.press("f1 N");
    let shown = picture(&mut console);
    assert!(shown.contains("F3 leads there"), "{shown}");
}

/// Whom a new customer may be already is offered while it is filled in, and the agent decides.
#[rstest::rstest]
#[case::the_name("Blue Fern", "", "that name")]
#[case::a_slip("Blue Fren", "", "a name like it")]
#[case::the_number("Quince", "(020) 7946-0001", "that telephone number")]
fn a_customer_who_is_there_already_is_not_added_unasked(
    #[case] name: &str,
    #[case] phone: &str,
    #[case] same: &str,
) {
    let mut console = console();
    console
        .press("+")
        .type_in(name)
        .press("tab tab")
        .type_in(phone);
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Or is it: pick one of these"), "{shown}");
    assert!(shown.contains("C-0001 Blue Fern"), "{shown}");
    assert!(shown.contains(&format!("has {same}")), "{shown}");
    console.type_in("C-0001").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("it is there already"), "{shown}");
    console.press("ctrl-u").type_in("another").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains(&format!("{name} is added as C-0003")),
        "{shown}"
    );
    assert_eq!(console.desk().find_customers("", 9).unwrap().len(), 3);
}

#[test]
fn the_forms_fit_the_smallest_terminal() {
    let mut console = console();
    console.press("N");
    insta::assert_snapshot!("person_80x24", picture(&mut console));
    console.press("esc C");
    insta::assert_snapshot!("change_80x24", picture(&mut console));
    insta::assert_snapshot!("change_plain", console.picture(SMALL, &plain()));
}

#[test]
fn who_was_just_added_is_named_and_selected() {
    let mut console = console();
    console.press("+").type_in("Zinc Works").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Zinc Works is added as C-0003"), "{shown}");
    let selected = |console: &Console| console.model.customers.found.selected().cloned();
    assert_eq!(selected(&console).unwrap().customer.name, "Zinc Works");
    console.press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("Zinc Works · C-0003"), "{shown}");
    // Esc leads out of it, and then to all of them again.
    console.press("esc esc");
    assert!(picture(&mut console).contains("Blue Fern"));
}

#[test]
fn names_stand_in_the_order_of_their_letters_whatever_their_accents() {
    let mut shop = shop();
    for name in ["Zielony", "Ñandú Books", "Łąka", "Ōkami"] {
        shop.customer(NewCustomer {
            name: name.to_owned(),
            ..NewCustomer::default()
        });
    }
    let mut console = shop.open(NOW, London, SMALL);
    console.press("f3");
    let found = console.model.customers.found.rows.iter();
    let names: Vec<&str> = found.map(|found| found.customer.name.as_str()).collect();
    let heron = "Grey \u{202e}Heron";
    assert_eq!(
        names,
        [
            "Blue Fern",
            heron,
            "Łąka",
            "Ñandú Books",
            "Ōkami",
            "Zielony"
        ]
    );
}

#[test]
fn a_name_that_only_sounds_alike_is_marked_as_such() {
    let mut shop = shop();
    shop.customer(NewCustomer {
        name: "Lindqvist Books".to_owned(),
        ..NewCustomer::default()
    });
    let mut console = shop.open(NOW, London, SMALL);
    console.press("f3 /").type_in("linkvist");
    let shown = picture(&mut console);
    assert!(shown.contains("~ Lindqvist Books"), "{shown}");
    assert!(shown.contains("~ sounds alike"), "{shown}");
    console.press("esc /").type_in("lindqvist");
    let shown = picture(&mut console);
    assert!(
        shown.contains("Lindqvist Books") && !shown.contains('~'),
        "{shown}"
    );
}
