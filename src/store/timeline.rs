//! The timeline: appending entries to the chain, and reading them back.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use super::chain::{self, Hash, Link, Parts, Words};
use super::rows::{self, Into};
use super::{StoreError, moved};
use crate::incident::{CustomerId, Event, Recorded, TechRef, may_hold_cards, refuse_cards_in};

/// What an entry is about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Subject {
    pub(super) incident: Option<TechRef>,
    pub(super) customer: Option<CustomerId>,
}

impl Subject {
    fn incident(self) -> Option<i64> {
        self.incident.map(|number| i64::from(number.sequence()))
    }

    fn customer(self) -> Option<i64> {
        self.customer.map(|customer| customer.0)
    }
}

/// Who records entries, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp<'a> {
    pub(super) agent: &'a str,
    pub(super) now: DateTime<Utc>,
}

impl Stamp<'_> {
    /// The entry that an event makes.
    pub(super) fn entry(self, at: DateTime<Utc>, event: Event) -> Recorded {
        Recorded {
            at,
            recorded_at: self.now,
            agent: self.agent.to_owned(),
            event,
        }
    }
}

/// An entry with its place in the chain, as it is written.
pub(super) struct Entry {
    /// Its place.
    pub(super) seq: i64,
    /// Its hash.
    pub(super) hash: Hash,
    /// Its texts.
    pub(super) words: Words,
    subject: Subject,
    at: i64,
    recorded_at: i64,
    agent: String,
    kind: String,
    facts: String,
}

/// Where entries go.
static TIMELINE: Into = Into::new(
    "timeline (seq, incident, customer, at, recorded_at, agent, kind, facts, words, salts, digests, hash)",
    12,
    "",
);

/// Appends an entry and says its place. Must be called within a write transaction.
pub(super) fn append(
    connection: &Connection,
    subject: Subject,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
    event: &impl Serialize,
) -> Result<i64, StoreError> {
    let entry = after(head(connection)?, subject, stamp, at, event)?;
    write(connection, std::slice::from_ref(&entry))?;
    Ok(entry.seq)
}

/// The entry that comes after the newest one, whose place and hash are known.
///
/// # Errors
/// When it holds the number of a payment card.
pub(super) fn after(
    (last, before): (i64, Hash),
    subject: Subject,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
    event: &impl Serialize,
) -> Result<Entry, StoreError> {
    let Parts { kind, facts, words } = chain::split(event)?;
    // Every text that is kept comes by here, whatever the command.
    let texts = words.json.as_deref().unwrap_or_default();
    if [&facts, texts].into_iter().any(may_hold_cards) {
        refuse_cards_in(&serde_json::to_value(event)?)?;
    }
    let link = Link {
        seq: last + 1,
        incident: subject.incident(),
        customer: subject.customer(),
        at: at.timestamp(),
        recorded_at: stamp.now.timestamp(),
        agent: stamp.agent,
        kind: &kind,
        facts: &facts,
    };
    Ok(Entry {
        hash: chain::hash(&before, &link, &words.digests),
        seq: link.seq,
        subject,
        at: link.at,
        recorded_at: link.recorded_at,
        agent: stamp.agent.to_owned(),
        kind,
        facts,
        words,
    })
}

/// Writes entries, each of which comes after the one before. Must be called within a write transaction.
pub(super) fn write(connection: &Connection, entries: &[Entry]) -> Result<(), StoreError> {
    rows::insert(connection, &TIMELINE, entries, |row, entry| {
        row.put(entry.seq)?;
        row.put(entry.subject.incident())?;
        row.put(entry.subject.customer())?;
        row.put(entry.at)?;
        row.put(entry.recorded_at)?;
        row.put(&entry.agent)?;
        row.put(&entry.kind)?;
        row.put(&entry.facts)?;
        row.put(&entry.words.json)?;
        row.put(&entry.words.salts)?;
        row.put(&entry.words.digests)?;
        row.put(entry.hash)
    })
}

/// The newest entry's place and hash; 0 and zeros before the first.
pub(super) fn head(connection: &Connection) -> Result<(i64, Hash), StoreError> {
    let newest = connection
        .prepare_cached("SELECT seq, hash FROM timeline ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(newest.unwrap_or_default())
}

/// The newest entry's place; 0 before the first.
pub(super) fn newest_seq(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM timeline")?
        .query_row([], |row| row.get(0))?)
}

/// The whole timeline of an incident, oldest first: its own entries, and those of the desk that moved its clocks.
pub(super) fn of_incident(
    connection: &Connection,
    number: TechRef,
) -> Result<Vec<Recorded>, StoreError> {
    let entries = placed_of_incident(connection, number)?;
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// The whole timeline of an incident, oldest first, each entry with its place in the desk's.
pub(super) fn placed_of_incident(
    connection: &Connection,
    number: TechRef,
) -> Result<Vec<(i64, Recorded)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT at, recorded_at, agent, kind, facts, words, NULL, NULL, NULL, seq FROM timeline WHERE incident = ?1
         UNION ALL
         SELECT t.at, t.recorded_at, t.agent, t.kind, t.facts, t.words, m.clock, m.due_at, m.left, m.seq
         FROM moved m JOIN timeline t ON t.seq = m.seq WHERE m.incident = ?1 ORDER BY 10",
    )?;
    let mut rows = statement.query([number.sequence()])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push((row.get(9)?, entry(row)?));
    }
    Ok(entries)
}

/// The newest entry of an incident: who did what.
pub(super) fn newest(
    connection: &Connection,
    number: TechRef,
) -> Result<(String, String), StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT agent, kind FROM timeline WHERE incident = ?1 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([number.sequence()], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

pub(super) fn entry(row: &Row<'_>) -> Result<Recorded, StoreError> {
    let (kind, facts, words): (String, String, Option<String>) =
        (row.get(3)?, row.get(4)?, row.get(5)?);
    let event = chain::join(&kind, &facts, words.as_deref())?;
    let event = match row.get(6)? {
        Some(clock) => moved::shown(&kind, event, clock, instant(row.get(7)?), row.get(8)?)?,
        None => serde_json::from_value(event)?,
    };
    Ok(Recorded {
        at: instant(row.get(0)?),
        recorded_at: instant(row.get(1)?),
        agent: row.get(2)?,
        event,
    })
}

/// UTC seconds of the file as an instant.
pub(super) fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}
