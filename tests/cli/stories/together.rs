//! Two agents at the same time, each in a process of their own.

use super::at_once;
use crate::seen::show;
use crate::shop::Shop;

fn shop(policy: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    shop.customer("Blue Fern");
    for agent in ["bo", "zoe"] {
        shop.ok(["agent", "add", agent]);
    }
    shop
}

#[test]
fn the_tenth_and_the_eleventh_of_a_season_ticket() {
    let shop = shop("season-ticket");
    shop.entitle("Blue Fern", "pack --method cash --reference R-1");
    let numbers: Vec<String> = (0..11).map(|_| shop.log("Blue Fern", &[])).collect();
    for number in &numbers[..9] {
        shop.ok(["accept", number]);
    }
    let said = shop.ok(["customer", "show", "Blue Fern"]);
    assert!(said.contains("1 of 10 left"), "{said}");
    let (tenth, eleventh) = (numbers[9].as_str(), numbers[10].as_str());
    let ran = at_once(
        &shop,
        &[("bo", &["accept", tenth]), ("zoe", &["accept", eleventh])],
    );
    // Neither fails: one got the last unit, and the other is told that nothing was left.
    assert!(ran.iter().all(|ran| ran.code == 0), "{ran:#?}");
    let owed = |number: &str| show(&shop, number)["money"]["owed"].clone();
    let mut states: Vec<String> = [tenth, eleventh]
        .iter()
        .map(|number| show(&shop, number)["state"].as_str().unwrap().to_owned())
        .collect();
    let late = usize::from(states[0] == "open");
    assert_eq!(owed([tenth, eleventh][late]), "60.00");
    assert!(ran[late].stdout.contains("60.00 GBP owed"), "{ran:#?}");
    assert!(!ran[1 - late].stdout.contains("owed"), "{ran:#?}");
    states.sort();
    assert_eq!(states, ["awaiting-payment", "open"]);
    let said = shop.ok(["customer", "show", "Blue Fern"]);
    assert!(said.contains("0 of 10 left"), "{said}");
    shop.ok(["desk", "check"]);
}

#[test]
fn one_purchase_and_two_calls_at_the_same_moment() {
    let shop = shop("per-incident");
    let bought = "per-incident --method online --reference ORDER-1";
    shop.entitle("Blue Fern", bought);
    let log: &[&str] = &["log", "--customer", "Blue Fern", "--summary", "No sound"];
    let ran = at_once(&shop, &[("bo", log), ("zoe", log), ("mira", log)]);
    assert!(ran.iter().all(|ran| ran.code == 0), "{ran:#?}");
    let mut numbers: Vec<&str> = ran.iter().map(|ran| ran.stdout.trim()).collect();
    let told = ran
        .iter()
        .filter(|ran| ran.stderr.contains("awaiting payment of 139.00 USD"));
    assert_eq!(told.count(), 2, "{ran:#?}");
    numbers.sort_unstable();
    assert_eq!(numbers, ["10001-4", "10002-3", "10003-8"]);
    let open = shop.json(["list", "state:open"]);
    assert_eq!(open.as_array().unwrap().len(), 1);
    let unpaid = shop.json(["list", "state:awaiting-payment"]);
    assert_eq!(unpaid.as_array().unwrap().len(), 2);
    shop.ok(["desk", "check"]);
}

#[test]
fn the_same_incident_taken_by_two_is_ended_once() {
    let shop = shop("season-ticket");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["accept", &number]);
    shop.ok(["waive", &number, "--reason", "A first call is free"]);
    let solve: &[&str] = &["resolve", &number, "--outcome", "solution"];
    let close: &[&str] = &[
        "close",
        &number,
        "--as",
        "withdrawn",
        "--detail",
        "They rang off",
    ];
    let ran = at_once(&shop, &[("bo", solve), ("zoe", close)]);
    let mut codes: Vec<i32> = ran.iter().map(|ran| ran.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 1], "{ran:#?}");
    let late = ran.iter().find(|ran| ran.code == 1).unwrap();
    assert!(late.stderr.contains("reopen it before you"), "{late:#?}");
    shop.ok(["desk", "check"]);
}

#[test]
fn what_was_typed_on_older_state_says_who_was_faster() {
    let shop = shop("season-ticket");
    let number = shop.log("Blue Fern", &[]);
    let seen = show(&shop, &number)["revision"].to_string();
    let one = ["note", &number, "Mine", "--if-revision", &seen];
    let two = ["note", &number, "No, mine", "--if-revision", &seen];
    let ran = at_once(&shop, &[("bo", &one), ("zoe", &two)]);
    let mut codes: Vec<i32> = ran.iter().map(|ran| ran.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 4], "{ran:#?}");
    let late = ran.iter().find(|ran| ran.code == 4).unwrap();
    assert!(
        late.stderr.contains("was changed meanwhile by"),
        "{late:#?}"
    );
    assert!(late.stderr.contains("(noted)"), "{late:#?}");
}
