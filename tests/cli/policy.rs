//! `holdline policy`.

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

/// The small policy with one text in it replaced, or something added.
#[rstest]
#[case::malformed("channels = [", "channels = ]", "line 4: column 12: not TOML: ")]
#[case::unknown_key(
    "channels",
    "chanels",
    "line 4: chanels: unknown key \"chanels\"; did you mean \"channels\"?"
)]
#[case::zone(
    "Europe/Paris",
    "Europe/Pari",
    "line 6: calendar.zone: \"Europe/Pari\" is not an IANA time zone; "
)]
#[case::never_open(
    "mon = [\"09:00-17:00\"]",
    "",
    "line 7: calendar.hours: no day has open time; give at least one day"
)]
#[case::ladder(
    "[[outcome]]",
    "[[ground]]\nname = \"late\"\ntitle = \"Late\"\n[[level]]\nrole = \"support_manager\"\ntitle = \"Manager\"\n[[outcome]]",
    "line 13: level.0.role: the role \"support_manager\" has no address; add support_manager to [roles]"
)]
#[case::centuries(
    "[calendar]",
    "patch = { within = \"9999999h\", counted = \"elapsed\", when_closed = \"as-is\" }\n[calendar]",
    "line 5: patch.within: \"9999999h\" is longer than calendars reach; write a length"
)]
#[case::prefix(
    "[calendar]",
    "prefix = \"10001-\"\n[calendar]",
    "line 5: prefix: \"10001-\" would not be told apart from the number; use letters"
)]
#[case::channel_other(
    "\"phone\"",
    "\"other\"",
    "line 4: channels.0: \"other\" is whatever the agreement"
)]
#[case::channel_twice(
    "\"phone\"",
    "\"phone\", \"phone\"",
    "line 4: channels.1: \"phone\" is there twice; remove one"
)]
#[case::pause(
    "[calendar]",
    "resolution = { within = \"2d\", counted = \"business-days\" }\n[calendar]",
    "line 5: resolution.counted: this clock is paused while waiting for the customer"
)]
#[case::outcome(
    "name = \"solved\"\n",
    "",
    "line 9: outcome.0: \"name\" is missing; add name = …"
)]
#[case::outcome_empty(
    "\"solved\"",
    "\"\"",
    "line 10: outcome.0.name: it is empty; write a name"
)]
fn a_fault_is_told_with_file_line_key_and_remedy(
    #[case] from: &str,
    #[case] to: &str,
    #[case] expected: &str,
) {
    assert!(OURS.contains(from), "nothing to replace");
    let shop = Shop::empty();
    fs::write(shop.path("ours.toml"), OURS.replacen(from, to, 1)).unwrap();
    let said = shop.fails(2, ["policy", "check", "ours.toml"]);
    assert!(said.contains(&format!("ours.toml: {expected}")), "{said}");
}

#[test]
fn all_faults_are_told_a_line_each() {
    let shop = Shop::empty();
    let bad = OURS
        .replace("\"ours\"", "\"Ours\"")
        .replace("\"solved\"", "\"Solved\"");
    fs::write(shop.path("ours.toml"), bad).unwrap();
    let said = shop.fails(2, ["policy", "check", "ours.toml"]);
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].contains("ours.toml: line 1: name: "), "{said}");
    assert!(
        lines[1].starts_with("ours.toml: line 10: outcome.0.name: "),
        "{said}"
    );
    assert_eq!(lines.len(), 2, "{said}");
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

/// P1-09: what changes without notice changes for what comes after it, and the price alone for what is not ordered yet.
#[test]
fn p1_09_an_incident_keeps_the_version_that_it_was_opened_under() {
    let shop = Shop::empty();
    let ours = OURS.to_owned()
        + "[response]\ntarget = { within = \"4h\", counted = \"business-time\" }\ncontacts = \"first\"\nstarts = \"receipt\"\n";
    fs::write(shop.path("ours.toml"), &ours).unwrap();
    shop.at("2026-11-23T09:00:00Z");
    shop.ok(["init", "--policy", "ours.toml"]);
    shop.customer("Blue Fern");
    let log = |at: &str| shop.at(at).log("Blue Fern", &[]);
    let due = |number: &str| {
        let shown = shop.json(["show", number]);
        (
            shown["policy_version"].clone(),
            shown["clocks"][0]["due_at"].clone(),
            shown["clocks"][0]["state"].clone(),
        )
    };
    let met = log("2026-11-23T09:00:00Z");
    shop.at("2026-11-23T11:00:00Z")
        .ok(["respond", &met, "Try this"]);
    let open = log("2026-11-23T11:00:00Z");
    let before = (due(&met), due(&open));
    assert_eq!(
        before.0,
        (json!(1), json!("2026-11-23T13:00:00Z"), json!("met"))
    );
    assert_eq!(
        before.1,
        (json!(1), json!("2026-11-23T15:00:00Z"), json!("running"))
    );
    // Shorter hours, a shorter target, another outcome: a new version.
    let changed = ours
        .replace("4h", "1h")
        .replace("09:00-17:00", "09:00-12:30")
        .replace("\"solved\"", "\"done\"");
    fs::write(shop.path("ours.toml"), changed).unwrap();
    assert_eq!(
        shop.ok(["policy", "add", "ours.toml"]),
        "Added ours, version 2; incidents of earlier versions keep theirs"
    );
    assert_eq!(
        (due(&met), due(&open)),
        before,
        "a change moves nothing that was there (clocks.md, trap 22)"
    );
    let later = log("2026-11-23T11:15:00Z");
    assert_eq!(
        due(&later),
        (json!(2), json!("2026-11-30T08:45:00Z"), json!("running"))
    );
    // Each is resolved by the outcomes of its own version, and due by its own hours after a change of those.
    let said = shop.fails(3, ["resolve", &open, "--outcome", "done"]);
    assert!(said.contains("solved"), "{said}");
    let add = [
        "closure",
        "add",
        "--all",
        "--reason",
        "Power cut",
        "--from",
        "2026-11-23T13:00:00Z",
    ];
    shop.ok(add.iter().chain(&["--to", "2026-11-23T14:00:00Z"]));
    assert_eq!(due(&open).1, json!("2026-11-23T16:00:00Z"));
    assert_eq!(due(&later).1, json!("2026-11-30T08:45:00Z"));
    assert_eq!(due(&met), before.0);
    shop.ok(["resolve", &open, "--outcome", "solved"]);
    shop.ok(["resolve", &later, "--outcome", "done"]);
    // Reopened, it is still under its own version.
    shop.ok(["reopen", &open]);
    assert_eq!(shop.json(["show", &open])["policy_version"], 1);
    assert!(
        shop.ok(["explain", &open])
            .contains("policy ours, version 1")
    );
    shop.ok(["desk", "check"]);
}
