//! What is alive and no history, in `DESK.live` beside the desk: calls that run, what is being typed, who is there, what
//! rings. Nothing in it was acknowledged as recorded, so that it may be deleted at any moment, and is never backed up.
//! A damaged one is replaced. Whoever has it open notices that it has gone, and writes a new one.

mod calls;
mod rings;
mod sessions;

#[cfg(test)]
mod tests;

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;
use super::beside::{self, Draft, beside};
use super::open::{connect, connect_made, denied, take_in_log};
use crate::incident::{without_cards, without_cards_in};

pub use calls::{Holder, Kept, LiveCall};
pub use rings::{Ring, Ringing};
pub use sessions::{Presence, SessionId};

/// Marks a SQLite file as the live one of a desk: "Holl" in ASCII.
const APPLICATION_ID: i32 = 0x486f_6c6c;
/// The schema. A file of an older one is made anew: nothing in it is to last.
const SCHEMA: u32 = 3;

/// The open file of what is alive at a desk.
pub struct Live {
    connection: Connection,
    path: PathBuf,
    /// Which file it is: another one of the same name is not.
    file: (u64, u64),
    mark: u64,
}

impl Live {
    /// Opens the live file of the desk at `desk`, and makes it if there is none. Whoever may use the desk may use it.
    ///
    /// # Errors
    /// When it cannot be made or used, or is something else.
    pub fn open(desk: &Path) -> Result<Self, StoreError> {
        let path = path_of(desk);
        // A console may be killed after the file has got its name, and before its draft has gone.
        beside::sweep(&path);
        match Self::existing(&path) {
            Ok(Some(live)) => return Ok(live),
            Ok(None) => {}
            Err(StoreError::Damaged(_)) => remove(&path)?,
            Err(other) => return Err(other),
        }
        make(desk, &path)?;
        Self::existing(&path)?.ok_or(StoreError::Missing(path))
    }

    /// Opens the live file of the desk at `desk` if there is one: where nothing is alive, none is made for looking.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn if_there(desk: &Path) -> Result<Option<Self>, StoreError> {
        match Self::existing(&path_of(desk)) {
            Err(StoreError::Damaged(_)) => Ok(None),
            found => found,
        }
    }

    fn existing(path: &Path) -> Result<Option<Self>, StoreError> {
        beside::refuse_foreign_link(path).map_err(|error| denied(path, &error))?;
        let file = match fs::metadata(path) {
            Ok(file) => (file.dev(), file.ino()),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(denied(path, &error)),
        };
        let connection = connect(path)?;
        // What is alive survives a program that dies; a machine that dies ends every call anyway.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let schema: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match (id, schema) {
            (APPLICATION_ID, SCHEMA) => Ok(Some(Self {
                connection,
                path: path.to_owned(),
                file,
                mark: fastrand::u64(1..),
            })),
            (APPLICATION_ID, ..SCHEMA) | (0, 0) => {
                Err(StoreError::Damaged("an old live file".to_owned()))
            }
            (APPLICATION_ID, found) => Err(StoreError::Newer {
                path: path.to_owned(),
                found,
                known: SCHEMA,
            }),
            _ => Err(StoreError::Access {
                path: path.to_owned(),
                why: "another program's database lies where calls that run are kept: move it away"
                    .to_owned(),
            }),
        }
    }

    /// Whether the file was deleted, or another one lies in its place.
    pub fn is_gone(&self) -> bool {
        !fs::metadata(&self.path).is_ok_and(|file| (file.dev(), file.ino()) == self.file)
    }

    /// Tells this opening from every other: what is known of one file does not hold for the next.
    pub fn mark(&self) -> u64 {
        self.mark
    }

    /// A number that changes when another program has changed the file; costs no reading of tables.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn version_seen(&self) -> Result<i64, StoreError> {
        Ok(self
            .connection
            .prepare_cached("PRAGMA data_version")?
            .query_row([], |row| row.get(0))?)
    }

    /// All of `work` or none of it.
    fn whole<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

/// What is typed passes the same gate as what is recorded: no number of a payment card is kept.
fn fit_to_keep(draft: &str) -> String {
    match serde_json::from_str(draft) {
        Ok(draft) => without_cards_in(draft).to_string(),
        Err(_) => without_cards(draft).into_owned(),
    }
}

/// Named after all of the desk's name, so that two desks never share one.
pub(super) fn path_of(desk: &Path) -> PathBuf {
    beside(desk, ".live")
}

/// Makes an empty file beside its place, and lets it appear there whole; another program may be faster.
fn make(desk: &Path, path: &Path) -> Result<(), StoreError> {
    let draft = Draft::of(path);
    beside::create(desk, &draft.0).map_err(|error| denied(path, &error))?;
    let connection = connect_made(&draft.0)?;
    let _: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.execute_batch(include_str!("../../../assets/live.sql"))?;
    connection.pragma_update(None, "user_version", SCHEMA)?;
    // All of it is in the file itself before it gets its name.
    take_in_log(&connection)?;
    drop(connection);
    match fs::hard_link(&draft.0, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(denied(path, &error)),
        _ => Ok(()),
    }
}

fn remove(path: &Path) -> Result<(), StoreError> {
    for ending in ["-wal", "-shm", ""] {
        let path = beside(path, ending);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(denied(&path, &error)),
            _ => {}
        }
    }
    Ok(())
}
