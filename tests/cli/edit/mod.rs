//! `edit`: what was taken down wrongly is put right, and an incident given to the customer whose it is (`lifecycle.md`,
//! "Forks").

mod fields;
mod mail;
mod money;
mod owner;
mod routing;

use crate::shop::Shop;

/// A shop under one policy with two customers: Blue Fern, for whom incidents are logged, and Red Oak.
fn shop(policy: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    for (name, person, mail) in [
        ("Blue Fern", "Ada Moss", "ada@blue-fern.test"),
        ("Red Oak", "Kim Reed", "kim@red-oak.test"),
    ] {
        match policy {
            "escalation" => shop.ok(["customer", "add", name, "--office", "uk"]),
            _ => shop.ok(["customer", "add", name]),
        };
        let reach = ["--phone", "+1 555 0100", "--mail", mail];
        shop.ok(["contact", "add", name, person].iter().chain(&reach));
    }
    shop
}

/// Gives a customer something, and says its number.
fn entitle(shop: &Shop, customer: &str, kind: &str, more: &[&str]) -> String {
    let terms = [&[kind, "--reference", "R-1"], more].concat();
    shop.entitle(customer, &terms.join(" "))
}

/// What is left of each of a customer's entitlements.
fn left(shop: &Shop, customer: &str) -> Vec<i64> {
    let shown = shop.json(["customer", "show", customer]);
    let owned = shown["entitlements"].as_array().unwrap();
    owned
        .iter()
        .map(|owned| owned["remaining"].as_i64().unwrap())
        .collect()
}

/// Gives an incident to Red Oak.
const TO_RED_OAK: [&str; 2] = ["--customer", "Red Oak"];

fn edit<'a>(number: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["edit", number], more].concat()
}
