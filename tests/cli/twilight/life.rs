//! The life of its incidents, with parts of each of the five.

use serde_json::{Value, json};

use super::{accepted, paid, shop};
use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// The money of an incident: price, paid, refunded, waived, owed.
fn money(shop: &Shop, number: &str) -> [String; 5] {
    let money = show(shop, number)["money"].clone();
    ["price", "paid", "refunded", "waived", "owed"]
        .map(|key| money[key].as_str().unwrap().to_owned())
}

#[test]
fn its_file_is_in_order_and_everything_in_it_is_told() {
    let shop = shop();
    let checked = shop.json(["policy", "check", "twilight.toml"]);
    assert_eq!(checked["warnings"], json!([]));
    let page = shop.ok(["policy", "show", "twilight"]);
    for line in [
        "Mon-Thu 08:00-12:00, 13:00-17:00, 22:00-06:00",
        "Response to every contact that waits for a reply: by severity",
        "Resolution: 12h of business time",
        "No answer from the customer for 4 days, open or closed: resolved as silent",
        "Accepted as within remit before any work",
        "Emergency service only where at least 50 % of calls fail",
        "Evening ticket, up to 2 incidents: 35.00 GBP",
        "Prepaid hours: 80.00 GBP an hour, each call rounded up to 15m",
        "Level 3  Owner, owner@shop.test",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
}

#[test]
fn it_is_accepted_paid_answered_and_given_back_for_a_fault_of_our_own() {
    let shop = shop();
    let number = shop.log(
        "Blue Fern",
        &[
            "--contact",
            "Ada",
            "--severity",
            "dim",
            "--route",
            "matter=bill",
        ],
    );
    let shown = show(&shop, &number);
    assert_eq!(
        (&shown["state"], &shown["assignee"]),
        (&json!("awaiting-acceptance"), &json!("book-keepers"))
    );
    assert_eq!(shown["clocks"], json!([]));
    let said = shop.fails(1, ["respond", &number, "Try this"]);
    assert!(said.contains("is not accepted yet"), "{said}");
    shop.at("2026-11-23T10:00:00Z").ok(["accept", &number]);
    shop.ok(["order", &number]);
    let pay = ["pay", &number, "--reference", "R1", "--method"];
    let said = shop.fails(1, pay.iter().chain(&["cheque"]));
    assert!(said.contains("only online, cash"), "{said}");
    shop.at("2026-11-23T11:00:00Z")
        .ok(pay.iter().chain(&["online"]));
    // The clocks begin with the payment, and the agreed severity counts from there.
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["running 2026-11-24T11:00:00Z"]
    );
    shop.at("2026-11-23T13:00:00Z")
        .ok(["severity", &number, "dark", "--agreed-with", "Ada"]);
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["running 2026-11-23T15:00:00Z"]
    );
    shop.at("2026-11-23T14:00:00Z");
    let said = shop.fails(1, ["respond", &number, "Try this"]);
    assert!(said.contains("gives an estimate"), "{said}");
    shop.ok(["respond", &number, "Try this", "--estimate", "+4h"]);
    assert_eq!(
        clocks(&shop, &number, "estimate"),
        ["running 2026-11-23T18:00:00Z"]
    );
    let resolve = ["resolve", &number, "--outcome", "fault", "--cause", "ours"];
    let said = shop.fails(1, resolve);
    assert!(said.contains("needs --reference"), "{said}");
    shop.ok(resolve.iter().chain(&["--reference", "B-7", "--critical"]));
    assert_eq!(
        money(&shop, &number),
        ["20.00", "20.00", "20.00", "0.00", "0.00"]
    );
    assert_eq!(
        ["response", "resolution", "estimate", "patch"]
            .map(|kind| clocks(&shop, &number, kind).join(" ")),
        [
            "met 2026-11-23T15:00:00Z",
            "met 2026-11-24T05:00:00Z",
            "met 2026-11-23T18:00:00Z",
            "running 2026-11-24T14:00:00Z"
        ]
    );
    // A contact afterwards reopens it, with a new response clock; what was given back stays given back, once.
    shop.at("2026-11-23T23:00:00Z")
        .ok(["call", "log", &number, "--in"]);
    let shown = show(&shop, &number);
    assert_eq!(
        (&shown["state"], &shown["reopened"]),
        (&json!("open"), &json!(1))
    );
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["met 2026-11-23T15:00:00Z", "running 2026-11-24T02:00:00Z"]
    );
    shop.ok(resolve.iter().chain(&["--reference", "B-7"]));
    assert_eq!(entries(&shop, &number, "refunded"), 1);
    let mails = shop.json(["mail", "list"]).to_string();
    for subject in ["Your order", "Resolved"] {
        assert!(
            mails.contains(&format!("[TW-{number}] {subject}")),
            "{mails}"
        );
    }
    shop.ok(["desk", "check"]);
}

