//! The deadlines against other code: a clock that walks minute by minute over the wall clock of each office, with hours
//! and holidays written down anew from `policies.md`, compared to `due --batch` on instants around clock changes,
//! holidays, closures, openings and closings of 2020 to 2035.

mod deviations;
mod holidays;
mod walk;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use serde_json::{Value, json};

use crate::bare;
use crate::shop::Shop;
use crate::twilight;
use deviations::{DEVIATIONS, announce};
use walk::{Hours, Kind};

/// Instants for each promise.
const INSTANTS: usize = 300;

/// A promise as the specification has it.
struct Promise {
    policy: &'static str,
    severity: Option<&'static str>,
    office: Option<&'static str>,
    kind: Kind,
}

fn promise(
    policy: &'static str,
    severity: Option<&'static str>,
    office: Option<&'static str>,
    kind: Kind,
) -> Promise {
    Promise {
        policy,
        severity,
        office,
        kind,
    }
}

/// Every hour that is kept, with every promise that is made in it.
fn promises() -> Vec<(Hours, Vec<Promise>)> {
    use Kind::{BusinessDays, BusinessTime, Days, Hours as Elapsed};
    use chrono_tz::{America, Europe};
    use holidays::{england, france, tower, united_states};
    let weekdays = |from: u32, to: u32| -> [Vec<(u32, u32)>; 7] {
        std::array::from_fn(|day| if day < 5 { vec![(from, to)] } else { vec![] })
    };
    let hours = |zone, closed: fn(NaiveDate) -> bool, week| Hours::new(zone, closed, week);
    let severity = |name, kind| promise("severity", Some(name), None, kind);
    let escalation = |office| promise("escalation", None, Some(office), BusinessDays(1));
    let by_night = |office| {
        let of = |name, kind| promise("twilight", Some(name), Some(office), kind);
        vec![
            of("dark", BusinessTime(3)),
            of("dim", BusinessDays(1)),
            of("wish", Days(3)),
        ]
    };
    let night = (22 * 60, 30 * 60);
    let lunch = |end: u32| vec![(8 * 60, 12 * 60), (13 * 60, end), night];
    let harbour = [
        lunch(17 * 60),
        lunch(17 * 60),
        lunch(17 * 60),
        lunch(17 * 60),
        lunch(16 * 60),
        vec![night],
        vec![],
    ];
    let paris: [Vec<(u32, u32)>; 7] = std::array::from_fn(|day| match day {
        0..4 => lunch(17 * 60),
        4 => vec![(8 * 60, 12 * 60), night],
        _ => vec![],
    });
    let coast: [Vec<(u32, u32)>; 7] = std::array::from_fn(|day| match day {
        0..4 => vec![(9 * 60, 12 * 60), (12 * 60 + 30, 17 * 60 + 30)],
        4 => vec![(9 * 60, 12 * 60)],
        _ => vec![],
    });
    vec![
        (
            hours(America::Los_Angeles, united_states, weekdays(510, 1020)),
            vec![promise("per-incident", None, None, BusinessTime(4))],
        ),
        (
            hours(America::Denver, united_states, weekdays(480, 1020)),
            vec![
                severity("critical", Elapsed(24)),
                severity("urgent", Elapsed(48)),
                severity("high", Days(3)),
                severity("normal", Days(7)),
                severity("low", Days(14)),
            ],
        ),
        (
            hours(America::New_York, united_states, weekdays(540, 1020)),
            vec![escalation("florida")],
        ),
        (
            hours(Europe::London, england, weekdays(540, 1020)),
            vec![escalation("uk")],
        ),
        (
            hours(Europe::Paris, france, weekdays(540, 1020)),
            vec![escalation("france")],
        ),
        (hours(Europe::London, england, harbour), by_night("harbour")),
        (
            hours(America::New_York, united_states, coast),
            by_night("coast"),
        ),
        (
            hours(Europe::Paris, tower, paris).with_half_day((12, 23), (8 * 60, 10 * 60)),
            by_night("tower"),
        ),
    ]
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// Days around which deadlines go wrong: clock changes, holidays, the ends of months and years; and some others.
fn days(hours: &Hours) -> Vec<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    let all = first.iter_days().take_while(|day| day.year() <= 2035);
    if hours.has_deviations() {
        return all.filter(|day| hours.deviates_around(*day)).collect();
    }
    let special = |day: &NaiveDate| {
        hours.changes_clocks(*day)
            || hours.is_holiday(*day)
            || day.succ_opt().unwrap().day() == 1
            || day.ordinal() % 97 == 5
    };
    all.filter(special).collect()
}

/// An instant up to two days around one of these days: on the second, or at an opening or closing and right beside it.
fn instant(days: &[NaiveDate], hours: &Hours, numbers: &mut Numbers) -> DateTime<Utc> {
    let day = days[numbers.below(days.len())];
    let midnight = day.and_hms_opt(0, 0, 0).unwrap().and_utc();
    let seconds = i64::try_from(numbers.below(4 * 86_400)).unwrap();
    let any = midnight - Duration::days(2) + Duration::seconds(seconds);
    if numbers.below(2) == 0 {
        return any;
    }
    let beside = i64::try_from(numbers.below(3)).unwrap() - 1;
    hours.next_edge(any) + Duration::seconds(beside)
}

/// A line of a batch, and the instant that is due by this page.
type Asked = (Value, Value);

