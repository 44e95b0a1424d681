//! `holdline show`.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use crate::shop::Shop;

/// The keys of an incident, as `list --json` has them.
const KEYS: &[&str] = &[
    "tech_ref",
    "summary",
    "detail",
    "state",
    "policy",
    "policy_version",
    "customer",
    "product",
    "severity",
    "assignee",
    "channel",
    "channel_reason",
    "opened_at",
    "next_due_at",
    "next_clock",
    "clocks",
    "entitlement",
    "escalation_level",
    "escalations",
    "resolution",
    "number_given_at",
    "reopened",
    "linked",
    "call_seconds",
    "revision",
    "contact",
    "accepted_at",
    "declined",
    "merged_into",
    "merged_from",
    "split_from",
    "known_fault",
    "same_as",
    "same",
    "answered_after",
    "split_into",
    "told_customer",
    "first_response_at",
    "last_contact_at",
    "waiting_seconds",
    "own_seconds",
    "place",
    "emergency",
    "emergency_refused",
    "routing",
    "what_changed",
    "manual_pages",
    "uncovered",
    "money",
    "resolutions_before",
    "external_id",
    "timeline",
];

pub fn keys(of: &Value) -> BTreeSet<&str> {
    of.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The promised keys, with or without the timeline.
pub fn promised(timeline: bool) -> BTreeSet<&'static str> {
    let wanted = |key: &&str| timeline || *key != "timeline";
    KEYS.iter().copied().filter(wanted).collect()
}

#[test]
fn why_the_work_goes_on_is_on_the_timeline() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["wait", &number, "Which version?"]);
    shop.ok(["resume", &number, "--reason", "Found in their logs"]);
    let shown = shop.ok(["show", &number]);
    assert!(
        shown.contains("Work goes on: Found in their logs"),
        "{shown}"
    );
    assert_eq!(shop.ok(["list", "logs", "--format", "refs"]), number);
    shop.ok(["desk", "check"]);
}

#[test]
fn every_promised_key_is_there_and_no_other() {
    let shop = Shop::new(&[
        "severity",
        "season-ticket",
        "tech-reference",
        "per-incident",
    ]);
    shop.customer("Blue Fern");
    for more in [
        &["--severity", "low"][..],
        &["--policy", "season-ticket"],
        &["--policy", "tech-reference"],
        &["--policy", "per-incident"],
    ] {
        let shown = shop.json(["show", &shop.log("Blue Fern", more)]);
        assert_eq!(keys(&shown), promised(true));
        assert_eq!(
            keys(&shown["customer"]),
            BTreeSet::from(["id", "name", "office"])
        );
        assert_eq!(
            keys(&shown["severity"]),
            BTreeSet::from(["asked", "agreed", "agreed_with"])
        );
        assert_eq!(
            keys(&shown["timeline"][0]),
            BTreeSet::from(["at", "recorded_at", "agent", "kind", "text"])
        );
    }
}

#[test]
fn clocks_are_as_they_stand_now() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "critical"]);
    let clock = |now: &str| shop.at(now).json(["show", &number])["clocks"][0].clone();
    assert_eq!(
        clock("2026-11-24T21:00:00Z"),
        json!({"kind": "response", "state": "running", "started_at": "2026-11-23T21:00:00Z",
               "due_at": "2026-11-24T21:00:00Z", "stopped_at": null})
    );
    assert_eq!(clock("2026-11-24T21:00:01Z")["state"], "missed");
}

#[test]
fn what_pays_has_its_price_and_what_is_owed() {
    let shop = Shop::new(&["season-ticket", "per-incident"]);
    shop.customer("Blue Fern");
    let unpaid = shop.json([
        "show",
        &shop.log("Blue Fern", &["--policy", "per-incident"]),
    ]);
    assert_eq!(unpaid["state"], "awaiting-payment");
    assert_eq!(
        unpaid["entitlement"],
        json!({"kind": "per-incident", "id": null, "remaining": null, "price": "139.00",
               "currency": "USD", "payment": null})
    );
    assert_eq!(
        unpaid["money"],
        json!({"currency": "USD", "price": "139.00", "paid": "0.00", "refunded": "0.00",
               "waived": "0.00", "owed": "139.00"})
    );
    let first = shop.json(["show", &shop.log("Blue Fern", &[])]);
    assert_eq!(first["state"], "awaiting-acceptance");
    assert_eq!(first["entitlement"], Value::Null);
    assert_eq!(first["money"], Value::Null);
}

#[test]
fn those_who_come_first_are_served_first() {
    let shop = Shop::new(&["tech-reference"]);
    shop.customer("Blue Fern");
    shop.customer("Grey Heron");
    shop.entitle("Grey Heron", "contract");
    let second = shop.log("Blue Fern", &[]);
    let first = shop.log("Blue Fern", &["--at", "-1h"]);
    let contract = shop.log("Grey Heron", &["--at", "-2h"]);
    let place = |number: &str| shop.json(["show", number])["place"].clone();
    assert_eq!(place(&first), 1);
    assert_eq!(place(&second), 2);
    assert_eq!(place(&contract), Value::Null);
}

