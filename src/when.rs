//! The instants that people type: RFC 3339, `14:30`, `mon 9:00`, `2026-11-23 14:30`, `+2h`, `-15m`, `now`; and how they
//! are shown.

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta,
    Timelike, Utc, Weekday,
};
use chrono_tz::Tz;

use crate::calendar::{Length, local_instant};

/// A text that is no instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is no instant: write 2026-11-23T14:30:00Z, 2026-11-23 14:30, 14:30, mon 9:00 or +2h"
)]
pub struct WhenError(String);

/// Reads an instant as it was typed by somebody in `zone` at `now`. A time alone is today; a weekday is the next one on
/// or after today for `ahead`, else the last one on or before.
///
/// # Errors
/// When it is none of the forms.
pub fn instant(
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
    ahead: bool,
) -> Result<DateTime<Utc>, WhenError> {
    let text = text.trim();
    let today = now.with_timezone(&zone).date_naive();
    let local = |day: NaiveDate, time: NaiveTime| local_instant(zone, day.and_time(time));
    if text == "now" {
        return Ok(now);
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.with_timezone(&Utc));
    }
    if let Some(at) = offset(text, now) {
        return Ok(at);
    }
    if let Some(time) = time(text) {
        return Ok(local(today, time));
    }
    for form in [
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
    ] {
        if let Ok(at) = NaiveDateTime::parse_from_str(text, form) {
            return Ok(local_instant(zone, at));
        }
    }
    if let Some((day, hour)) = text.split_once(' ')
        && let (Ok(weekday), Some(time)) = (day.parse::<Weekday>(), time(hour.trim()))
    {
        return Ok(local(nearest_weekday(today, weekday, ahead), time));
    }
    Err(WhenError(text.chars().take(40).collect()))
}

/// An instant for programs: `2026-11-23T21:00:00Z`.
pub fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An instant for people in `zone`: `Mon 2026-11-23 13:00 -08:00`; seconds only where there are any.
pub fn shown(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    let form = if local.second() == 0 {
        "%a %Y-%m-%d %H:%M %:z"
    } else {
        "%a %Y-%m-%d %H:%M:%S %:z"
    };
    local.format(form).to_string()
}

/// An instant as an office has it, and as the agent does where their clocks differ then:
/// `Mon 2026-11-23 13:00 -08:00 (Mon 2026-11-23 22:00 +01:00 here)`.
pub fn shown_in_both(at: DateTime<Utc>, office: Tz, here: Tz) -> String {
    let (there, here) = (shown(at, office), shown(at, here));
    if there == here {
        there
    } else {
        format!("{there} ({here} here)")
    }
}

/// An instant as it was understood, on each clock that shows another time than those before, and how far it is from
/// `now`: `Tue 1 Dec 14:30 New York = 19:30 London, in 2h 05m`.
pub fn on_clocks(at: DateTime<Utc>, now: DateTime<Utc>, zones: &[Tz]) -> String {
    let reads = |zone: &Tz| at.with_timezone(zone).naive_local();
    let this_year = |zone: &Tz| at.with_timezone(zone).year() == now.with_timezone(zone).year();
    let mut words = String::new();
    let mut told: Vec<NaiveDateTime> = Vec::new();
    for zone in zones {
        let (local, before) = (reads(zone), told.first());
        if told.contains(&local) {
            continue;
        }
        let form = match before {
            Some(first) if first.date() == local.date() => " = %H:%M",
            Some(_) => " = %a %H:%M",
            None if this_year(zone) => "%a %-d %b %H:%M",
            None => "%a %-d %b %Y %H:%M",
        };
        told.push(local);
        words.push_str(&format!("{} {}", local.format(form), city(*zone)));
    }
    format!("{words}, {}", from_now((at - now).num_seconds()))
}

/// The place that a zone is named after: `New York`.
pub fn city(zone: Tz) -> String {
    let name = zone.name();
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}

/// How far something is ahead or behind: `in 42m`, `in 2h 05m`, `12m ago`; days from two days on.
fn from_now(seconds: i64) -> String {
    let length = seconds.abs();
    let words = match length {
        ..60 => return "now".to_owned(),
        60..3_600 => format!("{}m", length / 60),
        3_600..172_800 => format!("{}h {:02}m", length / 3_600, length % 3_600 / 60),
        _ => format!("{}d", length / 86_400),
    };
    match seconds > 0 {
        true => format!("in {words}"),
        false => format!("{words} ago"),
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

fn time(text: &str) -> Option<NaiveTime> {
    ["%H:%M", "%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(text, form).ok())
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
    #[case("mon 9:00", "2026-11-23T09:00:00Z")]
    #[case("Friday 9:00", "2026-11-27T09:00:00Z")]
    #[case("+2h", "2026-11-23T12:00:00Z")]
    #[case("-15m", "2026-11-23T09:45:00Z")]
    #[case("2026-06-01 14:30", "2026-06-01T13:30:00Z")]
    #[case("2026-11-23T14:30:00+02:00", "2026-11-23T12:30:00Z")]
    fn instants_are_read_as_people_type_them(#[case] text: &str, #[case] at: DateTime<Utc>) {
        assert_eq!(instant(text, now(), Tz::Europe__London, true), Ok(at));
    }

    #[test]
    fn a_weekday_is_the_coming_one_or_the_last_one() {
        let back = instant("fri 9:00", now(), Tz::Europe__London, false).unwrap();
        assert_eq!(
            back,
            "2026-11-20T09:00:00Z".parse::<DateTime<Utc>>().unwrap()
        );
    }

    #[rstest]
    #[case(
        "2026-11-23T19:30:00Z",
        "Mon 23 Nov 14:30 New York = 19:30 London, in 9h 30m"
    )]
    #[case(
        "2026-11-24T03:10:00Z",
        "Mon 23 Nov 22:10 New York = Tue 03:10 London, in 17h 10m"
    )]
    #[case(
        "2026-11-23T09:18:00Z",
        "Mon 23 Nov 04:18 New York = 09:18 London, 42m ago"
    )]
    #[case(
        "2027-01-04T09:00:30Z",
        "Mon 4 Jan 2027 04:00 New York = 09:00 London, in 41d"
    )]
    fn an_instant_is_told_on_every_clock_that_shows_another_time(
        #[case] at: &str,
        #[case] words: &str,
    ) {
        let zones = [
            Tz::America__New_York,
            Tz::Europe__London,
            Tz::Europe__Lisbon,
        ];
        assert_eq!(on_clocks(at.parse().unwrap(), now(), &zones), words);
    }

    #[rstest]
    #[case("")]
    #[case("soon")]
    #[case("25:00")]
    #[case("+2x")]
    #[case("2026-02-30 10:00")]
    fn what_is_no_instant_is_said_to_be_none(#[case] text: &str) {
        let error = instant(text, now(), Tz::Europe__London, true).unwrap_err();
        assert!(error.to_string().contains("is no instant: write"));
    }
}
