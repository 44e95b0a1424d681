//! Every read of a desk finds what it wants by an index: asked of SQLite itself, for what the reads really say.

mod again;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::London;

use super::make;
use crate::incident::{CustomerId, Property, Query, Scope, State, TechRef};
use crate::store::{Access, Context, Desk, Order, OutboxQuery, Page, StoreError};
use crate::text::sort_key;

/// What is read whole: a few rows on any desk; what was looked for in JSON; what a statement or an index found first.
const FEW: [&str; 7] = [
    "policy",
    "agent",
    "closure",
    "desk",
    "json_each",
    "(",
    "main.",
];

/// The hours are made of all closures, of which there are a few a year.
const CLOSURES: &str = "FROM closure c";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 15, 0, 0).unwrap()
}

/// What is wrong with a statement's plan: a table that grows with the desk is gone through, and no limit ends that.
fn faults(desk: &Desk, sql: &str) -> Vec<String> {
    let steps = desk.plan(sql).into_iter();
    let scans = steps.filter(|step| step.starts_with("SCAN ") && step != "SCAN CONSTANT ROW");
    let grows = scans.filter(|step| {
        let table = step.trim_start_matches("SCAN ");
        let few = FEW.iter().any(|few| table.starts_with(few)) || step.contains("counted_");
        let whole = sql.contains(CLOSURES);
        let asked = step.contains("VIRTUAL TABLE INDEX") && !step.ends_with("INDEX 0:");
        !few && !whole && !asked && !sql.contains("LIMIT")
    });
    grows.collect()
}

