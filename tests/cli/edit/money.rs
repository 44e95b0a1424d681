//! What pays for an incident when its customer turns out to be another one.

use super::{TO_RED_OAK, edit, entitle, left, shop};
use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// An incident of Blue Fern's, paid for by one of a pack of two.
fn of_a_pack() -> (Shop, String) {
    let shop = shop("season-ticket");
    entitle(
        &shop,
        "Blue Fern",
        "pack",
        &["--count", "2", "--price", "90.00"],
    );
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["accept", &number]);
    assert_eq!(left(&shop, "Blue Fern"), [1]);
    (shop, number)
}

#[test]
fn the_unit_goes_back_and_is_taken_of_the_other_one() {
    let (shop, number) = of_a_pack();
    entitle(
        &shop,
        "Red Oak",
        "pack",
        &["--count", "4", "--price", "90.00"],
    );
    let foreseen = shop.ok(edit(&number, &[&TO_RED_OAK[..], &["--dry-run"]].concat()));
    assert_eq!(
        foreseen,
        "Nothing was changed. 10001-4 would be open; no deadline would move\n\
         Put right: customer Red Oak, before Blue Fern\n\
         What was taken goes back to the customer's balance\n\
         Taken from what the customer has: one of a pack"
    );
    assert_eq!(left(&shop, "Blue Fern"), [1]);
    let ran = shop.run(edit(&number, &TO_RED_OAK));
    assert!(
        ran.stdout
            .starts_with("Put right: customer Red Oak, before Blue Fern\n10001-4 open"),
        "{ran:?}"
    );
    assert!(ran.stderr.contains("Season ticket: 3 of 4 left"), "{ran:?}");
    assert_eq!(
        (left(&shop, "Blue Fern"), left(&shop, "Red Oak")),
        (vec![2], vec![3])
    );
    let text = shop.ok(["show", &number]);
    assert!(text.contains("Customer      Red Oak (C-0002)"), "{text}");
    assert!(
        text.contains("Pays          Season ticket: 3 of 4 left"),
        "{text}"
    );
    assert_eq!(
        shop.json(["list", "customer:\"Red Oak\""])[0]["tech_ref"],
        number.as_str()
    );
    assert_eq!(
        shop.ok(["list", "customer:\"Blue Fern\"", "--format", "json"]),
        "[]"
    );
    assert_eq!(shop.json(["list", "oak"])[0]["tech_ref"], number.as_str());
    shop.ok(["desk", "check"]);

    shop.ok(["undo", &number]);
    assert_eq!(
        (left(&shop, "Blue Fern"), left(&shop, "Red Oak")),
        (vec![1], vec![4])
    );
    assert_eq!(show(&shop, &number)["customer"]["name"], "Blue Fern");
    assert_eq!(shop.json(["list", "fern"])[0]["tech_ref"], number.as_str());
    shop.ok(["desk", "check"]);
}

#[test]
fn what_pays_for_another_one_by_now_cannot_be_taken_back() {
    let (shop, number) = of_a_pack();
    entitle(
        &shop,
        "Red Oak",
        "pack",
        &["--count", "1", "--price", "90.00"],
    );
    shop.ok(edit(&number, &TO_RED_OAK));
    for _ in 0..2 {
        let other = shop.log("Blue Fern", &[]);
        shop.ok(["accept", &other]);
    }
    assert_eq!(left(&shop, "Blue Fern"), [0]);
    let said = shop.fails(1, ["undo", &number]);
    assert!(said.contains("pays for another incident by now"), "{said}");
}

#[test]
fn the_agent_chooses_what_pays() {
    let (shop, number) = of_a_pack();
    entitle(
        &shop,
        "Red Oak",
        "pack",
        &["--count", "4", "--price", "90.00", "--to", "2026-12-01"],
    );
    let later = entitle(
        &shop,
        "Red Oak",
        "pack",
        &["--count", "4", "--price", "90.00"],
    );
    let chosen = [&TO_RED_OAK[..], &["--entitlement", &later]].concat();
    shop.ok(edit(&number, &chosen));
    assert_eq!(left(&shop, "Red Oak"), [4, 3]);
    let own = [&["--customer", "Blue Fern"][..], &["--entitlement", &later]].concat();
    let said = shop.fails(3, edit(&number, &own));
    assert!(said.contains("no entitlement of this customer"), "{said}");
}

