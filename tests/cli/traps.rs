//! The traps of `clocks.md`, by their numbers, as far as they concern an incident's life.

use std::fs;

use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// A shop that promises a resolution within `resolution`, open Monday to Friday from 09:00 to 17:00 UTC, at the
/// opening of Monday 23 November 2026.
fn promising(resolution: &str) -> Shop {
    let shop = Shop::empty();
    let policy = format!(
        r#"
name = "ours"
title = "Ours"
summary = "Resolved in time"
channels = ["phone", "mail", "chat"]
resolution = {resolution}

[calendar]
zone = "UTC"
[calendar.hours]
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]
fri = ["09:00-17:00"]

[response]
contacts = "first"
starts = "receipt"

[[severity]]
name = "high"
definition = "It hurts"
target = {{ within = "90s", counted = "business-time" }}
[[severity]]
name = "low"
definition = "It does not"
target = {{ within = "4h", counted = "business-time" }}
[[severity]]
name = "some-day"
definition = "A wish"
target = {{ within = "156w", counted = "elapsed", when_closed = "as-is" }}

[[outcome]]
name = "fixed"
title = "Fixed"
takes = ["detail"]
"#
    );
    fs::write(shop.path("ours.toml"), policy).unwrap();
    shop.at("2026-11-23T09:00:00Z");
    shop.ok(["init", "--policy", "ours.toml"]);
    shop.customer("Blue Fern");
    shop
}

const EIGHT_HOURS: &str = r#"{ within = "8h", counted = "business-time" }"#;
const TWO_DAYS: &str = r#"{ within = "2d", counted = "elapsed" }"#;

fn wait(shop: &Shop, number: &str) {
    shop.ok(["wait", number, "Which version?"]);
}

fn heard(shop: &Shop, number: &str) {
    shop.ok(["call", "log", number, "--in"]);
}

#[test]
fn trap_09_a_pause_outlives_a_change_of_severity() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T10:00:00Z");
    wait(&shop, &number);
    shop.at("2026-11-23T11:00:00Z");
    shop.ok(["severity", &number, "high", "--agreed-with", "Ana"]);
    assert_eq!(clocks(&shop, &number, "resolution"), ["paused"]);
    shop.at("2026-11-23T12:00:00Z");
    heard(&shop, &number);
    let due = clocks(&shop, &number, "resolution");
    assert_eq!(due, ["running 2026-11-24T11:00:00Z"]);
}

#[test]
fn trap_10_resolving_straight_from_waiting_counts_the_pause_once() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T10:00:00Z");
    wait(&shop, &number);
    shop.at("2026-11-25T12:00:00Z");
    shop.ok(["resolve", &number, "--outcome", "fixed"]);
    assert_eq!(clocks(&shop, &number, "resolution"), ["met"]);
    shop.at("2026-11-30T12:00:00Z");
    assert_eq!(show(&shop, &number)["waiting_seconds"], 50 * 3_600);
}

#[test]
fn trap_11_waiting_over_a_weekend_adds_closed_time_once() {
    let shop = promising(EIGHT_HOURS);
    shop.at("2026-11-27T15:00:00Z");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-27T16:00:00Z");
    wait(&shop, &number);
    shop.at("2026-11-30T10:00:00Z");
    heard(&shop, &number);
    let due = clocks(&shop, &number, "resolution");
    assert_eq!(due, ["running 2026-11-30T17:00:00Z"]);
}

#[test]
fn trap_11_an_elapsed_target_that_moved_to_an_opening_does_not_pause_with_the_closed_time() {
    let shop = promising(TWO_DAYS);
    shop.at("2026-11-27T10:00:00Z");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let due = clocks(&shop, &number, "resolution");
    assert_eq!(due, ["running 2026-11-30T09:00:00Z"]);
    // Two of the 48 hours are gone at each of the two pauses.
    shop.at("2026-11-27T12:00:00Z");
    wait(&shop, &number);
    shop.at("2026-11-30T12:00:00Z");
    heard(&shop, &number);
    let due = clocks(&shop, &number, "resolution");
    assert_eq!(due, ["running 2026-12-02T10:00:00Z"]);
    shop.at("2026-11-30T14:00:00Z");
    wait(&shop, &number);
    shop.at("2026-12-04T14:00:00Z");
    heard(&shop, &number);
    // 44 hours from Friday 14:00 is Sunday 10:00, which is closed.
    let due = clocks(&shop, &number, "resolution");
    assert_eq!(due, ["running 2026-12-07T09:00:00Z"]);
}

