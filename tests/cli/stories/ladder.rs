//! A matter that goes up the ladder.

use crate::seen::show;
use crate::shop::Shop;

fn up(number: &str, more: &[&str]) -> Vec<String> {
    let args = [
        "escalate",
        number,
        "--ground",
        "no-satisfactory-reply",
        "--concern",
        "It still stops",
    ];
    args.iter()
        .chain(more)
        .map(|word| (*word).to_owned())
        .collect()
}

#[test]
fn level_three_is_refused_and_then_granted() {
    let shop = Shop::new(&["escalation"]);
    // Friday at ten in the morning in London.
    shop.at("2026-11-27T10:00:00Z");
    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    let number = shop.log(
        "Blue Fern",
        &["--channel", "mail", "--detail", "Lines drop"],
    );
    let third = up(&number, &["--level", "3", "--confirm", &number]);
    let said = shop.fails(1, &third);
    assert!(said.contains("level 3 comes after level 1"), "{said}");
    shop.ok(up(&number, &[]));
    shop.at("2026-11-27T11:00:00Z");
    let call = ["call", "log", &number, "--in", "--minutes", "9"];
    shop.ok(call.iter().chain(&["--note", "They are cross"]));
    shop.at("2026-11-27T11:10:00Z");
    // A call with an agent is no call with the account manager.
    let said = shop.fails(1, up(&number, &["--level", "2", "--call"]));
    assert!(
        said.contains("no call with the account manager is logged since level 1"),
        "{said}"
    );
    shop.ok(call.iter().chain(&["--with", "account_manager"]));
    shop.ok(up(&number, &["--level", "2", "--call"]));
    // Neither is answered, and neither is a business day old.
    let said = shop.fails(1, &third);
    assert!(said.contains("level 1 is not answered yet"), "{said}");
    // The weekend is no business day.
    shop.at("2026-11-29T12:00:00Z");
    let said = shop.fails(1, &third);
    assert!(
        said.contains("wait until Mon 30 Nov 2026 10:00 GMT"),
        "{said}"
    );
    shop.at("2026-11-30T10:00:00Z");
    let said = shop.fails(1, &third);
    assert!(said.contains("level 2 is not answered yet"), "{said}");
    shop.ok([
        "escalation",
        "answer",
        &number,
        "--level",
        "2",
        "An engineer rings today",
    ]);
    let said = shop.fails(1, up(&number, &["--level", "3"]));
    assert!(said.contains("very serious"), "{said}");
    shop.ok(&third);
    let shown = show(&shop, &number);
    assert_eq!(shown["escalation_level"], 3);
    assert_eq!(shown["escalations"][1]["evidence"], "call");
    assert_eq!(shown["escalations"][1]["answer"], "An engineer rings today");
    // It outlives the resolution and the reopening, and is found by those who look after such.
    shop.ok(["resolve", &number, "--outcome", "satisfied"]);
    shop.at("2026-11-30T12:00:00Z");
    shop.ok([
        "reopen",
        &number,
        "--by",
        "customer",
        "--reason",
        "It drops again",
    ]);
    assert_eq!(show(&shop, &number)["escalation_level"], 3);
    let found = shop.json(["list", "level:>=3"]);
    assert_eq!(found[0]["tech_ref"], number.as_str());
    // Taken back from the top down.
    let said = shop.fails(
        1,
        [
            "escalation",
            "withdraw",
            &number,
            "--level",
            "1",
            "--reason",
            "Solved",
        ],
    );
    assert!(said.contains("stands under a higher one"), "{said}");
    for level in ["3", "2", "1"] {
        shop.ok([
            "escalation",
            "withdraw",
            &number,
            "--level",
            level,
            "--reason",
            "Solved",
        ]);
    }
    assert_eq!(show(&shop, &number)["escalation_level"], 0);
    shop.ok(["desk", "check"]);
}
