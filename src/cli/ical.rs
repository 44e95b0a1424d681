//! `holdline ical`.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Failure, Session};
use crate::calendar::ics::{Event, write};
use crate::incident::{ClockKind, Customer, Incident, Query, TechRef, Term};
use crate::store::{Access, Desk, Listed, Order, Page};
use crate::whole;

/// Writes a calendar of what is due: deadlines, promised estimates, appointments and calls back.
///
/// It is iCalendar (RFC 5545), for any calendar program: an event for every clock that runs, at its due instant, in UTC;
/// also where that is past. An event keeps its name while its clock runs, so that a program that reads the file again
/// moves what moved and drops what is done. A clock that is paused has no due instant, and a silence that runs out is
/// nobody's work: neither is in it. Nor are calls to be tried again without a time; `schedule` gives them one.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline ical --to ~/public/desk.ics           # from cron: the file is whole at every moment
  holdline ical --agent-only mira > mira.ics
  holdline ical --json")]
pub struct Ical {
    /// Only what this agent works on; `none` is what nobody does.
    #[arg(long, value_name = "AGENT")]
    agent_only: Option<String>,
    /// Writes it to this file, in place of the one that may be there.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    to: Option<PathBuf>,
}

/// As many incidents are read at a time.
const PAGE: usize = 500;

/// What is due, as JSON.
#[derive(Serialize)]
struct Due {
    uid: String,
    tech_ref: TechRef,
    clock: ClockKind,
    due_at: DateTime<Utc>,
    assignee: Option<String>,
    summary: String,
}

impl Ical {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let now = session.now();
        let desk = session.open(Access::Read)?;
        let assignee = match self.agent_only.as_deref() {
            None => None,
            Some("none") => Some(String::new()),
            Some(name) => {
                let agents = desk.agents()?;
                if !agents.iter().any(|known| known == name) {
                    let known = agents.iter().map(String::as_str);
                    return Err(crate::incident::Refusal::unknown("agent", name, known).into());
                }
                Some(name.to_owned())
            }
        };
        let query = Query {
            terms: assignee
                .map(|name| (false, Term::Assignee(vec![name])))
                .into_iter()
                .collect(),
        };
        let (name, mut due) = desk.still(|desk| {
            let id = desk.id()?;
            let mut due = Vec::new();
            each(desk, &query, now, |incident, customer| {
                due.extend(events(incident, customer, &id));
            })?;
            Ok::<_, Failure>((desk.name()?, due))
        })?;
        due.sort_by(|(one, _), (other, _)| (one.at, &one.uid).cmp(&(other.at, &other.uid)));
        if session.json() {
            let views: Vec<&Due> = due.iter().map(|(_, view)| view).collect();
            return session.print_pretty(&views);
        }
        let events: Vec<Event> = due.into_iter().map(|(event, _)| event).collect();
        let text = write(&name, now, &events);
        let Some(path) = self.to else {
            return session.print_raw(&text);
        };
        // Whoever reads it meanwhile gets the old one or the new one, never a part.
        whole::hand_over(&path, text.as_bytes()).map_err(|error| Failure::file(&path, error))?;
        let said = format!("{} events are in {}", events.len(), path.display());
        session.print(said)
    }
}

/// Hands over every incident that a query finds, with its customer.
fn each(
    desk: &Desk,
    query: &Query,
    now: DateTime<Utc>,
    mut with: impl FnMut(&Incident, &Customer),
) -> Result<(), Failure> {
    let mut last: Option<Listed> = None;
    loop {
        let page = last.as_ref().map_or(Page::First, Page::After);
        let rows = desk.list_by(Order::Newest, query, page, PAGE, now)?;
        for row in &rows {
            let (incident, customer) = desk.incident(row.number, now)?;
            with(&incident, &customer);
        }
        match rows.into_iter().next_back() {
            Some(row) => last = Some(row),
            None => return Ok(()),
        }
    }
}

/// The events of an incident: a clock's name is what it measures and since when, which no other one of it shares.
fn events(incident: &Incident, customer: &Customer, desk: &str) -> Vec<(Event, Due)> {
    let running = incident
        .clocks
        .iter()
        .filter(|clock| clock.is_running() && clock.kind != ClockKind::Silence);
    running
        .map(|clock| {
            let number = incident.tech_ref;
            let what = match clock.kind {
                ClockKind::Appointment => "Call",
                ClockKind::Estimate => "Estimate due",
                ClockKind::Patch => "Patch due",
                ClockKind::Resolution => "Resolution due",
                ClockKind::Response | ClockKind::Silence => "Response due",
            };
            let summary = format!("{what}: {number} {}, {}", customer.name, incident.summary);
            let assignee = incident.assignee.as_deref().unwrap_or("nobody");
            let severity = incident.severity.agreed.as_deref().unwrap_or("none");
            let contact = incident
                .contact
                .iter()
                .flat_map(|contact| std::iter::once(&contact.name).chain(&contact.phones));
            let contact: Vec<&str> = contact.map(String::as_str).collect();
            let uid = format!(
                "{number}.{}.{}@{desk}.holdline",
                clock.kind.word(),
                clock.started_at.timestamp()
            );
            let description = format!(
                "Assigned to: {assignee}\nSeverity: {severity}\nState: {}\nContact: {}",
                incident.state.word(),
                contact.join(", ")
            );
            let due = Due {
                uid: uid.clone(),
                tech_ref: number,
                clock: clock.kind,
                due_at: clock.due_at,
                assignee: incident.assignee.clone(),
                summary: incident.summary.clone(),
            };
            let event = Event {
                uid,
                at: clock.due_at,
                summary,
                description,
                category: clock.kind.word().to_owned(),
            };
            (event, due)
        })
        .collect()
}
