//! Everything that the desk holds about one customer: what erasing would take away is what is handed out.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::Serialize;
use serde_json::Value;

use super::timeline::instant;
use super::{Desk, StoreError, chain};
use crate::incident::{CustomerId, TechRef};

/// The condition on an entry of the timeline that it is about customer `?2` or one of its incidents, whose numbers are
/// the table `of`: its mail that waited before it was theirs is, too.
pub(super) const ABOUT: &str = "(incident IN of OR customer = ?2 OR seq IN (SELECT came FROM arrival WHERE incident IN of)
    OR kind = 'mail-quarantined' AND EXISTS (SELECT 1 FROM json_each(facts, '$.customers') WHERE value = ?2))";

/// An entry of the timeline as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it.
    pub agent: String,
    /// The incident it is about.
    pub tech_ref: Option<TechRef>,
    /// What it says: its kind, its facts and its texts.
    #[serde(flatten)]
    pub event: Value,
}

/// A file that came with a customer's mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldFile {
    /// The mail, by its number.
    pub mail: i64,
    /// Its SHA-256, by which it lies beside the desk.
    pub hash: String,
    /// Its bytes.
    pub size: u64,
}

/// What the desk holds about a customer beside who it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// Its incidents, the oldest first.
    pub incidents: Vec<TechRef>,
    /// Every entry of the timeline that is about it, the oldest first.
    pub entries: Vec<Entry>,
    /// Files that came with its mail.
    pub files: Vec<HeldFile>,
}

impl Desk {
    /// Everything that the desk holds about a customer beside who it is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn holding(&self, customer: CustomerId) -> Result<Holding, StoreError> {
        let connection = &self.connection;
        let mut numbers = connection
            .prepare("SELECT number FROM incident WHERE customer = ?1 ORDER BY number")?;
        let numbers = numbers.query_map([customer.0], |row| row.get::<_, u32>(0))?;
        let numbers: Vec<u32> = numbers.collect::<Result<_, _>>()?;
        let of = serde_json::to_string(&numbers)?;
        let mut entries = Vec::new();
        let mut statement = connection.prepare(&format!(
            "WITH of (number) AS (SELECT value FROM json_each(?1))
             SELECT at, recorded_at, agent, incident, kind, facts, words FROM timeline WHERE {ABOUT} ORDER BY seq"
        ))?;
        let mut rows = statement.query(params![of, customer.0])?;
        while let Some(row) = rows.next()? {
            let (kind, facts, words): (String, String, Option<String>) =
                (row.get(4)?, row.get(5)?, row.get(6)?);
            entries.push(Entry {
                at: instant(row.get(0)?),
                recorded_at: instant(row.get(1)?),
                agent: row.get(2)?,
                tech_ref: row.get::<_, Option<u32>>(3)?.map(TechRef::new),
                event: chain::join(&kind, &facts, words.as_deref())?,
            });
        }
        let mut statement = connection.prepare(&format!(
            "WITH of (number) AS (SELECT value FROM json_each(?1))
             SELECT mail, hash, size FROM attachment JOIN arrival ON arrival.id = mail
             WHERE arrival.incident IN of OR arrival.came IN (SELECT seq FROM timeline WHERE {ABOUT})
             ORDER BY mail, n"
        ))?;
        let files = statement.query_map(params![of, customer.0], |row| {
            Ok(HeldFile {
                mail: row.get(0)?,
                hash: row.get(1)?,
                size: row.get::<_, i64>(2)?.cast_unsigned(),
            })
        })?;
        Ok(Holding {
            incidents: numbers.into_iter().map(TechRef::new).collect(),
            entries,
            files: files.collect::<Result<_, _>>()?,
        })
    }
}
