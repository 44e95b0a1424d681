//! `holdline undo`: the own last step, within the hour, where nothing was built on it (`lifecycle.md`, "Verdicts").

mod paid;

use rstest::rstest;
use serde_json::{Value, json};

use crate::seen::{clocks, show};
use crate::shop::Shop;

/// A shop with a customer and an incident of this policy, logged on Monday 23 November at 13:00 in California.
fn with_incident(policy: &str, more: &[&str]) -> (Shop, String) {
    let shop = Shop::new(&[policy]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", more);
    (shop, number)
}

/// What an incident shows, but for its timeline and how many steps it has had.
fn state(shop: &Shop, number: &str) -> Value {
    let mut shown = show(shop, number);
    let object = shown.as_object_mut().unwrap();
    object.remove("timeline");
    object.remove("revision");
    shown
}

/// What the reports say of all time.
fn reports(shop: &Shop) -> [Value; 2] {
    ["money", "counts"].map(|report| shop.json(["report", report]))
}

fn kinds(shop: &Shop, number: &str) -> Vec<String> {
    let timeline = show(shop, number)["timeline"].clone();
    let entries = timeline.as_array().unwrap().iter();
    entries
        .map(|entry| entry["kind"].as_str().unwrap().to_owned())
        .collect()
}

const NUMBER: &str = "10001-4";

#[rstest]
#[case::assigned("severity", &["--severity", "high"], &["assign", NUMBER, "mira"])]
#[case::severity("severity", &["--severity", "low"], &["severity", NUMBER, "critical", "--agreed-with", "Ada"])]
#[case::responded("severity", &["--severity", "low"], &["respond", NUMBER, "Try this", "--estimate", "+2h"])]
#[case::waiting("severity", &["--severity", "low"], &["wait", NUMBER, "Which version?"])]
#[case::resolved("severity", &["--severity", "low"], &["resolve", NUMBER, "--outcome", "fixed", "--detail", "Done"])]
#[case::closed("severity", &["--severity", "low"], &["close", NUMBER, "--as", "withdrawn", "--detail", "Gone"])]
#[case::called("severity", &["--severity", "low"], &["call", "log", NUMBER, "--in", "--minutes", "7"])]
#[case::noted("severity", &["--severity", "low"], &["note", NUMBER, "Odd"])]
#[case::given("severity", &["--severity", "low"], &["given", NUMBER])]
#[case::estimated("severity", &["--severity", "low"], &["estimate", NUMBER, "+2h"])]
#[case::scheduled("severity", &["--severity", "low"], &["schedule", NUMBER, "+2h"])]
#[case::waived("per-incident", &[], &["waive", NUMBER, "--reason", "A gift"])]
#[case::ordered("per-incident", &[], &["order", NUMBER])]
#[case::declined("per-incident", &[], &["decline", NUMBER, "--reason", "Consulting"])]
#[case::accepted("season-ticket", &[], &["accept", NUMBER])]
fn a_step_that_is_taken_back_leaves_nothing_behind(
    #[case] policy: &str,
    #[case] more: &[&str],
    #[case] step: &[&str],
) {
    let (shop, number) = with_incident(policy, more);
    assert_eq!(number, NUMBER);
    let before = state(shop.at("2026-11-23T21:30:00Z"), &number);
    let (reported, begun) = (reports(&shop), kinds(&shop, &number).len());
    shop.at("2026-11-23T21:20:00Z").ok(step);
    let steps = kinds(&shop, &number).len();
    assert!(steps > begun, "the step did nothing");
    let said = shop.at("2026-11-23T21:30:00Z").ok(["undo", &number]);
    assert!(said.starts_with("Taken back: "), "{said}");
    assert_eq!(state(&shop, &number), before);
    assert_eq!(reports(&shop), reported);
    let kinds = kinds(&shop, &number);
    assert!(
        kinds.len() > steps,
        "what happened stays on the timeline: {kinds:?}"
    );
    assert_eq!(kinds.last().unwrap(), "undone");
    shop.ok(["desk", "check"]);
    // And it can be done again, or otherwise.
    shop.ok(step);
    shop.ok(["desk", "check"]);
}

#[test]
fn a_step_that_stays_is_named_by_what_it_did() {
    let (shop, number) = with_incident("severity", &["--severity", "low"]);
    let answer = ["respond", &number, "Try this", "--estimate", "+2h"];
    shop.ok(["agent", "add", "tomas"]);
    shop.agent("tomas").ok(answer);
    let said = shop.agent("mira").fails(1, ["undo", &number]);
    assert!(said.contains("(responded) is"), "{said}");
}

#[test]
fn the_verdict_of_the_step_is_withdrawn_and_the_clock_runs_on() {
    let (shop, number) = with_incident("severity", &["--severity", "low"]);
    shop.ok([
        "respond",
        &number,
        "Try this",
        "--no-estimate",
        "Unknown yet",
    ]);
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["met 2026-12-07T21:00:00Z"]
    );
    shop.ok(["undo", &number]);
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["running 2026-12-07T21:00:00Z"]
    );
    assert_eq!(show(&shop, &number)["first_response_at"], Value::Null);
    let page = shop.ok(["explain", &number]);
    assert_eq!(page.matches("response, ").count(), 1, "{page}");
    // A later answer gets the verdict of its own instant.
    shop.at("2026-12-08T15:00:00Z").ok([
        "respond",
        &number,
        "Sorry",
        "--no-estimate",
        "Unknown yet",
    ]);
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["missed 2026-12-07T21:00:00Z"]
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn hours_that_changed_meanwhile_count_for_the_clock_that_runs_again() {
    let shop = Shop::new(&["per-incident"]);
    shop.at("2026-11-23T17:00:00Z");
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &number, "--reason", "A gift"]);
    shop.ok(["respond", &number, "Try this"]);
    let closed = ["closure", "add", "--all", "--from", "2026-11-23T18:00:00Z"];
    shop.ok(closed
        .iter()
        .chain(&["--to", "2026-11-23T19:00:00Z", "--reason", "Power cut"]));
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["met 2026-11-23T21:00:00Z"]
    );
    shop.ok(["undo", &number]);
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["running 2026-11-23T22:00:00Z"]
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn step_after_step_can_be_taken_back_down_to_the_log_itself() {
    let (shop, number) = with_incident("severity", &["--severity", "high"]);
    shop.ok(["given", &number]);
    shop.ok(["note", &number, "Odd"]);
    shop.ok(["undo", &number]);
    shop.ok(["undo", &number]);
    assert_eq!(show(&shop, &number)["number_given_at"], Value::Null);
    let said = shop.ok(["undo", &number]);
    assert!(said.contains("10001-4 void"), "{said}");
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "void");
    assert_eq!(shown["clocks"][0]["state"], "cancelled");
    assert_eq!(shown["next_due_at"], Value::Null);
    assert_eq!(
        shop.json(["list"]),
        json!([]),
        "there is nothing left to do"
    );
    // Its number stays used.
    assert_eq!(shop.log("Blue Fern", &["--severity", "high"]), "10002-3");
    shop.ok(["desk", "check"]);
    for step in [
        &["respond", &number, "Try this"][..],
        &["assign", &number, "mira"],
        &["reopen", &number],
        &["undo", &number],
        &["close", &number, "--as", "withdrawn", "--detail", "Gone"],
    ] {
        let said = shop.fails(1, step);
        assert!(
            said.contains("void") || said.contains("new one"),
            "{step:?}: {said}"
        );
    }
}

