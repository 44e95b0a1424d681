//! The table of states and steps in `lifecycle.md`, cell by cell.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use rstest::rstest;

use crate::shop::Shop;

/// A shop in which every state can be reached.
const POLICY: &str = include_str!("ours.toml");

/// The states, each with the steps that lead there from the one that a new incident has.
const STATES: [(&str, &[&[&str]]); 8] = [
    ("awaiting-acceptance", &[]),
    ("awaiting-payment", &[ACCEPT]),
    ("open", &[ACCEPT, PAY]),
    (
        "waiting",
        &[ACCEPT, PAY, &["wait", "REF", "Which version?"]],
    ),
    (
        "resolved",
        &[ACCEPT, PAY, &["resolve", "REF", "--outcome", "fixed"]],
    ),
    (
        "handed over",
        &[ACCEPT, PAY, &["resolve", "REF", "--outcome", "handed-over"]],
    ),
    ("closed-unresolved", &[ACCEPT, PAY, CLOSE]),
    ("declined", &[DECLINE]),
];
const ACCEPT: &[&str] = &["accept", "REF"];
const PAY: &[&str] = &["pay", "REF", "--method", "online", "--reference", "R-1"];
const CLOSE: &[&str] = &[
    "close",
    "REF",
    "--as",
    "unresolved",
    "--detail",
    "Nobody knows",
];
const DECLINE: &[&str] = &["decline", "REF", "--reason", "Training"];

/// A desk with an incident in each state.
struct Base {
    file: Vec<u8>,
    numbers: BTreeMap<&'static str, String>,
    /// One more that is open.
    other: String,
}

fn base() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(|| {
        let shop = Shop::empty();
        shop.at("2026-11-23T10:00:00Z");
        fs::write(shop.path("ours.toml"), POLICY).unwrap();
        shop.ok(["init", "--policy", "ours.toml"]);
        shop.customer("Blue Fern");
        let mut numbers = BTreeMap::new();
        for (state, steps) in STATES {
            let number = shop.log("Blue Fern", &["--severity", "low"]);
            for step in steps {
                shop.ok(on(&number, step));
            }
            numbers.insert(state, number);
        }
        let other = shop.log("Blue Fern", &["--severity", "low"]);
        for step in [ACCEPT, PAY] {
            shop.ok(on(&other, step));
        }
        Base {
            file: fs::read(shop.desk()).unwrap(),
            numbers,
            other,
        }
    })
}

fn on(number: &str, step: &[&str]) -> Vec<String> {
    let number = |word: &&str| word.replace("REF", number);
    step.iter().map(number).collect()
}

/// A shop with an incident in each state, an hour later.
fn shop() -> Shop {
    let shop = Shop::empty();
    fs::write(shop.desk(), &base().file).unwrap();
    shop.at("2026-11-23T11:00:00Z");
    shop
}

/// Each cell is the state that the step leads to, or `!` and words of the refusal; in the order of [`STATES`].
#[rstest]
#[case::accept(ACCEPT, ["awaiting-payment", "!needs no acceptance", "!needs no acceptance", "!needs no acceptance",
    "!is resolved", "!is resolved", "!is closed-unresolved", "!is declined"])]
#[case::decline(DECLINE, ["declined", "declined", "declined", "!has begun",
    "!is resolved", "!is resolved", "!is closed-unresolved", "!is declined"])]
#[case::pay(PAY, ["!accept it", "open", "!nothing is owed", "!nothing is owed",
    "!nothing is owed", "!nothing is owed", "!is closed-unresolved", "!is declined"])]
#[case::waive(&["waive", "REF", "--reason", "Ours to fix"], ["!accept it", "open", "!nothing is owed", "!nothing is owed",
    "!nothing is owed", "!nothing is owed", "!is closed-unresolved", "!is declined"])]
#[case::respond(&["respond", "REF", "We see it"], ["!accept it", "!awaits payment", "open", "open",
    "!is resolved", "resolved", "!is closed-unresolved", "!is declined"])]
#[case::wait(&["wait", "REF", "Which one?"], ["!accept it", "!awaits payment", "waiting", "waiting",
    "!is resolved", "!is resolved", "!is closed-unresolved", "!is declined"])]
#[case::resume(&["resume", "REF"], ["!accept it", "!awaits payment", "!does not wait", "open",
    "!is resolved", "!is resolved", "!is closed-unresolved", "!is declined"])]
