//! P4-05 to P4-07: emergency service, its gate and the caller's PIN.

use rstest::rstest;

use crate::seen::{entries, show};
use crate::shop::{Ran, Shop};

const PIN: &str = "271828";

/// A customer in the United Kingdom with an emergency contract until the end of November and a PIN, on Monday 23
/// November 2026 at 10:00.
fn shop() -> Shop {
    let shop = Shop::new(&["escalation"]);
    shop.at("2026-11-23T10:00:00Z");
    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    shop.entitle("Blue Fern", "emergency --to 2026-11-30");
    set(&shop, PIN);
    shop
}

fn set(shop: &Shop, pin: &str) {
    let ran = shop.run_with(pin, ["customer", "pin", "set", "Blue Fern"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

fn check(shop: &Shop, pin: &str) -> Ran {
    shop.run_with(pin, ["customer", "pin", "check", "Blue Fern"])
}

/// Logs an emergency of so many failing calls out of so many, with a PIN.
fn log(shop: &Shop, failed: &str, tried: &str, pin: &str) -> (String, String) {
    let issue = ["--summary", "No lines", "--detail", "Nobody can ring"];
    let share = ["--calls-failed", failed, "--calls-tried", tried];
    let args = [
        "log",
        "--customer",
        "Blue Fern",
        "--emergency",
        "--pin-stdin",
    ];
    let ran = shop.run_with(pin, args.iter().chain(&issue).chain(&share));
    assert_eq!(ran.code, 0, "{ran:?}");
    (ran.stdout.trim().to_owned(), ran.stderr)
}

#[test]
fn p4_05_an_emergency_by_chat_is_marked_without_the_gate() {
    let shop = shop();
    shop.ok(["customer", "add", "Grey Heron", "--office", "uk"]);
    let chat = [
        "--detail",
        "All is down",
        "--channel",
        "chat",
        "--emergency",
    ];
    let number = shop.log("Grey Heron", &chat);
    let shown = show(&shop, &number);
    assert_eq!(shown["emergency"], true);
    assert_eq!(shown["channel"], "chat");
    // First among equals, and found by a filter.
    let other = shop.log("Grey Heron", &["--detail", "A question"]);
    let listed = shop.json(["list"]);
    assert_eq!(listed[0]["tech_ref"], number.as_str());
    assert_eq!(listed[1]["tech_ref"], other.as_str());
    let found = shop.json(["list", "is:emergency"]);
    assert_eq!(found.as_array().unwrap().len(), 1);
}

#[test]
fn p4_06_an_emergency_call_needs_the_contract_and_the_pin() {
    let shop = shop();
    let (number, told) = log(&shop, "25", "40", PIN);
    assert!(told.contains("taken as an emergency"), "{told}");
    let shown = show(&shop, &number);
    assert_eq!(shown["emergency"], true);
    assert_eq!(shown["emergency_refused"], serde_json::Value::Null);
    let page = shop.ok(["show", &number]);
    assert!(page.contains("25 of 40 calls fail"), "{page}");
}

#[rstest]
#[case::after_the_contract("2026-12-01T10:00:00Z", PIN, &["no emergency contract"])]
#[case::another_pin("2026-11-23T10:00:00Z", "314159", &["the PIN was wrong"])]
#[case::both("2026-12-01T10:00:00Z", "314159", &["no emergency contract", "the PIN was wrong"])]
fn p4_06_a_refused_one_becomes_an_ordinary_incident_with_the_reason_on_record(
    #[case] now: &str,
    #[case] pin: &str,
    #[case] reasons: &[&str],
) {
    let shop = shop();
    shop.at(now);
    let (number, told) = log(&shop, "40", "40", pin);
    assert!(told.contains("an ordinary incident"), "{told}");
    assert!(told.contains("taken by chat without that"), "{told}");
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "open");
    assert_eq!(shown["emergency"], false);
    let kept = shown["emergency_refused"].as_str().unwrap();
    for reason in reasons {
        assert!(kept.contains(reason), "{kept}");
        assert!(shown["timeline"].to_string().contains(reason), "{shown}");
    }
}

#[test]
fn p4_06_it_can_be_asked_for_again_once_it_is_refused() {
    let shop = shop();
    let (number, _) = log(&shop, "40", "40", "314159");
    let args = [
        "emergency",
        &number,
        "--calls-tried",
        "40",
        "--calls-failed",
    ];
    let again = |pin| shop.run_with(pin, args.iter().chain(&["40", "--pin-stdin"]));
    assert_eq!(again(PIN).code, 0);
    let shown = show(&shop, &number);
    assert_eq!(shown["emergency"], true);
    assert_eq!(entries(&shop, &number, "emergency-asked"), 2);
    let said = again(PIN);
    assert_eq!(said.code, 1);
    assert!(said.stderr.contains("an emergency already"), "{said:?}");
}

#[test]
fn p4_06_a_pin_is_kept_as_a_hash_and_nowhere_else() {
    let shop = shop();
    assert_eq!(check(&shop, PIN).stdout, "Blue Fern: the PIN is right\n");
    log(&shop, "40", "40", PIN);
    check(&shop, "314159");
    for side in ["", "-wal"] {
        let bytes = std::fs::read(shop.path(&format!("desk.holdline{side}"))).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(PIN) && !text.contains("314159"), "{side}");
    }
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    let hash: String = desk
        .query_row("SELECT hash FROM pin", [], |row| row.get(0))
        .unwrap();
    assert!(hash.starts_with("$argon2id$"), "{hash}");
    // Nor is it an argument.
    let said = shop.fails(2, ["customer", "pin", "set", "Blue Fern", PIN]);
    assert!(said.contains("unexpected argument"), "{said}");
}

#[test]
fn p4_06_wrong_tries_are_counted_and_slowed_down() {
    let shop = shop();
    for _ in 0..3 {
        let ran = check(&shop, "314159");
        assert_eq!(ran.code, 1);
        assert!(ran.stderr.contains("the PIN was wrong: ask"), "{ran:?}");
    }
    // Now even the right one has to wait, a minute at first.
    let ran = check(&shop, PIN);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("before 2026-11-23 10:01:00"), "{ran:?}");
    let (number, _) = log(&shop, "40", "40", PIN);
    let refused = show(&shop, &number)["emergency_refused"].clone();
    assert!(refused.as_str().unwrap().contains("too often"), "{refused}");
    shop.at("2026-11-23T10:01:00Z");
    assert_eq!(check(&shop, "314159").code, 1);
    shop.at("2026-11-23T10:02:59Z");
    assert_eq!(check(&shop, PIN).code, 1, "twice as long after a fourth");
    shop.at("2026-11-23T10:03:00Z");
    assert_eq!(check(&shop, PIN).code, 0);
    // The right one makes good for the wrong ones.
    assert_eq!(check(&shop, "314159").code, 1);
    assert_eq!(check(&shop, PIN).code, 0);
}

