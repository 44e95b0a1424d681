//! What the clauses want counted: `report counts`.

use serde_json::Value;

use crate::shop::Shop;

/// A desk under one policy with a customer, on Monday 23 November 2026 at 21:00 UTC.
fn shop(policy: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    let office: &[&str] = match policy {
        "escalation" => &["--office", "uk"],
        _ => &[],
    };
    shop.ok(["customer", "add", "Blue Fern"].iter().chain(office));
    shop
}

/// How often it happened, by `report counts`.
fn count(shop: &Shop, what: &str, which: &str) -> i64 {
    count_in(shop, &[], what, which)
}

fn count_in(shop: &Shop, more: &[&str], what: &str, which: &str) -> i64 {
    let rows = shop.json(["report", "counts"].iter().chain(more));
    let rows = rows.as_array().unwrap().iter();
    let alike = |row: &&Value| row["what"] == what && row["which"] == which;
    rows.filter(alike)
        .map(|row| row["count"].as_i64().unwrap())
        .sum()
}

#[test]
fn p2_08_recommendations_are_counted() {
    let shop = shop("severity");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    for kind in ["recommendation", "recommendation", "question", "answer"] {
        shop.ok(["note", &number, "Keep the drivers alike", "--kind", kind]);
    }
    assert_eq!(count(&shop, "note", "recommendation"), 2);
    assert_eq!(count(&shop, "note", "question"), 1);
    assert_eq!(count(&shop, "note", "answer"), 1);
    let table = shop.ok(["report", "counts"]);
    assert!(
        table.starts_with("POLICY    WHAT    WHICH           COUNT\n"),
        "{table}"
    );
    assert!(
        table.contains("severity  note    recommendation  2"),
        "{table}"
    );
}

#[test]
fn p5_12_calls_that_the_manual_would_have_saved_are_counted() {
    let shop = shop("severity");
    let answered = [
        "--severity",
        "low",
        "--answered",
        "--no-estimate",
        "all is said",
    ];
    let cites = |page| [&answered[..], &["--manual", page]].concat();
    let first = shop.log("Blue Fern", &cites("page 12"));
    shop.log("Blue Fern", &cites("page 12"));
    let chat = ["--channel", "chat"];
    shop.log("Blue Fern", &[&cites("page 7")[..], &chat].concat());
    shop.log("Blue Fern", &answered);
    // The same page again, for the same caller, is no other call.
    let again = [
        "respond",
        &first,
        "As I said",
        "--no-estimate",
        "all is said",
    ];
    shop.ok(again.iter().chain(&["--manual", "page 12"]));
    assert_eq!(count(&shop, "manual page", "page 12"), 2);
    assert_eq!(count(&shop, "manual page", "page 7"), 1);
    assert_eq!(count(&shop, "the manual would have saved", "calls"), 2);
    assert_eq!(
        count(&shop, "the manual would have saved", "other contacts"),
        1
    );
    let found = shop.json(["list", "is:in-manual"]);
    assert_eq!(found.as_array().unwrap().len(), 3);
    // A page goes with an answer.
    let log = [
        "log",
        "--customer",
        "Blue Fern",
        "--summary",
        "S",
        "--severity",
        "low",
    ];
    let said = shop.fails(2, log.iter().chain(&["--manual", "page 12"]));
    assert!(said.contains("--answered"), "{said}");
}

#[test]
fn p4_20_the_highest_level_is_reported_on_its_own() {
    let shop = shop("escalation");
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
    for level in ["1", "2"] {
        let answer = ["escalation", "answer", &number, "--level", level];
        shop.ok(answer.iter().chain(&["Somebody looks at it"]));
    }
    shop.ok(up.iter().chain(&["--confirm", &number]));
    let back = ["escalation", "withdraw", &number, "--level", "3"];
    shop.ok(back.iter().chain(&["--reason", "Not meant"]));
    for level in ["level 1", "level 2", "level 3"] {
        assert_eq!(count(&shop, "escalated", level), 1, "{level}");
    }
    assert_eq!(count(&shop, "escalation answered", "level 2"), 1);
    assert_eq!(count(&shop, "escalation taken back", "level 3"), 1);
    assert_eq!(count(&shop, "ground", "not-urgent-enough"), 3);
}

