//! An incident as `show --json` tells it.

use serde_json::Value;

use crate::shop::Shop;

/// Everything that is shown of an incident now.
pub fn show(shop: &Shop, number: &str) -> Value {
    shop.json(["show", number])
}

/// Its clocks of a kind, oldest first, as `state due_at`; the state alone while it is paused.
pub fn clocks(shop: &Shop, number: &str, kind: &str) -> Vec<String> {
    let shown = show(shop, number);
    let clocks = shown["clocks"].as_array().unwrap();
    clocks
        .iter()
        .filter(|clock| clock["kind"] == kind)
        .map(|clock| {
            let state = clock["state"].as_str().unwrap();
            let due = clock["due_at"].as_str();
            due.map_or_else(|| state.to_owned(), |due| format!("{state} {due}"))
        })
        .collect()
}

/// How many entries of a kind its timeline has.
pub fn entries(shop: &Shop, number: &str, kind: &str) -> usize {
    let shown = show(shop, number);
    let timeline = shown["timeline"].as_array().unwrap();
    timeline
        .iter()
        .filter(|entry| entry["kind"] == kind)
        .count()
}
