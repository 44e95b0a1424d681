//! The change of a shift: what the next one must know, and that it was taken over.

use serde_json::Value;

use crate::shop::Shop;

/// Monday 23 November 2026, ten o'clock in Denver.
const MONDAY: &str = "2026-11-23T17:00:00Z";

fn shop() -> Shop {
    let shop = Shop::new(&["severity"]);
    shop.at(MONDAY);
    shop.customer("Blue Fern");
    shop
}

fn numbers(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|due| due["tech_ref"].as_str().unwrap()).collect()
}

#[test]
fn each_section_has_what_it_is_for() {
    let shop = shop();
    let late = shop.log("Blue Fern", &["--severity", "critical"]);
    shop.at("2026-11-24T18:00:00Z");
    let due = shop.log("Blue Fern", &["--severity", "critical"]);
    let promised = shop.log("Blue Fern", &["--severity", "low"]);
    let estimate = ["respond", &promised, "We look", "--estimate", "+25h"];
    shop.ok(estimate);
    shop.log("Blue Fern", &["--severity", "low"]);
    let told = shop.json(["handover", "--until", "+26h"]);
    assert_eq!(numbers(&told["missed"]), [&late]);
    assert_eq!(numbers(&told["due"]), [&due]);
    assert_eq!(numbers(&told["promises"]), [&promised]);
    assert_eq!(told["promises"][0]["clock"], "estimate");
    // A shorter shift has less to do.
    let told = shop.json(["handover"]);
    assert_eq!(numbers(&told["missed"]), [&late]);
    assert_eq!(told["due"], serde_json::json!([]));
    let read = shop.ok(["handover", "--until", "+26h"]);
    for line in [
        "# Handover: ",
        "Nobody took over before.",
        "## Missed: 1",
        &format!(
            "- **{due}** Blue Fern (critical), It does not start: response due Wed 25 Nov 18:00 UTC, nobody"
        ),
        "## Resolved by the customer's silence in this shift: none",
        "## Escalations without an answer: none",
    ] {
        assert!(read.contains(line), "{line}: {read}");
    }
}

#[test]
fn a_silence_that_runs_out_is_told_apart_from_what_is_missed() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["wait", &number, "Which version?"]);
    shop.at("2026-11-27T16:00:00Z");
    let told = shop.json(["handover"]);
    assert_eq!(numbers(&told["silences"]), [&number]);
    assert_eq!(told["missed"], serde_json::json!([]));
}

#[test]
fn an_escalation_waits_for_its_answer() {
    let shop = Shop::new(&["escalation"]);
    shop.ok(["customer", "add", "Rook", "--office", "uk"]);
    let number = shop.log("Rook", &["--detail", "It stops"]);
    let escalate = ["escalate", &number, "--ground", "not-understood"];
    shop.ok(escalate.iter().chain(&["--concern", "Read *all* of it"]));
    let told = shop.json(["handover"]);
    assert_eq!(numbers(&told["escalations"]), [&number]);
    // What a customer said is no markup.
    let read = shop.ok(["handover"]);
    assert!(read.contains(r"level 1 since"), "{read}");
    assert!(read.contains(r"Read \*all\* of it"), "{read}");
    shop.ok([
        "escalation",
        "answer",
        &number,
        "--level",
        "1",
        "We read it",
    ]);
    let told = shop.json(["handover"]);
    assert_eq!(told["escalations"], serde_json::json!([]));
}

#[test]
fn whoever_takes_over_hears_what_changes_from_then_on() {
    let shop = shop();
    let old = shop.log("Blue Fern", &["--severity", "low"]);
    let told = shop.json(["handover"]);
    assert_eq!(numbers(&told["changes"]), [&old]);
    assert_eq!(told["changes"][0]["did"], serde_json::json!(["opened"]));
    let refused = shop.fails(2, ["handover", "--note", "All read"]);
    assert!(refused.contains("--take"), "{refused}");
    shop.ok(["handover", "--take", "--note", "All read"]);
    let new = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["note", &old, "Rang back"]);
    let told = shop.json(["handover"]);
    assert_eq!(numbers(&told["changes"]), [&old, &new]);
    assert_eq!(told["changes"][0]["did"], serde_json::json!(["noted"]));
    let agents = told["changes"][0]["agents"].to_string();
    assert!(agents.contains("mira"), "{agents}");
    assert!(told["last"]["note"] == "All read", "{told}");
    shop.ok(["desk", "check"]);
}

#[test]
fn a_call_without_an_end_is_handed_over() {
    let shop = shop();
    shop.ok(["call", "start"]);
    shop.ok(["call", "hold"]);
    shop.at("2026-11-23T17:20:00Z");
    let told = shop.json(["handover"]);
    assert_eq!(told["calls"][0]["state"], "on hold");
    assert_eq!(told["calls"][0]["agent"], "mira");
    let read = shop.ok(["handover"]);
    assert!(
        read.contains("## Calls that run or are on hold: 1"),
        "{read}"
    );
}

#[test]
fn a_shift_does_not_end_before_it_begins() {
    let refused = shop().fails(2, ["handover", "--until", "2026-11-23T16:00:00Z"]);
    assert!(refused.contains("later than now"), "{refused}");
}

