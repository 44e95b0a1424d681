//! The traps into which other systems fell, by their numbers in the specification.

use rstest::rstest;

use super::*;
use crate::calendar::{CalendarError, SpecialDay, YearlyClosed};

const HOUR: i64 = 3600;

#[test]
fn trap_01_a_whole_day_loses_no_minute() {
    let always = daily("Europe/Paris", &["00:00-24:00"]);
    assert_eq!(
        seconds(&always, "2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z"),
        7 * 24 * HOUR
    );
    let halves = daily("Europe/Paris", &["00:00-12:00", "12:00-24:00"]);
    let open = calendar(&halves).open_spans(at("2026-12-30T00:00:00Z"), at("2027-01-02T00:00:00Z"));
    assert_eq!(open.len(), 1, "touching intervals are one: {open:?}");
    assert_eq!(open[0].seconds(), 3 * 24 * HOUR);
}

#[test]
fn trap_01_an_opening_is_open_and_a_closing_is_closed() {
    let calendar = calendar(&pacific());
    assert!(!calendar.is_open(at("2026-11-23T08:29:59-08:00")));
    assert!(calendar.is_open(at("2026-11-23T08:30:00-08:00")));
    assert!(calendar.is_open(at("2026-11-23T16:59:59-08:00")));
    assert!(!calendar.is_open(at("2026-11-23T17:00:00-08:00")));
}

#[test]
fn trap_02_a_shift_past_midnight_belongs_to_its_starting_day() {
    let mut nights = weekdays("America/Denver", &["22:00-06:00"], &["us-federal"]);
    // Friday's shift runs into Saturday the 4th, a holiday; the observed day, Friday the 3rd, has no shift at all.
    assert_eq!(
        seconds(
            &nights,
            "2026-07-03T12:00:00-06:00",
            "2026-07-04T12:00:00-06:00"
        ),
        0
    );
    // Thursday's shift is not cut by the holiday on which it ends.
    assert_eq!(
        seconds(
            &nights,
            "2026-07-02T12:00:00-06:00",
            "2026-07-03T12:00:00-06:00"
        ),
        8 * HOUR
    );
    // Nor is one by the 1st of January in the next year's table.
    assert_eq!(
        seconds(
            &nights,
            "2026-12-31T12:00:00-07:00",
            "2027-01-01T12:00:00-07:00"
        ),
        8 * HOUR
    );
    nights.holidays.clear();
    assert_eq!(
        seconds(
            &nights,
            "2026-07-03T12:00:00-06:00",
            "2026-07-04T12:00:00-06:00"
        ),
        8 * HOUR
    );
}

#[test]
fn trap_03_lunch_break_is_neither_dropped_nor_counted() {
    let lunch = weekdays("Europe/Paris", &["09:00-12:00", "13:30-18:00"], &[]);
    assert_eq!(
        seconds(
            &lunch,
            "2026-06-01T00:00:00+02:00",
            "2026-06-02T00:00:00+02:00"
        ),
        27_000
    );
    let due = calendar(&lunch).due(
        at("2026-06-01T11:00:00+02:00"),
        &target("2h", Counted::BusinessTime),
    );
    assert_eq!(due, Ok(at("2026-06-01T14:30:00+02:00")));
}

#[test]
fn trap_03_half_day_before_a_holiday_replaces_the_hours() {
    let mut spec = london();
    let half = |date: &str, hours: &[&str]| SpecialDay {
        date: date.into(),
        hours: hours.iter().map(ToString::to_string).collect(),
        reason: "Half day".into(),
    };
    spec.special = vec![
        half("12-24", &["09:00-12:00"]),
        half("2027-12-24", &[]),
        half("2026-12-25", &["10:00-11:00"]),
    ];
    let day = |date: &str| {
        seconds(
            &spec,
            &format!("{date}T00:00:00Z"),
            &format!("{date}T23:59:59Z"),
        )
    };
    assert_eq!(day("2026-12-24"), 3 * HOUR);
    assert_eq!(day("2026-12-25"), HOUR, "also on a holiday");
    assert_eq!(
        day("2027-12-24"),
        0,
        "one year's day goes before each year's"
    );
    assert_eq!(day("2028-12-25"), 0);
}

#[test]
fn trap_03_overlapping_intervals_are_not_counted_twice() {
    let overlapping = weekdays("Europe/Paris", &["09:00-13:00", "12:00-18:00"], &[]);
    assert_eq!(
        seconds(
            &overlapping,
            "2026-06-01T00:00:00+02:00",
            "2026-06-02T00:00:00+02:00"
        ),
        9 * HOUR
    );
}

