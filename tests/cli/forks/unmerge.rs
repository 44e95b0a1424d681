//! A merge that turns out to be wrong: both incidents are as they were, and what happened since stays.

use serde_json::Value;

use super::{entitle, left, pay, shop};
use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// All that a merge changes of an incident.
fn kept(shop: &Shop, number: &str) -> Vec<Value> {
    let shown = show(shop, number);
    let keys = [
        "state",
        "clocks",
        "money",
        "escalation_level",
        "next_due_at",
        "merged_into",
        "merged_from",
    ];
    keys.map(|key| shown[key].clone()).to_vec()
}

#[test]
fn both_are_as_they_were_and_contacts_since_stay() {
    let shop = shop("severity");
    let first = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["wait", &first, "Which version?"]);
    let second = shop.log("Blue Fern", &["--severity", "high"]);
    let before = kept(&shop, &first);
    shop.ok(["merge", &first, &second]);
    shop.at("2026-11-23T22:00:00Z");
    shop.ok(["call", "log", &first, "--in", "--minutes", "4"]);
    assert_eq!(shop.json(["unmerge", &first])["state"], "waiting");
    assert_eq!(kept(&shop, &first), before);
    assert_eq!(entries(&shop, &second, "contacted"), 1);
    assert_eq!(show(&shop, &second)["merged_from"], serde_json::json!([]));
    assert!(shop.json(["list", &second])[0].is_object());
    shop.ok(["desk", "check"]);
}

#[test]
fn the_other_one_has_its_own_start_again() {
    let shop = shop("severity");
    let first = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T22:00:00Z");
    let second = shop.log("Blue Fern", &["--severity", "low"]);
    let due = clocks(&shop, &second, "response");
    shop.ok(["merge", &first, &second]);
    shop.ok(["unmerge", &first]);
    assert_eq!(clocks(&shop, &second, "response")[2..], due);
}

#[test]
fn what_was_answered_since_stays_answered() {
    let shop = shop("severity");
    let first = shop.log("Blue Fern", &["--severity", "low"]);
    let second = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["merge", &first, &second]);
    shop.ok(["respond", &second, "We see it", "--estimate", "+2d"]);
    let answered = clocks(&shop, &second, "response");
    shop.ok(["unmerge", &first]);
    assert_eq!(clocks(&shop, &second, "response"), answered);
    assert!(clocks(&shop, &first, "response")[0].starts_with("running"));
}

#[test]
fn of_two_that_were_merged_each_takes_its_own_start_back() {
    let shop = shop("severity");
    let [mut first, mut second, mut third] = [(); 3].map(|()| String::new());
    for (number, at) in [(&mut first, "20"), (&mut second, "21"), (&mut third, "22")] {
        shop.at(&format!("2026-11-23T{at}:00:00Z"));
        *number = shop.log("Blue Fern", &["--severity", "low"]);
    }
    let due = clocks(&shop, &third, "response");
    shop.ok(["merge", &second, &third]);
    shop.ok(["merge", &first, &third]);
    shop.ok(["unmerge", &second]);
    shop.ok(["unmerge", &first]);
    assert_eq!(clocks(&shop, &third, "response").last(), due.last());
}

#[test]
fn where_every_contact_is_answered_one_since_the_merge_still_is() {
    let shop = Shop::new(&["escalation"]);
    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    let detail = ["--detail", "No calls since noon"];
    let first = shop.log("Blue Fern", &detail);
    shop.ok(["respond", &first, "We see it"]);
    let second = shop.log("Blue Fern", &detail);
    shop.ok(["merge", &second, &first]);
    shop.at("2026-11-24T10:00:00Z");
    shop.ok(["call", "log", &first, "--in"]);
    shop.ok(["unmerge", &second]);
    let response = clocks(&shop, &first, "response");
    assert_eq!(response.last().unwrap(), "running 2026-11-25T10:00:00Z");
    shop.ok(["respond", &first, "Still"]);
    shop.ok(["merge", &second, &first]);
    shop.ok(["unmerge", &second]);
    let response = clocks(&shop, &first, "response");
    assert!(
        response.last().unwrap().starts_with("cancelled"),
        "{response:?}"
    );
}

