//! Prices, orders, payments, purchases and packs (P1-01, P1-03, P1-04, P1-09, P1-15, P3-01, P3-02).

use std::fs;

use holdline::policy::shipped;
use rstest::rstest;

use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

const ONLINE: [&str; 4] = ["--method", "online", "--reference", "ORDER-1"];
const CASH: [&str; 4] = ["--method", "cash", "--reference", "R-1"];

fn shop(policy: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    shop.customer("Blue Fern");
    shop
}

/// Buys something in advance, and gives the number of the entitlement.
fn buy(shop: &Shop, kind: &str, more: &[&str]) -> String {
    let more = more.join(" ");
    shop.entitle("Blue Fern", &format!("{kind} {more}"))
}

/// From now on an incident costs 149 dollars.
fn price_rises(shop: &Shop) {
    let text = shipped("per-incident").unwrap();
    let dearer = text.replace("price = \"139.00 USD\"", "price = \"149.00 USD\"");
    fs::write(shop.path("dearer.toml"), dearer).unwrap();
    shop.ok(["policy", "add", "dearer.toml"]);
}

/// What `show` says of an incident's money: price, paid, refunded, waived, owed.
fn money(shop: &Shop, number: &str) -> [String; 5] {
    let money = show(shop, number)["money"].clone();
    ["price", "paid", "refunded", "waived", "owed"]
        .map(|key| money[key].as_str().unwrap().to_owned())
}

#[test]
fn p1_01_one_purchase_covers_one_incident() {
    let shop = shop("per-incident");
    buy(&shop, "per-incident", &ONLINE);
    let first = shop.log("Blue Fern", &[]);
    let shown = show(&shop, &first);
    assert_eq!(shown["state"], "open");
    assert_eq!(shown["entitlement"]["kind"], "per-incident");
    assert_eq!(shown["entitlement"]["remaining"], 0);
    let second = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &second)["state"], "awaiting-payment");
}

#[test]
fn p1_01_support_is_by_phone_and_mail_only_arranges_the_call() {
    let shop = shop("per-incident");
    let said = shop.ok(["policy", "show", "per-incident"]);
    assert!(said.contains("Mail only arranges the call"), "{said}");
    let customer = ["log", "--customer", "Blue Fern", "--summary", "Chat"];
    let log = customer.into_iter().chain(["--channel", "chat"]);
    let ran = shop.run(log.clone());
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("covers phone, mail"), "{ran:?}");
    let reason = ["--channel-reason", "the line was dead"];
    let ran = shop.run(log.chain(reason));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("outside the agreement"), "{ran:?}");
}

#[test]
fn p1_03_the_purchase_keeps_the_price_of_its_day() {
    let shop = shop("per-incident");
    buy(&shop, "per-incident", &ONLINE);
    price_rises(&shop);
    let number = shop.log("Blue Fern", &[]);
    let shown = show(&shop, &number);
    assert_eq!(shown["policy_version"], 2);
    assert_eq!(shown["entitlement"]["price"], "139.00");
    assert_eq!(
        money(&shop, &number),
        ["139.00", "139.00", "0.00", "0.00", "0.00"]
    );
}

#[test]
fn p1_09_the_price_is_that_of_the_day_of_the_payment() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    price_rises(&shop);
    assert_eq!(money(&shop, &number)[4], "149.00");
    let old = ["pay", &number, "--amount", "139.00"];
    let said = shop.fails(1, old.iter().chain(&ONLINE));
    assert!(
        said.contains("149.00 USD is owed, not 139.00 USD"),
        "{said}"
    );
    let new = ["pay", &number, "--amount", "149.00"];
    shop.ok(new.iter().chain(&ONLINE));
    let shown = show(&shop, &number);
    assert_eq!(
        shown["policy_version"], 1,
        "all but the price is as it was opened"
    );
    assert_eq!(
        money(&shop, &number),
        ["149.00", "149.00", "0.00", "0.00", "0.00"]
    );
}

