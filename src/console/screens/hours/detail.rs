//! The selected office in full: its zone, its hours of today, what changes next, what is closed or open for once.

use chrono::{DateTime, NaiveTime, Utc};

use super::Office;
use crate::calendar::{Calendar, ExceptionKind, Status};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::countdown::countdown;
use crate::incident::{Closure, day_and_time, day_with_date};

/// Closures that are told of at most, so that a month stays beneath them.
const MOST: usize = 3;

/// What is said of it, a line each; the last one is empty.
pub(super) fn lines(office: &Office<'_>, model: &Model, look: &Look) -> Vec<(String, Role)> {
    let Some(calendar) = office.calendar else {
        return Vec::new();
    };
    let zone = calendar.zone();
    let policy = match office.policy == office.title {
        true => String::new(),
        false => format!(", policy {}", office.policy),
    };
    let title = format!("{}{policy}, {}", office.title, zone.name());
    let (verb, change) = match calendar.status(model.now) {
        Status::Open { closes } => ("closes", closes),
        Status::Closed { opens, .. } => ("opens", opens),
    };
    let next = change.map_or_else(
        || format!("never {verb} again"),
        |at| {
            let left = countdown((at - model.now).num_seconds());
            format!("{verb} {}, in {left}", day_and_time(at, model.now, zone))
        },
    );
    let there = calendar.local(model.now).format("%a %-d %b %H:%M");
    let now = format!("there {there}, {}, {next}", today(calendar, model.now));
    let mut lines = vec![(title, Role::Title), (now, Role::Text)];
    let ahead: Vec<&Closure> = exceptions(office, model).collect();
    lines.extend(ahead.iter().take(MOST).map(|closure| {
        let exception = &closure.exception;
        let (from, to) = (exception.from, exception.to);
        let does = match exception.kind {
            ExceptionKind::Closed => "closed",
            ExceptionKind::Open => "open",
        };
        let at = |at| day_with_date(at, model.now, zone);
        let words = format!(
            "{} {does} {} to {}: {} ({})",
            look.symbols.paused,
            at(from),
            at(to),
            exception.reason,
            closure.reach
        );
        (words, Role::Paused)
    }));
    if ahead.len() > MOST {
        let more = ahead.len() - MOST;
        lines.push((
            format!("and {more} more for once: `holdline closure list`"),
            Role::Muted,
        ));
    }
    lines.push((String::new(), Role::Text));
    lines
}

/// The closures and extra openings of its hours that are still to end, the first one first.
fn exceptions<'a>(office: &Office<'a>, model: &'a Model) -> impl Iterator<Item = &'a Closure> {
    let (policy, name, now) = (office.policy, office.name, model.now);
    let ruling = model.ruling(policy);
    let closures = ruling.map_or(&[][..], |ruling| &ruling.closures);
    let mut ahead: Vec<&Closure> = closures
        .iter()
        .filter(|closure| closure.removed_at.is_none() && closure.exception.to > now)
        .filter(|closure| closure.reach.covers(policy, name))
        .collect();
    ahead.sort_by_key(|closure| closure.exception.from);
    ahead.into_iter()
}

/// Its hours of today, on its own clock.
fn today(calendar: &Calendar, now: DateTime<Utc>) -> String {
    let day = calendar.local(now).date_naive();
    let midnight = |day: chrono::NaiveDate| calendar.instant(day.and_time(NaiveTime::MIN));
    let end = day.succ_opt().unwrap_or(day);
    let spans = calendar.open_spans(midnight(day), midnight(end));
    let clock = |at| calendar.local(at).format("%H:%M").to_string();
    let spans = spans.iter().map(|span| {
        // A day that is open to its end ends at 24:00.
        let to = match span.to == midnight(end) {
            true => "24:00".to_owned(),
            false => clock(span.to),
        };
        format!("{}-{to}", clock(span.from))
    });
    let spans: Vec<String> = spans.collect();
    match spans.is_empty() {
        true => "closed all day".to_owned(),
        false => format!("today {}", spans.join(", ")),
    }
}
