//! A log of events comes into a desk: every line accounted for, all or nothing, only what is new.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::process::{Command, Output};

use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;

const HEADER: &str = "Case ID,Activity,Resource,Complete Timestamp,Variant,Variant index,Variant,customer,product,seriousness_2,service_level";

/// Four cases as such a log has them: out of order, with equal times, and two columns of one name.
const LOG: [&str; 14] = [
    "Case 2,Take in charge ticket,Value 4,2012/04/03 09:00:00.000,V 1,1,other,Value 2,Value 2,Value 2,Value 2",
    "Case 1,Assign seriousness,Value 1,2012/04/02 10:00:00.000,V 1,1,other,Value 1,Value 1,Value 1,Value 1",
    "Case 1,Take in charge ticket,Value 1,2012/04/02 10:05:00.000,V 1,1,other,Value 1,Value 1,Value 1,Value 1",
    "Case 1,Wait,Value 1,2012/04/02 11:00:00.000,V 1,1,other,Value 1,Value 1,Value 1,Value 1",
    "Case 1,Resolve ticket,Value 1,2012/04/05 10:00:00.000,V 1,1,other,Value 1,Value 1,Value 1,Value 1",
    "Case 1,Closed,Value 3,2012/04/20 10:00:00.000,V 1,1,other,Value 1,Value 1,Value 1,Value 1",
    "Case 2,Resolve ticket,Value 4,2012/04/04 09:00:00.000,V 1,1,other,Value 2,Value 2,Value 2,Value 2",
    "Case 2,Require upgrade,Value 4,2012/04/06 09:00:00.000,V 1,1,other,Value 2,Value 2,Value 2,Value 2",
    "Case 2,Resolve ticket,Value 4,2012/04/30 09:00:00.000,V 1,1,other,Value 2,Value 2,Value 2,Value 2",
    "Case 3,Insert ticket,Value 5,2012/05/02 09:00:00.000,V 1,1,other,Value 2,Value 2,Value 3,Value 2",
    "Case 3,INVALID,Value 5,2012/05/09 09:00:00.000,V 1,1,other,Value 2,Value 2,Value 3,Value 2",
    "Case 4,Create SW anomaly,Value 6,2012/05/03 09:00:00.000,V 1,1,other,Value 3,Value 2,Value 4,Value 2",
    "Case 4,Resolve ticket,Value 6,2012/05/03 09:00:00.000,V 1,1,other,Value 3,Value 2,Value 4,Value 2",
    "Case 4,DUPLICATE,Value 6,2012/05/03 09:00:00.000,V 1,1,other,Value 3,Value 2,Value 4,Value 2",
];

struct Room(TempDir);

