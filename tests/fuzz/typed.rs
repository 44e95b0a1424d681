//! What people type: instants, queries, numbers.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;
use holdline::incident::{Query, QueryError, Scope, TechRef};
use holdline::when;

use crate::tries;

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

#[test]
fn damaged_instants_are_refused_or_read() {
    let typed = [
        "2026-11-23T14:30:00-08:00",
        "mon 9:00",
        "+2h",
        "-3d",
        "14:30",
        "2026-02-29 25:61",
    ];
    tries(8_000, |damage| {
        let whole = damage.choice(&typed);
        let text = damage.text(whole);
        for past in [false, true] {
            if let Err(error) = when::instant(&text, now(), London, past) {
                assert!(!error.to_string().is_empty());
            }
        }
    });
}

#[test]
fn damaged_queries_are_refused_at_a_character_or_read() {
    let typed = [
        "state:open is:missed customer:\"Blue Fern\" -severity:low due:<2h",
        "opened:>2026-11-01 level:>=2 (word -other channel:mail",
        "opened:<7d assignee:me policy:severity product:\"Diary 9\"",
    ];
    let scope = Scope {
        now: now(),
        me: "mira",
        zone: London,
        words: None,
    };
    tries(8_000, |damage| {
        let whole = damage.choice(&typed);
        let text = damage.text(whole);
        if let Err(QueryError { query, at, problem }) = Query::parse(&text, scope) {
            assert!(at <= query.chars().count() && !problem.is_empty());
        }
    });
}

#[test]
fn damaged_numbers_are_refused_or_are_the_number() {
    tries(8_000, |damage| {
        let text = damage.text("10001-4");
        if let Ok(number) = text.parse::<TechRef>() {
            // What was taken is said as it was meant: the same digits in the same order, zeros in front aside.
            let digits = |text: &str| {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                digits.trim_start_matches('0').to_owned()
            };
            assert_eq!(digits(&number.to_string()), digits(&text), "{text:?}");
        }
    });
}
