//! The row of an incident: written whole when it is new, and afterwards only where something has changed, so that no index
//! is touched but those of what has.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::rows::{self, Into, Values};
use super::{StoreError, counted, sparse};
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

/// The same, after the number.
static NEW: Into = Into::new(
    "incident (number, revision, state, customer, policy, summary, severity, product, assignee, opened_at, clock, counted,
     office, due_at, silence_at, level, number_given, expedite, external_id, queue_key, body, channel)",
    22,
    "",
);

/// An incident of which there is no row yet, and its row.
pub(super) struct New {
    incident: Box<Incident>,
    values: [Value; 21],
}

impl New {
    pub(super) fn of(incident: Box<Incident>) -> Result<Self, StoreError> {
        let values = values(&incident)?;
        Ok(Self { incident, values })
    }
}

/// Writes such rows, and what is kept beside them.
pub(super) fn put_new(connection: &Connection, new: &[New]) -> Result<(), StoreError> {
    rows::insert(connection, &NEW, new, |row, new| {
        tell(row, new.incident.tech_ref, &new.values)
    })?;
    let incidents: Vec<&Incident> = new.iter().map(|new| &*new.incident).collect();
    counted::put_new(connection, &incidents)
}

fn tell(row: &mut Values<'_, '_>, number: TechRef, values: &[Value; 21]) -> rusqlite::Result<()> {
    row.put(number.sequence())?;
    values.iter().try_for_each(|value| row.put(value))
}

/// Writes it.
pub(super) fn save(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    let (number, now) = (incident.tech_ref, values(incident)?);
    match changed(connection, number, &now)? {
        None => rows::insert(connection, &NEW, &[now], |row, now| tell(row, number, now)),
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
        shown.map(|clock| clock.counted.word().to_owned()).into(),
        incident.office.clone().into(),
        shown.map(|clock| clock.due_at.timestamp()).into(),
        incident.silence_ends().map(|at| at.timestamp()).into(),
        i64::from(incident.escalation_level()).into(),
        incident.number_given_at.is_some().into(),
        incident.at_once().into(),
        incident.external_id.clone().into(),
        queue_key(incident).into(),
        sparse::to_string(incident)?.into(),
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