#[rstest]
#[case::spring("2026-03-05T00:00:00-08:00", "2026-03-11T00:00:00-07:00", 4)]
#[case::autumn("2026-10-29T00:00:00-07:00", "2026-11-04T00:00:00-08:00", 4)]
fn trap_04_no_day_is_skipped_or_counted_twice(
    #[case] from: &str,
    #[case] to: &str,
    #[case] days: i64,
) {
    assert_eq!(seconds(&pacific(), from, to), days * 30_600);
    assert_eq!(calendar(&pacific()).open_spans(at(from), at(to)).len(), 4);
}

#[rstest]
// On 2026-11-01 New York shows 01:00 to 02:00 twice: an opening is the first, and so is a closing.
#[case::opens_in_the_repeated_hour(&["01:30-05:00"], "2026-11-01T01:30:00-04:00", "2026-11-01T05:00:00-05:00")]
#[case::closes_in_the_repeated_hour(&["00:30-01:30"], "2026-11-01T00:30:00-04:00", "2026-11-01T01:30:00-04:00")]
fn trap_05_repeated_hour(#[case] hours: &[&str], #[case] opens: &str, #[case] closes: &str) {
    let open = calendar(&daily("America/New_York", hours)).open_spans(
        at("2026-11-01T00:00:00-04:00"),
        at("2026-11-02T00:00:00-05:00"),
    );
    assert_eq!(
        open.iter()
            .map(|span| (span.from, span.to))
            .collect::<Vec<_>>(),
        [(at(opens), at(closes))]
    );
}

#[rstest]
// On 2026-03-08 New York skips 02:00 to 03:00: 02:30 is taken as 03:30.
#[case::opens_in_the_skipped_hour(&["02:30-05:00"], Some(("2026-03-08T03:30:00-04:00", "2026-03-08T05:00:00-04:00")))]
#[case::closes_in_the_skipped_hour(&["00:30-02:30"], Some(("2026-03-08T00:30:00-05:00", "2026-03-08T03:30:00-04:00")))]
#[case::turned_round(&["02:30-03:15"], None)]
fn trap_05_skipped_hour(#[case] hours: &[&str], #[case] open: Option<(&str, &str)>) {
    let spans = calendar(&daily("America/New_York", hours)).open_spans(
        at("2026-03-08T00:00:00-05:00"),
        at("2026-03-09T00:00:00-04:00"),
    );
    let expected: Vec<_> = open.iter().map(|(from, to)| (at(from), at(to))).collect();
    assert_eq!(
        spans
            .iter()
            .map(|span| (span.from, span.to))
            .collect::<Vec<_>>(),
        expected
    );
}

#[rstest]
#[case::skipped("America/New_York", "2026-03-08T02:30:00", "2026-03-08T03:30:00-04:00")]
#[case::skipped_first_second(
    "America/New_York",
    "2026-03-08T02:00:00",
    "2026-03-08T03:00:00-04:00"
)]
#[case::just_before("America/New_York", "2026-03-08T01:59:59", "2026-03-08T01:59:59-05:00")]
#[case::just_after("America/New_York", "2026-03-08T03:00:00", "2026-03-08T03:00:00-04:00")]
#[case::repeated("America/New_York", "2026-11-01T01:30:00", "2026-11-01T01:30:00-04:00")]
#[case::repeated_last_second(
    "America/New_York",
    "2026-11-01T01:59:59",
    "2026-11-01T01:59:59-04:00"
)]
#[case::after_the_repeat("America/New_York", "2026-11-01T02:00:00", "2026-11-01T02:00:00-05:00")]
#[case::half_an_hour(
    "Australia/Lord_Howe",
    "2026-10-04T02:15:00",
    "2026-10-04T02:45:00+11:00"
)]
#[case::a_whole_day_skipped("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-31T12:00:00+14:00")]
#[case::midnight_skipped("America/Havana", "2026-03-08T00:00:00", "2026-03-08T01:00:00-04:00")]
fn trap_05_local_times(#[case] zone: &str, #[case] local: &str, #[case] instant: &str) {
    let calendar = calendar(&daily(zone, &["00:00-24:00"]));
    assert_eq!(calendar.instant(local.parse().unwrap()), at(instant));
}

#[test]
fn trap_06_each_date_has_its_own_offset() {
    let calendar = calendar(&pacific());
    let opening = |from| calendar.next_opening(at(from)).unwrap();
    assert_eq!(
        opening("2026-01-05T00:00:00-08:00"),
        at("2026-01-05T16:30:00Z")
    );
    assert_eq!(
        opening("2026-07-06T00:00:00-07:00"),
        at("2026-07-06T15:30:00Z")
    );
    assert_eq!(
        calendar.local(at("2026-07-06T15:30:00Z")).to_rfc3339(),
        "2026-07-06T08:30:00-07:00"
    );
}

