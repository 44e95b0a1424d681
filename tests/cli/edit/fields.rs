//! The fields of an incident, its severity and its office.

use rstest::rstest;
use serde_json::Value;

use super::{edit, shop};
use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

fn incident(policy: &str, more: &[&str]) -> (Shop, String) {
    let shop = shop(policy);
    let number = shop.log("Blue Fern", more);
    (shop, number)
}

#[test]
fn every_field_is_put_right_by_one_entry_with_what_it_was() {
    let (shop, number) = incident(
        "severity",
        &[
            "--severity",
            "low",
            "--product",
            "Ledger 8",
            "--detail",
            "At noon",
        ],
    );
    let product = "medical billing software";
    let change = [
        "--summary",
        "Zebra crossings print twice",
        "--detail",
        "Since ten",
        "--product",
        product,
        "--changed",
        "a new driver",
        "--contact",
        "ada moss",
        "--call-back",
        "+1 555 0199",
        "--severity",
        "high",
        "--agreed-with",
        "Ada Moss",
    ];
    let said = shop.ok(edit(&number, &change));
    assert!(
        said.starts_with(
            "Put right: summary Zebra crossings print twice, before It does not start; detail Since ten, before At noon; \
             product medical billing software, before Ledger 8; what changed before a new driver, before none; contact \
             Ada Moss, +1 555 0199, before none; severity high, before low\n10001-4 open; response: "
        ),
        "{said}"
    );
    let shown = show(&shop, &number);
    assert_eq!(shown["summary"], "Zebra crossings print twice");
    assert_eq!(shown["detail"], "Since ten");
    assert_eq!(shown["product"], product);
    assert_eq!(shown["what_changed"], "a new driver");
    assert_eq!(shown["contact"]["name"], "Ada Moss");
    assert_eq!(
        shown["contact"]["phones"],
        serde_json::json!(["+1 555 0199", "+1 555 0100"])
    );
    assert_eq!(shown["severity"]["agreed"], "high");
    assert_eq!(shown["severity"]["asked"], "low");
    assert_eq!(entries(&shop, &number, "edited"), 1);
    for found in ["zebra", "product:medical", "start"] {
        let listed = shop.json(["list", found]);
        assert_eq!(listed[0]["tech_ref"], number.as_str(), "{found}");
    }
    shop.ok(["desk", "check"]);

    let undone = shop.ok(["undo", &number]);
    assert!(undone.starts_with("Taken back: edited\n"), "{undone}");
    let shown = show(&shop, &number);
    assert_eq!(shown["summary"], "It does not start");
    assert_eq!(shown["product"], "Ledger 8");
    assert_eq!(shown["contact"], Value::Null);
    assert_eq!(shown["severity"]["agreed"], "low");
    shop.ok(["desk", "check"]);
}

#[test]
fn a_product_that_comes_first_is_known_by_its_new_name() {
    let (shop, first) = incident("severity", &["--severity", "low"]);
    let second = shop.log("Blue Fern", &["--severity", "low"]);
    let top = |shop: &Shop| shop.json(["list"])[0]["tech_ref"].clone();
    assert_eq!(top(&shop), first.as_str());
    shop.ok(edit(&second, &["--product", "medical billing software"]));
    assert_eq!(top(&shop), second.as_str());
    shop.ok(edit(&second, &["--product", ""]));
    assert_eq!(top(&shop), first.as_str());
    assert_eq!(show(&shop, &second)["product"], Value::Null);
    let text = shop.ok(["show", &second]);
    assert!(
        text.contains("Put right: no product, before medical billing software"),
        "{text}"
    );
}

#[rstest]
#[case::nothing_given(2, &[], "required")]
#[case::as_it_is(1, &["--summary", " It does not start "], "nothing of 10001-4 would be otherwise")]
#[case::its_own_customer(1, &["--customer", "C-0001"], "nothing of 10001-4 would be otherwise")]
#[case::the_severity_in_force(1, &["--severity", "low", "--agreed-with", "Ada"], "nothing of 10001-4")]
#[case::no_summary(2, &["--summary", " "], "the summary is empty")]
#[case::nobody_known(3, &["--contact", "Bo"], "no contact of Blue Fern \"Bo\": known: Ada Moss; somebody new is added first \
    (`holdline contact add`)")]
#[case::nobody_to_call_back(2, &["--call-back", "+1 555 0199"], "name them too (--contact)")]
#[case::no_number(2, &["--contact", "Ada Moss", "--call-back", "soon"], "is no telephone number")]
#[case::nobody_agreed(2, &["--severity", "high"], "--agreed-with")]
#[case::agreed_by_nobody(2, &["--severity", "high", "--agreed-with", " "], "the name of who agreed is empty")]
#[case::unknown_severity(3, &["--severity", "hihg", "--agreed-with", "Ada"], "did you mean high?")]
#[case::an_entitlement_alone(2, &["--entitlement", "1"], "--customer")]
#[case::an_entitlement_of_the_same(2, &["--customer", "C-0001", "--entitlement", "1"], "or choose none (--entitlement)")]
#[case::unknown_customer(3, &["--customer", "Green Elm"], "Green Elm")]
#[case::an_office_where_there_is_none(1, &["--office", "uk"], "nothing of 10001-4 would be otherwise")]
fn what_cannot_be_changed_so_is_refused(
    #[case] code: i32,
    #[case] change: &[&str],
    #[case] words: &str,
) {
    let (shop, number) = incident("severity", &["--severity", "low"]);
    let said = shop.fails(code, edit(&number, change));
    assert!(said.contains(words), "{said}");
}

