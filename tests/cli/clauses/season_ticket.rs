//! P3: prepaid incidents and season tickets.

use rstest::rstest;

use crate::seen::show;
use crate::shop::Shop;

fn shop() -> Shop {
    let shop = Shop::new(&["season-ticket"]);
    shop.customer("Blue Fern");
    shop
}

fn with_ticket() -> Shop {
    let shop = shop();
    shop.entitle("Blue Fern", "pack --method cash --reference R-1");
    shop
}

/// An accepted incident that a season ticket pays for.
fn accepted() -> (Shop, String) {
    let shop = with_ticket();
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["accept", &number]);
    (shop, number)
}

#[rstest]
#[case("cash")]
#[case("credit-card")]
#[case("bank-transfer")]
fn p3_01_paid_before_the_support_by_one_of_three_methods(#[case] method: &str) {
    let shop = shop();
    let number = shop.log("Blue Fern", &[]);
    let said = shop.ok(["accept", &number]);
    assert!(said.contains("awaiting-payment; 60.00 GBP owed"), "{said}");
    shop.fails(1, ["respond", &number, "Try this"]);
    let said = shop.fails(
        1,
        ["pay", &number, "--method", "cheque", "--reference", "R-1"],
    );
    assert!(
        said.contains("only cash, credit-card, bank-transfer"),
        "{said}"
    );
    let paid = shop.json(["pay", &number, "--method", method, "--reference", "R-1"]);
    assert_eq!(paid["state"], "open");
    assert_eq!(
        show(&shop, &number)["entitlement"]["payment"]["method"],
        method
    );
}

#[test]
fn p3_01_a_contract_is_not_asked_to_pay() {
    let shop = shop();
    shop.entitle("Blue Fern", "contract");
    let number = shop.log("Blue Fern", &[]);
    assert_eq!(shop.json(["accept", &number])["state"], "open");
}

#[test]
fn p3_02_a_ticket_covers_ten_and_the_eleventh_is_paid_for() {
    let shop = with_ticket();
    for left in (0..10).rev() {
        let number = shop.log("Blue Fern", &[]);
        assert_eq!(shop.json(["accept", &number])["state"], "open");
        assert_eq!(show(&shop, &number)["entitlement"]["remaining"], left);
    }
    let eleventh = shop.log("Blue Fern", &[]);
    assert_eq!(
        shop.json(["accept", &eleventh])["state"],
        "awaiting-payment"
    );
}

#[test]
fn p3_02_what_is_declined_takes_none_of_the_ticket() {
    let (shop, number) = accepted();
    assert_eq!(show(&shop, &number)["entitlement"]["remaining"], 9);
    shop.ok([
        "decline",
        &number,
        "--reason",
        "Work in the customer's own files",
    ]);
    let next = shop.log("Blue Fern", &[]);
    shop.ok(["accept", &next]);
    assert_eq!(show(&shop, &next)["entitlement"]["remaining"], 9);
}

#[test]
fn p3_03_an_incident_lasts_from_the_first_call_to_its_closure() {
    let shop = with_ticket();
    let number = shop.log("Blue Fern", &["--minutes", "15"]);
    shop.ok(["accept", &number]);
    shop.at("2026-11-25T10:00:00Z");
    shop.ok(["call", "log", &number, "--in", "--minutes", "5"]);
    shop.ok(["resolve", &number, "--outcome", "solution"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["opened_at"], "2026-11-23T20:45:00Z");
    assert_eq!(shown["resolution"]["at"], "2026-11-25T10:00:00Z");
}

#[test]
fn p3_05_further_calls_and_mails_cost_nothing_more() {
    let (shop, number) = accepted();
    shop.at("2026-11-24T10:00:00Z");
    shop.ok(["call", "log", &number, "--in", "--minutes", "20"]);
    shop.ok(["call", "log", &number, "--out", "--minutes", "10"]);
    shop.ok(["call", "log", &number, "--in", "--channel", "mail"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["call_seconds"], 30 * 60);
    assert_eq!(shown["entitlement"]["remaining"], 9);
    assert!(shown["money"].is_null());
}

#[test]
fn p3_07_an_issue_is_accepted_first() {
    let shop = with_ticket();
    let number = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &number)["state"], "awaiting-acceptance");
    for step in [
        &["resolve", &number, "--outcome", "solution"][..],
        &["respond", &number, "Try this"],
        &["pay", &number, "--method", "cash", "--reference", "R-1"],
    ] {
        let said = shop.fails(1, step);
        assert!(said.contains("accept it as within remit"), "{said}");
    }
    shop.ok(["accept", &number]);
    assert!(show(&shop, &number)["accepted_at"].is_string());
    let other = shop.log("Blue Fern", &[]);
    shop.ok(["decline", &other, "--reason", "Not within remit"]);
    assert_eq!(
        show(&shop, &other)["declined"]["reason"],
        "Not within remit"
    );
}

