//! Another policy that comes with nobody: what the sixth leaves out of the five it has, offices of their own hours, prepaid
//! hours, an emergency gate, a message for every occasion; with a lunch break, a night shift and a resolution with pauses
//! in one of the offices.

mod hours;
mod life;

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
    let shop = Shop::empty();
    shop.at("2026-11-23T09:00:00Z");
    shop.ok(["init", "--policy", "per-incident"]);
    add(&shop);
    shop.ok([
        "customer",
        "add",
        "Blue Fern",
        "--policy",
        "twilight",
        "--office",
        "harbour",
        "--account-manager",
        "accounts@shop.test",
        "--contact",
        "Ada",
        "--mail",
        "ada@blue-fern.test",
    ]);
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

/// Gives the customer something that pays.
pub fn entitle(shop: &Shop, more: &[&str]) -> String {
    let add = ["entitlement", "add", "--customer", "Blue Fern", "--kind"];
    shop.ok(add.iter().chain(more))
}
