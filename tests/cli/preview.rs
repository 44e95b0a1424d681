//! `--dry-run` of a step: old and new deadlines, before anything moves (`clocks.md`, trap 12).

use serde_json::json;

use crate::seen::{clocks, show};
use crate::shop::Shop;

fn incident(severity: &str) -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", severity]);
    (shop, number)
}

#[test]
fn another_severity_is_foreseen_with_both_deadlines() {
    let (shop, number) = incident("low");
    let before = show(&shop, &number);
    let step = ["severity", &number, "critical", "--agreed-with", "Ada Moss"];
    let said = shop.ok(step.iter().chain(&["--dry-run"]));
    assert_eq!(
        said,
        "Nothing was changed. 10001-4 would be open\n\
         response: due Mon 7 Dec 2026 14:00 MST -> due Tue 24 Nov 2026 14:00 MST"
    );
    let foreseen = shop.json(step.iter().chain(&["--dry-run"]));
    assert_eq!(
        foreseen,
        json!({"dry_run": true, "tech_ref": number, "state_before": "open", "state": "open", "clocks": [{
            "kind": "response",
            "before": {"state": "running", "due_at": "2026-12-07T21:00:00Z"},
            "after": {"state": "running", "due_at": "2026-11-24T21:00:00Z"},
        }]})
    );
    assert_eq!(show(&shop, &number), before, "nothing was changed");
    shop.ok(step);
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["running 2026-11-24T21:00:00Z"]
    );
}

#[test]
fn what_would_be_late_at_once_says_so() {
    let (shop, number) = incident("low");
    shop.at("2026-11-26T21:00:00Z");
    let step = [
        "severity",
        &number,
        "critical",
        "--agreed-with",
        "Ada Moss",
        "--dry-run",
    ];
    let said = shop.ok(step);
    assert!(
        said.ends_with("-> missed, due Tue 24 Nov 2026 14:00 MST"),
        "{said}"
    );
    assert_eq!(shop.json(step)["clocks"][0]["after"]["state"], "missed");
}

#[test]
fn waiting_and_going_on_are_foreseen() {
    let (shop, number) = incident("low");
    let said = shop.ok(["wait", &number, "Which version?", "--dry-run"]);
    assert_eq!(
        said,
        "Nothing was changed. 10001-4 would be waiting\n\
         response: due Mon 7 Dec 2026 14:00 MST -> met\n\
         silence: not started -> due Fri 27 Nov 2026 14:00 MST"
    );
    shop.ok(["wait", &number, "Which version?"]);
    let said = shop.ok(["resume", &number, "--dry-run"]);
    assert_eq!(
        said,
        "Nothing was changed. 10001-4 would be open\nsilence: due Fri 27 Nov 2026 14:00 MST -> cancelled"
    );
    assert_eq!(show(&shop, &number)["state"], "waiting");
}

#[test]
fn reopening_is_foreseen() {
    let (shop, number) = incident("critical");
    shop.ok(["resolve", &number, "--outcome", "fixed"]);
    let said = shop.ok(["reopen", &number, "--recurring", "--dry-run"]);
    assert_eq!(
        said,
        "Nothing was changed. 10001-4 would be open\nresponse: not started -> due Tue 24 Nov 2026 14:00 MST"
    );
    assert_eq!(show(&shop, &number)["state"], "resolved");
}

#[test]
fn what_would_be_refused_is_refused_and_a_key_is_not_used_up() {
    let (shop, number) = incident("critical");
    let said = shop.fails(1, ["resume", &number, "--dry-run"]);
    assert!(said.contains("there is nothing to resume"), "{said}");
    shop.fails(1, ["reopen", &number, "--dry-run"]);
    shop.fails(
        3,
        [
            "severity",
            &number,
            "hihg",
            "--agreed-with",
            "Ada",
            "--dry-run",
        ],
    );
    shop.fails(4, ["wait", &number, "Q", "--dry-run", "--if-revision", "9"]);
    let wait = ["wait", &number, "Which version?", "--once", "k1"];
    shop.ok(wait.iter().chain(&["--dry-run"]));
    shop.ok(wait);
    assert_eq!(show(&shop, &number)["state"], "waiting");
}
