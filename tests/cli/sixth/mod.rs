//! A sixth policy, made of parts of all five and of what none of them has: nothing is special-cased by a policy's name.

use rstest::rstest;
use serde_json::{Value, json};

use crate::seen::{clocks, show};
use crate::shop::Shop;

/// The policy file.
pub const SIXTH: &str = include_str!("sixth.toml");

const NUMBER: &str = "10001-4";

/// A desk with the sixth policy alone and a customer, on Monday 23 November 2026 at 09:00 in Paris.
fn shop() -> Shop {
    let shop = Shop::empty();
    std::fs::write(shop.path("sixth.toml"), SIXTH).unwrap();
    shop.at("2026-11-23T08:00:00Z");
    shop.ok(["init", "--policy", "sixth.toml", "--set", "price=40.00 EUR"]);
    shop.customer("Blue Fern");
    shop
}

/// The same with an incident of this severity, accepted and waived at 09:00.
fn at_work(severity: &str) -> Shop {
    let shop = shop();
    assert_eq!(shop.log("Blue Fern", &["--severity", severity]), NUMBER);
    shop.ok(["accept", NUMBER]);
    shop.ok(["waive", NUMBER, "--reason", "A gift"]);
    shop
}

fn last(shop: &Shop, kind: &str) -> String {
    clocks(shop, NUMBER, kind).pop().unwrap_or_default()
}

