//! Its tower office: a half day, a yearly closure, a Friday without an afternoon; and what waits there.

use rstest::rstest;
use serde_json::json;

use super::{TWILIGHT, accepted, shop_of};
use crate::seen::{clocks, show};
use crate::shop::Shop;

const NUMBER: &str = "10001-4";

/// A customer of the tower with an incident of this severity, accepted and waived on Monday at nine in Paris.
fn at_work(severity: &str) -> Shop {
    let shop = shop_of("tower");
    waived(&shop, severity, "2026-11-23T08:00:00Z");
    shop
}

fn waived(shop: &Shop, severity: &str, at: &str) {
    shop.at(at);
    assert_eq!(accepted(shop, severity), NUMBER);
    shop.ok(["waive", NUMBER, "--reason", "A gift"]);
}

fn last(shop: &Shop, kind: &str) -> String {
    clocks(shop, NUMBER, kind).pop().unwrap_or_default()
}

#[test]
fn it_asks_for_what_it_leaves_open_and_shows_what_it_promises() {
    let shop = Shop::empty();
    std::fs::write(shop.path("twilight.toml"), TWILIGHT).unwrap();
    let init = ["init", "--policy", "twilight.toml"];
    let said = shop.fails(2, init);
    assert!(said.contains("rate=…"), "{said}");
    shop.ok(init
        .iter()
        .chain(&["--set", "rate=80.00", "--set", "currency=GBP"]));
    let shown = shop.ok(["policy", "show", "twilight"]);
    for part in [
        "Evening ticket",
        "22:00-06:00",
        "Half day",
        "Foreman",
        "resol",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[rstest]
// 3 h of business time: over the lunch break, to a closing, over the end of a night, into the next evening.
#[case::plain("dark", "2026-11-23T07:00:00Z", "2026-11-23T10:00:00Z")]
#[case::over_lunch("dark", "2026-11-23T09:30:00Z", "2026-11-23T13:30:00Z")]
#[case::in_the_break("dark", "2026-11-23T11:20:00Z", "2026-11-23T15:00:00Z")]
#[case::to_a_closing("dark", "2026-11-23T13:00:00Z", "2026-11-23T16:00:00Z")]
#[case::into_the_night("dark", "2026-11-23T14:30:00Z", "2026-11-23T22:30:00Z")]
#[case::across_midnight("dark", "2026-11-23T21:30:00Z", "2026-11-24T00:30:00Z")]
#[case::over_the_morning("dark", "2026-11-24T03:00:00Z", "2026-11-24T08:00:00Z")]
// Friday's night belongs to Friday: the shop is open until Saturday at six, then until Monday not.
#[case::friday_night("dark", "2026-11-28T03:30:00Z", "2026-11-30T08:30:00Z")]
// The night of Wednesday 11 November is a holiday's: its shift is not worked, that of Tuesday is worked to its end.
#[case::before_a_holiday("dark", "2026-11-11T03:00:00Z", "2026-11-12T08:00:00Z")]
#[case::on_a_holiday("dark", "2026-11-11T22:00:00Z", "2026-11-12T10:00:00Z")]
// A half day, then closed between the years until Monday 4 January.
#[case::half_day("dark", "2026-12-23T07:30:00Z", "2027-01-04T08:30:00Z")]
// The clocks go forward on Sunday 29 March, when the shop is closed, and back on Sunday 25 October.
#[case::spring("dark", "2026-03-28T03:30:00Z", "2026-03-30T07:30:00Z")]
#[case::autumn("dark", "2026-10-24T02:30:00Z", "2026-10-26T08:30:00Z")]
// One business day: the same time on the next working day; a time in the break is the closing before it.
#[case::next_day("dim", "2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z")]
#[case::into_fridays_break("dim", "2026-11-26T14:00:00Z", "2026-11-27T11:00:00Z")]
#[case::from_an_opening("dim", "2026-11-23T07:00:00Z", "2026-11-24T05:00:00Z")]
#[case::of_a_night("dim", "2026-11-24T02:00:00Z", "2026-11-25T02:00:00Z")]
#[case::over_a_weekend("dim", "2026-11-27T08:00:00Z", "2026-11-30T08:00:00Z")]
// Three days of elapsed time, to the next opening.
#[case::days("wish", "2026-11-23T08:00:00Z", "2026-11-26T08:00:00Z")]
#[case::days_to_an_opening("wish", "2026-11-23T18:00:00Z", "2026-11-26T21:00:00Z")]
fn hours_by_day_and_by_night(#[case] severity: &str, #[case] from: &str, #[case] due: &str) {
    let shop = shop_of("tower");
    let line = json!({"policy": "twilight", "office": "tower", "severity": severity, "from": from});
    let desk = shop.desk();
    let batch = ["due", "--batch", "--desk", desk.to_str().unwrap()];
    let ran = shop.run_with(&line.to_string(), batch);
    assert_eq!(
        ran.stdout.trim(),
        json!({"due": due}).to_string(),
        "{ran:?}"
    );
    // And the clock of an incident is no other.
    waived(&shop, severity, from);
    assert_eq!(last(&shop, "response"), format!("running {due}"));
    shop.ok(["desk", "check"]);
}

#[test]
fn it_is_accepted_then_paid_and_only_then_the_clocks_run() {
    let shop = shop_of("tower");
    assert_eq!(accepted(&shop, "dark"), NUMBER);
    assert_eq!(show(&shop, NUMBER)["state"], "awaiting-payment");
    assert_eq!(show(&shop, NUMBER)["clocks"], json!([]));
    shop.ok(["pay", NUMBER, "--method", "cash", "--reference", "R1"]);
    // From ten o'clock: two hours until noon, the third from one. Four until five, and six of the night until four.
    assert_eq!(last(&shop, "response"), "running 2026-11-23T13:00:00Z");
    assert_eq!(last(&shop, "resolution"), "running 2026-11-24T03:00:00Z");
    shop.ok(["desk", "check"]);
}

#[test]
fn the_resolution_stands_still_while_the_customer_is_waited_for() {
    let shop = at_work("dark");
    // Twelve hours from nine: three until noon, four until five, five of the night until three.
    assert_eq!(last(&shop, "resolution"), "running 2026-11-24T02:00:00Z");
    shop.at("2026-11-23T10:00:00Z")
        .ok(["wait", NUMBER, "Which lamp?"]);
    assert_eq!(last(&shop, "response"), "met 2026-11-23T11:00:00Z");
    assert_eq!(last(&shop, "resolution"), "paused");
    assert_eq!(last(&shop, "silence"), "running 2026-11-27T10:00:00Z");
    // What going on would do is said before it is done: ten hours are left, two until six, four until noon, four from
    // one.
    shop.at("2026-11-24T03:00:00Z");
    let foreseen = shop.json(["resume", NUMBER, "--dry-run"]);
    let due = "2026-11-24T16:00:00Z";
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
    let mut ledger = ledger["clocks"].as_array().unwrap().iter();
    let ledger = ledger.find(|clock| clock["kind"] == "resolution");
    assert_eq!(ledger.unwrap()["sum_seconds"], 12 * 3_600);
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
    // Closed from one to two in the afternoon, while nothing counts anyway; and the whole night.
    for (from, to) in [
        ("2026-11-23T12:00:00Z", "2026-11-23T13:00:00Z"),
        ("2026-11-23T21:00:00Z", "2026-11-24T05:00:00Z"),
    ] {
        let add = [
            "closure",
            "add",
            "--policy",
            "twilight",
            "--reason",
            "Power cut",
        ];
        shop.ok(add.iter().chain(&["--from", from, "--to", to]));
    }
    shop.at("2026-11-23T14:00:00Z")
        .ok(["call", "log", NUMBER, "--in"]);
    // Ten hours are left: two until five, none of the night, four until noon, four from one.
    assert_eq!(last(&shop, "resolution"), "running 2026-11-24T16:00:00Z");
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
    let resolution = show(&shop, NUMBER)["resolution"].clone();
    assert_eq!(
        [&resolution["outcome"], &resolution["at"]],
        ["silent", "2026-11-27T09:00:00Z"]
    );
    shop.at("2026-11-27T10:00:00Z")
        .ok(["call", "log", NUMBER, "--in"]);
    assert_eq!(show(&shop, NUMBER)["reopened"], 1);
    // An hour until noon, and two of the night.
    assert_eq!(last(&shop, "response"), "running 2026-11-27T23:00:00Z");
    shop.ok(["desk", "check"]);
}

#[test]
fn its_money_follows_the_cause() {
    let paid = |cause: &str| {
        let shop = shop_of("tower");
        accepted(&shop, "dark");
        shop.ok(["pay", NUMBER, "--method", "online", "--reference", "R1"]);
        let outcome = ["--outcome", "fault", "--reference", "B-7", "--critical"];
        shop.ok(["resolve", NUMBER, "--cause", cause].iter().chain(&outcome));
        shop
    };
    let ours = paid("ours");
    assert_eq!(show(&ours, NUMBER)["money"]["refunded"], "20.00");
    assert_eq!(last(&ours, "patch"), "running 2026-11-24T09:00:00Z");
    ours.fails(1, ["refund", NUMBER, "--reason", "Again"]);
    let theirs = paid("theirs");
    assert_eq!(show(&theirs, NUMBER)["money"]["refunded"], "0.00");
    let said = theirs.fails(1, ["refund", NUMBER, "--reason", "Please"]);
    assert!(said.contains("no refund: the cause is theirs"), "{said}");
    ours.ok(["desk", "check"]);
}

#[test]
fn answers_let_the_ladder_be_climbed_at_once_by_known_grounds() {
    let shop = at_work("dark");
    let escalate = |ground: &str| {
        let step = [
            "escalate",
            NUMBER,
            "--ground",
            ground,
            "--concern",
            "Too slow",
        ];
        step.map(str::to_owned)
    };
    let confirmed = || ["--confirm", NUMBER].map(str::to_owned);
    shop.ok(escalate("slow"));
    shop.ok(escalate("slow"));
    shop.fails(1, escalate("slow").into_iter().chain(confirmed()));
    for level in ["1", "2"] {
        shop.ok(["escalation", "answer", NUMBER, "--level", level, "We hurry"]);
    }
    shop.fails(3, escalate("loud").into_iter().chain(confirmed()));
    shop.ok(escalate("slow").into_iter().chain(confirmed()));
    assert_eq!(show(&shop, NUMBER)["escalation_level"], 3);
    shop.ok(["desk", "check"]);
}

#[test]
fn its_own_prefix_and_severities_count() {
    let shop = at_work("dim");
    assert_eq!(shop.json(["show", "TW-10001-4"])["tech_ref"], NUMBER);
    let log = ["log", "--customer", "Blue Fern", "--summary", "S"];
    shop.fails(3, log.iter().chain(&["--severity", "high"]));
}
