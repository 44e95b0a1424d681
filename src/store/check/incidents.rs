//! Each incident rebuilt from its entries on a desk in memory, and compared with what the desk keeps of it.

use chrono::{DateTime, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

use super::Fault;
use crate::incident::{Ending, Event, FIRST, Incident, Recorded, TechRef, recount};
use crate::store::{Desk, StoreError, incidents, migrate, timeline};

/// Every incident, in the order of the numbers.
pub(super) fn check(desk: &Desk) -> Result<(), StoreError> {
    let connection = &desk.connection;
    let mut scratch = Connection::open_in_memory()?;
    migrate::migrate(&mut scratch, migrate::keeps_none)?;
    // What is rebuilt there is one incident at a time, without its customer.
    scratch.pragma_update(None, "foreign_keys", false)?;
    let mut next = FIRST;
    let mut statement = connection.prepare("SELECT number FROM incident ORDER BY number")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let number = row.get(0)?;
        if number != next {
            return Err(Fault::Gap(TechRef::new(next)).into());
        }
        one(desk, &scratch, TechRef::new(number))?;
        next += 1;
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
    let counted: Option<u32> = connection
        .prepare(
            "SELECT incident FROM (SELECT incident FROM counted UNION ALL SELECT incident FROM ahead)
             WHERE incident >= ?1 OR incident < ?2 LIMIT 1",
        )?
        .query_row([next, FIRST], |row| row.get(0))
        .optional()?;
    if let Some(number) = counted {
        return Err(Fault::Kept {
            what: COUNTED,
            number: TechRef::new(number),
            found: "a row".to_owned(),
            wanted: "nothing: there is no such incident".to_owned(),
        }
        .into());
    }
    Ok(())
}

fn one(desk: &Desk, scratch: &Connection, number: TechRef) -> Result<(), StoreError> {
    let entries = timeline::placed_of_incident(&desk.connection, number)?;
    let opened = |(_, entry): &&(i64, Recorded)| matches!(entry.event, Event::Opened(_));
    let first = entries.first().is_some_and(|first| opened(&first));
    if !first || entries.iter().filter(opened).count() > 1 {
        return Err(Fault::Opening(number).into());
    }
    scratch.execute("DELETE FROM incident", [])?;
    scratch.execute_batch(
        "DELETE FROM ledger; DELETE FROM message; DELETE FROM attachment; DELETE FROM arrival;
         DELETE FROM counted; DELETE FROM ahead",
    )?;
    let mut state = None;
    for (place, entry) in &entries {
        if let Some(state) = &state {
            verdict(state, *place, entry)?;
        }
        incidents::follow(scratch, *place, number, &mut state, entry)?;
    }
    let Some(rebuilt) = state else {
        return Err(Fault::Opening(number).into());
    };
    incidents::save(scratch, &rebuilt)?;
    same_state(&desk.connection, scratch, number)?;
    for kept in KEPT {
        same_rows(&desk.connection, scratch, number, kept)?;
    }
    money(&rebuilt)?;
    deadlines(desk, &rebuilt)
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
fn same_state(desk: &Connection, scratch: &Connection, number: TechRef) -> Result<(), StoreError> {
    let row = |connection: &Connection| -> Result<Vec<(String, String)>, StoreError> {
        Ok(connection
            .prepare_cached("SELECT * FROM incident WHERE number = ?1")?
            .query_row([number.sequence()], columns)?)
    };
    let (found, wanted) = (row(desk)?, row(scratch)?);
    let mut off = found
        .iter()
        .zip(&wanted)
        .filter(|(found, wanted)| found != wanted && found.0 != "body");
    // A revision tells the least, so any other column is named before it.
    let revision = off.clone().find(|(found, _)| found.0 == "revision");
    if let Some((found, wanted)) = off.find(|(found, _)| found.0 != "revision").or(revision) {
        return Err(Fault::State {
            number,
            what: found.0.clone(),
            found: found.1.clone(),
            wanted: wanted.1.clone(),
        }
        .into());
    }
    // The whole state is compared as it is read: what an older program wrote lacks what came later, and means the same.
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

/// The columns of a row by name, in the order of the table.
fn columns(row: &Row<'_>) -> rusqlite::Result<Vec<(String, String)>> {
    let statement: &rusqlite::Statement<'_> = row.as_ref();
    let names = statement.column_names().enumerate();
    names
        .map(|(at, name)| Ok((name.to_owned(), shown(row.get_ref(at)?))))
        .collect()
}

/// A value of the file as it is shown in a fault.
fn shown(value: ValueRef<'_>) -> String {
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

const COUNTED: &str = "what figures count it by";

/// What is kept of an incident beside its state, and the rows of it.
const KEPT: [(&str, &str); 5] = [
    (
        "the ledger",
        "SELECT * FROM ledger WHERE incident = ?1 ORDER BY seq, entitlement",
    ),
    (
        "the outbox",
        "SELECT seq, n, occasion, state, wording, changed, message_id FROM message WHERE incident = ?1 ORDER BY seq",
    ),
    (
        "its mail",
        "SELECT id, identity, state, changed, n, hash, size FROM arrival LEFT JOIN attachment ON mail = id
         WHERE incident = ?1 AND state = 'taken' ORDER BY id, n",
    ),
    (
        COUNTED,
        "SELECT * FROM counted WHERE incident = ?1",
    ),
    (
        "what runs on it",
        "SELECT * FROM ahead WHERE incident = ?1 ORDER BY due_at, clock",
    ),
];

/// The rows of the incident in one of the tables beside it.
fn same_rows(
    desk: &Connection,
    scratch: &Connection,
    number: TechRef,
    (what, query): (&'static str, &str),
) -> Result<(), StoreError> {
    let rows = |connection: &Connection| -> Result<Vec<String>, StoreError> {
        let mut statement = connection.prepare_cached(query)?;
        let found = statement.query_map([number.sequence()], |row| {
            let columns = columns(row)?;
            let columns: Vec<_> = columns
                .iter()
                .map(|(name, value)| format!("{name} {value}"))
                .collect();
            Ok(columns.join(", "))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    };
    let (found, wanted) = (rows(desk)?, rows(scratch)?);
    let longest = found.len().max(wanted.len());
    for at in 0..longest {
        let (found, wanted) = (found.get(at), wanted.get(at));
        if found != wanted {
            let shown =
                |entry: Option<&String>| entry.map_or_else(|| "nothing".to_owned(), Clone::clone);
            return Err(Fault::Kept {
                what,
                number,
                found: shown(found),
                wanted: shown(wanted),
            }
            .into());
        }
    }
    Ok(())
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
