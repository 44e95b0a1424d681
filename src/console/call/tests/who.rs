//! Who rings: known, unknown, or by a number.

use rstest::rstest;

use super::*;

#[rstest]
#[case("per-incident")]
#[case("season-ticket")]
#[case("severity")]
#[case("escalation")]
#[case("tech-reference")]
fn going_on_by_number_costs_two_keys_under_every_policy(#[case] policy: &str) {
    let mut shop = Shop::new(&[policy]);
    let office = (policy == "escalation").then_some("uk");
    let customer = blue_fern(&mut shop, office);
    let policy = crate::policy::shipped(policy).unwrap();
    let settings = crate::policy::example_settings(policy).unwrap();
    let intake = crate::policy::parse(policy, &settings).unwrap();
    let routes = intake.intake.route.iter();
    let log = Log {
        detail: Some("Dark since this morning".to_owned()),
        severity: intake.severities.first().map(|one| one.name.clone()),
        routing: routes
            .map(|route| (route.key.clone(), route.answers[0].answer.clone()))
            .collect(),
        ..Log::new(customer, "Exports stop at midnight")
    };
    let number = shop.log("mira", EARLIER, log);
    let mut console = shop.open(NOW, London, SIZES[0]);
    let count = play(&mut console, &[Keys("c"), Text("100014"), Keys("enter")]);
    assert_eq!(count, 2);
    assert_eq!(console.model.number(), Some(number));
    assert_eq!(incident(&console, number).last_contact_at, at(NOW));
}

#[rstest]
#[case("10001-4")]
#[case("100014")]
fn who_names_the_number_goes_on_with_two_keys(#[case] typed: &'static str) {
    let (mut console, number) = desk_with_incident();
    let before = incident(&console, number);
    assert_eq!(before.number_given_at, None);
    console.wait(0).press("c").wait(95);
    let count = 1 + play(&mut console, &[Text(typed), Keys("enter")]);
    assert_eq!(count, 2);
    let shown = picture(&mut console);
    assert!(shown.contains("Exports stop at midnight"), "{shown}");
    assert!(shown.contains("● call 1:35 Blue Fern"), "{shown}");
    let after = incident(&console, number);
    // The contact counts from the call's start, and who names the number has it.
    assert_eq!(after.last_contact_at, at(NOW));
    assert!(after.number_given_at.is_some());
}

#[test]
fn a_misheard_number_is_said_where_it_was_typed() {
    let (mut console, _) = desk_with_incident();
    console.press("c").type_in("10001-5").press("enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("one digit is wrong or two were swapped"),
        "{shown}"
    );
    assert!(shown.contains("10001-5"), "{shown}");
    // One that is near it is offered, with whose it is and what about, and not taken by itself.
    assert!(shown.contains("incident 10001-4"), "{shown}");
    assert_eq!(console.model.number(), None);
    console.press("down");
    let shown = picture(&mut console);
    assert!(
        shown.contains("10001-4, Blue Fern, open: Exports stop at midnight"),
        "{shown}"
    );
    // It may be a telephone number after all.
    console.press("down enter");
    let shown = picture(&mut console);
    assert!(shown.contains("To call back   10001-5"), "{shown}");
}

#[test]
fn seven_digits_that_somebody_has_as_telephone_are_no_number_first() {
    let mut shop = Shop::new(&["severity"]);
    // One of ten telephone numbers ends in the check digit that it would have as a Tech Reference number.
    let number = (0..10)
        .map(|last| format!("555012{last}"))
        .find(|digits| digits.parse::<TechRef>().is_ok())
        .unwrap();
    shop.customer(NewCustomer {
        name: "Otter".to_owned(),
        contacts: vec![person("Kim Otter", &format!("+1 {number}"))],
        ..NewCustomer::default()
    });
    let mut console = shop.open(NOW, London, SIZES[0]);
    console.press("c").type_in(&number);
    let shown = picture(&mut console);
    assert!(shown.contains("▶ Otter"), "{shown}");
    assert!(shown.contains("  incident 555012"), "{shown}");
    // With its hyphen it is meant as a number.
    console
        .press("ctrl-u")
        .type_in(&format!("{}-{}", &number[..6], &number[6..]));
    assert!(picture(&mut console).contains("▶ incident 555012"));
}

