//! `holdline tail`.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::shop::Shop;

fn shop() -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    (shop, number)
}

fn entries(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn the_newest_entries_come_first_in_their_order_with_whom_they_are_about() {
    let (shop, number) = shop();
    shop.ok(["note", &number, "The printer\nasks for paper"]);
    let all = entries(&shop.ok(["tail", "--json", "--no-follow", "--last", "1000"]));
    let places: Vec<i64> = all
        .iter()
        .map(|entry| entry["seq"].as_i64().unwrap())
        .collect();
    let expected: Vec<i64> = (1..).take(all.len()).collect();
    assert_eq!(places, expected);
    let added = all.iter().find(|entry| entry["kind"] == "customer-added");
    let added = added.unwrap();
    assert_eq!(added["customer"], "C-0001");
    assert_eq!(added["tech_ref"], Value::Null);
    let note = all.last().unwrap();
    assert_eq!(note["kind"], "noted");
    assert_eq!(note["tech_ref"], number.as_str());
    assert_eq!(note["customer"], "C-0001");
    assert!(note["agent"].as_str().unwrap().ends_with("mira"));
    assert!(note["text"].as_str().unwrap().contains("asks for paper"));
    // As many as are asked for, or from a place on.
    let last = entries(&shop.ok(["tail", "--json", "--no-follow", "--last", "2"]));
    assert_eq!(last, all[all.len() - 2..]);
    let after = (all.len() - 3).to_string();
    let rest = entries(&shop.ok(["tail", "--json", "--no-follow", "--after", &after]));
    assert_eq!(rest, all[all.len() - 3..]);
    // For reading: a line each, whatever the text.
    let said = shop.ok(["tail", "--no-follow", "--last", "1"]);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains(&number) && said.contains("asks for paper"),
        "{said}"
    );
}

#[test]
fn it_says_what_others_do_as_they_do_it() {
    let (shop, number) = shop();
    let mut tail = Command::new(env!("CARGO_BIN_EXE_holdline"))
        .args(["tail", "--json", "--last", "0"])
        .env_clear()
        .envs(shop.environment())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(tail.stdout.take().unwrap()).lines();
    let mut next = || entries(&lines.next().unwrap().unwrap()).remove(0);
    // It may begin before or after this one.
    shop.ok(["note", &number, "First"]);
    shop.agent("root").ok(["agent", "add", "bela"]);
    shop.agent("bela").ok(["note", &number, "Second"]);
    let second = std::iter::repeat_with(&mut next)
        .find(|entry| entry["text"].as_str().unwrap().contains("Second"))
        .unwrap();
    assert_eq!(second["tech_ref"], number.as_str());
    // It ends by itself where the reader goes.
    drop(lines);
    assert!(tail.wait().unwrap().success());
}

#[test]
fn a_place_is_a_number() {
    let (shop, _) = shop();
    let said = shop.fails(2, ["tail", "--after", "yesterday"]);
    assert!(said.contains("yesterday"), "{said}");
    let said = shop.fails(2, ["tail", "--after", "3", "--last", "3"]);
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_place_that_no_entry_has_yet_is_refused_with_the_newest_one() {
    let (shop, _) = shop();
    let all = entries(&shop.ok(["tail", "--json", "--no-follow", "--last", "1000"]));
    let newest = all.len();
    let said = shop.fails(3, ["tail", "--after", &(newest + 1).to_string()]);
    assert!(
        said.contains(&format!("the newest one is at {newest}")),
        "{said}"
    );
    let rest = shop.ok(["tail", "--no-follow", "--after", &newest.to_string()]);
    assert_eq!(rest, "");
}
