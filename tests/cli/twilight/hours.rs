//! Its hours: a lunch break, a shift across midnight, two offices; its targets of three kinds; and pauses.

use rstest::rstest;
use serde_json::{Value, json};

use super::{paid, shop};
use crate::seen::{clocks, show};

#[rstest]
#[case::over_lunch("dark", "harbour", "2026-11-23T11:00:00Z", "2026-11-23T15:00:00Z")]
#[case::to_the_lunch_break("dark", "harbour", "2026-11-23T09:00:00Z", "2026-11-23T12:00:00Z")]
#[case::to_midnight("dark", "harbour", "2026-11-23T16:00:00Z", "2026-11-24T00:00:00Z")]
#[case::across_midnight("dark", "harbour", "2026-11-23T23:00:00Z", "2026-11-24T02:00:00Z")]
#[case::from_night_to_day("dark", "harbour", "2026-11-24T05:00:00Z", "2026-11-24T10:00:00Z")]
#[case::night_before_a_holiday("dark", "harbour", "2026-12-24T23:00:00Z", "2026-12-25T02:00:00Z")]
#[case::over_holidays("dark", "harbour", "2026-12-25T04:00:00Z", "2026-12-29T09:00:00Z")]
#[case::in_the_short_night("dark", "harbour", "2026-03-28T23:30:00Z", "2026-03-29T02:30:00Z")]
#[case::after_the_short_night("dark", "harbour", "2026-03-29T04:00:00Z", "2026-03-30T09:00:00Z")]
#[case::after_the_long_night("dark", "harbour", "2026-10-25T04:00:00Z", "2026-10-26T09:00:00Z")]
#[case::day_from_lunch("dim", "harbour", "2026-11-23T12:30:00Z", "2026-11-24T12:00:00Z")]
#[case::day_to_an_earlier_closing("dim", "harbour", "2026-11-26T16:30:00Z", "2026-11-27T16:00:00Z")]
#[case::night_to_night("dim", "harbour", "2026-11-23T23:30:00Z", "2026-11-24T23:30:00Z")]
#[case::after_midnight_is_still_the_day_before(
    "dim",
    "harbour",
    "2026-11-24T01:00:00Z",
    "2026-11-25T01:00:00Z"
)]
#[case::night_over_a_weekend("dim", "harbour", "2026-11-28T23:00:00Z", "2026-11-30T23:00:00Z")]
#[case::elapsed_into_lunch("wish", "harbour", "2026-11-23T12:30:00Z", "2026-11-26T13:00:00Z")]
#[case::elapsed_into_the_evening("wish", "harbour", "2026-11-24T18:00:00Z", "2026-11-27T22:00:00Z")]
#[case::another_office("dark", "coast", "2026-11-23T16:00:00Z", "2026-11-23T19:30:00Z")]
#[case::another_office_with_its_own_holiday(
    "dark",
    "coast",
    "2026-11-25T21:30:00Z",
    "2026-11-27T16:00:00Z"
)]
fn targets_of_three_kinds_in_two_offices(
    #[case] severity: &str,
    #[case] office: &str,
    #[case] from: &str,
    #[case] due: &str,
) {
    let shop = shop();
    let desk = shop.desk();
    let desk = ["--desk", desk.to_str().unwrap()];
    let asked = [
        "due",
        "twilight",
        "--severity",
        severity,
        "--office",
        office,
    ];
    let said = shop.json(asked.iter().chain(&["--from", from]).chain(&desk));
    assert_eq!(said["due"], due);
    let question = json!({
        "policy": "twilight", "severity": severity, "office": office, "from": from,
    });
    let ran = shop.run_with(
        &question.to_string(),
        ["due", "--batch"].iter().chain(&desk),
    );
    let said: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(said, json!({"due": due}));
}