#[test]
fn a_number_that_no_incident_has_is_said_there_too() {
    let (mut console, _) = desk_with_incident();
    console.press("c").type_in("10002-3").press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("✗ no incident"), "{shown}");
}

#[test]
fn a_caller_whom_nobody_knows_becomes_a_customer() {
    let mut console = desk("per-incident");
    console.press("c").type_in("Otter & Sons").press("enter");
    let form = picture(&mut console);
    assert!(form.contains("Otter & Sons"), "{form}");
    console
        .type_in("Kim Otter")
        .press("enter")
        .type_in("+1 555 0123");
    console.press("enter");
    let card = picture(&mut console);
    assert!(card.contains("Otter & Sons · C-0002"), "{card}");
    assert!(card.contains("Kim Otter, +1 555 0123"), "{card}");
    assert!(card.contains("139.00 USD before work"), "{card}");
    let found = console.desk().find_customers("5550123", 5).unwrap();
    assert_eq!(found.len(), 1);
}

#[test]
fn an_office_is_asked_for_where_the_policy_has_some() {
    let mut console = desk("escalation");
    console
        .press("c")
        .type_in("Otter")
        .press("enter enter enter");
    assert!(picture(&mut console).contains("Office"));
    console.type_in("f").press("ctrl-d");
    let otter = console.desk().find_customers("otter", 5).unwrap();
    assert_eq!(otter[0].customer.office.as_deref(), Some("florida"));
}

#[test]
fn the_caller_is_found_by_digits_and_is_the_one_who_rings() {
    let mut console = desk("per-incident");
    console.press("c").type_in("555-0101").press("enter");
    let card = picture(&mut console);
    assert!(card.contains("▶ Bo Lee, +1 555 0101"), "{card}");
    console.press("n").type_in("No sound").press("ctrl-d");
    let contact = incident(&console, first()).contact;
    assert_eq!(contact.map(|who| who.name).as_deref(), Some("Bo Lee"));
}

#[test]
fn a_name_that_sounds_alike_is_found_after_those_that_are_written_so() {
    let mut shop = Shop::new(&["per-incident"]);
    for (name, caller) in [
        ("Meyer Optics", "Catherine Dupont"),
        ("Mayer & Sons", "Cy Moss"),
        ("Murray Books", "Cy Moss"),
    ] {
        shop.customer(NewCustomer {
            name: name.to_owned(),
            contacts: vec![person(name, "+1 555 0190"), person(caller, "+1 555 0191")],
            ..NewCustomer::default()
        });
    }
    let mut console = shop.open(NOW, London, SIZES[0]);
    console.press("c").type_in("mayer");
    let shown = picture(&mut console);
    let lines: Vec<&str> = shown.lines().collect();
    let at = |words: &str| lines.iter().position(|line| line.contains(words));
    assert!(at("▶ Mayer & Sons") < at("~ Meyer Optics"), "{shown}");
    assert!(at("~ sounds alike").is_some(), "{shown}");
    assert_eq!(at("Murray"), None, "{shown}");
    console.press("ctrl-u").type_in("katrin").press("enter");
    let card = picture(&mut console);
    assert!(card.contains("▶ Catherine Dupont, +1 555 0191"), "{card}");
}

#[test]
fn a_number_without_its_check_digit_is_not_taken_for_a_caller() {
    let (mut console, number) = desk_with_incident();
    console.press("c").type_in("10001").press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("without its check digit"), "{shown}");
    assert_eq!(console.model.number(), None);
    console.press("down enter");
    assert_eq!(console.model.number(), Some(number));
    // The whole number says whose it is before it is taken.
    console.press("x ctrl-d c").type_in("100014");
    let shown = picture(&mut console);
    assert!(
        shown.contains("10001-4, Blue Fern, open: Exports stop at midnight"),
        "{shown}"
    );
}

#[test]
fn another_person_is_chosen_on_the_card() {
    let mut console = desk("per-incident");
    console.press("c").type_in("blue").press("enter");
    let card = picture(&mut console);
    assert!(card.contains("▶ Ann Reed"), "{card}");
    assert!(card.contains("Right: the next person"), "{card}");
    console.press("right");
    let card = picture(&mut console);
    assert!(card.contains("▶ Bo Lee"), "{card}");
    console
        .press("right left n")
        .type_in("No sound")
        .press("ctrl-d");
    let contact = incident(&console, first()).contact;
    assert_eq!(contact.map(|who| who.name).as_deref(), Some("Bo Lee"));
}