#[test]
fn trap_12_what_is_left_is_shown_before_the_work_goes_on() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let late = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T10:00:00Z");
    let said = shop.ok(["wait", &number, "Which version?"]);
    assert!(
        said.contains("resolution: paused with 7 h of business time left"),
        "{said}"
    );
    shop.at("2026-11-24T11:00:00Z");
    let said = shop.ok(["wait", &late, "Which version?"]);
    assert!(said.contains("resolution: paused, missed by 2 h"), "{said}");
    shop.at("2026-11-25T11:00:00Z");
    let said = shop.ok(["resume", &late]);
    assert!(
        said.contains("resolution: missed by 2 h, was due"),
        "{said}"
    );
}

#[test]
fn trap_12_late_by_closed_time_alone_stays_late_through_a_pause() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T20:00:00Z");
    wait(&shop, &number);
    shop.at("2026-11-24T10:00:00Z");
    shop.ok(["resolve", &number, "--outcome", "fixed"]);
    assert_eq!(clocks(&shop, &number, "resolution"), ["missed"]);
}

#[test]
fn trap_13_a_question_is_credited_as_the_response_first() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T12:59:00Z");
    wait(&shop, &number);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["met 2026-11-23T13:00:00Z"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["first_response_at"], "2026-11-23T12:59:00Z");
    assert_eq!(shown["state"], "waiting");
}

/// A desk of tickets with a customer of the office in the United Kingdom, on Monday 23 November 2026 at 10:00 there.
fn tickets() -> (Shop, String) {
    let shop = Shop::new(&["escalation"]);
    shop.at("2026-11-23T10:00:00Z");
    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    let number = shop.log("Blue Fern", &["--channel", "mail", "--detail", "It stops"]);
    (shop, number)
}

#[test]
fn trap_14_an_answer_by_any_channel_starts_the_response_clock() {
    for channel in ["mail", "phone", "chat"] {
        let (shop, number) = tickets();
        wait(&shop, &number);
        assert!(show(&shop, &number)["next_clock"].is_null());
        shop.at("2026-11-24T11:00:00Z");
        shop.ok(["call", "log", &number, "--in", "--channel", channel]);
        let response = clocks(&shop, &number, "response");
        assert_eq!(response[1], "running 2026-11-25T11:00:00Z", "{channel}");
        assert_eq!(show(&shop, &number)["state"], "open");
    }
}

#[test]
fn trap_14_an_answered_outgoing_call_is_a_response_and_an_attempt_is_none() {
    let (shop, number) = tickets();
    shop.ok(["call", "log", &number, "--attempt"]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["running 2026-11-24T10:00:00Z"]);
    assert!(show(&shop, &number)["first_response_at"].is_null());
    shop.ok(["call", "log", &number, "--out"]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["met 2026-11-24T10:00:00Z"]);
}

#[test]
fn trap_15_the_clock_of_the_old_severity_is_gone() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["severity", &number, "some-day", "--agreed-with", "Ana"]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["running 2029-11-19T09:00:00Z"]);
}

#[test]
fn trap_15_what_has_ended_counts_nothing_down() {
    let shop = promising(EIGHT_HOURS);
    let ends: [&[&str]; 3] = [
        &["resolve", "--outcome", "fixed"],
        &["decline", "--reason", "Training"],
        &["close", "--as", "withdrawn", "--detail", "Found it"],
    ];
    for end in ends {
        let number = shop.log("Blue Fern", &["--severity", "low"]);
        shop.ok(end.iter().chain(&[number.as_str()]));
        let shown = show(&shop, &number);
        assert!(shown["next_due_at"].is_null(), "{end:?}");
        let clocks = shown["clocks"].as_array().unwrap();
        let stopped = clocks.iter().all(|clock| clock["stopped_at"].is_string());
        assert!(stopped && !clocks.is_empty(), "{end:?}: {clocks:?}");
    }
}

#[test]
fn trap_16_a_reopened_incident_starts_anew_and_keeps_the_old_verdict() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T14:00:00Z");
    shop.ok(["resolve", &number, "--outcome", "fixed"]);
    shop.at("2026-12-01T10:00:00Z");
    shop.ok(["reopen", &number]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(
        response,
        [
            "missed 2026-11-23T13:00:00Z",
            "running 2026-12-01T14:00:00Z"
        ]
    );
    let resolution = clocks(&shop, &number, "resolution");
    assert_eq!(
        resolution,
        ["met 2026-11-23T17:00:00Z", "running 2026-12-02T10:00:00Z"]
    );
}

