//! `holdline due`.

mod batch;

use chrono::DateTime;
use rstest::rstest;
use serde_json::{Value, json};

use crate::bare;
use crate::shop::Shop;

/// The examples of `clocks.md`: what is asked, from when in 2026, and until when; nothing where nothing is promised.
#[rstest]
#[case::to_a_closing("per-incident", "11-23 13:00 -08:00", "11-23 17:00 -08:00")]
#[case::thanksgiving("per-incident", "11-25 16:00 -08:00", "11-27 11:30 -08:00")]
#[case::saturday("per-incident", "11-28 10:00 -08:00", "11-30 12:30 -08:00")]
#[case::summer_time("per-incident", "03-06 15:30 -08:00", "03-09 11:00 -07:00")]
#[case::critical(
    "severity --severity critical",
    "11-20 16:00 -07:00",
    "11-23 08:00 -07:00"
)]
#[case::high("severity --severity high", "10-30 10:00 -06:00", "11-02 10:00 -07:00")]
#[case::normal(
    "severity --severity normal",
    "12-18 11:00 -07:00",
    "12-28 08:00 -07:00"
)]
#[case::uk("escalation --office uk", "12-24 16:00 +00:00", "12-29 16:00 +00:00")]
#[case::florida(
    "escalation --office florida",
    "11-28 12:00 -05:00",
    "11-30 17:00 -05:00"
)]
#[case::france(
    "escalation --office france",
    "07-13 10:30 +02:00",
    "07-15 10:30 +02:00"
)]
#[case::no_target("season-ticket", "07-13 10:30 +02:00", "")]
#[case::no_target_either("tech-reference", "07-13 10:30 +02:00", "")]
fn the_worked_examples(#[case] asked: &str, #[case] from: &str, #[case] due: &str) {
    let instant = |text: &str| {
        let written = format!("2026-{text}");
        DateTime::parse_from_str(&written, "%Y-%m-%d %H:%M %:z").unwrap()
    };
    let expected = match due {
        "" => Value::Null,
        due => json!(
            instant(due)
                .to_utc()
                .format("%Y-%m-%dT%H:%M:%SZ")
                .to_string()
        ),
    };
    let from = instant(from).to_rfc3339();
    let words: Vec<&str> = asked.split(' ').collect();
    let command = [&["due"], words.as_slice(), &["--from", &from, "--json"]].concat();
    let alone: Value = serde_json::from_str(&bare::ok(command, "")).unwrap();
    assert_eq!(alone["due"], expected);
    let mut question = json!({"policy": words[0], "from": from});
    if let [_, option, value] = words.as_slice() {
        question[option.trim_start_matches('-')] = json!(value);
    }
    assert_eq!(batch::answers(question.to_string())[0]["due"], expected);
}

#[test]
fn it_shows_both_clocks_the_rule_and_what_was_counted() {
    let args = ["due", "per-incident", "--from", "2026-11-25T16:00:00-08:00"];
    let ran = bare::run_at("2026-11-23T21:00:00Z", "Europe/Paris", args, "");
    let expected = "\
Due Fri 2026-11-27 11:30 -08:00 (Fri 2026-11-27 20:30 +01:00 here)
per-incident: 4h of business time, from Wed 2026-11-25 16:00 -08:00 (America/Los_Angeles)
Counted:
  Wed 2026-11-25 16:00 -08:00 to Wed 2026-11-25 17:00 -08:00: 1h
  Fri 2026-11-27 08:30 -08:00 to Fri 2026-11-27 11:30 -08:00: 3h
  in all 4h
Closed on Thu 2026-11-26: Thanksgiving Day
";
    assert_eq!(ran.stdout, expected);
}

#[test]
fn elapsed_time_that_ends_while_closed_says_where_it_ended() {
    let from = "2026-12-18T11:00:00-07:00";
    let said = bare::ok(
        ["due", "severity", "--severity", "normal", "--from", from],
        "",
    );
    assert!(
        said.contains("Fri 2026-12-18 11:00 -07:00 to Fri 2026-12-25 11:00 -07:00: 168h\n"),
        "{said}"
    );
    assert!(
        said.contains("Closed at Fri 2026-12-25 11:00 -07:00: moved to the next opening\n"),
        "{said}"
    );
    assert!(
        said.ends_with("Closed on Fri 2026-12-25: Christmas Day\n"),
        "{said}"
    );
}

#[test]
fn json_has_every_key_and_spans_that_add_up() {
    let from = "2026-11-25T16:00:00-08:00";
    let said = bare::ok(["due", "per-incident", "--from", from, "--json"], "");
    let expected = json!({
        "due": "2026-11-27T19:30:00Z",
        "policy": "per-incident",
        "severity": null,
        "office": null,
        "from": "2026-11-26T00:00:00Z",
        "zone": "America/Los_Angeles",
        "rule": "4h of business time",
        "counted": "business-time",
        "spans": [
            {"from": "2026-11-26T00:00:00Z", "to": "2026-11-26T01:00:00Z", "seconds": 3600},
            {"from": "2026-11-27T16:30:00Z", "to": "2026-11-27T19:30:00Z", "seconds": 10800},
        ],
        "closed": [{"date": "2026-11-26", "reason": "Thanksgiving Day"}],
    });
    assert_eq!(serde_json::from_str::<Value>(&said).unwrap(), expected);
}

