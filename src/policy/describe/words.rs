//! Terms in words.

use crate::calendar::{CalendarSpec, Counted, Length, Target, WhenClosed};
use crate::policy::model::RouteAnswer;

/// A target: `4h of business time`, `1 business day`, `3 days, or the next opening after it`.
pub fn target(target: &Target) -> String {
    let days = |n: i64, day: &str| format!("{n} {day}{}", if n == 1 { "" } else { "s" });
    let within = match (target.within, target.counted) {
        (Length::Days(n), Counted::BusinessDays) => return days(n, "business day"),
        (Length::Days(n), _) => days(n, "day"),
        (exact, _) => exact.to_string(),
    };
    match (target.counted, target.when_closed) {
        (Counted::Elapsed, WhenClosed::AsIs) => format!("{within}, open or closed"),
        (Counted::Elapsed, WhenClosed::NextOpening) => {
            format!("{within}, or the next opening after it")
        }
        _ => format!("{within} of business time"),
    }
}

/// Opening hours, a line each: the days in runs of equal hours, the zone, and what is closed.
pub(super) fn hours(spec: &CalendarSpec) -> Vec<String> {
    let week = &spec.hours;
    let days = [
        ("Mon", &week.mon),
        ("Tue", &week.tue),
        ("Wed", &week.wed),
        ("Thu", &week.thu),
        ("Fri", &week.fri),
        ("Sat", &week.sat),
        ("Sun", &week.sun),
    ];
    let runs = days.chunk_by(|(_, before), (_, after)| before == after);
    let open: Vec<String> = runs
        .filter_map(|run| {
            let ((first, hours), (last, _)) = run.first().zip(run.last())?;
            let span = if first == last {
                (*first).to_owned()
            } else {
                format!("{first}-{last}")
            };
            (!hours.is_empty()).then(|| format!("{span} {}", hours.join(", ")))
        })
        .collect();
    let mut lines = vec![format!("{} ({})", open.join("; "), spec.zone)];
    if !spec.holidays.is_empty() {
        lines.push(format!("closed on holidays ({})", spec.holidays.join(", ")));
    }
    let yearly = spec.yearly_closed.iter();
    lines.extend(
        yearly.map(|c| format!("closed each year from {} to {}: {}", c.from, c.to, c.reason)),
    );
    lines.extend(spec.special.iter().map(|day| {
        let hours = if day.hours.is_empty() {
            "closed".to_owned()
        } else {
            day.hours.join(", ")
        };
        format!("on {}: {hours} ({})", day.date, day.reason)
    }));
    lines
}

/// A role's name as it is spoken: `product management`.
pub fn role(role: &str) -> String {
    role.replace('_', " ")
}

/// An answer with whom it assigns: `fault (to technicians)`.
pub(super) fn answer(answer: &RouteAnswer) -> String {
    match &answer.assign {
        Some(group) => format!("{} (to {group})", answer.answer),
        None => answer.answer.clone(),
    }
}
