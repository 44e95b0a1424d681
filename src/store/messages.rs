//! The outbox: which messages there are and where each stands. What a message says is in the timeline alone.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};
use serde::de::DeserializeOwned;

use super::timeline;
use super::{Desk, StoreError, chain};
use crate::incident::{Event, Message, MessageId, MessageState, TechRef, Wording, tried_again_at};
use crate::policy::Occasion;

/// A message of the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxMessage {
    /// What it is called.
    pub id: MessageId,
    /// Whose incident it is about.
    pub customer: String,
    /// What called for it.
    pub occasion: Occasion,
    /// Where it stands.
    pub state: MessageState,
    /// Why it could not be handed over, or is not to be sent.
    pub why: Option<String>,
    /// To whom it goes, and what it says now.
    pub wording: Wording,
    /// The other incidents of the same caller that it tells of.
    pub also: Vec<TechRef>,
    /// When it was put into the outbox.
    pub queued_at: DateTime<Utc>,
    /// When something last happened to it.
    pub changed_at: DateTime<Utc>,
}

/// What of the outbox is meant.
#[derive(Debug, Clone, Default)]
pub struct OutboxQuery {
    /// In one of these states; in any where there are none.
    pub states: Vec<MessageState>,
    /// Of this incident alone.
    pub incident: Option<TechRef>,
}

const MESSAGE: &str =
    "SELECT message.incident, message.n, customer.name, message.state, message.occasion,
        said.kind, said.facts, said.words, queued.recorded_at, changed.recorded_at,
        queued.facts -> '$.also', changed.facts, changed.words
   FROM message
   JOIN incident ON incident.number = message.incident
   JOIN customer ON customer.id = incident.customer
   JOIN timeline AS said ON said.seq = message.wording
   JOIN timeline AS queued ON queued.seq = message.seq
   JOIN timeline AS changed ON changed.seq = message.changed";

/// Which of them are meant: any where the first parameter is true, else those in the states of the second; of every
/// incident where the third is null, else of that one alone.
const MEANT: &str = "(?1 OR message.state IN (SELECT value FROM json_each(?2)))
    AND (?3 IS NULL OR message.incident = ?3)";

/// How much correspondence waits for somebody.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Correspondence {
    /// Messages that wait to be sent.
    pub queued: usize,
    /// Messages that could not be sent.
    pub failed: usize,
    /// Mail in quarantine, about which somebody must decide.
    pub quarantine: usize,
}

impl Desk {
    /// Messages of the outbox, the newest first, at most `limit` of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outbox(
        &self,
        query: &OutboxQuery,
        limit: usize,
    ) -> Result<Vec<OutboxMessage>, StoreError> {
        let states: Vec<&str> = query.states.iter().map(|state| state.word()).collect();
        let states = serde_json::to_string(&states)?;
        let every = query.states.is_empty();
        let incident = query.incident.map(TechRef::sequence);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(&format!(
            "{MESSAGE} WHERE {MEANT}
             ORDER BY message.seq DESC LIMIT ?4"
        ))?;
        let mut rows = statement.query(params![every, states, incident, limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }

    /// How many messages of the outbox there are, counted up to `most`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outbox_count(&self, query: &OutboxQuery, most: usize) -> Result<usize, StoreError> {
        let states: Vec<&str> = query.states.iter().map(|state| state.word()).collect();
        let states = serde_json::to_string(&states)?;
        let every = query.states.is_empty();
        let incident = query.incident.map(TechRef::sequence);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT count(*) FROM (SELECT 1 FROM message WHERE {MEANT} LIMIT ?4)"
        ))?;
        let found: u32 =
            statement.query_row(params![every, states, incident, most], |row| row.get(0))?;
        Ok(usize::try_from(found).unwrap_or(usize::MAX))
    }

    /// How much correspondence waits for somebody, each kind counted up to `most`: by the indexes of what waits alone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn correspondence(&self, most: usize) -> Result<Correspondence, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let count = |sql: &str| {
            let mut statement = self.connection.prepare_cached(sql)?;
            let found: u32 = statement.query_row([most], |row| row.get(0))?;
            Ok::<_, StoreError>(usize::try_from(found).unwrap_or(usize::MAX))
        };
        // It is said twice so that SQLite sees that the index of what waits has them all.
        let waiting = |state| {
            format!(
                "SELECT count(*) FROM (SELECT 1 FROM message
                 WHERE state IN ('queued', 'failed') AND state = '{state}' LIMIT ?1)"
            )
        };
        Ok(Correspondence {
            queued: count(&waiting("queued"))?,
            failed: count(&waiting("failed"))?,
            quarantine: count(
                "SELECT count(*) FROM (SELECT 1 FROM arrival WHERE state = 'waiting' LIMIT ?1)",
            )?,
        })
    }

    /// The messages that are to be sent at `now`, the oldest first: those that wait, but for those that may have been sent
    /// already, and those that could not be handed over and are to be tried again by then; with `retry` all of these.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn messages_to_send(
        &self,
        retry: bool,
        now: DateTime<Utc>,
    ) -> Result<Vec<MessageId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT incident, n, state = 'failed' FROM message
             WHERE state IN ('queued', 'failed') AND (state = 'failed' OR held_until = 0) ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id = named(row)?;
            if !row.get(2)? || retry || self.next_try(id)?.is_some_and(|next| next <= now) {
                found.push(id);
            }
        }
        Ok(found)
    }

    /// When each message that could not be handed over is tried again by itself, the next one first; none for those which
    /// wait for somebody to look at them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn retries(&self) -> Result<Vec<Option<DateTime<Utc>>>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT incident, n FROM message WHERE state = 'failed'")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(self.next_try(named(row)?)?);
        }
        found.sort_by_key(|next| (next.is_none(), *next));
        Ok(found)
    }

    /// When a message that could not be handed over is to be tried again by itself, if it is.
    fn next_try(&self, id: MessageId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*), max(recorded_at), coalesce(max(facts ->> '$.for_good'), 0) FROM timeline
             WHERE incident = ?1 AND kind = 'message-failed' AND facts ->> '$.n' = ?2",
        )?;
        let found: (u32, i64, bool) = statement
            .query_row(params![id.tech_ref.sequence(), id.n], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let (failures, last, for_good) = found;
        let failures = usize::try_from(failures).unwrap_or(usize::MAX);
        let next = tried_again_at(failures, timeline::instant(last));
        Ok(next.filter(|_| !for_good))
    }

    /// The messages that a program was sending when it ended: they may have been sent or not, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn messages_in_doubt(&self, now: DateTime<Utc>) -> Result<Vec<MessageId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT incident, n FROM message WHERE state = 'queued' AND held_until > 0 AND held_until <= ?1
             ORDER BY seq",
        )?;
        let found = statement.query_map([now.timestamp()], named)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// One message of the outbox.
    ///
    /// # Errors
    /// When there is none of that name, or the file cannot be read.
    pub fn outbox_message(&self, id: MessageId) -> Result<OutboxMessage, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{MESSAGE} WHERE message.incident = ?1 AND message.n = ?2"
        ))?;
        let mut rows = statement.query(params![id.tech_ref.sequence(), id.n])?;
        match rows.next()? {
            Some(row) => read(row),
            None => Err(id.unknown().into()),
        }
    }
}

