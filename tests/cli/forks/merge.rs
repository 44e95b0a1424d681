//! One matter that was logged twice.

use super::{entitle, left, pay, shop};
use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// Two incidents of one customer, an hour apart.
fn two(policy: &str, more: &[&str]) -> (Shop, String, String) {
    let shop = shop(policy);
    let first = shop.log("Blue Fern", more);
    shop.at("2026-11-23T22:00:00Z");
    let second = shop.log("Blue Fern", more);
    (shop, first, second)
}

#[test]
fn the_old_number_leads_to_the_other_one_everywhere() {
    let (shop, first, second) = two("severity", &["--severity", "low"]);
    let after = shop.json(["merge", &second, &first]);
    assert_eq!(after["tech_ref"], first.as_str());
    let merged = show(&shop, &second);
    assert_eq!(merged["state"], "merged");
    assert_eq!(merged["merged_into"], first.as_str());
    assert_eq!(show(&shop, &first)["merged_from"][0], second.as_str());

    // Found by its old number before anything else is said there.
    let listed = shop.json(["list", &second]);
    assert_eq!(listed[0]["tech_ref"], first.as_str());
    assert_eq!(listed.as_array().unwrap().len(), 1);
    shop.ok(["desk", "check"]);

    let text = shop.ok(["show", &second]);
    assert!(
        text.contains(&format!("Merged into   {first}, where it goes on")),
        "{text}"
    );
    assert!(text.contains(&format!("Merged from   {second}")), "{text}");

    let call = shop.run(["call", "log", &second, "--in", "--note", "Still dark"]);
    assert!(call.stdout.starts_with(&first), "{call:?}");
    assert!(call.stderr.contains("recorded there"), "{call:?}");
    assert_eq!(
        shop.json(["note", &second, "Hm"])["tech_ref"],
        first.as_str()
    );
    assert_eq!(entries(&shop, &first, "contacted"), 1);
    assert_eq!(entries(&shop, &second, "contacted"), 0);

    let said = shop.fails(1, ["respond", &second, "Try this"]);
    assert!(said.contains(&format!("was merged into {first}")), "{said}");
}

#[test]
fn its_clocks_are_cancelled_and_the_earlier_start_is_taken_over() {
    let (shop, first, second) = two("severity", &["--severity", "low"]);
    let due = clocks(&shop, &first, "response");
    shop.ok(["merge", &first, &second]);
    assert!(clocks(&shop, &first, "response")[0].starts_with("cancelled"));
    let response = clocks(&shop, &second, "response");
    assert!(response[0].starts_with("replaced"), "{response:?}");
    assert_eq!(response[1..], due);
}

#[test]
fn the_later_start_is_not_taken_over() {
    let (shop, first, second) = two("severity", &["--severity", "low"]);
    let due = clocks(&shop, &first, "response");
    shop.ok(["merge", &second, &first]);
    assert_eq!(clocks(&shop, &first, "response"), due);
}

#[test]
fn where_every_contact_is_answered_a_merge_asks_for_the_answer() {
    let shop = Shop::new(&["escalation"]);
    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    let detail = ["--detail", "No calls since noon"];
    let first = shop.log("Blue Fern", &detail);
    shop.ok(["respond", &first, "We see it"]);
    shop.at("2026-11-23T22:00:00Z");
    let second = shop.log("Blue Fern", &detail);
    let due = clocks(&shop, &second, "response");
    shop.ok(["merge", &second, &first]);
    assert_eq!(clocks(&shop, &first, "response")[1..], due);
}

#[test]
fn where_the_first_contact_alone_is_answered_it_asks_for_none_again() {
    let (shop, first, second) = two("severity", &["--severity", "low"]);
    shop.ok(["respond", &first, "We see it", "--estimate", "+2d"]);
    shop.ok(["merge", &second, &first]);
    let response = clocks(&shop, &first, "response");
    assert_eq!(response.len(), 1, "{response:?}");
}

#[test]
fn who_asks_again_has_been_heard() {
    let shop = shop("severity");
    let first = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["wait", &first, "Which version?"]);
    shop.at("2026-11-23T22:00:00Z");
    let second = shop.log("Blue Fern", &["--severity", "low"]);
    assert_eq!(shop.json(["merge", &second, &first])["state"], "open");
    assert!(clocks(&shop, &first, "silence")[0].starts_with("cancelled"));
}

#[test]
fn its_unit_goes_back_to_the_balance() {
    let shop = shop("season-ticket");
    entitle(&shop, "pack");
    let numbers = [(); 2].map(|()| shop.log("Blue Fern", &[]));
    for number in &numbers {
        shop.ok(["accept", number]);
    }
    assert_eq!(left(&shop), [8]);
    shop.ok(["merge", &numbers[1], &numbers[0]]);
    assert_eq!(left(&shop), [9]);
}

