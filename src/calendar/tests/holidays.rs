//! The shipped holiday sets.

use chrono::NaiveDate;
use rstest::rstest;

use crate::calendar::{holiday_sets, holidays};

fn dates(set: &str, year: i32) -> String {
    let dates: Vec<String> = holidays(set, year)
        .unwrap()
        .iter()
        .map(|(date, _)| date.format("%m-%d").to_string())
        .collect();
    dates.join(" ")
}

#[rstest]
#[case(
    2000,
    "01-01 01-17 02-21 05-29 07-04 09-04 10-09 11-10 11-11 11-23 12-25"
)]
#[case(
    2020,
    "01-01 01-20 02-17 05-25 07-03 07-04 09-07 10-12 11-11 11-26 12-25"
)]
// New Year 2022 is a Saturday, observed on the last day of 2021; Juneteenth is new.
#[case(
    2021,
    "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31"
)]
#[case(
    2022,
    "01-01 01-17 02-21 05-30 06-19 06-20 07-04 09-05 10-10 11-11 11-24 12-25 12-26"
)]
#[case(
    2026,
    "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"
)]
fn us_federal(#[case] year: i32, #[case] days: &str) {
    assert_eq!(dates("us-federal", year), days);
}

#[rstest]
#[case::jubilee(2002, "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26")]
#[case::wedding(
    2011,
    "01-01 01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-25 12-26 12-27"
)]
#[case::jubilee(2012, "01-01 01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26")]
#[case::victory_day(2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-26 12-28")]
#[case::both_substituted(2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27 12-28")]
#[case::funeral(
    2022,
    "01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27"
)]
#[case::coronation(2023, "01-01 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26")]
#[case(2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28")]
fn uk_england_wales(#[case] year: i32, #[case] days: &str) {
    assert_eq!(dates("uk-england-wales", year), days);
}

#[rstest]
// Ascension falls on the 1st of May.
#[case(2008, "01-01 03-24 05-01 05-08 05-12 07-14 08-15 11-01 11-11 12-25")]
#[case(
    2026,
    "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"
)]
fn france(#[case] year: i32, #[case] days: &str) {
    assert_eq!(dates("france", year), days);
}

#[test]
fn names_are_kept() {
    let name = |set, date: &str| {
        let date: NaiveDate = date.parse().unwrap();
        let days = holidays(set, chrono::Datelike::year(&date)).unwrap();
        days.into_iter()
            .find(|(day, _)| *day == date)
            .map(|(_, name)| name)
            .unwrap()
    };
    assert_eq!(
        name("us-federal", "2021-12-31"),
        "New Year's Day (observed)"
    );
    assert_eq!(
        name("uk-england-wales", "2022-12-27"),
        "Christmas Day (observed)"
    );
    assert_eq!(name("france", "2008-05-01"), "Ascension, Fête du Travail");
}

#[test]
fn every_shipped_set_can_be_read() {
    assert_eq!(
        holiday_sets().collect::<Vec<_>>(),
        ["us-federal", "uk-england-wales", "france"]
    );
    for set in holiday_sets() {
        for year in 2000..2100 {
            assert!(holidays(set, year).unwrap().len() >= 8, "{set} {year}");
        }
    }
    assert_eq!(holidays("atlantis", 2026), None);
}

#[rstest]
// The earliest and latest Easters of the period, and the two that the tables shift to avoid a later moon.
#[case(2008, "2008-03-24")]
#[case(2038, "2038-04-26")]
#[case(2049, "2049-04-19")]
#[case(2076, "2076-04-20")]
fn easter_monday(#[case] year: i32, #[case] monday: NaiveDate) {
    let days = holidays("france", year).unwrap();
    assert!(
        days.iter()
            .any(|(day, name)| *day == monday && name.contains("Pâques")),
        "{days:?}"
    );
}
