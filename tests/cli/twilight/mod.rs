//! A sixth policy, made of parts of all five and of what none of them has: nothing is special-cased by a policy's name.
//! Offices of their own hours, prepaid hours, an emergency gate, a message for every occasion; lunch breaks, night shifts,
//! a half day, a yearly closure, and a resolution with pauses.

mod hours;
mod life;
mod tower;

use std::fs;

use crate::shop::Shop;

/// The policy's file.
pub const TWILIGHT: &str = include_str!("twilight.toml");

/// Adds the policy to a shop's desk.
pub fn add(shop: &Shop) {
    fs::write(shop.path("twilight.toml"), TWILIGHT).unwrap();
    shop.ok([
        "policy",
        "add",
        "twilight.toml",
        "--set",
        "rate=80.00",
        "currency=GBP",
    ]);
}

/// A shop that makes this promise, on Monday 23 November 2026 at nine in London, with a customer of its harbour office.
pub fn shop() -> Shop {
    shop_of("harbour")
}

/// The same with a customer of this office.
fn shop_of(office: &str) -> Shop {
    let shop = Shop::empty();
    shop.at("2026-11-23T09:00:00Z");
    shop.ok(["init", "--policy", "per-incident"]);
    add(&shop);
    let customer = ["customer", "add", "Blue Fern", "--policy", "twilight"];
    let manager = ["--account-manager", "accounts@shop.test"];
    let contact = ["--contact", "Ada", "--mail", "ada@blue-fern.test"];
    let more = [manager.as_slice(), &contact, &["--office", office]].concat();
    shop.ok(customer.iter().chain(&more));
    shop
}

/// An incident of that customer, accepted, with this severity.
pub fn accepted(shop: &Shop, severity: &str) -> String {
    let number = shop.log("Blue Fern", &["--contact", "Ada", "--severity", severity]);
    shop.ok(["accept", &number]);
    number
}

/// As [`accepted`], and paid for.
pub fn paid(shop: &Shop, severity: &str) -> String {
    let number = accepted(shop, severity);
    shop.ok(["pay", &number, "--method", "online", "--reference", "R1"]);
    number
}
