//! What is paid, given back and taken back.

use super::at_once;
use crate::seen::{entries, show};
use crate::shop::Shop;

/// An incident that was paid for and answered.
fn answered() -> (Shop, String) {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    shop.ok(["agent", "add", "bo"]);
    let number = shop.log("Blue Fern", &[]);
    shop.ok([
        "pay",
        &number,
        "--method",
        "online",
        "--reference",
        "ORDER-1",
    ]);
    shop.ok(["respond", &number, "We look into it"]);
    (shop, number)
}

const BUG: [&str; 6] = [
    "--outcome",
    "known-bug",
    "--reference",
    "BUG-9",
    "--cause",
    "own-bug",
];

#[test]
fn a_bug_of_our_own_is_refunded_once_and_never_twice() {
    let (shop, number) = answered();
    shop.ok(["resolve", &number].iter().chain(&BUG));
    let refunded = || show(&shop, &number)["money"]["refunded"].clone();
    assert_eq!(refunded(), "139.00");
    // Not when somebody asks for it again,
    let said = shop.fails(1, ["refund", &number, "--reason", "They ask again"]);
    assert!(said.contains("nothing was paid"), "{said}");
    // not when the matter comes back and turns out to be our bug once more,
    shop.at("2026-11-24T21:00:00Z");
    shop.ok(["reopen", &number, "--recurring", "--reason", "It is back"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "open");
    assert_eq!(shown["money"]["owed"], "0.00");
    shop.ok(["resolve", &number].iter().chain(&BUG));
    assert_eq!(refunded(), "139.00");
    // and not when the cause is another one by then.
    shop.at("2026-11-25T21:00:00Z");
    shop.ok(["reopen", &number, "--reason", "Another look"]);
    let settings = [
        "--outcome",
        "solution",
        "--detail",
        "A setting",
        "--cause",
        "configuration",
    ];
    shop.ok(["resolve", &number].iter().chain(&settings));
    assert_eq!(refunded(), "139.00");
    assert_eq!(entries(&shop, &number, "refunded"), 1);
    shop.ok(["desk", "check"]);
}

#[test]
fn two_agents_give_the_same_money_back_once() {
    let (shop, number) = answered();
    let refund: &[&str] = &["refund", &number, "--reason", "A goodwill gesture"];
    let bug: Vec<&str> = ["resolve", &number].into_iter().chain(BUG).collect();
    let ran = at_once(&shop, &[("mira", refund), ("bo", refund), ("mira", &bug)]);
    let done = ran.iter().filter(|ran| ran.code == 0).count();
    // The resolution always stands; of the refunds one at most, where it was first.
    assert_eq!(ran[2].code, 0, "{ran:#?}");
    assert!((1..=2).contains(&done), "{ran:#?}");
    for ran in ran.iter().filter(|ran| ran.code != 0) {
        assert_eq!(ran.code, 1, "{ran:#?}");
        assert!(ran.stderr.contains("nothing was paid"), "{ran:#?}");
    }
    assert_eq!(entries(&shop, &number, "refunded"), 1);
    assert_eq!(show(&shop, &number)["money"]["refunded"], "139.00");
    shop.ok(["desk", "check"]);
}

#[test]
fn a_call_paid_for_in_advance_is_declined_logged_again_and_withdrawn() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let bought = "per-incident --count 2 --method online --reference ORDER-1";
    shop.entitle("Blue Fern", bought);
    let left = || {
        let said = shop.ok(["customer", "show", "Blue Fern"]);
        let (before, _) = said.split_once(" of 2 left").unwrap();
        before.rsplit(' ').next().unwrap().to_owned()
    };
    let training = shop.log("Blue Fern", &[]);
    assert_eq!(left(), "1");
    shop.ok([
        "decline",
        &training,
        "--reason",
        "Training is not part of it",
    ]);
    assert_eq!(left(), "2");
    let withdrawn = shop.log("Blue Fern", &[]);
    let close = ["--as", "withdrawn", "--detail", "It works again"];
    shop.ok(["close", &withdrawn].iter().chain(&close));
    assert_eq!(left(), "2");
    let answered = shop.log("Blue Fern", &[]);
    shop.ok(["respond", &answered, "Restart it"]);
    shop.ok(["close", &answered].iter().chain(&close));
    assert_eq!(left(), "1");
    let said = shop.fails(1, ["decline", &answered, "--reason", "Too late"]);
    assert!(
        said.contains("log a new incident") || said.contains("reopen it"),
        "{said}"
    );
    shop.ok(["desk", "check"]);
}

/// The hours end in the middle of a call: the rest is owed, and nothing more is done for the customer on hours until that
/// is settled, on whichever incident; a contact is never refused.
#[test]
fn the_hours_run_out_in_a_call() {
    let shop = Shop::new(&["tech-reference"]);
    shop.customer("Blue Fern");
    let add = "entitlement add --kind hours --method visa --reference R-1 --time 1h --customer";
    shop.ok(add.split(' ').chain(["Blue Fern"]));
    let [first, second] = [(); 2].map(|()| shop.log("Blue Fern", &[]));
    shop.at("2026-11-23T23:00:00Z");
    shop.ok(["call", "log", &first, "--in", "--minutes", "80"]);
    let owed = "47.50 USD is owed for call time on ";
    for number in [&first, &second] {
        let said = shop.fails(1, ["respond", number, "Restart it"]);
        assert!(said.contains(&format!("{owed}{first}")), "{said}");
    }
    shop.ok(["call", "log", &second, "--in", "--note", "Still no sound"]);
    shop.ok(["note", &second, "Rings back"]);
    // What comes next waits for its own payment, and new hours do not pay the debt.
    let third = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &third)["state"], "awaiting-payment");
    shop.ok(add.replace("R-1", "R-2").split(' ').chain(["Blue Fern"]));
    let said = shop.fails(1, ["resolve", &second, "--outcome", "solution"]);
    assert!(said.contains(&format!("{owed}{first}")), "{said}");
    // Once it is paid it blocks nothing.
    let pay = ["--method", "visa", "--reference", "R-3"];
    shop.ok(["pay", &first].iter().chain(&pay));
    for number in [&first, &second] {
        shop.ok(["resolve", number, "--outcome", "solution"]);
    }
    shop.ok(["desk", "check"]);
}

#[test]
fn an_entitlement_ends_with_a_reason_and_pays_for_nothing_after_its_day() {
    let shop = Shop::new(&["tech-reference"]);
    shop.customer("Blue Fern");
    let add = ["entitlement", "add", "--kind", "contract", "--customer"];
    shop.ok(add.iter().chain(&["Blue Fern"]));
    let said = shop.fails(2, ["entitlement", "end", "1", "--reason", " "]);
    assert!(said.contains("the reason is empty"), "{said}");
    let said = shop.fails(3, ["entitlement", "end", "9", "--reason", "Cancelled"]);
    assert!(said.contains("no entitlement 9"), "{said}");
    let end = [
        "entitlement",
        "end",
        "1",
        "--on",
        "2026-11-20",
        "--reason",
        "Cancelled",
    ];
    let said = shop.ok(end);
    assert!(
        said.contains("ends on 2026-11-20: Contract until 20 Nov 2026"),
        "{said}"
    );
    let said = shop.ok(["customer", "show", "Blue Fern"]);
    assert!(said.contains("Pays     No contract"), "{said}");
    let said = shop.fails(1, end);
    assert!(said.contains("ends on 2026-11-20 anyway"), "{said}");
    shop.ok(["desk", "check"]);
}
