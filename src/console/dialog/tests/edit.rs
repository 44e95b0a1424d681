//! What was taken down is put right, and an incident goes to the customer whose it is.

use super::*;
use crate::console::widgets::message::Kind;
use crate::incident::CustomerId;
use crate::store::Desk as Store;

/// What is left of each of a customer's entitlements.
fn left(store: &Store, customer: CustomerId) -> Vec<Option<i64>> {
    let owned = store.entitlements(customer).unwrap();
    owned
        .iter()
        .map(crate::incident::Entitlement::remaining)
        .collect()
}

fn pack(desk: &mut Desk, customer: CustomerId, to: Option<&str>) {
    let new = NewEntitlement {
        customer,
        kind: EntitlementKind::Pack,
        from: None,
        to: to.map(|to| to.parse().unwrap()),
        count: Some(4),
        seconds: None,
        method: None,
        reference: None,
        price: "180.00 GBP".parse().ok(),
    };
    desk.shop.run(ME, NOW, &Command::AddEntitlement(new));
}

/// A second customer, with one who works for both.
fn another(desk: &mut Desk, name: &str) -> CustomerId {
    let person = |name: &str, phone: &str| Contact {
        name: name.to_owned(),
        phones: vec![phone.to_owned()],
        ..Contact::default()
    };
    desk.shop.customer(NewCustomer {
        name: name.to_owned(),
        contacts: vec![
            person("Kim Reed", "+44 20 7946 0142"),
            person("Ada Crumb", "+44 20 7946 0143"),
        ],
        ..NewCustomer::default()
    })
}

#[test]
fn one_field_is_put_right_in_a_few_keys() {
    let mut console = Desk::logged("severity").open();
    console.press("C");
    assert_eq!(
        form(&console).form.value("summary"),
        "The oven's panel stays dark"
    );
    assert_eq!(form(&console).form.value("severity"), "normal");
    console
        .press("ctrl-u")
        .type_in("The oven stays cold")
        .press("ctrl-d");
    assert_eq!(message(&console), "10001-4: put right");
    assert_eq!(incident(&console).summary, "The oven stays cold");
    let picture = screen(&mut console);
    assert!(
        picture.contains("Put right: summary The oven stays cold"),
        "{picture}"
    );
    console.press("u enter");
    assert_eq!(incident(&console).summary, "The oven's panel stays dark");
}

#[test]
fn another_severity_says_who_agreed_and_what_moves() {
    let mut console = Desk::logged("severity").open();
    console.press("C tab tab").type_in("high");
    let picture = screen(&mut console);
    assert!(picture.contains("Agreed with"), "{picture}");
    assert!(picture.contains("The response moves from"), "{picture}");
    console.press("ctrl-d");
    assert_eq!(
        form(&console).form.focused(),
        "with",
        "somebody must have agreed"
    );
    console.type_in("Ada Crumb").press("ctrl-d");
    let severity = &incident(&console).severity;
    assert_eq!(severity.agreed.as_deref(), Some("high"));
    assert_eq!(severity.agreed_with.as_deref(), Some("Ada Crumb"));
}

#[test]
fn a_known_product_is_picked_and_another_written_in() {
    let product = |console: &Console| incident(console).product.clone().unwrap_or_default();
    let mut console = Desk::logged("severity").open();
    console
        .press("C")
        .take_to("known_product")
        .type_in("medical")
        .press("ctrl-d");
    assert_eq!(product(&console), "medical billing software");
    assert!(incident(&console).expedite);
    console
        .press("C")
        .take_to("known_product")
        .type_in("another")
        .press("enter");
    console.type_in("Ledger 9").press("ctrl-d");
    assert_eq!(product(&console), "Ledger 9");
    console.press("C");
    assert_eq!(form(&console).form.value("product"), "Ledger 9");
    console.take_to("known_product").press("backspace ctrl-d");
    assert_eq!(incident(&console).product, None);
}

#[test]
fn nothing_to_change_is_said_and_nothing_is_recorded() {
    let mut console = Desk::logged("severity").open();
    let revision = incident(&console).revision;
    console.press("C ctrl-d");
    let problem = form(&console).problem.clone().unwrap_or_default();
    assert!(
        problem.contains("nothing of 10001-4 would be otherwise"),
        "{problem}"
    );
    console.press("esc");
    assert_eq!(incident(&console).revision, revision);
}

#[test]
fn it_goes_to_the_customer_that_is_found_with_what_pays() {
    let mut desk = Desk::empty("season-ticket");
    let (own, other) = (desk.customer, another(&mut desk, "Red Oak"));
    pack(&mut desk, own, None);
    pack(&mut desk, other, Some("2026-12-01"));
    pack(&mut desk, other, None);
    desk.log("season-ticket", |log| {
        log.contact = Some(Contact {
            name: "Ada Crumb".to_owned(),
            ..Contact::default()
        });
    });
    let mut console = desk.with(Step::Accept { entitlement: None }).open();
    console.press("C").take_to("find").type_in("oak");
    let picture = screen(&mut console);
    for said in [
        "Becomes an incident of Red Oak.",
        "The unit of the pack goes back to the customer.",
        "Paid by: Season ticket: 4 of 4 left until 1 Dec 2026, before this one.",
    ] {
        assert!(picture.contains(said), "{picture}");
    }
    console.take_to("paid_by").press("right right ctrl-d");
    assert_eq!(message(&console), "10001-4: put right");
    let now = incident(&console);
    assert_eq!(now.customer, other);
    // Who works for both goes on speaking, with the number there.
    let contact = now.contact.as_ref().unwrap();
    assert_eq!(contact.phones, ["+44 20 7946 0143"]);
    assert_eq!(left(&console.desk(), own), [Some(4)]);
    assert_eq!(left(&console.desk(), other), [Some(4), Some(3)]);
    console.press("u enter");
    assert_eq!(incident(&console).customer, own);
    assert_eq!(left(&console.desk(), own), [Some(3)]);
}

