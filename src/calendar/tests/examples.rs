//! Every worked example of the specification, and the finer points of each kind of target.

use rstest::rstest;

use super::*;
use crate::calendar::CalendarError;

#[rstest]
#[case::across_noon(
    pacific(),
    "4h",
    "2026-11-23T13:00:00-08:00",
    "2026-11-23T17:00:00-08:00"
)]
#[case::thanksgiving(
    pacific(),
    "4h",
    "2026-11-25T16:00:00-08:00",
    "2026-11-27T11:30:00-08:00"
)]
#[case::weekend(
    pacific(),
    "4h",
    "2026-11-28T10:00:00-08:00",
    "2026-11-30T12:30:00-08:00"
)]
#[case::summer_time(
    pacific(),
    "4h",
    "2026-03-06T15:30:00-08:00",
    "2026-03-09T11:00:00-07:00"
)]
#[case::at_closing(
    pacific(),
    "4h",
    "2026-11-23T17:00:00-08:00",
    "2026-11-24T12:30:00-08:00"
)]
#[case::at_opening(
    pacific(),
    "4h",
    "2026-11-23T08:30:00-08:00",
    "2026-11-23T12:30:00-08:00"
)]
#[case::never_the_next_opening(
    pacific(),
    "8h 30m",
    "2026-11-20T08:30:00-08:00",
    "2026-11-20T17:00:00-08:00"
)]
fn business_time(
    #[case] spec: CalendarSpec,
    #[case] within: &str,
    #[case] from: &str,
    #[case] due: &str,
) {
    let due_then = calendar(&spec).due(at(from), &target(within, Counted::BusinessTime));
    assert_eq!(due_then, Ok(at(due)));
}

#[rstest]
#[case::critical("24h", "2026-11-20T16:00:00-07:00", "2026-11-23T08:00:00-07:00")]
#[case::high("3d", "2026-10-30T10:00:00-06:00", "2026-11-02T10:00:00-07:00")]
#[case::normal("1w", "2026-12-18T11:00:00-07:00", "2026-12-28T08:00:00-07:00")]
#[case::on_a_closing("24h", "2026-11-23T17:00:00-07:00", "2026-11-25T08:00:00-07:00")]
#[case::on_an_opening("24h", "2026-11-23T08:00:00-07:00", "2026-11-24T08:00:00-07:00")]
#[case::start_while_closed("48h", "2026-11-21T12:00:00-07:00", "2026-11-23T12:00:00-07:00")]
#[case::hours_are_exact_over_a_change(
    "48h",
    "2026-10-31T10:00:00-06:00",
    "2026-11-02T09:00:00-07:00"
)]
fn elapsed(#[case] within: &str, #[case] from: &str, #[case] due: &str) {
    let due_then = calendar(&mountain()).due(at(from), &target(within, Counted::Elapsed));
    assert_eq!(due_then, Ok(at(due)));
}

#[test]
fn elapsed_as_is_stays_in_closed_time() {
    let target = Target {
        when_closed: WhenClosed::AsIs,
        ..target("24h", Counted::Elapsed)
    };
    let due = calendar(&mountain()).due(at("2026-11-20T16:00:00-07:00"), &target);
    assert_eq!(due, Ok(at("2026-11-21T16:00:00-07:00")));
}

#[rstest]
#[case::substitute_day(london(), "2026-12-24T16:00:00Z", "2026-12-29T16:00:00Z")]
#[case::closing_not_opening(florida(), "2026-11-28T12:00:00-05:00", "2026-11-30T17:00:00-05:00")]
#[case::bastille_day(paris(), "2026-07-13T10:30:00+02:00", "2026-07-15T10:30:00+02:00")]
#[case::from_an_opening(florida(), "2026-11-30T09:00:00-05:00", "2026-11-30T17:00:00-05:00")]
#[case::from_a_closing(florida(), "2026-11-30T17:00:00-05:00", "2026-12-01T17:00:00-05:00")]
#[case::same_time_over_a_change(
    florida(),
    "2026-10-30T10:00:00-04:00",
    "2026-11-02T10:00:00-05:00"
)]
fn one_business_day(#[case] spec: CalendarSpec, #[case] from: &str, #[case] due: &str) {
    let due_then = calendar(&spec).due(at(from), &target("1d", Counted::BusinessDays));
    assert_eq!(due_then, Ok(at(due)));
}