#[rstest]
#[case::no_severities("per-incident", &["--severity", "high", "--agreed-with", "Ada"], 1, "knows no severities")]
#[case::a_description("escalation", &["--detail", ""], 2, "asks for a clear description")]
#[case::unknown_office("escalation", &["--office", "spain"], 2, "spain")]
fn what_the_policy_asks_for_stays(
    #[case] policy: &str,
    #[case] change: &[&str],
    #[case] code: i32,
    #[case] words: &str,
) {
    let (shop, number) = incident(policy, &["--detail", "At noon"]);
    let said = shop.fails(code, edit(&number, change));
    assert!(said.contains(words), "{said}");
}

#[test]
fn another_severity_moves_the_deadline_as_agreeing_on_it_does() {
    let (shop, edited) = incident("severity", &["--severity", "low"]);
    let agreed = shop.log("Blue Fern", &["--severity", "low"]);
    let change = ["--severity", "critical", "--agreed-with", "Ada Moss"];
    let said = shop.ok(edit(&edited, &[&change[..], &["--dry-run"]].concat()));
    assert_eq!(
        said,
        "Nothing was changed. 10001-4 would be open\n\
         Put right: severity critical, before low\n\
         Severity critical agreed with Ada Moss\n\
         response: due Mon 7 Dec 2026 14:00 MST -> due Tue 24 Nov 2026 14:00 MST"
    );
    assert_eq!(show(&shop, &edited)["severity"]["agreed"], "low");
    shop.ok(edit(&edited, &change));
    shop.ok(["severity", &agreed, "critical", "--agreed-with", "Ada Moss"]);
    let due = clocks(&shop, &edited, "response");
    assert_eq!(due, ["running 2026-11-24T21:00:00Z"]);
    assert_eq!(due, clocks(&shop, &agreed, "response"));
}

#[test]
fn another_office_counts_its_own_hours_and_leaves_every_verdict() {
    let (shop, number) = incident("escalation", &["--detail", "At noon"]);
    shop.at("2026-11-24T10:00:00Z");
    shop.ok(["respond", &number, "We see it"]);
    shop.ok(["call", "log", &number, "--in"]);
    let before = clocks(&shop, &number, "response");
    let explained = shop.ok(["explain", &number]);
    let said = shop.ok(edit(&number, &["--office", "florida"]));
    assert!(
        said.starts_with("Put right: office florida, before uk\n"),
        "{said}"
    );
    let after = clocks(&shop, &number, "response");
    assert_eq!(before[0], after[0]);
    assert_ne!(before[1], after[1]);
    // What has stopped is still counted in the hours in which it ran.
    let first = |text: &str| text.split("\n\n").next().unwrap().to_owned();
    assert_eq!(first(&shop.ok(["explain", &number])), first(&explained));
    shop.ok(["desk", "check"]);
    shop.ok(["undo", &number]);
    assert_eq!(clocks(&shop, &number, "response"), before);
    shop.ok(["desk", "check"]);
}

#[test]
fn of_two_agents_the_later_one_is_told() {
    let (shop, number) = incident("severity", &["--severity", "low"]);
    let seen = show(&shop, &number)["revision"].to_string();
    shop.ok(edit(&number, &["--summary", "It stops"]));
    shop.ok(["agent", "add", "ben"]);
    let late = ["--summary", "It halts", "--if-revision", &seen];
    let said = shop.agent("ben").fails(4, edit(&number, &late));
    assert!(said.contains("mira") && said.contains("edited"), "{said}");
    assert_eq!(show(&shop, &number)["summary"], "It stops");
    // Nobody takes back what somebody else put right.
    let said = shop.fails(1, ["undo", &number]);
    assert!(said.contains("only who took it takes it back"), "{said}");
    let once = ["--summary", "It halts", "--once", "k1"];
    let first = shop.json(edit(&number, &once));
    assert_eq!(shop.json(edit(&number, &once)), first);
    assert_eq!(first["edited"]["old_summary"], "It stops");
    assert_eq!(entries(&shop, &number, "edited"), 2);
}

#[test]
fn what_was_merged_leads_to_the_other_one() {
    let (shop, first) = incident("severity", &["--severity", "low"]);
    let second = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["merge", &second, &first]);
    let said = shop.fails(1, edit(&second, &["--summary", "It stops"]));
    assert!(said.contains(&format!("was merged into {first}")), "{said}");
}

#[test]
fn what_was_put_right_can_be_read_after_its_texts_are_erased() {
    let (shop, number) = incident("severity", &["--severity", "low"]);
    let change = ["--summary", "It stops", "--contact", "Ada Moss"];
    shop.ok(edit(&number, &change));
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    let texts = ["summary", "old_summary", "contact"].map(|key| format!("'$.{key}', null"));
    let erase = format!(
        "UPDATE timeline SET words = json_set(words, {}) WHERE kind = 'edited'",
        texts.join(", ")
    );
    assert_eq!(desk.execute(&erase, []).unwrap(), 1);
    let text = shop.ok(["show", &number]);
    assert!(
        text.contains("Put right: summary [erased], before [erased]"),
        "{text}"
    );
}
