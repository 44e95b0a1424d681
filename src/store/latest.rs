//! The timeline of the whole desk, entry by entry, in the order in which it was recorded.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use serde::Serialize;

use super::timeline::{self, instant};
use super::{Desk, StoreError, chain};
use crate::incident::{Event, TechRef, describe, kind_in_words};

/// Whom to tell what was recorded.
pub(super) type Tell = Box<dyn Fn(Vec<Latest>) + Send>;

/// An entry of the desk's timeline, for whoever follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Latest {
    /// Its place: one more than that of the entry before.
    pub seq: i64,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it.
    pub agent: String,
    /// What happened, in a word that stays: `escalated`, `resolved`.
    pub kind: String,
    /// The incident it is about.
    pub tech_ref: Option<TechRef>,
    /// The customer it is about, by its code; of an incident, whose it is now.
    pub customer: Option<String>,
    /// What happened, in a sentence; instants in UTC.
    pub text: String,
}

/// Entries as they were recorded, with the customer of each.
const ENTRIES: &str = "SELECT t.seq, t.at, t.recorded_at, t.agent, t.kind, t.facts, t.words, t.incident, c.code FROM timeline t
    LEFT JOIN incident i ON i.number = t.incident LEFT JOIN customer c ON c.id = coalesce(i.customer, t.customer)";

impl Desk {
    /// The place of the newest entry; 0 before the first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_seq(&self) -> Result<i64, StoreError> {
        Ok(timeline::head(&self.connection)?.0)
    }

    /// The entries after the one at `seq`, at most `most`, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entries_after(&self, seq: i64, most: usize) -> Result<Vec<Latest>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{ENTRIES} WHERE t.seq > ?1 ORDER BY t.seq LIMIT ?2"
        ))?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![seq, most])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }

    /// The newest entry of one of these kinds, of any where none is named.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_entry_of(&self, kinds: &[String]) -> Result<Option<Latest>, StoreError> {
        let kinds = serde_json::to_string(kinds)?;
        let mut statement = self.connection.prepare_cached(&format!(
            "{ENTRIES} WHERE ?1 = '[]' OR t.kind IN (SELECT value FROM json_each(?1)) ORDER BY t.seq DESC LIMIT 1"
        ))?;
        let mut rows = statement.query([kinds])?;
        rows.next()?.map(read).transpose()
    }

    /// Whom to tell what is recorded through this connection, once it is on the disk: the entries of a command, or of
    /// commands that were carried out together. Imports and other bulk work tell nothing.
    pub fn on_recorded(&mut self, tell: impl Fn(Vec<Latest>) + Send + 'static) {
        self.recorded = Some(Box::new(tell));
    }

    /// Tells what was recorded.
    pub(super) fn tell_recorded(&self, entries: Vec<Latest>) {
        if let Some(tell) = self.recorded.as_ref().filter(|_| !entries.is_empty()) {
            tell(entries);
        }
    }
}

fn read(row: &Row<'_>) -> Result<Latest, StoreError> {
    let (kind, facts, words): (String, String, Option<String>) =
        (row.get(4)?, row.get(5)?, row.get(6)?);
    let event = chain::join(&kind, &facts, words.as_deref())?;
    // What happens to the desk rather than to an incident has no sentence of its own.
    let text = serde_json::from_value::<Event>(event)
        .map_or_else(|_| kind_in_words(&kind), |event| describe(&event));
    Ok(Latest {
        seq: row.get(0)?,
        at: instant(row.get(1)?),
        recorded_at: instant(row.get(2)?),
        agent: row.get(3)?,
        tech_ref: row.get::<_, Option<u32>>(7)?.map(TechRef::new),
        customer: row.get(8)?,
        kind,
        text,
    })
}
