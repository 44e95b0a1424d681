//! The shipped files: in order, whole, and without anybody's real addresses.

use rstest::rstest;

use super::{example, none};
use crate::policy::{describe, example_settings, load, parse, shipped, shipped_names};

#[test]
fn each_is_known_by_the_name_in_it() {
    assert_eq!(shipped_names().count(), 5);
    for name in shipped_names() {
        assert_eq!(example(name).name, name);
    }
    assert_eq!(shipped("gold"), None);
}

#[rstest]
#[case("per-incident")]
#[case("severity")]
#[case("season-ticket")]
#[case("escalation")]
#[case("tech-reference")]
fn each_is_in_order(#[case] name: &str) {
    let text = shipped(name).unwrap();
    assert_eq!(
        load(text, &example_settings(text).unwrap())
            .unwrap()
            .warnings,
        []
    );
}

#[rstest]
#[case("per-incident", "P1", 23)]
#[case("severity", "P2", 13)]
#[case("season-ticket", "P3", 14)]
#[case("escalation", "P4", 21)]
#[case("tech-reference", "P5", 14)]
fn each_answers_every_clause_once(#[case] name: &str, #[case] source: &str, #[case] last: usize) {
    let policy = example(name);
    let numbers: Vec<String> = policy
        .clauses
        .iter()
        .map(|clause| clause.no.clone())
        .collect();
    let expected: Vec<String> = (1..=last).map(|n| format!("{source}-{n:02}")).collect();
    assert_eq!(numbers, expected);
    assert!(
        policy
            .clauses
            .iter()
            .all(|clause| !clause.says.is_empty() && !clause.at.is_empty())
    );
}

#[rstest]
#[case("per-incident", &[])]
#[case("severity", &[])]
#[case("season-ticket", &["price", "pack_price", "currency", "product_management", "development"])]
#[case("escalation", &["support_manager", "account_manager", "chief_executive"])]
#[case("tech-reference", &["rate", "currency", "increment"])]
fn each_asks_for_what_its_source_leaves_open(#[case] name: &str, #[case] keys: &[&str]) {
    let parsed = parse(shipped(name).unwrap(), &none());
    if keys.is_empty() {
        assert!(parsed.is_ok());
    } else {
        let message = parsed.unwrap_err().to_string();
        assert_eq!(message.matches("--set ").count(), keys.len());
        assert!(
            keys.iter()
                .all(|key| message.contains(&format!("--set {key}=…"))),
            "{message}"
        );
    }
}

#[test]
fn addresses_and_numbers_are_fictional() {
    for name in shipped_names() {
        let text = shipped(name).unwrap();
        let hosts = text
            .match_indices('@')
            .filter_map(|(at, _)| text.get(at + 1..));
        assert!(
            hosts
                .into_iter()
                .all(|host| host.starts_with("example.com")),
            "{name}"
        );
        for phone in example(name)
            .offices
            .iter()
            .filter_map(|o| o.emergency_phone.as_deref())
        {
            assert!(
                phone.starts_with("+1 555 01") || phone.starts_with("+44 20 7946 0"),
                "{phone}"
            );
        }
    }
}

#[test]
fn each_is_described_with_every_clause_and_outcome() {
    for name in shipped_names() {
        let policy = example(name);
        let text = describe(&policy, Some(80));
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        for clause in &policy.clauses {
            assert_eq!(
                text.matches(&format!("  {} ", clause.no)).count(),
                1,
                "{}",
                clause.no
            );
        }
        for outcome in &policy.outcomes {
            assert!(text.contains(&outcome.name), "{}", outcome.name);
        }
    }
}

#[test]
fn the_description_says_what_may_be_promised() {
    let text = describe(&example("severity"), Some(100));
    for line in [
        "  - Mon-Fri 08:00-17:00 (America/Denver)",
        "  - Response to the first contact: by severity, from its receipt",
        "  - No answer from the customer for 4 days, open or closed: resolved as no-customer-reply",
        "  - No entitlement is asked for, and nothing is charged",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
}
