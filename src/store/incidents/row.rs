//! The row of an incident: its state, and what is searched, sorted and shown in lists.

use rusqlite::Connection;

use super::sparse;
use crate::incident::{ClockKind, Incident, queue_key};
use crate::store::rows::{self, Into, Values};
use crate::store::{StoreError, counted};

/// Where the rows go.
static NEW: Into = Into::new(INCIDENT, COLUMNS, "");

/// The same, where there may be a row already.
static STATE: Into = Into::new(
    INCIDENT,
    COLUMNS,
    "ON CONFLICT (number) DO UPDATE SET
     revision = excluded.revision, state = excluded.state, customer = excluded.customer,
     policy = excluded.policy, summary = excluded.summary, severity = excluded.severity,
     product = excluded.product, assignee = excluded.assignee, opened_at = excluded.opened_at,
     clock = excluded.clock, counted = excluded.counted, office = excluded.office,
     due_at = excluded.due_at, silence_at = excluded.silence_at, level = excluded.level,
     number_given = excluded.number_given, expedite = excluded.expedite,
     external_id = excluded.external_id, queue_key = excluded.queue_key, body = excluded.body",
);

const INCIDENT: &str =
    "incident (number, revision, state, customer, policy, summary, severity, product, assignee, opened_at, clock, counted,
     office, due_at, silence_at, level, number_given, expedite, external_id, queue_key, body)";
const COLUMNS: usize = 21;

/// An incident as it is written.
pub(in crate::store) struct Row {
    incident: Box<Incident>,
    body: String,
}

impl Row {
    pub(in crate::store) fn of(incident: Box<Incident>) -> Result<Self, StoreError> {
        let body = sparse::to_string(&*incident)?;
        Ok(Self { incident, body })
    }
}

/// Writes the state of an incident, instead of the one that there is, if there is one.
pub(in crate::store) fn save(
    connection: &Connection,
    incident: &Incident,
) -> Result<(), StoreError> {
    let body = sparse::to_string(incident)?;
    rows::insert(connection, &STATE, &[body], |row, body| {
        tell(row, incident, body)
    })?;
    counted::save(connection, incident)
}

/// Writes the states of incidents that are not there yet.
pub(in crate::store) fn put_new(connection: &Connection, new: &[Row]) -> Result<(), StoreError> {
    rows::insert(connection, &NEW, new, |row, new| {
        tell(row, &new.incident, &new.body)
    })?;
    let incidents: Vec<&Incident> = new.iter().map(|new| &*new.incident).collect();
    counted::put_new(connection, &incidents)
}

fn tell(row: &mut Values<'_, '_>, incident: &Incident, body: &str) -> rusqlite::Result<()> {
    let shown = incident
        .next_clock()
        .filter(|clock| clock.kind != ClockKind::Silence);
    row.put(incident.tech_ref.sequence())?;
    row.put(incident.revision)?;
    row.put(incident.state.word())?;
    row.put(incident.customer.0)?;
    row.put(&incident.policy)?;
    row.put(&incident.summary)?;
    row.put(&incident.severity.agreed)?;
    row.put(&incident.product)?;
    row.put(&incident.assignee)?;
    row.put(incident.opened_at.timestamp())?;
    row.put(shown.map(|clock| clock.kind.word()))?;
    row.put(shown.map(|clock| clock.counted.word()))?;
    row.put(&incident.office)?;
    row.put(shown.map(|clock| clock.due_at.timestamp()))?;
    row.put(incident.silence_ends().map(|at| at.timestamp()))?;
    row.put(incident.escalation_level())?;
    row.put(incident.number_given_at.is_some())?;
    row.put(incident.at_once())?;
    row.put(&incident.external_id)?;
    row.put(queue_key(incident))?;
    row.put(body)
}
