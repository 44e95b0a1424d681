//! What customers bought: days as people say them, and money that is given back.

use serde_json::json;

use crate::shop::Shop;

#[test]
fn days_are_typed_as_people_say_them() {
    let shop = Shop::new(&["tech-reference"]);
    shop.customer("Blue Fern");
    let contract = shop.entitle("Blue Fern", "contract --from 1.11.2026 --to 31.12.");
    let shown = shop.json(["entitlement", "show", &contract]).to_string();
    assert!(
        shown.contains("2026-11-01") && shown.contains("2026-12-31"),
        "{shown}"
    );
    let end = ["entitlement", "end", &contract, "--reason", "Sold", "--on"];
    for (typed, day) in [("fri", "2026-11-27"), ("today", "2026-11-23")] {
        let ended = shop.json(end.iter().chain(&[typed]));
        assert_eq!(ended["to"], day);
    }
    let refused = shop.fails(2, end.iter().chain(&["soon"]));
    assert!(
        refused.contains("\"soon\" is no day: write it like"),
        "{refused}"
    );
    // What was looks back.
    shop.log("Blue Fern", &[]);
    let counted = shop.json(["report", "counts", "--from", "mon"]);
    assert_ne!(counted, json!([]));
    assert_eq!(shop.json(["report", "counts", "--to", "sun"]), json!([]));
    let refused = shop.fails(2, ["report", "--from", "soon"]);
    assert!(refused.contains("is no day"), "{refused}");
}

#[test]
fn a_pack_that_was_sold_by_mistake_is_given_back_as_a_whole() {
    let shop = Shop::new(&["season-ticket"]);
    shop.customer("Blue Fern");
    let pack = shop.entitle("Blue Fern", "pack --method cash --reference R-1");
    let end = [
        "entitlement",
        "end",
        &pack,
        "--refund",
        "--reason",
        "Sold to another",
    ];
    // What pays for something is not.
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["accept", &number]);
    let refused = shop.fails(1, end);
    assert!(refused.contains("pays for incidents already"), "{refused}");
    shop.ok(["undo", &number]);
    let ended = shop.json(end);
    assert_eq!(ended["refunded"], "450.00 GBP");
    assert_eq!(ended["to"], "2026-11-22");
    let shown = shop.json(["entitlement", "show", &pack]);
    assert_eq!(shown["refunded"], "450.00 GBP");
    assert_eq!(shown["remaining"], 10);
    // It pays for nothing any more, and is not given back twice.
    let pays = shop.json(["customer", "show", "Blue Fern"])["cover"].clone();
    assert_eq!(pays, "No contract: 60.00 GBP before work");
    let refused = shop.fails(1, end);
    assert!(refused.contains("ends on 2026-11-22 anyway"), "{refused}");
    let contract = shop.entitle("Blue Fern", "contract");
    let refused = shop.fails(
        1,
        [
            "entitlement",
            "end",
            &contract,
            "--refund",
            "--reason",
            "A slip",
        ],
    );
    assert!(refused.contains("nothing was paid"), "{refused}");
    // The reports have it.
    let report = shop.json(["report", "--only", "money"]);
    let money = &report["sections"]["money"]["rows"][0];
    let told = ["sold", "refunded", "kept"].map(|key| money[key].clone());
    assert_eq!(told, ["450.00", "450.00", "0.00"], "{report}");
    shop.ok(["desk", "check"]);
}
