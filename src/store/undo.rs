//! Taking the newest step of an incident back; and where its steps begin, which its timeline alone does not say.

use rusqlite::Connection;

use super::case::Case;
use super::context::Context;
use super::rows::{self, Into};
use super::{Batch, StoreError, edit, timeline};
use crate::incident::{
    CallKept, Past, Recorded, Step, TechRef, call_kept, decide_undo, merge_to_undo,
};

/// The condition that an entry of this name in a query still counts, as [`standing`](crate::incident::standing) says it.
pub(super) fn stands(entry: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM timeline undone
             WHERE undone.incident = {entry}.incident AND undone.seq > {entry}.seq AND undone.kind = 'undone'
             AND json_extract(undone.facts, '$.since') <=
                 (SELECT count(*) FROM timeline o WHERE o.incident = {entry}.incident AND o.seq < {entry}.seq))"
    )
}

impl Batch<'_> {
    /// Takes the newest step of an incident back.
    ///
    /// # Errors
    /// As [`Batch::follow`].
    pub(super) fn undo(&mut self, number: TechRef, context: &Context) -> Result<(), StoreError> {
        let kept = self.call_kept(number, context)?;
        self.undo_one(number, context)?;
        let Some(kept) = kept else {
            return Ok(());
        };
        // The call's end was the newest step; what ended the incident on it is meant, and the call stays.
        let then = context.unconditional();
        self.undo_one(number, &then)?;
        let then = Context {
            at: Some(kept.at),
            ..then
        };
        let mut end = Some(Step::CallEnded(kept.end));
        self.follow(number, &then, |_| end.take())
    }

    /// The call that stays while the step before its end is taken back.
    fn call_kept(
        &mut self,
        number: TechRef,
        context: &Context,
    ) -> Result<Option<CallKept>, StoreError> {
        let incident = self.unchanged(number, context)?;
        let (timeline, steps) = past(&self.desk.connection, number)?;
        let past = Past {
            timeline: &timeline,
            steps: &steps,
        };
        let case = Case::of(self.desk, incident.clone())?;
        let scene = self.scene(context)?;
        Ok(call_kept(&incident, past, scene.situation(&case)))
    }

    fn undo_one(&mut self, number: TechRef, context: &Context) -> Result<(), StoreError> {
        let incident = self.unchanged(number, context)?;
        let connection = &self.desk.connection;
        let (timeline, steps) = past(connection, number)?;
        let past = Past {
            timeline: &timeline,
            steps: &steps,
        };
        let mut case = Case::of(self.desk, incident.clone())?;
        case.may_also_take(edit::of_those_before(connection, &timeline)?);
        let scene = self.scene(context)?;
        if let Some(part) = merge_to_undo(&incident, past, scene.situation(&case))? {
            // What the agent has seen is the incident that was named.
            let context = Context {
                if_revision: None,
                ..context.clone()
            };
            self.unmerge(part, &context)?;
            return Ok(());
        }
        let decided = decide_undo(&incident, past, scene.situation(&case))?;
        self.enter(&scene, context)?;
        self.write(&scene, case, decided)
    }
}

/// The timeline of an incident, and of each of its steps how many of its own entries came before it.
pub(super) fn past(
    connection: &Connection,
    number: TechRef,
) -> Result<(Vec<Recorded>, Vec<u32>), StoreError> {
    let entries = timeline::placed_of_incident(connection, number)?;
    let mut steps = Vec::new();
    let (mut begun, mut own) = (begun(connection, number)?.into_iter().peekable(), 0);
    for (seq, entry) in &entries {
        if !entry.event.is_of_the_desk() {
            if begun.next_if_eq(seq).is_some() {
                steps.push(own);
            }
            own += 1;
        }
    }
    let timeline = entries.into_iter().map(|(_, entry)| entry).collect();
    Ok((timeline, steps))
}

/// Where the steps go.
static STEP: Into = Into::new("step (incident, seq)", 2, "");

/// Says that a step of an incident begins with the entry `seq`.
pub(super) fn begin(connection: &Connection, number: TechRef, seq: i64) -> Result<(), StoreError> {
    begin_all(connection, &[(number, seq)])
}

/// Says so of several.
pub(super) fn begin_all(
    connection: &Connection,
    steps: &[(TechRef, i64)],
) -> Result<(), StoreError> {
    rows::insert(connection, &STEP, steps, |row, (number, seq)| {
        row.put(number.sequence())?;
        row.put(seq)
    })
}

/// The entries with which the steps of an incident begin, oldest first.
fn begun(connection: &Connection, number: TechRef) -> Result<Vec<i64>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT seq FROM step WHERE incident = ?1 ORDER BY seq")?;
    let steps = statement.query_map([number.sequence()], |row| row.get(0))?;
    Ok(steps.collect::<Result<_, _>>()?)
}