#[test]
fn before_acceptance_nothing_is_taken_yet() {
    let shop = shop("season-ticket");
    let mine = entitle(&shop, "Blue Fern", "pack", &[]);
    let theirs = entitle(&shop, "Red Oak", "pack", &["--to", "2026-12-01"]);
    let chosen = entitle(&shop, "Red Oak", "pack", &[]);
    let number = shop.log("Blue Fern", &["--entitlement", &mine]);
    let said = shop.fails(
        3,
        edit(
            &number,
            &[&TO_RED_OAK[..], &["--entitlement", &mine]].concat(),
        ),
    );
    assert!(said.contains("no entitlement of this customer"), "{said}");
    shop.ok(edit(
        &number,
        &[&TO_RED_OAK[..], &["--entitlement", &chosen]].concat(),
    ));
    assert_eq!(show(&shop, &number)["state"], "awaiting-acceptance");
    shop.ok(["accept", &number]);
    assert_eq!(
        show(&shop, &number)["entitlement"]["id"].to_string(),
        chosen
    );
    assert_ne!(theirs, chosen);
    shop.ok(["desk", "check"]);
}

#[test]
fn where_nothing_pays_a_payment_is_asked_before_the_work() {
    let shop = shop("per-incident");
    entitle(&shop, "Blue Fern", "per-incident", &["--method", "online"]);
    let number = shop.log("Blue Fern", &[]);
    assert!(clocks(&shop, &number, "response")[0].starts_with("running"));
    let asked = shop.ok(edit(&number, &TO_RED_OAK));
    assert!(
        asked.ends_with(
            "10001-4 awaiting-payment; 139.00 USD owed; what was taken goes back to where it came from"
        ),
        "{asked}"
    );
    assert!(clocks(&shop, &number, "response")[0].starts_with("cancelled"));
    assert_eq!(left(&shop, "Blue Fern"), [1]);
    shop.ok(["desk", "check"]);
    // The other way round what was asked falls away, and the clock that waited for it starts.
    shop.at("2026-11-23T21:30:00Z");
    let back = shop.json(edit(&number, &["--customer", "Blue Fern"]));
    assert_eq!(
        (&back["state"], &back["next_clock"]),
        (&"open".into(), &"response".into())
    );
    assert_eq!(show(&shop, &number)["money"]["owed"], "0.00");
    assert_eq!(left(&shop, "Blue Fern"), [0]);
    shop.ok(["desk", "check"]);
    shop.ok(["undo", &number]);
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "awaiting-payment");
    assert_eq!(shown["money"]["owed"], "139.00");
    assert_eq!(left(&shop, "Blue Fern"), [1]);
    shop.ok(["desk", "check"]);
}

#[test]
fn a_payment_for_the_incident_goes_along() {
    let shop = shop("per-incident");
    let theirs = entitle(&shop, "Red Oak", "per-incident", &["--method", "online"]);
    let number = shop.log("Blue Fern", &[]);
    shop.ok([
        "pay",
        &number,
        "--method",
        "online",
        "--reference",
        "ORDER-1",
    ]);
    let due = clocks(&shop, &number, "response");
    let said = shop.fails(
        2,
        edit(
            &number,
            &[&TO_RED_OAK[..], &["--entitlement", &theirs]].concat(),
        ),
    );
    assert!(
        said.contains("goes along: choose no entitlement (--entitlement)"),
        "{said}"
    );
    shop.ok(edit(&number, &TO_RED_OAK));
    let shown = show(&shop, &number);
    assert_eq!(shown["money"]["paid"], "139.00");
    assert_eq!(shown["customer"]["name"], "Red Oak");
    assert_eq!(clocks(&shop, &number, "response"), due);
    assert_eq!(left(&shop, "Red Oak"), [1]);
    let receipt = shop.ok(["receipt", &number]);
    assert!(receipt.contains("Red Oak"), "{receipt}");
    shop.ok(["desk", "check"]);
}

