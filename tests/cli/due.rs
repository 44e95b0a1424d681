//! `holdline due`.

use rstest::rstest;
use serde_json::{Value, json};

use crate::bare;
use crate::shop::Shop;

/// A line of `clocks.md`'s examples: policy, severity, office, start and deadline.
struct Example {
    policy: &'static str,
    severity: Option<&'static str>,
    office: Option<&'static str>,
    from: &'static str,
    due: Option<&'static str>,
}

#[rstest]
#[case::to_a_closing(
    "per-incident",
    None,
    None,
    "2026-11-23T13:00:00-08:00",
    Some("2026-11-23T17:00:00-08:00")
)]
#[case::thanksgiving(
    "per-incident",
    None,
    None,
    "2026-11-25T16:00:00-08:00",
    Some("2026-11-27T11:30:00-08:00")
)]
#[case::saturday(
    "per-incident",
    None,
    None,
    "2026-11-28T10:00:00-08:00",
    Some("2026-11-30T12:30:00-08:00")
)]
#[case::summer_time(
    "per-incident",
    None,
    None,
    "2026-03-06T15:30:00-08:00",
    Some("2026-03-09T11:00:00-07:00")
)]
#[case::critical(
    "severity",
    Some("critical"),
    None,
    "2026-11-20T16:00:00-07:00",
    Some("2026-11-23T08:00:00-07:00")
)]
#[case::high(
    "severity",
    Some("high"),
    None,
    "2026-10-30T10:00:00-06:00",
    Some("2026-11-02T10:00:00-07:00")
)]
#[case::normal(
    "severity",
    Some("normal"),
    None,
    "2026-12-18T11:00:00-07:00",
    Some("2026-12-28T08:00:00-07:00")
)]
#[case::uk(
    "escalation",
    None,
    Some("uk"),
    "2026-12-24T16:00:00+00:00",
    Some("2026-12-29T16:00:00+00:00")
)]
#[case::florida(
    "escalation",
    None,
    Some("florida"),
    "2026-11-28T12:00:00-05:00",
    Some("2026-11-30T17:00:00-05:00")
)]
#[case::france(
    "escalation",
    None,
    Some("france"),
    "2026-07-13T10:30:00+02:00",
    Some("2026-07-15T10:30:00+02:00")
)]
#[case::no_target("season-ticket", None, None, "2026-07-13T10:30:00+02:00", None)]
#[case::no_target_either("tech-reference", None, None, "2026-07-13T10:30:00+02:00", None)]
fn the_worked_examples(
    #[case] policy: &'static str,
    #[case] severity: Option<&'static str>,
    #[case] office: Option<&'static str>,
    #[case] from: &'static str,
    #[case] due: Option<&'static str>,
) {
    let example = Example {
        policy,
        severity,
        office,
        from,
        due,
    };
    assert_eq!(example.alone(), example.expected());
    assert_eq!(example.in_a_batch(), example.expected());
}

impl Example {
    fn expected(&self) -> Value {
        let utc = |text| {
            let at = chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc();
            at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
        };
        json!(self.due.map(utc))
    }

    fn alone(&self) -> Value {
        let mut args = vec!["due", self.policy, "--from", self.from, "--json"];
        args.extend(self.severity.iter().flat_map(|name| ["--severity", name]));
        args.extend(self.office.iter().flat_map(|name| ["--office", name]));
        let answer: Value = serde_json::from_str(&bare::ok(args, "")).unwrap();
        answer["due"].clone()
    }

    fn in_a_batch(&self) -> Value {
        let question = json!({
            "policy": self.policy,
            "severity": self.severity,
            "office": self.office,
            "from": self.from,
        });
        batch(question.to_string())[0]["due"].clone()
    }
}

