//! Closures and extra openings: one entry of the desk's each, and the due instants that follow from it (P1-07).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::timeline::{self, Subject, instant};
use super::{Batch, Context, Desk, StoreError};
use crate::calendar::{Exception, ExceptionKind};
use crate::incident::{
    Closure, ClosureId, NewClosure, Reach, Refusal, closure_name, decide_closure, removable,
};

/// What the timeline keeps of a closure, when it is added and when it is taken back.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ClosureEvent {
    ClosureAdded(Facts),
    ClosureRemoved(Facts),
}

#[derive(Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) closure: ClosureId,
    does: ExceptionKind,
    policy: Option<String>,
    office: Option<String>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    reason: String,
}

impl Facts {
    /// What it is, in the words of [`Closure::name`].
    pub(super) fn name(&self) -> String {
        closure_name(self.closure, self.does, &self.reason)
    }
}

/// The kind of the entry that takes one back.
pub(super) const REMOVED: &str = "closure-removed";

const CLOSURE: &str = "SELECT c.id, c.opening, c.policy, c.office, c.from_at, c.to_at, c.reason, t.recorded_at, \
     r.recorded_at FROM closure c JOIN timeline t ON t.seq = c.seq LEFT JOIN timeline r ON r.seq = c.removed";

impl Desk {
    /// Every closure and extra opening there ever was, by its beginning.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn closures(&self) -> Result<Vec<Closure>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{CLOSURE} ORDER BY c.from_at, c.id"))?;
        let closures = statement.query_map([], closure)?;
        Ok(closures.collect::<Result<_, _>>()?)
    }

    /// A closure or extra opening.
    ///
    /// # Errors
    /// When there is none of that number.
    pub fn closure(&self, id: ClosureId) -> Result<Closure, StoreError> {
        let found = self
            .connection
            .prepare_cached(&format!("{CLOSURE} WHERE c.id = ?1"))?
            .query_row([id.0], closure)
            .optional()?;
        found.ok_or_else(|| {
            let known = self.closures().unwrap_or_default();
            let known: Vec<String> = known.iter().map(|known| known.id.to_string()).collect();
            let id = id.to_string();
            Refusal::unknown("closure", &id, known.iter().map(String::as_str)).into()
        })
    }

    /// A number that changes with every closure that is added or taken back; 0 before the first.
    pub(super) fn hours_version(&self) -> Result<i64, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT coalesce(max(coalesce(removed, seq)), 0) FROM closure")?
            .query_row([], |row| row.get(0))?)
    }
}

impl Batch<'_> {
    /// Adds a closure or an extra opening, and counts every clock anew that depends on those hours.
    pub(super) fn add_closure(
        &mut self,
        new: &NewClosure,
        context: &Context,
    ) -> Result<ClosureId, StoreError> {
        let desk = self.desk;
        // Where it cannot be announced, others only do not see why they wait.
        let _others_see = desk
            .announce(&context.agent, "moving deadlines by a closure")
            .ok();
        self.new_rules = true;
        let rulings = desk.rulings()?;
        let policies: Vec<_> = rulings.iter().map(|ruling| &*ruling.policy).collect();
        let exception = decide_closure(new, &policies)?;
        let id = ClosureId(desk.connection.query_row(
            "SELECT coalesce(max(id), 0) + 1 FROM closure",
            [],
            |row| row.get(0),
        )?);
        let seq = self.by_agent(context, |connection, stamp, at| {
            let event = ClosureEvent::ClosureAdded(facts(id, &new.reach, &exception));
            let seq = timeline::append(connection, Subject::default(), stamp, at, &event)?;
            connection.execute(
                "INSERT INTO closure (id, seq, opening, policy, office, from_at, to_at, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    id.0,
                    seq,
                    exception.kind == ExceptionKind::Open,
                    new.reach.policy(),
                    new.reach.office(),
                    exception.from.timestamp(),
                    exception.to.timestamp(),
                    exception.reason,
                ],
            )?;
            Ok(seq)
        })?;
        self.recount(id, seq, &new.reach, context)?;
        Ok(id)
    }

    /// Takes a closure or an extra opening back; the clocks that it moved move again.
    pub(super) fn remove_closure(
        &mut self,
        id: ClosureId,
        context: &Context,
    ) -> Result<(), StoreError> {
        let known = self.desk.closure(id)?;
        removable(&known)?;
        self.new_rules = true;
        let seq = self.by_agent(context, |connection, stamp, at| {
            let event = ClosureEvent::ClosureRemoved(facts(id, &known.reach, &known.exception));
            let seq = timeline::append(connection, Subject::default(), stamp, at, &event)?;
            connection.execute(
                "UPDATE closure SET removed = ?2 WHERE id = ?1",
                params![id.0, seq],
            )?;
            Ok(seq)
        })?;
        self.recount(id, seq, &known.reach, context)
    }
}

fn facts(id: ClosureId, reach: &Reach, exception: &Exception) -> Facts {
    Facts {
        closure: id,
        does: exception.kind,
        policy: reach.policy().map(str::to_owned),
        office: reach.office().map(str::to_owned),
        from: exception.from,
        until: exception.to,
        reason: exception.reason.clone(),
    }
}

fn closure(row: &Row<'_>) -> rusqlite::Result<Closure> {
    let (policy, office): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
    let kind = if row.get(1)? {
        ExceptionKind::Open
    } else {
        ExceptionKind::Closed
    };
    Ok(Closure {
        id: ClosureId(row.get(0)?),
        reach: match (policy, office) {
            (Some(policy), _) => Reach::Policy(policy),
            (None, Some(office)) => Reach::Office(office),
            (None, None) => Reach::All,
        },
        exception: Exception {
            from: instant(row.get(4)?),
            to: instant(row.get(5)?),
            reason: row.get(6)?,
            kind,
        },
        added_at: instant(row.get(7)?),
        removed_at: row.get::<_, Option<i64>>(8)?.map(instant),
    })
}
