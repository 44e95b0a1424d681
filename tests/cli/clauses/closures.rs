//! P1-07, for every policy: hours deviate, and whoever is promised a deadline learns of it.

use rstest::rstest;
use serde_json::json;

use crate::seen::{clocks, show};
use crate::shop::Shop;

const CUT: [&str; 2] = ["--reason", "Power cut"];

/// An hour of Monday 23 November 2026, from eleven in California.
const POWER_CUT: [&str; 9] = [
    "closure",
    "add",
    "--all",
    "--from",
    "2026-11-23T19:00:00Z",
    "--to",
    "2026-11-23T20:00:00Z",
    "--reason",
    "Power cut",
];

/// A paid incident since Monday 23 November, 09:00 in California: due at 13:00 there.
fn since_nine() -> (Shop, String) {
    let shop = Shop::new(&["per-incident"]);
    shop.at("2026-11-23T17:00:00Z");
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &number, "--reason", "A gift"]);
    assert_eq!(response(&shop, &number), ["running 2026-11-23T21:00:00Z"]);
    (shop, number)
}

fn response(shop: &Shop, number: &str) -> Vec<String> {
    clocks(shop, number, "response")
}

fn close(shop: &Shop, from: &str, to: &str) -> String {
    let add = ["closure", "add", "--all", "--from", from, "--to", to];
    shop.ok(add.iter().chain(&CUT))
}

