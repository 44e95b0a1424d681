//! `holdline log`.

use serde_json::json;

use crate::shop::Shop;

#[test]
fn it_prints_the_number_alone() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    assert_eq!(shop.log("Blue Fern", &["--severity", "high"]), "10001-4");
    let second = shop.json([
        "log",
        "--customer",
        "c-0001",
        "--summary",
        "Again",
        "--severity",
        "low",
    ]);
    assert_eq!(second, json!({"tech_ref": "10002-3"}));
}

fn told(policy: &str, now: &str, more: &[&str]) -> String {
    let shop = Shop::new(&[policy]);
    let person = ["--contact", "Ada Moss", "--phone", "+1 555 0100"];
    shop.ok(["customer", "add", "Blue Fern"].iter().chain(&person));
    shop.at(now);
    let args = ["log", "--customer", "Blue Fern", "--summary", "S"];
    let args = args.iter().chain(&["--contact", "Ada Moss"]);
    let ran = shop.run(args.chain(more));
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(ran.stdout, "10001-4\n");
    ran.stderr
}

#[test]
fn what_the_caller_is_to_be_told_goes_to_standard_error() {
    assert_eq!(
        told("severity", "2026-11-28T18:00:00Z", &["--severity", "high"]),
        "note: outside the hours: opens Mon 08:00 MST\nnote: response due Tue 11:00 MST\n"
    );
    assert_eq!(
        told("severity", "2026-11-26T18:00:00Z", &["--severity", "high"]),
        "note: outside the hours (Thanksgiving Day): opens Fri 08:00 MST\nnote: response due Mon 08:00 MST\n"
    );
    assert_eq!(
        told("season-ticket", "2026-11-28T18:00:00Z", &[]),
        "note: no hours are stated: promise none\n\
         note: to be accepted as within remit before any work\n\
         note: no response target is stated: promise none\n"
    );
    assert_eq!(
        told(
            "per-incident",
            "2026-11-23T21:00:00Z",
            &["--channel", "chat", "--channel-reason", "the line is down"]
        ),
        "note: outside the agreement by its channel: policy per-incident covers phone, mail\n\
         note: awaiting payment of 139.00 USD: no work before it is confirmed or waived\n"
    );
}

#[test]
fn the_call_began_as_long_ago_as_it_took() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let log = |more: &[&str]| shop.log("Blue Fern", &[&["--severity", "low"], more].concat());
    let opened = |number: &str| shop.json(["show", number])["opened_at"].clone();
    assert_eq!(opened(&log(&["--minutes", "12"])), "2026-11-23T20:48:00Z");
    assert_eq!(
        opened(&log(&[
            "--minutes",
            "12",
            "--at",
            "2026-11-23T09:00:00-08:00"
        ])),
        "2026-11-23T17:00:00Z"
    );
    assert_eq!(opened(&log(&["--at", "-90m"])), "2026-11-23T19:30:00Z");
    let number = log(&["--minutes", "12"]);
    assert_eq!(shop.json(["show", &number])["call_seconds"], 720);
}

#[test]
fn all_that_was_said_is_kept() {
    let shop = Shop::new(&["tech-reference"]);
    shop.ok([
        "customer",
        "add",
        "Blue Fern",
        "--contact",
        "Ada Moss",
        "--phone",
        "+1 555 0100",
    ]);
    shop.entitle("Blue Fern", "contract");
    shop.entitle("Blue Fern", "hours --time 1h");
    let number = shop.log(
        "Blue Fern",
        &[
            "--detail",
            "Since this morning",
            "--contact",
            "ada moss",
            "--route",
            "matter=fault",
            "reach=one",
            "--product",
            "Router 5",
            "--changed",
            "a new line",
            "--entitlement",
            "2",
            "--external-id",
            "X-77",
            "--channel",
            "mail",
        ],
    );
    let shown = shop.json(["show", &number]);
    assert_eq!(shown["detail"], "Since this morning");
    assert_eq!(shown["contact"]["phones"], json!(["+1 555 0100"]));
    assert_eq!(shown["routing"], json!({"matter": "fault", "reach": "one"}));
    assert_eq!(shown["assignee"], "technicians");
    assert_eq!(shown["product"], "Router 5");
    assert_eq!(shown["what_changed"], "a new line");
    assert_eq!(shown["entitlement"]["id"], 2);
    assert_eq!(shown["external_id"], "X-77");
    assert_eq!(shown["channel"], "mail");
}

#[test]
fn answered_on_the_call_is_a_response_at_the_calls_start() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let log = ["--severity", "low", "--minutes", "6", "--answered"];
    let number = shop.log("Blue Fern", &[&log[..], &["--estimate", "+2h"]].concat());
    let shown = shop.json(["show", &number]);
    assert_eq!(shown["first_response_at"], "2026-11-23T20:54:00Z");
    assert_eq!(shown["clocks"][0]["state"], "met");
    assert_eq!(shown["next_clock"], "estimate");
    assert_eq!(shown["next_due_at"], "2026-11-23T23:00:00Z");
    shop.log(
        "Blue Fern",
        &[&log[..], &["--no-estimate", "unclear yet"]].concat(),
    );
    let said = shop.fails(
        1,
        ["log", "--customer", "Blue Fern", "--summary", "S"]
            .iter()
            .chain(&log),
    );
    assert!(said.contains("--estimate"), "{said}");
}