#[test]
fn a_ticket_of_two_covers_two_and_a_part_that_is_split_off_takes_one_more() {
    let shop = shop();
    shop.entitle("Blue Fern", "pack --method cash --reference P1");
    let first = accepted(&shop, "dim");
    let split = ["split", &first, "--summary", "Another lamp", "--told"];
    let second = shop.ok(split);
    assert_eq!(show(&shop, &second)["state"], "open");
    assert_eq!(show(&shop, &second)["entitlement"]["remaining"], 0);
    let third = accepted(&shop, "dim");
    assert_eq!(show(&shop, &third)["state"], "awaiting-payment");
    let said = shop.fails(1, ["respond", &third, "Try this", "--estimate", "+1h"]);
    assert!(
        said.contains("awaits payment, which comes before any work"),
        "{said}"
    );
    shop.ok(["waive", &third, "--reason", "A gift"]);
    assert_eq!(show(&shop, &third)["state"], "open");
    assert_eq!(money(&shop, &third)[3..], ["20.00", "0.00"]);
    // Merged into another, it gives its unit back.
    shop.ok(["merge", &second, &first]);
    let fourth = accepted(&shop, "dim");
    assert_eq!(show(&shop, &fourth)["entitlement"]["kind"], "pack");
    shop.ok(["desk", "check"]);
}

#[test]
fn a_contract_comes_before_what_was_bought() {
    let shop = shop();
    shop.entitle("Blue Fern", "pack --method cash --reference P1");
    shop.entitle("Blue Fern", "contract --from 2026-01-01 --to 2026-12-31");
    let number = accepted(&shop, "wish");
    assert_eq!(show(&shop, &number)["entitlement"]["kind"], "contract");
    let other = shop.log("Blue Fern", &["--severity", "wish"]);
    shop.ok(["accept", &other, "--entitlement", "1"]);
    assert_eq!(show(&shop, &other)["entitlement"]["kind"], "pack");
    shop.ok(["desk", "check"]);
}

