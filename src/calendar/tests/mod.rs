//! Tests of the calendar: the specification's examples and traps, properties, holiday tables, texts.

use chrono::{DateTime, Utc};

use super::{
    Calendar, CalendarSpec, Counted, Exception, ExceptionKind, Target, WeekHours, WhenClosed,
};

mod examples;
mod exceptions;
mod holidays;
mod properties;
mod status;
mod texts;
mod traps;

/// An instant with its offset: `2026-11-23T13:00:00-08:00`.
fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Monday to Friday with the same hours.
fn weekdays(zone: &str, hours: &[&str], holidays: &[&str]) -> CalendarSpec {
    let day: Vec<String> = hours.iter().map(ToString::to_string).collect();
    CalendarSpec {
        zone: zone.to_owned(),
        holidays: holidays.iter().map(ToString::to_string).collect(),
        hours: WeekHours {
            mon: day.clone(),
            tue: day.clone(),
            wed: day.clone(),
            thu: day.clone(),
            fri: day,
            ..WeekHours::default()
        },
        yearly_closed: Vec::new(),
        special: Vec::new(),
    }
}

/// The same hours on all seven days.
fn daily(zone: &str, hours: &[&str]) -> CalendarSpec {
    let mut spec = weekdays(zone, hours, &[]);
    spec.hours.sat.clone_from(&spec.hours.mon);
    spec.hours.sun.clone_from(&spec.hours.mon);
    spec
}

fn calendar(spec: &CalendarSpec) -> Calendar {
    Calendar::new(spec, &[]).unwrap()
}

fn exception(kind: ExceptionKind, from: &str, to: &str, reason: &str) -> Exception {
    Exception {
        from: at(from),
        to: at(to),
        reason: reason.to_owned(),
        kind,
    }
}

fn target(within: &str, counted: Counted) -> Target {
    Target {
        within: within.parse().unwrap(),
        counted,
        when_closed: WhenClosed::NextOpening,
    }
}

fn pacific() -> CalendarSpec {
    weekdays("America/Los_Angeles", &["08:30-17:00"], &["us-federal"])
}

fn mountain() -> CalendarSpec {
    weekdays("America/Denver", &["08:00-17:00"], &["us-federal"])
}

fn florida() -> CalendarSpec {
    weekdays("America/New_York", &["09:00-17:00"], &["us-federal"])
}

fn london() -> CalendarSpec {
    weekdays("Europe/London", &["09:00-17:00"], &["uk-england-wales"])
}

fn paris() -> CalendarSpec {
    weekdays("Europe/Paris", &["09:00-17:00"], &["france"])
}

fn seconds(spec: &CalendarSpec, from: &str, to: &str) -> i64 {
    calendar(spec).open_seconds(at(from), at(to))
}