/// Why the message stands as it does, where the entry that last changed it gives a reason.
fn why(row: &Row<'_>, state: MessageState) -> Result<Option<String>, StoreError> {
    if !matches!(state, MessageState::Failed | MessageState::Dropped) {
        return Ok(None);
    }
    let (facts, words): (String, Option<String>) = (row.get(11)?, row.get(12)?);
    let event = chain::join("", &facts, words.as_deref())?;
    let reason = event.get("reason").and_then(serde_json::Value::as_str);
    Ok(reason.map(str::to_owned))
}

fn read(row: &Row<'_>) -> Result<OutboxMessage, StoreError> {
    let (kind, facts, words): (String, String, Option<String>) =
        (row.get(5)?, row.get(6)?, row.get(7)?);
    let state: MessageState = word(&row.get::<_, String>(3)?)?;
    Ok(OutboxMessage {
        id: MessageId {
            tech_ref: TechRef::new(row.get(0)?),
            n: row.get(1)?,
        },
        customer: row.get(2)?,
        state,
        why: why(row, state)?,
        occasion: word(&row.get::<_, String>(4)?)?,
        wording: serde_json::from_value(chain::join(&kind, &facts, words.as_deref())?)?,
        also: row
            .get::<_, Option<String>>(10)?
            .map(|also| serde_json::from_str(&also))
            .transpose()?
            .unwrap_or_default(),
        queued_at: timeline::instant(row.get(8)?),
        changed_at: timeline::instant(row.get(9)?),
    })
}

fn named(row: &Row<'_>) -> rusqlite::Result<MessageId> {
    Ok(MessageId {
        tech_ref: TechRef::new(row.get(0)?),
        n: row.get(1)?,
    })
}

/// A value by the word by which it is stored.
fn word<T: DeserializeOwned>(word: &str) -> Result<T, StoreError> {
    Ok(T::deserialize(serde_json::Value::from(word))?)
}

/// Keeps the outbox up with an entry of the timeline.
pub(super) fn follow(
    connection: &Connection,
    seq: i64,
    number: TechRef,
    event: &Event,
) -> Result<(), StoreError> {
    let (n, state, message_id) = match event {
        Event::MessageQueued(message) => return queue(connection, seq, number, message),
        Event::MessageEdited(message) => (message.n, MessageState::Queued, None),
        Event::MessageSent { n, message_id, .. } => (*n, MessageState::Sent, Some(message_id)),
        Event::MessageFailed(failed) => (failed.n, MessageState::Failed, None),
        Event::MessageDropped { n, .. } => (*n, MessageState::Dropped, None),
        _ => return Ok(()),
    };
    let reworded = matches!(event, Event::MessageEdited(_));
    connection
        .prepare_cached(
            "UPDATE message SET state = ?3, changed = ?4, wording = iif(?5, ?4, wording),
                    message_id = coalesce(?6, message_id), held_until = 0
             WHERE incident = ?1 AND n = ?2",
        )?
        .execute(params![
            number.sequence(),
            n,
            state.word(),
            seq,
            reworded,
            message_id
        ])?;
    Ok(())
}

fn queue(
    connection: &Connection,
    seq: i64,
    number: TechRef,
    message: &Message,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO message (seq, incident, n, occasion, state, wording, changed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?1, ?1)",
        )?
        .execute(params![
            seq,
            number.sequence(),
            message.n,
            message.occasion.word(),
            MessageState::Queued.word(),
        ])?;
    Ok(())
}