#[test]
fn the_resolution_is_paused_over_lunch_and_over_midnight_and_each_pause_counts_once() {
    let shop = shop();
    shop.at("2026-11-23T11:00:00Z");
    let number = paid(&shop, "dark");
    let resolution = || clocks(&shop, &number, "resolution");
    // 1 h before lunch, 4 h after it, 7 h of the night.
    assert_eq!(resolution(), ["running 2026-11-24T05:00:00Z"]);

    shop.at("2026-11-23T16:30:00Z");
    let said = shop.ok(["wait", &number, "Which lamp?"]);
    assert!(
        said.contains("resolution: paused with 7 h 30 min of business time left"),
        "{said}"
    );
    assert_eq!(resolution(), ["paused"]);
    // Nothing of the evening, half an hour of the afternoon and an hour of the night: what was left is left.
    shop.at("2026-11-23T23:00:00Z").ok(["resume", &number]);
    assert_eq!(resolution(), ["running 2026-11-24T08:30:00Z"]);

    shop.at("2026-11-24T05:30:00Z")
        .ok(["wait", &number, "Is it lit now?"]);
    // Resumed in the lunch break: the hour that is left begins after it.
    let said = shop.at("2026-11-24T12:30:00Z").ok(["resume", &number]);
    assert!(
        said.contains("1 h of business time, due Tue 14:00 GMT"),
        "{said}"
    );
    assert_eq!(resolution(), ["running 2026-11-24T14:00:00Z"]);

    let ledger = shop.json(["explain", &number]);
    let ledger = ledger["clocks"].as_array().unwrap();
    let ledger = ledger.iter().find(|c| c["kind"] == "resolution").unwrap();
    assert_eq!(ledger["sum_seconds"], 12 * 3_600);
    let spans: Vec<_> = ledger["spans"].as_array().unwrap().iter().collect();
    let spans: Vec<_> = spans
        .iter()
        .map(|span| (&span["from"], &span["to"]))
        .collect();
    assert_eq!(
        json!(spans),
        json!([
            ["2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z"],
            ["2026-11-23T13:00:00Z", "2026-11-23T16:30:00Z"],
            ["2026-11-23T23:00:00Z", "2026-11-24T05:30:00Z"],
            ["2026-11-24T13:00:00Z", "2026-11-24T14:00:00Z"],
        ])
    );

    // Resolved straight from a third pause: it is counted, once, and the target is met.
    shop.at("2026-11-24T13:59:00Z")
        .ok(["wait", &number, "And now?"]);
    shop.at("2026-11-25T10:00:00Z")
        .ok(["resolve", &number, "--outcome", "lit"]);
    assert_eq!(resolution(), ["met"]);
    let shown = show(&shop, &number);
    // 6 h 30 min of the first pause, 7 h of the second, 20 h 1 min of the third.
    assert_eq!(shown["waiting_seconds"], (33 * 60 + 31) * 60);
    shop.ok(["desk", "check"]);
}

#[test]
fn a_closure_at_night_moves_what_runs_and_no_verdict() {
    let shop = shop();
    let (met, running) = (paid(&shop, "dark"), paid(&shop, "dark"));
    let answer = ["--no-estimate", "It depends"];
    shop.at("2026-11-23T11:59:00Z")
        .ok(["respond", &met, "Try this"].iter().chain(&answer));
    let add = [
        "closure",
        "add",
        "--office",
        "harbour",
        "--reason",
        "Fire drill",
    ];
    let night = [
        "--from",
        "2026-11-23T23:00:00Z",
        "--to",
        "2026-11-24T01:00:00Z",
    ];
    let said = shop.ok(add.iter().chain(&night).chain(&["--dry-run"]));
    assert!(said.contains("2 deadlines would move"), "{said}");
    let resolution = |number| clocks(&shop, number, "resolution");
    // 3 h before lunch, 4 h after it, 5 h of the night.
    assert_eq!(resolution(&running), ["running 2026-11-24T03:00:00Z"]);
    shop.ok(add.iter().chain(&night));
    assert_eq!(resolution(&running), ["running 2026-11-24T05:00:00Z"]);
    assert_eq!(resolution(&met), ["running 2026-11-24T05:00:00Z"]);
    // The other office's hours are its own.
    let coast = ["due", "twilight", "--severity", "dark", "--office", "coast"];
    let from = ["--from", "2026-11-23T22:00:00Z"];
    let desk = shop.desk();
    let desk = ["--desk", desk.to_str().unwrap()];
    let due = shop.json(coast.iter().chain(&from).chain(&desk))["due"].clone();
    assert_eq!(due, "2026-11-24T16:30:00Z");

    // Before lunch, when one was answered in time already: its verdict stands.
    let morning = [
        "--from",
        "2026-11-23T09:00:00Z",
        "--to",
        "2026-11-23T10:00:00Z",
    ];
    shop.ok(add.iter().chain(&morning));
    let response = |number| clocks(&shop, number, "response");
    assert_eq!(response(&met), ["met 2026-11-23T12:00:00Z"]);
    assert_eq!(response(&running), ["running 2026-11-23T14:00:00Z"]);
    shop.ok(["desk", "check"]);
}
