//! What is shown: open or closed, and why.

use super::*;
use crate::calendar::{ClosedDay, SpecialDay, Status, YearlyClosed};

#[test]
fn open_until_the_closing_closed_until_the_opening() {
    let calendar = calendar(&pacific());
    let closes = Some(at("2026-06-05T17:00:00-07:00"));
    assert_eq!(
        calendar.status(at("2026-06-05T10:00:00-07:00")),
        Status::Open { closes }
    );
    let opens = Some(at("2026-06-08T08:30:00-07:00"));
    assert_eq!(
        calendar.status(at("2026-06-05T17:00:00-07:00")),
        Status::Closed { opens, why: None }
    );
}

#[test]
fn a_closed_desk_says_why() {
    let mut spec = weekdays(
        "America/Los_Angeles",
        &["08:30-17:00", "22:00-02:00"],
        &["us-federal"],
    );
    let text = str::to_owned;
    spec.special = vec![SpecialDay {
        date: text("12-24"),
        hours: vec![text("08:30-12:00")],
        reason: text("Half day"),
    }];
    spec.yearly_closed = vec![YearlyClosed {
        from: text("12-28"),
        to: text("12-30"),
        reason: text("Stocktaking"),
    }];
    let outage = exception(
        ExceptionKind::Closed,
        "2026-06-05T10:00:00-07:00",
        "2026-06-05T11:00:00-07:00",
        "Fire drill",
    );
    let calendar = Calendar::new(&spec, &[outage]).unwrap();
    let why = |from| match calendar.status(at(from)) {
        Status::Closed { why, .. } => why.unwrap_or_default(),
        open @ Status::Open { .. } => panic!("{open:?}"),
    };
    assert_eq!(why("2026-06-05T10:30:00-07:00"), "Fire drill");
    assert_eq!(why("2026-12-25T10:00:00-08:00"), "Christmas Day");
    assert_eq!(
        why("2026-12-26T01:00:00-08:00"),
        "Christmas Day",
        "its shift past midnight"
    );
    assert_eq!(why("2026-12-26T10:00:00-08:00"), "");
    assert_eq!(why("2026-12-24T13:00:00-08:00"), "Half day");
    assert_eq!(why("2026-12-29T13:00:00-08:00"), "Stocktaking");
}

#[test]
fn open_time_goes_on_across_new_year() {
    let nights = calendar(&daily("UTC", &["22:00-06:00"]));
    let closes = Some(at("2027-01-01T06:00:00Z"));
    assert_eq!(
        nights.status(at("2026-12-31T23:00:00Z")),
        Status::Open { closes }
    );
    let until_new_year = calendar(&daily("UTC", &["12:00-24:00"]));
    let closes = Some(at("2027-01-01T00:00:00Z"));
    assert_eq!(
        until_new_year.status(at("2026-12-31T23:00:00Z")),
        Status::Open { closes }
    );
    let always = calendar(&daily("UTC", &["00:00-24:00"]));
    assert_eq!(
        always.status(at("2026-06-01T00:00:00Z")),
        Status::Open { closes: None }
    );
}

#[test]
fn closed_days_are_listed_with_their_reasons() {
    let outage = exception(
        ExceptionKind::Closed,
        "2026-12-23T23:00:00-08:00",
        "2026-12-24T08:00:00-08:00",
        "Power cut",
    );
    let calendar = Calendar::new(&pacific(), &[outage]).unwrap();
    let day = |date: &str, reason: &str| ClosedDay {
        date: date.parse().unwrap(),
        reason: reason.to_owned(),
    };
    assert_eq!(
        calendar.closed_days(
            at("2026-12-01T00:00:00-08:00"),
            at("2027-01-01T00:00:00-08:00")
        ),
        [
            day("2026-12-23", "Power cut"),
            day("2026-12-24", "Power cut"),
            day("2026-12-25", "Christmas Day"),
            day("2027-01-01", "New Year's Day"),
        ],
    );
}