#[case::contact(&["call", "log", "REF", "--in"], ["awaiting-acceptance", "awaiting-payment", "open", "open",
    "resolved", "resolved", "closed-unresolved", "declined"])]
#[case::answered_contact(&["call", "log", "REF", "--in", "--answered"], ["!accept it", "!awaits payment", "open", "open",
    "!is resolved", "resolved", "!is closed-unresolved", "!is declined"])]
#[case::outgoing(&["call", "log", "REF", "--out"], ["awaiting-acceptance", "awaiting-payment", "open", "waiting",
    "resolved", "resolved", "closed-unresolved", "declined"])]
#[case::attempt(&["call", "log", "REF", "--attempt"], ["awaiting-acceptance", "awaiting-payment", "open", "waiting",
    "resolved", "resolved", "closed-unresolved", "declined"])]
#[case::note(&["note", "REF", "Hm"], ["awaiting-acceptance", "awaiting-payment", "open", "waiting",
    "resolved", "resolved", "closed-unresolved", "declined"])]
#[case::note_of_work(&["note", "REF", "Done", "--kind", "work"], ["awaiting-acceptance", "!awaits payment", "open", "waiting",
    "resolved", "resolved", "closed-unresolved", "declined"])]
#[case::note_of_an_answer(&["note", "REF", "So", "--kind", "answer"], ["awaiting-acceptance", "!awaits payment", "open", "waiting",
    "resolved", "resolved", "closed-unresolved", "declined"])]
#[case::edit(&["edit", "REF", "--summary", "It stops"], ["awaiting-acceptance", "awaiting-payment", "open", "waiting",
    "resolved", "resolved", "!is closed-unresolved", "!is declined"])]
#[case::estimate(&["estimate", "REF", "+2h"], ["!accept it", "!awaits payment", "open", "waiting",
    "!is resolved", "!is resolved", "!is closed-unresolved", "!is declined"])]
#[case::severity(&["severity", "REF", "high", "--agreed-with", "Ana"], ["awaiting-acceptance", "awaiting-payment", "open", "waiting",
    "resolved", "resolved", "!is closed-unresolved", "!is declined"])]
#[case::assign(&["assign", "REF", "me"], ["awaiting-acceptance", "awaiting-payment", "open", "waiting",
    "resolved", "resolved", "!is closed-unresolved", "!is declined"])]
#[case::given(&["given", "REF"], ["awaiting-acceptance", "awaiting-payment", "open", "waiting",
    "resolved", "resolved", "!is closed-unresolved", "!is declined"])]
#[case::escalate(&["escalate", "REF", "--ground", "slow", "--concern", "Soon"], ["!accept it", "!awaits payment", "open", "waiting",
    "resolved", "resolved", "!is closed-unresolved", "!is declined"])]
#[case::resolve(&["resolve", "REF", "--outcome", "fixed"], ["!accept it", "!awaits payment", "resolved", "resolved",
    "!is resolved", "!is resolved", "!is closed-unresolved", "!is declined"])]
#[case::close(CLOSE, ["closed-unresolved", "closed-unresolved", "closed-unresolved", "closed-unresolved",
    "!is resolved", "!is resolved", "!is closed-unresolved", "!is declined"])]
#[case::reopen(&["reopen", "REF"], ["!nothing to reopen", "!nothing to reopen", "!nothing to reopen", "!nothing to reopen",
    "open", "open", "open", "!log a new incident"])]
#[case::split(&["split", "REF", "--summary", "The other printer", "--told"], ["awaiting-payment", "awaiting-payment",
    "awaiting-payment", "awaiting-payment", "!reopen it", "!reopen it", "!reopen it", "!log a new incident"])]
#[case::link(&["link", "REF", "OTHER"], ["awaiting-acceptance", "awaiting-payment", "open", "waiting",
    "resolved", "resolved", "closed-unresolved", "declined"])]
#[case::unlink(&["link", "REF", "OTHER", "--remove"], ["!is linked with no other", "!is linked with no other",
    "!is linked with no other", "!is linked with no other", "!is linked with no other", "!is linked with no other",
    "!is linked with no other", "!is linked with no other"])]
#[case::known(&["known", "REF"], ["awaiting-acceptance", "awaiting-payment", "open", "waiting",
    "resolved", "resolved", "!is closed-unresolved", "!is declined"])]
#[case::merge(&["merge", "REF", "OTHER"], ["open", "open", "open", "open",
    "!reopen it before you merge it", "!reopen it before you merge it", "!reopen it before you merge it",
    "!log a new incident"])]
