//! What a filter costs: a page and a count of everything that the language can ask for, as it is typed and as it is
//! looked for among all.

use std::hint::black_box;

use chrono::Utc;
use holdline::incident::{Property, Query};
use holdline::store::Desk;

use crate::desk::Sample;
use crate::library::query;
use crate::table::Figures;
use crate::timing::repeat;

const ROWS: usize = 50;
/// As many as the console counts.
const COUNTED: usize = 10_000;

/// Some that much has, some that little has, and some that nothing has.
const TERMS: [&str; 16] = [
    "severity:critical",
    "severity:zzz",
    "product:Ledger",
    "product:zzz",
    "policy:severity",
    "policy:zzz",
    "channel:chat",
    "customer:b",
    "customer:zzz",
    "assignee:me",
    "assignee:zzz",
    "opened:<7d",
    "opened:2019-01-01",
    "due:<1h",
    "level:>=2",
    "level:9",
];

pub(crate) fn measure(sample: &Sample, figures: &mut Figures) {
    let desk = sample.open();
    let properties = Property::ALL.map(|(word, _)| format!("is:{word}"));
    let states = ["open", "waiting", "resolved", "void"].map(|state| format!("state:{state}"));
    let terms: Vec<String> = TERMS
        .map(str::to_owned)
        .into_iter()
        .chain(properties)
        .chain(states)
        .collect();
    let all: Vec<Query> = terms
        .iter()
        .flat_map(|term| [query(term), query(&format!("{term} is:any"))])
        .collect();
    let typed: Vec<Query> = all.iter().cloned().map(Query::while_typed).collect();
    let mut add = |what, ours, goal| figures.add(what, sample.size, "ms", None, ours, goal);
    add(
        "a filter that is typed, the worst of all: page and count",
        worst(&desk, &typed),
        "8 ms",
    );
    add(
        "a filter over all, the worst of all: page and count",
        worst(&desk, &all),
        "",
    );
}

/// Milliseconds of the slowest of these.
fn worst(desk: &Desk, queries: &[Query]) -> f64 {
    let of = |query: &Query| {
        repeat(5, |_| {
            let now = Utc::now();
            black_box(desk.first_page(query, ROWS, COUNTED, now).unwrap());
        })
    };
    let times = queries.iter().map(|query| of(query).within(50));
    times.fold(0.0, f64::max)
}
