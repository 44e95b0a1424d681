//! Instants and days as people type them: RFC 3339, `14:30`, `3pm`, `mon 9:00`, `tomorrow 3pm`, `30.11. 14:30`,
//! `2026-11-23 14:30`, `+2h`, `-15m`, `now`.

use chrono::{DateTime, Datelike, Days, Month, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use super::error::WhenError;
use crate::calendar::{Length, local_instant};

/// How much of what was typed is said again.
const TOLD: usize = 40;

/// Beyond so many days a day without its year is rather the other one, where that is nearer.
const FAR: i64 = 183;

/// Reads an instant as it was typed by somebody in `zone` at `now`. A time alone is today; a weekday, or a day without
/// its year, is the next one on or after today for `ahead`, else the last one on or before.
///
/// # Errors
/// When it is none of the forms, or such a day or time is not there; a day without its year that is far away then, and
/// near on the other side of today, is asked about.
pub fn instant(
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
    ahead: bool,
) -> Result<DateTime<Utc>, WhenError> {
    let text = text.trim();
    if text == "now" {
        return Ok(now);
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.with_timezone(&Utc));
    }
    if let Some(at) = offset(text, now) {
        return Ok(at);
    }
    let today = now.with_timezone(&zone).date_naive();
    let at = |day: NaiveDate, time: NaiveTime| local_instant(zone, day.and_time(time));
    if let Some(time) = read_time(text) {
        return Ok(at(today, time?));
    }
    let places = text.match_indices([' ', 'T']);
    for (place, _) in places {
        let (before, after) = (text.get(..place), text.get(place + 1..));
        let day = before.and_then(|before| read_day(before.trim(), today, ahead));
        let time = after.and_then(|after| read_time(after.trim()));
        if let (Some(day), Some(time)) = (day, time) {
            return Ok(at(day?, time?));
        }
    }
    match read_day(text, today, ahead) {
        Some(day) => Err(WhenError::DayAlone { day: day?, today }),
        None => Err(WhenError::NoInstant(text.chars().take(TOLD).collect())),
    }
}

/// Reads where a span begins, or ends: an instant, or a whole day, which begins with its first minute and ends with its
/// last.
///
/// # Errors
/// As [`instant`].
pub fn bound(
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
    ends: bool,
) -> Result<DateTime<Utc>, WhenError> {
    match instant(text, now, zone, true) {
        Err(WhenError::DayAlone { day, .. }) => {
            let day = match ends {
                true => day.succ_opt().unwrap_or(day),
                false => day,
            };
            Ok(local_instant(zone, day.and_time(NaiveTime::MIN)))
        }
        read => read,
    }
}

/// Reads a day as it was typed by somebody for whom it is `today`: without its year the next one for `ahead`, else the last
/// one.
///
/// # Errors
/// When it is no day, or there is no such one.
pub fn day(text: &str, today: NaiveDate, ahead: bool) -> Result<NaiveDate, WhenError> {
    let text = text.trim();
    let no_day = || Err(WhenError::NoDay(text.chars().take(TOLD).collect()));
    match read_day(text, today, ahead) {
        // What ends on a day without a time often ends a year on, less a day.
        Some(Err(WhenError::OtherSide { far, .. })) if ahead => Ok(far),
        read => read.unwrap_or_else(no_day),
    }
}

fn offset(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let (sign, length) = match text.split_at_checked(1)? {
        ("+", length) => (1, length),
        ("-", length) => (-1, length),
        _ => return None,
    };
    let seconds = length
        .parse::<Length>()
        .ok()?
        .nominal_seconds()
        .checked_mul(sign)?;
    now.checked_add_signed(TimeDelta::try_seconds(seconds)?)
}

