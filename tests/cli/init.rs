//! `holdline init`.

use std::fs;

use holdline::policy::shipped;

use crate::shop::Shop;

#[test]
fn it_makes_a_desk_and_says_what_to_do_next() {
    let shop = Shop::empty();
    let said = shop.ok(["init", "--policy", "severity", "--name", "Front desk"]);
    assert!(
        said.starts_with("Made the desk \"Front desk\" at "),
        "{said}"
    );
    assert!(said.contains("severity: Five severities"), "{said}");
    assert!(said.contains("Next: holdline customer add"), "{said}");
    assert!(shop.desk().is_file());
}

#[test]
fn json_names_the_desk_and_its_policies_in_order() {
    let shop = Shop::empty();
    let made = shop.json(["init", "--policy", "severity", "per-incident"]);
    assert_eq!(made["desk"], shop.desk().to_str().unwrap());
    assert_eq!(made["name"], "Support");
    assert_eq!(made["policies"][0]["name"], "severity");
    assert_eq!(made["policies"][1]["name"], "per-incident");
    assert_eq!(made["policies"][1]["version"], 1);
}

#[test]
fn every_shipped_policy_can_be_taken_at_once() {
    let shop = Shop::new(&[
        "per-incident",
        "severity",
        "season-ticket",
        "escalation",
        "tech-reference",
    ]);
    assert!(shop.desk().is_file());
}

#[test]
fn what_a_policy_leaves_open_is_asked_for_all_at_once() {
    let shop = Shop::empty();
    let said = shop.fails(
        2,
        ["init", "--policy", "tech-reference", "--set", "rate=95.00"],
    );
    assert!(said.contains("tech-reference: "), "{said}");
    assert!(said.contains("--set currency=…"), "{said}");
    assert!(said.contains("--set increment=…"), "{said}");
    assert!(!shop.desk().exists());
}

#[test]
fn a_setting_goes_to_all_that_ask_for_it_unless_it_names_one() {
    let shop = Shop::empty();
    for name in ["one", "two"] {
        fs::write(
            shop.path(&format!("{name}.toml")),
            format!(
                "name = \"{name}\"\ntitle = \"T\"\nsummary = \"in $currency\"\nchannels = [\"phone\"]\n\
                 [[setting]]\nkey = \"currency\"\nask = \"Which?\"\nexample = \"USD\"\n\
                 [[outcome]]\nname = \"done\"\ntitle = \"Done\"\n"
            ),
        )
        .unwrap();
    }
    let said = shop.ok([
        "init",
        "--policy",
        "one.toml",
        "--policy",
        "two.toml",
        "--set",
        "currency=EUR",
        "two.toml:currency=GBP",
    ]);
    assert!(said.contains("one: in EUR"), "{said}");
    assert!(said.contains("two: in GBP"), "{said}");
}

#[test]
fn a_file_of_ones_own_is_meant_by_the_name_of_its_policy() {
    let shop = Shop::empty();
    let text = shipped("tech-reference").unwrap();
    fs::write(shop.path("our-promise.toml"), text).unwrap();
    let init = ["init", "--policy", "our-promise.toml", "season-ticket"];
    let own = "tech-reference:currency=EUR";
    let set = [
        "--set",
        "currency=GBP",
        own,
        "rate=95.00",
        "increment=15m",
        "price=60.00",
        "pack_price=450.00",
        "product_management=pm@shop.test",
        "development=dev@shop.test",
    ];
    let said = shop.fails(
        2,
        init.iter()
            .chain(&set)
            .chain(&["tech-refrence:currency=EUR"]),
    );
    assert!(
        said.contains(
            "none of the policies is called tech-refrence; did you mean \"tech-reference\"?"
        ),
        "{said}"
    );
    let said = shop.fails(
        2,
        init.iter()
            .chain(&set)
            .chain(&["tech-reference:price=60.00"]),
    );
    assert!(
        said.contains("tech-reference has no setting of that name"),
        "{said}"
    );
    shop.ok(init.iter().chain(&set));
    let shown = shop.json(["policy", "show", "tech-reference"]);
    assert_eq!(shown["cover"]["hours"]["rate"], "95.00 EUR", "{shown}");
}

#[test]
fn a_setting_that_nobody_asks_for_is_refused_with_the_nearest() {
    let shop = Shop::empty();
    let said = shop.fails(
        2,
        [
            "init",
            "--policy",
            "tech-reference",
            "--set",
            "currancy=USD",
        ],
    );
    assert!(said.contains("did you mean \"currency\"?"), "{said}");
}

#[test]
fn an_unknown_policy_is_unknown_and_the_nearest_is_named() {
    let shop = Shop::empty();
    let said = shop.fails(3, ["init", "--policy", "severty"]);
    assert_eq!(
        said,
        "holdline: no policy \"severty\": did you mean severity?\n"
    );
    let said = shop.fails(3, ["init", "--policy", "zzzzzz"]);
    assert!(said.contains("known: per-incident, severity,"), "{said}");
}

#[test]
fn a_wrong_policy_file_is_told_with_its_name_line_and_key() {
    let shop = Shop::empty();
    fs::write(
        shop.path("ours.toml"),
        "name = \"ours\"\ntitle = \"Ours\"\nsumary = \"x\"\n",
    )
    .unwrap();
    let said = shop.fails(2, ["init", "--policy", "ours.toml"]);
    assert!(said.contains("ours.toml: line 3: sumary: "), "{said}");
    assert!(!shop.desk().exists());

    fs::write(shop.path("torn.toml"), "name = \"torn\"\ntitle = [\n").unwrap();
    let said = shop.fails(2, ["init", "--policy", "torn.toml"]);
    assert!(said.contains("torn.toml: line "), "{said}");
    let said = shop.fails(2, ["init", "--policy", "none.toml"]);
    assert!(said.contains("none.toml: "), "{said}");
}

#[test]
fn a_desk_that_exists_stays_as_it_is() {
    let shop = Shop::new(&["severity"]);
    let said = shop.fails(5, ["init", "--policy", "per-incident"]);
    assert!(said.contains("exists already"), "{said}");
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let shop = Shop::empty();
    fs::write(shop.path("file"), "a file, not a folder").unwrap();
    let inside = shop.path("file").join("desk.holdline");
    let said = shop.fails(
        5,
        [
            "init",
            "--policy",
            "severity",
            "--desk",
            inside.to_str().unwrap(),
        ],
    );
    assert!(said.contains("cannot be used"), "{said}");
    let said = shop.fails(
        5,
        [
            "init",
            "--policy",
            "severity",
            "--desk",
            "/proc/desk.holdline",
        ],
    );
    assert!(said.contains("/proc"), "{said}");
}
