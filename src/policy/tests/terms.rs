//! Questions to a policy, and its deadlines.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rstest::rstest;

use super::{SMALL, example, none};
use crate::calendar::{Exception, ExceptionKind};
use crate::policy::{Deadlines, Moment, parse};

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn what_an_agent_may_choose_leaves_out_the_silence() {
    let policy = example("severity");
    let names: Vec<&str> = policy
        .chosen_outcomes()
        .map(|outcome| outcome.name.as_str())
        .collect();
    assert_eq!(names, ["fixed", "third-party"]);
    assert!(policy.outcome("no-customer-reply").is_some());
}

#[test]
fn things_are_found_by_name() {
    let policy = example("escalation");
    assert_eq!(policy.level(0), None);
    assert_eq!(policy.level(1).unwrap().role, "support_manager");
    assert_eq!(policy.level(3).unwrap().role, "chief_executive");
    assert_eq!(policy.level(4), None);
    assert!(policy.ground("not-understood").is_some());
    assert!(policy.office("uk").is_some());
    assert!(
        policy
            .clauses_at(Moment::Escalation)
            .all(|clause| clause.no.as_str() >= "P4-16")
    );
    assert!(example("per-incident").cause("own-bug").is_some());
    assert!(example("severity").expedited("Medical Billing Software"));
    assert!(!example("severity").expedited("games"));
    assert_eq!(example("per-incident").price().unwrap().minor, 13_900);
}

#[rstest]
#[case(
    "severity",
    None,
    "the target differs by severity; name one of critical, urgent, high, normal, low"
)]
#[case(
    "severity",
    Some("hihg"),
    "\"hihg\" is no severity of this policy; did you mean \"high\"?"
)]
#[case(
    "per-incident",
    Some("high"),
    "\"high\" is no severity of this policy; there is none to choose"
)]
fn a_severity_must_be_one_of_them(
    #[case] policy: &str,
    #[case] severity: Option<&str>,
    #[case] expected: &str,
) {
    assert_eq!(
        example(policy)
            .response_target(severity)
            .unwrap_err()
            .to_string(),
        expected
    );
}

#[rstest]
#[case(None, "the hours differ by office; name one of florida, uk, france")]
#[case(
    Some("frence"),
    "\"frence\" is no office of this policy; did you mean \"france\"?"
)]
fn an_office_must_be_one_of_them(#[case] office: Option<&str>, #[case] expected: &str) {
    let policy = example("escalation");
    assert_eq!(
        policy.calendar_spec(office).unwrap_err().to_string(),
        expected
    );
    let deadlines = Deadlines::new(Arc::new(policy), |_| Vec::new()).unwrap();
    assert_eq!(
        deadlines.calendar(office).unwrap_err().to_string(),
        expected
    );
}

#[test]
fn without_a_target_nothing_is_due() {
    let deadlines = Deadlines::new(Arc::new(example("season-ticket")), |_| Vec::new()).unwrap();
    let from = instant("2026-11-23T21:00:00Z");
    assert_eq!(deadlines.response_due(None, None, from).unwrap(), None);
    assert!(deadlines.calendar(None).unwrap().is_none());
}

#[rstest]
#[case(
    "per-incident",
    None,
    None,
    "2026-11-23T13:00:00-08:00",
    "2026-11-23T17:00:00-08:00"
)]
#[case(
    "per-incident",
    None,
    None,
    "2026-11-25T16:00:00-08:00",
    "2026-11-27T11:30:00-08:00"
)]
#[case(
    "severity",
    Some("critical"),
    None,
    "2026-11-20T16:00:00-07:00",
    "2026-11-23T08:00:00-07:00"
)]
#[case(
    "severity",
    Some("high"),
    None,
    "2026-10-30T10:00:00-06:00",
    "2026-11-02T10:00:00-07:00"
)]
#[case(
    "severity",
    Some("normal"),
    None,
    "2026-12-18T11:00:00-07:00",
    "2026-12-28T08:00:00-07:00"
)]
#[case(
    "escalation",
    None,
    Some("uk"),
    "2026-12-24T16:00:00+00:00",
    "2026-12-29T16:00:00+00:00"
)]
#[case(
    "escalation",
    None,
    Some("florida"),
    "2026-11-28T12:00:00-05:00",
    "2026-11-30T17:00:00-05:00"
)]
#[case(
    "escalation",
    None,
    Some("france"),
    "2026-07-13T10:30:00+02:00",
    "2026-07-15T10:30:00+02:00"
)]
fn the_worked_examples_hold(
    #[case] policy: &str,
    #[case] severity: Option<&str>,
    #[case] office: Option<&str>,
    #[case] from: &str,
    #[case] due: &str,
) {
    let deadlines = Deadlines::new(Arc::new(example(policy)), |_| Vec::new()).unwrap();
    let got = deadlines
        .response_due(severity, office, instant(from))
        .unwrap();
    assert_eq!(got, Some(instant(due)));
}

#[test]
fn closures_move_only_the_offices_that_they_are_for() {
    let closed = |office: Option<&str>| match office {
        Some("uk") => vec![Exception {
            from: instant("2026-11-24T00:00:00Z"),
            to: instant("2026-11-25T00:00:00Z"),
            reason: "Power cut".to_owned(),
            kind: ExceptionKind::Closed,
        }],
        _ => Vec::new(),
    };
    let deadlines = Deadlines::new(Arc::new(example("escalation")), closed).unwrap();
    let from = instant("2026-11-23T10:00:00Z");
    let due = |office| {
        deadlines
            .response_due(None, Some(office), from)
            .unwrap()
            .unwrap()
    };
    assert_eq!(due("uk"), instant("2026-11-25T10:00:00Z"));
    assert_eq!(due("france"), instant("2026-11-24T10:00:00Z"));
}

#[test]
fn elapsed_hours_need_no_calendar() {
    let (head, tail) = SMALL.split_once("[calendar]").unwrap();
    let (_, tail) = tail.split_once("[response]").unwrap();
    let text = format!("{head}[response]{tail}");
    let text = text.replace("\"business-time\"", "\"elapsed\", when_closed = \"as-is\"");
    let deadlines =
        Deadlines::new(Arc::new(parse(&text, &none()).unwrap()), |_| Vec::new()).unwrap();
    let due = deadlines
        .response_due(None, None, instant("2026-11-28T22:00:00Z"))
        .unwrap();
    assert_eq!(due, Some(instant("2026-11-29T02:00:00Z")));
}
