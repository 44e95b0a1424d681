//! P1: prepaid single incidents.

use rstest::rstest;

use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// The customer has bought one incident.
fn bought(shop: &Shop) {
    shop.entitle(
        "Blue Fern",
        "per-incident --count 1 --method online --reference ORDER-1",
    );
}

const ONLINE: [&str; 4] = ["--method", "online", "--reference", "ORDER-1"];

/// An incident that awaits its payment, on Monday 23 November 2026 at 13:00 in California.
fn unpaid() -> (Shop, String) {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    (shop, number)
}

fn pay(shop: &Shop, number: &str) {
    shop.ok(["pay", number].iter().chain(&ONLINE));
}

fn paid() -> (Shop, String) {
    let (shop, number) = unpaid();
    pay(&shop, &number);
    (shop, number)
}

/// Resolves by an outcome that is refused without `needed`, then with it.
fn resolves_only_with(outcome: &str, needed: &[&str]) {
    let (shop, number) = paid();
    let resolve = ["resolve", number.as_str(), "--outcome", outcome];
    let said = shop.fails(1, resolve);
    assert!(said.contains(&format!("outcome {outcome} (")), "{said}");
    assert!(said.contains(needed[0]), "{said}");
    shop.ok(resolve.iter().chain(needed));
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "resolved");
    assert_eq!(shown["resolution"]["outcome"], outcome);
    let key = needed[0].trim_start_matches("--");
    assert_eq!(shown["resolution"][key], needed[1]);
}

#[rstest]
#[case::to_a_closing("2026-11-23T21:00:00Z", "2026-11-24T01:00:00Z")]
#[case::thanksgiving_between("2026-11-26T00:00:00Z", "2026-11-27T19:30:00Z")]
#[case::weekend("2026-11-28T18:00:00Z", "2026-11-30T20:30:00Z")]
fn p1_02_the_target_is_four_business_hours_from_the_payment(
    #[case] paid_at: &str,
    #[case] due: &str,
) {
    let (shop, number) = unpaid();
    assert!(clocks(&shop, &number, "response").is_empty());
    shop.at(paid_at);
    pay(&shop, &number);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, [format!("running {due}")]);
}

#[test]
fn p1_02_a_purchase_that_is_there_already_starts_the_clock_at_the_call() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    bought(&shop);
    let number = shop.log("Blue Fern", &["--minutes", "30"]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["running 2026-11-24T00:30:00Z"]);
    let second = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &second)["state"], "awaiting-payment");
}

#[test]
fn p1_03_an_incident_costs_139_dollars() {
    let (shop, number) = unpaid();
    let money = &show(&shop, &number)["money"];
    assert_eq!(money["price"], "139.00");
    assert_eq!(money["owed"], "139.00");
    assert_eq!(money["currency"], "USD");
    for (amount, code) in [("138.99", 1), ("139.000001", 2), ("1.39e2", 2)] {
        let wrong = ["pay", &number, "--amount", amount];
        shop.fails(code, wrong.iter().chain(&ONLINE));
    }
    let right = ["pay", &number, "--amount", "139.00"];
    shop.ok(right.iter().chain(&ONLINE));
    assert_eq!(show(&shop, &number)["money"]["paid"], "139.00");
}

#[test]
fn p1_04_no_work_before_the_payment() {
    let (shop, number) = unpaid();
    assert_eq!(show(&shop, &number)["state"], "awaiting-payment");
    let work: [&[&str]; 4] = [
        &["respond", &number, "Try this"],
        &["wait", &number, "Which version?"],
        &["note", &number, "Tried it", "--kind", "work"],
        &[
            "resolve",
            &number,
            "--outcome",
            "solution",
            "--detail",
            "So",
        ],
    ];
    for step in work {
        let said = shop.fails(1, step);
        assert!(said.contains("awaits payment"), "{said}");
    }
    let said = shop.fails(1, ["pay", &number, "--method", "cash", "--reference", "R"]);
    assert!(said.contains("only online"), "{said}");
    pay(&shop, &number);
    for step in work {
        shop.ok(step);
    }
}

#[test]
fn p1_06_hours_are_half_past_eight_to_five_in_california() {
    let (shop, number) = unpaid();
    shop.at("2026-11-24T16:29:00Z");
    pay(&shop, &number);
    let before_opening = clocks(&shop, &number, "response");
    assert_eq!(before_opening, ["running 2026-11-24T20:30:00Z"]);
    let late = shop.log("Blue Fern", &[]);
    shop.at("2026-11-25T00:59:00Z");
    pay(&shop, &late);
    let before_closing = clocks(&shop, &late, "response");
    assert_eq!(before_closing, ["running 2026-11-25T20:29:00Z"]);
}

