//! What rings: shown on every open console until somebody answers, the caller gives up, or nobody told that they did.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, params};

use super::Live;
use super::calls::{begin, next_number};
use crate::incident::{RunningCall, Timer};
use crate::store::StoreError;
use crate::store::callers::is_same;
use crate::store::timeline::instant;

/// Who rings, as a telephone system tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ringing<'a> {
    /// The number; empty where it is withheld.
    pub number: &'a str,
    /// The line; of a caller who gives up, any without it.
    pub line: Option<&'a str>,
    /// What the telephone system calls the call, where it says so: nothing else tells callers apart who withhold their
    /// numbers.
    pub channel: Option<&'a str>,
}

impl<'a> From<&'a str> for Ringing<'a> {
    /// This number, on no line that is known.
    fn from(number: &'a str) -> Self {
        Self {
            number,
            line: None,
            channel: None,
        }
    }
}

/// Something that rings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// Its number among the calls: the call that it becomes keeps it.
    pub id: i64,
    /// Who rings, as the telephone system gave it; empty where the number is withheld.
    pub number: String,
    /// The line.
    pub line: Option<String>,
    /// What the telephone system calls it, where it says so.
    pub channel: Option<String>,
    /// Since when.
    pub at: DateTime<Utc>,
}

impl Ring {
    /// Nobody lets it ring for longer: a telephone system that tells of no end is not believed any more.
    pub const LONGEST: TimeDelta = TimeDelta::minutes(2);
}

impl Live {
    /// Somebody rings. The same number on the same line rings on, unless the telephone system says that it is another call.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn ring(&mut self, ringing: Ringing<'_>, now: DateTime<Utc>) -> Result<i64, StoreError> {
        let Ringing {
            number,
            line,
            channel,
        } = ringing;
        self.whole(|connection| {
            let since = (now - Ring::LONGEST).timestamp();
            connection.execute("DELETE FROM ring WHERE at <= ?1", [since])?;
            let known = connection
                .query_row(
                    "SELECT id FROM ring WHERE number = ?1 AND line IS ?2 AND channel IS ?3",
                    params![number, line, channel],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(id) = known {
                return Ok(id);
            }
            let id = next_number(connection)?;
            connection.execute(
                "INSERT INTO ring (id, number, line, channel, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, number, line, channel, now.timestamp()],
            )?;
            Ok(id)
        })
    }

    /// Whoever rang has given up: the call that the telephone system names; where it names none, or none that rings, every
    /// ring of that number in any notation, and of those without a number the one that rings longest. Gives whether
    /// anything rang.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn ring_over(
        &mut self,
        ringing: Ringing<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let rings = self.rings(now)?.into_iter();
        let rings: Vec<Ring> = rings
            .filter(|ring| ringing.line.is_none() || ring.line.as_deref() == ringing.line)
            .collect();
        let own = |ring: &&Ring| ring.channel.as_deref() == ringing.channel;
        // One that is named ends no ring of another name.
        let same = |ring: &&Ring| {
            let unnamed = ringing.channel.is_none() || ring.channel.is_none();
            unnamed && is_same(&ring.number, ringing.number)
        };
        let named: Vec<i64> = match ringing.channel {
            Some(_) => rings.iter().filter(own).map(|ring| ring.id).collect(),
            None => Vec::new(),
        };
        let over: Vec<i64> = match (named.is_empty(), ringing.number.is_empty()) {
            (false, _) => named,
            (true, true) => rings
                .iter()
                .find(same)
                .map(|ring| ring.id)
                .into_iter()
                .collect(),
            (true, false) => rings.iter().filter(same).map(|ring| ring.id).collect(),
        };
        self.whole(|connection| {
            let mut rang = false;
            for id in &over {
                rang |= connection.execute("DELETE FROM ring WHERE id = ?1", [id])? > 0;
            }
            Ok(rang)
        })
    }

    /// What rings now, the longest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rings(&self, now: DateTime<Utc>) -> Result<Vec<Ring>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, number, line, channel, at FROM ring WHERE at > ?1 ORDER BY id",
        )?;
        let mut rows = statement.query([(now - Ring::LONGEST).timestamp()])?;
        let mut rings = Vec::new();
        while let Some(row) = rows.next()? {
            rings.push(Ring {
                id: row.get(0)?,
                number: row.get(1)?,
                line: row.get(2)?,
                channel: row.get(3)?,
                at: instant(row.get(4)?),
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
