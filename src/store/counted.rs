//! What figures and views need of an incident that only its body says, kept beside it and found by index.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::{StoreError, incidents};
use crate::incident::{Clock, ClockKind, Incident, TechRef};

/// Writes it beside the incident.
pub(super) fn save(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    figures(connection, incident)?;
    ahead(connection, incident)
}

fn figures(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO counted (incident, last_at, unanswered, owes) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (incident) DO UPDATE SET
              last_at = excluded.last_at, unanswered = excluded.unanswered, owes = excluded.owes
              WHERE (last_at, unanswered, owes) <> (excluded.last_at, excluded.unanswered, excluded.owes)",
        )?
        .execute(params![
            incident.tech_ref.sequence(),
            last(incident).timestamp(),
            incident.awaits_escalation_answer(),
            incident.owed().is_some(),
        ])?;
    Ok(())
}

/// What runs beside the clock that is due first: that one stands with the incident itself. A silence is never due.
fn ahead(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    let number = incident.tech_ref.sequence();
    let first = incident.next_clock();
    let is_first = |clock: &Clock| first.is_some_and(|first| std::ptr::eq(first, clock));
    let running = incident.clocks.iter().filter(|clock| clock.is_running());
    let others = running.filter(|clock| clock.kind != ClockKind::Silence && !is_first(clock));
    let mut wanted = Vec::new();
    for clock in others {
        let (due_at, word) = (clock.due_at.timestamp(), clock.kind.word().to_owned());
        wanted.push((due_at, word, incidents::counted_word(clock)?));
    }
    wanted.sort();
    if kept(connection, number)? == wanted {
        return Ok(());
    }
    connection
        .prepare_cached("DELETE FROM ahead WHERE incident = ?1")?
        .execute([number])?;
    for (due_at, clock, counted) in wanted {
        connection
            .prepare_cached(
                "INSERT INTO ahead (incident, due_at, clock, counted) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![number, due_at, clock, counted])?;
    }
    Ok(())
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
