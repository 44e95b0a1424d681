//! `holdline call list`.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::cli::table::Table;
use crate::cli::{Failure, Session};
use crate::incident::{TechRef, day_and_time, hours_in_words};
use crate::store::{Access, Desk, Live, LiveCall, Ring};

/// Lists what rings and every call that runs, is on hold, or was cut off.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call list
  holdline call list --json")]
pub struct List {}

/// What is known of a call that runs.
#[derive(Debug, Serialize)]
struct View {
    id: i64,
    state: &'static str,
    agent: Option<String>,
    since: DateTime<Utc>,
    seconds: i64,
    held_seconds: i64,
    who: String,
    from: Option<String>,
    line: Option<String>,
    tech_refs: Vec<TechRef>,
    handed_by: Option<String>,
}

impl List {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let now = session.now();
        let desk = session.open(Access::Read)?;
        let mut views = Vec::new();
        if let Some(live) = Live::if_there(desk.path())? {
            for ring in live.rings(now)? {
                views.push(View::ringing(ring, &desk)?);
            }
            let calls = live.calls()?.into_iter();
            views.extend(calls.filter_map(|found| View::running(found, now)));
        }
        let headings = [
            "CALL", "STATE", "SINCE", "LENGTH", "AGENT", "WHO", "FROM", "NUMBERS",
        ];
        let mut table = Table::new(headings, session.columns());
        for view in &views {
            let numbers: Vec<String> = view.tech_refs.iter().map(TechRef::to_string).collect();
            table.row([
                view.id.to_string(),
                view.state.to_owned(),
                day_and_time(view.since, now, session.zone()),
                hours_in_words(view.seconds),
                view.agent.clone().unwrap_or_default(),
                view.who.clone(),
                view.from.clone().unwrap_or_default(),
                numbers.join(" "),
            ]);
        }
        match session.json() {
            true => session.answer(&views, ""),
            false => session.print_table(&table),
        }
    }
}

impl View {
    fn ringing(ring: Ring, desk: &Desk) -> Result<Self, Failure> {
        Ok(Self {
            id: ring.id,
            state: "rings",
            agent: None,
            since: ring.at,
            seconds: 0,
            held_seconds: 0,
            who: desk.who_rings(&ring.number)?.in_words(),
            from: Some(ring.number).filter(|number| !number.is_empty()),
            line: ring.line,
            tech_refs: Vec::new(),
            handed_by: None,
        })
    }

    /// Nothing for what is typed in without a call.
    fn running(found: LiveCall, now: DateTime<Utc>) -> Option<Self> {
        let (state, at) = found.stands(now);
        let call = found.call;
        let timer = call.timer?;
        Some(Self {
            id: found.id,
            state,
            agent: Some(found.agent),
            since: timer.began_at,
            seconds: timer.seconds(at),
            held_seconds: timer.held(at),
            who: call.in_words().to_owned(),
            tech_refs: call.parts.iter().map(|part| part.number).collect(),
            from: call.from,
            line: call.line,
            handed_by: call.handed_by,
        })
    }
}