/// A time of day: `14:30`, `14:30:05`, `3pm`, `3:30 pm`. Nothing where it is not written like one.
fn read_time(text: &str) -> Option<Result<NaiveTime, WhenError>> {
    let lower = text.to_ascii_lowercase();
    let half = lower.strip_suffix('m').and_then(|rest| {
        let before = rest.strip_suffix('a').map(|rest| (rest, 0));
        before.or_else(|| rest.strip_suffix('p').map(|rest| (rest, 12)))
    });
    let (digits, after_noon) = half.map_or((&*lower, None), |(rest, noon)| (rest, Some(noon)));
    let parts = numbers(digits.trim(), ':')?;
    let (hour, minute, second) = match (parts.as_slice(), after_noon) {
        ([hour], Some(_)) => (*hour, 0, 0),
        ([hour, minute], _) => (*hour, *minute, 0),
        ([hour, minute, second], _) => (*hour, *minute, *second),
        _ => return None,
    };
    let hour = match after_noon {
        None => Some(hour),
        Some(noon) => (1..=12).contains(&hour).then_some(hour % 12 + noon),
    };
    let time = hour.and_then(|hour| NaiveTime::from_hms_opt(hour, minute, second));
    Some(time.ok_or_else(|| WhenError::NoSuchTime(text.to_owned())))
}

/// A day: `today`, `tomorrow`, `yesterday`, `mon`, `2026-11-30`, `30.11.`, `30.11.2026`, `30 Nov`, `30 Nov 2026`. Nothing
/// where it is not written like one.
fn read_day(text: &str, today: NaiveDate, ahead: bool) -> Option<Result<NaiveDate, WhenError>> {
    let there =
        |day: Option<NaiveDate>| Some(day.ok_or_else(|| WhenError::Impossible(text.to_owned())));
    let of_month = |month: u32, day: Option<NaiveDate>| match month {
        1..=12 => there(day),
        _ => Some(Err(WhenError::NoSuchMonth(text.to_owned()))),
    };
    match text.to_ascii_lowercase().as_str() {
        "today" => return Some(Ok(today)),
        "tomorrow" => return there(today.succ_opt()),
        "yesterday" => return there(today.pred_opt()),
        _ => {}
    }
    if let Ok(weekday) = text.parse::<Weekday>() {
        return Some(Ok(nearest_weekday(today, weekday, ahead)));
    }
    if let Some([year, month, day]) = numbers(text, '-').as_deref() {
        // A year is written in full: 12-31-26 is no day that everybody reads alike.
        let year = i32::try_from(*year).ok().filter(|year| *year >= 1_000)?;
        return of_month(*month, NaiveDate::from_ymd_opt(year, *month, *day));
    }
    let parts = match named_month(text) {
        Some(parts) => parts,
        None => numbers(text.strip_suffix('.').unwrap_or(text), '.')?,
    };
    match parts.as_slice() {
        [day, month] => match nearest_date(today, *month, *day, ahead) {
            Some(date) => Some(date),
            None => of_month(*month, None),
        },
        [day, month, year] => {
            let year = i32::try_from(*year).ok().filter(|year| *year >= 1_000)?;
            of_month(*month, NaiveDate::from_ymd_opt(year, *month, *day))
        }
        _ => None,
    }
}

/// `30 Nov` or `30 Nov 2026` in numbers.
fn named_month(text: &str) -> Option<Vec<u32>> {
    let mut words = text.split_whitespace();
    let day = words.next()?.trim_end_matches('.').parse().ok()?;
    let month: Month = words.next()?.parse().ok()?;
    let mut parts = vec![day, month.number_from_month()];
    if let Some(year) = words.next() {
        parts.push(year.parse().ok()?);
    }
    words.next().is_none().then_some(parts)
}

/// The numbers between `divider`, at least one; nothing where there is anything else.
fn numbers(text: &str, divider: char) -> Option<Vec<u32>> {
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    text.split(divider)
        .map(|part| digits(part).then(|| part.parse().ok()).flatten())
        .collect()
}

