//! P2: five severities, and estimates.

mod silence;

use std::fs;

use holdline::policy::shipped;
use rstest::rstest;

use crate::seen::{clocks, show};
use crate::shop::Shop;

fn shop() -> Shop {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop
}

#[test]
fn p2_01_hours_are_eight_to_five_in_the_mountains_without_holidays() {
    let shop = shop();
    // 24 hours from Wednesday 09:00 is Thanksgiving.
    shop.at("2026-11-25T16:00:00Z");
    let number = shop.log("Blue Fern", &["--severity", "critical"]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["running 2026-11-27T15:00:00Z"]);
}

#[rstest]
#[case::before("2026-11-23T14:59:59Z", false)]
#[case::from_eight("2026-11-23T15:00:00Z", true)]
#[case::until_five("2026-11-23T23:59:59Z", true)]
#[case::after("2026-11-24T00:00:00Z", false)]
#[case::saturday("2026-11-28T18:00:00Z", false)]
#[case::sunday("2026-11-29T18:00:00Z", false)]
#[case::thanksgiving("2026-11-26T18:00:00Z", false)]
#[case::in_summer("2026-07-06T14:00:00Z", true)]
#[case::independence_day_observed("2026-07-03T18:00:00Z", false)]
fn p2_01_the_desk_is_open_by_these_hours(#[case] at: &str, #[case] open: bool) {
    let shop = Shop::empty();
    shop.at(at);
    shop.ok(["init", "--policy", "severity"]);
    assert_eq!(shop.json(["hours", "severity"])[0]["open"], open);
}

#[test]
fn p2_04_there_are_five_severities_and_no_others() {
    let shop = shop();
    for severity in ["critical", "urgent", "high", "normal", "low"] {
        let number = shop.log("Blue Fern", &["--severity", severity]);
        assert_eq!(show(&shop, &number)["severity"]["agreed"], severity);
    }
    let log = ["log", "--customer", "Blue Fern", "--summary", "It stops"];
    let said = shop.fails(2, log);
    assert!(
        said.contains("critical, urgent, high, normal, low"),
        "{said}"
    );
    let said = shop.fails(3, log.iter().chain(&["--severity", "urgnt"]));
    assert!(said.contains("did you mean urgent?"), "{said}");
}

#[test]
fn p2_04_a_severity_may_name_who_gets_it() {
    let shop = Shop::empty();
    let text = shipped("severity").unwrap();
    let named = text.replace(
        "name = \"critical\"\n",
        "name = \"critical\"\nassign = \"night watch\"\n",
    );
    fs::write(shop.path("ours.toml"), named).unwrap();
    shop.ok(["init", "--policy", "ours.toml"]);
    shop.customer("Blue Fern");
    let critical = shop.log("Blue Fern", &["--severity", "critical"]);
    assert_eq!(show(&shop, &critical)["assignee"], "night watch");
    let low = shop.log("Blue Fern", &["--severity", "low"]);
    assert!(show(&shop, &low)["assignee"].is_null());
}

/// From the worked examples of `clocks.md`, and the two that they leave out.
#[rstest]
#[case::a_day_onto_a_weekend("critical", "2026-11-20T23:00:00Z", "2026-11-23T15:00:00Z")]
#[case::two_days("urgent", "2026-11-23T16:00:00Z", "2026-11-25T16:00:00Z")]
#[case::three_local_days("high", "2026-10-30T16:00:00Z", "2026-11-02T17:00:00Z")]
#[case::a_week_onto_christmas("normal", "2026-12-18T18:00:00Z", "2026-12-28T15:00:00Z")]
#[case::two_weeks("low", "2026-11-02T17:00:00Z", "2026-11-16T17:00:00Z")]
fn p2_05_each_severity_has_its_target(
    #[case] severity: &str,
    #[case] from: &str,
    #[case] due: &str,
) {
    let shop = Shop::empty();
    shop.at("2026-10-01T12:00:00Z");
    shop.ok(["init", "--policy", "severity"]);
    shop.customer("Blue Fern");
    shop.at(from);
    let number = shop.log("Blue Fern", &["--severity", severity]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, [format!("running {due}")]);
}

#[test]
fn p2_06_a_response_without_a_resolution_gives_an_estimate() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let said = shop.fails(1, ["respond", &number, "We see it"]);
    assert!(said.contains("--estimate"), "{said}");
    let both = ["--estimate", "+2d", "--no-estimate", "Unknown"];
    shop.fails(2, ["respond", &number, "We see it"].iter().chain(&both));
    let passed = ["--estimate", "2026-11-23T20:00:00Z"];
    shop.fails(2, ["respond", &number, "We see it"].iter().chain(&passed));
    shop.ok([
        "respond",
        &number,
        "We see it",
        "--estimate",
        "2026-11-25T17:00:00Z",
    ]);
    let estimate = clocks(&shop, &number, "estimate");
    assert_eq!(estimate, ["running 2026-11-25T17:00:00Z"]);
    shop.ok(["estimate", &number, "2026-11-26T17:00:00Z"]);
    let estimate = clocks(&shop, &number, "estimate");
    assert_eq!(
        estimate,
        [
            "replaced 2026-11-25T17:00:00Z",
            "running 2026-11-26T17:00:00Z"
        ]
    );
}

