//! The search index of a desk in the making, made in a file of its own while the desk is written, and taken over at the
//! end.

use std::path::Path;
use std::sync::mpsc::Receiver;

use rusqlite::Connection;

use super::clerk::Words;
use super::making::hurry;
use crate::store::beside::{self, Draft};
use crate::store::open::{connect_made, denied};
use crate::store::{StoreError, incidents};

/// Bytes of words that the index holds in memory before it writes them: the more, the fewer parts are to be merged.
const HELD: i64 = 16 << 20;

/// The tables in which an index keeps what it holds.
const PARTS: [&str; 3] = ["data", "idx", "docsize"];

/// The index in the making.
pub(super) struct Index {
    file: Draft,
    connection: Connection,
}

impl Index {
    /// Makes an empty one beside `desk`, like that of `of`.
    pub(super) fn beside(desk: &Path, of: &Connection) -> Result<Self, StoreError> {
        let file = Draft(beside::beside(desk, "-search"));
        beside::create(desk, &file.0).map_err(|error| denied(&file.0, &error))?;
        let connection = connect_made(&file.0)?;
        hurry(&connection)?;
        let made = "SELECT sql FROM sqlite_schema WHERE name = 'search'";
        let made: String = of.query_row(made, [], |row| row.get(0))?;
        connection.execute_batch(&made)?;
        let held = "INSERT INTO search (search, rank) VALUES ('hashsize', ?1)";
        connection.execute(held, [HELD])?;
        Ok(Self { file, connection })
    }

    /// Takes all words in, until there are no more.
    pub(super) fn take(self, words: Receiver<Words>) -> Result<Draft, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        for (number, words) in words.into_iter().flatten() {
            incidents::put_new_words(&self.connection, number, &words)?;
        }
        transaction.commit()?;
        Ok(self.file)
    }
}

/// Takes over what an index holds that was made in a file of its own.
pub(super) fn take_over(connection: &Connection, from: &Draft) -> Result<(), StoreError> {
    let path = from.0.to_string_lossy();
    connection.execute("ATTACH ?1 AS made", [path])?;
    for part in PARTS {
        connection.execute_batch(&format!(
            "DELETE FROM main.search_{part};
             INSERT INTO main.search_{part} SELECT * FROM made.search_{part};"
        ))?;
    }
    connection.execute_batch("DETACH made")?;
    Ok(())
}