#[test]
fn what_came_outside_the_agreement_or_was_declined_is_counted() {
    let shop = shop("tech-reference");
    let other = ["--channel", "chat", "--channel-reason", "No line"];
    let number = shop.log("Blue Fern", &other);
    let call = ["call", "log", &number, "--in"];
    shop.ok(call.iter().chain(&other));
    shop.ok(["decline", &number, "--reason", "Not ours"]);
    shop.log("Blue Fern", &[]);
    assert_eq!(count(&shop, "logged", "other"), 1);
    assert_eq!(count(&shop, "logged", "phone"), 1);
    assert_eq!(count(&shop, "outside the agreement", ""), 2);
    assert_eq!(count(&shop, "declined", ""), 1);
}

#[test]
fn p4_06_emergencies_taken_and_refused_are_counted() {
    let shop = shop("escalation");
    let emergency = ["--detail", "All is down", "--emergency"];
    let calls = ["--calls-tried", "3", "--calls-failed", "3"];
    shop.log(
        "Blue Fern",
        &[&emergency[..], &["--channel", "chat"]].concat(),
    );
    shop.log("Blue Fern", &[&emergency[..], &calls].concat());
    assert_eq!(count(&shop, "emergency", "taken"), 1);
    assert_eq!(count(&shop, "emergency", "refused"), 1);
    assert_eq!(count(&shop, "not covered", ""), 2);
}

#[test]
fn p1_23_what_ended_without_a_resolution_is_counted_apart() {
    let shop = shop("severity");
    let low = ["--severity", "low"];
    let closed = shop.log("Blue Fern", &low);
    let close = ["close", &closed, "--as", "duplicate", "--detail", "Twice"];
    shop.ok(close);
    let fixed = shop.log("Blue Fern", &low);
    shop.ok(["resolve", &fixed, "--outcome", "fixed"]);
    shop.ok(["reopen", &fixed, "--by", "customer", "--recurring"]);
    shop.ok(["resolve", &fixed, "--outcome", "fixed"]);
    assert_eq!(count(&shop, "closed without resolution", "duplicate"), 1);
    assert_eq!(count(&shop, "resolved", "fixed"), 2);
    assert_eq!(count(&shop, "reopened", "recurring"), 1);
}

#[test]
fn p2_11_a_silence_counts_from_its_instant_written_down_or_not() {
    let shop = shop("severity");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["wait", &number, "Which version?"]);
    assert_eq!(count(&shop, "resolved", "no-customer-reply"), 0);
    shop.at("2026-11-27T21:00:00Z");
    for _ in 0..2 {
        assert_eq!(count(&shop, "resolved", "no-customer-reply"), 1);
        shop.ok(["tick"]);
    }
    // A word from before that was entered later takes it back.
    let call = [
        "call",
        "log",
        &number,
        "--in",
        "--at",
        "2026-11-25T10:00:00Z",
    ];
    shop.ok(call);
    assert_eq!(count(&shop, "resolved", "no-customer-reply"), 0);
}

#[test]
fn counts_are_of_days_and_by_what_is_asked_for() {
    let shop = shop("severity");
    shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["agent", "add", "jonas"]);
    shop.at("2026-11-24T08:00:00Z").agent("jonas");
    shop.ok(["customer", "add", "Grey | Heron"]);
    shop.log("Grey | Heron", &["--severity", "high"]);
    let logged = |more: &[&str]| count_in(&shop, more, "logged", "phone");
    assert_eq!(logged(&[]), 2);
    assert_eq!(logged(&["--from", "2026-11-24"]), 1);
    assert_eq!(logged(&["--to", "2026-11-23"]), 1);
    assert_eq!(logged(&["--from", "2026-11-25"]), 0);
    let csv = |by| shop.ok(["report", "counts", "--format", "csv", "--by", by]);
    assert!(csv("agent").starts_with("agent,what,which,count\n"));
    assert!(csv("agent").contains("jonas,logged,phone,1"));
    assert!(csv("severity").contains("high,logged,phone,1"));
    let md = shop.ok(["report", "counts", "--format", "md", "--by", "customer"]);
    assert!(
        md.contains("| Grey \\| Heron | logged | phone | 1 |"),
        "{md}"
    );
    let wrong = ["--from", "2026-11-25", "--to", "2026-11-24"];
    let said = shop.fails(2, ["report", "counts"].iter().chain(&wrong));
    assert!(said.contains("before it begins"), "{said}");
}
