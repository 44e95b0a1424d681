//! Whose clock counts: this machine's, and what an agent's zone has to do with it.

use serde_json::Value;

use crate::shop::{Ran, Shop};

fn with(shop: &Shop, change: &[(&str, Option<&str>)], args: &[&str]) -> Ran {
    let mut command = shop.command();
    for (name, value) in change {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let output = command.args(args).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_clock_set_by_hand_records_nothing_on_a_desk_that_keeps_the_machine_s_time() {
    let shop = Shop::empty();
    let machine: &[(&str, Option<&str>)] = &[("HOLDLINE_NOW", None)];
    assert_eq!(
        with(&shop, machine, &["init", "--policy", "severity"]).code,
        0
    );
    let add = ["customer", "add", "Blue Fern"];
    let log = [
        "log",
        "--customer",
        "Blue Fern",
        "--summary",
        "S",
        "--severity",
        "low",
    ];
    assert_eq!(with(&shop, machine, &add).code, 0);
    assert_eq!(with(&shop, machine, &log).code, 0);
    let entries = shop.json(["desk", "check"])["entries"].clone();
    shop.at("2099-01-01T00:00:00Z");
    for command in [
        &add[..],
        &log,
        &["note", "10001-4", "Earlier"],
        &["agent", "add", "bo"],
    ] {
        let said = shop.fails(5, command);
        assert!(said.contains("unset it"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    // To look at it as of another instant does no harm.
    shop.ok(["list"]);
    assert_eq!(shop.json(["desk", "check"])["entries"], entries);
}

#[test]
fn a_desk_made_by_such_a_clock_and_a_sample_take_it() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let shop = Shop::empty();
    let machine: &[(&str, Option<&str>)] = &[("HOLDLINE_NOW", None)];
    assert_eq!(with(&shop, machine, &["demo", "--incidents", "5"]).code, 0);
    shop.at("2099-01-01T00:00:00Z");
    shop.customer("Blue Fern");
}

/// What an instant is in the file and to whoever reads it does not depend on where its agent sits.
#[test]
fn two_agents_in_two_zones_see_one_instant() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let tokyo = [("TZ", Some("Asia/Tokyo"))];
    let new_york = [("TZ", Some("America/New_York"))];
    let shown = |zone: &[(&str, Option<&str>)]| {
        let ran = with(&shop, zone, &["show", &number, "--json"]);
        serde_json::from_str::<Value>(&ran.stdout).unwrap()
    };
    // 9:00 on Wednesday is another instant for each.
    for (zone, instant) in [
        (&tokyo, "2026-11-25T00:00:00Z"),
        (&new_york, "2026-11-25T14:00:00Z"),
    ] {
        let ran = with(&shop, zone, &["schedule", &number, "2026-11-25 9:00"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let seen = [shown(&tokyo), shown(&new_york)];
        assert_eq!(seen[0], seen[1]);
        let clocks = seen[0]["clocks"].as_array().unwrap();
        let due = clocks
            .iter()
            .rfind(|clock| clock["kind"] == "appointment")
            .unwrap();
        assert_eq!(due["due_at"], instant);
    }
}

/// An agent travels: what was recorded before stays where it is, what is typed now is read where they are.
#[test]
fn a_zone_that_changes_between_two_commands_moves_nothing() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let first = shop.json(["show", &number]);
    for zone in [
        "Pacific/Auckland",
        "America/Los_Angeles",
        ":Asia/Kolkata",
        "No/Such",
        "",
    ] {
        let before = shop.json(["show", &number]);
        let ran = with(&shop, &[("TZ", Some(zone))], &["show", &number, "--json"]);
        assert_eq!(
            serde_json::from_str::<Value>(&ran.stdout).unwrap(),
            before,
            "{zone}"
        );
        let ran = with(
            &shop,
            &[("TZ", Some(zone))],
            &["note", &number, "On the way"],
        );
        assert_eq!(ran.code, 0, "{zone}: {ran:?}");
    }
    let after = shop.json(["show", &number]);
    assert_eq!(after["opened_at"], first["opened_at"]);
    assert_eq!(after["next_due_at"], first["next_due_at"]);
    shop.ok(["desk", "check"]);
}

/// The machine's clock goes wrong by hours and days and is put right: nothing is lost or counted twice, and who writes
/// meanwhile is warned.
#[test]
fn a_clock_that_jumps_back_and_forth_loses_nothing() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let mut notes = 0;
    for (now, behind) in [
        ("2026-11-23T22:00:00Z", false),
        ("2026-11-23T21:30:00Z", true),
        ("2026-11-30T22:00:00Z", false),
        ("2026-11-23T22:30:00Z", true),
        ("2036-11-23T22:30:00Z", false),
        ("2026-11-23T22:31:00Z", true),
    ] {
        shop.at(now);
        let ran = shop.run(["note", &number, "Seen"]);
        assert_eq!(ran.code, 0, "{now}: {ran:?}");
        assert_eq!(
            ran.stderr.contains("check its date"),
            behind,
            "{now}: {ran:?}"
        );
        notes += 1;
        let another = shop.run([
            "log",
            "--customer",
            "Blue Fern",
            "--summary",
            "Another",
            "--severity",
            "low",
        ]);
        assert_eq!(another.code, 0, "{now}: {another:?}");
        shop.ok(["list"]);
        shop.ok(["desk", "check"]);
    }
    let shown = shop.json(["show", &number]);
    let timeline = shown["timeline"].as_array().unwrap();
    let found = timeline
        .iter()
        .filter(|entry| {
            entry["text"]
                .as_str()
                .is_some_and(|text| text.ends_with("Seen"))
        })
        .count();
    assert_eq!(found, notes);
    assert_eq!(shop.json(["list"]).as_array().unwrap().len(), 1 + notes);
}

#[test]
fn what_was_logged_by_a_clock_that_was_ahead_waits_for_it_with_the_reason() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.at("2026-11-24T21:00:00Z");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.at("2026-11-23T21:00:00Z");
    let said = shop.fails(1, ["note", &number, "Seen"]);
    assert!(
        said.contains("this machine's clock stands at Mon 23 Nov 2026 21:00 UTC"),
        "{said}"
    );
    assert!(said.contains("put its date right"), "{said}");
    // An instant that was typed is another matter.
    let said = shop.fails(2, ["note", &number, "Seen", "--at", "2026-11-22T21:00:00Z"]);
    assert!(said.contains("give a later instant"), "{said}");
}

#[test]
fn what_a_rule_refuses_is_on_the_clock_of_the_agent_and_in_json_in_utc() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let early = ["note", &number, "Earlier", "--at", "2026-11-01 09:00"];
    let mut as_json = early.to_vec();
    as_json.push("--json");
    let denver: &[(&str, Option<&str>)] = &[("TZ", Some("America/Denver"))];
    let said = with(&shop, denver, &early);
    assert_eq!(said.code, 2, "{said:#?}");
    assert!(
        said.stderr.contains("Mon 23 Nov 2026 14:00 MST"),
        "{said:#?}"
    );
    assert!(!said.stderr.contains("21:00"), "{said:#?}");
    let said = with(&shop, denver, &as_json);
    assert!(said.stderr.contains("2026-11-23T21:00:00Z"), "{said:#?}");
}

#[test]
fn what_waits_for_its_turn_is_recorded_when_that_comes() {
    let shop = Shop::empty();
    let machine: &[(&str, Option<&str>)] = &[("HOLDLINE_NOW", None)];
    let run = |args: &[&str]| assert_eq!(with(&shop, machine, args).code, 0, "{args:?}");
    run(&["init", "--policy", "severity"]);
    run(&["customer", "add", "Blue Fern"]);
    let log = [
        "log",
        "--customer",
        "Blue Fern",
        "--summary",
        "S",
        "--severity",
        "low",
    ];
    run(&log);
    let other = rusqlite::Connection::open(shop.desk()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut waits = std::process::Command::new(env!("CARGO_BIN_EXE_holdline"))
        .envs(shop.environment())
        .env_remove("HOLDLINE_NOW")
        .args(["note", "10001-4", "It waited"])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2_500));
    assert!(waits.try_wait().unwrap().is_none(), "it did not wait");
    let released = chrono::Utc::now().timestamp();
    other.execute_batch("COMMIT").unwrap();
    assert!(waits.wait().unwrap().success());
    let sql = "SELECT recorded_at FROM timeline WHERE kind = 'noted'";
    let recorded: i64 = other.query_row(sql, [], |row| row.get(0)).unwrap();
    assert!(recorded >= released, "{recorded} < {released}");
}
