//! The instants that people type (`read`), and how they are shown.

use chrono::{DateTime, Datelike, NaiveDateTime, SecondsFormat, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

mod error;
mod read;

/// Days from which on an instant is asked about.
const YEAR: i64 = 366;

pub use error::WhenError;
pub use read::{bound, day, instant};

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
    let far = match at - now > TimeDelta::days(YEAR) {
        true => ": over a year ahead, is that the year that is meant?",
        false => "",
    };
    format!("{words}, {}{far}", from_now((at - now).num_seconds()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// Monday 23 November 2026, 10:00 in London.
    fn now() -> DateTime<Utc> {
        "2026-11-23T10:00:00Z".parse().unwrap()
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
    #[case(
        "2028-01-04T09:00:00Z",
        "Tue 4 Jan 2028 04:00 New York = 09:00 London, in 406d: over a year ahead, is that the year that is meant?"
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
}
