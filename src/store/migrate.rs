//! Migrations: forward-only SQL files, all that a desk lacks in one transaction.

use rusqlite::{Connection, TransactionBehavior};

use super::{StoreError, callers, counted, incidents};

/// The migrations in order; a desk's schema is how many of them it has been through. Files are added, never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("../../assets/migrations/0001_desk.sql"),
    include_str!("../../assets/migrations/0002_promises.sql"),
    include_str!("../../assets/migrations/0003_sound.sql"),
    include_str!("../../assets/migrations/0004_silent.sql"),
    include_str!("../../assets/migrations/0005_reports.sql"),
    include_str!("../../assets/migrations/0006_spelling.sql"),
    include_str!("../../assets/migrations/0007_ahead.sql"),
    include_str!("../../assets/migrations/0008_narrow.sql"),
];

/// Keeps nothing of a desk that is brought to the newest schema: there is another one of it.
pub(super) fn keeps_none(_: u32) -> Result<(), StoreError> {
    Ok(())
}

/// The newest schema that this program knows.
pub const SCHEMA: u32 = MIGRATIONS.len() as u32;

/// The schema that a desk has.
pub(super) fn schema(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection
        .prepare_cached("PRAGMA user_version")?
        .query_row([], |row| row.get(0))?)
}

/// The schema since which callers, and incidents that others were merged into, are indexed as they are now.
const INDEXES: u32 = 6;

/// The schema since which what figures count stands beside each incident.
const COUNTED: u32 = 5;

/// The schema since which what runs beside the clock that is due first stands beside each incident.
const AHEAD: u32 = 7;

/// Brings a desk to [`SCHEMA`]. The schema is read again under the lock, so that two programs never migrate twice, and
/// `keep` a desk as it is and cannot change any more before that.
pub(super) fn migrate(
    connection: &mut Connection,
    keep: impl FnOnce(u32) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = schema(&transaction)?;
    if (1..SCHEMA).contains(&found) {
        keep(found)?;
    }
    let failed = |error: &dyn ToString| StoreError::Migration {
        from: found,
        to: SCHEMA,
        // What is not done goes back with the transaction. SQLite tells its statement in further lines.
        why: error
            .to_string()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned(),
    };
    for sql in MIGRATIONS.get(found as usize..).unwrap_or_default() {
        transaction
            .execute_batch(sql)
            .map_err(|error| failed(&error))?;
    }
    if found < INDEXES {
        callers::index_all(&transaction)
            .and_then(|()| incidents::index_merged(&transaction))
            .map_err(|error| failed(&error))?;
    }
    if found < COUNTED {
        counted::fill(&transaction).map_err(|error| failed(&error))?;
    }
    if found < AHEAD {
        counted::fill_ahead(&transaction).map_err(|error| failed(&error))?;
    }
    if found < SCHEMA {
        transaction.pragma_update(None, "user_version", SCHEMA)?;
    }
    Ok(transaction.commit()?)
}
