//! `holdline due --batch`.

use rstest::rstest;
use serde_json::{Value, json};

use crate::bare;
use crate::shop::Shop;

/// The answers to a batch, a value a line.
pub(super) fn answers(input: impl Into<Vec<u8>>) -> Vec<Value> {
    let said = bare::ok(["due", "--batch"], input);
    let lines = said.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// The error of the only answer.
fn error(line: impl Into<Vec<u8>>) -> String {
    let answers = answers(line);
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(answers[0].as_object().unwrap().len(), 1, "{answers:?}");
    answers[0]["error"].as_str().unwrap().to_owned()
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
    let answers = answers(json!({"policy": "per-incident", "from": from}).to_string());
    assert_eq!(answers, [json!({"due": due})]);
}

/// `AT` stands for an instant that can be read.
#[rstest]
#[case::no_json("nonsense", "at column 2")]
#[case::cut("{\"policy\":", "EOF")]
#[case::two("{} {}", "trailing characters")]
#[case::list("[\"severity\",\"high\",null,AT]", "expected a JSON object")]
#[case::empty_object("{}", "\"policy\" is missing")]
#[case::no_start(r#"{"policy":"per-incident","from":null}"#, "\"from\" is missing")]
#[case::number(r#"{"policy":5,"from":AT}"#, "expected a string")]
#[case::policy(r#"{"policy":"severty","from":AT}"#, "did you mean \"severity\"?")]
#[case::severity(
    r#"{"policy":"severity","severity":"hihg","from":AT}"#,
    "did you mean \"high\"?"
)]
#[case::no_severity(r#"{"policy":"severity","from":AT}"#, "name one of critical,")]
#[case::no_office(r#"{"policy":"escalation","from":AT}"#, "name one of florida,")]
#[case::misspelt_key(
    r#"{"policy":"severity","sevrity":"high","from":AT}"#,
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
    let said = error(line.replace("AT", r#""2026-10-30T16:00:00Z""#));
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_batch_passes_over_keys_that_mean_nothing_here() {
    let line =
        r#"{"id":17,"note":{"x":[1]},"policy":"per-incident","from":"2026-10-30T16:00:00Z"}"#;
    assert_eq!(answers(line), [json!({"due": "2026-10-30T20:00:00Z"})]);
}

#[test]
fn a_batch_reads_escapes() {
    let line = r#"{"p\u006flicy":"per\u002dincident","from":"2026-10-30T16:00:00\u005a"}"#;
    assert_eq!(answers(line), [json!({"due": "2026-10-30T20:00:00Z"})]);
}

#[test]
fn a_line_that_is_too_long_or_no_text_stops_nothing() {
    let good = br#"{"policy":"per-incident","from":"2026-10-30T16:00:00Z"}"#;
    let mut input = Vec::new();
    for line in [&good[..], &[b'x'; 1_000_000], good, b"\xff\xfe{}", good] {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    let answers = answers(input);
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
    assert_eq!(answers(format!("{line}\n{good}\n")), [first.clone(), due]);
    assert_eq!(answers(line), [first]);
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
