//! A ledger agrees with the deadline that it explains.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rstest::rstest;

use super::example;
use crate::calendar::{Counted, Length, Span};
use crate::policy::Deadlines;

/// Every hour and a bit of a year with every kind of holiday, so that starts fall before, in and after open time.
fn starts() -> impl Iterator<Item = DateTime<Utc>> {
    let first: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
    (0..9_000).map(move |n| first + TimeDelta::seconds(n * 3_607))
}

#[rstest]
#[case("per-incident", None, None)]
#[case("severity", Some("urgent"), None)]
#[case("severity", Some("normal"), None)]
#[case("escalation", None, Some("uk"))]
#[case("escalation", None, Some("france"))]
fn what_was_counted_leads_to_the_deadline(
    #[case] policy: &str,
    #[case] severity: Option<&str>,
    #[case] office: Option<&str>,
) {
    let deadlines = Deadlines::new(Arc::new(example(policy)), |_| Vec::new()).unwrap();
    let policy = deadlines.policy();
    let target = policy.response_target(severity).unwrap().unwrap();
    let calendar = deadlines.calendar(office).unwrap().unwrap();
    for from in starts() {
        let ledger = deadlines.ledger(target, office, from).unwrap();
        let due = deadlines.response_due(severity, office, from).unwrap();
        assert_eq!(Some(ledger.due), due);
        let last = ledger.spans.last().unwrap();
        match (target.counted, target.within) {
            (Counted::Elapsed, within) => {
                let Span { from: start, to } = ledger.spans[0];
                assert_eq!((ledger.spans.len(), start), (1, from));
                assert_eq!(ledger.moved_from(), (to < ledger.due).then_some(to));
                assert_eq!(to < ledger.due, !calendar.is_open(to), "{from}");
                if let Length::Exact(seconds) = within {
                    assert_eq!(ledger.seconds(), seconds);
                }
                assert!(ledger.closed.is_empty() || to < ledger.due, "{from}");
            }
            (counted, within) => {
                assert_eq!((last.to, ledger.moved_from()), (ledger.due, None), "{from}");
                if let (Counted::BusinessTime, Length::Exact(seconds)) = (counted, within) {
                    assert_eq!(ledger.seconds(), seconds, "{from}");
                }
            }
        }
    }
}
