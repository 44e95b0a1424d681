use chrono_tz::America::Los_Angeles;
use chrono_tz::Europe::London;
use proptest::prelude::*;
use rstest::rstest;
use std::sync::Arc;

use super::*;
use crate::console::look::tests::{plain, rich};
use crate::console::testing::at;
use crate::incident::Pause;
use crate::policy::{Deadlines, example_settings, parse, shipped};

/// The policy of four business hours: Monday to Friday, 08:30 to 17:00 in California.
fn ruling() -> Ruling {
    let text = shipped("per-incident").unwrap();
    let policy = Arc::new(parse(text, &example_settings(text).unwrap()).unwrap());
    Ruling {
        deadlines: Deadlines::new(Arc::clone(&policy), |_| Vec::new()).unwrap(),
        version: 1,
        closures: Vec::new(),
        policy,
    }
}

fn response(counted: Counted, due: &str) -> Clock {
    running(ClockKind::Response, counted, at(due))
}

fn words(clock: &Clock, now: &str, zone: Tz) -> String {
    let ruling = ruling();
    let running = Running::of(clock, Some(&ruling), None, at(now)).unwrap();
    running.words(zone, &rich()).0
}

// Due on Tuesday 24 November 2026 at 11:30 in California.
#[rstest]
#[case("2026-11-24T18:47:50Z", "● 42:10")]
#[case("2026-11-24T18:30:00Z", "● 1h 00m")]
#[case("2026-11-24T18:29:59Z", "○ 1h 00m")]
#[case("2026-11-24T16:30:00Z", "○ 3h 00m")]
#[case("2026-11-24T16:29:59Z", "⏸ closed, opens 08:30")]
#[case("2026-11-24T05:00:00Z", "⏸ closed, opens Tue 08:30")]
#[case("2026-11-21T05:00:00Z", "⏸ closed, opens Mon 08:30")]
#[case("2026-11-24T19:30:00Z", "● 0:00")]
#[case("2026-11-24T19:30:00.9Z", "● 0:00")]
#[case("2026-11-24T19:30:01Z", "▲ missed <1m")]
#[case("2026-11-24T19:42:00Z", "▲ missed 12m")]
#[case("2026-11-25T05:00:00Z", "▲ missed 9h 30m")]
#[case("2026-11-23T22:30:00Z", "○ 5h 30m open")]
fn business_time_reads(#[case] now: &str, #[case] expected: &str) {
    let clock = response(Counted::BusinessTime, "2026-11-24T19:30:00Z");
    // The evening before is another day in California only.
    assert_eq!(words(&clock, now, Los_Angeles), expected);
}

#[test]
fn openings_are_told_in_the_agents_zone() {
    let clock = response(Counted::BusinessTime, "2026-11-24T19:30:00Z");
    let words = words(&clock, "2026-11-21T05:00:00Z", London);
    assert_eq!(words, "⏸ closed, opens Mon 16:30");
    assert_eq!(text_width(&words), 25);
}

fn text_width(words: &str) -> usize {
    crate::text::width(words)
}

#[rstest]
#[case(ClockKind::Estimate, "○ 5h 00m estimate")]
#[case(ClockKind::Appointment, "○ 5h 00m appointment")]
#[case(ClockKind::Silence, "⏸ resolves 19:30")]
fn other_clocks_say_what_they_are(#[case] kind: ClockKind, #[case] expected: &str) {
    let clock = running(kind, Counted::Elapsed, at("2026-11-24T19:30:00Z"));
    assert_eq!(words(&clock, "2026-11-24T14:30:00Z", London), expected);
}

#[test]
fn a_paused_clock_says_so_and_does_not_tick() {
    let mut clock = running(
        ClockKind::Resolution,
        Counted::BusinessTime,
        at("2026-11-24T19:30:00Z"),
    );
    clock.paused = Some(Pause {
        at: at("2026-11-24T17:30:00Z"),
        left: 7_200,
    });
    let ruling = ruling();
    let paused = Running::of(&clock, Some(&ruling), None, at("2026-11-30T12:00:00Z")).unwrap();
    let (words, role) = paused.words(London, &plain());
    assert_eq!(
        (words.as_str(), role),
        ("= paused, 2h 00m resolution", Role::Paused)
    );
    assert_eq!(paused.next_change(), None);
}

#[rstest]
#[case("2026-11-24T06:30:00Z", Some(36_000))]
#[case("2026-11-24T16:30:00Z", Some(1))]
#[case("2026-11-24T18:40:00Z", Some(1))]
#[case("2026-11-24T19:30:00Z", Some(1))]
#[case("2026-11-24T19:30:01Z", Some(59))]
#[case("2026-11-25T05:00:00Z", Some(60))]
fn the_next_change_is_exact(#[case] now: &str, #[case] seconds: Option<i64>) {
    let clock = response(Counted::BusinessTime, "2026-11-24T19:30:00Z");
    let ruling = ruling();
    let running = Running::of(&clock, Some(&ruling), None, at(now)).unwrap();
    assert_eq!(running.next_change(), seconds);
}

proptest! {
    #[test]
    fn until_the_next_change_the_words_stay(
        start in 0_i64..14 * 86_400,
        due in 0_i64..14 * 86_400,
        counted in prop_oneof![
            Just(Counted::BusinessTime),
            Just(Counted::BusinessDays),
            Just(Counted::Elapsed),
        ],
        part in 0.0_f64..1.0,
    ) {
        let begin = at("2026-11-16T00:00:00Z");
        let ruling = ruling();
        let open = ruling.deadlines.calendar(None).unwrap().unwrap();
        let due = match counted {
            Counted::Elapsed => begin + TimeDelta::seconds(due),
            _ => open.next_opening(begin + TimeDelta::seconds(due)).unwrap(),
        };
        let clock = running(ClockKind::Response, counted, due);
        let read = |at| {
            let running = Running::of(&clock, Some(&ruling), None, at).unwrap();
            // On one day: a date may read otherwise from midnight on.
            (running.words(Tz::UTC, &rich()).0, running.next_change())
        };
        let now = begin + TimeDelta::seconds(start);
        let (words, change) = read(now);
        let later = now + TimeDelta::seconds((part * (change.unwrap() - 1) as f64) as i64);
        prop_assume!(later.date_naive() == now.date_naive());
        prop_assert_eq!(read(later).0, words);
    }
}
