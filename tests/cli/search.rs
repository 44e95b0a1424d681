//! `holdline search`.

use crate::shop::Shop;

fn shop() -> (Shop, [String; 3]) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let log = |summary: &str| {
        shop.ok([
            "log",
            "--customer",
            "Blue Fern",
            "--severity",
            "low",
            "--summary",
            summary,
        ])
    };
    let numbers = [
        log("Printer jams"),
        log("Toner is low"),
        log("Screen flickers"),
    ];
    (shop, numbers)
}

fn found(shop: &Shop, args: &[&str]) -> Vec<String> {
    let found = shop.json([&["search"], args].concat());
    let found = found.as_array().unwrap().iter();
    found
        .map(|one| one["tech_ref"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn words_are_found_wherever_they_stand_the_newest_first() {
    let (shop, [jam, toner, screen]) = shop();
    shop.ok(["note", &toner, "The prínter asks for paper, too"]);
    assert_eq!(found(&shop, &["PRINT"]), [toner.clone(), jam.clone()]);
    assert_eq!(
        found(&shop, &["printer -paper"]),
        std::slice::from_ref(&jam)
    );
    assert_eq!(
        found(&shop, &["printer toner"]),
        std::slice::from_ref(&toner)
    );
    assert_eq!(found(&shop, &["blue fern", "--limit", "1"]), [screen]);
    // What has ended is found as well, unless a term says otherwise.
    shop.ok(["close", &jam, "--as", "withdrawn", "--detail", "Gone"]);
    assert_eq!(found(&shop, &["jams"]), std::slice::from_ref(&jam));
    assert_eq!(found(&shop, &["jams state:open"]), [] as [String; 0]);
}

#[test]
fn the_entry_that_has_the_words_is_shown() {
    let (shop, [jam, toner, _]) = shop();
    shop.ok([
        "note",
        &toner,
        "We spoke at length of the printer downstairs",
    ]);
    let table = shop.ok(["search", "printer"]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[1].starts_with(&toner), "{table}");
    assert!(
        lines[1].ends_with("…length of the printer downstairs"),
        "{table}"
    );
    assert!(
        lines[2].starts_with(&jam) && lines[2].ends_with("Printer jams"),
        "{table}"
    );
    let json = shop.json(["search", "printer"]);
    assert_eq!(json[0]["found"]["kind"], "noted");
    assert_eq!(json[1]["found"], serde_json::Value::Null);
}

#[test]
fn what_is_not_found_or_not_understood_is_said() {
    let (shop, _) = shop();
    shop.fails(2, ["search"]);
    shop.fails(2, ["search", "  "]);
    let said = shop.fails(2, ["search", "--newest"]);
    assert!(said.contains("holdline search --help"), "{said}");
    let said = shop.fails(2, ["search", "sevrity:low"]);
    assert!(said.contains("severity"), "{said}");
    let ran = shop.run(["search", "missed"]);
    assert!(ran.stderr.contains("is:missed"), "{ran:?}");
    let ran = shop.run(["search", "fern", "--limit", "2"]);
    assert!(ran.stderr.contains("more than these 2"), "{ran:?}");
}

#[test]
fn where_nothing_is_found_a_caller_of_that_name_is_named() {
    let (shop, _) = shop();
    shop.ok(["contact", "add", "Blue Fern", "Katrin Lindqvist"]);
    let whose = "is:any` lists what Blue Fern has";
    for (typed, how) in [("katrin", "called so,"), ("linkvist", "called nearly so,")] {
        for command in ["search", "list"] {
            let ran = shop.run([command, typed]);
            let said = &ran.stderr;
            assert!(said.contains(how) && said.contains(whose), "{ran:?}");
        }
    }
    let found = found(&shop, &["customer:\"Blue Fern\" is:any"]);
    assert_eq!(found.len(), 3);
    let ran = shop.run(["search", "zzzz"]);
    assert_eq!(ran.stderr, "");
}
