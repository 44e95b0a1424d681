//! The indexes of words and of callers of a desk in the making, made in a file of their own while the desk is written, and
//! taken over at the end.

use std::path::Path;
use std::sync::mpsc::Receiver;

use rusqlite::{Connection, params};

use super::clerk::Words;
use super::making::hurry;
use super::raised::raise;
use crate::incident::Customer;
use crate::store::beside::{self, Draft};
use crate::store::open::{connect_made, denied};
use crate::store::{StoreError, callers, incidents};

/// Bytes of words that the index holds in memory before it writes them: the more, the fewer parts are to be merged. Parts
/// are merged when there are sixteen, and what is left of them at the end.
const HELD: i64 = 16 << 20;

/// Pages that are merged at the end: all.
const PAGES: i64 = 1 << 30;

/// The indexes, of words and of callers.
const INDEXES: [&str; 2] = ["search", "caller"];

/// The tables in which an index keeps what it holds.
const PARTS: [&str; 3] = ["data", "idx", "docsize"];

/// Customers that are put in whenever words have come, until all are in.
const AT_ONCE: usize = 32;

/// The indexes in the making.
pub(super) struct Index {
    file: Draft,
    connection: Connection,
}

impl Index {
    /// Makes empty ones beside `desk`, like those of `of`.
    pub(super) fn beside(desk: &Path, of: &Connection) -> Result<Self, StoreError> {
        let file = Draft(beside::beside(desk, "-search"));
        beside::create(desk, &file.0).map_err(|error| denied(&file.0, &error))?;
        let connection = connect_made(&file.0)?;
        hurry(&connection)?;
        for index in INDEXES {
            let made = "SELECT sql FROM sqlite_schema WHERE name = ?1";
            let made: String = of.query_row(made, [index], |row| row.get(0))?;
            connection.execute_batch(&made)?;
            // What it is told of itself is not taken over.
            for (what, value) in [("hashsize", HELD), ("automerge", 0)] {
                set(&connection, index, what, value)?;
            }
        }
        Ok(Self { file, connection })
    }

    /// Takes all words in, until there are no more, and meanwhile the callers.
    pub(super) fn take(
        self,
        words: Receiver<Words>,
        mut callers: impl Iterator<Item = Result<Customer, StoreError>>,
    ) -> Result<Draft, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        for some in words {
            for (number, words) in some {
                incidents::put_new_words(&self.connection, number, &words)?;
            }
            self.put(callers.by_ref().take(AT_ONCE))?;
        }
        self.put(callers)?;
        transaction.commit()?;
        for index in INDEXES {
            set(&self.connection, index, "merge", PAGES)?;
        }
        Ok(self.file)
    }

    fn put(
        &self,
        mut callers: impl Iterator<Item = Result<Customer, StoreError>>,
    ) -> Result<(), StoreError> {
        callers.try_for_each(|caller| callers::put(&self.connection, &caller?))
    }
}

fn set(connection: &Connection, index: &str, what: &str, value: i64) -> Result<(), StoreError> {
    let set = format!("INSERT INTO {index} ({index}, rank) VALUES (?1, ?2)");
    connection.execute(&set, params![what, value])?;
    Ok(())
}

/// Takes over what the indexes hold that were made in a file of their own.
pub(super) fn take_over(connection: &Connection, from: &Draft) -> Result<(), StoreError> {
    let path = from.0.to_string_lossy();
    connection.execute("ATTACH ?1 AS made", [path])?;
    for index in INDEXES {
        for part in PARTS {
            connection.execute_batch(&format!(
                "DELETE FROM main.{index}_{part};
                 INSERT INTO main.{index}_{part} SELECT * FROM made.{index}_{part};"
            ))?;
        }
        raise(connection, index)?;
    }
    connection.execute_batch("DETACH made")?;
    Ok(())
}
