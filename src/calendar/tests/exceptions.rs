//! A desk's closures and extra openings.

use super::*;

#[test]
fn closures_win_over_openings_and_openings_over_holidays() {
    let exceptions = [
        exception(
            ExceptionKind::Open,
            "2026-12-25T09:00:00-08:00",
            "2026-12-25T15:00:00-08:00",
            "Release",
        ),
        exception(
            ExceptionKind::Closed,
            "2026-12-25T12:00:00-08:00",
            "2026-12-25T13:00:00-08:00",
            "Power cut",
        ),
    ];
    let calendar = Calendar::new(&pacific(), &exceptions).unwrap();
    let (from, to) = (
        at("2026-12-25T00:00:00-08:00"),
        at("2026-12-26T00:00:00-08:00"),
    );
    assert_eq!(calendar.open_seconds(from, to), 5 * 3600);
    assert_eq!(calendar.open_spans(from, to).len(), 2);
    // The day counts as a working day now.
    let due = calendar.due(
        at("2026-12-24T14:00:00-08:00"),
        &target("1d", Counted::BusinessDays),
    );
    assert_eq!(due, Ok(at("2026-12-25T14:00:00-08:00")));
}

#[test]
fn a_long_opening_is_cut_into_days() {
    let open = exception(
        ExceptionKind::Open,
        "2026-06-06T00:00:00-07:00",
        "2026-06-08T00:00:00-07:00",
        "Launch",
    );
    let calendar = Calendar::new(&pacific(), &[open]).unwrap();
    let due = |from| {
        calendar
            .due(at(from), &target("1d", Counted::BusinessDays))
            .unwrap()
    };
    assert_eq!(
        due("2026-06-05T12:00:00-07:00"),
        at("2026-06-06T12:00:00-07:00")
    );
    assert_eq!(
        due("2026-06-06T12:00:00-07:00"),
        at("2026-06-07T12:00:00-07:00")
    );
}
