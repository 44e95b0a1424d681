//! What figures and views need of an incident that only its body says, kept beside it and found by index.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::rows::{self, Into, Values};
use super::{StoreError, incidents};
use crate::incident::{Clock, ClockKind, Incident, TechRef};

/// Where the figures go.
static COUNTED: Into = Into::new("counted (incident, last_at, unanswered, owes)", 4, "");

/// The same, where figures may be there already.
static FIGURES: Into = Into::new(
    "counted (incident, last_at, unanswered, owes)",
    4,
    "ON CONFLICT (incident) DO UPDATE SET
     last_at = excluded.last_at, unanswered = excluded.unanswered, owes = excluded.owes
     WHERE (last_at, unanswered, owes) <> (excluded.last_at, excluded.unanswered, excluded.owes)",
);

/// Where what runs goes.
static AHEAD: Into = Into::new("ahead (incident, due_at, clock, counted)", 4, "");

/// Writes it beside the incident.
pub(super) fn save(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    figures(connection, incident)?;
    ahead(connection, incident)
}

/// Writes it beside incidents that were not there before.
pub(super) fn put_new(connection: &Connection, incidents: &[&Incident]) -> Result<(), StoreError> {
    rows::insert(connection, &COUNTED, incidents, |row, incident| {
        tell_figures(row, incident)
    })?;
    let running: Vec<_> = incidents.iter().flat_map(|new| running(new)).collect();
    rows::insert(connection, &AHEAD, &running, tell_running)
}

fn figures(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    rows::insert(connection, &FIGURES, &[incident], |row, incident| {
        tell_figures(row, incident)
    })
}

fn tell_figures(row: &mut Values<'_, '_>, incident: &Incident) -> rusqlite::Result<()> {
    row.put(incident.tech_ref.sequence())?;
    row.put(last(incident).timestamp())?;
    row.put(incident.awaits_escalation_answer())?;
    row.put(incident.owed().is_some())
}

fn ahead(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    let number = incident.tech_ref.sequence();
    let mut wanted: Vec<_> = running(incident).collect();
    wanted.sort_by_key(|(_, clock)| (clock.due_at, clock.kind.word()));
    let told = |(_, clock): &(TechRef, &Clock)| {
        let (kind, counted) = (clock.kind.word(), clock.counted.word());
        (
            clock.due_at.timestamp(),
            kind.to_owned(),
            counted.to_owned(),
        )
    };
    if kept(connection, number)?
        .into_iter()
        .eq(wanted.iter().map(told))
    {
        return Ok(());
    }
    connection
        .prepare_cached("DELETE FROM ahead WHERE incident = ?1")?
        .execute([number])?;
    rows::insert(connection, &AHEAD, &wanted, tell_running)
}

/// What runs beside the clock that is due first: that one stands with the incident itself. A silence is never due.
fn running(incident: &Incident) -> impl Iterator<Item = (TechRef, &Clock)> {
    let first = incident.next_clock();
    let is_first = move |clock: &Clock| first.is_some_and(|first| std::ptr::eq(first, clock));
    let running = incident.clocks.iter().filter(|clock| clock.is_running());
    running
        .filter(move |clock| clock.kind != ClockKind::Silence && !is_first(clock))
        .map(|clock| (incident.tech_ref, clock))
}

fn tell_running(
    row: &mut Values<'_, '_>,
    (number, clock): &(TechRef, &Clock),
) -> rusqlite::Result<()> {
    row.put(number.sequence())?;
    row.put(clock.due_at.timestamp())?;
    row.put(clock.kind.word())?;
    row.put(clock.counted.word())
}

/// What stands there as running beside it, the earliest first.
fn kept(connection: &Connection, number: u32) -> Result<Vec<(i64, String, String)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT due_at, clock, counted FROM ahead WHERE incident = ?1 ORDER BY due_at, clock",
    )?;
    let rows = statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes beside every incident what figures count it by.
pub(super) fn fill(connection: &Connection) -> Result<(), StoreError> {
    each(connection, "SELECT number FROM incident", figures)
}

/// Writes beside every incident that is still to be worked on what runs on it.
pub(super) fn fill_ahead(connection: &Connection) -> Result<(), StoreError> {
    let open = "SELECT number FROM incident WHERE queue_key IS NOT NULL";
    each(connection, open, ahead)
}

fn each(
    connection: &Connection,
    numbers: &str,
    write: fn(&Connection, &Incident) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(numbers)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        write(
            connection,
            &incidents::load(connection, TechRef::new(row.get(0)?))?,
        )?;
    }
    Ok(())
}

/// The newest instant by which a figure may count the incident: what began, was answered, climbed or ended then. A silence
/// that runs out ends it by itself.
fn last(incident: &Incident) -> DateTime<Utc> {
    let clocks = incident.clocks.iter().map(|clock| clock.started_at);
    let steps = incident.escalations.iter().map(|step| step.at);
    let ends = incident.resolution.iter();
    let ends = ends.chain(&incident.resolutions_before).map(|end| end.at);
    let declined = incident.declined.iter().map(|declined| declined.at);
    let by_itself = incident
        .first_response_at
        .into_iter()
        .chain(incident.silence_ends());
    clocks
        .chain(steps)
        .chain(ends)
        .chain(declined)
        .chain(by_itself)
        .fold(incident.opened_at, DateTime::max)
}