#[test]
fn of_several_that_are_found_one_is_picked() {
    let mut desk = Desk::logged("severity");
    let oak = another(&mut desk, "Red Oak");
    another(&mut desk, "Red Fox");
    let mut console = desk.open();
    console
        .press("C")
        .take_to("find")
        .type_in("red")
        .press("ctrl-d");
    assert_eq!(form(&console).form.focused(), "customer");
    console.type_in("oak").press("enter");
    assert_eq!(form(&console).form.value("contact"), "\u{0}nobody");
    console.take_to("contact").type_in("kim").press("ctrl-d");
    assert_eq!(incident(&console).customer, oak);
    let contact = incident(&console).contact.as_ref();
    assert_eq!(
        contact.map(|contact| contact.name.as_str()),
        Some("Kim Reed")
    );
}

#[test]
fn who_is_not_found_changes_nothing_and_taking_it_back_leaves_all_as_it_was() {
    let mut desk = Desk::logged("severity");
    another(&mut desk, "Red Oak");
    let mut console = desk.open();
    console
        .press("C")
        .take_to("find")
        .type_in("xyzzy")
        .press("ctrl-d");
    assert_eq!(form(&console).form.focused(), "customer");
    let picture = screen(&mut console);
    assert!(picture.contains("Becomes: pick one of these."), "{picture}");
    console
        .take_to("find")
        .press("ctrl-u")
        .type_in("oak")
        .press("ctrl-u ctrl-d");
    let problem = form(&console).problem.clone().unwrap_or_default();
    assert!(
        problem.contains("nothing of 10001-4 would be otherwise"),
        "{problem}"
    );
}

#[test]
fn what_cannot_be_moved_is_said_before_it_is_tried() {
    let mut desk = Desk::workable("per-incident");
    another(&mut desk, "Red Oak");
    let step = Step::Refund {
        reason: "Paid twice".to_owned(),
    };
    let mut console = desk.with(step).open();
    console.press("C").take_to("find").type_in("oak");
    let picture = screen(&mut console);
    assert!(picture.contains("It would be refused: "), "{picture}");
    assert!(
        picture.contains("log a new incident for Red Oak"),
        "{picture}"
    );
    // Whom nobody knows is said where the name is typed, once one goes on.
    console.press("ctrl-u").type_in("nobody").press("tab");
    let picture = screen(&mut console);
    assert!(
        picture.contains("Nobody is found by \"nobody\""),
        "{picture}"
    );
}

#[test]
fn what_others_changed_meanwhile_stays() {
    let mut console = Desk::logged("severity").open();
    console.press("C").type_in(" again");
    let edit = crate::incident::Edit {
        detail: Some("Since ten.".to_owned()),
        ..Default::default()
    };
    let path = console.desk().path().to_owned();
    let mut store = Store::open(&path, crate::store::Access::Write).unwrap();
    let context = crate::store::Context {
        agent: OTHER.to_owned(),
        now: NOW.parse().unwrap(),
        ..Default::default()
    };
    let edit = Command::Edit(number(), Box::new(edit));
    store.execute(&edit, &context).unwrap();
    console.press("ctrl-d");
    assert!(form(&console).problem.is_some(), "it was changed meanwhile");
    let picture = screen(&mut console);
    assert!(picture.contains("Changed meanwhile by ben"), "{picture}");
    console.press("ctrl-d");
    let now = incident(&console);
    assert_eq!(now.summary, "The oven's panel stays dark again");
    assert_eq!(now.detail.as_deref(), Some("Since ten."));
}

#[test]
fn the_answers_to_routing_questions_are_put_right() {
    let mut console = Desk::changed("tech-reference", |log| {
        log.routing = [("matter".to_owned(), "using".to_owned())].into();
    })
    .open();
    console.press("C").take_to("route matter").press("down");
    let shown = screen(&mut console);
    assert!(shown.contains("Goes to technicians"), "{shown}");
    console.press("ctrl-d");
    let now = incident(&console);
    assert_eq!(now.routing["matter"], "fault");
    assert_eq!(now.assignee.as_deref(), Some("technicians"));
}

#[test]
fn where_it_has_ended_for_good_the_key_says_why_not() {
    let closed = Step::Close {
        reason: crate::incident::CloseAs::Withdrawn,
        detail: "A mistake".to_owned(),
    };
    let mut console = Desk::logged("severity").with(closed).open();
    console.press("C");
    let said = console.model.message.as_ref().unwrap();
    assert_eq!(said.kind, Kind::Warning);
    assert!(
        said.text.contains("reopen it before you change it"),
        "{}",
        said.text
    );
}

#[test]
fn another_customer_fits_a_small_terminal() {
    let mut desk = Desk::empty("season-ticket");
    let (own, other) = (desk.customer, another(&mut desk, "Red Oak"));
    pack(&mut desk, own, None);
    pack(&mut desk, other, Some("2026-12-01"));
    pack(&mut desk, other, None);
    desk.log("season-ticket", |_| {});
    let mut console = desk.with(Step::Accept { entitlement: None }).open();
    console
        .press("C")
        .take_to("find")
        .type_in("oak")
        .press("tab");
    insta::assert_snapshot!("edit_customer", screen(&mut console));
}