/// Resolves an accepted incident, which ends it at no further charge, and gives back what the agent wrote.
fn resolved_as(outcome: &str) {
    let (shop, number) = accepted();
    let resolve = ["resolve", &number, "--outcome", outcome];
    shop.ok(resolve.iter().chain(&["--detail", "Shown how"]));
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "resolved");
    assert_eq!(shown["resolution"]["outcome"], outcome);
    assert_eq!(shown["resolution"]["detail"], "Shown how");
    assert_eq!(shown["entitlement"]["remaining"], 9);
}

#[test]
fn p3_08_a_solution_resolves() {
    resolved_as("solution");
}

#[test]
fn p3_09_a_workaround_resolves() {
    resolved_as("workaround");
}

#[rstest]
#[case(&["--to", "product_management"])]
#[case(&["--reference", "WISH-4"])]
fn p3_10_an_enhancement_request_needs_to_whom_or_its_reference(#[case] needed: &[&str]) {
    let (shop, number) = accepted();
    let resolve = ["resolve", &number, "--outcome", "enhancement-forwarded"];
    let said = shop.fails(1, resolve);
    assert!(said.contains("needs --to or --reference"), "{said}");
    shop.ok(resolve.iter().chain(needed));
    assert_eq!(show(&shop, &number)["state"], "resolved");
}

#[test]
fn p3_11_an_escalation_to_development_needs_its_reference() {
    let (shop, number) = accepted();
    let resolve = ["resolve", &number, "--outcome", "escalated-to-development"];
    let said = shop.fails(1, resolve);
    assert!(said.contains("needs --reference"), "{said}");
    shop.ok(resolve.iter().chain(&["--reference", "DEV-7"]));
    assert_eq!(show(&shop, &number)["resolution"]["reference"], "DEV-7");
}

#[test]
fn p3_13_no_countdown_is_invented() {
    let (shop, number) = accepted();
    let shown = show(&shop, &number);
    assert!(shown["next_due_at"].is_null());
    assert_eq!(shown["clocks"].as_array().unwrap().len(), 0);
    assert!(shown["opened_at"].is_string(), "the age is there");
    let due = shop.ok(["due", "season-ticket"]);
    assert!(due.contains("states no response target"), "{due}");
    let due = shop.json(["due", "season-ticket"]);
    assert!(due["due"].is_null(), "{due}");
    assert!(shop.ok(["list"]).contains(" age 0m "));
    shop.at("2026-11-23T22:20:00Z");
    assert!(shop.ok(["list"]).contains(" age 1h 20m "));
    shop.at("2026-12-23T21:00:00Z");
    assert!(shop.ok(["list"]).contains(" age 30d "));
    let missed = shop.json(["list", "is:missed"]);
    assert_eq!(missed.as_array().unwrap().len(), 0);
}

#[test]
fn p3_02_a_ticket_that_is_bought_afterwards_pays_for_what_awaits_payment() {
    let shop = shop();
    let number = shop.log("Blue Fern", &[]);
    let pay = ["pay", &number, "--entitlement", "1"];
    let said = shop.fails(1, pay);
    assert!(said.contains("pays once it is"), "{said}");
    shop.ok(["accept", &number]);
    let said = shop.fails(1, pay);
    assert!(
        said.contains("Blue Fern has nothing that pays for it")
            || said.contains("nothing that pays"),
        "{said}"
    );
    shop.entitle("Blue Fern", "pack --method cash --reference R-1");
    let said = shop.fails(3, ["pay", &number, "--entitlement", "7"]);
    assert!(said.contains("no entitlement of this customer"), "{said}");
    shop.fails(
        2,
        ["pay", &number, "--entitlement", "1", "--method", "cash"],
    );
    assert_eq!(shop.json(pay)["state"], "open");
    let shown = show(&shop, &number);
    assert_eq!(shown["entitlement"]["remaining"], 9);
    assert!(!shop.ok(["show", &number]).contains("owed"));
    let said = shop.fails(1, pay);
    assert!(said.contains("awaits no payment"), "{said}");
    shop.ok(["desk", "check"]);
    shop.ok(["undo", &number]);
    assert_eq!(show(&shop, &number)["state"], "awaiting-payment");
    shop.ok(["desk", "check"]);
}
