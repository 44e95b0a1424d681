//! What figures and views need of an incident that only its body says, kept beside it and found by index.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::{StoreError, incidents};
use crate::incident::{Incident, TechRef};

/// Writes it beside the incident.
pub(super) fn save(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO counted (incident, last_at, unanswered, owes) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (incident) DO UPDATE SET
              last_at = excluded.last_at, unanswered = excluded.unanswered, owes = excluded.owes",
        )?
        .execute(params![
            incident.tech_ref.sequence(),
            last(incident).timestamp(),
            incident.awaits_escalation_answer(),
            incident.owed().is_some(),
        ])?;
    Ok(())
}

/// Writes it beside every incident.
pub(super) fn fill(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT number FROM incident")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let incident = incidents::load(connection, TechRef::new(row.get(0)?))?;
        save(connection, &incident)?;
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
