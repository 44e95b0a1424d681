//! The bad day: many callers, one fault.

use super::*;
use crate::incident::{Command, Step};

/// A console on a desk under `policy` where somebody else's incident stands for a known fault.
fn bad_day(policy: &str) -> (Console, TechRef) {
    let mut shop = Shop::new(&[policy]);
    let office = (policy == "escalation").then_some("uk");
    let first = shop.customer(NewCustomer {
        name: "Anvil & Sons".to_owned(),
        office: office.map(str::to_owned),
        ..NewCustomer::default()
    });
    blue_fern(&mut shop, office);
    let log = Log {
        severity: (policy == "severity").then(|| "high".to_owned()),
        detail: Some("Since nine".to_owned()),
        ..Log::new(first, "All lines are dark")
    };
    let number = shop.log("mira", EARLIER, log);
    shop.run("mira", EARLIER, &Command::Step(number, Step::Known(true)));
    (shop.open(NOW, London, SIZES[0]), number)
}

#[rstest]
#[case("per-incident", &[])]
#[case("severity", &[Text("l")])]
#[case("season-ticket", &[])]
#[case("escalation", &[Text("None at all"), Keys("ctrl-d")])]
#[case("tech-reference", &[])]
fn a_caller_with_a_known_fault_is_logged_in_three_keys(
    #[case] policy: &str,
    #[case] asked: &[Part],
) {
    let (mut console, fault) = bad_day(policy);
    console.press("c").type_in("blue").press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("= same"), "{shown}");
    let count = play(&mut console, &[Keys("=")]);
    let shown = picture(&mut console);
    assert!(
        shown.contains("Anvil & Sons: All lines are dark"),
        "{shown}"
    );
    let count = count + play(&mut console, asked);
    let count = match policy {
        "escalation" => count,
        _ => count + play(&mut console, &[Keys("enter")]),
    };
    assert!(count <= 3, "{count}");
    let shown = picture(&mut console);
    assert!(shown.contains("check digit three"), "{shown}");
    let logged = incident(&console, TechRef::new(10_002));
    assert_eq!(logged.forks.same_as, Some(fault));
    assert_eq!(logged.summary, "All lines are dark");
    // What the first customer said is not what this one says.
    let own = (policy == "escalation").then_some("None at all");
    assert_eq!(logged.detail.as_deref(), own);
    let own = (policy == "severity").then_some("low");
    assert_eq!(logged.severity.agreed.as_deref(), own);
    assert_eq!(logged.opened_at, at(NOW));
    assert_eq!(logged.contact.unwrap().name, "Ann Reed");
}

#[test]
fn the_fault_that_is_selected_is_the_one_that_is_meant() {
    let (mut console, fault) = bad_day("severity");
    console.press("c").type_in("blue").press("enter f1");
    console.press("=");
    let shown = picture(&mut console);
    assert!(
        shown.contains("Anvil & Sons: All lines are dark"),
        "{shown}"
    );
    console.press("esc");
    let shown = picture(&mut console);
    assert!(shown.contains("Blue Fern"), "back on the card: {shown}");
    console.press("=").type_in("l").press("enter");
    let logged = incident(&console, TechRef::new(10_002));
    assert_eq!(logged.forks.same_as, Some(fault));
}

#[test]
fn where_no_fault_is_known_the_card_says_so() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter =");
    let shown = picture(&mut console);
    assert!(
        shown.contains("no incident is marked as a known fault"),
        "{shown}"
    );
    console.press("n");
    assert!(picture(&mut console).contains("Summary"));
}
