//! One aspect, one incident: splits, by the clauses of the policies that ask for them.

use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// A shop under one policy, with a customer.
fn shop(policy: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    shop.customer("Blue Fern");
    shop
}

/// A shop whose customer has a season ticket, with an accepted incident.
fn season_ticket() -> (Shop, String) {
    let shop = shop("season-ticket");
    shop.entitle("Blue Fern", "pack --method cash --reference R-1");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["accept", &number]);
    (shop, number)
}

fn split(shop: &Shop, number: &str, more: &[&str]) -> String {
    let split = ["split", number, "--summary", "The second printer"];
    shop.ok(split.iter().chain(more))
}

#[test]
fn p1_11_another_aspect_becomes_an_incident_of_its_own() {
    let shop = shop("per-incident");
    let more = ["--product", "Invoice Desk", "--contact", "Ana Silva"];
    let whole = shop.log("Blue Fern", &more);
    shop.at("2026-11-23T21:10:00Z");
    let part = split(&shop, &whole, &["--told"]);
    let (of_whole, of_part) = (show(&shop, &whole), show(&shop, &part));
    assert_eq!(of_whole["summary"], "It does not start");
    assert_eq!(of_whole["split_into"][0], part.as_str());
    assert_eq!(of_part["summary"], "The second printer");
    assert_eq!(of_part["split_from"], whole.as_str());
    assert_eq!(of_part["opened_at"], "2026-11-23T21:10:00Z");
    for inherited in ["customer", "contact", "product", "channel"] {
        assert_eq!(of_part[inherited], of_whole[inherited], "{inherited}");
    }
    let text = shop.ok(["show", &part]);
    assert!(text.contains(&format!("Split from    {whole}")), "{text}");
}

#[test]
fn p1_13_a_split_incident_awaits_a_payment_of_its_own() {
    let shop = shop("per-incident");
    let whole = shop.log("Blue Fern", &[]);
    let pay = ["--method", "online", "--reference", "ORDER-1"];
    shop.ok(["pay", &whole].iter().chain(&pay));
    let part = split(&shop, &whole, &["--told"]);
    let shown = show(&shop, &part);
    assert_eq!(shown["state"], "awaiting-payment");
    assert_eq!(shown["money"]["owed"], "139.00");
    assert_eq!(show(&shop, &whole)["money"]["paid"], "139.00");
    shop.fails(1, ["respond", &part, "Try this"]);
    shop.ok(["pay", &part].iter().chain(&pay));
    let response = clocks(&shop, &part, "response");
    assert_eq!(response, ["running 2026-11-24T01:00:00Z"]);
}

#[test]
fn p3_04_a_split_uses_one_more_of_the_ticket_and_counts_as_accepted() {
    let (shop, whole) = season_ticket();
    assert_eq!(show(&shop, &whole)["entitlement"]["remaining"], 9);
    let part = split(&shop, &whole, &["--told"]);
    let shown = show(&shop, &part);
    assert_eq!(shown["state"], "open");
    assert_eq!(shown["accepted_at"], "2026-11-23T21:00:00Z");
    assert_eq!(shown["entitlement"]["remaining"], 8);
}

#[test]
fn p3_06_a_split_says_whether_the_customer_was_told() {
    let (shop, whole) = season_ticket();
    let unsaid = shop.fails(2, ["split", &whole, "--summary", "Another"]);
    assert!(unsaid.contains("--told"), "{unsaid}");
    for (answer, told) in [("--told", true), ("--not-told", false)] {
        let part = split(&shop, &whole, &[answer]);
        assert_eq!(show(&shop, &part)["told_customer"], told);
    }
    assert!(show(&shop, &whole)["told_customer"].is_null());
}

#[test]
fn what_is_split_has_the_severity_that_was_asked_for_and_a_clock_of_its_own() {
    let shop = shop("severity");
    let whole = shop.log("Blue Fern", &["--severity", "high"]);
    let lower = ["severity", &whole, "low", "--agreed-with", "Ana"];
    shop.ok(lower);
    shop.at("2026-11-24T16:00:00Z");
    let part = split(&shop, &whole, &["--told"]);
    assert_eq!(show(&shop, &part)["severity"]["agreed"], "high");
    let response = clocks(&shop, &part, "response");
    assert_eq!(response, ["running 2026-11-27T16:00:00Z"]);
    let graver = split(&shop, &whole, &["--told", "--severity", "critical"]);
    assert_eq!(show(&shop, &graver)["severity"]["asked"], "critical");
}

#[test]
fn a_split_is_refused_as_a_whole() {
    let shop = shop("severity");
    let whole = shop.log("Blue Fern", &["--severity", "high"]);
    let split = ["split", &whole, "--summary", "Another", "--told"];
    let unknown = shop.fails(3, split.iter().chain(&["--severity", "grave"]));
    assert!(unknown.contains("severity"), "{unknown}");
    let early = ["--at", "2026-11-23T20:00:00Z"];
    let said = shop.fails(2, split.iter().chain(&early));
    assert!(said.contains("before"), "{said}");
    shop.ok(["note", &whole, "Hm"]);
    shop.fails(4, split.iter().chain(&["--if-revision", "1"]));
    let once: Vec<&&str> = split.iter().chain(&["--once", "K1"]).collect();
    let part = shop.ok(once.iter().map(|word| **word));
    assert_eq!(shop.ok(once.iter().map(|word| **word)), part);
    assert_eq!(entries(&shop, &whole, "split-into"), 1);
}
