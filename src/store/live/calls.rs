//! The calls that run. A console keeps its own as they change; whoever else changes one leaves a mark, so that the
//! console takes that in and does not write over it.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::sessions::last_seen;
use super::{Live, SessionId, fit_to_keep};
use crate::incident::{CustomerId, RunningCall, TechRef, without_cards_in};
use crate::store::StoreError;
use crate::store::timeline::instant;

/// A call that runs.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveCall {
    /// Its number among the calls.
    pub id: i64,
    /// Whose it is.
    pub agent: String,
    /// Where it is open.
    pub holder: Holder,
    /// How often somebody else than its console has changed it.
    pub touched: i64,
    /// The call.
    pub call: RunningCall,
    /// What is being typed, as the console writes it.
    pub draft: Option<String>,
}

impl LiveCall {
    /// How it stands, in words, and until when its time counts: now, unless it was hung up or its console has gone.
    pub fn stands(&self, now: DateTime<Utc>) -> (&'static str, DateTime<Utc>) {
        let words = match self.holder {
            Holder::Gone(_) => "cut off",
            _ => self.call.state(),
        };
        (words, self.ended().unwrap_or(now))
    }

    /// When it ended, as far as that is known; none while it goes on.
    pub fn ended(&self) -> Option<DateTime<Utc>> {
        self.call.ended_at.or(match self.holder {
            Holder::Gone(seen) => Some(seen),
            _ => None,
        })
    }
}

/// Where a call is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Nowhere: it was begun by a command, or handed over.
    Nobody,
    /// In this console, as this one of its calls.
    Console(SessionId, u64),
    /// In a console that has gone, and was last seen then.
    Gone(DateTime<Utc>),
}

/// A call as a console wants it kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Which of the console's calls it is.
    pub place: u64,
    /// The changes by others that the console has taken in.
    pub touched: i64,
    /// The call.
    pub call: RunningCall,
    /// What is being typed.
    pub draft: String,
}

const CALL: &str = "SELECT id, agent, session, place, touched, kept_at, body, draft FROM call";