#[case::unmerge(&["unmerge", "REF"], ["!is not merged", "!is not merged", "!is not merged", "!is not merged",
    "!is not merged", "!is not merged", "!is not merged", "!is not merged"])]
fn a_step_leads_on_or_is_refused_with_the_rule(#[case] step: &[&str], #[case] cells: [&str; 8]) {
    let shop = shop();
    for ((state, _), cell) in STATES.iter().zip(cells) {
        let number = &base().numbers[state];
        let mut args = on(number, step);
        for arg in &mut args {
            *arg = arg.replace("OTHER", &base().other);
        }
        match cell.strip_prefix('!') {
            Some(rule) => {
                let said = shop.fails(1, &args);
                assert!(said.contains(rule), "{args:?} while {state}: {said}");
            }
            None => assert_eq!(shop.json(&args)["state"], cell, "{args:?} while {state}"),
        }
    }
}

#[rstest]
#[case::response(&["respond", "REF", "We see it"], None)]
#[case::question(&["wait", "REF", "Which one?"], Some("silence"))]
#[case::answered_outgoing_call(&["call", "log", "REF", "--out"], None)]
#[case::answered_on_the_call(&["call", "log", "REF", "--in", "--answered"], None)]
#[case::contact(&["call", "log", "REF", "--in"], Some("response"))]
#[case::attempt(&["call", "log", "REF", "--attempt"], Some("response"))]
#[case::note(&["note", "REF", "Hm"], Some("response"))]
#[case::resolution(&["resolve", "REF", "--outcome", "fixed"], None)]
#[case::closing(CLOSE, None)]
#[case::declining(DECLINE, None)]
fn only_a_response_stops_the_response_clock(#[case] step: &[&str], #[case] runs: Option<&str>) {
    let shop = shop();
    let after = shop.json(on(&base().numbers["open"], step));
    assert_eq!(after["next_clock"].as_str(), runs);
}

#[test]
fn the_clock_that_waits_for_payment_starts_with_it() {
    let shop = shop();
    let number = &base().numbers["awaiting-payment"];
    let before = shop.json(["note", number, "They pay today"]);
    assert!(before["next_clock"].is_null());
    let after = shop.json(on(number, PAY));
    assert_eq!(after["next_due_at"], "2026-11-23T15:00:00Z");
}

#[test]
fn an_attempt_cannot_have_answered() {
    let shop = shop();
    let number = &base().numbers["open"];
    let said = shop.fails(2, ["call", "log", number, "--attempt", "--answered"]);
    assert!(said.contains("nobody was reached"), "{said}");
}

#[test]
fn a_resolved_incident_promises_no_estimate() {
    let shop = shop();
    let number = &base().numbers["handed over"];
    let said = shop.fails(
        1,
        ["respond", number, "They work on it", "--estimate", "+2d"],
    );
    assert!(said.contains("nothing to estimate"), "{said}");
}

#[test]
fn what_was_closed_before_payment_still_needs_it_when_it_is_reopened() {
    let shop = shop();
    for state in ["awaiting-acceptance", "awaiting-payment"] {
        let number = &base().numbers[state];
        shop.ok(on(number, CLOSE));
        assert_eq!(shop.json(["reopen", number])["state"], state);
    }
}

#[test]
fn a_change_of_state_from_before_the_newest_one_is_refused() {
    let shop = shop();
    let number = &base().numbers["open"];
    shop.ok(["wait", number, "Which one?"]);
    shop.at("2026-11-23T12:00:00Z");
    for step in [
        &["resume", number][..],
        &["resolve", number, "--outcome", "fixed"],
        &[
            "close",
            number,
            "--as",
            "unreachable",
            "--detail",
            "No answer",
        ],
    ] {
        let said = shop.fails(2, step.iter().chain(&["--at", "2026-11-23T10:30:00Z"]));
        assert!(
            said.contains("is waiting since Mon 23 Nov 2026 11:00 UTC"),
            "{said}"
        );
    }
}

#[test]
fn a_question_from_before_the_newest_contact_is_refused() {
    let shop = shop();
    let number = &base().numbers["open"];
    shop.ok(["call", "log", number, "--in"]);
    let said = shop.fails(
        2,
        ["wait", number, "Which?", "--at", "2026-11-23T10:30:00Z"],
    );
    assert!(said.contains("give a later instant"), "{said}");
}