#[test]
fn the_same_key_logs_once() {
    let shop = Shop::new(&["season-ticket"]);
    shop.customer("Blue Fern");
    let first = shop.log("Blue Fern", &["--once", "k1"]);
    assert_eq!(shop.log("Blue Fern", &["--once", "k1"]), first);
    assert_ne!(shop.log("Blue Fern", &["--once", "k2"]), first);
}

#[test]
fn somebody_unknown_is_logged_by_name() {
    let shop = Shop::new(&["season-ticket"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--contact", "Bo Reed"]);
    assert_eq!(shop.json(["show", &number])["contact"]["name"], "Bo Reed");
}

#[test]
fn every_contact_names_the_person_and_the_number_to_call_back() {
    let shop = Shop::new(&["season-ticket"]);
    let person = ["--contact", "Ada Moss", "--phone", "+1 555 0100"];
    shop.ok(["customer", "add", "Blue Fern"].iter().chain(&person));
    let log = ["log", "--customer", "Blue Fern", "--summary", "S"];
    let said = shop.run(log).stderr;
    assert!(
        said.contains("not asked: who is on the line, and the number to call back?"),
        "{said}"
    );
    let said = shop.run(log.iter().chain(&["--contact", "Bo Reed"])).stderr;
    assert!(
        said.contains("no number to call Bo Reed back is known: ask for it"),
        "{said}"
    );
    // A further contact may be with somebody else, who is at another number today.
    let call = ["call", "log", "10002-3", "--in"];
    let ada = ["--contact", "ada moss", "--call-back", "+1 555 0199"];
    shop.ok(call.iter().chain(&ada));
    let contact = shop.json(["show", "10002-3"])["contact"].clone();
    assert_eq!(contact["name"], "Ada Moss");
    assert_eq!(contact["phones"], json!(["+1 555 0199", "+1 555 0100"]));
    let said = shop.fails(2, call.iter().chain(&["--call-back", "+1 555 0199"]));
    assert!(said.contains("--contact"), "{said}");
    let wrong = ["--contact", "Ada Moss", "--call-back", "soon"];
    let said = shop.fails(2, call.iter().chain(&wrong));
    assert!(said.contains("\"soon\" is no telephone number"), "{said}");
}

#[test]
fn what_is_wrong_is_told_apart() {
    let shop = Shop::new(&["severity", "tech-reference"]);
    shop.customer("Blue Fern");
    let log = ["log", "--customer", "Blue Fern", "--summary", "S"];
    let fails = |code, more: &[&str]| shop.fails(code, log.iter().chain(more));
    let said = fails(2, &[]);
    assert!(
        said.contains("critical, urgent, high, normal, low"),
        "{said}"
    );
    let said = fails(3, &["--severity", "hihg"]);
    assert!(said.contains("did you mean high?"), "{said}");
    let said = fails(2, &["--severity", "low", "--at", "2026-11-23T21:00:01Z"]);
    assert!(said.contains("is in the future"), "{said}");
    fails(2, &["--severity", "low", "--at", "yesterday-ish"]);
    fails(2, &["--severity", "low", "--estimate", "+1h"]);
    fails(3, &["--severity", "low", "--policy", "severty"]);
    fails(1, &["--policy", "tech-reference", "--severity", "low"]);
    fails(3, &["--policy", "tech-reference", "--route", "mater=fault"]);
    fails(3, &["--policy", "tech-reference", "--route", "matter=flaw"]);
    fails(2, &["--policy", "tech-reference", "--route", "matter"]);
    fails(3, &["--policy", "tech-reference", "--entitlement", "9"]);
    fails(
        2,
        &["--severity", "low", "--detail", &"x".repeat(65 * 1024)],
    );
    shop.fails(
        2,
        [
            "log",
            "--customer",
            "Blue Fern",
            "--summary",
            " ",
            "--severity",
            "low",
        ],
    );
    shop.fails(3, ["log", "--customer", "Nobody", "--summary", "S"]);
}

#[test]
fn a_call_without_an_incident_is_kept_with_its_reason_and_counted() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let call = ["call", "no-incident"];
    shop.ok(call.iter().chain(&["wrong-number", "--minutes", "1"]));
    shop.ok(call
        .iter()
        .chain(&["sales", "--customer", "Blue Fern", "--note", "A price"]));
    let counted = shop.ok(["report", "counts"]);
    for reason in ["wrong-number", "sales"] {
        assert!(counted.contains(reason), "{counted}");
    }
    let said = shop.fails(2, call.iter().chain(&["boredom"]));
    assert!(said.contains("wrong-number"), "{said}");
    shop.fails(3, call.iter().chain(&["sales", "--customer", "Nobody"]));
    assert_eq!(shop.json(["list", "is:any"]).as_array().unwrap().len(), 0);
    shop.ok(["desk", "check"]);
}