#[rstest]
#[case::for_now("2026-11-23T19:00:00Z", "2026-11-23T20:00:00Z", "2026-11-23T22:00:00Z")]
#[case::for_earlier_today("2026-11-23T17:30:00Z", "2026-11-23T18:00:00Z", "2026-11-23T21:30:00Z")]
#[case::before_it_began("2026-11-23T16:30:00Z", "2026-11-23T17:00:00Z", "2026-11-23T21:00:00Z")]
#[case::over_its_start("2026-11-23T16:30:00Z", "2026-11-23T17:15:00Z", "2026-11-23T21:15:00Z")]
#[case::after_it_is_due("2026-11-23T21:00:00Z", "2026-11-23T22:00:00Z", "2026-11-23T21:00:00Z")]
#[case::over_its_whole_span("2026-11-23T16:00:00Z", "2026-11-24T17:00:00Z", "2026-11-24T21:00:00Z")]
#[case::to_a_closing("2026-11-23T17:00:00Z", "2026-11-23T21:00:00Z", "2026-11-24T01:00:00Z")]
fn p1_07_a_closure_moves_a_clock_that_runs(
    #[case] from: &str,
    #[case] to: &str,
    #[case] due: &str,
) {
    let (shop, number) = since_nine();
    let revision = show(&shop, &number)["revision"].clone();
    shop.at("2026-11-23T19:00:00Z");
    let said = close(&shop, from, to);
    assert!(
        said.starts_with("Added closure 1 (Power cut): all hours, "),
        "{said}"
    );
    assert_eq!(response(&shop, &number), [format!("running {due}")]);
    let shown = show(&shop, &number);
    assert_eq!(shown["next_due_at"], due);
    assert_eq!(shown["revision"], revision, "it is no step of the incident");
    assert_eq!(shop.json(["list"])[0]["next_due_at"], due);
    assert_eq!(shop.json(["explain", &number])["clocks"][0]["due_at"], due);
    shop.ok(["desk", "check"]);
    shop.ok(["closure", "remove", "1"]);
    assert_eq!(response(&shop, &number), ["running 2026-11-23T21:00:00Z"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn p1_07_the_timeline_says_why_the_deadline_moved() {
    let (shop, number) = since_nine();
    shop.at("2026-11-23T19:00:00Z");
    close(&shop, "2026-11-23T19:00:00Z", "2026-11-23T20:00:00Z");
    shop.at("2026-11-23T19:30:00Z");
    shop.ok(["closure", "remove", "1"]);
    let timeline = show(&shop, &number)["timeline"].clone();
    let moved: Vec<_> = timeline
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["kind"] == "clock-moved")
        .map(|entry| (entry["at"].clone(), entry["text"].clone()))
        .collect();
    assert_eq!(
        moved,
        [
            (
                json!("2026-11-23T19:00:00Z"),
                json!("Response now due Mon 23 Nov 2026 22:00 UTC: closure 1 (Power cut)")
            ),
            (
                json!("2026-11-23T19:30:00Z"),
                json!(
                    "Response now due Mon 23 Nov 2026 21:00 UTC: closure 1 (Power cut) was removed"
                )
            ),
        ]
    );
    let page = shop.ok(["explain", &number]);
    assert!(page.contains("14:00 PST: closure 1 (Power cut)"), "{page}");
    let moves = shop.json(["explain", &number])["clocks"][0]["moves"].clone();
    assert_eq!(moves[1]["due_at"], "2026-11-23T21:00:00Z");
}

#[test]
fn p1_07_the_ledger_shows_the_closure_and_still_adds_up() {
    let (shop, number) = since_nine();
    shop.at("2026-11-23T19:00:00Z");
    close(&shop, "2026-11-23T19:00:00Z", "2026-11-23T20:00:00Z");
    let clock = shop.json(["explain", &number])["clocks"][0].clone();
    assert_eq!(clock["sum_seconds"], 4 * 3_600);
    assert_eq!(clock["spans"][0]["to"], "2026-11-23T19:00:00Z");
    assert_eq!(clock["spans"][1]["from"], "2026-11-23T20:00:00Z");
    assert_eq!(
        clock["closed"],
        json!([{"date": "2026-11-23", "reason": "Power cut"}])
    );
}

#[test]
fn p1_07_closures_that_overlap_count_once_and_go_one_by_one() {
    let (shop, number) = since_nine();
    close(&shop, "2026-11-23T18:00:00Z", "2026-11-23T19:30:00Z");
    close(&shop, "2026-11-23T19:00:00Z", "2026-11-23T20:00:00Z");
    assert_eq!(response(&shop, &number), ["running 2026-11-23T23:00:00Z"]);
    shop.ok(["closure", "remove", "1"]);
    assert_eq!(response(&shop, &number), ["running 2026-11-23T22:00:00Z"]);
    shop.ok(["closure", "remove", "2"]);
    assert_eq!(response(&shop, &number), ["running 2026-11-23T21:00:00Z"]);
}

#[test]
fn p1_07_an_extra_opening_counts_and_a_closure_wins_over_it() {
    let (shop, number) = since_nine();
    shop.at("2026-11-24T00:30:00Z");
    let late = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &late, "--reason", "A gift"]);
    assert_eq!(response(&shop, &late), ["running 2026-11-24T20:00:00Z"]);
    let open = [
        "closure",
        "add",
        "--policy",
        "per-incident",
        "--opening",
        "--from",
        "2026-11-24T01:00:00Z",
        "--to",
        "2026-11-24T03:00:00Z",
        "--reason",
        "Inventory",
    ];
    let said = shop.ok(open);
    assert!(said.contains("Added extra opening 1 (Inventory)"), "{said}");
    assert_eq!(response(&shop, &late), ["running 2026-11-24T18:00:00Z"]);
    close(&shop, "2026-11-24T02:00:00Z", "2026-11-24T02:30:00Z");
    assert_eq!(response(&shop, &late), ["running 2026-11-24T18:30:00Z"]);
    // What ran out before either stays as it was.
    let missed = response(&shop, &number);
    assert_eq!(missed, ["missed 2026-11-23T21:00:00Z"]);
}

#[test]
fn p1_07_no_closure_rewrites_a_verdict() {
    let (shop, number) = since_nine();
    shop.at("2026-11-23T21:30:00Z");
    shop.ok(["respond", &number, "Try this"]);
    let met = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &met, "--reason", "A gift"]);
    shop.ok(["respond", &met, "Try this"]);
    let said = close(&shop, "2026-11-23T17:00:00Z", "2026-11-24T01:00:00Z");
    assert!(said.ends_with("; no deadline moved"), "{said}");
    assert_eq!(response(&shop, &number), ["missed 2026-11-23T21:00:00Z"]);
    assert_eq!(response(&shop, &met), ["met 2026-11-24T17:00:00Z"]);
    shop.ok(["closure", "remove", "1"]);
    assert_eq!(response(&shop, &number), ["missed 2026-11-23T21:00:00Z"]);
}