/// Questions about each promise; where nothing is promised, nothing is ever due.
fn asked(promises: &[(Hours, Vec<Promise>)], seed: u64) -> Vec<Asked> {
    let mut numbers = Numbers(seed);
    let mut asked = Vec::new();
    let question = |promise: &Promise, from: DateTime<Utc>| {
        json!({
            "policy": promise.policy,
            "severity": promise.severity,
            "office": promise.office,
            "from": from.to_rfc3339(),
        })
    };
    for (hours, promises) in promises {
        let days = days(hours);
        for promise in promises {
            for _ in 0..INSTANTS {
                let from = instant(&days, hours, &mut numbers);
                let due = hours.due(from, promise.kind);
                let due = due.format("%Y-%m-%dT%H:%M:%SZ").to_string();
                asked.push((question(promise, from), json!(due)));
            }
        }
        for policy in ["season-ticket", "tech-reference"] {
            let none = promise(policy, None, None, Kind::Days(1));
            let from = instant(&days, hours, &mut numbers);
            asked.push((question(&none, from), Value::Null));
        }
    }
    asked
}

/// The lines of a batch.
fn batch(asked: &[Asked]) -> String {
    asked.iter().map(|(line, _)| format!("{line}\n")).collect()
}

fn compare(asked: &[Asked], answered: &str) {
    assert_eq!(answered.lines().count(), asked.len());
    let differ: Vec<String> = asked
        .iter()
        .zip(answered.lines())
        .filter(|((_, due), said)| {
            serde_json::from_str::<Value>(said).unwrap() != json!({ "due": due })
        })
        .map(|((line, due), said)| format!("{line}: {said}, walked to {due}"))
        .collect();
    assert!(
        differ.is_empty(),
        "{} of {} differ: {:#?}",
        differ.len(),
        asked.len(),
        &differ[..differ.len().min(8)]
    );
}

/// A desk with the five policies and the sixth.
fn shop() -> Shop {
    let shop = Shop::new(&[
        "per-incident",
        "severity",
        "season-ticket",
        "escalation",
        "tech-reference",
    ]);
    twilight::add(&shop);
    shop
}

#[test]
fn every_deadline_is_what_a_walk_by_the_minute_finds() {
    let mut asked = asked(&promises(), 20_261_125);
    assert!(asked.len() > 5_000, "{}", asked.len());
    let shop = shop();
    let desk = shop.desk();
    let command = ["due", "--batch", "--desk", desk.to_str().unwrap()];
    let ran = shop.run_with(&batch(&asked), command);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    compare(&asked, &ran.stdout);
    // What is shipped needs no desk.
    asked.retain(|(line, _)| line["policy"] != "twilight");
    compare(&asked, &bare::ok(["due", "--batch"], batch(&asked)));
}

#[test]
fn closures_and_openings_of_the_desk_are_walked_round() {
    let shop = shop();
    let mut promises = promises();
    for deviation in DEVIATIONS {
        announce(&shop, deviation);
        for (hours, promises) in &mut promises {
            let Promise { policy, office, .. } = promises[0];
            if deviation.concerns(policy, office) {
                hours.deviate(deviation.from(), deviation.to(), deviation.opens);
            }
        }
    }
    let (asked, desk) = (asked(&promises, 11), shop.desk());
    let command = ["due", "--batch", "--desk", desk.to_str().unwrap()];
    let ran = shop.run_with(&batch(&asked), command);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    compare(&asked, &ran.stdout);
}

/// The walk itself, held against the worked examples of `clocks.md`: an oracle that is wrong proves nothing.
#[test]
fn the_walk_finds_the_worked_examples() {
    let all = promises();
    let find = |policy: &str, severity: Option<&str>, office: Option<&str>, from: &str| {
        let (hours, promise) = all
            .iter()
            .flat_map(|(hours, promises)| promises.iter().map(move |promise| (hours, promise)))
            .find(|(_, it)| (it.policy, it.severity, it.office) == (policy, severity, office))
            .unwrap();
        let from = DateTime::parse_from_rfc3339(from).unwrap().to_utc();
        hours.due(from, promise.kind).to_rfc3339()
    };
    let examples = [
        (
            "per-incident",
            None,
            None,
            "2026-11-25T16:00:00-08:00",
            "2026-11-27T19:30:00+00:00",
        ),
        (
            "per-incident",
            None,
            None,
            "2026-03-06T15:30:00-08:00",
            "2026-03-09T18:00:00+00:00",
        ),
        (
            "severity",
            Some("high"),
            None,
            "2026-10-30T10:00:00-06:00",
            "2026-11-02T17:00:00+00:00",
        ),
        (
            "severity",
            Some("normal"),
            None,
            "2026-12-18T11:00:00-07:00",
            "2026-12-28T15:00:00+00:00",
        ),
        (
            "escalation",
            None,
            Some("uk"),
            "2026-12-24T16:00:00+00:00",
            "2026-12-29T16:00:00+00:00",
        ),
        (
            "escalation",
            None,
            Some("florida"),
            "2026-11-28T12:00:00-05:00",
            "2026-11-30T22:00:00+00:00",
        ),
        (
            "escalation",
            None,
            Some("france"),
            "2026-07-13T10:30:00+02:00",
            "2026-07-15T08:30:00+00:00",
        ),
    ];
    for (policy, severity, office, from, due) in examples {
        assert_eq!(find(policy, severity, office, from), due, "{policy} {from}");
    }
}
