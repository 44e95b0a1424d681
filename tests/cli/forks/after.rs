//! What comes after an incident has ended.

use rstest::rstest;

use super::shop;
use crate::seen::show;
use crate::shop::Shop;

/// An incident that was resolved, and to which the customer came back.
fn answered(outcome: &[&str]) -> (Shop, String) {
    let shop = shop("severity");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["resolve", &number, "--outcome"].iter().chain(outcome));
    assert!(view(&shop).is_empty());
    shop.at("2026-11-24T21:00:00Z");
    shop.ok(["call", "log", &number, "--in", "--note", "Not yet"]);
    (shop, number)
}

/// The view *Answered after resolution*.
fn view(shop: &Shop) -> Vec<String> {
    let listed = shop.json(["list", "is:answered-after-resolution"]);
    let numbers = listed.as_array().unwrap().iter();
    numbers
        .map(|one| one["tech_ref"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn who_comes_back_is_kept_on_it_and_in_view() {
    let (shop, number) = answered(&["fixed"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "resolved");
    assert_eq!(shown["answered_after"], "2026-11-24T21:00:00Z");
    assert_eq!(view(&shop), [number.as_str()]);
    let text = shop.ok(["show", &number]);
    assert!(text.contains("Came back     "), "{text}");
}

#[rstest]
#[case::a_note(&["note", "REF", "They thank us"])]
#[case::a_call(&["call", "log", "REF", "--out"])]
#[case::reopening(&["reopen", "REF"])]
#[case::a_response(&["respond", "REF", "Ask them for the new driver"])]
fn what_somebody_dealt_with_is_out_of_view(#[case] step: &[&str]) {
    let (shop, number) = answered(&["third-party", "--product", "Driver 7"]);
    assert_eq!(view(&shop).len(), 1);
    shop.ok(step.iter().map(|word| word.replace("REF", &number)));
    assert!(view(&shop).is_empty());
}