#[test]
fn p1_07_what_runs_late_is_in_time_again_until_it_is_removed() {
    let (shop, number) = since_nine();
    shop.at("2026-11-23T21:30:00Z");
    assert_eq!(response(&shop, &number), ["missed 2026-11-23T21:00:00Z"]);
    close(&shop, "2026-11-23T19:00:00Z", "2026-11-23T20:00:00Z");
    assert_eq!(response(&shop, &number), ["running 2026-11-23T22:00:00Z"]);
    let removed = shop.json(["closure", "remove", "1", "--dry-run"]);
    assert_eq!(removed["moved"][0]["missed"], true);
    let said = shop.ok(["closure", "remove", "1"]);
    assert!(said.contains("1 deadline moved, 1 into the past"), "{said}");
    assert_eq!(response(&shop, &number), ["missed 2026-11-23T21:00:00Z"]);
}

#[test]
fn p1_07_a_preview_says_what_would_move_and_changes_nothing() {
    let (shop, number) = since_nine();
    let preview = [POWER_CUT.as_slice(), &["--dry-run"]].concat();
    let said = shop.ok(&preview);
    assert_eq!(
        said,
        format!(
            "Would add closure 1 (Power cut): all hours, Mon 2026-11-23 11:00 -08:00 (Mon 2026-11-23 19:00 +00:00 here) \
             to Mon 2026-11-23 12:00 -08:00 (Mon 2026-11-23 20:00 +00:00 here); 1 deadline would move\n  {number} response: Mon 23 Nov 2026 21:00 UTC -> Mon 23 Nov 2026 22:00 UTC"
        )
    );
    assert_eq!(response(&shop, &number), ["running 2026-11-23T21:00:00Z"]);
    assert_eq!(shop.json(["closure", "list"]), json!([]));
    let told = shop.json(&preview);
    let done = shop.json(POWER_CUT);
    assert_eq!(told["dry_run"], true);
    assert_eq!(done["dry_run"], false);
    assert_eq!(told["moved"], done["moved"]);
    assert_eq!(
        done["moved"],
        json!([{"tech_ref": number, "clock": "response", "due_before": "2026-11-23T21:00:00Z",
                "due_at": "2026-11-23T22:00:00Z", "left_seconds": null, "missed": false}])
    );
}

#[test]
fn p1_07_a_closure_reaches_its_policy_or_its_office_alone() {
    let shop = Shop::new(&["per-incident", "escalation"]);
    shop.at("2026-11-24T15:00:00Z");
    shop.customer("Blue Fern");
    let detail = ["--detail", "All of it", "--policy", "escalation"];
    let at = |office| {
        let more: Vec<&str> = detail.iter().copied().chain(["--office", office]).collect();
        shop.log("Blue Fern", &more)
    };
    let (uk, florida) = (at("uk"), at("florida"));
    let dues = || [&uk, &florida].map(|number| response(&shop, number).remove(0));
    let before = ["running 2026-11-25T15:00:00Z"; 2];
    assert_eq!(dues(), before);
    let add = [
        "--from",
        "2026-11-25T09:00:00Z",
        "--to",
        "2026-11-25T17:00:00Z",
    ];
    let close = |reach: &[&str]| {
        let args = ["closure", "add"].iter().chain(reach);
        shop.ok(args.chain(&add).chain(&CUT));
    };
    close(&["--policy", "per-incident"]);
    assert_eq!(dues(), before);
    close(&["--office", "uk"]);
    assert_eq!(dues(), ["running 2026-11-26T15:00:00Z", before[1]]);
    close(&["--policy", "escalation"]);
    // Florida is open from 12:00 to 17:00 local that day, after the closure, and so the same time the day after.
    assert_eq!(dues()[0], "running 2026-11-26T15:00:00Z");
    assert_ne!(dues()[1], before[1]);
}