#[test]
fn only_the_agent_who_took_the_step_takes_it_back() {
    let (shop, number) = with_incident("severity", &["--severity", "high"]);
    shop.ok(["agent", "add", "tomas"]);
    shop.agent("tomas").ok(["note", &number, "Odd"]);
    let said = shop.agent("mira").fails(1, ["undo", &number]);
    assert!(said.contains("only who took it takes it back"), "{said}");
    shop.agent("tomas").ok(["undo", &number]);
    let said = shop.fails(1, ["undo", &number]);
    assert!(
        said.contains("the last step of 10001-4 (opened) is"),
        "{said}"
    );
    assert!(said.contains("mira's"), "{said}");
}

#[test]
fn after_an_hour_a_step_stays() {
    let (shop, number) = with_incident("severity", &["--severity", "high"]);
    shop.ok(["note", &number, "Odd"]);
    let said = shop.at("2026-11-23T22:00:01Z").fails(1, ["undo", &number]);
    assert!(said.contains("over an hour ago, and stays"), "{said}");
    shop.at("2026-11-23T22:00:00Z").ok(["undo", &number]);
}

#[test]
fn an_undo_is_of_its_own_instant() {
    let (shop, number) = with_incident("severity", &["--severity", "high"]);
    shop.at("2026-11-23T21:10:00Z");
    let said = shop.fails(2, ["undo", &number, "--at", "2026-11-23T21:00:00Z"]);
    assert!(said.contains("give no other instant (--at)"), "{said}");
}

#[test]
fn what_concerns_two_incidents_is_not_taken_back_on_one() {
    let (shop, number) = with_incident("severity", &["--severity", "high"]);
    let other = shop.log("Blue Fern", &["--severity", "high"]);
    // But a merge: taken back from either side, it takes the two apart.
    for side in [&other, &number] {
        shop.ok(["merge", &other, &number]);
        shop.ok(["undo", side]);
        shop.ok(["desk", "check"]);
    }
    let part = shop.ok(["split", &number, "--summary", "Another", "--told"]);
    for number in [part.lines().next().unwrap(), &number] {
        let said = shop.fails(1, ["undo", number]);
        assert!(
            said.contains("more than this incident hangs on it"),
            "{said}"
        );
    }
}