#[test]
fn what_happened_before_the_question_does_not_end_the_waiting() {
    let shop = shop();
    let number = &base().numbers["open"];
    let asked = shop.json(["wait", number, "Which one?"]);
    shop.at("2026-11-23T12:00:00Z");
    for step in [
        &["call", "log", number, "--in"][..],
        &["respond", number, "We see it"],
    ] {
        let after = shop.json(step.iter().chain(&["--at", "2026-11-23T10:30:00Z"]));
        assert_eq!(after["state"], "waiting", "{step:?}");
        assert_eq!(after["next_due_at"], asked["next_due_at"], "{step:?}");
    }
    assert_eq!(shop.json(["call", "log", number, "--in"])["state"], "open");
}

#[test]
fn a_step_before_the_receipt_or_in_the_future_is_refused() {
    let shop = shop();
    let number = &base().numbers["open"];
    let early = shop.fails(2, ["note", number, "Hm", "--at", "2026-11-23T09:00:00Z"]);
    assert!(early.contains("before"), "{early}");
    let late = shop.fails(2, ["note", number, "Hm", "--at", "2026-11-23T12:00:00Z"]);
    assert!(late.contains("in the future"), "{late}");
}

#[test]
fn somebody_else_s_change_meanwhile_is_code_4() {
    let shop = shop();
    let number = &base().numbers["open"];
    let seen = shop.json(["note", number, "Hm"])["revision"].to_string();
    shop.ok(["note", number, "Hm again"]);
    shop.fails(
        4,
        [
            "resolve",
            number,
            "--outcome",
            "fixed",
            "--if-revision",
            &seen,
        ],
    );
}

#[test]
fn the_same_key_again_repeats_the_answer_and_does_nothing() {
    let shop = shop();
    let number = &base().numbers["open"];
    let again = &base().numbers["waiting"];
    let call = ["call", "log", number, again, "--in", "--once", "K1"];
    let first = shop.json(call);
    assert_eq!(shop.json(call), first);
    let said = shop.fails(1, ["customer", "add", "Red Oak", "--once", "K1"]);
    assert!(said.contains("used for another command"), "{said}");
}

#[test]
fn another_text_under_a_used_key_is_refused_with_what_was_kept() {
    let shop = shop();
    let number = &base().numbers["open"];
    let note = |text| ["note", number, text, "--once", "K2"];
    let first = shop.json(note("Rang twice"));
    assert_eq!(shop.json(note("Rang twice")), first);
    let said = shop.fails(1, note("Rang three times"));
    let kept = format!("under that key (--once) this was kept on {number}: \"Note: Rang twice\"");
    assert!(said.contains(&kept), "{said}");
    assert!(said.contains("give a new key"), "{said}");
    assert_eq!(shop.ok(["show", number]).matches("Rang twice").count(), 1);
    let log = |summary| {
        [
            "log",
            "--customer",
            "Blue Fern",
            "--summary",
            summary,
            "--severity",
            "low",
            "--once",
            "K3",
        ]
    };
    let logged = shop.ok(log("No sound"));
    assert_eq!(shop.ok(log("No sound")), logged);
    let said = shop.fails(1, log("No picture"));
    assert!(said.contains("No sound"), "{said}");
}

#[test]
fn an_unknown_number_is_code_3_and_a_misheard_one_code_2() {
    let shop = shop();
    let unknown = holdline::incident::TechRef::new(99_999).to_string();
    let said = shop.fails(3, ["note", &unknown, "Hm"]);
    assert!(said.contains(&unknown), "{said}");
    let misheard = base().numbers["open"].replace("-", "-1");
    let said = shop.fails(2, ["note", &misheard, "Hm"]);
    assert!(said.contains("one digit is wrong"), "{said}");
}

#[test]
fn a_call_on_several_incidents_is_logged_on_all_or_none() {
    let shop = shop();
    let (open, declined) = (&base().numbers["open"], &base().numbers["declined"]);
    let said = shop.fails(1, ["call", "log", open, declined, "--in", "--answered"]);
    assert!(said.contains("is declined"), "{said}");
    let waiting = &base().numbers["waiting"];
    let parts = [format!("{open}=5"), format!("{waiting}=10")];
    let both = shop.json(["call", "log", &parts[0], &parts[1], "--in"]);
    assert_eq!(both[0]["tech_ref"], open.as_str());
    assert_eq!(both[1]["state"], "open");
}