/// The reads, each by its name.
type Read = (&'static str, fn(&Desk) -> Result<(), StoreError>);

const READS: [Read; 25] = [
    ("an incident", |desk| {
        desk.incident(number(), now()).map(drop)
    }),
    ("what was recorded last", |desk| {
        desk.entries_after(desk.newest_seq()? - 10, 500).map(drop)
    }),
    ("its timeline", |desk| desk.timeline(number()).map(drop)),
    ("its preview", |desk| {
        desk.dossier(number(), now()).map(drop)
    }),
    ("its kin", |desk| desk.kin(number(), now()).map(drop)),
    ("the same fault", |desk| desk.same_as(number()).map(drop)),
    ("a caller", |desk| {
        desk.caller(CustomerId(3), now()).map(drop)
    }),
    ("callers by name", |desk| {
        desk.find_customers("northwind", 9).map(drop)
    }),
    ("callers by digits", |desk| {
        desk.find_customers("0207946", 9).map(drop)
    }),
    ("a customer by name", |desk| {
        desk.customer_named("Paper Crane Clinic 1")
            .map_or(Ok(()), |_| Ok(()))
    }),
    ("who rings", |desk| {
        desk.who_rings("+44 20 7946 0001").map(drop)
    }),
    ("the calls of a shift", |desk| {
        desk.shift(now() - TimeDelta::hours(12), 50).map(drop)
    }),
    ("the outbox", |desk| {
        desk.outbox(&OutboxQuery::default(), 50).map(drop)
    }),
    ("what is to be sent", |desk| {
        desk.messages_to_send(true, now()).map(drop)
    }),
    ("alarms", |desk| desk.alarms("mira", now(), now()).map(drop)),
    ("silences", |desk| desk.silences_due(now()).map(drop)),
    ("the last takeover", |desk| desk.last_taken_over().map(drop)),
    ("what changed", |desk| {
        desk.changed_since(None, now(), now(), 9).map(drop)
    }),
    ("another system's number", |desk| {
        desk.by_external_id("X-1").map(drop)
    }),
    ("the newest entry", |desk| desk.newest_entry_at().map(drop)),
    ("entitlements", |desk| {
        desk.entitlements(CustomerId(3)).map(drop)
    }),
    ("incidents of a month", |desk| {
        desk.each_incident(None, month(), now(), now(), |_| ())
    }),
    ("incidents of a customer", |desk| {
        desk.each_incident(Some(CustomerId(3)), month(), now(), now(), |_| ())
    }),
    ("calls of a month", |desk| {
        desk.each_call(None, month(), now(), |_| ())
    }),
    ("money of a month", |desk| {
        desk.each_move(month(), now(), None, |_| ())
    }),
];

fn number() -> TechRef {
    TechRef::new(10_007)
}

fn month() -> DateTime<Utc> {
    now() - TimeDelta::days(30)
}

fn desk(folder: &std::path::Path) -> Desk {
    let path = folder.join("desk");
    let context = Context {
        agent: "mira".to_owned(),
        user: None,
        at: None,
        now: now(),
        read: None,
        once: None,
        if_revision: None,
        quiet: false,
        by_hand: true,
    };
    make(&path, 60, 1, &context, &mut |_| true).unwrap();
    Desk::open(&path, Access::Read).unwrap()
}

fn query(text: &str) -> Query {
    let scope = Scope {
        now: now(),
        me: "mira",
        zone: London,
        words: None,
    };
    Query::parse(text, scope).unwrap()
}

#[test]
fn every_read_finds_by_an_index_what_it_wants() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let mut wrong = BTreeSet::new();
    for (name, read) in READS {
        let said = desk.statements_of(|desk| read(desk).unwrap());
        assert!(!said.is_empty(), "{name} reads nothing");
        for sql in said {
            wrong.extend(
                faults(&desk, &sql)
                    .into_iter()
                    .map(|step| format!("{name}: {step}: {sql}")),
            );
        }
    }
    for text in filters() {
        for query in [query(&text), query(&text).while_typed()] {
            for order in [Order::Queue, Order::Newest] {
                let said = said_for(&mut desk, &query, order);
                for sql in said {
                    let faults = faults(&desk, &sql).into_iter();
                    wrong.extend(faults.map(|step| format!("{text}: {step}: {sql}")));
                }
            }
        }
    }
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every filter, of what is open and of all.
fn filters() -> Vec<String> {
    let properties = Property::ALL.map(|(word, _)| format!("is:{word}"));
    let states = State::ALL.map(|state| format!("state:{}", state.word()));
    let terms = [
        "printer",
        "-printer",
        "assignee:me",
        "assignee:none",
        "customer:pa,no",
        "due:<1h",
        "due:>1h",
        "level:>=2",
        "level:0",
        "severity:critical",
        "product:Ledger",
        "policy:severity",
        "channel:chat",
        "opened:<7d",
        "opened:2026-11-01",
    ];
    let terms = terms.map(str::to_owned).into_iter();
    let terms = terms.chain(properties).chain(states).chain([String::new()]);
    terms
        .flat_map(|term| [format!("{term} is:any"), term])
        .collect()
}

/// What is said to SQLite for a page of a query and for its count.
fn said_for(desk: &mut Desk, query: &Query, order: Order) -> BTreeSet<String> {
    desk.statements_of(|desk| {
        for page in [Page::First, Page::Last] {
            desk.list_by(order, query, page, 9, now()).unwrap();
        }
        desk.count(query, 99, now()).unwrap();
        desk.numbers(query, 99, now()).unwrap();
    })
}

/// Indexes of few incidents among all.
const OF_FEW: [&str; 5] = [
    "incident_emergency",
    "incident_uncovered",
    "incident_in_manual",
    "incident_known",
    "incident_answered_after",
];

/// Whether a step of a plan goes through all incidents until it has enough of them, or to the end.
fn goes_through(step: &str) -> bool {
    step.starts_with("SCAN i") && !OF_FEW.iter().any(|index| step.ends_with(index))
}

#[test]
fn what_is_typed_goes_through_no_more_than_the_newest() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let mut wrong = BTreeSet::new();
    for text in filters() {
        let query = query(&text).while_typed();
        for sql in said_for(&mut desk, &query, Order::of(&query)) {
            let steps = desk.plan(&sql).into_iter();
            let through = steps.filter(|step| goes_through(step));
            wrong.extend(through.map(|step| format!("{text}: {step}: {sql}")));
        }
    }
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_list_reads_the_incidents_of_its_page_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let mut wrong = BTreeSet::new();
    for text in filters() {
        for query in [query(&text), query(&text).while_typed()] {
            for sql in said_for(&mut desk, &query, Order::of(&query)) {
                let steps = desk.plan(&sql).into_iter();
                let reads = steps.filter(|step| {
                    // The incidents of the page, and those of the few that words, a name or an index of few find.
                    let some = step.starts_with("SEARCH i ") || !goes_through(step);
                    !some && !step.contains("COVERING INDEX")
                });
                wrong.extend(reads.map(|step| format!("{text}: {step}: {sql}")));
            }
        }
    }
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_few_among_all_has_an_index_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    for (text, indexes) in [
        ("is:escalated", &["counted_unanswered"][..]),
        ("is:emergency", &["incident_emergency"]),
        ("is:uncovered", &["incident_uncovered"]),
        ("is:in-manual", &["incident_in_manual"]),
        ("is:known-fault", &["incident_known"]),
        ("is:answered-after-resolution", &["incident_answered_after"]),
        (
            "customer:pa",
            &["customer_by_name", "incident_queue_of_customer"],
        ),
        (
            "customer:pa is:any",
            &["customer_by_name", "incident_customer"],
        ),
        ("state:waiting", &["incident_queue"]),
        ("assignee:me", &["incident_queue"]),
        ("is:unassigned", &["incident_queue"]),
        ("due:<1h", &["incident_queue"]),
        ("due:>1h", &["incident_queue", "ahead_due"]),
        ("is:missed is:any", &["incident_queue"]),
        ("state:resolved", &["incident_newest"]),
        ("severity:critical is:any", &["incident_newest"]),
        ("", &["incident_queue"]),
    ] {
        let query = query(text);
        let said = desk.statements_of(|desk| {
            desk.count(&query, 99, now()).unwrap();
        });
        let plan: Vec<String> = said.iter().flat_map(|sql| desk.plan(sql)).collect();
        for index in indexes {
            assert!(
                plan.iter().any(|step| step.contains(index)),
                "{text}: {index}: {plan:?}"
            );
        }
    }
}