#[test]
fn trap_06_clocks_go_on_changing_after_the_zone_data_end() {
    let calendar = calendar(&pacific());
    let opening = |from| calendar.next_opening(at(from)).unwrap();
    // 2100 begins on a Friday like 2094, and its clocks go forward on the second Sunday of March.
    assert_eq!(opening("2100-03-12T20:00:00Z"), at("2100-03-12T20:00:00Z"));
    assert_eq!(opening("2100-03-13T12:00:00Z"), at("2100-03-15T15:30:00Z"));
    assert_eq!(opening("2100-11-06T12:00:00Z"), at("2100-11-08T16:30:00Z"));
}

#[test]
fn trap_07_a_yearly_closure_across_new_year() {
    let mut spec = weekdays("Europe/Paris", &["09:00-17:00"], &[]);
    spec.yearly_closed = vec![YearlyClosed {
        from: "12-24".into(),
        to: "01-02".into(),
        reason: "Winter break".into(),
    }];
    let calendar = calendar(&spec);
    let opening = |from| calendar.next_opening(at(from)).unwrap();
    assert_eq!(
        opening("2026-12-23T17:00:00+01:00"),
        at("2027-01-04T09:00:00+01:00")
    );
    assert_eq!(
        opening("2024-12-23T17:00:00+01:00"),
        at("2025-01-03T09:00:00+01:00")
    );
    assert!(calendar.is_open(at("2026-12-23T16:59:59+01:00")));
}

#[test]
fn trap_08_no_open_time_at_all_is_refused() {
    let field = |spec: &CalendarSpec| match Calendar::new(spec, &[]) {
        Err(CalendarError::Field { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(&weekdays("UTC", &[], &[])), "hours");
    let mut all_year = pacific();
    all_year.yearly_closed = vec![YearlyClosed {
        from: "03-01".into(),
        to: "02-29".into(),
        reason: "Gone".into(),
    }];
    assert_eq!(field(&all_year), "hours");
}

#[test]
fn trap_08_no_endless_search_when_closures_cover_everything() {
    let closed = exception(
        ExceptionKind::Closed,
        "2026-06-01T00:00:00Z",
        "2200-01-01T00:00:00Z",
        "Sold",
    );
    let calendar = Calendar::new(&pacific(), &[closed]).unwrap();
    let from = at("2026-06-02T12:00:00Z");
    assert_eq!(
        calendar.next_opening(from),
        Err(CalendarError::NeverOpens(from))
    );
    for (within, counted) in [
        ("4h", Counted::BusinessTime),
        ("1d", Counted::BusinessDays),
        ("24h", Counted::Elapsed),
    ] {
        let due = calendar.due(from, &target(within, counted));
        assert!(
            matches!(due, Err(CalendarError::NeverOpens(_))),
            "{counted:?}: {due:?}"
        );
    }
}

#[test]
fn trap_17_warning_points_take_away_business_time() {
    let calendar = calendar(&pacific());
    let warn = |due, seconds| calendar.subtract_open(at(due), seconds).unwrap();
    // An hour before Monday 09:00 is half an hour before Friday's closing.
    assert_eq!(
        warn("2026-06-08T09:00:00-07:00", HOUR),
        at("2026-06-05T16:30:00-07:00")
    );
    // All of Monday so far: the latest such instant is its opening, not Friday's closing.
    assert_eq!(
        warn("2026-06-08T09:30:00-07:00", HOUR),
        at("2026-06-08T08:30:00-07:00")
    );
    assert_eq!(
        warn("2027-01-04T08:30:00-08:00", 30_600),
        at("2026-12-31T08:30:00-08:00")
    );
}

#[test]
fn trap_21_whole_seconds_and_targets_short_and_long() {
    let calendar = calendar(&pacific());
    let due = |from, within| {
        calendar
            .due(at(from), &target(within, Counted::BusinessTime))
            .unwrap()
    };
    assert_eq!(
        due("2026-06-05T16:59:59.999-07:00", "1s"),
        at("2026-06-05T17:00:00-07:00")
    );
    assert_eq!(
        due("2026-06-05T10:00:00-07:00", "15m"),
        at("2026-06-05T10:15:00-07:00")
    );
    // Each year has 261 weekdays; 11 holidays fall on those of 2026, and 12 on those of 2027, which observes the new
    // year of 2028 too.
    let two_years = (261 - 11 + 261 - 12) * 30_600;
    assert_eq!(
        due("2026-01-01T00:00:00-08:00", &format!("{two_years}s")),
        at("2027-12-30T17:00:00-08:00"),
    );
}
