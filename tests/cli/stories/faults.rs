//! One fault and many callers; one matter logged twice.

use serde_json::{Value, json};

use super::at_once;
use crate::seen::{clocks, show};
use crate::shop::Shop;

/// A customer with one person, who has a mail address or none.
fn customer(shop: &Shop, n: usize) -> String {
    let name = format!("Customer {n}");
    shop.customer(&name);
    let phone = format!("+1 555 01{n:02}");
    let person = format!("Person {n}");
    let mail = format!("person{n}@customer{n}.test");
    let add = ["contact", "add", &name, &person, "--phone", &phone];
    // Every fifth can only be called.
    let mail: &[&str] = if n.is_multiple_of(5) {
        &[]
    } else {
        &["--mail", &mail]
    };
    shop.ok(add.iter().chain(mail));
    name
}

/// The bad day: thirty callers, one fault, two agents at the telephones at once, and one message.
#[test]
fn a_bad_day_of_thirty_callers() {
    let shop = Shop::new(&["severity"]);
    for agent in ["bo", "zoe"] {
        shop.ok(["agent", "add", agent]);
    }
    let names: Vec<String> = (1..=30).map(|n| customer(&shop, n)).collect();
    let log = |n: usize, more: &[&str]| {
        let person = format!("Person {n}");
        let name = names[n - 1].as_str();
        shop.log(name, &[&["--contact", &person], more].concat())
    };
    let fault = log(1, &["--severity", "critical"]);
    shop.ok(["known", &fault]);
    // Two at a time, and nobody waits for the fault itself.
    let seen = show(&shop, &fault)["revision"].clone();
    for pair in (2..=29).collect::<Vec<usize>>().chunks(2) {
        let people: Vec<String> = pair.iter().map(|n| format!("Person {n}")).collect();
        let args: Vec<Vec<&str>> = pair
            .iter()
            .zip(&people)
            .map(|(n, person)| {
                let name = names[n - 1].as_str();
                let who = ["log", "--customer", name, "--contact", person];
                [&who[..], &["--same-as", &fault, "--severity", "high"]].concat()
            })
            .collect();
        let ran = at_once(&shop, &[("bo", &args[0]), ("zoe", &args[1])]);
        assert!(ran.iter().all(|ran| ran.code == 0), "{ran:#?}");
    }
    assert_eq!(show(&shop, &fault)["revision"], seen);
    // The thirtieth was logged before anybody knew, and the second rings once more.
    let late = log(30, &["--severity", "high"]);
    shop.ok(["known", &fault, "--add", &late]);
    let again = log(2, &["--same-as", &fault, "--severity", "high"]);
    let same = show(&shop, &fault)["same"].as_array().unwrap().len();
    assert_eq!(same, 30);

    shop.at("2026-11-23T23:30:00Z");
    let text = "Dear {contact},\n\n{number} is over: {detail}.";
    let resolve = [
        "resolve",
        &fault,
        "--outcome",
        "fixed",
        "--detail",
        "A cable",
    ];
    let all = ["--with-same", "--message", text];
    let resolve: Vec<&str> = resolve.iter().chain(&all).copied().collect();
    let foreseen = shop.json(resolve.iter().chain(&["--dry-run"]));
    let done = shop.json(&resolve);
    assert_eq!(done["resolved"].as_array().unwrap().len(), 30);
    assert_eq!(foreseen["messages"].as_array().unwrap().len(), 24);
    assert_eq!(done["messages"].as_array().unwrap().len(), 24);
    assert_eq!(done["to_call"].as_array().unwrap().len(), 6);
    // Each address once, and whoever rang twice reads both numbers.
    let list = shop.json(["mail", "list", "--limit", "99"]);
    let resolved = |message: &&Value| message["occasion"] == "resolved";
    let messages: Vec<&Value> = list.as_array().unwrap().iter().filter(resolved).collect();
    let mut to: Vec<String> = messages.iter().map(|one| one["to"].to_string()).collect();
    to.sort_unstable();
    to.dedup();
    assert_eq!(to.len(), 24);
    let twice = messages
        .iter()
        .find(|one| one["also"] != json!([]))
        .unwrap();
    assert_eq!(twice["to"], json!(["person2@customer2.test"]));
    assert_eq!(twice["also"], json!([again]));
    let first = twice["tech_ref"].as_str().unwrap();
    let says = format!("Dear Person 2,\n\n{first}, {again} is over: A cable.");
    assert_eq!(twice["text"], says);
    assert_eq!(shop.json(["list"]), json!([]), "nothing is left open");
    shop.ok(["desk", "check"]);
}

/// One matter is logged twice, merged, found to be two after all, and each ends for itself.
#[test]
fn merged_and_unmerged() {
    let shop = Shop::new(&["severity"]);
    let name = customer(&shop, 1);
    let first = shop.log(&name, &["--severity", "high"]);
    shop.at("2026-11-23T22:00:00Z");
    let second = shop.log(&name, &["--severity", "low"]);
    let alone = [&first, &second].map(|number| clocks(&shop, number, "response"));
    shop.ok(["merge", &second, &first]);
    // What is said about the old number meanwhile is kept where it leads.
    shop.ok(["call", "log", &second, "--in", "--note", "Still dark"]);
    let said = shop.fails(1, ["resolve", &second, "--outcome", "fixed"]);
    assert!(said.contains(&format!("was merged into {first}")), "{said}");
    shop.at("2026-11-24T16:00:00Z");
    shop.ok(["unmerge", &second]);
    assert_eq!(show(&shop, &second)["state"], "open");
    for (number, before) in [&first, &second].into_iter().zip(alone) {
        let due = before[0].split(' ').next_back().unwrap().to_owned();
        let now = clocks(&shop, number, "response");
        assert_eq!(now.last().unwrap(), &format!("running {due}"), "{number}");
    }
    shop.ok(["resolve", &first, "--outcome", "fixed"]);
    assert_eq!(show(&shop, &second)["state"], "open");
    let done = ["--outcome", "third-party", "--product", "A router"];
    shop.ok(["resolve", &second].iter().chain(&done));
    assert_eq!(shop.json(["list"]), json!([]));
    shop.ok(["desk", "check"]);
}