/// The next such date on or after `today`, or the last one on or before, unless that is far and the other one near.
fn nearest_date(
    today: NaiveDate,
    month: u32,
    day: u32,
    ahead: bool,
) -> Option<Result<NaiveDate, WhenError>> {
    let of = |years| NaiveDate::from_ymd_opt(today.year() + years, month, day);
    let is_meant = |date: &NaiveDate| *date == today || (*date > today) == ahead;
    let [other_year, back] = if ahead { [1, -1] } else { [-1, 1] };
    let Some(this_year) = of(0) else {
        return of(other_year).map(Ok);
    };
    let [date, other] = match is_meant(&this_year) {
        true => [Some(this_year), of(back)],
        false => [of(other_year), Some(this_year)],
    };
    let (far, away) = (date?, |date: NaiveDate| (date - today).num_days().abs());
    let near = other.filter(|near| away(far) > FAR && away(*near) < away(far));
    Some(near.map_or(Ok(far), |near| {
        Err(WhenError::OtherSide { near, far, today })
    }))
}

fn nearest_weekday(today: NaiveDate, weekday: Weekday, ahead: bool) -> NaiveDate {
    let forward = weekday.days_since(today.weekday());
    let day = if ahead {
        today.checked_add_days(Days::new(u64::from(forward)))
    } else {
        today.checked_sub_days(Days::new(u64::from((7 - forward) % 7)))
    };
    day.unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// Monday 23 November 2026, 10:00 in London.
    fn now() -> DateTime<Utc> {
        "2026-11-23T10:00:00Z".parse().unwrap()
    }

    #[rstest]
    #[case("now", "2026-11-23T10:00:00Z")]
    #[case(" 14:30 ", "2026-11-23T14:30:00Z")]
    #[case("3pm", "2026-11-23T15:00:00Z")]
    #[case("12 AM", "2026-11-23T00:00:00Z")]
    #[case("mon 9:00", "2026-11-23T09:00:00Z")]
    #[case("Friday 9:00", "2026-11-27T09:00:00Z")]
    #[case("fri 3:30 pm", "2026-11-27T15:30:00Z")]
    #[case("tomorrow 15:00", "2026-11-24T15:00:00Z")]
    #[case("Tomorrow  3pm", "2026-11-24T15:00:00Z")]
    #[case("30.11. 14:30", "2026-11-30T14:30:00Z")]
    #[case("1.3.2027 14:30", "2027-03-01T14:30:00Z")]
    #[case("30 Nov 14:30", "2026-11-30T14:30:00Z")]
    #[case("4 Jan 2027 9:00", "2027-01-04T09:00:00Z")]
    // What has passed this year is next year's.
    #[case("4.1. 9:00", "2027-01-04T09:00:00Z")]
    #[case("+2h", "2026-11-23T12:00:00Z")]
    #[case("-15m", "2026-11-23T09:45:00Z")]
    #[case("2026-06-01 14:30", "2026-06-01T13:30:00Z")]
    #[case("2026-06-01T14:30:05", "2026-06-01T13:30:05Z")]
    #[case("2026-11-23T14:30:00+02:00", "2026-11-23T12:30:00Z")]
    fn instants_are_read_as_people_type_them(#[case] text: &str, #[case] at: DateTime<Utc>) {
        assert_eq!(instant(text, now(), Tz::Europe__London, true), Ok(at));
    }

    #[rstest]
    #[case("fri 9:00", "2026-11-20T09:00:00Z")]
    #[case("22.11. 9:00", "2026-11-22T09:00:00Z")]
    #[case("yesterday 9:00", "2026-11-22T09:00:00Z")]
    fn without_a_year_it_is_the_coming_one_or_the_last_one(
        #[case] text: &str,
        #[case] at: DateTime<Utc>,
    ) {
        assert_eq!(instant(text, now(), Tz::Europe__London, false), Ok(at));
    }

    #[rstest]
    #[case("fri", "2026-11-27T00:00:00Z", "2026-11-28T00:00:00Z")]
    #[case("30.11.", "2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z")]
    #[case("fri 9:00", "2026-11-27T09:00:00Z", "2026-11-27T09:00:00Z")]
    fn a_whole_day_begins_with_its_first_minute_and_ends_with_its_last(
        #[case] text: &str,
        #[case] from: DateTime<Utc>,
        #[case] to: DateTime<Utc>,
    ) {
        let read = |ends| bound(text, now(), Tz::Europe__London, ends);
        assert_eq!((read(false), read(true)), (Ok(from), Ok(to)));
    }

    #[rstest]
    #[case("2026-12-31", "2026-12-31")]
    #[case("31.12.", "2026-12-31")]
    #[case("mon", "2026-11-23")]
    #[case("tomorrow", "2026-11-24")]
    fn days_are_read_as_people_type_them(#[case] text: &str, #[case] is: NaiveDate) {
        assert_eq!(day(text, now().date_naive(), true), Ok(is));
    }

    #[rstest]
    #[case("sun", "2026-11-22")]
    #[case("1.11.", "2026-11-01")]
    #[case("5.7.", "2026-07-05")]
    fn a_day_that_was_is_the_last_one(#[case] text: &str, #[case] is: NaiveDate) {
        assert_eq!(day(text, now().date_naive(), false), Ok(is));
    }

    #[rstest]
    #[case("", "is no instant: write")]
    #[case("soon", "is no instant: write")]
    #[case("3", "is no instant: write")]
    #[case("+2x", "is no instant: write")]
    #[case("26-12-31 9:00", "is no instant: write")]
    #[case("25:00", "there is no 25:00: a day goes")]
    #[case("mon 13pm", "there is no 13pm: a day goes")]
    #[case("2026-02-30 10:00", "there is no 2026-02-30: the month")]
    #[case("30.2. 10:00", "there is no 30.2.: the month")]
    #[case("30 February 10:00", "there is no 30 February: the month")]
    #[case(
        "2026-13-40 10:00",
        "there is no 2026-13-40: the months go from 1 to 12"
    )]
    #[case("1.13. 10:00", "there is no 1.13.: the months go from 1 to 12")]
    #[case("1.0.2027 10:00", "there is no 1.0.2027: the months go from 1 to 12")]
    #[case("mon", "at what time on Mon 23 Nov? write it like 23.11. 9:00")]
    #[case("4.1.", "at what time on Mon 4 Jan 2027? write it like 4.1.2027 9:00")]
    fn what_is_no_instant_says_why(#[case] text: &str, #[case] words: &str) {
        let error = instant(text, now(), Tz::Europe__London, true).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(day("soon", now().date_naive(), true).is_err());
    }

    /// Read on 23 November, looking ahead and back, and then on 5 January.
    #[rstest]
    #[case(
        "2026-11-23",
        "22.11. 9:00",
        true,
        "22 Nov is past: say 22.11.2027 if next year is meant"
    )]
    #[case(
        "2026-11-23",
        "22 Nov",
        true,
        "22 Nov is past: say 22.11.2027 if next year is meant"
    )]
    #[case(
        "2026-11-23",
        "30.11. 9:00",
        false,
        "30 Nov is still to come: say 30.11.2025 if last year is meant"
    )]
    #[case(
        "2027-01-05",
        "28.12. 9:00",
        true,
        "28 Dec is past: say 28.12.2027 if this year is meant"
    )]
    #[case(
        "2027-12-28",
        "5.1. 9:00",
        false,
        "5 Jan is still to come: say 5.1.2027 if this year is meant"
    )]
    fn a_day_that_is_near_on_the_other_side_is_asked_about(
        #[case] today: NaiveDate,
        #[case] text: &str,
        #[case] ahead: bool,
        #[case] words: &str,
    ) {
        let now = today.and_hms_opt(10, 0, 0).unwrap().and_utc();
        let error = instant(text, now, Tz::Europe__London, ahead).unwrap_err();
        assert_eq!(error.to_string(), words);
    }

    #[test]
    fn a_last_day_may_be_a_year_on() {
        let last = day("22.11.", now().date_naive(), true);
        assert_eq!(last, Ok(NaiveDate::from_ymd_opt(2027, 11, 22).unwrap()));
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in "[0-9a-zA-ZT:. +-]{0,20}|.{0,12}") {
            for ahead in [true, false] {
                let _ = instant(&text, now(), Tz::Europe__London, ahead);
            }
            let _ = day(&text, now().date_naive(), true);
        }
    }
}