#[test]
fn an_emergency_has_its_gate_and_chat_goes_round_it() {
    let shop = shop();
    shop.entitle("Blue Fern", "emergency --from 2026-01-01 --to 2026-12-31");
    let ran = shop.run_with("246813", ["customer", "pin", "set", "Blue Fern"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let emergency = |pin: &str, failed: &str| -> Value {
        let log = ["log", "--customer", "Blue Fern", "--summary", "All out"];
        let gate = ["--severity", "dark", "--emergency", "--calls-tried", "10"];
        let args = log.iter().chain(&gate);
        let ran = shop.run_with(pin, args.chain(&["--calls-failed", failed, "--pin-stdin"]));
        assert_eq!(ran.code, 0, "{ran:#?}");
        show(&shop, ran.stdout.trim())
    };
    let refused = emergency("246813", "4");
    assert_eq!(refused["emergency"], false);
    assert!(
        refused["emergency_refused"]
            .as_str()
            .unwrap()
            .contains("at least 50 %"),
        "{refused}"
    );
    assert_eq!(emergency("111111", "9")["emergency"], false);
    assert_eq!(emergency("246813", "5")["emergency"], true);
    let chat = ["--severity", "dark", "--emergency", "--channel", "chat"];
    let number = shop.log("Blue Fern", &chat);
    assert_eq!(show(&shop, &number)["emergency"], true);
    shop.ok(["desk", "check"]);
}

#[test]
fn the_ladder_is_climbed_in_order_and_its_top_waits_for_business_time() {
    let shop = shop();
    let number = paid(&shop, "dim");
    let escalate = [
        "escalate",
        &number,
        "--ground",
        "slow",
        "--concern",
        "Nobody rang",
    ];
    let said = shop.fails(1, escalate.iter().chain(&["--level", "2"]));
    assert!(said.contains("level 1"), "{said}");
    shop.ok(escalate);
    let by_call = escalate.iter().chain(&["--call"]);
    let said = shop.fails(1, by_call.clone());
    assert!(said.contains("no call with the account manager"), "{said}");
    shop.at("2026-11-23T10:00:00Z");
    shop.ok(["call", "log", &number, "--out", "--with", "account_manager"]);
    shop.ok(by_call);
    let confirmed = ["--confirm", &number];
    let top = escalate.iter().chain(&confirmed);
    let said = shop.fails(1, top.clone());
    assert!(said.contains("level 1 is not answered yet"), "{said}");
    assert!(
        said.contains("wait until Mon 23 Nov 2026 16:00 GMT"),
        "{said}"
    );
    // Six hours of business time since level 2: two before lunch and four after it.
    let said = shop.at("2026-11-23T16:59:00Z").fails(1, top.clone());
    assert!(
        said.contains("wait until Mon 23 Nov 2026 17:00 GMT"),
        "{said}"
    );
    shop.at("2026-11-23T17:00:00Z");
    let said = shop.fails(1, escalate);
    assert!(said.contains("--confirm"), "{said}");
    shop.ok(top);
    assert_eq!(show(&shop, &number)["escalation_level"], 3);
    let last = shop.ok(["mail", "show", &format!("{number}/4")]);
    assert!(
        last.contains("Nobody rang") && last.contains("owner@shop.test"),
        "{last}"
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn silence_resolves_it_and_an_answer_reopens_it() {
    let shop = shop();
    let number = paid(&shop, "dark");
    shop.at("2026-11-23T11:00:00Z")
        .ok(["wait", &number, "Which lamp?"]);
    assert_eq!(
        clocks(&shop, &number, "silence"),
        ["running 2026-11-27T11:00:00Z"]
    );
    let state = |at: &str| show(shop.at(at), &number)["state"].clone();
    assert_eq!(state("2026-11-27T10:59:59Z"), "waiting");
    assert_eq!(state("2026-11-27T11:00:00Z"), "resolved");
    shop.at("2026-11-28T23:00:00Z");
    assert_eq!(show(&shop, &number)["resolution"]["outcome"], "silent");
    shop.ok(["call", "log", &number, "--in"]);
    assert_eq!(show(&shop, &number)["state"], "open");
    assert_eq!(
        clocks(&shop, &number, "response")[1..],
        ["running 2026-11-29T02:00:00Z"]
    );
    // No agent ends it that way.
    let said = shop.fails(3, ["resolve", &number, "--outcome", "silent"]);
    assert!(said.contains("known: lit, fault, wiring, wished"), "{said}");
    shop.ok(["desk", "check"]);
}

#[test]
fn what_is_expedited_comes_first_and_others_in_the_order_of_their_arrival() {
    let shop = shop();
    let plain = shop.log("Blue Fern", &["--severity", "dim"]);
    let next = shop.log("Blue Fern", &["--severity", "dim"]);
    let lighthouse = ["--severity", "dim", "--product", "lighthouse"];
    let first = shop.log("Blue Fern", &lighthouse);
    let listed = shop.json(["list"]);
    let listed: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|incident| incident["tech_ref"].as_str().unwrap())
        .collect();
    assert_eq!(listed, [first, plain, next]);
}