#[test]
fn what_many_may_have_is_not_gathered_before_the_first_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    // The customers that an incident is looked for among are one list, and stop at a limit while a name is typed.
    for (text, lists) in [
        ("is:uncovered", 0),
        ("is:uncovered is:any", 0),
        ("customer:pa", 1),
    ] {
        let query = query(text).while_typed();
        let said = desk.statements_of(|desk| {
            desk.count(&query, 99, now()).unwrap();
        });
        let plan: Vec<String> = said.iter().flat_map(|sql| desk.plan(sql)).collect();
        let gathered = plan.iter().filter(|step| step.starts_with("LIST SUB"));
        assert_eq!(gathered.count(), lists, "{text}: {plan:#?}");
    }
}

#[test]
fn of_what_has_a_word_only_the_queue_is_gathered_for_the_queue() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    for text in ["printer", "-printer"] {
        let query = query(text);
        let said = desk.statements_of(|desk| {
            desk.count(&query, 99, now()).unwrap();
        });
        let plan: Vec<String> = said.iter().flat_map(|sql| desk.plan(sql)).collect();
        let queued = "SEARCH incident USING COVERING INDEX incident_queue (queue_key>?)";
        assert!(plan.iter().any(|step| step == queued), "{text}: {plan:#?}");
    }
}

#[test]
fn a_page_that_is_not_full_is_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let query = query("");
    let all = desk.count(&query, 99, now()).unwrap();
    for (limit, counts) in [(all, true), (all + 1, false)] {
        let said = desk.statements_of(|desk| {
            let (rows, count) = desk.first_page(&query, limit, 99, now()).unwrap();
            assert_eq!((rows.len(), count), (all, all));
        });
        assert_eq!(
            said.iter().any(|sql| sql.contains("count(*) FROM (")),
            counts
        );
    }
}

#[test]
fn the_first_customers_by_name_are_read_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let names = |desk: &Desk, limit| {
        let found = desk.find_customers("", limit).unwrap().into_iter();
        let names = found.map(|found| found.customer.name);
        names.collect::<Vec<String>>()
    };
    let mut all = names(&desk, 1_000);
    let beyond = all
        .iter()
        .filter(|name| !name.starts_with(|c: char| c.is_ascii()));
    assert!(beyond.count() > 2, "{all:?}");
    all.sort_by_cached_key(|name| sort_key(name));
    let said = desk.statements_of(|desk| {
        for limit in [1, 2, 5, 9, all.len()] {
            assert_eq!(names(desk, limit), all[..limit]);
        }
    });
    let whole = |sql: &&String| !sql.contains("LIMIT") && !sql.contains("WHERE id =");
    let whole: Vec<_> = said.iter().filter(whole).collect();
    assert!(whole.is_empty(), "{whole:?}");
}

#[test]
fn what_is_being_read_can_be_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let calls = |desk: &Desk| desk.each_call(None, month(), now(), |_| ());
    desk.stop_when(|| false).unwrap();
    calls(&desk).unwrap();
    desk.stop_when(|| true).unwrap();
    let given_up = calls(&desk).unwrap_err().to_string();
    assert!(given_up.contains("interrupted"), "{given_up}");
    desk.stop_when(|| false).unwrap();
    calls(&desk).unwrap();
}
