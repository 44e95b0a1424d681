//! Deadlines counted in another way: minute after minute by the wall clock, with the days off written down by hand. What
//! `due --batch` says must be the same, around every kind of edge (`clocks.md`).

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};

use crate::bare;
use crate::shop::Shop;
use crate::sixth::SIXTH;

type Instant = DateTime<Utc>;

/// Days off of 2026 and 2027, month by month as a wall calendar has them.
const US: &str = "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 \
                  2026-11-26 2026-12-25 2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-07-05 2027-09-06 \
                  2027-10-11 2027-11-11 2027-11-25 2027-12-24 2027-12-31";
const UK: &str = "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28 2027-01-01 \
                  2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28 \
                  2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19";
const FRANCE: &str = "2026-01-01 2026-04-06 2026-05-01 2026-05-08 2026-05-14 2026-05-25 2026-07-14 2026-08-15 \
                      2026-11-01 2026-11-11 2026-12-25 2027-01-01 2027-03-29 2027-05-01 2027-05-06 2027-05-08 \
                      2027-05-17 2027-07-14 2027-08-15 2027-11-01 2027-11-11 2027-12-25";

/// Hours from Monday to Sunday as minutes of the day; an interval whose end is not after its start runs past midnight.
type Week = [&'static [(u32, u32)]; 7];

const fn office(hours: &'static [(u32, u32)]) -> Week {
    [hours, hours, hours, hours, hours, &[], &[]]
}

const PACIFIC: Week = office(&[(510, 1020)]);
const EIGHT: Week = office(&[(480, 1020)]);
const NINE: Week = office(&[(540, 1020)]);
const LONG: &[(u32, u32)] = &[(480, 720), (780, 1020), (1320, 360)];
const NIGHTS: Week = [LONG, LONG, LONG, LONG, &[(480, 720), (1320, 360)], &[], &[]];

/// A deviation of the desk: a closure, or an opening.
#[derive(Clone, Copy)]
struct Deviation {
    policy: Option<&'static str>,
    office: Option<&'static str>,
    from: &'static str,
    to: &'static str,
    opens: bool,
}

const DEVIATIONS: [Deviation; 8] = [
    closed(None, None, "2026-02-10T15:00:00Z", "2026-02-10T19:30:00Z"),
    closed(
        Some("per-incident"),
        None,
        "2026-11-23T19:00:00Z",
        "2026-11-23T20:15:00Z",
    ),
    closed(
        None,
        Some("uk"),
        "2026-10-26T00:00:00Z",
        "2026-10-27T12:00:00Z",
    ),
    closed(
        None,
        Some("france"),
        "2027-03-25T09:00:00Z",
        "2027-03-25T11:00:00Z",
    ),
    opened(
        Some("escalation"),
        None,
        "2026-11-28T09:00:00Z",
        "2026-11-28T15:00:00Z",
    ),
    opened(
        Some("severity"),
        None,
        "2026-07-04T15:00:00Z",
        "2026-07-04T20:00:00Z",
    ),
    closed(
        Some("sixth"),
        None,
        "2026-11-24T22:30:00Z",
        "2026-11-25T02:30:00Z",
    ),
    opened(
        Some("per-incident"),
        None,
        "2027-11-07T08:30:00Z",
        "2027-11-07T10:30:00Z",
    ),
];

const fn closed(
    policy: Option<&'static str>,
    office: Option<&'static str>,
    from: &'static str,
    to: &'static str,
) -> Deviation {
    Deviation {
        policy,
        office,
        from,
        to,
        opens: false,
    }
}

const fn opened(
    policy: Option<&'static str>,
    office: Option<&'static str>,
    from: &'static str,
    to: &'static str,
) -> Deviation {
    Deviation {
        opens: true,
        ..closed(policy, office, from, to)
    }
}

/// Opening hours that can be asked one instant at a time, and nothing else.
struct Clock {
    zone: Tz,
    week: Week,
    days_off: BTreeSet<NaiveDate>,
    deviations: Vec<(Instant, Instant, bool)>,
    /// The shop with the nights has a half day and closes between the years.
    nights: bool,
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn minutes(n: i64) -> TimeDelta {
    TimeDelta::minutes(n)
}

impl Clock {
    fn new(
        policy: &str,
        office: Option<&str>,
        zone: Tz,
        week: Week,
        days_off: &str,
        deviate: bool,
    ) -> Self {
        let own = |d: &&Deviation| {
            deviate
                && d.policy.is_none_or(|of| of == policy)
                && (d.office.is_none() || d.office == office)
        };
        Self {
            zone,
            week,
            days_off: days_off
                .split_whitespace()
                .map(|day| day.parse().unwrap())
                .collect(),
            deviations: DEVIATIONS
                .iter()
                .filter(own)
                .map(|d| (at(d.from), at(d.to), d.opens))
                .collect(),
            nights: policy == "sixth",
        }
    }

    fn local(&self, at: Instant) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// The hours of a day.
    fn hours(&self, day: NaiveDate) -> &'static [(u32, u32)] {
        if self.nights && (day.month(), day.day()) == (12, 23) {
            return &[(480, 600)];
        }
        let between = self.nights && matches!((day.month(), day.day()), (12, 24..) | (1, ..=2));
        if between || self.days_off.contains(&day) {
            return &[];
        }
        self.week[day.weekday().num_days_from_monday() as usize]
    }

    fn is_open(&self, at: Instant) -> bool {
        let within = |(from, to, _): &&(Instant, Instant, bool)| *from <= at && at < *to;
        let mut met = self
            .deviations
            .iter()
            .filter(within)
            .map(|found| found.2)
            .peekable();
        if met.peek().is_some() {
            return met.all(|opens| opens);
        }
        let local = self.local(at);
        let minute = local.hour() * 60 + local.minute();
        let today = self
            .hours(local.date())
            .iter()
            .any(|(from, to)| *from <= minute && (minute < *to || to <= from));
        let yesterday = self.hours(local.date() - Days::new(1)).iter();
        today
            || yesterday
                .into_iter()
                .any(|(from, to)| to <= from && minute < *to)
    }

    /// The first open instant from `at` on.
    fn opening(&self, at: Instant) -> Instant {
        if self.is_open(at) {
            return at;
        }
        let mut next = at - TimeDelta::seconds(at.timestamp().rem_euclid(60)) + minutes(1);
        while !self.is_open(next) {
            next += minutes(1);
        }
        next
    }

    /// Open time is added up, minute by minute.
    fn business_time(&self, from: Instant, hours: i64) -> Instant {
        let mut left = hours * 3_600;
        let mut now = from;
        loop {
            let step = 60 - now.timestamp().rem_euclid(60);
            if self.is_open(now) {
                if left <= step {
                    return now + TimeDelta::seconds(left);
                }
                left -= step;
            }
            now += TimeDelta::seconds(step);
        }
    }

    /// The instant of a local time, found by looking at every minute around it.
    fn instant(&self, local: NaiveDateTime) -> Instant {
        let around = local.and_utc();
        let seconds = i64::from(local.second());
        let whole = local - TimeDelta::seconds(seconds);
        let start = around - TimeDelta::seconds(seconds) - minutes(24 * 60);
        let mut before = start;
        for n in 0..48 * 60 {
            let now = start + minutes(n);
            if self.local(now) == whole {
                return now + TimeDelta::seconds(seconds);
            }
            if self.local(now) > whole {
                // It was skipped: by the clock that went before, it is that much later.
                return before + (whole - self.local(before)) + TimeDelta::seconds(seconds);
            }
            before = now;
        }
        panic!("no such local time: {local}");
    }

    /// Whole days on the wall clock, or hours; to the next opening.
    fn elapsed(&self, from: Instant, days: i64, hours: i64) -> Instant {
        let due = match days {
            0 => from + TimeDelta::hours(hours),
            days => self.instant(self.local(from) + TimeDelta::days(days)),
        };
        self.opening(due)
    }

    /// One business day in a shop that is closed at night: the same time on the next working day, or else the last closing.
    fn next_day(&self, from: Instant) -> Instant {
        let start = self.opening(from);
        let local = self.local(start);
        let mut day = local.date() + Days::new(1);
        let open_on = |day: NaiveDate| {
            let midnight = self.instant(day.and_time(chrono::NaiveTime::MIN));
            (0..24 * 60).any(|n| self.is_open(midnight + minutes(n)))
        };
        while !open_on(day) {
            day = day + Days::new(1);
        }
        let target = self.instant(day.and_time(local.time()));
        if self.is_open(target) && self.is_open(target - TimeDelta::seconds(1)) {
            return target;
        }
        let mut closing = target - TimeDelta::seconds(target.timestamp().rem_euclid(60));
        while !self.is_open(closing - minutes(1)) {
            closing -= minutes(1);
        }
        closing
    }
}

/// What a line of the batch asks, and what is due by this page.
fn expected(
    policy: &str,
    severity: Option<&str>,
    office: Option<&str>,
    from: Instant,
    desk: bool,
) -> Option<Instant> {
    let clock = |zone: Tz, week, days_off| Clock::new(policy, office, zone, week, days_off, desk);
    Some(match (policy, severity, office) {
        ("per-incident", ..) => clock(Tz::America__Los_Angeles, PACIFIC, US).business_time(from, 4),
        ("severity", Some(severity), _) => {
            let (days, hours) = match severity {
                "critical" => (0, 24),
                "urgent" => (0, 48),
                "high" => (3, 0),
                "normal" => (7, 0),
                _ => (14, 0),
            };
            clock(Tz::America__Denver, EIGHT, US).elapsed(from, days, hours)
        }
        ("escalation", _, Some("florida")) => clock(Tz::America__New_York, NINE, US).next_day(from),
        ("escalation", _, Some("uk")) => clock(Tz::Europe__London, NINE, UK).next_day(from),
        ("escalation", _, Some(_)) => clock(Tz::Europe__Paris, NINE, FRANCE).next_day(from),
        ("sixth", Some("dark"), _) => {
            clock(Tz::Europe__Paris, NIGHTS, FRANCE).business_time(from, 2)
        }
        ("sixth", ..) => clock(Tz::Europe__Paris, NIGHTS, FRANCE).elapsed(from, 7, 0),
        _ => return None,
    })
}

/// What is asked: every policy with every severity and office that it has a target by, and the two without any.
const ASKED: [(&str, Option<&str>, Option<&str>); 13] = [
    ("per-incident", None, None),
    ("severity", Some("critical"), None),
    ("severity", Some("urgent"), None),
    ("severity", Some("high"), None),
    ("severity", Some("normal"), None),
    ("severity", Some("low"), None),
    ("escalation", None, Some("florida")),
    ("escalation", None, Some("uk")),
    ("escalation", None, Some("france")),
    ("sixth", Some("dark"), None),
    ("sixth", Some("glow"), None),
    ("season-ticket", None, None),
    ("tech-reference", None, None),
];

/// Around these it is likeliest to go wrong: clock changes, days off, what the desk changes, openings and closings.
const EDGES: &[&str] = &[
    "2026-03-08T10:00:00Z",
    "2026-03-29T01:00:00Z",
    "2026-10-25T01:00:00Z",
    "2026-11-01T09:00:00Z",
    "2027-03-14T10:00:00Z",
    "2027-03-28T01:00:00Z",
    "2027-10-31T01:00:00Z",
    "2027-11-07T09:00:00Z",
    "2026-02-10T17:00:00Z",
    "2026-11-23T19:30:00Z",
    "2026-11-25T01:00:00Z",
    "2026-11-26T18:00:00Z",
    "2026-11-28T12:00:00Z",
    "2026-07-03T18:00:00Z",
    "2026-12-23T08:00:00Z",
    "2026-12-31T16:00:00Z",
    "2026-04-03T09:00:00Z",
    "2026-05-14T09:00:00Z",
    "2027-05-17T07:00:00Z",
    "2026-10-26T12:00:00Z",
];

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n).cast_signed()
    }

    /// Anywhere in 2026 and 2027, or within days of an edge, on the minute or not.
    fn start(&mut self) -> Instant {
        let near = EDGES[usize::try_from(self.below(EDGES.len() as u64)).unwrap()];
        let start = match self.below(3) {
            0 => at("2026-01-05T00:00:00Z") + minutes(self.below(700 * 24 * 60)),
            1 => at(near) + minutes(self.below(6 * 60) - 3 * 60),
            _ => at(near) + minutes(15 * (self.below(16 * 24 * 4) - 14 * 24 * 4)),
        };
        match self.below(4) {
            0 => start + TimeDelta::seconds(self.below(60)),
            _ => start,
        }
    }
}

