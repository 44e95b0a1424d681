//! The calls of a shift: those that are arranged, those to be tried again, those that were made today.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use serde::Deserialize;

use super::timeline::instant;
use super::undo::stands;
use super::{Desk, StoreError};
use crate::incident::{ClockKind, LooseReason, TechRef, Way};

/// How many of the newest arrangements and attempts are looked at.
const LOOKED_AT: i64 = 500;
/// How many of the newest entries are looked at for today's calls.
const ENTRIES: i64 = 20_000;
/// After so many entries in a row of earlier days there are none of today: clocks of several programs may differ.
const OLDER: usize = 200;

/// A call that was made, or that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftCall {
    /// What it is.
    pub what: CallKind,
    /// When it is due, or was.
    pub at: DateTime<Utc>,
    /// Who made it, or who works on its incident.
    pub agent: Option<String>,
    /// The incident, if there is one.
    pub number: Option<TechRef>,
    /// The customer's name, if it is known.
    pub customer: Option<String>,
    /// What it was about.
    pub about: String,
    /// Its length in seconds; 0 for one that is to be made.
    pub seconds: i64,
}

/// What a call of the shift is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// Arranged for an instant.
    Appointment,
    /// To be tried again: nobody was reached.
    Callback,
    /// Today, from the customer.
    In,
    /// Today, to the customer.
    Out,
    /// Today, and nobody was reached.
    Attempt,
    /// Today, without an incident.
    Loose(LooseReason),
}

/// The facts of an entry that tell of a call.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Facts {
    way: Option<Way>,
    channel: Option<String>,
    seconds: i64,
    call_seconds: i64,
    cause: Option<LooseReason>,
}

impl Facts {
    /// The call that an entry of this kind tells of, and its length.
    fn call(&self, kind: &str) -> Option<(CallKind, i64)> {
        let by_phone = self.channel.as_deref() == Some("phone");
        Some(match (kind, self.way, self.cause) {
            ("contacted", Some(way), _) if by_phone => {
                let what = match way {
                    Way::In => CallKind::In,
                    Way::Out => CallKind::Out,
                    Way::Attempt => CallKind::Attempt,
                };
                (what, self.seconds)
            }
            ("opened", ..) if by_phone && self.call_seconds > 0 => {
                (CallKind::In, self.call_seconds)
            }
            ("call-ended", ..) => (CallKind::In, self.seconds),
            ("no-incident", _, Some(cause)) => (CallKind::Loose(cause), self.seconds),
            _ => return None,
        })
    }
}

