//! Spans of instants in a query: lengths from now, and days.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};

use super::{Scope, Span};
use crate::calendar::{Length, local_instant};

/// Which way a length counts from now, and which of the days of a name is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To what is ahead: `<2h` is due within two hours and not missed, `mon` is the next one.
    Ahead,
    /// Back to what was: `<7d` is not older than seven days, `mon` is the last one.
    Back,
}

/// `<2h`, `>3d`, `today`, `tomorrow`, `mon`, `week`, `2026-11-01`, `>=2026-11-01`: lengths count from now, days and weeks
/// are whole.
pub(super) fn span(value: &str, way: Way, scope: Scope<'_>) -> Result<Span, String> {
    let (operator, what) = operator(value);
    if let Ok(length) = what.parse::<Length>() {
        let at = away(length, way, scope.now)
            .ok_or_else(|| format!("{what} is too long: no calendar has that day"))?;
        return match (operator, way) {
            // What is missed is due within no time.
            ("<" | "<=", Way::Ahead) => Ok(Span {
                from: Some(scope.now),
                before: Some(at),
            }),
            (">" | ">=", Way::Back) => Ok(Span {
                from: None,
                before: Some(at),
            }),
            (">" | ">=", Way::Ahead) | ("<" | "<=", Way::Back) => Ok(Span {
                from: Some(at),
                before: None,
            }),
            _ => Err(format!("say whether it is less or more, like <{what}")),
        };
    }
    let today = scope.now.with_timezone(&scope.zone).date_naive();
    let (first, last) = days(what, way, today).ok_or_else(|| {
        format!(
            "\"{what}\" is no length, like 2h or 3d, and no day, like today, mon, week or 2026-11-01"
        )
    })?;
    let start = |day: NaiveDate| {
        Some(local_instant(
            scope.zone,
            day.and_time(chrono::NaiveTime::MIN),
        ))
    };
    let span = match operator {
        "<" => Span {
            from: None,
            before: start(first),
        },
        "<=" => Span {
            from: None,
            before: start(after(last)),
        },
        ">" => Span {
            from: start(after(last)),
            before: None,
        },
        ">=" => Span {
            from: start(first),
            before: None,
        },
        _ => Span {
            from: start(first),
            before: start(after(last)),
        },
    };
    Ok(match way {
        // What is missed is due on no day.
        Way::Ahead => Span {
            from: span.from.max(Some(scope.now)),
            ..span
        },
        Way::Back => span,
    })
}

fn away(length: Length, way: Way, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let length = match length {
        Length::Exact(seconds) => TimeDelta::try_seconds(seconds)?,
        Length::Days(days) => TimeDelta::try_days(days)?,
    };
    match way {
        Way::Ahead => now.checked_add_signed(length),
        Way::Back => now.checked_sub_signed(length),
    }
}

/// The first and the last day of what a day or a week is called.
fn days(what: &str, way: Way, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let since_monday = today.weekday().num_days_from_monday();
    let day = match what.to_lowercase().as_str() {
        "today" => today,
        "tomorrow" => after(today),
        "yesterday" => today.checked_sub_days(Days::new(1))?,
        "week" => {
            let monday = today.checked_sub_days(Days::new(since_monday.into()))?;
            return Some((monday, monday.checked_add_days(Days::new(6))?));
        }
        name => match name.parse::<Weekday>() {
            Ok(named) => {
                let named = named.num_days_from_monday() + 7;
                let ahead = u64::from((named - since_monday) % 7);
                match way {
                    Way::Ahead => today.checked_add_days(Days::new(ahead))?,
                    Way::Back => today.checked_sub_days(Days::new((7 - ahead) % 7))?,
                }
            }
            Err(_) => name.parse::<NaiveDate>().ok()?,
        },
    };
    Some((day, day))
}

fn after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// The comparison that a value begins with, and the rest.
pub(super) fn operator(value: &str) -> (&str, &str) {
    let length = value
        .find(|c| !matches!(c, '<' | '>' | '='))
        .unwrap_or(value.len());
    value.split_at(length)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use chrono_tz::Europe::London;
    use rstest::rstest;

    use super::{Scope, Way, span};

    /// The bounds at Wednesday 2026-11-25 12:00, to the minute.
    fn bounds(value: &str, way: Way) -> Result<[Option<String>; 2], String> {
        let now: DateTime<Utc> = "2026-11-25T12:00:00Z".parse().unwrap();
        let scope = Scope {
            now,
            me: "mira",
            zone: London,
            words: None,
        };
        let words = |at: DateTime<Utc>| at.format("%m-%d %H:%M").to_string();
        span(value, way, scope).map(|span| [span.from.map(words), span.before.map(words)])
    }

    #[rstest]
    #[case("<2h", Way::Ahead, Some("11-25 12:00"), Some("11-25 14:00"))]
    #[case(">3d", Way::Ahead, Some("11-28 12:00"), None)]
    #[case("<7d", Way::Back, Some("11-18 12:00"), None)]
    #[case(">=2h", Way::Back, None, Some("11-25 10:00"))]
    #[case("mon", Way::Back, Some("11-23 00:00"), Some("11-24 00:00"))]
    #[case("mon", Way::Ahead, Some("11-30 00:00"), Some("12-01 00:00"))]
    #[case("Wednesday", Way::Back, Some("11-25 00:00"), Some("11-26 00:00"))]
    #[case("wed", Way::Ahead, Some("11-25 12:00"), Some("11-26 00:00"))]
    #[case("today", Way::Ahead, Some("11-25 12:00"), Some("11-26 00:00"))]
    #[case(">=today", Way::Ahead, Some("11-25 12:00"), None)]
    #[case("<tomorrow", Way::Ahead, Some("11-25 12:00"), Some("11-26 00:00"))]
    #[case("<=2026-12-02", Way::Ahead, Some("11-25 12:00"), Some("12-03 00:00"))]
    #[case("thu", Way::Back, Some("11-19 00:00"), Some("11-20 00:00"))]
    #[case("week", Way::Back, Some("11-23 00:00"), Some("11-30 00:00"))]
    #[case("<week", Way::Back, None, Some("11-23 00:00"))]
    #[case(">=mon", Way::Back, Some("11-23 00:00"), None)]
    fn lengths_and_days_look_ahead_or_back(
        #[case] value: &str,
        #[case] way: Way,
        #[case] from: Option<&str>,
        #[case] before: Option<&str>,
    ) {
        let expected = [from, before].map(|at| at.map(str::to_owned));
        assert_eq!(bounds(value, way), Ok(expected));
    }

    #[rstest]
    #[case("7d", "less or more")]
    #[case("soon", "no day, like today, mon, week")]
    #[case("<99999999999d", "no")]
    fn what_is_no_span_says_what_is(#[case] value: &str, #[case] problem: &str) {
        let said = bounds(value, Way::Back).unwrap_err();
        assert!(said.contains(problem), "{said}");
    }
}