fn asked(desk: bool, lines: usize, seed: u64) -> Vec<(Value, Value)> {
    let mut dice = Dice(seed);
    (0..lines)
        .map(|n| {
            let (policy, severity, office) = ASKED[n % ASKED.len()];
            let from = dice.start();
            let due = expected(policy, severity, office, from, desk);
            let written = |at: Instant| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
            (
                json!({"policy": policy, "severity": severity, "office": office, "from": written(from)}),
                json!({ "due": due.map(written) }),
            )
        })
        .collect()
}

/// The lines of a batch.
fn lines(asked: &[(Value, Value)]) -> String {
    asked.iter().map(|(line, _)| format!("{line}\n")).collect()
}

fn compare(asked: &[(Value, Value)], answered: &str) {
    let answers: Vec<&str> = answered.lines().collect();
    assert_eq!(answers.len(), asked.len());
    let off: Vec<String> = asked
        .iter()
        .zip(answers)
        .filter(|((_, due), answer)| serde_json::from_str::<Value>(answer).unwrap() != *due)
        .map(|((line, due), answer)| format!("{line}: {answer}, by hand {due}"))
        .collect();
    assert!(
        off.is_empty(),
        "{} of {}: {:#?}",
        off.len(),
        asked.len(),
        &off[..off.len().min(20)]
    );
}

