//! Calls that are arranged: P1-05's countdown, on every policy.

use rstest::rstest;

use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// An incident that awaits its payment, with a call scheduled for Tuesday 24 November, 10:00 in California.
fn scheduled() -> (Shop, String) {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["schedule", &number, "2026-11-24T18:00:00Z"]);
    (shop, number)
}

fn appointment(shop: &Shop, number: &str) -> Vec<String> {
    clocks(shop, number, "appointment")
}

#[test]
fn p1_05_a_scheduled_call_has_its_own_countdown_even_before_the_payment() {
    let (shop, number) = scheduled();
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "awaiting-payment");
    assert_eq!(shown["next_clock"], "appointment");
    assert_eq!(shown["next_due_at"], "2026-11-24T18:00:00Z");
    let page = shop.ok(["show", &number]);
    assert!(
        page.contains("Call scheduled for Tue 24 Nov 2026 10:00 PST"),
        "{page}"
    );
    assert_eq!(
        shop.json(["list"])[0]["next_due_at"],
        "2026-11-24T18:00:00Z"
    );
    shop.at("2026-11-24T18:00:01Z");
    assert_eq!(appointment(&shop, &number), ["missed 2026-11-24T18:00:00Z"]);
}

#[rstest]
#[case::to_the_minute("2026-11-24T18:00:00Z", "--out", "met")]
#[case::the_customer_rings("2026-11-24T18:00:00Z", "--in", "met")]
#[case::a_little_early("2026-11-24T17:45:00Z", "--out", "met")]
#[case::at_the_end_of_the_grace("2026-11-24T18:15:00Z", "--out", "met")]
#[case::after_the_grace("2026-11-24T18:15:01Z", "--out", "missed")]
#[case::too_early_to_be_that_call("2026-11-24T17:44:59Z", "--out", "running")]
#[case::nobody_answered("2026-11-24T18:00:00Z", "--attempt", "running")]
fn p1_05_an_answered_call_keeps_the_appointment(
    #[case] at: &str,
    #[case] way: &str,
    #[case] verdict: &str,
) {
    let (shop, number) = scheduled();
    shop.at(at);
    shop.ok(["call", "log", &number, way]);
    let state = format!("{verdict} 2026-11-24T18:00:00Z");
    assert_eq!(appointment(&shop, &number), [state]);
}

