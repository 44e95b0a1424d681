//! What the clauses want reported: `report`.

use rstest::rstest;
use serde_json::{Value, json};

use crate::seen::show;
use crate::shop::Shop;

const ONLINE: [&str; 4] = ["--method", "online", "--reference", "ORDER-1"];

/// The row of a section for one policy, customer, agent, severity or week.
fn row(shop: &Shop, section: &str, of: &str, which: &str, more: &[&str]) -> Value {
    let report = shop.json(["report", "--only", section].iter().chain(more));
    let rows = report["sections"][section]["rows"].as_array().unwrap();
    let mut alike = rows
        .iter()
        .filter(|row| row["of"] == of && (which.is_empty() || row["which"] == which));
    let found = alike.next().cloned().unwrap_or_default();
    assert!(alike.next().is_none(), "{report}");
    found
}

fn response(shop: &Shop, more: &[&str]) -> Value {
    row(shop, "attainment", "per-incident", "response", more)
}

/// An incident that was paid on Monday 23 November 2026 at 13:00 in California: four business hours end at 17:00.
fn paid(shop: &Shop, customer: &str) -> String {
    shop.at("2026-11-23T21:00:00Z");
    let number = shop.log(customer, &[]);
    shop.ok(["pay", &number].iter().chain(&ONLINE));
    number
}

#[test]
fn p1_10_a_miss_is_reported_and_changes_no_charge() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let [met, missed, late] = [0; 3].map(|_| paid(&shop, "Blue Fern"));
    let tally = |met, missed, late, running, attained: Value| {
        json!({"of": "per-incident", "which": "response", "met": met, "missed": missed, "missed_open": late,
               "running": running, "no_target": 0, "attained": attained})
    };
    assert_eq!(response(&shop, &[]), tally(0, 0, 0, 3, Value::Null));
    shop.at("2026-11-24T01:00:00Z");
    shop.ok(["respond", &met, "At the last second"]);
    shop.at("2026-11-24T01:00:01Z");
    shop.ok(["respond", &missed, "A second too late"]);
    assert_eq!(response(&shop, &[]), tally(1, 2, 1, 0, json!(33.3)));
    // Looked at a second earlier, the third was still in time.
    shop.at("2026-11-24T01:00:00Z");
    assert_eq!(response(&shop, &[])["running"], 1);
    shop.at("2026-11-25T01:00:00Z");
    assert_eq!(response(&shop, &[]), tally(1, 2, 1, 0, json!(33.3)));
    // No charge knows of it.
    for number in [&met, &missed, &late] {
        let money = &show(&shop, number)["money"];
        assert_eq!(
            [&money["paid"], &money["refunded"], &money["owed"]],
            ["139.00", "0.00", "0.00"]
        );
    }
    let money = row(&shop, "money", "per-incident", "USD", &[]);
    assert_eq!(money["kept"], "417.00");
    // It says that it is a target, and what every figure means.
    let text = shop.ok(["report", "--only", "attainment"]);
    assert!(text.contains("A target is no guarantee"), "{text}");
    assert!(
        text.contains("of them open  Clocks that are missed and still run."),
        "{text}"
    );
}

#[test]
fn p1_10_a_verdict_stays_and_one_that_was_taken_back_is_none() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = paid(&shop, "Blue Fern");
    shop.at("2026-11-24T01:00:00Z");
    shop.ok(["respond", &number, "In time"]);
    shop.ok(["undo", &number]);
    assert_eq!(response(&shop, &[])["running"], 1);
    shop.ok(["respond", &number, "In time"]);
    // A closure that would have moved the due instant comes too late for a verdict.
    shop.at("2026-11-24T18:00:00Z");
    let closure = ["closure", "add", "--policy", "per-incident"];
    let times = [
        "--from",
        "2026-11-23T22:00:00Z",
        "--to",
        "2026-11-23T23:00:00Z",
    ];
    shop.ok(closure
        .iter()
        .chain(&times)
        .chain(&["--reason", "Power cut"]));
    assert_eq!(response(&shop, &[])["met"], 1);
}

