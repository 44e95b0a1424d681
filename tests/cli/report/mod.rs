//! `holdline report`: every figure against a second computation in plain SQL, and every way of writing it.

mod oracle;
mod written;

use serde_json::Value;

use crate::shop::Shop;

/// A sample desk in June, when the clocks of no office change; a silence may have run out and not be written down.
fn sample() -> Shop {
    let shop = Shop::empty();
    shop.at("2026-06-24T16:10:00Z");
    shop.ok(["demo", "--incidents", "500", "--seed", "5"]);
    shop
}

/// The rows of a section.
fn rows(report: &Value, section: &str) -> Vec<Value> {
    let rows = &report["sections"][section]["rows"];
    rows.as_array()
        .unwrap_or_else(|| panic!("{section}: {report}"))
        .clone()
}
