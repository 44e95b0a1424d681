//! `holdline agent leave`.

use serde_json::{Value, json};

use crate::shop::Shop;

/// A shop in which bo has two incidents open and resolved a third.
fn shop() -> (Shop, [String; 3]) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.ok(["agent", "add", "bo"]);
    shop.ok(["agent", "add", "zoe"]);
    let numbers = [(); 3].map(|()| shop.log("Blue Fern", &["--severity", "low"]));
    for number in &numbers {
        shop.ok(["assign", number, "bo"]);
    }
    shop.agent("bo");
    shop.ok(["note", &numbers[2], "Nothing to it"]);
    shop.ok([
        "close",
        &numbers[2],
        "--as",
        "withdrawn",
        "--detail",
        "Gone",
    ]);
    shop.agent("mira");
    (shop, numbers)
}

fn assignee(shop: &Shop, number: &str) -> Value {
    shop.json(["show", number])["assignee"].clone()
}

#[test]
fn what_an_agent_has_open_is_handed_over_and_the_name_stays() {
    let (shop, [one, two, ended]) = shop();
    let said = shop.fails(1, ["agent", "leave", "bo"]);
    assert_eq!(
        said,
        format!(
            "holdline: bo has 2 open ({one}, {two}): say who takes over, or that they wait for somebody: --to AGENT, \
             or --unassign\n"
        )
    );
    let dry = shop.ok(["agent", "leave", "bo", "--to", "zoe", "--dry-run"]);
    assert_eq!(dry, format!("bo would leave; zoe takes over {one}, {two}"));
    assert_eq!(assignee(&shop, &one), "bo");
    let said = shop.json(["agent", "leave", "bo", "--to", "zoe"]);
    assert_eq!(
        said,
        json!({"agent": "bo", "dry_run": false, "to": "zoe", "incidents": [one, two]})
    );
    assert_eq!(shop.json(["agent", "list"]), json!(["mira", "zoe"]));
    assert_eq!(assignee(&shop, &one), "zoe");
    assert_eq!(assignee(&shop, &ended), "bo");
    let shown = shop.json(["show", &ended]);
    let timeline = shown["timeline"].as_array().unwrap();
    let by = |entry: &Value| entry["agent"].as_str().unwrap().ends_with("bo");
    assert!(timeline.iter().any(by), "{shown}");
    shop.ok(["desk", "check"]);
}

#[test]
fn who_left_cannot_act_until_added_again() {
    let (shop, [one, two, _]) = shop();
    let said = shop.ok(["agent", "leave", "bo", "--unassign"]);
    assert_eq!(
        said,
        format!("bo works here no more; {one}, {two} wait to be taken")
    );
    assert_eq!(assignee(&shop, &two), Value::Null);
    shop.agent("bo");
    for args in [
        &["note", &one, "I was here"][..],
        &["agent", "add", "bo"],
        &["customer", "add", "Grey Heron"],
    ] {
        let said = shop.fails(1, args);
        assert!(
            said.contains("bo left on 2026-11-23 and cannot act here"),
            "{said}"
        );
    }
    // Looking is no acting.
    shop.ok(["list"]);
    shop.agent("mira");
    let said = shop.fails(3, ["assign", &one, "bo"]);
    assert!(said.contains("bo"), "{said}");
    shop.ok(["agent", "add", "bo"]);
    shop.agent("bo").ok(["note", &one, "I am back"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn nobody_leaves_who_is_not_here_and_nobody_takes_over_who_is_not() {
    let (shop, _) = shop();
    let said = shop.fails(3, ["agent", "leave", "boo"]);
    assert!(said.contains("did you mean bo?"), "{said}");
    shop.fails(3, ["agent", "leave", "bo", "--to", "nobody"]);
    shop.fails(2, ["agent", "leave", "bo", "--to", "bo"]);
    shop.fails(2, ["agent", "leave", "bo", "--to", "zoe", "--unassign"]);
    // Oneself, with nothing open, is no exception.
    shop.agent("zoe").ok(["agent", "leave", "zoe"]);
    shop.fails(3, ["agent", "leave", "zoe"]);
}