#[test]
fn p1_05_a_call_counts_from_its_beginning_and_mail_is_no_call() {
    let (shop, number) = scheduled();
    shop.at("2026-11-24T18:00:00Z");
    shop.ok(["call", "log", &number, "--in", "--channel", "mail"]);
    assert_eq!(
        appointment(&shop, &number),
        ["running 2026-11-24T18:00:00Z"]
    );
    shop.at("2026-11-24T18:40:00Z");
    shop.ok(["call", "log", &number, "--out", "--minutes", "30"]);
    assert_eq!(appointment(&shop, &number), ["met 2026-11-24T18:00:00Z"]);
    assert_eq!(
        show(&shop, &number)["clocks"][0]["stopped_at"],
        "2026-11-24T18:10:00Z"
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn p1_05_another_instant_takes_its_place_and_it_can_be_called_off() {
    let (shop, number) = scheduled();
    shop.ok(["schedule", &number, "2026-11-25T18:00:00Z"]);
    assert_eq!(
        appointment(&shop, &number),
        [
            "replaced 2026-11-24T18:00:00Z",
            "running 2026-11-25T18:00:00Z"
        ]
    );
    shop.ok(["schedule", &number, "--cancel"]);
    assert_eq!(
        appointment(&shop, &number)[1],
        "cancelled 2026-11-25T18:00:00Z"
    );
    assert!(show(&shop, &number)["next_due_at"].is_null());
    let said = shop.fails(1, ["schedule", &number, "--cancel"]);
    assert!(said.contains("nothing to cancel"), "{said}");
    shop.fails(2, ["schedule", &number]);
    shop.fails(2, ["schedule", &number, "+2h", "--cancel"]);
}

#[rstest]
#[case::within_the_grace("2026-11-24T18:15:00Z", "replaced", "cancelled")]
#[case::after_it("2026-11-24T18:15:01Z", "missed", "missed")]
fn p1_05_a_call_that_was_not_kept_is_missed_whatever_is_arranged_then(
    #[case] at: &str,
    #[case] renewed: &str,
    #[case] called_off: &str,
) {
    let state = |ways: &[&str], ended: &str| {
        let (shop, number) = scheduled();
        shop.at(at);
        shop.ok([ways[0], &number].iter().chain(&ways[1..]));
        let expected = format!("{ended} 2026-11-24T18:00:00Z");
        assert_eq!(appointment(&shop, &number)[0], expected, "{ways:?}");
        shop.ok(["desk", "check"]);
    };
    state(&["schedule", "2026-11-25T18:00:00Z"], renewed);
    state(&["schedule", "--cancel"], called_off);
    state(
        &["close", "--as", "withdrawn", "--detail", "So it is"],
        called_off,
    );
}

#[test]
fn p1_05_a_call_is_scheduled_for_later_and_on_what_is_not_over() {
    let (shop, number) = scheduled();
    let said = shop.fails(2, ["schedule", &number, "2026-11-23T21:00:00Z"]);
    assert!(said.contains("still to come"), "{said}");
    shop.ok([
        "close",
        &number,
        "--as",
        "withdrawn",
        "--detail",
        "So it is",
    ]);
    assert_eq!(
        appointment(&shop, &number),
        ["cancelled 2026-11-24T18:00:00Z"]
    );
    let said = shop.fails(1, ["schedule", &number, "+2h"]);
    assert!(
        said.contains("reopen it before you schedule a call"),
        "{said}"
    );
    let shop = Shop::new(&["season-ticket"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    let said = shop.fails(1, ["schedule", &number, "+2h"]);
    assert!(said.contains("accept it"), "{said}");
}

#[test]
fn p1_05_no_closure_moves_an_appointment_and_a_closed_office_is_said() {
    let (shop, number) = scheduled();
    let closed = ["closure", "add", "--all", "--from", "2026-11-24T08:00:00Z"];
    shop.ok(closed
        .iter()
        .chain(&["--to", "2026-11-25T08:00:00Z", "--reason", "Storm"]));
    assert_eq!(
        appointment(&shop, &number),
        ["running 2026-11-24T18:00:00Z"]
    );
    assert_eq!(entries(&shop, &number, "clock-moved"), 0);
    let ran = shop.run(["schedule", &number, "2026-11-24T19:00:00Z"]);
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran.stderr,
        "note: the office is closed at Tue 2026-11-24 11:00 -08:00 (Storm)\n"
    );
}

#[test]
fn p1_05_a_shop_sets_its_own_grace() {
    let shop = Shop::empty();
    let text = holdline::policy::shipped("per-incident").unwrap();
    let with = |grace: &str| text.replace("appointment_grace = \"15m\"", grace);
    std::fs::write(shop.path("none.toml"), with("appointment_grace = \"0s\"")).unwrap();
    std::fs::write(shop.path("days.toml"), with("appointment_grace = \"1d\"")).unwrap();
    let said = shop.fails(2, ["policy", "check", "days.toml"]);
    assert!(said.contains("appointment_grace"), "{said}");
    assert!(said.contains("such as 15m"), "{said}");
    shop.ok(["init", "--policy", "none.toml"]);
    let page = shop.ok(["policy", "show", "per-incident"]);
    assert!(page.contains("begins within 0s of it"), "{page}");
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["schedule", &number, "+2h"]);
    shop.at("2026-11-23T23:00:01Z");
    shop.ok(["call", "log", &number, "--out"]);
    assert_eq!(appointment(&shop, &number), ["missed 2026-11-23T23:00:00Z"]);
}

/// The state of every message about a call that is scheduled, the newest first.
fn announced(shop: &Shop) -> Vec<String> {
    let list = shop.json(["mail", "list", "--all"]);
    let list = list.as_array().unwrap().iter();
    let scheduled = list.filter(|message| message["occasion"] == "scheduled");
    scheduled
        .map(|message| message["state"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn p1_05_only_the_call_that_stands_is_announced() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let ada = ["Ada Moss", "--mail", "ada@blue-fern.test"];
    shop.ok(["contact", "add", "Blue Fern"].iter().chain(&ada));
    let number = shop.log("Blue Fern", &["--contact", "Ada Moss"]);
    shop.ok(["schedule", &number, "2026-11-24T18:00:00Z"]);
    assert_eq!(announced(&shop), ["queued"]);
    shop.ok(["schedule", &number, "2026-11-25T18:00:00Z"]);
    assert_eq!(announced(&shop), ["queued", "dropped"]);
    shop.ok(["undo", &number]);
    assert_eq!(announced(&shop), ["dropped", "queued"]);
    shop.ok(["schedule", &number, "--cancel"]);
    assert_eq!(announced(&shop), ["dropped", "dropped"]);
    shop.ok(["undo", &number]);
    let ended = ["--as", "withdrawn", "--detail", "It works"];
    shop.ok(["close", &number].iter().chain(&ended));
    assert_eq!(announced(&shop), ["dropped", "dropped"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn p1_05_a_day_that_has_just_passed_is_asked_about_and_another_year_is_said() {
    let (shop, number) = scheduled();
    shop.at("2026-11-30T12:00:00Z");
    let said = shop.fails(2, ["schedule", &number, "29.11. 9:00"]);
    assert!(
        said.contains("29 Nov is past: say 29.11.2027 if next year is meant"),
        "{said}"
    );
    shop.ok(["schedule", &number, "29.11.2027 9:00"]);
    let page = shop.ok(["show", &number]);
    let sentence = "We will call you on Monday 29 November 2027 at ";
    assert!(page.contains(sentence), "{page}");
    // In January December was.
    shop.at("2027-01-05T12:00:00Z");
    let said = shop.fails(2, ["schedule", &number, "28 Dec 9:00"]);
    let words = "28 Dec is past: say 28.12.2027 if this year is meant";
    assert!(said.contains(words), "{said}");
}