/// The answers to a batch, a value a line.
fn batch(input: impl Into<Vec<u8>>) -> Vec<Value> {
    let said = bare::ok(["due", "--batch"], input);
    let lines = said.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// The error of the only answer.
fn batch_error(line: impl Into<Vec<u8>>) -> String {
    let answers = batch(line);
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(answers[0].as_object().unwrap().len(), 1, "{answers:?}");
    answers[0]["error"].as_str().unwrap().to_owned()
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
    let due =
        |name: &str| shop.json(["due", name, "--from", "2026-11-23T10:00:00Z"])["due"].clone();
    shop.ok(["init", "--policy", "ours.toml"]);
    assert_eq!(due("ours"), "2026-11-23T11:00:00Z");
    std::fs::write(shop.path("ours.toml"), ours("2h")).unwrap();
    shop.ok(["policy", "add", "ours.toml"]);
    assert_eq!(due("ours"), "2026-11-23T12:00:00Z");
    assert_eq!(due("ours.toml"), "2026-11-23T12:00:00Z");
    let said = shop.fails(3, ["due", "severity"]);
    assert!(
        said.contains("no policy on this desk \"severity\""),
        "{said}"
    );

    let questions = "{\"policy\":\"ours\",\"from\":\"2026-11-23T10:00:00Z\"}\n{\"policy\":\"severity\",\"from\":\"2026-11-23T10:00:00Z\"}\n";
    let output = shop
        .command()
        .args(["due", "--batch"])
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
fn a_batch_answers_every_line_in_order() {
    let good =
        r#"{"policy":"severity","severity":"high","office":null,"from":"2026-10-30T16:00:00Z"}"#;
    let input = format!(
        "{good}\nnonsense\n\r\n\n  \n{good}\r\n{{\"policy\":\"season-ticket\",\"from\":\"2026-10-30T16:00:00Z\"}}\n{good}"
    );
    let said = bare::ok(["due", "--batch"], input);
    let lines: Vec<&str> = said.lines().collect();
    let due = r#"{"due":"2026-11-02T17:00:00Z"}"#;
    assert_eq!(
        (lines.len(), lines[0], lines[5], lines[7]),
        (8, due, due, due),
        "{said}"
    );
    assert_eq!(lines[6], r#"{"due":null}"#);
    assert!(
        lines[1..5]
            .iter()
            .all(|line| line.starts_with("{\"error\":")),
        "{said}"
    );
    assert_eq!(bare::ok(["due", "--batch"], ""), "");
}

#[rstest]
#[case::offset("2026-10-30T18:00:00+02:00", "2026-10-30T20:00:00Z")]
#[case::half_an_hour("2026-10-30T21:30:00+05:30", "2026-10-30T20:00:00Z")]
#[case::fraction("2026-10-30T16:00:00.999999Z", "2026-10-30T20:00:00Z")]
#[case::second("2026-10-30T16:00:01Z", "2026-10-30T20:00:01Z")]
#[case::first_year("2000-01-01T00:00:00Z", "2000-01-03T20:30:00Z")]
#[case::first_year_by_its_offset("1999-12-31T23:00:00-01:00", "2000-01-03T20:30:00Z")]
#[case::last_year("2099-12-31T23:59:59Z", "2100-01-04T19:29:59Z")]
fn a_batch_reads_every_form_of_instant(#[case] from: &str, #[case] due: &str) {
    let answers = batch(json!({"policy": "per-incident", "from": from}).to_string());
    assert_eq!(answers, [json!({"due": due})]);
}

#[rstest]
#[case::no_json("nonsense", "at column 2")]
#[case::cut("{\"policy\":", "EOF")]
#[case::two("{} {}", "trailing characters")]
#[case::list(
    "[\"severity\",\"high\",null,\"2026-10-30T16:00:00Z\"]",
    "expected a JSON object"
)]
#[case::empty_object("{}", "\"policy\" is missing")]
#[case::no_start(r#"{"policy":"per-incident","from":null}"#, "\"from\" is missing")]
#[case::number(r#"{"policy":5,"from":"2026-10-30T16:00:00Z"}"#, "expected a string")]
#[case::policy(
    r#"{"policy":"severty","from":"2026-10-30T16:00:00Z"}"#,
    "did you mean \"severity\"?"
)]
#[case::severity(
    r#"{"policy":"severity","severity":"hihg","from":"2026-10-30T16:00:00Z"}"#,
    "did you mean \"high\"?"
)]
#[case::no_severity(
    r#"{"policy":"severity","from":"2026-10-30T16:00:00Z"}"#,
    "name one of critical,"
)]
#[case::no_office(
    r#"{"policy":"escalation","from":"2026-10-30T16:00:00Z"}"#,
    "name one of florida,"
)]
#[case::misspelt_key(
    r#"{"policy":"severity","sevrity":"high","from":"2026-10-30T16:00:00Z"}"#,
    "unknown key \"sevrity\"; did you mean \"severity\"?"
)]
#[case::twice(
    r#"{"policy":"severity","policy":"severity"}"#,
    "\"policy\" is there twice"
)]
#[case::local(
    r#"{"policy":"per-incident","from":"2026-10-30T16:00:00"}"#,
    "is no instant"
)]
#[case::no_day(
    r#"{"policy":"per-incident","from":"2026-02-30T16:00:00Z"}"#,
    "is no instant"
)]
#[case::too_early(
    r#"{"policy":"per-incident","from":"1999-12-31T23:59:59Z"}"#,
    "outside the years 2000 to 2099"
)]
#[case::too_late(
    r#"{"policy":"season-ticket","from":"2100-01-01T00:00:00Z"}"#,
    "outside the years 2000 to 2099"
)]
fn a_batch_says_what_is_wrong_with_a_line(#[case] line: &str, #[case] expected: &str) {
    let said = batch_error(line);
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_batch_passes_over_keys_that_mean_nothing_here() {
    let line =
        r#"{"id":17,"note":{"x":[1]},"policy":"per-incident","from":"2026-10-30T16:00:00Z"}"#;
    assert_eq!(batch(line), [json!({"due": "2026-10-30T20:00:00Z"})]);
}

#[test]
fn a_batch_reads_escapes() {
    let line = r#"{"p\u006flicy":"per\u002dincident","from":"2026-10-30T16:00:00\u005a"}"#;
    assert_eq!(batch(line), [json!({"due": "2026-10-30T20:00:00Z"})]);
}

#[test]
fn a_line_that_is_too_long_or_no_text_stops_nothing() {
    let good = br#"{"policy":"per-incident","from":"2026-10-30T16:00:00Z"}"#;
    let mut input = Vec::new();
    for line in [&good[..], &[b'x'; 1_000_000], good, b"\xff\xfe{}", good] {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    let answers = batch(input);
    let due = json!({"due": "2026-10-30T20:00:00Z"});
    assert_eq!([&answers[0], &answers[2], &answers[4]], [&due; 3]);
    assert_eq!(answers[1]["error"], "the line is longer than 65536 bytes");
    assert_eq!(answers[3]["error"], "the line is not UTF-8");
    assert_eq!(answers.len(), 5);
}

#[rstest]
#[case(65_536, true)]
#[case(65_537, false)]
fn a_line_may_have_so_many_bytes_and_no_more(#[case] bytes: usize, #[case] read: bool) {
    let good = r#"{"policy":"per-incident","from":"2026-10-30T16:00:00Z"}"#;
    let line = format!("{good}{}", " ".repeat(bytes - good.len()));
    let due = json!({"due": "2026-10-30T20:00:00Z"});
    let first = if read {
        due.clone()
    } else {
        json!({"error": "the line is longer than 65536 bytes"})
    };
    assert_eq!(batch(format!("{line}\n{good}\n")), [first.clone(), due]);
    assert_eq!(batch(line), [first]);
}

#[test]
fn whoever_waits_for_an_answer_gets_it() {
    use std::io::{BufRead, BufReader, Write};
    let shop = Shop::empty();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("holdline"))
        .args(["due", "--batch"])
        .env_remove("HOLDLINE_DESK")
        .current_dir(shop.path(""))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for minute in 10..13 {
        writeln!(
            questions,
            r#"{{"policy":"per-incident","from":"2026-10-30T16:{minute}:00Z"}}"#
        )
        .unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert_eq!(
            answer,
            format!("{{\"due\":\"2026-10-30T20:{minute}:00Z\"}}\n")
        );
    }
    drop(questions);
    assert!(child.wait().unwrap().success());
}