#[test]
fn its_unit_is_taken_again_or_the_refusal_says_why_not() {
    let shop = shop("season-ticket");
    entitle(&shop, "per-incident");
    entitle(&shop, "per-incident");
    let [first, second, third] = [(); 3].map(|()| shop.log("Blue Fern", &[]));
    shop.ok(["accept", &first]);
    shop.ok(["accept", &second]);
    shop.ok(["merge", &second, &first]);
    assert_eq!(left(&shop), [0, 1]);
    shop.ok(["unmerge", &second]);
    assert_eq!(left(&shop), [0, 0]);
    shop.ok(["merge", &second, &first]);
    shop.ok(["accept", &third]);
    let said = shop.fails(1, ["unmerge", &second]);
    assert!(
        said.contains("entitlement 2) pays for another incident by now"),
        "{said}"
    );
}

#[test]
fn its_payment_is_its_own_again_and_given_back_once() {
    let shop = shop("per-incident");
    let [first, second] = [(); 2].map(|()| shop.log("Blue Fern", &[]));
    pay(&shop, &first);
    pay(&shop, &second);
    let before = kept(&shop, &second);
    shop.ok(["merge", &second, &first]);
    shop.ok(["unmerge", &second]);
    assert_eq!(kept(&shop, &second), before);
    assert_eq!(left(&shop), [0]);
    shop.ok(["refund", &second, "--reason", "Our fault"]);
    shop.fails(1, ["refund", &second, "--reason", "Our fault"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn a_silence_that_ran_out_while_merged_counts_anew() {
    let shop = shop("severity");
    let first = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["wait", &first, "Which version?"]);
    let second = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["merge", &first, &second]);
    shop.at("2026-12-01T21:00:00Z");
    assert_eq!(shop.json(["unmerge", &first])["state"], "waiting");
    let silence = clocks(&shop, &first, "silence");
    assert_eq!(silence.last().unwrap(), "running 2026-12-05T21:00:00Z");
}

#[test]
fn what_is_not_merged_or_gone_into_a_third_is_refused() {
    let shop = shop("severity");
    let [first, second, third] = [(); 3].map(|()| shop.log("Blue Fern", &["--severity", "low"]));
    let said = shop.fails(1, ["unmerge", &first]);
    assert!(said.contains("is not merged"), "{said}");
    shop.ok(["merge", &first, &second]);
    shop.ok(["merge", &second, &third]);
    assert_eq!(
        shop.json(["note", &first, "Hm"])["tech_ref"],
        third.as_str()
    );
    let said = shop.fails(1, ["unmerge", &first]);
    assert!(said.contains(&format!("unmerge {second} before")), "{said}");
    shop.ok(["unmerge", &second]);
    shop.ok(["unmerge", &first]);
    shop.ok(["desk", "check"]);
}

#[test]
fn p3_02_what_was_given_back_and_asked_for_anew_is_still_asked_for() {
    let shop = shop("season-ticket");
    entitle(&shop, "pack");
    let all = left(&shop)[0];
    let [first, second] = [(); 2].map(|()| shop.log("Blue Fern", &[]));
    shop.ok(["accept", &second]);
    shop.ok(["refund", &second, "--reason", "Paid by mistake"]);
    let before = kept(&shop, &second);
    assert_eq!(before[0], "awaiting-payment");
    shop.ok(["merge", &second, &first]);
    shop.ok(["unmerge", &second]);
    assert_eq!(kept(&shop, &second), before);
    // What the customer has pays once somebody says so.
    assert_eq!(left(&shop), [all]);
    shop.ok(["pay", &second, "--entitlement", "1"]);
    assert_eq!(
        (show(&shop, &second)["state"].clone(), left(&shop)),
        ("open".into(), vec![all - 1])
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn p1_07_a_closure_added_while_it_was_merged_counts() {
    let shop = shop("severity");
    let [first, second] = [(); 2].map(|()| shop.log("Blue Fern", &["--severity", "low"]));
    shop.ok(["merge", &first, &second]);
    let days = [
        "--from",
        "2026-12-03T00:00:00Z",
        "--to",
        "2026-12-20T00:00:00Z",
    ];
    let closed = ["closure", "add", "--all", "--reason", "Stocktaking"];
    let due = |number: &str| show(&shop, number)["next_due_at"].clone();
    let before = due(&second);
    shop.ok(closed.iter().chain(&days));
    shop.ok(["unmerge", &first]);
    assert_ne!(due(&second), before);
    assert_eq!(due(&first), due(&second));
    shop.ok(["desk", "check"]);
}