#[test]
fn p1_09_an_order_fixes_the_price() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    shop.at("2026-11-23T21:30:00Z");
    let said = shop.ok(["order", &number, "--reference", "ORDER-7"]);
    assert!(said.contains("awaiting-payment; 139.00 USD owed"), "{said}");
    let timeline = show(&shop, &number)["timeline"].to_string();
    assert!(
        timeline.contains("Ordered for 139.00 USD, reference ORDER-7"),
        "{timeline}"
    );
    price_rises(&shop);
    let said = shop.fails(1, ["order", &number]);
    assert!(
        said.contains("was ordered Mon 23 Nov 2026 21:30 UTC at 139.00 USD"),
        "{said}"
    );
    shop.ok(["pay", &number].iter().chain(&ONLINE));
    assert_eq!(money(&shop, &number)[1], "139.00");
    assert_eq!(entries(&shop, &number, "ordered"), 1);
}

#[test]
fn p1_09_a_new_price_moves_no_closed_incident() {
    let shop = shop("per-incident");
    let (paid, closed) = (shop.log("Blue Fern", &[]), shop.log("Blue Fern", &[]));
    shop.ok(["pay", &paid].iter().chain(&ONLINE));
    shop.ok([
        "resolve",
        &paid,
        "--outcome",
        "solution",
        "--detail",
        "Done",
    ]);
    shop.ok([
        "close",
        &closed,
        "--as",
        "unreachable",
        "--detail",
        "No answer",
    ]);
    let before = [&paid, &closed].map(|number| shop.ok(["show", number, "--json"]));
    price_rises(&shop);
    let after = [&paid, &closed].map(|number| shop.ok(["show", number, "--json"]));
    assert_eq!(before, after);
}

#[test]
fn p1_05_an_order_waits_for_its_payment() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["order", &number]);
    let said = shop.fails(1, ["respond", &number, "Try this"]);
    assert!(said.contains("awaits payment"), "{said}");
    shop.ok(["pay", &number].iter().chain(&ONLINE));
    let said = shop.fails(1, ["order", &number]);
    assert!(said.contains("nothing is owed"), "{said}");
    let direct = shop.log("Blue Fern", &[]);
    shop.ok(["pay", &direct].iter().chain(&ONLINE));
    assert_eq!(
        entries(&shop, &direct, "ordered"),
        1,
        "a payment without an order is both"
    );
}

#[test]
fn p1_04_what_is_paid_is_not_paid_or_waived_again() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    let said = shop.fails(1, ["refund", &number, "--reason", "They ask for it"]);
    assert!(said.contains("waive what is owed"), "{said}");
    shop.ok(["pay", &number].iter().chain(&ONLINE));
    let said = shop.fails(1, ["pay", &number].iter().chain(&ONLINE));
    assert!(said.contains("nothing is owed"), "{said}");
    let said = shop.fails(1, ["waive", &number, "--reason", "They ask for it"]);
    assert!(said.contains("a refund gives that back"), "{said}");
    shop.ok(["respond", &number, "Restart it"]);
    shop.ok(["refund", &number, "--reason", "They ask for it"]);
    assert_eq!(
        money(&shop, &number),
        ["139.00", "139.00", "139.00", "0.00", "0.00"]
    );
    assert_eq!(show(&shop, &number)["state"], "open", "it was answered");
}

#[test]
fn p1_04_a_refund_before_the_work_awaits_the_payment_again() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["pay", &number].iter().chain(&ONLINE));
    let said = shop.ok(["refund", &number, "--reason", "Wrong order"]);
    assert!(said.contains("awaiting-payment; 139.00 USD owed"), "{said}");
    assert_eq!(clocks(&shop, &number, "response").len(), 1);
    assert!(clocks(&shop, &number, "response")[0].starts_with("cancelled"));
    let said = shop.fails(1, ["respond", &number, "Restart it"]);
    assert!(said.contains("awaits payment"), "{said}");
    let said = shop.fails(1, ["refund", &number, "--reason", "Again"]);
    assert!(said.contains("waive what is owed"), "{said}");
    // The right payment, at the price of its day, and a target from then on.
    price_rises(&shop);
    shop.at("2026-11-23T21:30:00Z");
    shop.ok([
        "pay",
        &number,
        "--method",
        "online",
        "--reference",
        "ORDER-2",
    ]);
    assert_eq!(
        money(&shop, &number),
        ["149.00", "288.00", "139.00", "0.00", "0.00"]
    );
    let response = clocks(&shop, &number, "response");
    assert_eq!(response[1], "running 2026-11-24T17:00:00Z", "{response:?}");
    shop.ok(["respond", &number, "Restart it"]);
    let owed = shop.json(["report", "money"]).to_string();
    assert!(owed.contains("\"kept\":\"149.00\""), "{owed}");
    shop.ok(["desk", "check"]);
}

