//! What paid for a step goes back with it.

use rstest::rstest;
use serde_json::json;

use super::{state, with_incident};
use crate::seen::show;
use crate::shop::Shop;

const PURCHASE: &str = "per-incident --method online --reference R1";

/// A shop with a customer who has bought something by these words.
fn with_bought(policy: &str, what: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    shop.customer("Blue Fern");
    shop.entitle("Blue Fern", what);
    shop
}

/// Prepaid hours of this length, and an incident that they pay for.
fn with_hours(time: &str) -> (Shop, String) {
    let hours = format!("hours --method visa --reference R1 --time {time}");
    let shop = with_bought("tech-reference", &hours);
    let number = shop.log("Blue Fern", &[]);
    (shop, number)
}

fn left(shop: &Shop) -> i64 {
    let shown = shop.json(["entitlement", "show", "1"]);
    shown["remaining"].as_i64().unwrap()
}

#[rstest]
#[case::all_of_it("1h", "20", 30)]
#[case::what_there_was("15m", "20", 15)]
fn the_time_of_a_call_goes_back_to_the_hours_with_the_step_that_charged_it(
    #[case] time: &str,
    #[case] minutes: &str,
    #[case] taken: i64,
) {
    let (shop, number) = with_hours(time);
    shop.at("2026-11-23T21:30:00Z");
    let (before, hours) = (state(&shop, &number), left(&shop));
    let call = ["call", "log", &number, "--in", "--minutes", minutes];
    shop.ok(call);
    assert_eq!(left(&shop), hours - taken * 60);
    shop.ok(["undo", &number]);
    assert_eq!(state(&shop, &number), before);
    assert_eq!(left(&shop), hours);
    let ledger = shop.json(["entitlement", "show", "1"])["ledger"].clone();
    let [.., used, released] = ledger.as_array().unwrap().as_slice() else {
        panic!("{ledger}");
    };
    assert_eq!(
        (&used["entry"], &used["change"]),
        (&json!("used"), &json!(taken * 60))
    );
    assert_eq!(
        (&released["entry"], &released["change"]),
        (&json!("released"), &json!(-taken * 60))
    );
    let said = shop.ok(["show", &number]);
    assert!(
        said.contains(&format!("{taken} min go back to the prepaid hours")),
        "{said}"
    );
    shop.ok(["desk", "check"]);
    shop.ok(call);
    assert_eq!(left(&shop), hours - taken * 60);
    shop.ok(["desk", "check"]);
}

#[test]
fn a_log_that_is_taken_back_gives_the_time_of_its_call_back() {
    let (shop, _) = with_hours("1h");
    let number = shop.log("Blue Fern", &["--minutes", "20"]);
    assert_eq!(left(&shop), 30 * 60);
    shop.ok(["undo", &number]);
    assert_eq!(left(&shop), 60 * 60);
    let rows = shop.json(["report", "money"]);
    assert_eq!(rows[0]["owed"], "0.00", "{rows}");
    shop.ok(["desk", "check"]);
}

#[test]
fn a_call_that_was_waived_is_taken_back_with_that() {
    let shop = with_bought("tech-reference", "contract");
    let number = shop.log("Blue Fern", &[]);
    shop.at("2026-11-24T03:00:00Z");
    let before = state(&shop, &number);
    let call = ["call", "log", &number, "--in", "--minutes", "20"];
    let waive = ["--outside", "waive", "--outside-reason", "Our fault"];
    shop.ok(call.iter().chain(&waive));
    shop.ok(["undo", &number]);
    assert_eq!(state(&shop, &number), before);
    shop.ok(["desk", "check"]);
}

#[test]
fn units_go_back_with_the_step_that_took_them() {
    let shop = with_bought("season-ticket", "pack --method cash --reference R1");
    let number = shop.log("Blue Fern", &[]);
    let left = |shop: &Shop| {
        let next = shop.log("Blue Fern", &[]);
        shop.ok(["accept", &next]);
        let left = show(shop, &next)["entitlement"]["remaining"]
            .as_i64()
            .unwrap();
        shop.ok(["undo", &next]);
        shop.ok(["undo", &next]);
        left + 1
    };
    assert_eq!(left(&shop), 10);
    shop.ok(["accept", &number]);
    assert_eq!(show(&shop, &number)["entitlement"]["remaining"], 9);
    assert_eq!(left(&shop), 9);
    shop.ok(["undo", &number]);
    assert_eq!(show(&shop, &number)["state"], "awaiting-acceptance");
    assert_eq!(left(&shop), 10);
    shop.ok(["desk", "check"]);
}

#[test]
fn a_log_that_is_taken_back_gives_its_purchase_back() {
    let shop = with_bought("per-incident", PURCHASE);
    let number = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &number)["state"], "open");
    shop.ok(["undo", &number]);
    let next = shop.log("Blue Fern", &[]);
    assert_eq!(
        show(&shop, &next)["state"],
        "open",
        "the purchase pays for the next one"
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn a_unit_that_was_given_back_and_taken_by_another_stays_there() {
    let shop = with_bought("per-incident", PURCHASE);
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["decline", &number, "--reason", "Consulting"]);
    let next = shop.log("Blue Fern", &[]);
    let said = shop.fails(1, ["undo", &number]);
    assert!(said.contains("pays for another incident by now"), "{said}");
    shop.ok(["undo", &next]);
    shop.ok(["undo", &number]);
    assert_eq!(show(&shop, &number)["state"], "open");
    shop.ok(["desk", "check"]);
}

#[test]
fn money_that_was_taken_is_given_back_otherwise() {
    let (shop, number) = with_incident("per-incident", &[]);
    shop.ok(["pay", &number, "--method", "online", "--reference", "R1"]);
    let said = shop.fails(1, ["undo", &number]);
    assert!(said.contains("give it back (`holdline refund`)"), "{said}");
    shop.ok(["refund", &number, "--reason", "By mistake"]);
    let said = shop.fails(1, ["undo", &number]);
    assert!(said.contains("money was given back"), "{said}");
}