#[test]
fn its_payment_becomes_an_unused_purchase() {
    let (shop, first, second) = two("per-incident", &[]);
    pay(&shop, &first);
    pay(&shop, &second);
    shop.ok(["merge", &second, &first]);
    assert_eq!(left(&shop), [1]);
    assert!(show(&shop, &second)["money"].is_null());
    assert_eq!(show(&shop, &first)["money"]["paid"], "139.00");
    shop.fails(1, ["refund", &second, "--reason", "Twice"]);
    let third = shop.log("Blue Fern", &[]);
    let shown = show(&shop, &third);
    assert_eq!(shown["state"], "open");
    assert_eq!(shown["entitlement"]["price"], "139.00");
    shop.ok(["desk", "check"]);
}

#[test]
fn time_that_was_paid_for_becomes_prepaid_time() {
    let (shop, first, second) = two("tech-reference", &[]);
    for number in [&first, &second] {
        let by = ["--method", "visa", "--reference", "ORDER-1"];
        shop.ok(["pay", number].iter().chain(&by));
    }
    shop.ok(["merge", &second, &first]);
    assert_eq!(left(&shop), [900]);
}

#[test]
fn the_higher_level_counts_with_what_was_said() {
    let shop = Shop::new(&["escalation"]);
    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    let detail = ["--detail", "No calls since noon"];
    let [first, second] = [(); 2].map(|()| shop.log("Blue Fern", &detail));
    let up = [
        "escalate",
        &second,
        "--ground",
        "not-urgent-enough",
        "--concern",
        "Today",
    ];
    shop.ok(up);
    shop.ok(["merge", &second, &first]);
    let shown = show(&shop, &first);
    assert_eq!(shown["escalation_level"], 1);
    assert_eq!(shown["escalations"][0]["concern"], "Today");
    assert_eq!(shown["escalations"][0]["merged_from"], second.as_str());
    shop.ok(["escalation", "answer", &first, "--level", "1", "We hurry"]);
    shop.ok(["unmerge", &second]);
    assert_eq!(show(&shop, &first)["escalation_level"], 0);
    assert_eq!(show(&shop, &second)["escalation_level"], 1);
}

#[test]
fn what_is_no_one_matter_is_not_merged() {
    let (shop, first, second) = two("per-incident", &[]);
    let refused = |code, number: &str, into: &str, why: &str| {
        let said = shop.fails(code, ["merge", number, into]);
        assert!(said.contains(why), "{said}");
    };
    refused(2, &first, &first, "into itself");
    shop.customer("Red Oak");
    let other = shop.log("Red Oak", &[]);
    refused(1, &first, &other, "two customers: link them instead");
    pay(&shop, &first);
    refused(
        1,
        &first,
        &second,
        &format!("merge {second} into {first} instead"),
    );
    let paid = ["resolve", &first, "--outcome", "solution", "--detail", "So"];
    shop.ok(paid);
    refused(
        1,
        &second,
        &first,
        "reopen it before you merge another one into it",
    );
    refused(1, &first, &second, "reopen it before you merge it");
    shop.ok(["decline", &second, "--reason", "Training"]);
    refused(1, &second, &first, "log a new incident");
}

#[test]
fn two_policies_are_two_matters() {
    let shop = Shop::new(&["per-incident", "season-ticket"]);
    shop.customer("Blue Fern");
    let one = shop.log("Blue Fern", &[]);
    let other = shop.log("Blue Fern", &["--policy", "season-ticket"]);
    let said = shop.fails(1, ["merge", &one, &other]);
    assert!(said.contains("under policy per-incident"), "{said}");
}

#[test]
fn a_merge_is_done_once_and_on_what_was_seen() {
    let (shop, first, second) = two("severity", &["--severity", "low"]);
    shop.ok(["note", &second, "Hm"]);
    shop.fails(4, ["merge", &second, &first, "--if-revision", "1"]);
    let merge = ["merge", &second, &first, "--once", "K1"];
    let after = shop.json(merge);
    assert_eq!(shop.json(merge), after);
    assert_eq!(entries(&shop, &first, "merged-from"), 1);
}

#[rstest::rstest]
#[case(
    "per-incident",
    "per-incident --method online --reference R-1",
    "online"
)]
#[case("season-ticket", "pack --method cash --reference R-1", "cash")]
fn what_was_paid_anew_after_a_refund_is_kept_too(
    #[case] policy: &str,
    #[case] bought: &str,
    #[case] method: &str,
) {
    let shop = Shop::new(&[policy]);
    shop.customer("Blue Fern");
    let again = format!("pay --method {method} --reference R-2");
    let [first, second] = [(); 2].map(|()| {
        shop.entitle("Blue Fern", bought);
        let number = shop.log("Blue Fern", &[]);
        if policy == "season-ticket" {
            shop.ok(["accept", &number]);
        }
        number
    });
    shop.ok(["refund", &second, "--reason", "Wrong card"]);
    shop.ok(again.split(' ').chain([second.as_str()]));
    shop.ok(["merge", &second, &first]);
    let receipt = shop.ok(["receipt", &second]);
    assert!(
        receipt.contains("is in the customer's balance, entitlement 3"),
        "{receipt}"
    );
    shop.ok(["desk", "check"]);
    shop.ok(["unmerge", &second]);
    assert_eq!(show(&shop, &second)["state"], "open");
    shop.ok(["desk", "check"]);
}
