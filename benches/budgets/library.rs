//! The store in one process, beside its statements alone.

use std::hint::black_box;

use chrono::{Months, TimeDelta, Utc};
use chrono_tz::Tz;
use holdline::incident::{Command, CustomerId, FIRST, Log, Query, Scope, TechRef};
use holdline::report::{self, By, Wanted};
use holdline::store::{Desk, Page};
use rusqlite::{Connection, params};

use crate::desk::{Sample, context};
use crate::table::Figures;
use crate::timing::{once, repeat};

/// A page of the queue by itself.
pub(crate) const PAGE: &str =
    "SELECT i.number, i.summary, c.name FROM incident i JOIN customer c ON c.id = i.customer
    WHERE i.queue_key IS NOT NULL ORDER BY i.queue_key LIMIT ?1";
const ROWS: u32 = 50;
/// A word that many incidents have, and one that few have.
const COMMON: &str = "export";
const RARE: &str = "desk4711";

pub(crate) fn measure(sample: &Sample, figures: &mut Figures) {
    let size = sample.size;
    let mut desk = sample.open();
    let plain = Connection::open(&sample.path).unwrap();
    let mut add = |what, floor: Option<f64>, ours, goal| {
        figures.add(what, size, "ms", floor, ours, goal);
    };

    let open = query("is:open");
    let floor = repeat(200, |_| page(&plain)).within(50);
    let ours = repeat(200, |_| list(&desk, &open)).within(50);
    add("a page of the queue", Some(floor), ours, "3x");

    let floor = repeat(100, |_| count(&plain)).within(50);
    let ours = repeat(100, |_| {
        black_box(desk.count(&open, 10_000, Utc::now()).unwrap());
    })
    .within(50);
    add("a view's count", Some(floor), ours, "never a scan");

    let floor = repeat(500, |turn| incident(&plain, nth(size, turn))).within(50);
    let ours = repeat(500, |turn| {
        let number = TechRef::new(nth(size, turn));
        black_box(desk.incident(number, Utc::now()).unwrap());
        black_box(desk.timeline(number).unwrap());
    });
    add(
        "an incident with its timeline",
        Some(floor),
        ours.within(50),
        "3x",
    );

    for (what, word) in [
        ("search, first page: a word of many", COMMON),
        ("search, first page: a word of few", RARE),
    ] {
        let floor = repeat(50, |_| search(&plain, word)).within(50);
        let asked = query(&format!("is:any {word}"));
        let ours = repeat(50, |_| list(&desk, &asked)).within(50);
        add(what, Some(floor), ours, "2x");
    }

    let typed: Vec<Query> = (1..=COMMON.len())
        .map(|end| query(&format!("is:any {}", &COMMON[..end])).while_typed())
        .collect();
    let letters = repeat(120, |turn| list(&desk, &typed[turn % typed.len()]));
    add(
        "a letter typed in `/`, p99",
        None,
        letters.within(99),
        "8 ms",
    );
    let names = [
        "a",
        "an",
        "bl",
        "blu",
        "ko",
        "kov",
        "to",
        "tow",
        "müll",
        "+44 20 7946 01",
    ];
    let callers = repeat(120, |turn| {
        black_box(desk.find_customers(names[turn % names.len()], 8).unwrap());
    });
    add(
        "a letter typed for the caller, p99",
        None,
        callers.within(99),
        "8 ms",
    );

    let now = Utc::now();
    let wanted = Wanted {
        from: now.checked_sub_months(Months::new(1)).unwrap(),
        until: now + TimeDelta::seconds(1),
        by: By::default(),
        customer: None,
        zone: Tz::UTC,
    };
    let (_, seconds) = once(|| report::figures(&desk, wanted, now).unwrap());
    add("a month's report", None, seconds * 1e3, "1 s");

    let floor = insert(sample);
    let mut log = logs(&mut desk);
    let ours = repeat(300, |_| log(&mut desk)).within(50);
    add("logging an incident, durable", Some(floor), ours, "4x");
}

pub(crate) fn query(text: &str) -> Query {
    let scope = Scope {
        now: Utc::now(),
        me: "mira",
        zone: Tz::UTC,
        words: None,
    };
    Query::parse(text, scope).unwrap()
}

