//! An incident as `show --json` tells it.

use serde_json::Value;

use crate::shop::Shop;

/// Everything that is shown of an incident now.
pub fn show(shop: &Shop, number: &str) -> Value {
    shop.json(["show", number])
}

/// Its clocks of a kind, oldest first, as `state due_at`.
pub fn clocks(shop: &Shop, number: &str, kind: &str) -> Vec<String> {
    let shown = show(shop, number);
    let clocks = shown["clocks"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    clocks
        .iter()
        .filter(|clock| clock["kind"] == kind)
        .map(|clock| format!("{} {}", text(&clock["state"]), text(&clock["due_at"])))
        .collect()
}

/// The states of its clocks of a kind, oldest first.
pub fn states(shop: &Shop, number: &str, kind: &str) -> Vec<String> {
    let clocks = clocks(shop, number, kind);
    let state = |clock: &String| clock.split(' ').next().unwrap().to_owned();
    clocks.iter().map(state).collect()
}