#[test]
fn trap_18_a_miss_needs_nobody_to_notice_it() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let revision = show(&shop, &number)["revision"].clone();
    shop.at("2026-11-23T13:00:00Z");
    let at_the_instant = clocks(&shop, &number, "response");
    assert_eq!(at_the_instant, ["running 2026-11-23T13:00:00Z"]);
    shop.at("2026-11-23T13:00:01Z");
    let after = clocks(&shop, &number, "response");
    assert_eq!(after, ["missed 2026-11-23T13:00:00Z"]);
    assert_eq!(show(&shop, &number)["revision"], revision);
}

#[test]
fn trap_19_past_due_says_missed_and_by_how_much() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T14:04:00Z");
    let said = shop.ok(["note", &number, "Hm"]);
    assert!(
        said.contains("response: missed by 1 h 4 min, was due Mon 13:00 UTC"),
        "{said}"
    );
}

#[test]
fn trap_20_an_entry_of_the_past_counts_as_of_its_instant() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T15:00:00Z");
    let past = ["--at", "2026-11-23T12:00:00Z"];
    shop.ok(["respond", &number, "We see it"].iter().chain(&past));
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["met 2026-11-23T13:00:00Z"]);
}

#[test]
fn trap_20_a_past_entry_never_changes_a_clock_that_has_stopped() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T14:00:00Z");
    shop.ok(["respond", &number, "We see it"]);
    let past = ["--at", "2026-11-23T12:00:00Z"];
    shop.ok(["respond", &number, "So we said"].iter().chain(&past));
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["missed 2026-11-23T13:00:00Z"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["first_response_at"], "2026-11-23T12:00:00Z");
}

#[test]
fn trap_20_the_oldest_contact_without_an_answer_counts_in_whatever_order_they_are_entered() {
    let (shop, number) = tickets();
    shop.at("2026-11-23T11:00:00Z");
    shop.ok(["respond", &number, "We see it"]);
    shop.at("2026-11-23T15:00:00Z");
    heard(&shop, &number);
    // Answered already: nothing changes.
    shop.ok([
        "call",
        "log",
        &number,
        "--in",
        "--at",
        "2026-11-23T10:30:00Z",
    ]);
    assert_eq!(
        clocks(&shop, &number, "response")[1],
        "running 2026-11-24T15:00:00Z"
    );
    // The reply of 11:00 did not answer this one, which is older than the one that is waited for.
    shop.ok([
        "call",
        "log",
        &number,
        "--in",
        "--at",
        "2026-11-23T12:00:00Z",
    ]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response[1], "replaced 2026-11-24T15:00:00Z");
    assert_eq!(response[2], "running 2026-11-24T12:00:00Z");
    // And a reply from before it does not answer it.
    shop.ok(["respond", &number, "Also", "--at", "2026-11-23T11:30:00Z"]);
    assert_eq!(
        clocks(&shop, &number, "response")[2],
        "running 2026-11-24T12:00:00Z"
    );
}

#[test]
fn trap_21_targets_of_seconds_and_of_years_are_exact() {
    let shop = promising(EIGHT_HOURS);
    shop.at("2026-11-23T16:59:00Z");
    let short = shop.log("Blue Fern", &["--severity", "high"]);
    let response = clocks(&shop, &short, "response");
    assert_eq!(response, ["running 2026-11-24T09:00:30Z"]);
    let long = shop.log("Blue Fern", &["--severity", "some-day"]);
    let response = clocks(&shop, &long, "response");
    assert_eq!(response, ["running 2029-11-19T16:59:00Z"]);
}

#[test]
fn trap_22_a_verdict_stays_when_the_severity_changes() {
    let shop = promising(EIGHT_HOURS);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T12:00:00Z");
    shop.ok(["respond", &number, "We see it"]);
    shop.ok(["severity", &number, "high", "--agreed-with", "Ana"]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["met 2026-11-23T13:00:00Z"]);
    assert_eq!(entries(&shop, &number, "clock-moved"), 0);
}

#[test]
fn trap_06_agents_in_two_zones_see_one_instant() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &number, "--reason", "A gift"]);
    let seen = |zone: &str| {
        let show = ["show", &number, "--json"];
        let output = shop.command().env("TZ", zone).args(show).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let tokyo = seen("Asia/Tokyo");
    assert!(
        tokyo.contains("\"next_due_at\": \"2026-11-24T01:00:00Z\""),
        "{tokyo}"
    );
    assert_eq!(tokyo, seen("America/St_Johns"));
}
