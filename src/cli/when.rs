//! The instants that people type: RFC 3339, `14:30`, `mon 9:00`, `2026-11-23 14:30`, `+2h`, `-15m`, `now`; and how they
//! are shown.

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta,
    Timelike, Utc, Weekday,
};
use chrono_tz::Tz;

use super::Failure;
use crate::calendar::{Length, local_instant};

/// Reads an instant as it was typed by somebody in `zone` at `now`. A time alone is today; a weekday is the next one on
/// or after today for `ahead`, else the last one on or before.
///
/// # Errors
/// When it is none of the forms.
pub(super) fn instant(
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
    ahead: bool,
) -> Result<DateTime<Utc>, Failure> {
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
    Err(Failure::Input(format!(
        "\"{text}\" is no instant: write 2026-11-23T14:30:00Z, 2026-11-23 14:30, 14:30, mon 9:00 or +2h"
    )))
}

/// An instant for programs: `2026-11-23T21:00:00Z`.
pub(super) fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An instant for people in `zone`: `Mon 2026-11-23 13:00 -08:00`; seconds only where there are any.
pub(super) fn shown(at: DateTime<Utc>, zone: Tz) -> String {
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
pub(super) fn shown_in_both(at: DateTime<Utc>, office: Tz, here: Tz) -> String {
    let (there, here) = (shown(at, office), shown(at, here));
    if there == here {
        there
    } else {
        format!("{there} ({here} here)")
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