#[test]
fn a_number_to_call_back_is_one_that_can_be_dialled() {
    let mut console = desk("severity");
    console.press("c").type_in("Otter").press("enter enter");
    console.type_in("ask at the desk").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("is no telephone number"), "{shown}");
    console
        .press("ctrl-u")
        .type_in("+1 555 0123 ext 4")
        .press("ctrl-d");
    let card = picture(&mut console);
    assert!(card.contains("+1 555 0123 ext 4"), "{card}");
}

#[test]
fn two_words_typed_as_one_are_found() {
    let mut shop = Shop::new(&["per-incident"]);
    for name in ["Silver Birch Books", "Silver Otter"] {
        shop.customer(NewCustomer {
            name: name.to_owned(),
            ..NewCustomer::default()
        });
    }
    let console = shop.open("2026-11-23T16:45:00Z", chrono_tz::Tz::UTC, (80, 24));
    for typed in ["silverbirch", "silverbir"] {
        let found = console.desk().find_customers(typed, 5).unwrap();
        let names: Vec<&str> = found
            .iter()
            .map(|found| found.customer.name.as_str())
            .collect();
        assert_eq!(names, ["Silver Birch Books"], "{typed}");
    }
    let other = console.desk().find_customers("silverheron", 5).unwrap();
    assert_eq!(other, []);
}

/// Who rings from a number that is known under another name is taken, and no second customer is made.
#[test]
fn an_unknown_caller_who_is_there_already_is_taken() {
    let mut shop = Shop::new(&["severity"]);
    shop.customer(NewCustomer {
        name: "Quince Bakery".to_owned(),
        contacts: vec![Contact {
            name: "Ada Moss".to_owned(),
            phones: vec!["+44 20 7946 0007".to_owned()],
            ..Contact::default()
        }],
        ..NewCustomer::default()
    });
    let mut console = shop.open(NOW, London, SIZES[0]);
    console.press("c").type_in("Zyxel").press("enter tab");
    console.type_in("020 7946 0007");
    let shown = picture(&mut console);
    assert!(shown.contains("Or is it"), "{shown}");
    console.press("ctrl-d").type_in("C-0001").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Quince Bakery"), "{shown}");
    assert_eq!(console.desk().find_customers("", 9).unwrap().len(), 1);
}

#[rstest]
#[case("Brightwater Bakeries")]
#[case("Bright Water")]
#[case("britewater")]
#[case("Brihgtwater")]
#[case("brightwaterbakery")]
fn a_name_under_another_spelling_is_offered_and_no_other(#[case] typed: &str) {
    let mut shop = Shop::new(&["per-incident"]);
    for name in [
        "Brightwater Bakery",
        "Bright Lamps",
        "Water Works",
        "Blue Fern",
    ] {
        shop.customer(NewCustomer {
            name: name.to_owned(),
            ..NewCustomer::default()
        });
    }
    let mut console = shop.open(NOW, London, SIZES[0]);
    console.press("c").type_in(typed);
    let shown = picture(&mut console);
    assert!(shown.contains("Brightwater Bakery"), "{shown}");
    for other in ["Bright Lamps", "Water Works", "Blue Fern"] {
        assert!(!shown.contains(other), "{shown}");
    }
}

#[rstest]
#[case("Blufern")]
#[case("Blue Ferns")]
#[case("blue fren")]
fn two_words_are_found_under_another_spelling(#[case] typed: &str) {
    let mut console = desk("per-incident");
    console.press("c").type_in(typed);
    let shown = picture(&mut console);
    assert!(shown.contains("▶ ~ Blue Fern"), "{shown}");
}

