//! Spans of instants in a query: lengths from now, and days.

use chrono::{Days, NaiveDate, TimeDelta};

use super::{Scope, Span};
use crate::calendar::{Length, local_instant};

/// `<2h`, `>3d`, `today`, `tomorrow`, `2026-11-01`, `>=2026-11-01`: lengths count from now, days are whole.
pub(super) fn span(value: &str, scope: Scope<'_>) -> Result<Span, String> {
    let (operator, what) = operator(value);
    if let Ok(length) = what.parse::<Length>() {
        let bound = Some(match length {
            Length::Exact(seconds) => scope.now + TimeDelta::seconds(seconds),
            Length::Days(days) => scope.now + TimeDelta::days(days),
        });
        return match operator {
            "<" | "<=" => Ok(Span {
                from: None,
                before: bound,
            }),
            ">" | ">=" => Ok(Span {
                from: bound,
                before: None,
            }),
            _ => Err(format!("say whether it is less or more, like <{what}")),
        };
    }
    let today = scope.now.with_timezone(&scope.zone).date_naive();
    let day = match what {
        "today" => today,
        "tomorrow" => after(today),
        "yesterday" => today.checked_sub_days(Days::new(1)).unwrap_or(today),
        _ => what.parse::<NaiveDate>().map_err(|_| {
            format!("\"{what}\" is no length, like 2h or 3d, and no day, like today or 2026-11-01")
        })?,
    };
    let start = |day: NaiveDate| {
        Some(local_instant(
            scope.zone,
            day.and_time(chrono::NaiveTime::MIN),
        ))
    };
    Ok(match operator {
        "<" => Span {
            from: None,
            before: start(day),
        },
        "<=" => Span {
            from: None,
            before: start(after(day)),
        },
        ">" => Span {
            from: start(after(day)),
            before: None,
        },
        ">=" => Span {
            from: start(day),
            before: None,
        },
        _ => Span {
            from: start(day),
            before: start(after(day)),
        },
    })
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
