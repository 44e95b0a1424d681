//! Whose an incident may become, and who speaks for the customer then.

use serde_json::Value;

use super::{TO_RED_OAK, edit, shop};
use crate::seen::{clocks, show};
use crate::shop::Shop;

#[test]
fn somebody_of_the_other_customer_speaks_from_then_on() {
    let shop = shop("severity");
    let more = ["--severity", "low", "--contact", "Ada Moss"];
    let number = shop.log("Blue Fern", &more);
    let ran = shop.run(edit(&number, &TO_RED_OAK));
    assert!(
        ran.stderr.contains("who speaks for Red Oak is not known"),
        "{ran:?}"
    );
    assert_eq!(show(&shop, &number)["contact"], Value::Null);
    let said = shop.fails(3, edit(&number, &["--contact", "Ada Moss"]));
    assert!(
        said.contains("no contact of Red Oak \"Ada Moss\""),
        "{said}"
    );
    shop.ok(["undo", &number]);
    let both = [&TO_RED_OAK[..], &["--contact", "Kim Reed"]].concat();
    shop.ok(edit(&number, &both));
    assert_eq!(show(&shop, &number)["contact"]["name"], "Kim Reed");
    // Who works for both is kept.
    shop.ok([
        "contact",
        "add",
        "Blue Fern",
        "Kim Reed",
        "--phone",
        "+1 555 0142",
    ]);
    shop.ok(edit(&number, &["--customer", "Blue Fern"]));
    assert_eq!(show(&shop, &number)["contact"]["phones"][0], "+1 555 0142");
}

#[test]
fn another_customer_s_office_counts_its_hours() {
    let shop = shop("escalation");
    shop.ok(["customer", "edit", "Red Oak", "--office", "florida"]);
    let number = shop.log("Blue Fern", &["--detail", "At noon"]);
    let other = shop.log("Red Oak", &["--detail", "At noon"]);
    shop.ok(edit(&number, &TO_RED_OAK));
    assert_eq!(show(&shop, &number)["customer"]["office"], "florida");
    assert_eq!(
        clocks(&shop, &number, "response"),
        clocks(&shop, &other, "response")
    );
    shop.ok(["desk", "check"]);
    shop.ok(["customer", "add", "Grey Heron"]);
    let said = shop.fails(2, edit(&number, &["--customer", "Grey Heron"]));
    assert!(said.contains("office"), "{said}");
    shop.ok(edit(
        &number,
        &["--customer", "Grey Heron", "--office", "france"],
    ));
    assert_eq!(show(&shop, &number)["customer"]["office"], "france");
}

#[test]
fn the_policy_must_be_the_customer_s() {
    let shop = Shop::new(&["severity", "per-incident"]);
    shop.customer("Blue Fern");
    shop.ok(["customer", "add", "Red Oak", "--policy", "per-incident"]);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let said = shop.fails(1, edit(&number, &TO_RED_OAK));
    assert!(
        said.contains(
            "Red Oak is supported under policy per-incident, and 10001-4 is under severity: log a new incident for Red \
             Oak instead"
        ),
        "{said}"
    );
    shop.ok(["customer", "edit", "Red Oak", "--policy", "severity"]);
    shop.ok(edit(&number, &TO_RED_OAK));
}

#[test]
fn what_was_merged_into_it_is_parted_first() {
    let shop = shop("severity");
    let first = shop.log("Blue Fern", &["--severity", "low"]);
    let second = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["merge", &second, &first]);
    let said = shop.fails(1, edit(&first, &TO_RED_OAK));
    assert!(
        said.contains("unmerge it before you change the customer"),
        "{said}"
    );
    shop.ok(["unmerge", &second]);
    shop.ok(edit(&first, &TO_RED_OAK));
    // Of two customers they cannot become one again.
    let said = shop.fails(1, ["merge", &second, &first]);
    assert!(said.contains("two customers"), "{said}");
}

#[test]
fn ties_by_number_stay_whoever_s_it_is() {
    let shop = shop("severity");
    let fault = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["known", &fault]);
    let same = shop.log("Blue Fern", &["--severity", "low", "--same-as", &fault]);
    let part = shop.ok(["split", &same, "--summary", "Another one", "--told"]);
    shop.ok(["link", &same, &fault]);
    let number = same.as_str();
    shop.ok(edit(number, &TO_RED_OAK));
    shop.ok(edit(&fault, &TO_RED_OAK));
    let shown = show(&shop, number);
    assert_eq!(shown["same_as"], fault.as_str());
    assert_eq!(shown["linked"][0], fault.as_str());
    assert!(
        part.contains(shown["split_into"][0].as_str().unwrap()),
        "{part}"
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn an_emergency_was_granted_to_whoever_asked() {
    let shop = shop("escalation");
    let more = [
        "--detail",
        "All is down",
        "--channel",
        "chat",
        "--emergency",
    ];
    let number = shop.log("Blue Fern", &more);
    let said = shop.fails(1, edit(&number, &TO_RED_OAK));
    assert!(
        said.contains("was taken as an emergency of Blue Fern"),
        "{said}"
    );
}

#[test]
fn it_is_dated_no_earlier_than_where_it_stands() {
    let shop = shop("severity");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T22:00:00Z");
    shop.ok(["wait", &number, "Which version?"]);
    shop.at("2026-11-23T23:00:00Z");
    let early = ["--at", "2026-11-23T21:30:00Z"];
    let said = shop.fails(2, edit(&number, &[&TO_RED_OAK[..], &early].concat()));
    assert!(
        said.contains("is waiting since Mon 23 Nov 2026 22:00 UTC"),
        "{said}"
    );
    shop.ok(edit(
        &number,
        &[&["--summary", "It stops"][..], &early].concat(),
    ));
}