#[test]
fn without_a_target_it_says_so() {
    let said = bare::ok(["due", "season-ticket"], "");
    assert_eq!(
        said,
        "No deadline: season-ticket states no response target, so promise none\n"
    );
    let said = bare::ok(["due", "season-ticket", "--json"], "");
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (&said["due"], &said["counted"], &said["spans"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
}

#[test]
fn without_a_start_the_clock_starts_now() {
    let said = bare::ok(["due", "per-incident"], "");
    assert!(
        said.starts_with("Due Mon 2026-11-23 17:00 -08:00 (Tue 2026-11-24 01:00 +00:00 here)\n"),
        "{said}"
    );
}

#[rstest]
#[case(2, &["due", "severity"], "name one of critical, urgent, high, normal, low")]
#[case(2, &["due", "escalation"], "name one of florida, uk, france")]
#[case(3, &["due", "severity", "--severity", "hihg"], "did you mean \"high\"?")]
#[case(3, &["due", "escalation", "--office", "frnace"], "did you mean \"france\"?")]
#[case(3, &["due", "severty"], "did you mean severity?")]
#[case(2, &["due", "./none.toml"], "./none.toml: ")]
#[case(2, &["due", "per-incident", "--from", "soon"], "\"soon\" is no instant")]
#[case(2, &["due", "per-incident", "--from", "2026-13-40"], "the months go from 1 to 12")]
#[case(2, &["due", "per-incident", "--from", "2026-11-31"], "the month has no such day")]
#[case(2, &["due", "per-incident", "--from", "2100-01-01T00:00:00Z"], "outside the years 2000 to 2099")]
#[case(2, &["due"], "<POLICY>")]
#[case(2, &["due", "severity", "--batch"], "cannot be used with")]
#[case(5, &["due", "severity", "--desk", "none"], "no desk at none")]
fn what_cannot_be_answered_is_told(
    #[case] code: i32,
    #[case] args: &[&str],
    #[case] expected: &str,
) {
    let said = bare::fails(code, args);
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_named_desk_answers_with_its_own_newest_policies() {
    let shop = Shop::empty();
    let ours = |hours: &str| {
        format!(
            "name = \"ours\"\ntitle = \"Ours\"\nsummary = \"s\"\nchannels = [\"phone\"]\n\
             [calendar]\nzone = \"UTC\"\n[calendar.hours]\nmon = [\"09:00-17:00\"]\n\
             [response]\ntarget = {{ within = \"{hours}\", counted = \"business-time\" }}\n\
             contacts = \"first\"\nstarts = \"receipt\"\n\
             [[outcome]]\nname = \"done\"\ntitle = \"Done\"\n"
        )
    };
    std::fs::write(shop.path("ours.toml"), ours("1h")).unwrap();
    let desk = shop.desk().to_str().unwrap().to_owned();
    let asked = |name| {
        [
            "due",
            name,
            "--from",
            "2026-11-23T10:00:00Z",
            "--desk",
            &desk,
        ]
    };
    let due = |name| shop.json(asked(name))["due"].clone();
    shop.ok(["init", "--policy", "ours.toml"]);
    assert_eq!(due("ours"), "2026-11-23T11:00:00Z");
    std::fs::write(shop.path("ours.toml"), ours("2h")).unwrap();
    shop.ok(["policy", "add", "ours.toml"]);
    assert_eq!(due("ours"), "2026-11-23T12:00:00Z");
    assert_eq!(due("ours.toml"), "2026-11-23T12:00:00Z");
    let said = shop.fails(3, asked("severity"));
    assert!(
        said.contains("no policy on this desk \"severity\""),
        "{said}"
    );

    let questions = "{\"policy\":\"ours\",\"from\":\"2026-11-23T10:00:00Z\"}\n{\"policy\":\"severity\",\"from\":\"2026-11-23T10:00:00Z\"}\n";
    let output = shop
        .command()
        .args(["due", "--batch", "--desk", &desk])
        .write_stdin(questions)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        said,
        "{\"due\":\"2026-11-23T12:00:00Z\"}\n{\"error\":\"no policy \\\"severity\\\"; the only one is ours\"}\n"
    );
}

#[test]
fn what_is_shipped_answers_unless_a_desk_is_typed() {
    let shop = Shop::empty();
    let text = holdline::policy::shipped("per-incident").unwrap();
    let text = text.replace("within = \"4h\"", "within = \"2h\"");
    std::fs::write(shop.path("ours.toml"), text).unwrap();
    shop.ok(["init", "--policy", "ours.toml"]);
    let asked = ["due", "per-incident", "--from", "2026-11-23T17:00:00Z"];
    // HOLDLINE_DESK is set, and names no desk that must be readable.
    assert_eq!(shop.json(asked)["due"], "2026-11-23T21:00:00Z");
    let desk = shop.desk().to_str().unwrap().to_owned();
    let on_it = asked.iter().copied().chain(["--desk", &desk]);
    assert_eq!(shop.json(on_it.clone())["due"], "2026-11-23T19:00:00Z");
    std::fs::write(shop.desk(), "no desk").unwrap();
    assert_eq!(shop.json(asked)["due"], "2026-11-23T21:00:00Z");
    shop.fails(5, on_it);
}