/// Wednesdays are short, with a gap of their own.
fn short_wednesday() -> CalendarSpec {
    let mut spec = weekdays("Europe/Berlin", &["08:00-12:00", "13:00-17:00"], &[]);
    spec.hours.wed = vec!["09:00-11:00".into(), "14:00-15:00".into()];
    spec
}

#[rstest]
#[case::before_the_first_opening("2026-06-02T08:30:00+02:00", "2026-06-02T17:00:00+02:00")]
#[case::at_the_first_opening("2026-06-02T09:00:00+02:00", "2026-06-02T17:00:00+02:00")]
#[case::within("2026-06-02T10:59:59+02:00", "2026-06-03T10:59:59+02:00")]
#[case::in_the_gap("2026-06-02T13:30:00+02:00", "2026-06-03T11:00:00+02:00")]
#[case::at_the_second_opening("2026-06-02T14:00:00+02:00", "2026-06-03T11:00:00+02:00")]
#[case::after_the_last_closing("2026-06-02T16:00:00+02:00", "2026-06-03T15:00:00+02:00")]
#[case::start_in_a_gap("2026-06-03T12:00:00+02:00", "2026-06-04T14:00:00+02:00")]
fn business_days_are_clamped_to_the_day(#[case] from: &str, #[case] due: &str) {
    let due_then = calendar(&short_wednesday()).due(at(from), &target("1d", Counted::BusinessDays));
    assert_eq!(due_then, Ok(at(due)));
}

#[test]
fn business_days_of_a_night_shift_count_from_the_evening_on_which_it_began() {
    let nights = calendar(&weekdays("America/Chicago", &["22:00-06:00"], &[]));
    let due = |from| {
        nights
            .due(at(from), &target("1d", Counted::BusinessDays))
            .unwrap()
    };
    // Saturday 02:00 is Friday's 26:00, and Monday's comes on Tuesday.
    assert_eq!(
        due("2026-06-06T02:00:00-05:00"),
        at("2026-06-09T02:00:00-05:00")
    );
    assert_eq!(
        due("2026-06-05T23:00:00-05:00"),
        at("2026-06-08T23:00:00-05:00")
    );
}

#[test]
fn a_calendar_that_never_closes_has_no_openings() {
    let always = calendar(&daily("America/Denver", &["00:00-24:00"]));
    let due = |from| {
        always
            .due(at(from), &target("1d", Counted::BusinessDays))
            .unwrap()
    };
    assert_eq!(
        due("2026-06-05T00:00:00-06:00"),
        at("2026-06-06T00:00:00-06:00")
    );
    // Nor has it one where the tables of two years meet.
    let utc = calendar(&daily("UTC", &["00:00-24:00"]));
    let due = utc.due(
        at("2026-12-31T00:00:00Z"),
        &target("1d", Counted::BusinessDays),
    );
    assert_eq!(due, Ok(at("2027-01-01T00:00:00Z")));
}

#[test]
fn an_opening_at_new_year_is_one() {
    let mut spec = daily("UTC", &["00:00-08:00"]);
    spec.hours.thu = vec!["00:00-23:00".into()];
    let due = calendar(&spec).due(
        at("2026-12-31T00:00:00Z"),
        &target("1d", Counted::BusinessDays),
    );
    assert_eq!(due, Ok(at("2026-12-31T23:00:00Z")));
}

#[rstest]
#[case("4h", Counted::BusinessDays)]
#[case("3d", Counted::BusinessTime)]
#[case("0m", Counted::Elapsed)]
fn a_target_that_cannot_be_counted_is_an_error(#[case] within: &str, #[case] counted: Counted) {
    let due = calendar(&pacific()).due(at("2026-06-05T12:00:00Z"), &target(within, counted));
    assert!(matches!(due, Err(CalendarError::Target(_))), "{due:?}");
}

#[rstest]
#[case("4h", Counted::BusinessTime)]
#[case("1d", Counted::BusinessDays)]
#[case("1d", Counted::Elapsed)]
fn years_not_covered_are_an_error(#[case] within: &str, #[case] counted: Counted) {
    let calendar = calendar(&pacific());
    for from in [
        "1998-12-31T12:00:00Z",
        "2110-12-31T23:30:00Z",
        "2111-01-01T00:00:00Z",
    ] {
        let due = calendar.due(at(from), &target(within, counted));
        assert!(due.is_err(), "{from}: {due:?}");
    }
}