impl Desk {
    /// The calls of the shift that began at `from`: first what is arranged, the earliest first; then who is to be called
    /// back, the longest waiting first; then what was recorded of calls since, the newest call first, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shift(&self, from: DateTime<Utc>, limit: usize) -> Result<Vec<ShiftCall>, StoreError> {
        let mut calls = self.arranged()?;
        calls.extend(self.callbacks()?);
        calls.extend(self.called_since(from, limit)?);
        Ok(calls)
    }

    fn arranged(&self) -> Result<Vec<ShiftCall>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT json_extract(clock.value, '$.due_at'), i.assignee, i.number, c.name, i.summary
             FROM incident i JOIN customer c ON c.id = i.customer,
                  json_each(i.body, '$.clocks') AS clock
             WHERE i.queue_key IS NOT NULL AND json_extract(clock.value, '$.kind') = ?2
               AND json_extract(clock.value, '$.stopped') IS NULL
               AND i.number IN (SELECT incident FROM timeline
                    WHERE kind = 'clock-started' AND json_extract(facts, '$.clock') = 'appointment'
                    ORDER BY seq DESC LIMIT ?1)
             ORDER BY 1",
        )?;
        let mut rows = statement.query(params![LOOKED_AT, ClockKind::Appointment.word()])?;
        let mut calls = Vec::new();
        while let Some(row) = rows.next()? {
            let due: String = row.get(0)?;
            let due = due.parse().map_err(|_| {
                StoreError::Damaged(format!("\"{due}\" is no instant of an appointment"))
            })?;
            calls.push(to_be_made(row, CallKind::Appointment, due)?);
        }
        Ok(calls)
    }

    /// Whom to try again, the longest waiting first. What is arranged stands at its own instant, and not here as well.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn callbacks(&self) -> Result<Vec<ShiftCall>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT t.at, i.assignee, i.number, c.name, i.summary
             FROM timeline t JOIN incident i ON i.number = t.incident JOIN customer c ON c.id = i.customer
             WHERE t.seq IN (SELECT seq FROM timeline
                    WHERE kind = 'contacted' AND json_extract(facts, '$.way') = 'attempt'
                    ORDER BY seq DESC LIMIT ?1)
               AND i.queue_key IS NOT NULL AND {}
               AND NOT EXISTS (SELECT 1 FROM timeline later WHERE later.incident = t.incident AND later.seq > t.seq
                    AND later.kind IN ('contacted', 'call-ended', 'responded') AND {})
               AND NOT EXISTS (SELECT 1 FROM json_each(i.body, '$.clocks') AS clock
                    WHERE json_extract(clock.value, '$.kind') = ?2 AND json_extract(clock.value, '$.stopped') IS NULL)
             ORDER BY t.at, t.seq",
            stands("t"),
            stands("later"),
        ))?;
        let mut rows = statement.query(params![LOOKED_AT, ClockKind::Appointment.word()])?;
        let mut calls = Vec::new();
        while let Some(row) = rows.next()? {
            calls.push(to_be_made(row, CallKind::Callback, instant(row.get(0)?))?);
        }
        Ok(calls)
    }

    fn called_since(
        &self,
        from: DateTime<Utc>,
        limit: usize,
    ) -> Result<Vec<ShiftCall>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT t.recorded_at, t.agent, t.incident, c.name, i.summary, t.kind, t.facts,
                    json_extract(t.words, '$.text'), t.at,
                    t.kind IN ('contacted', 'opened', 'call-ended', 'no-incident') AND {}
             FROM timeline t LEFT JOIN incident i ON i.number = t.incident
                  LEFT JOIN customer c ON c.id = coalesce(i.customer, t.customer)
             ORDER BY t.seq DESC LIMIT ?1",
            stands("t"),
        ))?;
        let mut rows = statement.query([ENTRIES])?;
        let (mut calls, mut older) = (Vec::<ShiftCall>::new(), 0);
        // A call on an incident that was there before is recorded twice: where it goes on with it, and where it ends.
        let mut ended: Vec<(TechRef, String)> = Vec::new();
        while let Some(row) = rows.next()? {
            let recorded_at = instant(row.get(0)?);
            if calls.len() >= limit || older >= OLDER {
                break;
            }
            if recorded_at < from {
                older += 1;
                continue;
            }
            older = 0;
            // A call that was taken back, or recorded anew, is none.
            if !row.get::<_, bool>(9)? {
                continue;
            }
            let kind: String = row.get(5)?;
            let facts: Facts = serde_json::from_str(&row.get::<_, String>(6)?)?;
            let Some((what, seconds)) = facts.call(&kind) else {
                continue;
            };
            let (summary, said): (Option<String>, Option<String>) = (row.get(4)?, row.get(7)?);
            let number = row.get::<_, Option<u32>>(2)?.map(TechRef::new);
            let recorded: String = row.get(1)?;
            let agent = acting(&recorded);
            if let Some(whose) = number.zip(Some(agent.clone())) {
                match kind.as_str() {
                    "call-ended" => ended.push(whose),
                    "contacted" if what == CallKind::In && seconds == 0 => {
                        let end = ended.iter().position(|end| *end == whose);
                        if end.map(|end| ended.swap_remove(end)).is_some() {
                            continue;
                        }
                    }
                    _ => {}
                }
            }
            calls.push(ShiftCall {
                what,
                at: instant(row.get(8)?),
                agent: Some(agent),
                number,
                customer: row.get(3)?,
                about: said.or(summary).unwrap_or_default(),
                seconds,
            });
        }
        // What was written down later stands where the call was.
        calls.sort_by_key(|call| std::cmp::Reverse(call.at));
        Ok(calls)
    }
}

/// The agent who acted, of an entry that somebody may have made in another's name.
fn acting(recorded: &str) -> String {
    let name = recorded.rsplit_once(" as ");
    name.map_or(recorded, |(_, agent)| agent).to_owned()
}

fn to_be_made(row: &Row<'_>, what: CallKind, at: DateTime<Utc>) -> Result<ShiftCall, StoreError> {
    Ok(ShiftCall {
        what,
        at,
        agent: row.get(1)?,
        number: Some(TechRef::new(row.get(2)?)),
        customer: Some(row.get(3)?),
        about: row.get(4)?,
        seconds: 0,
    })
}
