//! Each incident rebuilt from its entries on a desk in memory, and compared with what the desk keeps of it.

use chrono::{DateTime, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

use super::beside::Beside;
use super::{Fault, scratch};
use crate::incident::{Ending, Event, FIRST, Incident, Recorded, TechRef, recount};
use crate::store::{Desk, StoreError, Watch, incidents, timeline};

/// Every incident, in the order of the numbers: one pass over them, and one over each table that keeps more of them, so
/// that a desk takes as much longer as it is larger.
pub(super) fn check(desk: &Desk, all: u64, watch: &mut Watch<'_>) -> Result<(), StoreError> {
    let connection = &desk.connection;
    let scratch = scratch()?;
    let mut statements = Beside::prepare(connection)?;
    let mut beside = Beside::of_all(&mut statements)?;
    let mut statement = connection.prepare("SELECT * FROM incident ORDER BY number")?;
    let mut rows = statement.query([])?;
    let mut next = FIRST;
    while let Some(row) = rows.next()? {
        let number = row.get("number")?;
        if number != next {
            return Err(Fault::Gap(TechRef::new(next)).into());
        }
        let number = TechRef::new(number);
        let rebuilt = rebuild(connection, &scratch, number)?;
        same_state(connection, row, &scratch, number)?;
        for kept in &mut beside {
            kept.same(&scratch, number)?;
        }
        money(&rebuilt)?;
        deadlines(desk, &rebuilt)?;
        next += 1;
        watch.tell("incidents", u64::from(next - FIRST), all)?;
    }
    let stray = connection
        .prepare(
            "SELECT seq, incident FROM timeline WHERE incident >= ?1 OR incident < ?2 LIMIT 1",
        )?
        .query_row([next, FIRST], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((place, number)) = stray {
        let number = TechRef::new(number);
        return Err(Fault::NoIncident { place, number }.into());
    }
    beside.iter_mut().try_for_each(Beside::ends)
}

/// What the entries of an incident make it; all that is kept of it then stands on the desk in memory, and of no other.
fn rebuild(
    desk: &Connection,
    scratch: &Connection,
    number: TechRef,
) -> Result<Incident, StoreError> {
    let entries = timeline::placed_of_incident(desk, number)?;
    let opened = |(_, entry): &&(i64, Recorded)| matches!(entry.event, Event::Opened(_));
    let first = entries.first().is_some_and(|first| opened(&first));
    if !first || entries.iter().filter(opened).count() > 1 {
        return Err(Fault::Opening(number).into());
    }
    for table in [
        "incident",
        "ledger",
        "message",
        "attachment",
        "arrival",
        "counted",
        "ahead",
    ] {
        let gone = format!("DELETE FROM {table}");
        scratch.prepare_cached(&gone)?.execute([])?;
    }
    let mut state = None;
    for (place, entry) in &entries {
        if let Some(state) = &state {
            verdict(state, *place, entry)?;
        }
        incidents::follow(scratch, *place, number, &mut state, entry)?;
    }
    let rebuilt = state.ok_or(Fault::Opening(number))?;
    incidents::save(scratch, &rebuilt)?;
    Ok(rebuilt)
}

/// A clock is stopped once, while it runs, with the verdict that its due instant gives.
fn verdict(before: &Incident, place: i64, entry: &Recorded) -> Result<(), Fault> {
    let Event::ClockStopped {
        clock: kind,
        stopped_at,
        ending,
    } = &entry.event
    else {
        return Ok(());
    };
    let why = match before.running(*kind) {
        None => "though it did not run",
        Some(clock)
            if matches!(ending, Ending::Met | Ending::Missed)
                && clock.verdict(*stopped_at) != *ending =>
        {
            "with a verdict that its due instant does not give"
        }
        Some(_) => return Ok(()),
    };
    Err(Fault::Verdict {
        number: before.tech_ref,
        clock: kind.word(),
        place,
        why,
    })
}

/// The row of the incident, column by column.
fn same_state(
    desk: &Connection,
    found: &Row<'_>,
    scratch: &Connection,
    number: TechRef,
) -> Result<(), StoreError> {
    let mut statement = scratch.prepare_cached("SELECT * FROM incident")?;
    let mut rows = statement.query([])?;
    let wanted = rows.next()?.ok_or(Fault::Opening(number))?;
    let mut off = Vec::new();
    for (at, name) in found.as_ref().column_names().enumerate() {
        let (found, wanted) = (found.get_ref(at)?, wanted.get_ref(at)?);
        if found != wanted {
            off.push((name, found, wanted));
        }
    }
    // The body is what it is read as: what an older program wrote lacks what came later, and means the same. A revision
    // tells the least, so any other column is named before it.
    let columns = off.iter().filter(|(name, ..)| *name != "body");
    if let Some((name, found, wanted)) = columns.min_by_key(|(name, ..)| *name == "revision") {
        return Err(Fault::State {
            number,
            what: (*name).to_owned(),
            found: shown(*found),
            wanted: shown(*wanted),
        }
        .into());
    }
    if off.is_empty() {
        return Ok(());
    }
    let (found, wanted) = (
        incidents::load(desk, number)?,
        incidents::load(scratch, number)?,
    );
    if found == wanted {
        return Ok(());
    }
    let (what, found, wanted) = first_difference(&found, &wanted)?;
    Err(Fault::State {
        number,
        what,
        found,
        wanted,
    }
    .into())
}

/// A value of the file as it is shown in a fault.
pub(super) fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "nothing".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn first_difference(
    found: &Incident,
    wanted: &Incident,
) -> Result<(String, String, String), StoreError> {
    let (found, wanted) = (serde_json::to_value(found)?, serde_json::to_value(wanted)?);
    let keys = [&found, &wanted].into_iter().filter_map(Value::as_object);
    let key = keys
        .flat_map(|object| object.keys())
        .find(|key| found.get(key) != wanted.get(key));
    let key = key.map_or("body", String::as_str);
    let shown = |value: &Value| match value.get(key) {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    Ok((key.to_owned(), shown(&found), shown(&wanted)))
}

/// No more is given back than was paid.
fn money(incident: &Incident) -> Result<(), Fault> {
    let Some(charge) = &incident.charge else {
        return Ok(());
    };
    let what = if charge.refundable() < 0 {
        "more was given back than was paid"
    } else if [charge.paid, charge.refunded, charge.waived]
        .iter()
        .any(|part| *part < 0)
    {
        "a part of it is negative"
    } else {
        return Ok(());
    };
    Err(Fault::Money {
        number: incident.tech_ref,
        what: what.to_owned(),
    })
}

/// Every deadline that follows a rule and was not met or missed yet is computed anew, by the hours as they are.
fn deadlines(desk: &Desk, incident: &Incident) -> Result<(), StoreError> {
    if incident.clocks.iter().all(|clock| clock.stopped.is_some()) {
        return Ok(());
    }
    let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
    let off = recount(incident, &ruling.deadlines)
        .map_err(|error| StoreError::Damaged(error.to_string()))?;
    let Some(off) = off.first() else {
        return Ok(());
    };
    let shown = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    Err(Fault::Due {
        number: incident.tech_ref,
        clock: off.clock.word(),
        found: shown(off.due_before),
        wanted: shown(off.due_at),
    }
    .into())
}