#[test]
fn the_shipped_policies_are_due_as_counted_by_hand() {
    let mut shipped = asked(false, 1_300, 7);
    shipped.retain(|(line, _)| line["policy"] != "sixth");
    // England's one-off days of 2022.
    for n in 0..150 {
        for day in ["2022-06-01T06:30:00Z", "2022-09-16T07:45:00Z"] {
            let from = at(day) + minutes(n * 31);
            let due = expected("escalation", None, Some("uk"), from, false).unwrap();
            shipped.push((
                json!({"policy": "escalation", "office": "uk", "from": from.to_rfc3339()}),
                json!({"due": due.format("%Y-%m-%dT%H:%M:%SZ").to_string()}),
            ));
        }
    }
    compare(&shipped, &bare::ok(["due", "--batch"], lines(&shipped)));
}

#[test]
fn a_desk_with_closures_and_openings_is_due_as_counted_by_hand() {
    let shop = Shop::new(&[
        "per-incident",
        "severity",
        "season-ticket",
        "escalation",
        "tech-reference",
    ]);
    std::fs::write(shop.path("sixth.toml"), SIXTH).unwrap();
    shop.ok(["policy", "add", "sixth.toml", "--set", "price=40.00 EUR"]);
    for d in DEVIATIONS {
        let mut add = vec![
            "closure", "add", "--reason", "R", "--from", d.from, "--to", d.to,
        ];
        match (d.policy, d.office) {
            (Some(policy), _) => add.extend(["--policy", policy]),
            (None, Some(office)) => add.extend(["--office", office]),
            (None, None) => add.push("--all"),
        }
        add.extend(d.opens.then_some("--opening"));
        shop.ok(add);
    }
    let (asked, desk) = (asked(true, 1_300, 11), shop.desk());
    let batch = ["due", "--batch", "--desk", desk.to_str().unwrap()];
    let ran = shop.run_with(&lines(&asked), batch);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    compare(&asked, &ran.stdout);
}
