//! Packs, and which of what was bought before pays (P3-01, P3-02, P1-01).

use rstest::rstest;

use super::{CASH, ONLINE, buy, shop};
use crate::seen::show;
use crate::shop::Shop;

#[test]
fn p3_02_a_unit_given_back_before_the_work_is_taken_or_paid_anew() {
    let shop = shop("season-ticket");
    let ticket = buy(&shop, "pack", &CASH);
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["accept", &number]);
    let said = shop.ok(["refund", &number, "--reason", "Not theirs"]);
    assert!(said.contains("awaiting-payment; 60.00 GBP owed"), "{said}");
    let shown = shop.ok(["entitlement", "show", &ticket]);
    assert!(shown.contains("10 of 10 left"), "{shown}");
    shop.ok(["pay", &number].iter().chain(&CASH));
    assert_eq!(show(&shop, &number)["state"], "open");
    shop.ok(["desk", "check"]);
}

#[test]
fn p3_01_the_price_of_an_incident_is_asked_for_and_never_guessed() {
    let shop = Shop::empty();
    let said = shop.fails(
        2,
        ["init", "--policy", "season-ticket", "--set", "currency=GBP"],
    );
    assert!(said.contains("What does one incident cost?"), "{said}");
}

#[test]
fn p3_02_which_ticket_is_taken_may_be_chosen() {
    let shop = shop("season-ticket");
    let sooner = buy(&shop, "pack", &["--to", "2026-12-31"]);
    let later = buy(&shop, "pack", &["--to", "2027-12-31"]);
    let taken = |number: &str| show(&shop, number)["entitlement"]["id"].to_string();
    let first = shop.log("Blue Fern", &[]);
    shop.ok(["accept", &first]);
    assert_eq!(taken(&first), sooner, "the one that ends first");
    let second = shop.log("Blue Fern", &["--entitlement", &later]);
    shop.ok(["accept", &second]);
    assert_eq!(taken(&second), later, "as it was chosen at the call");
    let third = shop.log("Blue Fern", &[]);
    shop.ok(["accept", &third, "--entitlement", &later]);
    assert_eq!(taken(&third), later, "as it was chosen at acceptance");
}

#[rstest]
#[case::not_there(3, "9", "no entitlement of this customer \"9\"")]
#[case::not_valid(1, "1", "entitlement 1 is not valid on 2026-11-23")]
fn p3_02_a_choice_that_does_not_fit_is_refused_at_the_call(
    #[case] code: i32,
    #[case] chosen: &str,
    #[case] words: &str,
) {
    let shop = shop("season-ticket");
    buy(&shop, "pack", &["--to", "2026-11-22"]);
    let log = ["log", "--customer", "Blue Fern", "--summary", "It stops"];
    let said = shop.fails(code, log.iter().chain(&["--entitlement", chosen]));
    assert!(said.contains(words), "{said}");
}

#[test]
fn p3_02_the_last_of_a_ticket_taken_by_somebody_else_leads_to_a_payment() {
    let shop = shop("season-ticket");
    let ticket = buy(&shop, "pack", &["--count", "1", "--price", "90.00"]);
    let first = shop.log("Blue Fern", &["--entitlement", &ticket]);
    let second = shop.log("Blue Fern", &["--entitlement", &ticket]);
    shop.ok(["agent", "add", "sam"]);
    shop.agent("sam").ok(["accept", &first]);
    let said = shop.agent("mira").ok(["accept", &second]);
    assert!(said.contains("awaiting-payment; 60.00 GBP owed"), "{said}");
    assert!(said.contains("nothing is left of entitlement 1"), "{said}");
    let timeline = show(&shop, &second)["timeline"].to_string();
    assert!(
        timeline.contains("nothing is left of entitlement 1"),
        "{timeline}"
    );
    shop.ok(["pay", &second].iter().chain(&CASH));
    assert_eq!(show(&shop, &second)["state"], "open");
}

#[test]
fn p3_02_what_is_taken_in_place_of_the_chosen_ticket_is_said() {
    let shop = shop("season-ticket");
    let small = buy(&shop, "pack", &["--count", "1", "--price", "45.00"]);
    let other = buy(&shop, "pack", &CASH);
    let chosen = ["--entitlement", small.as_str()];
    let [first, second] = [(); 2].map(|()| shop.log("Blue Fern", &chosen));
    shop.ok(["accept", &first]);
    let said = shop.ok(["accept", &second]);
    let words = format!("nothing is left of entitlement {small}: entitlement {other} pays instead");
    assert!(said.contains(&words), "{said}");
    let timeline = show(&shop, &second)["timeline"].to_string();
    assert!(timeline.contains(&words), "{timeline}");
    let said = shop.ok(["note", &second, "Rings back"]);
    assert!(!said.contains("pays instead"), "{said}");
}

#[test]
fn p1_01_what_is_taken_in_place_of_the_chosen_purchase_is_said_at_the_call() {
    let shop = shop("per-incident");
    let first = buy(&shop, "per-incident", &ONLINE);
    buy(&shop, "per-incident", &ONLINE);
    shop.log("Blue Fern", &["--entitlement", &first]);
    let log = ["log", "--customer", "Blue Fern", "--summary", "It stops"];
    let ran = shop.run(log.iter().chain(&["--entitlement", &first]));
    assert_eq!(ran.code, 0, "{ran:?}");
    let words = "nothing is left of entitlement 1: entitlement 2 pays instead";
    assert!(ran.stderr.contains(words), "{ran:?}");
}

#[rstest]
#[case::more_than_a_ticket(1, "--count 11", "one covers up to 10, not 11")]
#[case::part_of_a_ticket(2, "--count 4", "give what was paid for it")]
fn p3_02_a_ticket_is_of_ten_and_a_part_of_one_has_its_own_price(
    #[case] code: i32,
    #[case] count: &str,
    #[case] words: &str,
) {
    let shop = shop("season-ticket");
    let add = "entitlement add --customer C-0001 --kind pack --method cash --reference R-1";
    let said = shop.fails(code, add.split(' ').chain(count.split(' ')));
    assert!(said.contains(words), "{said}");
}

#[test]
fn what_has_ended_already_is_said_when_it_is_added() {
    let shop = shop("season-ticket");
    let add = "entitlement add --customer C-0001 --kind contract --to";
    for (day, warned) in [("2026-11-22", true), ("2026-11-23", false)] {
        let ran = shop.run(add.split(' ').chain([day]));
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(ran.stderr.contains("ended 2026-11-22"), warned, "{ran:?}");
    }
}
