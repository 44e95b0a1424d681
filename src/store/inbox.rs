//! What came in by mail, and where each mail stands. What a mail says is in the timeline alone.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use serde::Deserialize;

use super::{Desk, StoreError, chain, people, timeline};
use crate::incident::{
    Arrival, Customer, CustomerId, MailId, MailState, Refusal, RefusalKind, TechRef,
};

/// A mail that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrived {
    /// What it is called.
    pub id: MailId,
    /// Where it stands.
    pub state: MailState,
    /// The incident that it belongs to, or may belong to while it waits.
    pub incident: Option<TechRef>,
    /// Whose it may be.
    pub customers: Vec<Customer>,
    /// The mail; without a text where that stands on the incident's timeline.
    pub arrival: Arrival,
    /// Why it waited.
    pub reason: Option<String>,
    /// Why it was dismissed.
    pub dismissed: Option<String>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When something last happened to it.
    pub changed_at: DateTime<Utc>,
}

/// What the entries about it say besides.
#[derive(Deserialize)]
struct Said {
    #[serde(flatten)]
    arrival: Arrival,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    customers: Vec<CustomerId>,
}

const MAIL: &str =
    "SELECT arrival.id, arrival.state, arrival.incident, came.kind, came.facts, came.words,
        came.recorded_at, changed.recorded_at, changed.kind, changed.words
   FROM arrival
   JOIN timeline AS came ON came.seq = arrival.came
   JOIN timeline AS changed ON changed.seq = arrival.changed";

impl Desk {
    /// Mail that came in, the newest first, at most `limit` of it; in one of these states, or in any where there are
    /// none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn arrived(&self, states: &[MailState], limit: usize) -> Result<Vec<Arrived>, StoreError> {
        let words: Vec<&str> = states.iter().map(|state| state.word()).collect();
        let words = serde_json::to_string(&words)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(&format!(
            "{MAIL} WHERE (?1 OR arrival.state IN (SELECT value FROM json_each(?2)))
             ORDER BY arrival.id DESC LIMIT ?3"
        ))?;
        let mut rows = statement.query(params![states.is_empty(), words, limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(self.read_mail(row)?);
        }
        Ok(found)
    }

    /// One mail that came in.
    ///
    /// # Errors
    /// When there is none of that name, or the file cannot be read.
    pub fn arrived_mail(&self, id: MailId) -> Result<Arrived, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{MAIL} WHERE arrival.id = ?1"))?;
        let mut rows = statement.query([id.0])?;
        match rows.next()? {
            Some(row) => self.read_mail(row),
            None => Err(Refusal {
                kind: RefusalKind::Unknown,
                message: format!(
                    "no mail {id}: look up what came in (`holdline mail quarantine list --all`)"
                ),
            }
            .into()),
        }
    }

    fn read_mail(&self, row: &Row<'_>) -> Result<Arrived, StoreError> {
        let (kind, facts, words): (String, String, Option<String>) =
            (row.get(3)?, row.get(4)?, row.get(5)?);
        let said: Said = serde_json::from_value(chain::join(&kind, &facts, words.as_deref())?)?;
        let state: String = row.get(1)?;
        let customers = said.customers.into_iter();
        let customers = customers.map(|id| people::customer(&self.connection, id));
        let dismissed = match row.get::<_, String>(8)?.as_str() {
            "mail-dismissed" => {
                let words: Option<String> = row.get(9)?;
                let event = chain::join("mail-dismissed", "{}", words.as_deref())?;
                event
                    .get("reason")
                    .and_then(serde_json::Value::as_str)
                    .map(str::to_owned)
            }
            _ => None,
        };
        Ok(Arrived {
            id: MailId(row.get(0)?),
            state: MailState::deserialize(serde_json::Value::from(state))?,
            incident: row.get::<_, Option<u32>>(2)?.map(TechRef::new),
            customers: customers.collect::<Result<_, _>>()?,
            arrival: said.arrival,
            reason: said.reason,
            dismissed,
            recorded_at: timeline::instant(row.get(6)?),
            changed_at: timeline::instant(row.get(7)?),
        })
    }
}
