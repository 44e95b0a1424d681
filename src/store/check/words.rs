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

/// Compares an index with what `make` puts into the one in memory: all of it as one sum, and only where that is another
/// one row by row, so that no more is kept of an index of any size.
fn compare(
    desk: &Desk,
    scratch: &Connection,
    index: &str,
    rows: &[i64],
    watch: &mut Watch<'_>,
    make: impl Fn(i64) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut sum: u64 = 0;
    looking_closely(&desk.connection, |desk| {
        each_word(desk, index, |_, word| sum = sum.wrapping_sub(word))
    })?;
    made_anew(scratch, index, rows, watch, &make, |_, word| {
        sum = sum.wrapping_add(word);
    })?;
    if sum == 0 {
        return Ok(());
    }
    let mut off = HashMap::new();
    let mut add = |row, word: u64| {
        let of: &mut u64 = off.entry(row).or_default();
        *of = of.wrapping_add(word);
    };
    looking_closely(&desk.connection, |desk| {
        each_word(desk, index, |row, word| add(row, word.wrapping_neg()))
    })?;
    made_anew(scratch, index, rows, watch, &make, add)?;
    let off = off.into_iter().filter(|(_, sum)| *sum != 0);
    match off.map(|(row, _)| row).min() {
        Some(row) if rows.binary_search(&row).is_ok() => {
            Err(fault(&desk.connection, index, row)?.into())
        }
        Some(row) => Err(Fault::Untold(format!("row {row} of the index \"{index}\"")).into()),
        None => Ok(()),
    }
}

/// Tells every word, with its row, of an index that `make` makes anew in memory, a few rows at a time.
fn made_anew(
    scratch: &Connection,
    index: &str,
    rows: &[i64],
    watch: &mut Watch<'_>,
    make: impl Fn(i64) -> Result<(), StoreError>,
    mut with: impl FnMut(i64, u64),
) -> Result<(), StoreError> {
    let mut done = 0;
    for some in rows.chunks(AT_A_TIME) {
        some.iter().try_for_each(|row| make(*row))?;
        each_word(scratch, index, &mut with)?;
        clear(scratch, index)?;
        done += some.len() as u64;
        watch.tell("rows of the search index", done, rows.len() as u64)?;
    }
    Ok(())
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

/// Tells every word of an index, hashed with its row and its place there. They are read through a table that only this
/// connection has.
fn each_word(
    connection: &Connection,
    index: &str,
    mut with: impl FnMut(i64, u64),
) -> Result<(), StoreError> {
    connection.execute_batch(&format!(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_words USING fts5vocab(main, {index}, instance)"
    ))?;
    let mut statement = connection.prepare(&format!(
        "SELECT doc, term, col, offset FROM temp.{index}_words"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(found) = rows.next()? {
        let row: i64 = found.get(0)?;
        let mut word = DefaultHasher::new();
        row.hash(&mut word);
        for text in [1, 2] {
            let text = found.get_ref(text)?;
            text.as_bytes().unwrap_or_default().hash(&mut word);
        }
        found.get::<_, i64>(3)?.hash(&mut word);
        with(row, word.finish());
    }
    Ok(())
}

fn ids(connection: &Connection, query: &str) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare(query)?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
