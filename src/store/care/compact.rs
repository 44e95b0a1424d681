//! Making a desk's file as small as what it holds.

use crate::store::check::words;
use crate::store::{Desk, StoreError, work};

impl Desk {
    /// Writes the file anew without what nothing uses, and makes the search indexes anew, as whatever made them before
    /// may have been an older program. Others read on, and wait to write.
    ///
    /// # Errors
    /// When somebody else is at work, or the disk refuses: it needs room for twice the desk. Then nothing has changed.
    pub fn compact(&self, agent: &str) -> Result<(), StoreError> {
        let _others_wait = work::announce(self.path(), agent, "compacting the desk", true)?;
        let transaction = self.begin()?;
        words::make_anew(&transaction)?;
        for index in ["search", "caller"] {
            transaction.execute(
                &format!("INSERT INTO {index} ({index}) VALUES ('optimize')"),
                [],
            )?;
        }
        transaction.commit()?;
        self.connection.execute_batch("VACUUM")?;
        self.settle_file()
    }

    /// Takes what is written beside the file into it, as far as nobody reads it still.
    pub(in crate::store) fn settle_file(&self) -> Result<(), StoreError> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}
