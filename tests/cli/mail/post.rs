//! Mail as it is written to the shop.

use serde_json::Value;

use crate::shop::{Ran, Shop};

/// A mail from an address, of one line.
pub fn mail(from: &str, subject: &str, more: &str) -> String {
    format!("{more}From: {from}\nTo: support@shop.test\nSubject: {subject}\n\nIt still stops.\n")
}

/// Gives a mail to the shop, which must take it, and what became of it.
pub fn post(shop: &Shop, mail: &str) -> Value {
    let ran = shop.run_with(mail, ["mail", "in", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let before: Ran = ran;
    serde_json::from_str(&before.stdout).unwrap()
}

/// A desk with one policy, and a customer whose Ada Moss writes from `ada@blue-fern.test`.
pub fn blue_fern(policy: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    shop.at("2026-11-23T10:00:00Z");
    let office: &[&str] = match policy {
        "escalation" => &["--office", "uk"],
        _ => &[],
    };
    shop.ok(["customer", "add", "Blue Fern"].iter().chain(office));
    let ada = ["Ada Moss", "--mail", "ada@blue-fern.test"];
    shop.ok(["contact", "add", "Blue Fern"].iter().chain(&ada));
    shop
}

/// The number that a mail went to.
pub fn number(outcome: &Value) -> String {
    outcome["tech_ref"].as_str().unwrap().to_owned()
}
