//! A whole desk as lines of text, and a new desk made of such lines: every entry of the timeline in its order, and the
//! rows that stand beside it. What follows from these, the state of incidents and the indexes, is made anew, and the desk
//! is checked as a whole before it is there.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::callers::index_caller;
use super::timeline::{self, Stamp, Subject, instant};
use super::{Batch, Context, Desk, NewDesk, SCHEMA, StoreError, chain, incidents};
use crate::incident::{CustomerId, Incident, Refusal, TechRef};

/// The tables whose rows are carried. PINs and the answers to forms that were sent are not: secrets, and of no use
/// elsewhere.
const TABLES: [&str; 11] = [
    "policy",
    "agent",
    "customer",
    "entitlement",
    "ledger",
    "closure",
    "moved",
    "step",
    "message",
    "arrival",
    "attachment",
];

/// How the lines are written; another number is another way.
const FORMAT: u32 = 1;

/// A line that carries a part of a desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum Carried {
    /// The first line: what follows.
    Desk {
        /// How the lines are written.
        format: u32,
        /// The schema of the rows.
        schema: u32,
        /// What the desk is called.
        name: String,
    },
    /// An entry of the timeline.
    Entry {
        /// Its place, from 1.
        place: i64,
        /// The incident that it is about.
        tech_ref: Option<TechRef>,
        /// The customer that it is about, by its number.
        customer: Option<i64>,
        /// When it happened.
        at: DateTime<Utc>,
        /// When it was recorded.
        recorded_at: DateTime<Utc>,
        /// Who recorded it.
        agent: String,
        /// What it says.
        event: Map<String, Value>,
    },
    /// A row beside the timeline.
    Row {
        /// Its table.
        table: String,
        /// Its values by their columns.
        values: Map<String, Value>,
    },
    /// The last line: without it the rest was cut off.
    End {
        /// How many entries there were.
        entries: i64,
    },
    /// Something that is there to be read, and not read back.
    #[serde(other)]
    Shown,
}

impl Desk {
    /// Hands over the whole desk, the rows first, then the timeline.
    ///
    /// # Errors
    /// When the file cannot be read, and whatever `with` returns.
    pub fn carry<E: From<StoreError>>(
        &self,
        mut with: impl FnMut(Carried) -> Result<(), E>,
    ) -> Result<(), E> {
        with(Carried::Desk {
            format: FORMAT,
            schema: SCHEMA,
            name: self.name()?,
        })?;
        for table in TABLES {
            for values in rows(&self.connection, table)? {
                let table = table.to_owned();
                with(Carried::Row { table, values })?;
            }
        }
        let mut entries = 0;
        let wrong = |error: rusqlite::Error| E::from(error.into());
        let mut statement = self
            .connection
            .prepare(
                "SELECT seq, incident, customer, at, recorded_at, agent, kind, facts, words FROM timeline ORDER BY seq",
            )
            .map_err(wrong)?;
        let mut rows = statement.query([]).map_err(wrong)?;
        while let Some(row) = rows.next().map_err(wrong)? {
            with(entry(row)?)?;
            entries += 1;
        }
        with(Carried::End { entries })
    }

    /// Makes a desk at `path` of what another one handed over. `lines` gives its lines with their numbers; `files` is the
    /// folder with the files that came with mail.
    ///
    /// # Errors
    /// When there is something at `path` already, a line does not fit, or they are no sound desk together. Then there is
    /// none.
    pub fn carried(
        path: &Path,
        lines: &mut dyn Iterator<Item = Result<(u64, Carried), StoreError>>,
        files: Option<&Path>,
        context: &Context,
    ) -> Result<Self, StoreError> {
        let name = match lines.next().transpose()? {
            Some((
                _,
                Carried::Desk {
                    format: FORMAT,
                    schema: SCHEMA,
                    name,
                },
            )) => name,
            Some((_, Carried::Desk { format, schema, .. })) => {
                return Err(Refusal::input(format!(
                    "the export is of format {format} and schema {schema}, and this Holdline reads format {FORMAT} and \
                     schema {SCHEMA}: import it with the Holdline that made it, and let this one open that desk"
                ))
                .into());
            }
            _ => {
                let why = "it is no export of a desk (`holdline export` makes one)";
                return Err(Refusal::input(why).into());
            }
        };
        let new = NewDesk {
            name,
            policies: Vec::new(),
        };
        Self::create_with(path, &new, context, |desk| {
            desk.bulk(true, |batch| {
                batch
                    .desk()
                    .connection
                    .pragma_update(None, "defer_foreign_keys", true)?;
                take_files(batch.desk(), files)?;
                batch.take(lines)
            })?;
            desk.check(None).map(|_| ())
        })
    }
}