#[test]
fn a_silence_that_ran_out_is_no_step_of_anybody() {
    let (shop, number) = with_incident("severity", &["--severity", "low"]);
    shop.ok(["wait", &number, "Which version?"]);
    shop.at("2026-11-27T21:10:00Z").ok(["tick"]);
    let said = shop.fails(1, ["undo", &number]);
    assert!(said.contains("silence"), "{said}");
    assert_eq!(show(&shop, &number)["state"], "resolved");
}

#[test]
fn a_note_on_conduct_that_is_taken_back_is_not_seen_at_the_next_call() {
    let (shop, number) = with_incident("severity", &["--severity", "low"]);
    shop.ok(["note", &number, "Shouted", "--kind", "conduct"]);
    shop.ok(["note", &number, "Swore", "--kind", "conduct"]);
    shop.ok(["undo", &number]);
    let shown = shop.ok(["customer", "show", "Blue Fern"]);
    assert!(
        shown.contains("Shouted") && !shown.contains("Swore"),
        "{shown}"
    );
}

#[test]
fn a_message_of_the_step_is_not_sent_and_one_that_was_sent_holds_the_step() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let mail = ["--mail", "ada@blue-fern.test"];
    shop.ok(["contact", "add", "Blue Fern", "Ada Moss"]
        .iter()
        .chain(&mail));
    let number = shop.log("Blue Fern", &[]);
    let states = |shop: &Shop| {
        let list = shop.json(["mail", "list", "--all"]);
        let list = list.as_array().unwrap().iter();
        let ordered = list.filter(|message| message["occasion"] == "ordered");
        let states: Vec<Value> = ordered.map(|message| message["state"].clone()).collect();
        states
    };
    shop.ok(["order", &number]);
    assert_eq!(states(&shop), ["queued"]);
    shop.ok(["undo", &number]);
    assert_eq!(states(&shop), ["dropped"]);
    shop.ok(["desk", "check"]);
    shop.ok(["order", &number]);
    assert_eq!(states(&shop), ["queued", "dropped"]);
    std::fs::create_dir(shop.path("out")).unwrap();
    shop.ok([
        "mail",
        "send",
        "--from",
        "support@shop.test",
        "--folder",
        "out",
    ]);
    let said = shop.fails(1, ["undo", &number]);
    assert!(said.contains("it is with the customer"), "{said}");
}

#[test]
fn only_a_number_that_is_known_and_a_revision_that_was_seen() {
    let (shop, number) = with_incident("severity", &["--severity", "high"]);
    shop.fails(3, ["undo", "10002-3"]);
    shop.fails(2, ["undo", "10001-5"]);
    shop.ok(["note", &number, "Odd"]);
    shop.fails(4, ["undo", &number, "--if-revision", "1"]);
    let once = ["undo", &number, "--once", "k1"];
    shop.ok(once);
    shop.ok(once);
    assert_eq!(
        show(&shop, &number)["state"],
        "open",
        "the log was not taken back too"
    );
}

#[test]
fn a_clock_that_shows_fractions_of_a_second_is_no_earlier_instant() {
    let (shop, number) = with_incident("season-ticket", &[]);
    shop.at("2026-11-23T21:00:10.75Z");
    shop.ok(["note", &number, "Odd"]);
    shop.ok(["undo", &number]);
    assert!(kinds(&shop, &number).contains(&"undone".to_owned()));
}

#[test]
fn what_was_resolved_on_a_call_is_taken_back_by_one_undo_and_the_call_stays() {
    let shop = Shop::new(&["tech-reference"]);
    shop.customer("Blue Fern");
    shop.entitle("Blue Fern", "hours --time 4h --method visa --reference R-1");
    let number = shop.log("Blue Fern", &[]);
    shop.at("2026-11-23T21:00:00Z").ok(["call", "start"]);
    shop.at("2026-11-23T21:05:00Z");
    shop.ok([
        "resolve",
        &number,
        "--outcome",
        "solution",
        "--detail",
        "Done",
    ]);
    shop.at("2026-11-23T21:10:00Z");
    shop.ok(["call", "end", "--on", &number, "--note", "All is well"]);
    let before = (
        reports(&shop),
        shop.json(["entitlement", "list", "--customer", "Blue Fern"]),
    );
    let seconds = show(&shop, &number)["call_seconds"].clone();
    let said = shop.ok(["undo", &number]);
    assert!(said.contains("resolved"), "{said}");
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "open", "{said}");
    assert_eq!(shown["call_seconds"], seconds, "{shown}");
    assert_eq!(
        shop.json(["entitlement", "list", "--customer", "Blue Fern"]),
        before.1
    );
    assert_eq!(reports(&shop)[0], before.0[0]);
    // The call itself is the last step now.
    shop.ok(["undo", &number]);
    let shown = show(&shop, &number);
    assert_eq!(
        (&shown["state"], &shown["call_seconds"]),
        (&json!("open"), &json!(0))
    );
    shop.ok(["desk", "check"]);
}