impl Live {
    /// Keeps a call of a console as it is now, unless somebody else has changed it since, and gives its number. None
    /// where it was taken away meanwhile.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(
        &mut self,
        session: SessionId,
        agent: &str,
        kept: &Kept,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>, StoreError> {
        let body = without_cards_in(serde_json::to_value(&kept.call)?).to_string();
        let draft = fit_to_keep(&kept.draft);
        let place = i64::try_from(kept.place).unwrap_or(i64::MAX);
        self.whole(|connection| {
            let changed = connection
                .prepare_cached(
                    "UPDATE call SET kept_at = ?4, body = ?5, draft = ?6
                     WHERE session = ?1 AND place = ?2 AND touched = ?3",
                )?
                .execute(params![
                    session.0,
                    place,
                    kept.touched,
                    now.timestamp(),
                    body,
                    draft
                ])?;
            let known = connection
                .prepare_cached("SELECT id FROM call WHERE session = ?1 AND place = ?2")?
                .query_row(params![session.0, place], |row| row.get(0))
                .optional()?;
            if known.is_some() || changed > 0 {
                return Ok(known);
            }
            let id = next_number(connection)?;
            connection
                .prepare_cached(
                    "INSERT INTO call (id, agent, session, place, touched, kept_at, body, draft)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    id,
                    agent,
                    session.0,
                    place,
                    kept.touched,
                    now.timestamp(),
                    body,
                    draft
                ])?;
            Ok(Some(id))
        })
    }

    /// Forgets calls of a customer, and what was typed into forms that names it or its incidents.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_customer(
        &mut self,
        customer: CustomerId,
        numbers: &[TechRef],
        name: &str,
    ) -> Result<(), StoreError> {
        // What is let go of is overwritten.
        self.connection.pragma_update(None, "secure_delete", true)?;
        let about = |call: &RunningCall| {
            let of_theirs = call.parts.iter().any(|part| numbers.contains(&part.number));
            call.customer == Some(customer) || of_theirs
        };
        for call in self.calls()? {
            if about(&call.call) {
                self.connection
                    .execute("DELETE FROM call WHERE id = ?1", [call.id])?;
            }
        }
        let numbers = numbers.iter().map(ToString::to_string);
        for words in numbers.chain([name.to_owned()]) {
            self.connection.execute(
                "UPDATE session SET drafts = NULL WHERE instr(lower(drafts), lower(?1)) > 0",
                [words],
            )?;
        }
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// A console's call is over, and recorded.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget(&mut self, session: SessionId, place: u64) -> Result<(), StoreError> {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        self.connection
            .prepare_cached("DELETE FROM call WHERE session = ?1 AND place = ?2")?
            .execute(params![session.0, place])?;
        Ok(())
    }

    /// Begins a call of an agent's that no console holds yet, and gives its number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn start(
        &mut self,
        agent: &str,
        call: &RunningCall,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        self.whole(|connection| {
            let id = next_number(connection)?;
            begin(connection, id, agent, call, now)?;
            Ok(id)
        })
    }

    /// A console takes a call that no living console holds; none where another one was faster.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn claim(
        &mut self,
        id: i64,
        session: SessionId,
        agent: &str,
        place: u64,
    ) -> Result<Option<LiveCall>, StoreError> {
        self.whole(|connection| {
            let found = call(connection, id)?;
            let free = found.filter(|found| !matches!(found.holder, Holder::Console(..)));
            let Some(found) = free else {
                return Ok(None);
            };
            let at = i64::try_from(place).unwrap_or(i64::MAX);
            connection.execute(
                "UPDATE call SET session = ?2, place = ?3, agent = ?4 WHERE id = ?1",
                params![id, session.0, at, agent],
            )?;
            Ok(Some(found))
        })
    }

    /// Whose call this is now; none where it is over.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn whose(&self, id: i64) -> Result<Option<String>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT agent FROM call WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }

    /// Changes a call from outside its console.
    ///
    /// # Errors
    /// When the file cannot be used, and what `change` refuses.
    pub fn change<T>(
        &mut self,
        id: i64,
        change: impl FnOnce(&mut LiveCall) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.whole(|connection| {
            let Some(mut found) = call(connection, id)? else {
                return Ok(None);
            };
            let done = change(&mut found)?;
            connection.execute(
                "UPDATE call SET touched = touched + 1, agent = ?2, body = ?3 WHERE id = ?1",
                params![id, found.agent, serde_json::to_string(&found.call)?],
            )?;
            if found.holder == Holder::Nobody {
                connection.execute(
                    "UPDATE call SET session = NULL, place = NULL WHERE id = ?1",
                    [id],
                )?;
            }
            Ok(Some(done))
        })
    }

    /// Hands a call to another agent, whose console takes it on; false where it is over.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn hand(
        &mut self,
        id: i64,
        to: &str,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let handed = self.change(id, |found| {
            found.call.hand(by, now);
            found.holder = Holder::Nobody;
            to.clone_into(&mut found.agent);
            Ok(())
        })?;
        Ok(handed.is_some())
    }

    /// Takes a call off the record.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn end(&mut self, id: i64) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM call WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Every call, the longest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn calls(&self) -> Result<Vec<LiveCall>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{CALL} ORDER BY id"))?;
        let mut rows = statement.query([])?;
        let mut calls = Vec::new();
        while let Some(row) = rows.next()? {
            calls.push(read(&self.connection, row)?);
        }
        Ok(calls)
    }
}

/// The next number of a call or a ring.
pub(super) fn next_number(connection: &Connection) -> Result<i64, StoreError> {
    let sql = "UPDATE number SET last = last + 1 RETURNING last";
    Ok(connection
        .prepare_cached(sql)?
        .query_row([], |row| row.get(0))?)
}

/// Begins a call under a number that was given out already.
pub(super) fn begin(
    connection: &Connection,
    id: i64,
    agent: &str,
    call: &RunningCall,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO call (id, agent, kept_at, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            id,
            agent,
            now.timestamp(),
            serde_json::to_string(call)?
        ])?;
    Ok(())
}

fn call(connection: &Connection, id: i64) -> Result<Option<LiveCall>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{CALL} WHERE id = ?1"))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(|row| read(connection, row)).transpose()
}

fn read(connection: &Connection, row: &Row<'_>) -> Result<LiveCall, StoreError> {
    let session: Option<i64> = row.get(2)?;
    let place: Option<i64> = row.get(3)?;
    let kept_at = instant(row.get(5)?);
    let holder = match (session, place) {
        (Some(session), Some(place)) => match last_seen(connection, session)? {
            (true, _) => Holder::Console(SessionId(session), place.try_into().unwrap_or(0)),
            (false, seen) => Holder::Gone(seen.map_or(kept_at, |seen| seen.max(kept_at))),
        },
        _ => Holder::Nobody,
    };
    Ok(LiveCall {
        id: row.get(0)?,
        agent: row.get(1)?,
        holder,
        touched: row.get(4)?,
        call: serde_json::from_str(&row.get::<_, String>(6)?)?,
        draft: row.get(7)?,
    })
}
