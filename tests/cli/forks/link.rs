//! Incidents that have to do with each other.

use super::shop;
use crate::seen::{entries, show};

#[test]
fn a_link_leads_both_ways_whatever_became_of_them() {
    let shop = shop("per-incident");
    shop.customer("Red Oak");
    let one = shop.log("Blue Fern", &[]);
    let other = shop.log("Red Oak", &[]);
    shop.ok(["decline", &other, "--reason", "Training"]);
    shop.ok(["link", &one, &other]);
    assert_eq!(show(&shop, &one)["linked"][0], other.as_str());
    assert_eq!(show(&shop, &other)["linked"][0], one.as_str());
    let text = shop.ok(["show", &other]);
    assert!(text.contains(&format!("Linked        {one}")), "{text}");

    let seen = show(&shop, &one)["revision"].clone();
    shop.ok(["link", &one, &other]);
    assert_eq!(show(&shop, &one)["revision"], seen, "once is enough");

    shop.ok(["link", &other, &one, "--remove"]);
    assert_eq!(show(&shop, &one)["linked"], serde_json::json!([]));
    assert_eq!(entries(&shop, &other, "unlinked"), 1);
}

#[test]
fn what_cannot_be_linked_is_refused() {
    let shop = shop("per-incident");
    let [one, other, third] = [(); 3].map(|()| shop.log("Blue Fern", &[]));
    let said = shop.fails(2, ["link", &one, &one]);
    assert!(said.contains("linked with itself"), "{said}");
    shop.ok(["link", &one, &other]);
    let said = shop.fails(1, ["link", &one, &third, "--remove"]);
    assert!(said.contains("are not linked"), "{said}");
    let said = shop.fails(1, ["link", &third, &one, "--remove"]);
    assert!(said.contains("linked with no other incident"), "{said}");
    shop.fails(4, ["link", &one, &third, "--if-revision", "1"]);
}
