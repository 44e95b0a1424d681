//! P5: a Tech Reference number for every issue; contracts, or prepaid hours.

use crate::seen::show;
use crate::shop::Shop;

/// Monday 23 November 2026 at 16:00 in New York.
fn shop() -> Shop {
    let shop = Shop::new(&["tech-reference"]);
    shop.customer("Blue Fern");
    shop
}

fn contract(shop: &Shop) {
    shop.entitle("Blue Fern", "contract --from 2026-01-01 --to 2026-11-23");
}

#[test]
fn p5_02_a_contract_pays_for_office_hours_on_its_days() {
    let shop = shop();
    contract(&shop);
    let number = shop.log("Blue Fern", &[]);
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "open");
    assert_eq!(shown["entitlement"]["kind"], "contract");
    // 23:30 of its last day in New York, and half past midnight after it.
    for (now, state) in [
        ("2026-11-24T04:30:00Z", "open"),
        ("2026-11-24T05:30:00Z", "awaiting-payment"),
    ] {
        shop.at(now);
        let ran = shop.run(["log", "--customer", "Blue Fern", "--summary", "It stops"]);
        assert!(ran.stderr.contains("outside the hours"), "{ran:?}");
        assert_eq!(show(&shop, ran.stdout.trim())["state"], state);
    }
}

#[test]
fn p5_07_a_new_issue_gets_the_next_number_with_its_check_digit() {
    let shop = shop();
    assert_eq!(shop.log("Blue Fern", &[]), "10001-4");
    assert_eq!(shop.log("Blue Fern", &[]), "10002-3");
    shop.fails(2, ["log", "--customer", "Blue Fern", "--summary", " "]);
    let third = shop.log("Blue Fern", &[]);
    assert!(third.starts_with("10003-"), "no gap: {third}");
}

#[test]
fn p5_08_the_number_is_marked_as_given() {
    let shop = shop();
    let number = shop.log("Blue Fern", &[]);
    let not_given = || shop.json(["list", "is:number-not-given"]);
    assert_eq!(not_given()[0]["tech_ref"], number.as_str());
    shop.at("2026-11-23T21:05:00Z");
    shop.ok(["given", &number]);
    assert_eq!(
        show(&shop, &number)["number_given_at"],
        "2026-11-23T21:05:00Z"
    );
    assert_eq!(not_given().as_array().unwrap().len(), 0);
    // Given again, it was given then.
    shop.at("2026-11-23T21:10:00Z");
    shop.ok(["given", &number]);
    assert_eq!(
        show(&shop, &number)["number_given_at"],
        "2026-11-23T21:05:00Z"
    );
}

#[test]
fn p5_09_the_number_finds_the_issue_however_it_is_typed() {
    let shop = shop();
    shop.log("Blue Fern", &[]);
    for typed in ["10001-4", "100014", "1 0001 4"] {
        assert_eq!(show(&shop, typed)["tech_ref"], "10001-4");
        shop.ok(["note", typed, "They rang"]);
    }
}

#[test]
fn p5_09_a_misheard_digit_is_caught() {
    let shop = shop();
    shop.log("Blue Fern", &[]);
    for typed in ["10007-4", "10010-4", "10001-5"] {
        let said = shop.fails(2, ["note", typed, "They rang"]);
        assert!(
            said.contains("one digit is wrong or two were swapped"),
            "{said}"
        );
    }
    let said = shop.fails(2, ["note", "1000-1", "They rang"]);
    assert!(said.contains("at least six digits"), "{said}");
}

#[test]
fn p5_11_what_changed_before_it_began_is_kept() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--changed", "A new router"]);
    assert_eq!(show(&shop, &number)["what_changed"], "A new router");
}

#[test]
fn p5_12_an_answer_may_cite_the_manual() {
    let shop = shop();
    contract(&shop);
    let number = shop.log("Blue Fern", &[]);
    shop.ok([
        "respond",
        &number,
        "It is in the manual",
        "--manual",
        "page 12",
    ]);
    shop.ok([
        "resolve",
        &number,
        "--outcome",
        "solution",
        "--manual",
        "page 12",
    ]);
    let shown = show(&shop, &number);
    assert_eq!(shown["resolution"]["manual_page"], "page 12");
    let timeline = shown["timeline"].to_string();
    assert!(timeline.contains("page 12"), "{timeline}");
}

#[test]
fn a_share_of_a_call_is_each_incident_s_own_where_time_is_charged() {
    let shop = shop();
    shop.entitle("Blue Fern", "hours --time 4h --method visa --reference R-1");
    let (one, two) = (shop.log("Blue Fern", &[]), shop.log("Blue Fern", &[]));
    shop.at("2026-11-23T22:00:00Z");
    let said = shop.fails(1, ["call", "log", &one, &two, "--in", "--minutes", "10"]);
    assert!(said.contains(&format!("{one}=MINUTES")), "{said}");
    shop.ok([
        "call",
        "log",
        &format!("{one}=4"),
        &format!("{two}=6"),
        "--in",
    ]);
    assert_eq!(show(&shop, &one)["call_seconds"], 240);
    assert_eq!(show(&shop, &two)["call_seconds"], 360);
}

#[test]
fn an_incident_has_one_share_of_a_call() {
    let shop = shop();
    shop.entitle("Blue Fern", "hours --time 4h --method visa --reference R-1");
    let number = shop.log("Blue Fern", &[]);
    shop.at("2026-11-23T22:00:00Z");
    let share = format!("{number}=10");
    let said = shop.fails(2, ["call", "log", &share, &share, "--in"]);
    assert!(said.contains("given twice"), "{said}");
    assert_eq!(show(&shop, &number)["call_seconds"], 0);
}

#[test]
fn what_is_declined_gives_its_call_time_back() {
    let shop = shop();
    let hours = shop.entitle("Blue Fern", "hours --time 1h --method visa --reference R-1");
    let number = shop.log("Blue Fern", &["--minutes", "10"]);
    let left = || shop.json(["entitlement", "show", &hours])["remaining"].clone();
    assert_eq!(left(), 45 * 60);
    shop.ok(["decline", &number, "--reason", "Training is not covered"]);
    assert_eq!(left(), 60 * 60);
    let receipt = shop.ok(["receipt", &number]);
    assert!(
        receipt.contains("15 min go back to the prepaid hours"),
        "{receipt}"
    );
    shop.ok(["desk", "check"]);
}
