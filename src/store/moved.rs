//! The due instants that closures gave to clocks. Each lies beside the desk's entry that caused it, and is shown on its
//! incident's timeline by reference; what it did is part of the incident's state without being a step of it.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde_json::Value;

use super::closures::{Facts, REMOVED};
use super::timeline::instant;
use super::{Batch, Context, Desk, StoreError, incidents};
use crate::incident::{
    ClockKind, ClosureId, Event, Moved, Reach, Recorded, Refusal, Step, TechRef, recount,
};

impl Desk {
    /// The clocks that the newest entry about a closure moved: its adding, or its removal; by incident.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn moved_by(&self, id: ClosureId) -> Result<Vec<Moved>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT m.incident, m.clock, m.due_before, m.due_at, m.left FROM moved m
             WHERE m.seq = (SELECT coalesce(removed, seq) FROM closure WHERE id = ?1) ORDER BY m.incident, m.clock",
        )?;
        let mut rows = statement.query([id.0])?;
        let mut moved = Vec::new();
        while let Some(row) = rows.next()? {
            moved.push(Moved {
                number: TechRef::new(row.get(0)?),
                clock: clock_named(row.get(1)?)?,
                due_before: instant(row.get(2)?),
                due_at: instant(row.get(3)?),
                left: row.get(4)?,
            });
        }
        Ok(moved)
    }
}

impl Batch<'_> {
    /// Gives every clock that has not stopped the due instant that it has by the hours as they are since the entry
    /// `seq` about `closure`. One incident after the other is read, changed and written, so that a desk of any size fits.
    pub(super) fn recount(
        &mut self,
        closure: ClosureId,
        seq: i64,
        reach: &Reach,
        context: &Context,
    ) -> Result<(), StoreError> {
        self.settle()?;
        for number in self.in_queue(reach)? {
            self.write_silence_down(number, context)?;
            self.recount_one(closure, seq, number, context.now)?;
        }
        Ok(())
    }

    /// A silence that has run out has ended the clocks by the hours as they were.
    fn write_silence_down(&mut self, number: TechRef, context: &Context) -> Result<(), StoreError> {
        let silent = incidents::load(&self.desk.connection, number)?.silence_ends();
        if silent.is_some_and(|at| at <= context.now) {
            let mut tick = Some(Step::Tick);
            self.follow(number, &context.by_itself(), |_| tick.take())?;
            self.settle()?;
        }
        Ok(())
    }

    fn recount_one(
        &self,
        closure: ClosureId,
        seq: i64,
        number: TechRef,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut incident = incidents::load(&self.desk.connection, number)?;
        let ruling = self
            .desk
            .ruling_of(&incident.policy, incident.policy_version)?;
        let moved = recount(&incident, &ruling.deadlines).map_err(|error| {
            Refusal::rule(format!("{number} would have no due instant: {error}"))
        })?;
        if moved.is_empty() {
            return Ok(());
        }
        let connection = &self.desk.connection;
        let mut insert = connection.prepare_cached(
            "INSERT INTO moved (incident, seq, clock, due_before, due_at, left) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for found in moved {
            insert.execute(params![
                number.sequence(),
                seq,
                found.clock.word(),
                found.due_before.timestamp(),
                found.due_at.timestamp(),
                found.left,
            ])?;
            incident.apply(&Recorded {
                at: now,
                recorded_at: now,
                agent: String::new(),
                event: Event::ClockMoved {
                    clock: found.clock,
                    due_at: found.due_at,
                    why: String::new(),
                    left: found.left,
                    closure: Some(closure),
                },
            });
        }
        incidents::save(connection, &incident)
    }

    /// The incidents with something left to do that a closure may concern.
    fn in_queue(&self, reach: &Reach) -> Result<Vec<TechRef>, StoreError> {
        let mut statement = self.desk.connection.prepare_cached(
            "SELECT number FROM incident WHERE queue_key IS NOT NULL
             AND (?1 IS NULL OR policy = ?1) AND (?2 IS NULL OR office = ?2) ORDER BY number",
        )?;
        let numbers = statement.query_map(params![reach.policy(), reach.office()], |row| {
            row.get(0).map(TechRef::new)
        })?;
        Ok(numbers.collect::<Result<_, _>>()?)
    }
}

/// The entry by which an incident's timeline shows what the desk's entry `event` of this `kind` did to a clock.
pub(super) fn shown(
    kind: &str,
    event: Value,
    clock: String,
    due_at: DateTime<Utc>,
    left: Option<i64>,
) -> Result<Event, StoreError> {
    let facts: Facts = serde_json::from_value(event)?;
    let again = if kind == REMOVED { " was removed" } else { "" };
    Ok(Event::ClockMoved {
        clock: clock_named(clock)?,
        due_at,
        why: facts.name() + again,
        left,
        closure: Some(facts.closure),
    })
}

fn clock_named(word: String) -> Result<ClockKind, StoreError> {
    Ok(serde_json::from_value(Value::String(word))?)
}
