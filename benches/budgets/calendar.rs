//! Deadlines, without a desk.

use std::hint::black_box;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use holdline::calendar::{Calendar, CalendarSpec, WeekHours};
use holdline::policy::{self, Deadlines};

use crate::table::Figures;
use crate::timing::once;

/// How many deadlines are computed at a time.
const MANY: i64 = 1_000_000;

pub(crate) fn measure(figures: &mut Figures) {
    let goal = "5 million a second";
    for (name, what) in [
        ("per-incident", "deadlines a second: business time"),
        ("severity", "deadlines a second: elapsed days"),
        ("escalation", "deadlines a second: business days"),
    ] {
        figures.add(what, 0, "M/s", None, of_policy(name), goal);
    }
    let (minute, decade) = (adding(60), adding(10 * 52 * 45 * 3_600));
    let what = "adding business time: a decade beside a minute";
    figures.add(what, 0, "ns", Some(minute), decade, "the same");
    let (minute, decade) = (subtracting(60), subtracting(10 * 52 * 45 * 3_600));
    let what = "subtracting business time: a decade beside a minute";
    figures.add(what, 0, "ns", Some(minute), decade, "the same");
    figures.add(
        "`due --batch`, a million lines",
        0,
        "s",
        None,
        batch(),
        "2 s",
    );
}

/// Instants all over twelve years.
fn instants() -> impl Iterator<Item = DateTime<Utc>> {
    let first: DateTime<Utc> = "2022-01-01T00:00:00Z".parse().unwrap();
    (0..MANY).map(move |place| first + TimeDelta::seconds(place * 7_919 % (12 * 31_556_952)))
}

/// Millions of deadlines a second.
fn of_policy(name: &str) -> f64 {
    let text = policy::shipped(name).unwrap();
    let settings = policy::example_settings(text).unwrap();
    let policy = Arc::new(policy::parse(text, &settings).unwrap());
    let severity = policy
        .severities
        .get(1)
        .map(|severity| severity.name.clone());
    let office = policy.offices.first().map(|office| office.name.clone());
    let deadlines = Deadlines::new(policy, |_| Vec::new()).unwrap();
    let all = || {
        for from in instants() {
            let due = deadlines.response_due(severity.as_deref(), office.as_deref(), from);
            black_box(due.unwrap());
        }
    };
    all();
    MANY as f64 / 1e6 / once(all).1
}

fn calendar() -> Calendar {
    let day = || vec!["08:30-12:00".to_owned(), "12:30-17:30".to_owned()];
    let hours = WeekHours {
        mon: day(),
        tue: day(),
        wed: day(),
        thu: day(),
        fri: day(),
        ..WeekHours::default()
    };
    let spec = CalendarSpec {
        zone: "America/Denver".to_owned(),
        holidays: vec!["us-federal".to_owned()],
        hours,
        yearly_closed: Vec::new(),
        special: Vec::new(),
    };
    Calendar::new(&spec, &[]).unwrap()
}

/// Nanoseconds to add so many open seconds.
fn adding(seconds: i64) -> f64 {
    let calendar = calendar();
    each(|from| calendar.add_open(from, seconds).unwrap())
}

/// Nanoseconds to take so many open seconds away.
fn subtracting(seconds: i64) -> f64 {
    let calendar = calendar();
    each(|until| calendar.subtract_open(until, seconds).unwrap())
}

fn each(work: impl Fn(DateTime<Utc>) -> DateTime<Utc>) -> f64 {
    let all = || {
        for at in instants() {
            black_box(work(at));
        }
    };
    all();
    once(all).1 * 1e9 / MANY as f64
}

/// Seconds for a million lines through the program.
fn batch() -> f64 {
    let mut program = Command::new(env!("CARGO_BIN_EXE_holdline"))
        .args(["due", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = Vec::new();
    for at in instants() {
        let at = at.format("%Y-%m-%dT%H:%M:%SZ");
        writeln!(
            lines,
            "{{\"policy\": \"severity\", \"severity\": \"high\", \"office\": null, \"from\": \"{at}\"}}"
        )
        .unwrap();
    }
    let since = Instant::now();
    program.stdin.take().unwrap().write_all(&lines).unwrap();
    assert!(program.wait().unwrap().success());
    since.elapsed().as_secs_f64()
}