#[test]
fn what_was_left_to_be_done_is_handed_over_until_somebody_goes_on() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let other = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["note", &number, "Look", "--kind", "next"]);
    shop.ok(["note", &number, "Ask the *supplier*", "--kind", "next"]);
    shop.ok(["note", &other, "Nothing to do"]);
    let told = shop.json(["handover"]);
    assert_eq!(numbers(&told["next_steps"]), [&number]);
    assert_eq!(told["next_steps"][0]["step"], "Ask the *supplier*");
    let read = shop.ok(["handover"]);
    assert!(read.contains("## Next steps: 1"), "{read}");
    assert!(read.contains(r"Ask the \*supplier\* (mira, "), "{read}");
    // Who was not reached is still to be told, and is to be called back.
    shop.ok(["call", "log", &number, "--attempt"]);
    let told = shop.json(["handover"]);
    assert_eq!(numbers(&told["next_steps"]), [&number]);
    assert_eq!(numbers(&told["call_backs"]), [&number]);
    let read = shop.ok(["handover"]);
    assert!(read.contains("## To be called back: 1"), "{read}");
    assert!(
        read.contains("not reached Mon 23 Nov 17:00 UTC, nobody"),
        "{read}"
    );
    shop.at("2026-11-23T17:10:00Z");
    shop.ok(["call", "log", &number, "--out", "--minutes", "3"]);
    let told = shop.json(["handover"]);
    assert_eq!(told["next_steps"], serde_json::json!([]));
    assert_eq!(told["call_backs"], serde_json::json!([]));
}

#[test]
fn the_heading_of_the_mail_counts_mails() {
    let shop = shop();
    shop.ok(["customer", "add", "Red Oak", "--mail", "ann@example.com"]);
    for _ in 0..2 {
        let number = shop.log("Red Oak", &["--severity", "low"]);
        shop.ok([
            "respond",
            &number,
            "We look",
            "--no-estimate",
            "To be seen",
            "--by",
            "mail",
        ]);
    }
    let read = shop.ok(["handover"]);
    let queued = shop.json(["handover"])["queued"].as_u64().unwrap();
    assert!(queued >= 2, "{read}");
    assert!(read.contains(&format!("## Mail: {queued}\n")), "{read}");
}

#[test]
fn what_is_counted_is_true_and_the_newest_misses_are_told() {
    let shop = shop();
    let all: Vec<String> = (0..52)
        .map(|minute| {
            shop.at(&format!("2026-11-23T17:{minute:02}:00Z"));
            shop.log("Blue Fern", &["--severity", "critical"])
        })
        .collect();
    shop.at("2026-11-26T17:00:00Z");
    let due = shop.log("Blue Fern", &["--severity", "critical"]);
    let told = shop.json(["handover", "--until", "+26h"]);
    assert_eq!(told["incidents"]["missed"], 52);
    assert_eq!(told["incidents"]["changed"], 1);
    assert_eq!(numbers(&told["missed"]), all[2..]);
    // Whatever is missed, what is due is told.
    assert_eq!(numbers(&told["due"]), [&due]);
    let read = shop.ok(["handover", "--until", "+26h"]);
    assert!(
        read.contains("## Missed: 52, the 50 missed last shown\n"),
        "{read}"
    );
    let read = shop.ok(["list", "is:missed", "--limit", "0"]);
    assert!(!read.contains("due"), "{read}");
}

#[test]
fn what_changed_has_what_was_promised_and_not_what_was_taken_back() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["handover", "--take"]);
    shop.ok(["estimate", &number, "+2h"]);
    shop.ok(["schedule", &number, "+3h"]);
    let changes = |shop: &Shop| shop.json(["handover"])["changes"].clone();
    let did = serde_json::json!(["estimate promised", "appointment promised"]);
    assert_eq!(changes(&shop)[0]["did"], did);
    let read = shop.ok(["handover"]);
    assert!(
        read.contains("estimate promised, call arranged; now open ("),
        "{read}"
    );
    shop.ok(["handover", "--take"]);
    shop.ok([
        "resolve",
        &number,
        "--outcome",
        "fixed",
        "--detail",
        "A cable",
    ]);
    assert_eq!(changes(&shop)[0]["did"], serde_json::json!(["resolved"]));
    assert_eq!(changes(&shop)[0]["state"], "resolved");
    shop.ok(["undo", &number]);
    assert_eq!(changes(&shop)[0]["did"], serde_json::json!([]));
    assert_eq!(changes(&shop)[0]["state"], "open");
    let read = shop.ok(["handover"]);
    assert!(read.contains(": taken back; now open ("), "{read}");
}

#[test]
fn instants_are_whole_seconds() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T17:00:01.993453828Z");
    shop.ok(["estimate", &number, "+2h"]);
    shop.ok(["schedule", &number, "+3h"]);
    for told in [shop.json(["show", &number]), shop.json(["handover"])] {
        let told = told.to_string();
        assert!(told.contains("2026-11-23T19:00:01Z"), "{told}");
        assert!(!told.contains(".99"), "{told}");
    }
}
