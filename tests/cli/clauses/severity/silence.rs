//! P2-11: silence of four days closes, and a word from the customer ends it.

use std::process::{Command, Stdio};

use super::shop;
use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// A shop with an incident of high severity that waits for the customer since Monday 23 November, 21:00 UTC.
fn waiting() -> (Shop, String) {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.ok(["wait", &number, "Which version?"]);
    (shop, number)
}

#[test]
fn p2_11_silence_of_four_days_is_read_as_resolved_at_its_instant() {
    let (shop, number) = waiting();
    let revision = show(&shop, &number)["revision"].clone();
    shop.at("2026-11-27T20:59:59Z");
    assert_eq!(show(&shop, &number)["state"], "waiting");
    for now in ["2026-11-27T21:00:00Z", "2026-12-24T09:00:00Z"] {
        shop.at(now);
        let shown = show(&shop, &number);
        assert_eq!(shown["state"], "resolved");
        assert_eq!(shown["resolution"]["outcome"], "no-customer-reply");
        assert_eq!(shown["resolution"]["at"], "2026-11-27T21:00:00Z");
        assert_eq!(shown["revision"], revision, "reading writes nothing");
        assert_eq!(
            clocks(&shop, &number, "silence"),
            ["expired 2026-11-27T21:00:00Z"]
        );
        let resolved = shop.json(["list", "state:resolved"]);
        assert_eq!(resolved[0]["tech_ref"], number.as_str());
        assert_eq!(shop.json(["list"]).as_array().unwrap().len(), 0);
    }
}

#[test]
fn p2_11_the_silence_is_written_exactly_once() {
    let (shop, number) = waiting();
    shop.at("2026-11-27T21:00:00Z");
    assert_eq!(shop.json(["tick"])["resolved"], 1);
    assert_eq!(shop.json(["tick"])["resolved"], 0);
    assert_eq!(entries(&shop, &number, "resolved"), 1);
    let shown = show(&shop, &number);
    assert_eq!(shown["resolution"]["at"], "2026-11-27T21:00:00Z");
}

#[test]
fn p2_11_many_processes_at_once_write_it_once() {
    let (shop, number) = waiting();
    shop.at("2026-11-28T21:00:00Z");
    let tick = || {
        Command::new(shop.command().get_program())
            .args(["tick", "--desk"])
            .arg(shop.desk())
            .env("HOLDLINE_NOW", "2026-11-28T21:00:00Z")
            .stdout(Stdio::null())
            .spawn()
    };
    let ticks: Vec<_> = (0..8).map(|_| tick().unwrap()).collect();
    for mut tick in ticks {
        assert!(tick.wait().unwrap().success());
    }
    assert_eq!(entries(&shop, &number, "resolved"), 1);
}

#[test]
fn p2_11_a_word_from_the_customer_ends_the_silence() {
    let (shop, number) = waiting();
    shop.at("2026-11-25T15:00:00Z");
    shop.ok(["call", "log", &number, "--in"]);
    assert_eq!(show(&shop, &number)["state"], "open");
    assert_eq!(
        clocks(&shop, &number, "silence"),
        ["cancelled 2026-11-27T21:00:00Z"]
    );
    shop.at("2026-12-24T09:00:00Z");
    assert_eq!(show(&shop, &number)["state"], "open");
}

#[test]
fn p2_11_another_question_starts_the_silence_anew() {
    let (shop, number) = waiting();
    shop.at("2026-11-25T21:00:00Z");
    let asked = shop.json(["wait", &number, "And on which system?"]);
    assert_eq!(asked["next_due_at"], "2026-11-29T21:00:00Z");
    shop.at("2026-11-28T21:00:00Z");
    assert_eq!(show(&shop, &number)["state"], "waiting");
}

#[test]
fn p2_11_a_contact_from_before_the_end_that_is_entered_later_withdraws_it() {
    for written in [false, true] {
        let (shop, number) = waiting();
        shop.ok(["estimate", &number, "2026-11-30T17:00:00Z"]);
        shop.at("2026-11-27T22:00:00Z");
        if written {
            shop.ok(["tick"]);
        }
        shop.ok([
            "call",
            "log",
            &number,
            "--in",
            "--at",
            "2026-11-27T20:00:00Z",
        ]);
        let shown = show(&shop, &number);
        assert_eq!(shown["state"], "open");
        assert!(shown["resolution"].is_null());
        assert_eq!(shown["waiting_seconds"], 95 * 3_600);
        assert_eq!(
            clocks(&shop, &number, "silence"),
            ["cancelled 2026-11-27T21:00:00Z"]
        );
        // What was promised is promised again.
        assert_eq!(
            clocks(&shop, &number, "estimate"),
            ["running 2026-11-30T17:00:00Z"]
        );
        shop.at("2026-12-24T09:00:00Z");
        assert_eq!(shop.json(["tick"])["resolved"], 0);
    }
}

#[test]
fn p2_11_a_contact_from_before_the_question_or_after_the_end_withdraws_nothing() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.at("2026-11-23T22:00:00Z");
    shop.ok(["wait", &number, "Which version?"]);
    shop.at("2026-11-28T21:00:00Z");
    shop.ok(["tick"]);
    for at in ["2026-11-23T21:30:00Z", "2026-11-27T22:00:00Z"] {
        shop.ok(["call", "log", &number, "--in", "--at", at]);
        assert_eq!(show(&shop, &number)["state"], "resolved", "{at}");
    }
}

#[test]
fn p2_11_a_clock_that_leaps_resolves_many_only_when_told_so() {
    let shop = shop();
    for _ in 0..21 {
        let number = shop.log("Blue Fern", &["--severity", "low"]);
        shop.ok(["wait", &number, "Which version?"]);
    }
    shop.at("2026-12-24T09:00:00Z");
    let said = shop.fails(1, ["tick"]);
    assert!(said.contains("21 incidents would be resolved"), "{said}");
    assert!(said.contains("--yes"), "{said}");
    assert_eq!(
        shop.ok(["tick", "--yes"]),
        "21 incidents resolved by the customer's silence"
    );
}