#[test]
fn p4_06_a_pin_is_set_checked_and_removed() {
    let shop = shop();
    let short = shop.run_with("12345", ["customer", "pin", "set", "Blue Fern"]);
    assert_eq!(short.code, 2);
    assert!(!short.stderr.contains("12345"), "{short:?}");
    set(&shop, "314159");
    assert_eq!(check(&shop, PIN).code, 1);
    assert_eq!(check(&shop, "314159").code, 0);
    shop.ok(["customer", "pin", "remove", "Blue Fern"]);
    let ran = check(&shop, "314159");
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("customer pin set C-0001"), "{ran:?}");
    let said = shop.fails(1, ["customer", "pin", "remove", "Blue Fern"]);
    assert!(said.contains("has no PIN"), "{said}");
}

#[rstest]
#[case::half("20", "40", true)]
#[case::under_half("19", "40", false)]
#[case::all("1", "1", true)]
#[case::none("0", "40", false)]
fn p4_07_emergency_service_is_for_when_half_of_the_calls_fail(
    #[case] failed: &str,
    #[case] tried: &str,
    #[case] given: bool,
) {
    let shop = shop();
    let (number, told) = log(&shop, failed, tried, PIN);
    let shown = show(&shop, &number);
    assert_eq!(shown["emergency"], given);
    if !given {
        let reason = format!("{failed} of {tried} calls fail, and it is for when at least 50 % do");
        assert!(told.contains(&reason), "{told}");
        assert_eq!(shown["emergency_refused"], reason);
    }
}

#[test]
fn p4_07_both_figures_are_asked_for() {
    let shop = shop();
    let log = |more: &[&str]| {
        let args = ["log", "--customer", "Blue Fern", "--summary", "No lines"];
        let rest = ["--detail", "Nobody can ring"];
        shop.fails(2, args.iter().chain(&rest).chain(more))
    };
    let said = log(&["--emergency"]);
    assert!(said.contains("--calls-tried, --calls-failed"), "{said}");
    let said = log(&["--emergency", "--calls-tried", "3", "--calls-failed", "4"]);
    assert!(said.contains("at most all failed"), "{said}");
    let said = log(&["--calls-tried", "3"]);
    assert!(said.contains("add --emergency"), "{said}");
}

#[test]
fn no_emergency_service_where_the_policy_has_none() {
    let shop = Shop::new(&["tech-reference"]);
    shop.customer("Blue Fern");
    let args = ["log", "--customer", "Blue Fern", "--summary", "No lines"];
    let said = shop.fails(1, args.iter().chain(&["--emergency"]));
    assert!(said.contains("has no emergency service"), "{said}");
}
