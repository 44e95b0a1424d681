//! Public holidays, worked out in another way than the program does.

use std::collections::BTreeSet;

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use rstest::rstest;

/// Days off of 2026 and 2027 and of England's one-off days, month by month as a wall calendar has them.
#[rstest]
#[case::united_states_of_2026(
    united_states,
    &[2026, 2027],
    "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-07-04 2026-09-07 2026-10-12 2026-11-11 \
         2026-11-26 2026-12-25 2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-06-19 2027-07-04 2027-07-05 \
         2027-09-06 2027-10-11 2027-11-11 2027-11-25 2027-12-24 2027-12-25 2027-12-31"
)]
#[case::england_of_2026(
    england,
    &[2026, 2027],
    "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-26 2026-12-28 2027-01-01 \
         2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-25 2027-12-26 2027-12-27 2027-12-28"
)]
#[case::england_of_2022(
    england,
    &[2022],
    "2022-01-01 2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-25 \
         2022-12-26 2022-12-27"
)]
#[case::france_of_2026(
    france,
    &[2026, 2027],
    "2026-01-01 2026-04-06 2026-05-01 2026-05-08 2026-05-14 2026-05-25 2026-07-14 2026-08-15 2026-11-01 2026-11-11 \
         2026-12-25 2027-01-01 2027-03-29 2027-05-01 2027-05-06 2027-05-08 2027-05-17 2027-07-14 2027-08-15 2027-11-01 \
         2027-11-11 2027-12-25"
)]
fn the_days_are_those_of_a_wall_calendar(
    #[case] off: fn(NaiveDate) -> bool,
    #[case] years: &[i32],
    #[case] written: &str,
) {
    let days = years
        .iter()
        .flat_map(|year| date(*year, 1, 1).iter_days().take(366));
    let days = days.filter(|day| years.contains(&day.year()) && off(*day));
    let days: BTreeSet<String> = days.map(|day| day.to_string()).collect();
    let written = written.split_whitespace().map(str::to_owned).collect();
    assert_eq!(days, written);
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The n-th such weekday of the month that `day` is in.
fn is_nth(day: NaiveDate, n: u32, weekday: Weekday) -> bool {
    day.weekday() == weekday && (day.day() - 1) / 7 + 1 == n
}

/// The last Monday of its month.
fn is_last_monday(day: NaiveDate) -> bool {
    day.weekday() == Weekday::Mon && (day + Duration::days(7)).month() != day.month()
}

/// Easter Sunday, by the anonymous algorithm of 1876.
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, (n / 31).unsigned_abs(), (n % 31 + 1).unsigned_abs())
}

fn after_easter(day: NaiveDate) -> i64 {
    (day - easter(day.year())).num_days()
}

/// A holiday of the United States' federal government, or the weekday on which one is observed.
pub(super) fn united_states(day: NaiveDate) -> bool {
    let (month, weekday) = (day.month(), day.weekday());
    let fixed = |day: NaiveDate| {
        matches!(
            (day.month(), day.day()),
            (1, 1) | (7, 4) | (11, 11) | (12, 25)
        ) || day.year() >= 2021 && (day.month(), day.day()) == (6, 19)
    };
    let floating = match month {
        1 | 2 => is_nth(day, 3, Weekday::Mon),
        5 => is_last_monday(day),
        9 => is_nth(day, 1, Weekday::Mon),
        10 => is_nth(day, 2, Weekday::Mon),
        11 => is_nth(day, 4, Weekday::Thu),
        _ => false,
    };
    let observed = match weekday {
        Weekday::Fri => fixed(day + Duration::days(1)),
        Weekday::Mon => fixed(day - Duration::days(1)),
        _ => false,
    };
    fixed(day) || floating || observed
}

/// A bank holiday of England and Wales, or a substitute for one.
pub(super) fn england(day: NaiveDate) -> bool {
    let (year, month, weekday) = (day.year(), day.month(), day.weekday());
    // The Spring holiday of 2022 and the May holiday of 2020 were on other days.
    let moved = [date(2020, 5, 8), date(2022, 6, 2)];
    let away = [date(2020, 5, 4), date(2022, 5, 30)];
    let once = [date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)];
    if moved.contains(&day) || once.contains(&day) {
        return true;
    }
    let floating = match month {
        5 => is_nth(day, 1, Weekday::Mon) || is_last_monday(day),
        8 => is_last_monday(day),
        _ => false,
    } && !away.contains(&day);
    let nominal = matches!((month, day.day()), (1, 1) | (12, 25 | 26));
    // A substitute for each of the days around New Year and Christmas that fall on a weekend.
    let christmas = date(year, 12, 25).weekday();
    let substitute = match (month, day.day()) {
        (1, 2) => weekday == Weekday::Mon,
        (1, 3) => weekday == Weekday::Mon,
        // Christmas on a Saturday: Monday and Tuesday; on a Sunday: the Tuesday for it.
        (12, 27) => matches!(christmas, Weekday::Sat | Weekday::Sun),
        // Christmas on a Saturday, or Boxing Day on one.
        (12, 28) => matches!(christmas, Weekday::Sat | Weekday::Fri),
        _ => false,
    };
    floating || nominal || substitute || matches!(after_easter(day), -2 | 1)
}

/// A public holiday of France, none of which is moved.
pub(super) fn france(day: NaiveDate) -> bool {
    let fixed = matches!(
        (day.month(), day.day()),
        (1 | 5 | 11, 1) | (5, 8) | (7, 14) | (8, 15) | (11, 11) | (12, 25)
    );
    fixed || matches!(after_easter(day), 1 | 39 | 50)
}

/// A day off of the tower: a French one, or one between the years.
pub(super) fn tower(day: NaiveDate) -> bool {
    france(day) || matches!((day.month(), day.day()), (12, 24..) | (1, ..=2))
}
