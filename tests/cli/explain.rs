//! `holdline explain`.

use serde_json::json;

use crate::shop::Shop;

#[test]
fn the_ledger_adds_up_to_the_deadline() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    shop.entitle("Blue Fern", "per-incident");
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

/// A shop of its own with a resolution target, open Monday to Friday from nine to five in UTC.
fn with_resolution() -> Shop {
    let shop = Shop::empty();
    let policy = r#"
name = "ours"
title = "Ours"
summary = "S"
channels = ["phone"]
resolution = { within = "8h", counted = "business-time" }

[calendar]
zone = "Etc/UTC"
[calendar.hours]
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]
fri = ["09:00-17:00"]

[response]
target = { within = "4h", counted = "business-time" }
contacts = "first"
starts = "receipt"

[[outcome]]
name = "done"
title = "Done"
"#;
    std::fs::write(shop.path("ours.toml"), policy).unwrap();
    shop.ok(["init", "--policy", "ours.toml"]);
    shop.customer("Blue Fern");
    shop
}

#[test]
fn a_pause_is_not_counted() {
    let shop = with_resolution();
    let number = shop.at("2026-11-23T10:00:00Z").log("Blue Fern", &[]);
    shop.at("2026-11-23T12:00:00Z")
        .ok(["wait", &number, "Which version?"]);
    let clock = |at: &str| shop.at(at).json(["explain", &number])["clocks"][1].clone();
    let paused = clock("2026-11-24T12:00:00Z");
    assert_eq!(paused["state"], "paused");
    assert_eq!(paused["due_at"], serde_json::Value::Null);
    assert_eq!(paused["sum_seconds"], 2 * 3_600);
    assert_eq!(
        paused["pauses"],
        json!([{"from": "2026-11-23T12:00:00Z", "to": null, "left_seconds": 6 * 3_600}])
    );

    shop.at("2026-11-24T15:00:00Z").ok(["resume", &number]);
    let running = clock("2026-11-24T15:00:00Z");
    assert_eq!(running["sum_seconds"], 8 * 3_600);
    assert_eq!(running["due_at"], "2026-11-25T13:00:00Z");
    assert_eq!(running["pauses"][0]["to"], "2026-11-24T15:00:00Z");
    let seconds: Vec<i64> = running["spans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| span["seconds"].as_i64().unwrap())
        .collect();
    assert_eq!(seconds, [2 * 3_600, 2 * 3_600, 4 * 3_600]);
    let page = shop.ok(["show", &number]);
    assert!(
        page.contains("resolution  running   6 h of business time, due Wed 13:00 UTC"),
        "{page}"
    );
}

#[test]
fn another_severity_moves_the_deadline_and_says_why() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T22:00:00Z").ok([
        "severity",
        &number,
        "critical",
        "--agreed-with",
        "Ada Moss",
    ]);
    let clock = shop.json(["explain", &number])["clocks"][0].clone();
    assert_eq!(clock["started_at"], "2026-11-23T21:00:00Z");
    assert_eq!(clock["rule"], "24h, or the next opening after it");
    assert_eq!(clock["due_at"], "2026-11-24T21:00:00Z");
    assert_eq!(
        clock["moves"],
        json!([{"at": "2026-11-23T22:00:00Z", "from": "2026-12-07T21:00:00Z", "due_at": "2026-11-24T21:00:00Z",
                "why": "severity critical was agreed"}])
    );
    let page = shop.ok(["explain", &number]);
    let moved = "  moved     recorded Mon 23 Nov 2026 15:00 MST, due moved from Mon 7 Dec 2026 14:00 MST to \
                 Tue 24 Nov 2026 14:00 MST: severity critical was agreed\n";
    assert!(page.contains(moved), "{page}");
}

#[test]
fn hours_that_changed_after_a_clock_stopped_do_not_concern_it() {
    let shop = with_resolution();
    let number = shop.at("2026-11-23T09:00:00Z").log("Blue Fern", &[]);
    shop.at("2026-11-23T11:00:00Z");
    let closure = |from: &str, to: &str, reason: &str| {
        let add = ["closure", "add", "--all", "--from", from, "--to", to];
        shop.ok(add.iter().chain(&["--reason", reason]));
    };
    closure("2026-11-23T09:30:00Z", "2026-11-23T10:30:00Z", "Power cut");
    shop.at("2026-11-23T13:00:00Z")
        .ok(["respond", &number, "Try this"]);
    let response = || shop.json(["explain", &number])["clocks"][0].clone();
    let frozen = response();
    assert_eq!(frozen["state"], "met");
    assert_eq!(frozen["sum_seconds"], 4 * 3_600);
    assert_eq!(frozen["due_at"], "2026-11-23T14:00:00Z");
    assert_eq!(frozen["closed"][0]["reason"], "Power cut");
    // In the same second, and later: neither is for it to count, while the clock beside it moves.
    closure("2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z", "Late news");
    assert_eq!(response(), frozen);
    shop.at("2026-11-23T15:00:00Z")
        .ok(["closure", "remove", "1"]);
    assert_eq!(response(), frozen, "nor is the end of what it counted");
    let resolution = shop.json(["explain", &number])["clocks"][1].clone();
    assert_eq!(resolution["sum_seconds"], 8 * 3_600);
    assert_eq!(resolution["due_at"], "2026-11-24T10:00:00Z");
    assert_eq!(resolution["closed"][0]["reason"], "Late news");
    shop.ok(["desk", "check"]);
}