impl Room {
    fn new(policy: &str, lines: &[&str]) -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        fs::write(
            room.0.path().join("log.csv"),
            format!("{HEADER}\n{}\n", lines.join("\n")),
        )
        .unwrap();
        assert!(
            room.run(&[
                "init",
                "--policy",
                policy,
                "--set",
                "support_manager=s@shop.example",
                "--set",
                "account_manager=a@shop.example",
                "--set",
                "chief_executive=c@shop.example"
            ])
            .status
            .success()
                || room.run(&["init", "--policy", policy]).status.success()
        );
        room
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_holdline"))
            .args(arguments)
            .env_clear()
            .env("HOLDLINE_DESK", self.0.path().join("desk"))
            .env("HOLDLINE_NOW", "2026-11-23T16:30:00Z")
            .env("TZ", "UTC")
            .output()
            .unwrap()
    }

    fn import(&self, more: &[&str]) -> Output {
        let map = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/import/helpdesk-map.toml"
        );
        let log = self.0.path().join("log.csv").display().to_string();
        self.run(
            &[
                &["import", "events", log.as_str(), "--map", map, "--json"],
                more,
            ]
            .concat(),
        )
    }

    fn account(&self, more: &[&str]) -> Value {
        let output = self.import(more);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn refused(&self, code: i32, more: &[&str]) -> String {
        let before = self.list();
        let output = self.import(more);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        assert_eq!(self.list(), before, "a refused import changed the desk");
        String::from_utf8(output.stderr).unwrap()
    }

    fn list(&self) -> Vec<Value> {
        let output = self.run(&["list", "is:any", "--json", "--limit", "100"]);
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn case(&self, name: &str) -> Value {
        let found = self
            .list()
            .into_iter()
            .find(|incident| incident["external_id"] == name)
            .unwrap();
        let shown = self.run(&["show", found["tech_ref"].as_str().unwrap(), "--json"]);
        serde_json::from_slice(&shown.stdout).unwrap()
    }
}

#[test]
fn every_line_is_accounted_for() {
    let room = Room::new("severity", &LOG);
    let account = room.account(&[]);
    for (what, count) in [
        ("lines", 14),
        ("events", 14),
        ("incidents", 4),
        ("resolved", 2),
        ("still_open", 0),
        ("reopenings", 2),
        ("customers", 3),
        ("agents", 5),
    ] {
        assert_eq!(account[what], count, "{what} in {account}");
    }
    // Case 1, the first time of cases 2 and 4 in time; case 2 again 24 days after, case 3 a week after 48 hours; case 4
    // is reopened by its duplicate and closed at the same instant.
    let targets = &account["response_targets"];
    let targets = [&targets["met"], &targets["missed"]];
    assert_eq!(targets, [4, 2], "{account}");
}

#[test]
fn a_case_is_lived_through_in_the_order_of_time() {
    let room = Room::new("severity", &LOG);
    room.account(&[]);
    let one = room.case("Case 1");
    assert_eq!(one["state"], "resolved");
    assert_eq!(one["opened_at"], "2012-04-02T08:00:00Z");
    assert_eq!(one["first_response_at"], "2012-04-02T08:05:00Z");
    assert_eq!(one["assignee"], "Agent Value 1");
    assert_eq!(
        (&one["channel"], &one["severity"]["agreed"]),
        (&"mail".into(), &"normal".into())
    );
    assert!(
        one["timeline"]
            .to_string()
            .contains("Waiting; the log does not say for whom")
    );
    let two = room.case("Case 2");
    assert_eq!(
        (&two["state"], &two["reopened"]),
        (&"resolved".into(), &1.into())
    );
    assert_eq!(two["resolutions_before"].as_array().unwrap().len(), 1);
    assert_eq!(room.case("Case 3")["state"], "closed-unresolved");
    let four = room.case("Case 4");
    assert_eq!(
        (&four["state"], &four["resolution"]["outcome"]),
        (&"closed-unresolved".into(), &"duplicate".into())
    );
}

#[test]
fn a_second_run_adds_only_what_is_new() {
    let room = Room::new("severity", &LOG[..9]);
    room.account(&[]);
    fs::write(
        room.0.path().join("log.csv"),
        format!("{HEADER}\n{}\n", LOG.join("\n")),
    )
    .unwrap();
    let again = room.account(&[]);
    assert_eq!(
        (&again["events"], &again["incidents"]),
        (&5.into(), &2.into())
    );
    assert_eq!(room.list().len(), 4);
}

#[test]
fn a_rehearsal_keeps_nothing() {
    let room = Room::new("severity", &LOG);
    assert_eq!(room.account(&["--dry-run"])["incidents"], 4);
    assert_eq!(room.list().len(), 0);
}

#[rstest]
#[case::activity(
    "Case 9,Dance,Value 1,2012/04/02 10:00:00.000,V,1,o,Value 1,Value 1,Value 1,Value 1",
    "Dance"
)]
#[case::time(
    "Case 9,Wait,Value 1,yesterday,V,1,o,Value 1,Value 1,Value 1,Value 1",
    "yesterday"
)]
#[case::severity(
    "Case 9,Wait,Value 1,2012/04/02 10:00:00.000,V,1,o,Value 1,Value 1,Value 77,Value 1",
    "Value 77"
)]
#[case::short("Case 9,Wait", "line 16")]
fn a_bad_line_refuses_all_unless_it_may_be_left_out(#[case] bad: &str, #[case] named: &str) {
    let lines: Vec<&str> = LOG.iter().copied().chain([bad]).collect();
    let room = Room::new("severity", &lines);
    let said = room.refused(2, &[]);
    assert!(said.contains("line 16") && said.contains(named), "{said}");
    let heap = room.0.path().join("bad.csv");
    let account = room.account(&["--skip-bad", heap.to_str().unwrap()]);
    assert_eq!(
        (&account["bad"], &account["incidents"]),
        (&1.into(), &4.into()),
        "{account}"
    );
    assert!(fs::read_to_string(heap).unwrap().contains("Case 9"));
}

#[test]
fn missing_columns_are_named() {
    let room = Room::new("severity", &[]);
    fs::write(
        room.0.path().join("log.csv"),
        "Case ID,Activity\nCase 1,Wait\n",
    )
    .unwrap();
    let said = room.refused(2, &[]);
    assert!(
        said.contains("Complete Timestamp") && said.contains("customer"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1);
}

#[test]
fn the_same_log_comes_in_under_business_days() {
    let room = Room::new("escalation", &LOG);
    let account = room.account(&[]);
    assert_eq!(
        (&account["incidents"], &account["resolved"]),
        (&4.into(), &2.into()),
        "{account}"
    );
}

#[test]
fn history_that_came_by_a_channel_outside_the_agreement_is_taken_and_marked() {
    let own = tempfile::NamedTempFile::with_suffix(".toml").unwrap();
    let text = holdline::policy::shipped("severity").unwrap();
    let by_phone = text.replace(
        r#"channels = ["phone", "chat", "mail"]"#,
        r#"channels = ["phone"]"#,
    );
    assert_ne!(text, by_phone);
    fs::write(own.path(), by_phone).unwrap();
    let room = Room::new(own.path().to_str().unwrap(), &LOG);
    room.account(&[]);
    let one = room.case("Case 1");
    assert_eq!(one["channel"], "other");
    assert_eq!(one["channel_reason"], "mail, elsewhere");
}
