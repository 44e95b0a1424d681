//! Incidents that are tied to others: merged, linked, the same fault (`lifecycle.md`, "Forks").

mod after;
mod known;
mod link;
mod merge;
mod together;
mod unmerge;

use crate::shop::Shop;

/// A shop under one policy, with a customer.
pub fn shop(policy: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    shop.customer("Blue Fern");
    shop
}

/// Gives the customer something under the policy.
pub fn entitle(shop: &Shop, kind: &str) {
    shop.entitle("Blue Fern", &format!("{kind} --reference R-1"));
}

/// What is left of each of the customer's entitlements.
pub fn left(shop: &Shop) -> Vec<i64> {
    let shown = shop.json(["customer", "show", "Blue Fern"]);
    let owned = shown["entitlements"].as_array().unwrap();
    owned
        .iter()
        .map(|owned| owned["remaining"].as_i64().unwrap())
        .collect()
}

/// Pays for an incident.
pub fn pay(shop: &Shop, number: &str) {
    let by = ["--method", "online", "--reference", "ORDER-1"];
    shop.ok(["pay", number].iter().chain(&by));
}
