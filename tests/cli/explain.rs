//! `holdline explain`.

use serde_json::json;

use crate::shop::Shop;

#[test]
fn the_ledger_adds_up_to_the_deadline() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let add = ["entitlement", "add", "--customer", "Blue Fern"];
    shop.ok(add.iter().chain(&["--kind", "per-incident"]));
    let number = shop.at("2026-11-26T00:00:00Z").log("Blue Fern", &[]);
    let page = shop.ok(["explain", &number]);
    assert_eq!(
        page,
        "10001-4  It does not start
policy per-incident, version 1

response, running
  started   Wed 25 Nov 2026 16:00 PST
  by        Logged by phone: It does not start
  rule      4h of business time
  counted   Wed 25 Nov 2026 16:00 to 17:00 PST: 1 h
  counted   Fri 27 Nov 2026 08:30 to 11:30 PST: 3 h
  closed    Thu 26 Nov 2026: Thanksgiving Day
  sum       4 h
  due       Fri 27 Nov 2026 11:30 PST"
    );
    let ledger = shop.json(["explain", &number]);
    assert_eq!(ledger["zone"], "America/Los_Angeles");
    let clock = &ledger["clocks"][0];
    assert_eq!(clock["sum_seconds"], 14_400);
    assert_eq!(
        clock["spans"][1],
        json!({"from": "2026-11-27T16:30:00Z", "to": "2026-11-27T19:30:00Z", "seconds": 10_800})
    );
    assert_eq!(
        clock["closed"],
        json!([{"date": "2026-11-26", "reason": "Thanksgiving Day"}])
    );
    assert_eq!(clock["due_at"], "2026-11-27T19:30:00Z");
}

#[test]
fn what_falls_due_while_closed_moves() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let clock = shop.json(["explain", &number])["clocks"][0].clone();
    assert_eq!(clock["rule"], "3 days, or the next opening after it");
    assert_eq!(clock["fell_due_closed_at"], "2026-11-26T21:00:00Z");
    assert_eq!(clock["due_at"], "2026-11-27T15:00:00Z");
    assert_eq!(clock["sum_seconds"], 3 * 86_400);
}

#[test]
fn a_promise_is_no_rule_and_nothing_is_no_clock() {
    let shop = Shop::new(&["severity", "season-ticket"]);
    shop.customer("Blue Fern");
    let answered = ["--severity", "low", "--answered", "--estimate", "+2h"];
    let number = shop.log("Blue Fern", &answered);
    let clocks = shop.json(["explain", &number])["clocks"].clone();
    assert_eq!(clocks[0]["state"], "met");
    assert_eq!(clocks[0]["stopped_at"], "2026-11-23T21:00:00Z");
    assert_eq!(clocks[1]["rule"], "an instant that was promised");
    assert_eq!(clocks[1]["started_by"], "Answered by phone");

    let number = shop.log("Blue Fern", &["--policy", "season-ticket"]);
    assert_eq!(shop.json(["explain", &number])["clocks"], json!([]));
    assert!(shop.ok(["explain", &number]).ends_with("nothing is due."));
    shop.fails(2, ["explain", "10001-5"]);
    shop.fails(3, ["explain", "10003-8"]);
}
