//! Prices, orders, payments and purchases (P1-01, P1-03, P1-04, P1-09, P1-15).

mod tickets;

use std::fs;

use holdline::policy::shipped;

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