#[test]
fn clocks_count_in_the_period_in_which_they_started() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    shop.customer("Grey Heron");
    paid(&shop, "Blue Fern");
    let second = paid(&shop, "Grey Heron");
    shop.ok(["assign", &second, "mira"]);
    shop.at("2026-11-30T21:00:00Z");
    let third = shop.log("Grey Heron", &[]);
    shop.ok(["waive", &third, "--reason", "A gift"]);
    let late = |more: &[&str]| {
        let row = response(&shop, more);
        (row["missed_open"].as_u64(), row["running"].as_u64())
    };
    assert_eq!(late(&[]), (Some(2), Some(1)));
    assert_eq!(late(&["--to", "2026-11-29"]), (Some(2), Some(0)));
    assert_eq!(late(&["--from", "2026-11-30"]), (Some(0), Some(1)));
    assert_eq!(
        late(&["--from", "2026-11-24", "--to", "2026-11-29"]),
        (None, None)
    );
    assert_eq!(late(&["--customer", "Blue Fern"]), (Some(1), Some(0)));
    let by = |by, of: &str| {
        row(&shop, "attainment", of, "response", &["--by", by])["missed_open"].clone()
    };
    assert_eq!(by("agent", "mira"), 1);
    assert_eq!(by("agent", "-"), 1);
    assert_eq!(by("severity", "-"), 2);
    assert_eq!(by("week", "2026-W48"), 2);
    assert_eq!(by("week", "2026-W49"), 0);
    assert_eq!(by("week", "all"), 2);
    let report = shop.json(["report", "--by", "customer"]);
    let rows = report["sections"]["attainment"]["rows"].as_array().unwrap();
    assert!(
        rows[0]["of"].as_str().unwrap().starts_with("Blue Fern ("),
        "{report}"
    );
}

#[rstest]
#[case("season-ticket")]
#[case("tech-reference")]
fn what_has_no_target_is_counted_apart(#[case] policy: &str) {
    let shop = Shop::new(&[policy]);
    shop.customer("Blue Fern");
    shop.log("Blue Fern", &[]);
    let tally = row(&shop, "attainment", policy, "response", &[]);
    assert_eq!(
        (&tally["no_target"], &tally["missed_open"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(tally["attained"], Value::Null);
}

#[test]
fn p4_20_each_level_of_the_ladder_stands_on_its_own() {
    let shop = Shop::new(&["escalation"]);
    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    shop.at("2026-11-23T10:00:00Z");
    let number = shop.log("Blue Fern", &["--detail", "It stops"]);
    let up = [
        "escalate",
        &number,
        "--ground",
        "not-urgent-enough",
        "--concern",
        "All is down",
    ];
    shop.ok(up);
    shop.ok(up);
    shop.ok(["escalation", "answer", &number, "--level", "1", "On it"]);
    let back = ["escalation", "withdraw", &number, "--level", "2"];
    shop.ok(back.iter().chain(&["--reason", "Not meant"]));
    let level = |level| {
        let row = row(&shop, "escalations", "escalation", level, &[]);
        ["made", "answered", "taken_back"].map(|key| row[key].as_u64().unwrap())
    };
    assert_eq!(level("level 1"), [1, 1, 0]);
    assert_eq!(level("level 2"), [1, 0, 1]);
}

#[test]
fn p1_23_ends_without_a_resolution_stand_apart() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let low = ["--severity", "low"];
    let closed = shop.log("Blue Fern", &low);
    shop.ok(["close", &closed, "--as", "duplicate", "--detail", "Twice"]);
    shop.ok(["reopen", &closed, "--by", "agent"]);
    shop.ok(["resolve", &closed, "--outcome", "fixed"]);
    let declined = shop.log("Blue Fern", &low);
    shop.ok(["decline", &declined, "--reason", "Not ours"]);
    shop.ok(["call", "no-incident", "sales"]);
    let void = shop.log("Blue Fern", &low);
    shop.ok(["undo", &void]);
    let silent = shop.log("Blue Fern", &low);
    shop.ok(["wait", &silent, "Which version?"]);
    shop.at("2026-11-28T21:00:00Z");
    let count = |of, which| row(&shop, "outcomes", of, which, &[])["count"].clone();
    for _ in 0..2 {
        // Written down or not, the silence counts.
        assert_eq!(count("severity", "resolved: fixed"), 1);
        assert_eq!(count("severity", "resolved: no-customer-reply"), 1);
        assert_eq!(count("severity", "closed without resolution: duplicate"), 1);
        assert_eq!(count("severity", "declined"), 1);
        assert_eq!(count("-", "call without an incident: sales"), 1);
        shop.ok(["tick"]);
    }
}
