//! How a customer's callers behaved, for whoever takes their next call (P5-13).

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::Serialize;

use super::timeline;
use super::undo::stands;
use super::{Desk, StoreError};
use crate::incident::{CustomerId, Event, NoteKind, TechRef};

/// A note on conduct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conduct {
    /// When it was.
    pub at: DateTime<Utc>,
    /// On which incident.
    pub tech_ref: TechRef,
    /// Who noted it.
    pub agent: String,
    /// The note.
    pub text: String,
}

impl Desk {
    /// The newest notes on conduct over all of a customer's incidents, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conduct(&self, customer: CustomerId, most: usize) -> Result<Vec<Conduct>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT at, recorded_at, agent, kind, facts, words, NULL, NULL, NULL, incident FROM timeline AS t
             WHERE incident IN (SELECT number FROM incident WHERE customer = ?1 AND state <> 'void')
             AND kind = 'noted' AND json_extract(facts, '$.note') = ?2
             AND {}
             ORDER BY at DESC, seq DESC LIMIT ?3",
            stands("t"),
        ))?;
        let conduct = serde_json::to_value(NoteKind::Conduct)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![customer.0, conduct.as_str(), most])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = timeline::entry(row)?;
            if let Event::Noted { text, .. } = entry.event {
                found.push(Conduct {
                    at: entry.at,
                    tech_ref: TechRef::new(row.get(9)?),
                    agent: entry.agent,
                    text,
                });
            }
        }
        Ok(found)
    }
}
