//! What holds for any calendar, start and target.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::calendar::{Length, Span, YearlyClosed};

const ZONES: [&str; 7] = [
    "America/Los_Angeles",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Havana",
    "Pacific/Apia",
    "UTC",
];

fn interval() -> impl Strategy<Value = String> {
    (0..96_u32, 1..=96_u32)
        .prop_filter("has a length", |(from, to)| from != to)
        .prop_map(|(from, to)| {
            format!(
                "{:02}:{:02}-{:02}:{:02}",
                from / 4,
                from % 4 * 15,
                to / 4,
                to % 4 * 15
            )
        })
}

fn hours() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(interval(), 0..3)
}

fn exceptions() -> impl Strategy<Value = Vec<Exception>> {
    let one =
        (instant(), 1..400_000_i64, any::<bool>()).prop_map(|(from, length, open)| Exception {
            from,
            to: from + TimeDelta::seconds(length),
            reason: "Exception".to_owned(),
            kind: if open {
                ExceptionKind::Open
            } else {
                ExceptionKind::Closed
            },
        });
    prop::collection::vec(one, 0..4)
}

prop_compose! {
    fn calendars()(
        zone in prop::sample::select(&ZONES[..]),
        days in prop::array::uniform7(hours()),
        mon in interval(),
        closed in any::<bool>(),
        exceptions in exceptions(),
    ) -> Calendar {
        let [mut first, tue, wed, thu, fri, sat, sun] = days;
        first.push(mon);
        let winter = YearlyClosed { from: "12-24".into(), to: "01-02".into(), reason: "Winter".into() };
        let spec = CalendarSpec {
            zone: zone.into(),
            holidays: vec!["us-federal".into(), "france".into()],
            hours: WeekHours { mon: first, tue, wed, thu, fri, sat, sun },
            yearly_closed: if closed { vec![winter] } else { Vec::new() },
            special: Vec::new(),
        };
        Calendar::new(&spec, &exceptions).unwrap()
    }
}

/// Around two new years, and far more often near them than by chance.
fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    let near_new_year =
        at("2026-12-20T00:00:00Z").timestamp()..at("2027-01-12T00:00:00Z").timestamp();
    let any = at("2026-01-01T00:00:00Z").timestamp()..at("2027-12-31T00:00:00Z").timestamp();
    prop_oneof![near_new_year, any]
        .prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

fn targets() -> impl Strategy<Value = Target> {
    let counted = prop_oneof![
        (1..300_000_i64).prop_map(|seconds| (Length::Exact(seconds), Counted::BusinessTime)),
        (1..20_i64).prop_map(|days| (Length::Days(days), Counted::BusinessDays)),
        (1..900_000_i64).prop_map(|seconds| (Length::Exact(seconds), Counted::Elapsed)),
        (1..20_i64).prop_map(|days| (Length::Days(days), Counted::Elapsed)),
    ];
    counted.prop_map(|(within, counted)| Target {
        within,
        counted,
        when_closed: WhenClosed::NextOpening,
    })
}

const SECOND: TimeDelta = TimeDelta::seconds(1);

proptest! {
    #[test]
    fn adding_open_time_gives_it_back(calendar in calendars(), from in instant(), seconds in 1..2_000_000_i64) {
        let due = calendar.add_open(from, seconds).unwrap();
        prop_assert_eq!(calendar.open_seconds(from, due), seconds);
        prop_assert_eq!(calendar.open_seconds(from, due - SECOND), seconds - 1, "the earliest such instant");
    }

    #[test]
    fn subtracting_open_time_gives_it_back(calendar in calendars(), until in instant(), seconds in 1..2_000_000_i64) {
        let start = calendar.subtract_open(until, seconds).unwrap();
        prop_assert_eq!(calendar.open_seconds(start, until), seconds);
        prop_assert_eq!(calendar.open_seconds(start + SECOND, until), seconds - 1, "the latest such instant");
    }

    #[test]
    fn spans_sum_up_to_the_open_time(calendar in calendars(), a in instant(), b in instant()) {
        let (from, to) = (a.min(b), a.max(b));
        let spans = calendar.open_spans(from, to);
        prop_assert_eq!(spans.iter().map(Span::seconds).sum::<i64>(), calendar.open_seconds(from, to));
        prop_assert_eq!(calendar.open_seconds(to, from), -calendar.open_seconds(from, to));
        for span in &spans {
            prop_assert!(from <= span.from && span.from < span.to && span.to <= to);
            prop_assert!(calendar.is_open(span.from) && calendar.is_open(span.to - SECOND));
            prop_assert!(span.from == from || !calendar.is_open(span.from - SECOND));
            prop_assert!(span.to == to || !calendar.is_open(span.to));
        }
        prop_assert!(spans.is_sorted_by(|one, next| one.to < next.from), "merged");
    }

    #[test]
    fn a_later_start_is_never_due_earlier(calendar in calendars(), a in instant(), b in instant(), seconds in 1..500_000_i64) {
        let (from, later) = (a.min(b), a.max(b));
        prop_assert!(calendar.add_open(from, seconds).unwrap() <= calendar.add_open(later, seconds).unwrap());
        prop_assert!(calendar.next_opening(from).unwrap() <= calendar.next_opening(later).unwrap());
    }

    #[test]
    fn nothing_is_due_before_it_starts(calendar in calendars(), from in instant(), target in targets()) {
        let due = calendar.due(from, &target).unwrap();
        prop_assert!(due >= from);
        let open_or_closing = calendar.is_open(due) || calendar.is_open(due - SECOND);
        prop_assert!(open_or_closing, "due {} while closed", due);
    }

    #[test]
    fn a_business_day_never_ends_at_an_opening(calendar in calendars(), from in instant(), days in 1..20_i64) {
        let target = Target { within: Length::Days(days), counted: Counted::BusinessDays, when_closed: WhenClosed::AsIs };
        let due = calendar.due(from, &target).unwrap();
        prop_assert!(!calendar.is_open(due) || calendar.is_open(due - SECOND), "due {} at an opening", due);
    }
}

proptest! {
    // Each of them compiles the tables of all years.
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn decades_are_added_like_minutes(calendar in calendars(), from in instant(), seconds in 2_000_000..200_000_000_i64) {
        let due = calendar.add_open(from, seconds);
        prop_assume!(due.is_ok(), "so much is not left in the years covered");
        let due = due.unwrap();
        let in_steps = (0..7).try_fold(from, |at, step| calendar.add_open(at, (seconds + step) / 7));
        prop_assert_eq!(in_steps, Ok(due), "all at once, or in seven steps");
        let spans = calendar.open_spans(from, due);
        prop_assert_eq!(spans.iter().map(Span::seconds).sum::<i64>(), seconds);
        prop_assert_eq!(calendar.open_seconds(from, due), seconds);
        let start = calendar.subtract_open(due, seconds).unwrap();
        prop_assert_eq!(calendar.open_seconds(start, due), seconds);
        prop_assert_eq!(calendar.open_seconds(start + SECOND, due), seconds - 1, "the latest such instant");
    }
}
