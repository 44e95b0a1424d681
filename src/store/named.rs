//! Incidents by numbers that were heard on the telephone.

use super::{Desk, StoreError};
use crate::incident::TechRef;

/// An incident as its number is heard on the telephone: whose it is, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its number.
    pub number: TechRef,
    /// Its customer's name.
    pub customer: String,
    /// The issue in one line.
    pub summary: String,
    /// What it is now, in its word.
    pub state: String,
}

impl Desk {
    /// Those of these incidents that the desk has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn named(&self, numbers: &[TechRef]) -> Result<Vec<Named>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.name, i.summary, i.state FROM incident i JOIN customer c ON c.id = i.customer WHERE i.number = ?1",
        )?;
        let mut named = Vec::new();
        for number in numbers {
            let mut rows = statement.query([number.sequence()])?;
            if let Some(row) = rows.next()? {
                named.push(Named {
                    number: *number,
                    customer: row.get(0)?,
                    summary: row.get(1)?,
                    state: row.get(2)?,
                });
            }
        }
        Ok(named)
    }
}