#[test]
fn p1_04_a_purchase_whose_money_was_given_back_pays_for_nothing() {
    let shop = shop("per-incident");
    let bought = buy(&shop, "per-incident", &ONLINE);
    let number = shop.log("Blue Fern", &[]);
    let said = shop.ok(["refund", &number, "--reason", "Bought twice"]);
    assert!(said.contains("awaiting-payment; 139.00 USD owed"), "{said}");
    let shown = shop.ok(["entitlement", "show", &bought]);
    assert!(shown.contains("refunded"), "{shown}");
    // Its money is back with the customer, so its unit is not.
    shop.ok(["decline", &number, "--reason", "Training"]);
    let next = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &next)["state"], "awaiting-payment");
    shop.ok(["desk", "check"]);
}

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
fn p1_15_what_a_bug_of_ours_gives_back_is_shown_where_it_was_bought() {
    let shop = shop("per-incident");
    let bought = buy(&shop, "per-incident", &ONLINE);
    let number = shop.log("Blue Fern", &[]);
    let solved = ["--outcome", "solution", "--detail", "Fixed"];
    let bug = ["--cause", "own-bug"];
    shop.ok(["resolve", &number].iter().chain(&solved).chain(&bug));
    let ledger = shop.json(["entitlement", "show", &bought])["ledger"].clone();
    let entries: Vec<_> = ledger.as_array().unwrap().iter().collect();
    let entries: Vec<_> = entries.iter().map(|drawn| drawn["entry"].clone()).collect();
    assert_eq!(entries, ["reserved", "used", "refunded"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn what_a_merged_one_paid_is_on_its_own_receipt() {
    let shop = shop("per-incident");
    let [first, second] = [(); 2].map(|()| shop.log("Blue Fern", &[]));
    for number in [&first, &second] {
        shop.ok(["pay", number].iter().chain(&ONLINE));
    }
    shop.ok(["merge", &second, &first]);
    let ran = shop.run(["receipt", &second]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let kept = "139.00 USD that was paid is in the customer's balance, entitlement 1";
    assert!(ran.stdout.contains(kept), "{ran:?}");
    assert!(
        ran.stderr.contains(&format!("merged into {first}")),
        "{ran:?}"
    );
}

#[test]
fn p1_15_a_purchase_made_before_is_given_back_as_money_once() {
    let shop = shop("per-incident");
    buy(&shop, "per-incident", &ONLINE);
    let number = shop.log("Blue Fern", &[]);
    let resolve = [
        "resolve",
        &number,
        "--outcome",
        "solution",
        "--detail",
        "Fixed",
    ];
    let resolve: Vec<&str> = resolve
        .iter()
        .chain(&["--cause", "own-bug"])
        .copied()
        .collect();
    shop.ok(&resolve);
    let after = ["139.00", "139.00", "139.00", "0.00", "0.00"];
    assert_eq!(money(&shop, &number), after);
    shop.fails(1, ["refund", &number, "--reason", "Again"]);
    shop.ok(["reopen", &number]);
    shop.ok(&resolve);
    assert_eq!(money(&shop, &number), after);
    assert_eq!(entries(&shop, &number, "refunded"), 1);
    let next = shop.log("Blue Fern", &[]);
    assert_eq!(
        show(&shop, &next)["state"],
        "awaiting-payment",
        "the purchase is used"
    );
}

#[test]
fn p1_14_a_purchase_goes_back_to_the_balance_when_it_is_declined() {
    let shop = shop("per-incident");
    buy(&shop, "per-incident", &ONLINE);
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["decline", &number, "--reason", "Training"]);
    let shown = show(&shop, &number);
    assert!(
        shown["money"].is_null() && shown["entitlement"].is_null(),
        "{shown}"
    );
    let next = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &next)["state"], "open");
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