fn list(desk: &Desk, query: &Query) {
    black_box(
        desk.list(query, Page::First, ROWS as usize, Utc::now())
            .unwrap(),
    );
}

/// Numbers all over the desk.
fn nth(size: usize, turn: usize) -> u32 {
    FIRST + u32::try_from(turn * 7_919 % size).unwrap()
}

fn page(plain: &Connection) {
    let mut statement = plain.prepare_cached(PAGE).unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        Ok((
            row.get::<_, u32>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
        ))
    };
    let rows: Result<Vec<_>, _> = statement.query_map([ROWS], read).unwrap().collect();
    black_box(rows.unwrap());
}

fn count(plain: &Connection) {
    let count = "SELECT count(*) FROM incident WHERE queue_key IS NOT NULL";
    let mut statement = plain.prepare_cached(count).unwrap();
    black_box(statement.query_row([], |row| row.get::<_, i64>(0)).unwrap());
}

fn incident(plain: &Connection, number: u32) {
    let mut body = plain
        .prepare_cached("SELECT body FROM incident WHERE number = ?1")
        .unwrap();
    black_box(
        body.query_row([number], |row| row.get::<_, String>(0))
            .unwrap(),
    );
    let mut entries = plain
        .prepare_cached("SELECT kind, facts, words FROM timeline WHERE incident = ?1 ORDER BY seq")
        .unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        let words: Option<String> = row.get(2)?;
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, words))
    };
    let entries: Result<Vec<_>, _> = entries.query_map([number], read).unwrap().collect();
    black_box(entries.unwrap());
}

fn search(plain: &Connection, word: &str) {
    let mut statement = plain
        .prepare_cached(
            "SELECT i.number, i.summary FROM search s JOIN incident i ON i.number = s.rowid
             WHERE search MATCH ?1 ORDER BY s.rowid DESC LIMIT ?2",
        )
        .unwrap();
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?));
    // As the language means a word: or the beginning of one.
    let word = format!("\"{word}\"*");
    let rows: Result<Vec<_>, _> = statement
        .query_map(params![word, ROWS], read)
        .unwrap()
        .collect();
    black_box(rows.unwrap());
}

/// Milliseconds of one small insert that is on the disk when it returns.
fn insert(sample: &Sample) -> f64 {
    let folder = tempfile::tempdir_in(sample.path.parent().unwrap()).unwrap();
    let plain = Connection::open(folder.path().join("plain")).unwrap();
    plain
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE noted (number INTEGER PRIMARY KEY, summary TEXT NOT NULL)",
        )
        .unwrap();
    let times = repeat(300, |_| {
        plain
            .prepare_cached("INSERT INTO noted (summary) VALUES (?1)")
            .unwrap()
            .execute(["Export stops at row 500"])
            .unwrap();
    });
    times.within(50)
}

/// Logs an incident of somebody whose policy asks for nothing that is not given here.
pub(crate) fn logs(desk: &mut Desk) -> impl FnMut(&mut Desk) + use<> {
    let fits = |customer: i64| {
        let customer = desk.customer(CustomerId(customer)).ok()?;
        let ruling = desk.ruling(customer.policy.as_deref()).ok()?;
        let mut log = Log::new(customer.id, "Export stops at row 500");
        log.contact = customer.contacts.first().cloned();
        log.detail = Some("The list has 1,240 rows.".to_owned());
        log.product = Some("Ledger".to_owned());
        log.severity = ruling
            .policy
            .severities
            .first()
            .map(|severity| severity.name.clone());
        log.call_seconds = 120;
        if ruling.policy.intake.what_changed {
            log.what_changed = Some("Nothing".to_owned());
        }
        for route in &ruling.policy.intake.route {
            let answer = route.answers.first()?.answer.clone();
            log.routing.insert(route.key.clone(), answer);
        }
        Some(Command::Log(Box::new(log)))
    };
    let all: Vec<Command> = (1..40).filter_map(fits).collect();
    let taken = all
        .into_iter()
        .find(|log| desk.execute(log, &context()).is_ok());
    let taken = taken.expect("a customer whose incident is taken");
    move |desk| drop(desk.execute(&taken, &context()).unwrap())
}
