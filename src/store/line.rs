//! First come, first served: who stands in line, and where (P5-03).

use rusqlite::{OptionalExtension, params};

use super::{Desk, StoreError};
use crate::incident::TechRef;

impl Desk {
    /// The place of an incident among those of its policy that are served in the order of their arrival, 1 for the next
    /// one; none under a contract, once it was answered, and where the policy has no such order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn place(&self, policy: &str, number: TechRef) -> Result<Option<u32>, StoreError> {
        if !self.ruling(Some(policy))?.policy.intake.first_come {
            return Ok(None);
        }
        let since: Option<i64> = self
            .connection
            .prepare_cached("SELECT line_at FROM incident WHERE number = ?1")?
            .query_row([number.sequence()], |row| row.get(0))
            .optional()?
            .flatten();
        let Some(since) = since else {
            return Ok(None);
        };
        let place = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM incident WHERE policy = ?1 AND line_at IS NOT NULL
                 AND (line_at, number) <= (?2, ?3)",
            )?
            .query_row(params![policy, since, number.sequence()], |row| row.get(0))?;
        Ok(Some(place))
    }
}