#[test]
fn p1_07_hours_and_due_know_the_desk_s_closures() {
    let (shop, _) = since_nine();
    shop.at("2026-11-23T19:30:00Z");
    close(&shop, "2026-11-23T19:00:00Z", "2026-11-23T20:00:00Z");
    let hours = shop.ok(["hours"]);
    assert!(
        hours.starts_with("per-incident: closed (Power cut), opens Mon 2026-11-23 12:00 -08:00"),
        "{hours}"
    );
    let desk = shop.desk();
    let question = ["--from", "2026-11-23T17:00:00Z"];
    let due = ["due", "per-incident"];
    let asked: Vec<&str> = due.iter().chain(&question).copied().collect();
    let told = shop.json(
        asked
            .iter()
            .copied()
            .chain(["--desk", desk.to_str().unwrap()]),
    );
    assert_eq!(told["due"], "2026-11-23T22:00:00Z");
    assert_eq!(told["closed"][0]["reason"], "Power cut");
    // A new incident is promised what the hours allow.
    shop.at("2026-11-23T19:30:00Z");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &number, "--reason", "A gift"]);
    assert_eq!(response(&shop, &number), ["running 2026-11-24T00:00:00Z"]);
}

#[test]
fn p1_07_a_silence_that_has_run_out_stays_so() {
    let shop = Shop::empty();
    let text = holdline::policy::shipped("severity").unwrap();
    let text = text.replace(
        "after = { within = \"4d\", counted = \"elapsed\", when_closed = \"as-is\" }",
        "after = { within = \"8h\", counted = \"business-time\" }",
    );
    std::fs::write(shop.path("ours.toml"), text).unwrap();
    shop.ok(["init", "--policy", "ours.toml"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["wait", &number, "Which version?"]);
    let ended = clocks(&shop, &number, "silence");
    assert_eq!(ended, ["running 2026-11-24T20:00:00Z"]);
    close(&shop, "2026-11-24T15:00:00Z", "2026-11-24T16:00:00Z");
    let moved = clocks(&shop, &number, "silence");
    assert_eq!(moved, ["running 2026-11-24T21:00:00Z"]);
    shop.at("2026-11-24T22:00:00Z");
    assert_eq!(show(&shop, &number)["state"], "resolved");
    close(&shop, "2026-11-24T17:00:00Z", "2026-11-24T22:00:00Z");
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "resolved");
    assert_eq!(shown["resolution"]["at"], "2026-11-24T21:00:00Z");
    // A word from before the end, entered now: it was waiting all along, by the hours as they were.
    let heard = [
        "call",
        "log",
        &number,
        "--in",
        "--at",
        "2026-11-24T20:30:00Z",
    ];
    shop.ok(heard);
    assert_eq!(show(&shop, &number)["state"], "open");
    shop.ok(["desk", "check"]);
}

#[rstest]
#[case(2, &["--all", "--from", "14:00", "--to", "13:00", "--reason", "R"], "give a later end")]
#[case(2, &["--all", "--from", "14:00", "--to", "14:00", "--reason", "R"], "give a later end")]
#[case(2, &["--all", "--from", "13:00", "--to", "14:00", "--reason", " "], "the reason is empty")]
#[case(2, &["--all", "--from", "noon", "--to", "14:00", "--reason", "R"], "is no instant")]
#[case(2, &["--from", "13:00", "--to", "14:00", "--reason", "R"], "--all")]
#[case(2, &["--all", "--from", "1999-01-01 13:00", "--to", "14:00", "--reason", "R"], "outside the years")]
#[case(3, &["--policy", "severty", "--from", "13:00", "--to", "14:00", "--reason", "R"], "did you mean severity?")]
#[case(3, &["--office", "uk", "--from", "13:00", "--to", "14:00", "--reason", "R"], "no office \"uk\"")]
#[case(1, &["--policy", "season-ticket", "--from", "13:00", "--to", "14:00", "--reason", "R"], "states no hours")]
#[case(2, &["--all", "--from", "13:00", "--to", "2100-01-01 00:00", "--reason", "R"], "outside the years")]
fn p1_07_a_closure_that_cannot_be_is_refused(
    #[case] code: i32,
    #[case] args: &[&str],
    #[case] why: &str,
) {
    let shop = Shop::new(&["severity", "season-ticket"]);
    shop.customer("Blue Fern");
    shop.log("Blue Fern", &["--severity", "low"]);
    let said = shop.fails(code, ["closure", "add"].iter().chain(args));
    assert!(said.contains(why), "{said}");
    assert_eq!(shop.json(["closure", "list", "--past"]), json!([]));
}

