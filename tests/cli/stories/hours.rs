//! Hours that deviate on a day when several incidents run, and terms that change under them.

use std::fs;

use holdline::policy::shipped;
use serde_json::json;

use crate::seen::{clocks, show};
use crate::shop::Shop;

/// A paid incident, logged and paid at an instant.
fn paid(shop: &Shop, at: &str) -> String {
    shop.at(at);
    let number = shop.log("Blue Fern", &[]);
    let pay = ["--method", "online", "--reference", "ORDER-1"];
    shop.ok(["pay", &number].iter().chain(&pay));
    number
}

fn response(shop: &Shop, number: &str) -> String {
    clocks(shop, number, "response").remove(0)
}

/// The office loses its power at noon and has it back at two: what was answered stays as it is, what runs moves by what
/// it lost, what has missed its deadline before stays missed, what is logged meanwhile is promised the new hours.
#[test]
fn the_power_fails_at_noon() {
    let shop = Shop::new(&["per-incident", "severity"]);
    shop.at("2026-11-24T16:00:00Z").customer("Blue Fern");
    // Half past eight in California: due at 12:30. It is answered at eleven.
    let answered = paid(&shop, "2026-11-24T16:30:00Z");
    let early = paid(&shop, "2026-11-24T16:30:00Z");
    let later = paid(&shop, "2026-11-24T18:00:00Z");
    let elsewhere = shop.log(
        "Blue Fern",
        &["--policy", "severity", "--severity", "urgent"],
    );
    let unmoved = response(&shop, &elsewhere);
    shop.at("2026-11-24T19:00:00Z");
    shop.ok(["respond", &answered, "Try this"]);
    shop.at("2026-11-24T20:00:00Z");
    let add = ["closure", "add", "--policy", "per-incident"];
    let when = [
        "--from",
        "2026-11-24T20:00:00Z",
        "--to",
        "2026-11-24T22:00:00Z",
    ];
    let cut: Vec<&str> = add
        .iter()
        .chain(&when)
        .chain(&["--reason", "Power cut"])
        .copied()
        .collect();
    let preview = shop.json(cut.iter().chain(&["--dry-run"]));
    let done = shop.json(&cut);
    assert_eq!(preview["moved"], done["moved"]);
    let moved: Vec<_> = done["moved"].as_array().unwrap().iter().collect();
    let numbers: Vec<_> = moved.iter().map(|row| row["tech_ref"].clone()).collect();
    assert_eq!(numbers, [json!(early), json!(later)]);
    assert_eq!(response(&shop, &answered), "met 2026-11-24T20:30:00Z");
    assert_eq!(response(&shop, &early), "running 2026-11-24T22:30:00Z");
    assert_eq!(response(&shop, &later), "running 2026-11-25T00:00:00Z");
    assert_eq!(response(&shop, &elsewhere), unmoved);
    // Half past twelve: nobody counts while the office is dark.
    let meanwhile = paid(&shop, "2026-11-24T20:30:00Z");
    assert_eq!(response(&shop, &meanwhile), "running 2026-11-25T17:30:00Z");
    // The power is back at one, an hour early: the closure is taken back, and a shorter one added.
    shop.at("2026-11-24T21:00:00Z");
    shop.ok(["closure", "remove", "1"]);
    let shorter = ["--from", "2026-11-24T20:00:00Z", "--to", "now"];
    let shorter = ["closure", "add", "--all"].iter().chain(&shorter);
    shop.ok(shorter.chain(&["--reason", "Power cut"]));
    assert_eq!(response(&shop, &early), "running 2026-11-24T21:30:00Z");
    assert_eq!(response(&shop, &meanwhile), "running 2026-11-25T01:00:00Z");
    shop.at("2026-11-24T21:30:01Z");
    assert_eq!(response(&shop, &early), "missed 2026-11-24T21:30:00Z");
    assert_eq!(response(&shop, &answered), "met 2026-11-24T20:30:00Z");
    shop.ok(["desk", "check"]);
}

/// A target of four hours becomes one of two, and the price goes up, while one incident is open, one awaits its payment
/// and one is over.
#[test]
fn the_terms_change_while_incidents_are_open() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let over = paid(&shop, "2026-11-24T17:00:00Z");
    let solution = ["--outcome", "solution", "--detail", "Done"];
    shop.ok(["resolve", &over].iter().chain(&solution));
    let open = paid(&shop, "2026-11-24T17:00:00Z");
    let unpaid = shop.log("Blue Fern", &[]);
    let before = shop.ok(["show", &over, "--json"]);
    let text = shipped("per-incident").unwrap();
    let text = text.replace("139.00 USD", "149.00 USD");
    let text = text.replace("within = \"4h\"", "within = \"2h\"");
    fs::write(shop.path("new.toml"), text).unwrap();
    shop.ok(["policy", "add", "new.toml"]);
    assert_eq!(shop.ok(["show", &over, "--json"]), before);
    assert_eq!(response(&shop, &open), "running 2026-11-24T21:00:00Z");
    assert_eq!(show(&shop, &open)["money"]["price"], "139.00");
    // The one that awaits its payment keeps its target, and costs what it costs on the day.
    let pay = ["--method", "online", "--reference", "ORDER-2"];
    shop.ok(["pay", &unpaid].iter().chain(&pay));
    let shown = show(&shop, &unpaid);
    assert_eq!(shown["policy_version"], 1);
    assert_eq!(shown["money"]["paid"], "149.00");
    assert_eq!(response(&shop, &unpaid), "running 2026-11-24T21:00:00Z");
    let new = paid(&shop, "2026-11-24T17:00:00Z");
    assert_eq!(show(&shop, &new)["policy_version"], 2);
    assert_eq!(response(&shop, &new), "running 2026-11-24T19:00:00Z");
    // Opened again, the old one is still under its own version.
    shop.at("2026-11-24T18:00:00Z");
    shop.ok(["reopen", &over]);
    let shown = show(&shop, &over);
    assert_eq!(shown["policy_version"], 1);
    assert_eq!(shown["next_due_at"], "2026-11-24T22:00:00Z");
    assert_eq!(shown["money"]["owed"], "0.00");
    shop.ok(["desk", "check"]);
}