#[test]
fn an_order_goes_along_until_it_is_paid() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["order", &number]);
    shop.ok(edit(&number, &TO_RED_OAK));
    assert_eq!(show(&shop, &number)["money"]["owed"], "139.00");
    let paid = shop.json([
        "pay",
        &number,
        "--method",
        "online",
        "--reference",
        "ORDER-1",
    ]);
    assert_eq!(paid["state"], "open");
    shop.ok(["desk", "check"]);
}

#[test]
fn once_work_has_begun_something_must_pay_at_once() {
    let shop = shop("per-incident");
    entitle(&shop, "Blue Fern", "per-incident", &["--method", "online"]);
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["respond", &number, "Try the other cable"]);
    let said = shop.fails(1, edit(&number, &TO_RED_OAK));
    assert!(
        said.contains("work on 10001-4 has begun, and Red Oak has nothing that pays"),
        "{said}"
    );
    entitle(&shop, "Red Oak", "per-incident", &["--method", "online"]);
    shop.ok([
        "resolve",
        &number,
        "--outcome",
        "solution",
        "--detail",
        "The cable",
    ]);
    shop.ok(edit(&number, &TO_RED_OAK));
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "resolved");
    assert_eq!(
        (left(&shop, "Blue Fern"), left(&shop, "Red Oak")),
        (vec![1], vec![0])
    );
    assert_eq!(entries(&shop, &number, "cover-used"), 2);
    shop.ok(["desk", "check"]);
}

#[test]
fn what_was_given_back_stays_with_whom_it_was_given() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    shop.ok([
        "pay",
        &number,
        "--method",
        "online",
        "--reference",
        "ORDER-1",
    ]);
    shop.ok(["refund", &number, "--reason", "Paid twice"]);
    let said = shop.fails(1, edit(&number, &TO_RED_OAK));
    assert!(
        said.contains("what Blue Fern paid for 10001-4 was given back"),
        "{said}"
    );
}

#[test]
fn charged_time_stays_with_whom_it_was_charged() {
    let shop = shop("tech-reference");
    for customer in ["Blue Fern", "Red Oak"] {
        entitle(
            &shop,
            customer,
            "hours",
            &["--time", "4h", "--method", "visa"],
        );
    }
    let number = shop.log("Blue Fern", &["--minutes", "20"]);
    let said = shop.fails(1, edit(&number, &TO_RED_OAK));
    assert!(
        said.contains("call time on 10001-4 was charged to Blue Fern"),
        "{said}"
    );
    let quiet = shop.log("Blue Fern", &[]);
    shop.at("2026-11-23T21:30:00Z");
    shop.ok(edit(&quiet, &TO_RED_OAK));
    shop.ok(["call", "log", &quiet, "--in", "--minutes", "10"]);
    assert_eq!(left(&shop, "Red Oak"), [4 * 3_600 - 900]);
    shop.ok(["desk", "check"]);
}

#[test]
fn what_nothing_covers_is_marked_anew() {
    let shop = shop("escalation");
    let number = shop.log("Blue Fern", &["--detail", "At noon"]);
    assert_eq!(show(&shop, &number)["uncovered"], true);
    entitle(&shop, "Red Oak", "contract", &[]);
    shop.ok(edit(&number, &TO_RED_OAK));
    assert_eq!(show(&shop, &number)["uncovered"], false);
    assert_eq!(show(&shop, &number)["entitlement"]["kind"], "contract");
    shop.ok(edit(&number, &["--customer", "Blue Fern"]));
    assert_eq!(show(&shop, &number)["uncovered"], true);
    shop.ok(["desk", "check"]);
}

#[test]
fn what_is_asked_of_the_other_one_is_owed_since_then() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    shop.at("2026-11-25T21:00:00Z");
    let owed = |shop: &Shop| -> Vec<String> {
        let rows = shop.json(["report", "money"]);
        let rows = rows.as_array().unwrap().iter();
        let owed = rows.filter(|row| row["owed"] == "139.00");
        owed.filter_map(|row| row["day"].as_str().map(str::to_owned))
            .collect()
    };
    assert_eq!(owed(&shop), ["2026-11-23"]);
    shop.ok(edit(&number, &TO_RED_OAK));
    assert_eq!(owed(&shop), ["2026-11-25"]);
}