#[test]
fn p1_07_closures_are_listed_and_removed_by_number_once() {
    let (shop, _) = since_nine();
    assert_eq!(
        shop.ok(["closure", "list"]),
        "No closure or extra opening is ahead"
    );
    close(&shop, "2026-11-24T19:00:00Z", "2026-11-24T20:00:00Z");
    close(&shop, "2026-11-23T18:00:00Z", "2026-11-23T19:00:00Z");
    assert_eq!(
        shop.ok(["closure", "list"]),
        "NO  WHAT    HOURS OF   WHEN                                                        REASON\n\
         2   closed  all hours  Mon 2026-11-23 18:00 +00:00 to Mon 2026-11-23 19:00 +00:00  Power cut\n\
         1   closed  all hours  Tue 2026-11-24 19:00 +00:00 to Tue 2026-11-24 20:00 +00:00  Power cut"
    );
    shop.at("2026-11-23T20:00:00Z");
    shop.ok(["closure", "remove", "1"]);
    assert_eq!(shop.json(["closure", "list"]), json!([]));
    let past = shop.json(["closure", "list", "--past"]);
    assert_eq!(past[1]["removed"], true);
    assert_eq!(past[1]["id"], 1);
    let said = shop.fails(1, ["closure", "remove", "1"]);
    assert!(said.contains("was removed already"), "{said}");
    let said = shop.fails(3, ["closure", "remove", "7"]);
    assert!(said.contains("no closure \"7\""), "{said}");
}

#[test]
fn p1_07_a_key_sent_twice_closes_once() {
    let (shop, number) = since_nine();
    let add = [POWER_CUT.as_slice(), &["--once", "k"]].concat();
    let first = shop.json(&add);
    assert_eq!(shop.json(&add), first);
    assert_eq!(response(&shop, &number), ["running 2026-11-23T22:00:00Z"]);
    assert_eq!(shop.json(["closure", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn p1_07_a_closure_is_read_on_the_clock_of_the_office_that_it_is_for() {
    let shop = Shop::new(&["severity", "escalation"]);
    let add = |reach: &[&str], from: &str, to: &str| {
        let times = ["--from", from, "--to", to, "--reason", "Stocktaking"];
        let said = shop.ok(["closure", "add"].iter().chain(reach).chain(&times));
        let all = shop.json(["closure", "list"]);
        let newest = all
            .as_array()
            .unwrap()
            .iter()
            .max_by_key(|one| one["id"].as_i64());
        let newest = newest.unwrap();
        (said, json!([newest["from"], newest["to"]]))
    };
    let (said, span) = add(&["--policy", "severity"], "wed 13:00", "wed 17:00");
    assert_eq!(
        span,
        json!(["2026-11-25T20:00:00Z", "2026-11-26T00:00:00Z"])
    );
    assert!(
        said.contains("Wed 2026-11-25 13:00 -07:00 (Wed 2026-11-25 20:00 +00:00 here)"),
        "{said}"
    );
    // A day is a whole one, of the office's.
    let (_, span) = add(&["--office", "france"], "wed", "2026-11-26");
    assert_eq!(
        span,
        json!(["2026-11-24T23:00:00Z", "2026-11-26T23:00:00Z"])
    );
    // The offices of several clocks are told by the agent's.
    let (_, span) = add(&["--all"], "fri", "fri");
    assert_eq!(
        span,
        json!(["2026-11-27T00:00:00Z", "2026-11-28T00:00:00Z"])
    );
}