#[test]
fn the_timeline_says_what_happened_and_when_it_was_entered() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low", "--minutes", "5"]);
    let timeline = shop.json(["show", &number])["timeline"].clone();
    assert_eq!(timeline[0]["at"], "2026-11-23T20:55:00Z");
    assert_eq!(timeline[0]["recorded_at"], "2026-11-23T21:00:00Z");
    assert_eq!(timeline[0]["kind"], "opened");
    assert_eq!(
        timeline[0]["text"],
        "Logged by phone, severity low: It does not start"
    );
    assert_eq!(timeline[1]["kind"], "clock-started");
    assert_eq!(timeline[1]["text"], "Response due Mon 7 Dec 2026 20:55 UTC");
}

#[test]
fn the_page_is_in_the_zone_of_the_desk() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "high", "--detail", "one\ntwo"]);
    let page = shop.at("2026-11-24T21:00:00Z").ok(["show", &number]);
    let agent = shop.json(["show", &number])["timeline"][0]["agent"].clone();
    let agent = agent.as_str().unwrap();
    assert_eq!(
        page,
        format!(
            "10001-4  It does not start
State         open
Customer      Blue Fern (C-0001)
Policy        severity, version 1
Severity      high
Assignee      nobody
Received      Mon 23 Nov 2026 14:00 MST
Last contact  Mon 23 Nov 2026 14:00 MST
Number        not given to the caller yet
To say        You will have our answer by Friday 27 November at 08:00 our time, MST.

Clocks
  response    running   2 days 18 h, due Fri 08:00 MST

Detail
  one
  two

Timeline
  Mon 23 Nov 2026 14:00 MST  {agent}  Logged by phone, severity high: It does not start. one
      two
  Mon 23 Nov 2026 14:00 MST  {agent}  Response due Fri 27 Nov 2026 08:00 MST"
        )
    );
}

#[test]
fn nothing_from_outside_acts_on_the_terminal() {
    let shop = Shop::new(&["severity"]);
    let name = "Evil\u{1b}[2J\u{9b}31m\u{202e}";
    shop.customer(name);
    let number = shop.log(
        "C-0001",
        &["--severity", "low", "--detail", "a\u{1b}]0;x\u{7}"],
    );
    for args in [
        &["show", &number][..],
        &["show", &number, "--json"],
        &["list"],
        &["list", "--json"],
        &["list", "--format", "jsonl"],
        &["customer", "list"],
        &["customer", "show", "C-0001"],
        &["explain", &number],
    ] {
        let said = shop.ok(args);
        let acts = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!said.contains(acts), "{args:?}: {said:?}");
    }
    assert_eq!(shop.json(["show", &number])["customer"]["name"], name);
    let said = shop.fails(3, ["customer", "show", "No\u{1b}[2Jbody"]);
    assert!(!said.contains('\u{1b}'), "{said:?}");
}

#[test]
fn a_number_is_read_as_it_is_said() {
    let shop = Shop::empty();
    fs::write(
        shop.path("ours.toml"),
        "name = \"ours\"\ntitle = \"T\"\nsummary = \"S\"\nchannels = [\"phone\"]\nprefix = \"TR-\"\n\
         [[outcome]]\nname = \"done\"\ntitle = \"Done\"\n",
    )
    .unwrap();
    shop.ok(["init", "--policy", "severity", "ours.toml"]);
    shop.customer("Blue Fern");
    shop.log("Blue Fern", &["--policy", "ours"]);
    for typed in ["10001-4", "100014", "10 001 4", "TR-10001-4", "tr-100014"] {
        assert_eq!(shop.json(["show", typed])["tech_ref"], "10001-4", "{typed}");
    }
    assert!(shop.ok(["show", "10001-4"]).starts_with("TR-10001-4  "));
}

#[test]
fn what_is_no_number_and_what_is_unknown_differ() {
    let shop = Shop::new(&["severity"]);
    for (wrong, why) in [
        ("10001-5", "one digit is wrong or two were swapped"),
        ("10010-4", "one digit is wrong or two were swapped"),
        ("TR-10001-4", "digits only"),
        ("1000", "at least six digits"),
    ] {
        let said = shop.fails(2, ["show", wrong]);
        assert!(said.contains(why), "{wrong}: {said}");
    }
    let said = shop.fails(3, ["show", "10001-4"]);
    assert!(said.contains("no incident 10001-4 on this desk"), "{said}");
}

#[test]
fn a_misheard_number_names_those_that_are_near() {
    let shop = Shop::new(&["severity"]);
    let number = shop.log(shop.customer("Blue Fern"), &["--severity", "low"]);
    assert_eq!(number, "10001-4");
    let told = shop.fails(2, ["show", "10001-5"]);
    assert!(
        told.contains("near it is 10001-4 (Blue Fern, It does not start)"),
        "{told}"
    );
    let told = shop.fails(2, ["show", "99999-8"]);
    assert!(!told.contains("near it"), "{told}");
}
