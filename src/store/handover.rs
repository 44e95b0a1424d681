//! Taking over a shift: who did last, what was done since, and that it was done.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::timeline::{self, Stamp, Subject, instant};
use super::undo::stands;
use super::{Desk, StoreError};
use crate::incident::{State, TechRef, checked_text};

/// What the timeline keeps of it.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ShiftEvent<'a> {
    TakenOver { text: Option<&'a str> },
}

/// Somebody took over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenOver {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub agent: String,
    /// What was said to it.
    pub note: Option<String>,
    #[serde(skip)]
    seq: i64,
}

/// What was done to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedIncident {
    /// The incident.
    pub tech_ref: TechRef,
    /// Its customer's name.
    pub customer: String,
    /// The issue in one line.
    pub summary: String,
    /// What was done and stands, each kind once, in its first order; without what only followed from it.
    pub did: Vec<String>,
    /// Its state now.
    pub state: State,
    /// Who did, each once.
    pub agents: Vec<String>,
}

/// What was left to be done next, where nobody has gone on with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// The incident.
    pub tech_ref: TechRef,
    /// Its customer's name.
    pub customer: String,
    /// The issue in one line.
    pub summary: String,
    /// What is to be done.
    pub step: String,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Who left it.
    pub agent: String,
}

/// How many of the newest entries are looked at: as many as no shift makes.
const ENTRIES: i64 = 20_000;

/// What was done by an entry; nothing where it only followed from another one. What was promised to the customer is told
/// by its clock.
const DID: &str = "CASE
         WHEN t.kind = 'clock-started' AND json_extract(t.facts, '$.clock') IN ('estimate', 'appointment')
             THEN json_extract(t.facts, '$.clock') || ' promised'
         WHEN t.kind NOT IN ('clock-started', 'clock-moved', 'clock-paused', 'clock-resumed', 'clock-stopped', 'covered',
             'cover-used', 'cover-released', 'message-queued', 'message-unwritten', 'number-given')
             THEN replace(t.kind, '-', ' ')
     END";

impl Desk {
    /// Who took over last, if anybody ever did.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_taken_over(&self) -> Result<Option<TakenOver>, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT seq, at, agent, json_extract(words, '$.text') FROM timeline WHERE kind = 'taken-over'
                 ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([], |row| {
                Ok(TakenOver {
                    seq: row.get(0)?,
                    at: instant(row.get(1)?),
                    agent: row.get(2)?,
                    note: row.get(3)?,
                })
            })
            .optional()?;
        Ok(found)
    }

    /// What was left to be done next on open incidents that nobody has talked about with the customer since, the longest
    /// waiting first; at most `limit`. Of a long time only the newest entries are looked at.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_steps(&self, limit: usize) -> Result<Vec<NextStep>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT t.incident, c.name, i.summary, json_extract(t.words, '$.text') AS step, t.at, t.agent
             FROM timeline t JOIN incident i ON i.number = t.incident JOIN customer c ON c.id = i.customer
             WHERE t.seq > (SELECT max(seq) FROM timeline) - {ENTRIES} AND t.kind = 'noted'
               AND json_extract(t.facts, '$.note') = 'next' AND step IS NOT NULL AND i.queue_key IS NOT NULL AND {}
               AND NOT EXISTS (SELECT 1 FROM timeline later WHERE later.incident = t.incident AND later.seq > t.seq
                    AND (later.kind IN ('contacted', 'call-ended', 'responded')
                             AND json_extract(later.facts, '$.way') IS NOT 'attempt'
                         OR later.kind = 'noted' AND json_extract(later.facts, '$.note') = 'next')
                    AND {})
             ORDER BY t.at, t.seq LIMIT ?1",
            stands("t"),
            stands("later"),
        ))?;
        let mut rows = statement.query([i64::try_from(limit).unwrap_or(i64::MAX)])?;
        let mut steps = Vec::new();
        while let Some(row) = rows.next()? {
            steps.push(NextStep {
                tech_ref: TechRef::new(row.get(0)?),
                customer: row.get(1)?,
                summary: row.get(2)?,
                step: row.get(3)?,
                at: instant(row.get(4)?),
                agent: row.get(5)?,
            });
        }
        Ok(steps)
    }

    /// What was done to incidents since somebody took over, or since `since` where nobody ever did, as they stand at `now`:
    /// the incidents by their newest entry, at most `limit` of them, and how many there are. Of a long time only the newest
    /// entries are looked at.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn changed_since(
        &self,
        last: Option<&TakenOver>,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
        limit: usize,
    ) -> Result<(Vec<ChangedIncident>, usize), StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT t.incident, c.name, i.summary, i.state, i.silence_at,
                    json_group_array({DID} ORDER BY t.seq) FILTER (WHERE t.kind <> 'undone' AND {}),
                    json_group_array(t.agent ORDER BY t.seq), count(*) OVER ()
             FROM timeline t JOIN incident i ON i.number = t.incident JOIN customer c ON c.id = i.customer
             WHERE t.seq > max(?1, (SELECT max(seq) FROM timeline) - {ENTRIES}) AND t.recorded_at >= ?2
               AND {DID} IS NOT NULL
             GROUP BY t.incident ORDER BY max(t.seq) DESC LIMIT ?3",
            stands("t")
        ))?;
        let (seq, since) = match last {
            Some(last) => (last.seq, i64::MIN),
            None => (0, since.timestamp()),
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![seq, since, limit])?;
        let (mut found, mut all) = (Vec::new(), 0_i64);
        while let Some(row) = rows.next()? {
            let silent = row.get::<_, Option<i64>>(4)?.map(instant);
            let stored: String = row.get(3)?;
            let stored: State = serde_json::from_value(stored.into())?;
            found.push(ChangedIncident {
                tech_ref: TechRef::new(row.get(0)?),
                customer: row.get(1)?,
                summary: row.get(2)?,
                state: match silent {
                    Some(at) if at <= now => State::Resolved,
                    _ => stored,
                },
                did: each_once(&row.get::<_, String>(5)?)?,
                agents: each_once(&row.get::<_, String>(6)?)?,
            });
            all = row.get(7)?;
        }
        Ok((found, usize::try_from(all).unwrap_or(0)))
    }
}

fn each_once(list: &str) -> Result<Vec<String>, StoreError> {
    let all: Vec<String> = serde_json::from_str(list)?;
    let mut once: Vec<String> = Vec::new();
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    Ok(once)
}

/// Puts down that whoever is stamped took over.
pub(super) fn record(
    connection: &Connection,
    note: Option<&str>,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let note = note.map(|note| checked_text("note", note)).transpose()?;
    let event = ShiftEvent::TakenOver {
        text: note.as_deref(),
    };
    timeline::append(connection, Subject::default(), stamp, at, &event)?;
    Ok(())
}
