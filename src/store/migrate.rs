//! Migrations: forward-only SQL files, each in a transaction of its own.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// The migrations in order; a desk's schema is how many of them it has been through. Files are added, never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("../../assets/migrations/0001_desk.sql"),
    include_str!("../../assets/migrations/0002_promises.sql"),
];

/// The newest schema that this program knows.
pub const SCHEMA: u32 = MIGRATIONS.len() as u32;

/// The schema that a desk has.
pub(super) fn schema(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings a desk to [`SCHEMA`]. The schema is read again under the lock, so that two programs never migrate twice.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = schema(&transaction)?;
        let Some(sql) = MIGRATIONS.get(found as usize) else {
            return Ok(());
        };
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", found + 1)?;
        transaction.commit()?;
    }
}
