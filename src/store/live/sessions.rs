//! The consoles that are open, whether they are still there, and what each looks at.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Live, fit_to_keep};
use crate::incident::TechRef;
use crate::store::StoreError;
use crate::store::timeline::instant;
use crate::whole::runs;

/// A console without a sign of life for so many seconds has gone, even if a process of its number runs.
const PATIENCE: i64 = 30;

/// An open console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionId(pub i64);

impl SessionId {
    /// One that no other console has.
    pub fn new() -> Self {
        Self(fastrand::i64(1..))
    }
}

impl Default for SessionId {
    fn default() -> Self {
        Self::new()
    }
}

/// Another console that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Who sits there.
    pub agent: String,
    /// The incident that is open there.
    pub incident: Option<TechRef>,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
}

impl Live {
    /// A console of `agent` is open. Gives what was typed into forms of this agent's consoles that have gone; those of
    /// anybody's that hold nothing any more are forgotten.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn enter(
        &mut self,
        session: SessionId,
        agent: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<String>, StoreError> {
        self.whole(|connection| {
            let mut typed = Vec::new();
            for id in gone(connection)? {
                let left = connection
                    .prepare_cached("SELECT drafts FROM session WHERE id = ?1 AND agent = ?2")?
                    .query_row(params![id, agent], |row| row.get::<_, Option<String>>(0))
                    .optional()?
                    .flatten();
                if left.is_some() {
                    connection.execute("UPDATE session SET drafts = NULL WHERE id = ?1", [id])?;
                }
                typed.extend(left);
                connection.execute(
                    "DELETE FROM session WHERE id = ?1 AND drafts IS NULL
                       AND NOT EXISTS (SELECT 1 FROM call WHERE call.session = ?1)",
                    [id],
                )?;
            }
            appear(connection, session, agent, now)?;
            Ok(typed)
        })
    }

    /// A console without forms is open: what was typed into those of consoles that have gone is left to one that has them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn appear(
        &mut self,
        session: SessionId,
        agent: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.whole(|connection| appear(connection, session, agent, now))
    }

    /// A sign of life.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn breathe(&mut self, session: SessionId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE session SET beat = ?2, seen_at = ?3 WHERE id = ?1")?
            .execute(params![session.0, beat(), now.timestamp()])?;
        Ok(())
    }

    /// Keeps what is typed into forms that are neither saved nor dropped; nothing where nothing is.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_drafts(
        &mut self,
        session: SessionId,
        drafts: Option<&str>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE session SET drafts = ?2 WHERE id = ?1")?
            .execute(params![session.0, drafts.map(fit_to_keep)])?;
        Ok(())
    }

    /// A console has this incident open, or none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn look_at(
        &mut self,
        session: SessionId,
        incident: Option<TechRef>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let number = incident.map(TechRef::sequence);
        self.connection
            .prepare_cached("UPDATE session SET incident = ?2, since = ?3 WHERE id = ?1")?
            .execute(params![session.0, number, now.timestamp()])?;
        Ok(())
    }

    /// A console is closed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn leave(&mut self, session: SessionId) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM session WHERE id = ?1", [session.0])?;
        Ok(())
    }

    /// As if the console's process had been killed.
    #[cfg(test)]
    pub(crate) fn kill(&mut self, session: SessionId) -> Result<(), StoreError> {
        // No process has this number.
        let sql = "UPDATE session SET pid = 2147483647 WHERE id = ?1";
        self.connection.execute(sql, [session.0])?;
        Ok(())
    }

    /// The other consoles that are open, by their agents' names.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn others(&self, session: SessionId) -> Result<Vec<Presence>, StoreError> {
        let gone = gone(&self.connection)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT id, agent, incident, since FROM session WHERE id <> ?1 ORDER BY agent, id",
        )?;
        let mut rows = statement.query([session.0])?;
        let mut others = Vec::new();
        while let Some(row) = rows.next()? {
            if !gone.contains(&row.get(0)?) {
                others.push(Presence {
                    agent: row.get(1)?,
                    incident: row.get::<_, Option<u32>>(2)?.map(TechRef::new),
                    since: row.get::<_, Option<i64>>(3)?.map(instant),
                });
            }
        }
        Ok(others)
    }
}

fn appear(
    connection: &Connection,
    session: SessionId,
    agent: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT OR REPLACE INTO session (id, agent, pid, beat, seen_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![session.0, agent, std::process::id(), beat(), now.timestamp()],
    )?;
    Ok(())
}

/// Seconds of the system's clock, which goes on while a desk's clock is set by hand.
pub(super) fn beat() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs().try_into().unwrap_or(0))
}

/// The consoles that have gone without closing.
pub(super) fn gone(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, pid, beat FROM session")?;
    let mut rows = statement.query([])?;
    let mut gone = Vec::new();
    while let Some(row) = rows.next()? {
        if !lives(row.get(1)?, row.get(2)?) {
            gone.push(row.get(0)?);
        }
    }
    Ok(gone)
}

/// Whether a console is there still.
fn lives(pid: i32, seen: i64) -> bool {
    runs(pid) && beat() - seen <= PATIENCE
}

/// Whether the console `session` is there still, and until when it was.
pub(super) fn last_seen(
    connection: &Connection,
    session: i64,
) -> Result<(bool, Option<DateTime<Utc>>), StoreError> {
    let found = connection
        .prepare_cached("SELECT pid, beat, seen_at FROM session WHERE id = ?1")?
        .query_row([session], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(
        found.map_or((false, None), |(pid, beat, seen): (i32, i64, i64)| {
            (lives(pid, beat), Some(instant(seen)))
        }),
    )
}
