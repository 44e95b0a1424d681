//! Commands with a key: sent again, they repeat their first answer and do nothing twice.

use rusqlite::{OptionalExtension, params};

use super::{Batch, Context, Done, StoreError};

impl Batch<'_> {
    /// What was answered when the command was first sent with its key.
    pub(super) fn answered_before(&self, context: &Context) -> Result<Option<Done>, StoreError> {
        let Some(key) = &context.once else {
            return Ok(None);
        };
        let answer: Option<String> = self
            .desk
            .connection
            .prepare_cached("SELECT answer FROM once WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        Ok(answer
            .map(|answer| serde_json::from_str(&answer))
            .transpose()?)
    }

    /// Keeps the answer for the next time.
    pub(super) fn remember(&self, context: &Context, done: &Done) -> Result<(), StoreError> {
        if let Some(key) = &context.once {
            self.desk
                .connection
                .prepare_cached("INSERT INTO once (key, answer, at) VALUES (?1, ?2, ?3)")?
                .execute(params![
                    key,
                    serde_json::to_string(done)?,
                    context.now.timestamp()
                ])?;
        }
        Ok(())
    }
}