#[test]
fn p2_06_an_estimate_that_was_late_when_a_newer_one_came_is_missed() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let first = ["--estimate", "2026-11-25T17:00:00Z"];
    shop.ok(["respond", &number, "We see it"].iter().chain(&first));
    // To the second in time, a newer one takes its place; a second later, what was promised is broken.
    shop.at("2026-11-25T17:00:00Z");
    shop.ok(["estimate", &number, "2026-11-26T17:00:00Z"]);
    shop.at("2026-11-26T17:00:01Z");
    shop.ok(["estimate", &number, "2026-11-27T17:00:00Z"]);
    assert_eq!(
        clocks(&shop, &number, "estimate"),
        [
            "replaced 2026-11-25T17:00:00Z",
            "missed 2026-11-26T17:00:00Z",
            "running 2026-11-27T17:00:00Z"
        ]
    );
    let page = shop.ok(["explain", &number]);
    assert!(page.contains("estimate, missed"), "{page}");
    let report = shop.json(["report"]);
    let row = &report["sections"]["promises"]["rows"][0];
    assert_eq!((&row["broken"], &row["replaced"]), (&1.into(), &1.into()));
    shop.ok(["desk", "check"]);
}

#[test]
fn p2_06_why_there_is_no_estimate_is_kept() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.ok([
        "call",
        "log",
        &number,
        "--in",
        "--answered",
        "--no-estimate",
        "The vendor is silent",
    ]);
    let shown = show(&shop, &number);
    assert!(shown["first_response_at"].is_string());
    let timeline = shown["timeline"].to_string();
    assert!(timeline.contains("The vendor is silent"), "{timeline}");
}

#[test]
fn p2_07_an_agreed_severity_says_nothing_of_a_response_that_was_given() {
    let shop = shop();
    let number = shop.log(
        "Blue Fern",
        &[
            "--severity",
            "high",
            "--answered",
            "--no-estimate",
            "A vendor's",
        ],
    );
    let agreed = ["--agreed-with", "Ada Moss, by phone"];
    let said = shop.ok(["severity", &number, "low"].iter().chain(&agreed));
    assert!(said.ends_with("; low agreed"), "{said}");
}

#[test]
fn p2_07_an_agreed_severity_counts_from_the_start_and_both_are_kept() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-24T18:00:00Z");
    let agreed = shop.json([
        "severity",
        &number,
        "urgent",
        "--agreed-with",
        "Ana Ferreira, by phone",
    ]);
    assert_eq!(agreed["response_due_before"], "2026-12-07T21:00:00Z");
    assert_eq!(agreed["response_due_at"], "2026-11-25T21:00:00Z");
    let shown = show(&shop, &number);
    assert_eq!(shown["severity"]["asked"], "low");
    assert_eq!(shown["severity"]["agreed"], "urgent");
    assert_eq!(shown["severity"]["agreed_with"], "Ana Ferreira, by phone");
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["running 2026-11-25T21:00:00Z"]);
    let said = shop.ok(["severity", &number, "critical", "--agreed-with", "Ana"]);
    assert!(
        said.contains("Wed 25 Nov 2026 14:00 MST -> Tue 24 Nov 2026 14:00 MST"),
        "{said}"
    );
}

#[test]
fn p2_09_resolved_when_it_is_fixed() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.ok(["resolve", &number, "--outcome", "fixed"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["resolution"]["outcome"], "fixed");
    assert_eq!(shown["resolution"]["at"], "2026-11-23T21:00:00Z");
    assert_eq!(shown["clocks"][0]["state"], "met");
}

#[test]
fn p2_10_support_stays_a_resource_after_a_third_party_s_fault() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.ok([
        "resolve",
        &number,
        "--outcome",
        "third-party",
        "--product",
        "Their driver",
    ]);
    shop.ok([
        "call",
        "log",
        &number,
        "--in",
        "--note",
        "They ask for a log",
    ]);
    shop.ok(["respond", &number, "Sent it", "--by", "mail"]);
    shop.ok(["note", &number, "The vendor works on it"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "resolved");
    assert_eq!(shown["reopened"], 0);
    assert!(shown["next_due_at"].is_null());
    let fixed = shop.log("Blue Fern", &["--severity", "high"]);
    shop.ok(["resolve", &fixed, "--outcome", "fixed"]);
    shop.fails(
        1,
        ["respond", &fixed, "By the way", "--no-estimate", "Fixed"],
    );
}

#[test]
fn p2_12_a_recurring_issue_keeps_its_number() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.ok(["resolve", &number, "--outcome", "fixed"]);
    shop.at("2026-12-01T16:00:00Z");
    let again = shop.json([
        "reopen",
        &number,
        "--recurring",
        "--reason",
        "The same message",
    ]);
    assert_eq!(again["tech_ref"], number.as_str());
    assert_eq!(again["next_due_at"], "2026-12-04T16:00:00Z");
    let shown = show(&shop, &number);
    assert_eq!(shown["reopened"], 1);
    assert!(shown["resolution"].is_null());
    assert_eq!(shown["resolutions_before"][0]["outcome"], "fixed");
    shop.fails(1, ["decline", &number, "--reason", "Too late"]);
}

#[test]
fn p2_13_billing_software_comes_first_among_equals() {
    let shop = shop();
    let plain = shop.log("Blue Fern", &["--severity", "high"]);
    let billing = [
        "--severity",
        "high",
        "--product",
        "Medical billing software",
    ];
    let billing = shop.log("Blue Fern", &billing);
    let graver = shop.log("Blue Fern", &["--severity", "urgent"]);
    let listed = shop.json(["list"]);
    let order: Vec<_> = (0..3).map(|at| listed[at]["tech_ref"].clone()).collect();
    assert_eq!(order, [graver, billing, plain]);
}
