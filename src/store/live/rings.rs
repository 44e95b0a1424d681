//! What rings: shown on every open console until somebody answers, the caller gives up, or nobody told that they did.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, params};

use super::Live;
use super::calls::{begin, next_number};
use crate::incident::{RunningCall, Timer};
use crate::store::StoreError;
use crate::store::timeline::instant;

/// Something that rings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// Its number among the calls: the call that it becomes keeps it.
    pub id: i64,
    /// Who rings, as the telephone system gave it; empty where the number is withheld.
    pub number: String,
    /// The line.
    pub line: Option<String>,
    /// Since when.
    pub at: DateTime<Utc>,
}

impl Ring {
    /// Nobody lets it ring for longer: a telephone system that tells of no end is not believed any more.
    pub const LONGEST: TimeDelta = TimeDelta::minutes(2);
}

impl Live {
    /// Somebody rings. The same number on the same line rings on.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn ring(
        &mut self,
        number: &str,
        line: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        self.whole(|connection| {
            let since = (now - Ring::LONGEST).timestamp();
            connection.execute("DELETE FROM ring WHERE at <= ?1", [since])?;
            let known = connection
                .query_row(
                    "SELECT id FROM ring WHERE number = ?1 AND line IS ?2",
                    params![number, line],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(id) = known {
                return Ok(id);
            }
            let id = next_number(connection)?;
            connection.execute(
                "INSERT INTO ring (id, number, line, at) VALUES (?1, ?2, ?3, ?4)",
                params![id, number, line, now.timestamp()],
            )?;
            Ok(id)
        })
    }

    /// Whoever rang has given up; on this line, or on any. Gives whether anything rang.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn ring_over(&mut self, number: &str, line: Option<&str>) -> Result<bool, StoreError> {
        let over = self.connection.execute(
            "DELETE FROM ring WHERE number = ?1 AND (?2 IS NULL OR line = ?2)",
            params![number, line],
        )?;
        Ok(over > 0)
    }

    /// What rings now, the longest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rings(&self, now: DateTime<Utc>) -> Result<Vec<Ring>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, number, line, at FROM ring WHERE at > ?1 ORDER BY id")?;
        let mut rows = statement.query([(now - Ring::LONGEST).timestamp()])?;
        let mut rings = Vec::new();
        while let Some(row) = rows.next()? {
            rings.push(Ring {
                id: row.get(0)?,
                number: row.get(1)?,
                line: row.get(2)?,
                at: instant(row.get(3)?),
            });
        }
        Ok(rings)
    }

    /// An agent answers what rings: from now on it is a call of theirs, of `caller` as far as that is known. False where
    /// somebody was faster, or it rings no more.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn answer(
        &mut self,
        ring: &Ring,
        agent: &str,
        caller: RunningCall,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.whole(|connection| {
            if connection.execute("DELETE FROM ring WHERE id = ?1", [ring.id])? == 0 {
                return Ok(false);
            }
            let call = RunningCall {
                timer: Some(Timer::begin(now)),
                from: Some(ring.number.clone()).filter(|number| !number.is_empty()),
                line: ring.line.clone(),
                ..caller
            };
            begin(connection, ring.id, agent, &call, now)?;
            Ok(true)
        })
    }
}
