//! The search index and the index of callers: what they hold of each incident and customer must be its words, made anew
//! from the timeline, at the same places. Both keep no text of their own, so that word by word is the only way.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::Connection;

use super::{Fault, looking_closely, scratch};
use crate::incident::{CustomerId, TechRef};
use crate::store::{Desk, StoreError, Watch, callers, incidents, people};

/// So many rows are made anew at a time.
const AT_A_TIME: usize = 256;

/// What an index holds of each row, as a sum over its words and their places.
type Held = HashMap<i64, u64>;

pub(super) fn check(desk: &Desk, watch: &mut Watch<'_>) -> Result<(), StoreError> {
    let scratch = scratch()?;
    let connection = &desk.connection;
    let numbers = ids(connection, "SELECT number FROM incident ORDER BY number")?;
    compare(desk, &scratch, "search", &numbers, watch, |number| {
        let number = u32::try_from(number).unwrap_or_default();
        let incident = incidents::load(connection, TechRef::new(number))?;
        incidents::put_words(&scratch, number, &incidents::words(connection, &incident)?)
    })?;
    let customers = ids(connection, "SELECT id FROM customer ORDER BY id")?;
    compare(desk, &scratch, "caller", &customers, watch, |id| {
        let customer = people::customer(connection, CustomerId(id))?;
        callers::put(&scratch, &customer)
    })
}

/// Makes both indexes anew, whatever they hold: they are found from what they are of, and are never the truth.
pub(in crate::store) fn make_anew(connection: &Connection) -> Result<(), StoreError> {
    for index in ["search", "caller"] {
        clear(connection, index)?;
    }
    for number in ids(connection, "SELECT number FROM incident ORDER BY number")? {
        let number = u32::try_from(number).unwrap_or_default();
        let incident = incidents::load(connection, TechRef::new(number))?;
        let words = incidents::words(connection, &incident)?;
        incidents::put_words(connection, number, &words)?;
    }
    for id in ids(connection, "SELECT id FROM customer ORDER BY id")? {
        let customer = people::customer(connection, CustomerId(id))?;
        callers::put(connection, &customer)?;
    }
    Ok(())
}

fn clear(connection: &Connection, index: &str) -> Result<(), StoreError> {
    let all = format!("INSERT INTO {index} ({index}) VALUES ('delete-all')");
    connection.execute(&all, [])?;
    Ok(())
}

/// Compares every row of an index with what `make` puts into the one in memory.
fn compare(
    desk: &Desk,
    scratch: &Connection,
    index: &str,
    rows: &[i64],
    watch: &mut Watch<'_>,
    make: impl Fn(i64) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut held = looking_closely(&desk.connection, |desk| held(desk, index))?;
    let mut done = 0;
    for some in rows.chunks(AT_A_TIME) {
        for row in some {
            make(*row)?;
        }
        let mut wanted = self::held(scratch, index)?;
        for row in some {
            if held.remove(row) != wanted.remove(row) {
                return Err(fault(&desk.connection, index, *row)?.into());
            }
        }
        clear(scratch, index)?;
        done += some.len() as u64;
        watch.tell("rows of the search index", done, rows.len() as u64)?;
    }
    match held.into_keys().min() {
        Some(row) => Err(Fault::Untold(format!("row {row} of the index \"{index}\"")).into()),
        None => Ok(()),
    }
}

fn fault(connection: &Connection, index: &str, row: i64) -> Result<Fault, StoreError> {
    Ok(match (index, u32::try_from(row)) {
        ("search", Ok(number)) => Fault::Unindexed(TechRef::new(number).to_string()),
        _ => {
            let code = people::customer(connection, CustomerId(row))?.code;
            Fault::Unindexed(format!("customer {code}"))
        }
    })
}

/// What an index holds. The words of an index are read through a table that only this connection has.
fn held(connection: &Connection, index: &str) -> Result<Held, StoreError> {
    connection.execute_batch(&format!(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_words USING fts5vocab(main, {index}, instance)"
    ))?;
    let mut held = Held::new();
    let mut statement = connection.prepare(&format!(
        "SELECT doc, term, col, offset FROM temp.{index}_words"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut word = DefaultHasher::new();
        row.get_ref(1)?
            .as_bytes()
            .unwrap_or_default()
            .hash(&mut word);
        row.get_ref(2)?
            .as_bytes()
            .unwrap_or_default()
            .hash(&mut word);
        row.get::<_, i64>(3)?.hash(&mut word);
        let sum: &mut u64 = held.entry(row.get(0)?).or_default();
        *sum = sum.wrapping_add(word.finish());
    }
    Ok(held)
}

fn ids(connection: &Connection, query: &str) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare(query)?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
