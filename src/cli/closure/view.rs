//! What a closure did, in words and as JSON.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use crate::calendar::{Calendar, ExceptionKind};
use crate::cli::session::other_answer;
use crate::cli::{Failure, Session};
use crate::incident::{ClockKind, Closure, ClosureId, Command, Moved, Reach, TechRef};
use crate::store::{Batch, Desk, Done, StoreError};
use crate::when::{shown, shown_in_both};

/// How many moved deadlines are told one by one.
const TOLD: usize = 20;

/// Whether a change is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It is on the desk.
    Made,
    /// It was only tried.
    Rehearsed,
}

/// A closure as JSON.
#[derive(Serialize)]
pub(super) struct ClosureView {
    id: ClosureId,
    opening: bool,
    policy: Option<String>,
    office: Option<String>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    reason: String,
    added_at: DateTime<Utc>,
    removed: bool,
}

impl ClosureView {
    pub(super) fn of(closure: &Closure) -> Self {
        let (policy, office) = match &closure.reach {
            Reach::All => (None, None),
            Reach::Policy(name) => (Some(name.clone()), None),
            Reach::Office(name) => (None, Some(name.clone())),
        };
        Self {
            id: closure.id,
            opening: closure.exception.kind == ExceptionKind::Open,
            policy,
            office,
            from: closure.exception.from,
            to: closure.exception.to,
            reason: closure.exception.reason.clone(),
            added_at: closure.added_at,
            removed: closure.removed_at.is_some(),
        }
    }

    /// What it does to the hours, in a word or two.
    pub(super) fn what(&self) -> &'static str {
        match (self.removed, self.opening) {
            (true, _) => "removed",
            (false, true) => "open",
            (false, false) => "closed",
        }
    }
}

/// A deadline that moved.
#[derive(Serialize)]
struct MovedView {
    tech_ref: TechRef,
    clock: ClockKind,
    due_before: DateTime<Utc>,
    /// Absent while the clock is paused: it has none then.
    due_at: Option<DateTime<Utc>>,
    /// Seconds that are left, where it is paused.
    left_seconds: Option<i64>,
    /// It lies in the past now.
    missed: bool,
}

/// What a change of the hours did.
#[derive(Serialize)]
struct Outcome {
    #[serde(flatten)]
    closure: ClosureView,
    dry_run: bool,
    moved: Vec<MovedView>,
}

/// Carries out a command about a closure, or only tries it, and tells what moved.
pub(super) fn carry_out(
    session: &Session,
    command: &Command,
    change: Change,
) -> Result<(), Failure> {
    let context = session.context()?;
    let work = |batch: &mut Batch<'_>| {
        let Done::Closure(id) = batch.execute(command, &context)? else {
            return Ok(None);
        };
        let desk = batch.desk();
        let closure = desk.closure(id)?;
        let zone = clock(session, desk, &closure.reach)?;
        Ok::<_, StoreError>(Some((closure, desk.moved_by(id)?, zone)))
    };
    let done = match change {
        Change::Made => session.batch(work)?,
        Change::Rehearsed => session.rehearse(work)?,
    };
    let (closure, moved, zone) = done.ok_or_else(other_answer)?;
    let outcome = Outcome {
        closure: ClosureView::of(&closure),
        dry_run: change == Change::Rehearsed,
        moved: moved
            .iter()
            .map(|moved| MovedView::of(moved, session.now()))
            .collect(),
    };
    let text = outcome.text(&closure, &moved, zone, session);
    session.answer(&outcome, text)
}

impl MovedView {
    fn of(moved: &Moved, now: DateTime<Utc>) -> Self {
        Self {
            tech_ref: moved.number,
            clock: moved.clock,
            due_before: moved.due_before,
            due_at: moved.left.is_none().then_some(moved.due_at),
            left_seconds: moved.left,
            missed: moved.is_missed(now),
        }
    }
}

impl Outcome {
    fn text(&self, closure: &Closure, moved: &[Moved], clock: Tz, session: &Session) -> String {
        let (zone, now) = (session.zone(), session.now());
        let both = |at| shown_in_both(at, clock, zone);
        let (from, to) = (both(closure.exception.from), both(closure.exception.to));
        let did = match (self.dry_run, closure.removed_at.is_some()) {
            (true, true) => "Would remove",
            (true, false) => "Would add",
            (false, true) => "Removed",
            (false, false) => "Added",
        };
        let missed = self.moved.iter().filter(|moved| moved.missed).count();
        let moves = match (self.moved.len(), self.dry_run) {
            (0, true) => "no deadline would move".to_owned(),
            (0, false) => "no deadline moved".to_owned(),
            (n, true) => format!("{n} {} would move", deadlines(n)),
            (n, false) => format!("{n} {} moved", deadlines(n)),
        };
        let mut text = format!(
            "{did} {}: {}, {from} to {to}; {moves}",
            closure.name(),
            closure.reach,
        );
        if missed > 0 {
            text.push_str(&format!(", {missed} into the past"));
        }
        for moved in moved.iter().take(TOLD) {
            text.push_str(&format!("\n  {}", moved.in_words(zone, now)));
        }
        if self.moved.len() > TOLD {
            let more = self.moved.len() - TOLD;
            text.push_str(&format!("\n  and {more} more: --json lists all"));
        }
        text
    }
}

/// The clock on which the instants of these hours are read.
pub(super) fn clock(session: &Session, desk: &Desk, reach: &Reach) -> Result<Tz, StoreError> {
    let rulings = desk.rulings()?;
    let offices = rulings.iter().flat_map(|ruling| {
        let policy = &ruling.policy;
        let names = policy
            .offices
            .iter()
            .map(|office| Some(office.name.as_str()));
        let none = policy.offices.is_empty().then_some(None);
        names.chain(none).map(|office| {
            let calendar = ruling.deadlines.calendar(office).ok().flatten();
            (policy.name.as_str(), office, calendar.map(Calendar::zone))
        })
    });
    let clocks = reach.clocks(offices, session.zone());
    Ok(clocks.first().copied().unwrap_or(session.zone()))
}

/// From when to when a closure is, for people in `zone`.
pub(super) fn span(closure: &Closure, zone: Tz) -> String {
    let exception = &closure.exception;
    format!(
        "{} to {}",
        shown(exception.from, zone),
        shown(exception.to, zone)
    )
}

fn deadlines(count: usize) -> &'static str {
    if count == 1 { "deadline" } else { "deadlines" }
}
