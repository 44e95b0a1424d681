//! The row of an incident: written whole when it is new, and afterwards only where something has changed, so that no index
//! is touched but those of what has.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::StoreError;
use super::incidents::counted_word;
use crate::incident::{ClockKind, Incident, TechRef, queue_key};

/// What stands beside the number.
const COLUMNS: [&str; 21] = [
    "revision",
    "state",
    "customer",
    "policy",
    "summary",
    "severity",
    "product",
    "assignee",
    "opened_at",
    "clock",
    "counted",
    "office",
    "due_at",
    "silence_at",
    "level",
    "number_given",
    "expedite",
    "external_id",
    "queue_key",
    "body",
    "channel",
];

/// Writes it.
pub(super) fn save(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    let (number, now) = (incident.tech_ref, values(incident)?);
    match changed(connection, number, &now)? {
        None => insert(connection, number, now),
        Some(changed) if changed.is_empty() => Ok(()),
        Some(changed) => update(connection, number, now, &changed),
    }
}

fn values(incident: &Incident) -> Result<[Value; 21], StoreError> {
    let shown = incident
        .next_clock()
        .filter(|clock| clock.kind != ClockKind::Silence);
    let text = |text: &str| Value::from(text.to_owned());
    Ok([
        incident.revision.into(),
        text(incident.state.word()),
        incident.customer.0.into(),
        text(&incident.policy),
        text(&incident.summary),
        incident.severity.agreed.clone().into(),
        incident.product.clone().into(),
        incident.assignee.clone().into(),
        incident.opened_at.timestamp().into(),
        shown.map(|clock| clock.kind.word().to_owned()).into(),
        shown.map(counted_word).transpose()?.into(),
        incident.office.clone().into(),
        shown.map(|clock| clock.due_at.timestamp()).into(),
        incident.silence_ends().map(|at| at.timestamp()).into(),
        i64::from(incident.escalation_level()).into(),
        incident.number_given_at.is_some().into(),
        incident.at_once().into(),
        incident.external_id.clone().into(),
        queue_key(incident).into(),
        serde_json::to_string(incident)?.into(),
        text(incident.channel.word()),
    ])
}

/// Which columns are not as they are to be; none where there is no row yet.
fn changed(
    connection: &Connection,
    number: TechRef,
    now: &[Value],
) -> Result<Option<Vec<usize>>, StoreError> {
    let names = COLUMNS.join(", ");
    let found = connection
        .prepare_cached(&format!("SELECT {names} FROM incident WHERE number = ?1"))?
        .query_row([number.sequence()], |row| {
            let mut changed = Vec::new();
            for (at, value) in now.iter().enumerate() {
                if row.get_ref(at)? != ValueRef::from(value) {
                    changed.push(at);
                }
            }
            Ok(changed)
        })
        .optional()?;
    Ok(found)
}

fn insert(connection: &Connection, number: TechRef, now: [Value; 21]) -> Result<(), StoreError> {
    let names = COLUMNS.join(", ");
    let marks: Vec<String> = (2..COLUMNS.len() + 2).map(|at| format!("?{at}")).collect();
    let marks = marks.join(", ");
    connection
        .prepare_cached(&format!(
            "INSERT INTO incident (number, {names}) VALUES (?1, {marks})"
        ))?
        .execute(params_from_iter(
            std::iter::once(number.sequence().into()).chain(now),
        ))?;
    Ok(())
}

fn update(
    connection: &Connection,
    number: TechRef,
    now: [Value; 21],
    changed: &[usize],
) -> Result<(), StoreError> {
    let named: Vec<(&str, Value)> = COLUMNS
        .into_iter()
        .zip(now)
        .enumerate()
        .filter_map(|(at, column)| changed.contains(&at).then_some(column))
        .collect();
    let set: Vec<String> = named
        .iter()
        .enumerate()
        .map(|(at, (name, _))| format!("{name} = ?{}", at + 2))
        .collect();
    let values = named.into_iter().map(|(_, value)| value);
    connection
        .prepare_cached(&format!(
            "UPDATE incident SET {} WHERE number = ?1",
            set.join(", ")
        ))?
        .execute(params_from_iter(
            std::iter::once(number.sequence().into()).chain(values),
        ))?;
    Ok(())
}
