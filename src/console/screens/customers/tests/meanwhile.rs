//! What two agents do with a customer at once; its PIN; how its callers behaved.

use super::{console, picture, shop};
use crate::console::msg::Effect;
use crate::console::testing::Console;
use crate::incident::{Command, CustomerChange, Pin};
use crate::store::{Access, Context, Desk};

/// Somebody else changes the first customer, and nobody tells the console.
fn changed(console: &Console, change: CustomerChange) {
    let mut desk = Desk::open(console.path(), Access::Write).unwrap();
    let context = Context {
        agent: "jonas".to_owned(),
        now: console.model.now,
        ..Context::default()
    };
    let id = desk.customer_named("C-0001").unwrap().id;
    let command = Command::ChangeCustomer(id, change);
    desk.execute(&command, &context).unwrap();
}

fn named(name: &str) -> CustomerChange {
    CustomerChange {
        name: Some(name.to_owned()),
        ..CustomerChange::default()
    }
}

#[test]
fn a_field_that_another_changed_is_refused_until_that_is_known() {
    let mut console = console();
    console.press("C").type_in(" Ltd");
    changed(&console, named("Blue Fern Books"));
    console.press("ctrl-d");
    let shown = picture(&mut console);
    let said = "changed meanwhile by jonas to \"Blue Fern Books\"";
    assert!(shown.contains(said), "{shown}");
    assert!(
        shown.contains("Blue Fern Ltd"),
        "what was typed stays: {shown}"
    );
    let name = |console: &Console| console.desk().customer_named("C-0001").unwrap().name;
    assert_eq!(name(&console), "Blue Fern Books");
    // Changed once more, what was told is old again.
    changed(&console, named("Green Fern"));
    console.press("ctrl-d");
    assert!(picture(&mut console).contains("by jonas to \"Green Fern\""));
    console.press("ctrl-d");
    assert!(picture(&mut console).contains("the customer is changed"));
    assert_eq!(name(&console), "Blue Fern Ltd");
}

#[test]
fn different_fields_of_two_agents_are_both_kept() {
    let mut console = console();
    console.press("C").type_in(" Ltd");
    let manager = Some("lee@example.com".to_owned());
    changed(
        &console,
        CustomerChange {
            account_manager: manager.clone(),
            ..CustomerChange::default()
        },
    );
    console.press("ctrl-d");
    assert!(picture(&mut console).contains("the customer is changed"));
    let customer = console.desk().customer_named("C-0001").unwrap();
    assert_eq!(customer.name, "Blue Fern Ltd");
    assert_eq!(customer.account_manager, manager);
}

#[test]
fn a_policy_that_another_changed_is_refused_at_its_field() {
    let mut console = console();
    console.press("C tab").type_in("esc");
    changed(
        &console,
        CustomerChange {
            policy: Some(String::new()),
            ..CustomerChange::default()
        },
    );
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("changed meanwhile by jonas to none"),
        "{shown}"
    );
}

#[test]
fn a_pin_shows_and_is_removed() {
    let mut shop = shop();
    let id = shop.desk.customer_named("C-0001").unwrap().id;
    let pin = Some(Pin::new("271828").unwrap());
    shop.run("mira", super::NOW, &Command::SetPin(id, pin));
    let mut console = shop.open(super::NOW, super::London, super::SMALL);
    console.press("f3");
    assert!(picture(&mut console).contains("a PIN is set"));
    console.press("C tab tab tab space");
    let shown = picture(&mut console);
    assert!(shown.contains("Remove the PIN"), "{shown}");
    assert!(!shown.contains("New PIN"), "{shown}");
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("the customer is changed"), "{shown}");
    assert!(!shown.contains("a PIN is set"), "{shown}");
    assert!(!console.desk().has_pin(id).unwrap());
}

#[test]
fn how_a_caller_behaved_is_noted_by_a_key_and_by_name() {
    let mut console = console();
    console.press("O").type_in("Very patient").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("mira: Very patient"), "{shown}");
    console.press("esc :").type_in("conduct").press("enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("conduct") && shown.contains("Note 10001-4"),
        "{shown}"
    );
    console.press("esc esc j O");
    let shown = picture(&mut console);
    assert!(shown.contains("it has no incident yet"), "{shown}");
}

#[test]
fn a_form_waits_while_the_console_is_suspended() {
    let mut console = console();
    console.press("C").type_in(" Ltd").press("ctrl-z");
    let suspended = |effect: &Effect| matches!(effect, Effect::Suspend);
    assert!(console.effects.iter().any(suspended));
    let shown = picture(&mut console);
    assert!(shown.contains("Blue Fern Ltd"), "{shown}");
}