#[test]
fn it_is_in_order_and_asks_for_what_it_leaves_open() {
    let shop = Shop::empty();
    std::fs::write(shop.path("sixth.toml"), SIXTH).unwrap();
    let said = shop.ok(["policy", "check", "sixth.toml"]);
    assert!(
        said.starts_with("sixth.toml: warning") || said.starts_with("sixth.toml is fine"),
        "{said}"
    );
    let said = shop.fails(2, ["init", "--policy", "sixth.toml"]);
    assert!(said.contains("price=…"), "{said}");
    shop.ok(["init", "--policy", "sixth.toml", "--set", "price=40.00 EUR"]);
    let shown = shop.ok(["policy", "show", "sixth"]);
    for part in [
        "Ticket of three",
        "22:00-06:00",
        "Half day",
        "Support manager",
        "resol",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[rstest]
// 2 h of business time: over the lunch break, to a closing, over the end of a night, into the next evening.
#[case::plain("dark", "2026-11-23T08:00:00Z", "2026-11-23T10:00:00Z")]
#[case::over_lunch("dark", "2026-11-23T10:30:00Z", "2026-11-23T13:30:00Z")]
#[case::in_the_break("dark", "2026-11-23T11:20:00Z", "2026-11-23T14:00:00Z")]
#[case::to_a_closing("dark", "2026-11-23T14:00:00Z", "2026-11-23T16:00:00Z")]
#[case::into_the_night("dark", "2026-11-23T15:30:00Z", "2026-11-23T22:30:00Z")]
#[case::across_midnight("dark", "2026-11-23T22:30:00Z", "2026-11-24T00:30:00Z")]
#[case::over_the_morning("dark", "2026-11-24T04:00:00Z", "2026-11-24T08:00:00Z")]
// Friday's night belongs to Friday: the shop is open until Saturday at six, then until Monday not.
#[case::friday_night("dark", "2026-11-28T04:30:00Z", "2026-11-30T08:30:00Z")]
// The night of Wednesday 11 November is a holiday's: its shift is not worked, that of Tuesday is worked to its end.
#[case::before_a_holiday("dark", "2026-11-11T04:00:00Z", "2026-11-12T08:00:00Z")]
#[case::on_a_holiday("dark", "2026-11-11T22:00:00Z", "2026-11-12T09:00:00Z")]
// A half day, then closed between the years until Monday 4 January.
#[case::half_day("dark", "2026-12-23T08:30:00Z", "2027-01-04T08:30:00Z")]
// The clocks go forward on Sunday 29 March, when the shop is closed, and back on Sunday 25 October.
#[case::spring("dark", "2026-03-28T04:30:00Z", "2026-03-30T07:30:00Z")]
#[case::autumn("dark", "2026-10-24T03:30:00Z", "2026-10-26T08:30:00Z")]
// One business day: the same time on the next working day; a time in the break is the closing before it.
#[case::next_day("dim", "2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z")]
#[case::into_fridays_break("dim", "2026-11-26T14:00:00Z", "2026-11-27T11:00:00Z")]
#[case::from_an_opening("dim", "2026-11-23T07:00:00Z", "2026-11-24T05:00:00Z")]
#[case::of_a_night("dim", "2026-11-24T02:00:00Z", "2026-11-25T02:00:00Z")]
#[case::over_a_weekend("dim", "2026-11-27T08:00:00Z", "2026-11-30T08:00:00Z")]
// A week of elapsed time, to the next opening.
#[case::week("glow", "2026-11-23T08:00:00Z", "2026-11-30T08:00:00Z")]
#[case::week_to_an_opening("glow", "2026-11-23T18:00:00Z", "2026-11-30T21:00:00Z")]
fn hours_by_day_and_by_night(#[case] severity: &str, #[case] from: &str, #[case] due: &str) {
    let shop = shop();
    let line = json!({"policy": "sixth", "severity": severity, "from": from}).to_string();
    let desk = shop.desk();
    let ran = shop.run_with(&line, ["due", "--batch", "--desk", desk.to_str().unwrap()]);
    assert_eq!(
        ran.stdout.trim(),
        json!({"due": due}).to_string(),
        "{ran:?}"
    );
    // And the clock of an incident is no other.
    shop.at(from);
    shop.log("Blue Fern", &["--severity", severity]);
    shop.ok(["accept", NUMBER]);
    shop.ok(["waive", NUMBER, "--reason", "A gift"]);
    assert_eq!(last(&shop, "response"), format!("running {due}"));
    shop.ok(["desk", "check"]);
}

#[test]
fn it_is_accepted_then_paid_and_only_then_the_clocks_run() {
    let shop = shop();
    shop.log(
        "Blue Fern",
        &["--severity", "dark", "--route", "matter=line"],
    );
    let shown = show(&shop, NUMBER);
    assert_eq!(shown["state"], "awaiting-acceptance");
    assert_eq!(shown["clocks"], json!([]));
    shop.fails(1, ["respond", NUMBER, "Try this"]);
    shop.at("2026-11-23T08:30:00Z").ok(["accept", NUMBER]);
    assert_eq!(show(&shop, NUMBER)["state"], "awaiting-payment");
    assert_eq!(show(&shop, NUMBER)["clocks"], json!([]));
    shop.at("2026-11-23T09:00:00Z")
        .ok(["pay", NUMBER, "--method", "cash", "--reference", "R1"]);
    // From ten o'clock: two hours until noon; four more until five, and four of the night until two.
    assert_eq!(last(&shop, "response"), "running 2026-11-23T11:00:00Z");
    assert_eq!(last(&shop, "resolution"), "running 2026-11-24T01:00:00Z");
    shop.ok(["desk", "check"]);
}

#[test]
fn the_resolution_stands_still_while_the_customer_is_waited_for() {
    let shop = at_work("dark");
    // Ten hours from nine: three until noon, four until five, three of the night until one.
    assert_eq!(last(&shop, "resolution"), "running 2026-11-24T00:00:00Z");
    shop.at("2026-11-23T10:00:00Z")
        .ok(["wait", NUMBER, "Which lamp?"]);
    assert_eq!(last(&shop, "response"), "met 2026-11-23T10:00:00Z");
    assert_eq!(last(&shop, "resolution"), "paused");
    assert_eq!(last(&shop, "silence"), "running 2026-11-27T10:00:00Z");
    // What going on would do is said before it is done: eight hours are left, two until six, four until noon,
    // two from one.
    shop.at("2026-11-24T03:00:00Z");
    let foreseen = shop.json(["resume", NUMBER, "--dry-run"]);
    let due = "2026-11-24T14:00:00Z";
    let resolution = &foreseen["clocks"][0];
    assert_eq!(resolution["kind"], "resolution");
    assert_eq!(
        resolution["before"],
        json!({"state": "paused", "due_at": null})
    );
    assert_eq!(
        resolution["after"],
        json!({"state": "running", "due_at": due})
    );
    assert_eq!(last(&shop, "resolution"), "paused", "nothing was done");
    shop.ok(["resume", NUMBER]);
    assert_eq!(last(&shop, "resolution"), format!("running {due}"));
    assert_eq!(last(&shop, "silence"), "cancelled 2026-11-27T10:00:00Z");
    let ledger = shop.json(["explain", NUMBER]);
    let ledger = ledger["clocks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["kind"] == "resolution");
    assert_eq!(ledger.unwrap()["sum_seconds"], 36_000);
    shop.at(due).ok(["resolve", NUMBER, "--outcome", "lit"]);
    assert_eq!(last(&shop, "resolution"), format!("met {due}"));
    shop.ok(["desk", "check"]);
}

#[test]
fn a_pause_lives_through_another_severity_and_a_closure() {
    let shop = at_work("dark");
    shop.at("2026-11-23T10:00:00Z")
        .ok(["wait", NUMBER, "Which lamp?"]);
    shop.ok(["severity", NUMBER, "dim", "--agreed-with", "Ada"]);
    let add = [
        "closure",
        "add",
        "--policy",
        "sixth",
        "--reason",
        "Power cut",
    ];
    // Closed from one to two in the afternoon, while nothing counts anyway; and the whole night.
    shop.ok(add.iter().chain(&[
        "--from",
        "2026-11-23T12:00:00Z",
        "--to",
        "2026-11-23T13:00:00Z",
    ]));
    shop.ok(add.iter().chain(&[
        "--from",
        "2026-11-23T21:00:00Z",
        "--to",
        "2026-11-24T05:00:00Z",
    ]));
    shop.at("2026-11-23T14:00:00Z")
        .ok(["call", "log", NUMBER, "--in"]);
    // Eight hours are left: two until five, none of the night, four until noon, two from one.
    assert_eq!(last(&shop, "resolution"), "running 2026-11-24T14:00:00Z");
    // The customer's call wants an answer by the same time on the next working day.
    assert_eq!(last(&shop, "response"), "running 2026-11-24T14:00:00Z");
    shop.ok(["desk", "check"]);
}

#[test]
fn a_silent_customer_ends_it_and_a_call_opens_it_again() {
    let shop = at_work("dark");
    shop.at("2026-11-23T09:00:00Z")
        .ok(["wait", NUMBER, "Which lamp?"]);
    shop.at("2026-11-27T09:00:00Z");
    let shown = show(&shop, NUMBER);
    assert_eq!(shown["state"], "resolved");
    assert_eq!(shown["resolution"]["outcome"], "silent");
    assert_eq!(shown["resolution"]["at"], "2026-11-27T09:00:00Z");
    shop.at("2026-11-27T10:00:00Z")
        .ok(["call", "log", NUMBER, "--in"]);
    let shown = show(&shop, NUMBER);
    assert_eq!(
        (&shown["state"], &shown["reopened"]),
        (&json!("open"), &json!(1))
    );
    assert_eq!(last(&shop, "response"), "running 2026-11-27T22:00:00Z");
    shop.ok(["desk", "check"]);
}

#[test]
fn its_money_follows_the_cause() {
    let paid = |cause: &str| {
        let shop = shop();
        shop.log("Blue Fern", &["--severity", "dark"]);
        shop.ok(["accept", NUMBER]);
        shop.ok(["pay", NUMBER, "--method", "online", "--reference", "R1"]);
        let outcome = ["--outcome", "raised", "--reference", "B-7", "--critical"];
        shop.ok(["resolve", NUMBER, "--cause", cause].iter().chain(&outcome));
        shop
    };
    let ours = paid("own-bug");
    let shown = show(&ours, NUMBER);
    assert_eq!(shown["money"]["paid"], "40.00");
    assert_eq!(shown["money"]["refunded"], "40.00");
    assert_eq!(last(&ours, "patch"), "running 2026-11-24T08:00:00Z");
    ours.fails(1, ["refund", NUMBER, "--reason", "Again"]);
    let theirs = paid("user-error");
    assert_eq!(show(&theirs, NUMBER)["money"]["refunded"], "0.00");
    let said = theirs.fails(1, ["refund", NUMBER, "--reason", "Please"]);
    assert!(
        said.contains("no refund: the cause is user-error"),
        "{said}"
    );
    ours.ok(["desk", "check"]);
}

#[test]
fn its_ticket_covers_three_and_the_fourth_is_paid() {
    let shop = shop();
    let add = [
        "entitlement",
        "add",
        "--customer",
        "Blue Fern",
        "--kind",
        "pack",
    ];
    shop.ok(add.iter().chain(&["--method", "cash", "--reference", "R1"]));
    let states: Vec<Value> = (0..4)
        .map(|_| {
            let number = shop.log("Blue Fern", &["--severity", "glow"]);
            shop.ok(["accept", &number]);
            show(&shop, &number)["state"].clone()
        })
        .collect();
    assert_eq!(states, ["open", "open", "open", "awaiting-payment"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn its_ladder_wants_its_levels_in_order_and_the_number_typed() {
    let shop = at_work("dark");
    let escalate = [
        "escalate",
        NUMBER,
        "--ground",
        "late",
        "--concern",
        "Too slow",
    ];
    let said = shop.fails(
        1,
        escalate
            .iter()
            .chain(&["--level", "2", "--confirm", NUMBER]),
    );
    assert!(said.contains("level 1"), "{said}");
    shop.ok(escalate);
    shop.fails(1, escalate.iter().chain(&["--confirm", NUMBER]));
    shop.ok(["escalation", "answer", NUMBER, "--level", "1", "We hurry"]);
    shop.fails(
        3,
        [
            "escalate",
            NUMBER,
            "--ground",
            "loud",
            "--concern",
            "C",
            "--confirm",
            NUMBER,
        ],
    );
    shop.ok(escalate.iter().chain(&["--confirm", NUMBER]));
    assert_eq!(show(&shop, NUMBER)["escalation_level"], 2);
    shop.ok(["desk", "check"]);
}

#[test]
fn its_own_prefix_severity_group_and_routes_count() {
    let shop = shop();
    shop.ok(["agent", "add", "lines"]);
    shop.log(
        "Blue Fern",
        &[
            "--severity",
            "dim",
            "--route",
            "matter=line",
            "--product",
            "lamp",
        ],
    );
    assert_eq!(show(&shop, NUMBER)["assignee"], "lines");
    assert_eq!(shop.json(["show", "SX-10001-4"])["tech_ref"], NUMBER);
    shop.fails(
        3,
        [
            "log",
            "--customer",
            "Blue Fern",
            "--summary",
            "S",
            "--severity",
            "high",
        ],
    );
}