#[test]
fn p1_15_our_own_bug_gives_back_exactly_the_price_once() {
    let (shop, number) = paid();
    let resolve = [
        "resolve",
        &number,
        "--outcome",
        "solution",
        "--detail",
        "Fixed",
        "--cause",
        "own-bug",
    ];
    shop.ok(resolve);
    let money = show(&shop, &number)["money"].clone();
    assert_eq!(money["refunded"], "139.00");
    assert_eq!(money["paid"], "139.00");
    let said = shop.fails(1, ["refund", &number, "--reason", "Again"]);
    assert!(said.contains("nothing was paid"), "{said}");
    shop.ok(["reopen", &number]);
    shop.ok(resolve);
    assert_eq!(show(&shop, &number)["money"], money);
    assert_eq!(entries(&shop, &number, "refunded"), 1);
}

#[rstest]
#[case("user-error")]
#[case("configuration")]
fn p1_16_no_refund_for_errors_and_settings(#[case] cause: &str) {
    let (shop, number) = paid();
    let resolve = [
        "resolve",
        &number,
        "--outcome",
        "solution",
        "--detail",
        "Shown how",
    ];
    shop.ok(resolve.iter().chain(&["--cause", cause]));
    let said = shop.fails(1, ["refund", &number, "--reason", "They ask for it"]);
    assert!(said.contains("no refund: the cause is "), "{said}");
    assert!(said.contains(cause), "{said}");
    assert_eq!(show(&shop, &number)["money"]["refunded"], "0.00");
}

#[test]
fn p1_17_a_solution_needs_what_was_done() {
    resolves_only_with("solution", &["--detail", "A new cable"]);
}

#[test]
fn p1_18_a_workaround_needs_it_in_words() {
    resolves_only_with("workaround", &["--detail", "Print from the other program"]);
}

#[rstest]
#[case(&["--detail", "A wish"])]
#[case(&["--reference", "WISH-4"])]
#[case(&["--version", "7.2"])]
fn p1_19_an_enhancement_or_a_newer_version_needs_which(#[case] needed: &[&str]) {
    resolves_only_with("enhancement-or-upgrade", needed);
}

#[test]
fn p1_20_a_third_party_s_fault_needs_the_product() {
    resolves_only_with("third-party", &["--product", "Their driver"]);
}

#[test]
fn p1_20_a_third_party_s_fault_is_charged() {
    let (shop, number) = paid();
    let resolve = ["resolve", &number, "--outcome", "third-party"];
    shop.ok(resolve.iter().chain(&["--product", "Their driver"]));
    let money = show(&shop, &number)["money"].clone();
    assert_eq!(money["paid"], "139.00");
    assert_eq!(money["refunded"], "0.00");
}

#[test]
fn p1_21_a_known_bug_needs_its_reference() {
    resolves_only_with("known-bug", &["--reference", "BUG-9"]);
}

#[test]
fn p1_22_the_shop_may_choose_not_to_charge() {
    let (shop, number) = unpaid();
    let said = shop.fails(2, ["waive", &number, "--reason", " "]);
    assert!(said.contains("reason is empty"), "{said}");
    let after = shop.json(["waive", &number, "--reason", "Our download was broken"]);
    assert_eq!(after["state"], "open");
    assert_eq!(after["next_due_at"], "2026-11-24T01:00:00Z");
    let shown = show(&shop, &number);
    assert_eq!(shown["money"]["waived"], "139.00");
    assert_eq!(shown["money"]["owed"], "0.00");
    let timeline = shown["timeline"].to_string();
    assert!(timeline.contains("Our download was broken"), "{timeline}");
}

#[test]
fn p1_23_an_issue_may_end_without_a_resolution() {
    let (shop, number) = paid();
    shop.fails(2, ["close", &number, "--as", "unresolved", "--detail", ""]);
    shop.ok([
        "close",
        &number,
        "--as",
        "unresolved",
        "--detail",
        "Nobody could reproduce it",
    ]);
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "closed-unresolved");
    assert_eq!(shown["resolution"]["outcome"], "unresolved");
    assert_eq!(shown["resolution"]["detail"], "Nobody could reproduce it");
    assert_eq!(shown["money"]["paid"], "139.00");
    let resolved = shop.json(["list", "state:resolved"]);
    assert_eq!(resolved.as_array().unwrap().len(), 0);
}

#[rstest]
#[case("withdrawn", "open")]
#[case("unreachable", "awaiting-payment")]
fn p1_23_a_purchase_goes_back_only_where_the_customer_withdraws(
    #[case] reason: &str,
    #[case] next: &str,
) {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    bought(&shop);
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["close", &number, "--as", reason, "--detail", "So it is"]);
    let second = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &second)["state"], next);
}