#[test]
fn who_is_found_as_written_is_not_mixed_with_who_is_spelt_nearly_so() {
    let mut shop = Shop::new(&["per-incident"]);
    for name in ["Frost Fishing", "Front Office"] {
        shop.customer(NewCustomer {
            name: name.to_owned(),
            ..NewCustomer::default()
        });
    }
    let console = shop.open(NOW, London, SIZES[0]);
    let names = |typed: &str| -> Vec<String> {
        let found = console.desk().find_customers(typed, 5).unwrap();
        found.into_iter().map(|found| found.customer.name).collect()
    };
    assert_eq!(names("frost"), ["Frost Fishing"]);
    assert_eq!(names("frosd"), ["Frost Fishing"]);
}

#[rstest]
#[case("01632 960001", "+44 1632 960001", true)]
#[case("01632 960001", "0044 1632 960001", true)]
#[case("01632 960001", "+44 (0)1632 960001", true)]
#[case("01632 960001", "+44 1632 96", true)]
#[case("+44 1632 960001", "01632 960001", true)]
#[case("+49 1632 960001", "+44 1632 960001", false)]
#[case("01632 960001", "+44 1632 960002", false)]
fn a_telephone_number_is_one_with_the_code_of_the_country_and_without(
    #[case] noted: &str,
    #[case] typed: &str,
    #[case] is_found: bool,
) {
    let mut shop = Shop::new(&["per-incident"]);
    shop.customer(NewCustomer {
        name: "Grey Heron".to_owned(),
        contacts: vec![person("Grey Heron", noted)],
        ..NewCustomer::default()
    });
    let console = shop.open(NOW, London, SIZES[0]);
    let found = console.desk().find_customers(typed, 5).unwrap();
    assert_eq!(found.len(), usize::from(is_found), "{found:?}");
}

#[test]
fn who_was_just_made_a_customer_is_in_the_list_that_was_left() {
    let mut console = desk("per-incident");
    console
        .press("c")
        .type_in("Grey Heron")
        .press("enter ctrl-d");
    assert!(picture(&mut console).contains("Grey Heron"));
    console.press("esc");
    let list = picture(&mut console);
    assert!(list.contains("▶ Grey Heron"), "{list}");
    console.press("enter");
    let found = console.desk().find_customers("grey heron", 5).unwrap();
    assert_eq!(found.len(), 1);
}

#[test]
fn a_new_person_of_a_known_company_is_kept_on_the_card_and_is_on_the_line() {
    let (mut console, number) = desk_with_incident();
    console.press("c").type_in("blue").press("enter");
    assert!(picture(&mut console).contains("N: a new one"));
    console.press("N");
    let shown = picture(&mut console);
    assert!(shown.contains("People of Blue Fern"), "{shown}");
    console.press("enter").type_in("Cy Moss").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Cy Moss"), "{shown}");
    console.press("enter");
    let timeline = console.desk().timeline(number).unwrap();
    let spoke = timeline.iter().find_map(|entry| match &entry.event {
        Event::Contacted(contacted) => contacted.contact.clone(),
        _ => None,
    });
    assert_eq!(spoke.map(|who| who.name).as_deref(), Some("Cy Moss"));
}

#[test]
fn the_customers_are_the_caller_while_a_call_shows() {
    let mut shop = Shop::new(&["season-ticket"]);
    for name in ["Anvil & Sons", "Zebra Crossing"] {
        shop.customer(NewCustomer {
            name: name.to_owned(),
            ..NewCustomer::default()
        });
    }
    blue_fern(&mut shop, None);
    let mut console = shop.open(NOW, London, SIZES[0]);
    console.press("c").type_in("blue").press("enter f3");
    let card = console.model.customers.card();
    assert_eq!(card.map(|card| &*card.customer.name), Some("Blue Fern"));
    console.press("+");
    let shown = picture(&mut console);
    assert!(shown.contains("What Blue Fern bought"), "{shown}");
    console.type_in("pack").press("enter enter enter enter");
    console.type_in("cash").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Season ticket: 10 of 10 left"), "{shown}");
    console.press("ctrl-d c");
    let shown = picture(&mut console);
    assert!(shown.contains("Season ticket: 10 of 10 left"), "{shown}");
}

#[test]
fn a_number_that_is_nearly_heard_is_shown_with_its_state() {
    let (mut console, _) = desk_with_incident();
    console.press("c").type_in("10001-5").press("down");
    let shown = picture(&mut console);
    assert!(
        shown.contains("10001-4, Blue Fern, open: Exports stop at midnight"),
        "{shown}"
    );
}