impl Batch<'_> {
    /// Takes the lines of another desk into this one, which is new.
    fn take(
        &self,
        lines: &mut dyn Iterator<Item = Result<(u64, Carried), StoreError>>,
    ) -> Result<(), StoreError> {
        let connection = &self.desk.connection;
        let (mut numbers, mut next, mut ended) = (BTreeSet::new(), 1, false);
        for line in lines {
            let (line, carried) = line?;
            let wrong = |why: &str| StoreError::from(Refusal::input(format!("line {line}: {why}")));
            match carried {
                Carried::Shown => {}
                Carried::End { entries } => ended = entries == next - 1,
                Carried::Desk { .. } => {
                    return Err(wrong("a second desk begins here: import one at a time"));
                }
                Carried::Row { table, values } => insert(connection, &table, &values)
                    .map_err(|error| wrong(&format!("the row does not fit ({error})")))?,
                Carried::Entry {
                    place,
                    tech_ref,
                    customer,
                    at,
                    recorded_at,
                    agent,
                    event,
                } => {
                    if place != next {
                        return Err(wrong(&format!("entry {next} of the timeline is missing")));
                    }
                    next += 1;
                    numbers.extend(tech_ref);
                    let subject = Subject {
                        incident: tech_ref,
                        customer: customer.map(CustomerId),
                    };
                    let stamp = Stamp {
                        agent: &agent,
                        now: recorded_at,
                    };
                    timeline::append(connection, subject, stamp, at, &event)?;
                }
            }
        }
        if !ended {
            return Err(Refusal::input("its end is missing: the file was cut off").into());
        }
        for number in numbers {
            let timeline = timeline::of_incident(connection, number)?;
            let incident = Incident::replay(number, &timeline).ok_or_else(|| {
                Refusal::input(format!("{number} does not begin with its opening"))
            })?;
            incidents::save(connection, &incident)?;
            incidents::index(connection, &incident)?;
        }
        let mut customers = connection.prepare("SELECT id FROM customer")?;
        let customers = customers.query_map([], |row| row.get(0))?;
        for customer in customers.collect::<Result<Vec<_>, _>>()? {
            index_caller(connection, CustomerId(customer))?;
        }
        match connection.prepare("PRAGMA foreign_key_check")?.exists([])? {
            true => Err(Refusal::input("a row names another one that is not in it").into()),
            false => Ok(()),
        }
    }
}

fn entry(row: &rusqlite::Row<'_>) -> Result<Carried, StoreError> {
    let (kind, facts, words): (String, String, Option<String>) =
        (row.get(6)?, row.get(7)?, row.get(8)?);
    let event = match chain::join(&kind, &facts, words.as_deref())? {
        // What is not there need not be said.
        Value::Object(event) => event
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect(),
        _ => Map::new(),
    };
    Ok(Carried::Entry {
        place: row.get(0)?,
        tech_ref: row.get::<_, Option<u32>>(1)?.map(TechRef::new),
        customer: row.get(2)?,
        at: instant(row.get(3)?),
        recorded_at: instant(row.get(4)?),
        agent: row.get(5)?,
        event,
    })
}

/// The rows of a table, in the order of their keys.
fn rows(connection: &Connection, table: &str) -> Result<Vec<Map<String, Value>>, StoreError> {
    let order: Vec<String> = (1..=columns(connection, table)?.len().min(3))
        .map(|n| n.to_string())
        .collect();
    let sql = format!("SELECT * FROM {table} ORDER BY {}", order.join(", "));
    let mut statement = connection.prepare(&sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut found = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut values = Map::new();
        for (at, name) in names.iter().enumerate() {
            let value = match row.get_ref(at)? {
                // Who was busy sending is no part of what a desk holds.
                _ if name == "held_until" => 0.into(),
                ValueRef::Null => continue,
                ValueRef::Integer(number) => number.into(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
                ValueRef::Real(_) | ValueRef::Blob(_) => {
                    return Err(StoreError::Damaged(format!(
                        "{table}.{name} is of another type"
                    )));
                }
            };
            values.insert(name.clone(), value);
        }
        found.push(values);
    }
    Ok(found)
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Writes a row into one of the tables that are carried.
fn insert(connection: &Connection, table: &str, values: &Map<String, Value>) -> Result<(), String> {
    if !TABLES.contains(&table) {
        return Err(format!("no table \"{table}\" is carried"));
    }
    let known = columns(connection, table).map_err(|error| error.to_string())?;
    if let Some(other) = values.keys().find(|name| !known.contains(name)) {
        return Err(format!("{table} has no \"{other}\""));
    }
    let names: Vec<&str> = values.keys().map(String::as_str).collect();
    let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    let cells = values.values().map(|value| match value {
        Value::Number(number) => number
            .as_i64()
            .map(Sql::Integer)
            .ok_or("a number is no whole one"),
        Value::String(text) => Ok(Sql::Text(text.clone())),
        _ => Err("a value is neither a number nor a text"),
    });
    let cells: Vec<Sql> = cells.collect::<Result<_, _>>()?;
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        names.join(", "),
        marks.join(", ")
    );
    let inserted = connection
        .prepare_cached(&sql)
        .and_then(|mut statement| statement.execute(params_from_iter(cells)));
    inserted.map(|_| ()).map_err(|error| error.to_string())
}

/// Keeps the files of a folder beside the desk, each under its hash.
fn take_files(desk: &Desk, files: Option<&Path>) -> Result<(), StoreError> {
    let Some(folder) = files else { return Ok(()) };
    let wrong = |error: std::io::Error| Refusal::input(format!("{}: {error}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.is_file() {
            desk.keep_file(&std::fs::read(&path).map_err(wrong)?)?;
        }
    }
    Ok(())
}
