//! `holdline policy`.

mod faults;
mod versions;

use std::fs;

use rstest::rstest;
use serde_json::json;

use crate::bare;
use crate::shop::Shop;

/// A small policy that is in order, a line a promise.
const OURS: &str = r#"name = "ours"
title = "Our own promise"
summary = "One line"
channels = ["phone"]
[calendar]
zone = "Europe/Paris"
[calendar.hours]
mon = ["09:00-17:00"]
[[outcome]]
name = "solved"
title = "It is solved"
"#;

/// The same with a setting.
fn with_setting() -> String {
    OURS.replace("One line", "Calls at $rate")
        + "[[setting]]\nkey = \"rate\"\nask = \"What does a call cost?\"\nexample = \"5.00\"\n"
}

#[test]
fn a_file_that_is_in_order_is_fine() {
    let shop = Shop::empty();
    fs::write(shop.path("ours.toml"), OURS).unwrap();
    assert_eq!(
        shop.ok(["policy", "check", "ours.toml"]),
        "ours.toml is fine: ours, Our own promise"
    );
    fs::write(shop.path("ours.toml"), with_setting()).unwrap();
    let said = shop.ok(["policy", "check", "ours.toml"]);
    assert!(
        said.ends_with(
            "Checked with the examples of what it leaves open: rate; adding it asks for the values"
        ),
        "{said}"
    );
    let said = shop.ok(["policy", "check", "ours.toml", "--set", "rate=7"]);
    assert_eq!(said, "ours.toml is fine: ours, Our own promise");
    assert!(!shop.desk().exists());
}

#[test]
fn a_warning_is_marked_and_does_no_harm() {
    let shop = Shop::empty();
    fs::write(
        shop.path("ours.toml"),
        with_setting().replace("$rate", "one"),
    )
    .unwrap();
    let said = shop.ok(["policy", "check", "ours.toml"]);
    assert!(
        said.starts_with(
            "ours.toml: warning: line 12: setting.0: \"rate\" is asked for and never used; "
        ),
        "{said}"
    );
    let said = shop.json(["policy", "check", "ours.toml"]);
    assert_eq!(said["warnings"][0]["line"], 12);
    assert_eq!(said["examples"], json!(["rate"]));
}

#[test]
fn a_version_is_added_only_where_something_is_new() {
    let shop = Shop::new(&["severity"]);
    fs::write(shop.path("ours.toml"), with_setting()).unwrap();
    let said = shop.fails(2, ["policy", "add", "ours.toml"]);
    assert!(
        said.contains("--set rate=… (What does a call cost?)"),
        "{said}"
    );

    let add = ["policy", "add", "ours.toml", "--set", "rate=6.00"];
    assert_eq!(shop.ok(add), "Added ours, version 1");
    assert_eq!(
        shop.ok(add),
        "Nothing to change: ours is like this already, version 1"
    );
    let set = ["policy", "set", "ours", "rate=7.00"];
    assert_eq!(
        shop.ok(set),
        "Added ours, version 2; incidents of earlier versions keep theirs"
    );
    assert_eq!(
        shop.json(set),
        json!({"name": "ours", "version": 2, "added": false})
    );
    // The old settings again are a change: they are not the newest.
    assert_eq!(
        shop.json(add),
        json!({"name": "ours", "version": 3, "added": true})
    );
    let shown = shop.json(["policy", "show", "ours"]);
    assert_eq!(
        (&shown["version"], &shown["summary"]),
        (&json!(3), &json!("Calls at 6.00"))
    );
}

#[test]
fn the_same_key_again_repeats_the_answer() {
    let shop = Shop::new(&["severity"]);
    let add = ["policy", "add", "per-incident", "--once", "k1"];
    assert_eq!(shop.ok(add), "Added per-incident, version 1");
    assert_eq!(shop.ok(add), "Added per-incident, version 1");
}

#[rstest]
#[case(3, &["policy", "set", "severty", "a=b"], "no policy on this desk \"severty\": did you mean severity?")]
#[case(2, &["policy", "set", "severity", "rate=1"], "--set rate: the policy has no setting of that name")]
#[case(2, &["policy", "set", "severity", "rate"], "write KEY=VALUE")]
#[case(2, &["policy", "set", "severity", "severity:rate=1"], "write KEY=VALUE")]
#[case(2, &["policy", "set", "severity"], "KEY=VALUE")]
#[case(3, &["policy", "show", "nothing"], "no policy on this desk \"nothing\"")]
#[case(3, &["policy", "add", "severty"], "did you mean severity?")]
#[case(2, &["policy", "check", "none.toml"], "none.toml: ")]
fn what_cannot_be_done_is_told_and_changes_nothing(
    #[case] code: i32,
    #[case] args: &[&str],
    #[case] expected: &str,
) {
    let shop = Shop::new(&["severity"]);
    let said = shop.fails(code, args);
    assert!(said.contains(expected), "{said}");
    assert_eq!(shop.json(["policy", "list"])["desk"][0]["version"], 1);
}

#[test]
fn the_list_has_the_desk_first_and_what_is_shipped() {
    let shop = Shop::new(&["severity"]);
    let said = shop.ok(["policy", "list"]);
    assert!(
        said.contains(
            "\n  severity        version 1, added Mon 2026-11-23 21:00 +00:00: Five severities"
        ),
        "{said}"
    );
    assert!(
        said.contains("\n  tech-reference  A Tech Reference number for every issue"),
        "{said}"
    );
    let said = shop.json(["policy", "list"]);
    assert_eq!(said["desk"].as_array().unwrap().len(), 1);
    assert_eq!(said["desk"][0]["added_at"], "2026-11-23T21:00:00Z");
    assert_eq!(said["shipped"].as_array().unwrap().len(), 5);
    let alone = bare::ok(["policy", "list"], "");
    assert!(alone.starts_with("Come with Holdline:\n"), "{alone}");
}

#[test]
fn a_policy_is_shown_from_the_desk_the_program_or_a_file() {
    let shop = Shop::new(&["severity"]);
    assert!(
        shop.ok(["policy", "show", "severity"])
            .ends_with("On the desk, version 1")
    );
    let said = shop.ok(["policy", "show", "tech-reference"]);
    assert!(said.contains("Prepaid hours: 95.00 USD an hour"), "{said}");
    assert!(
        said.ends_with("these are examples, adding it asks for them: rate, currency, increment"),
        "{said}"
    );
    fs::write(shop.path("ours.toml"), OURS).unwrap();
    let said = shop.ok(["policy", "show", "ours.toml"]);
    assert!(said.starts_with("ours: Our own promise\n"), "{said}");
    let shown = shop.json(["policy", "show", "ours.toml"]);
    assert_eq!(
        (&shown["version"], &shown["calendar"]["zone"]),
        (&json!(null), &json!("Europe/Paris"))
    );
}
