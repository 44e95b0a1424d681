//! What a step would do to the deadlines of its incident, before it is taken (`clocks.md`, trap 12).

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::step::{carried, take};
use super::{Failure, Session};
use crate::incident::{
    Clock, ClockKind, ClockState, Command, Event, State, Step, TechRef, describe,
};

/// Whether a step is only tried.
#[derive(Debug, clap::Args)]
pub(super) struct Preview {
    /// Changes nothing, and says which deadlines would move, from when to when.
    #[arg(long)]
    dry_run: bool,
}

impl Preview {
    /// Whether it is.
    pub(super) fn only(&self) -> bool {
        self.dry_run
    }

    /// Takes a step, or with --dry-run says what it would do.
    pub(super) fn take(&self, session: &Session, typed: &str, step: Step) -> Result<(), Failure> {
        if self.dry_run {
            let number = session.number(typed)?;
            rehearse(session, number, &Command::Step(number, step))
        } else {
            take(session, typed, step)
        }
    }
}

/// Says what a command would do to the deadlines of an incident, and where it may move more, what else.
pub(super) fn rehearse(
    session: &Session,
    number: TechRef,
    command: &Command,
) -> Result<(), Failure> {
    let foreseen = foresee(session, number, command)?;
    session.answer(&foreseen, &foreseen)
}

/// What a command would do to the deadlines of an incident.
pub(super) fn foresee(
    session: &Session,
    number: TechRef,
    command: &Command,
) -> Result<Foreseen, Failure> {
    let (context, now) = (session.context()?, session.now());
    session.rehearse(|batch| {
        let (before, _) = batch.desk().incident(number, now)?;
        let seen = batch.desk().timeline(number)?.len();
        let number = carried(batch, command, &context)?;
        let (after, _) = batch.desk().incident(number, now)?;
        let timeline = match command {
            Command::Edit(..) => batch.desk().timeline(number)?,
            _ => Vec::new(),
        };
        let entries = timeline.iter().skip(seen).map(|entry| &entry.event);
        let entries = entries.filter(|event| !is_of_a_clock(event));
        let ruling = batch
            .desk()
            .ruling_of(&after.policy, after.policy_version)?;
        // A clock keeps its place in the list.
        let clocks = after.clocks.iter().enumerate().map(|(place, clock)| {
            let before = before.clocks.get(place);
            Change {
                kind: clock.kind,
                before: before.map(|clock| At::of(clock, now)),
                after: At::of(clock, now),
            }
        });
        Ok(Foreseen {
            dry_run: true,
            tech_ref: number,
            state_before: before.state,
            state: after.state,
            recorded: entries.map(describe).collect(),
            clocks: clocks.filter(Change::changes).collect(),
            zone: session.zone_of(&ruling, after.office.as_deref()),
            session: session.clone(),
        })
    })
}

/// Whether an entry tells of a deadline, which is said in another way.
fn is_of_a_clock(event: &Event) -> bool {
    matches!(
        event,
        Event::ClockStarted { .. } | Event::ClockMoved { .. } | Event::ClockStopped { .. }
    )
}

/// What a step would do.
#[derive(Serialize)]
pub(super) struct Foreseen {
    dry_run: bool,
    tech_ref: TechRef,
    state_before: State,
    state: State,
    /// What else would be recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recorded: Vec<String>,
    /// The clocks that would change, in the order of their starts.
    clocks: Vec<Change>,
    #[serde(skip)]
    zone: Tz,
    #[serde(skip)]
    session: Session,
}

#[derive(Serialize)]
struct Change {
    kind: ClockKind,
    /// None for one that would be started.
    before: Option<At>,
    after: At,
}

/// How a clock stands.
#[derive(PartialEq, Eq, Serialize)]
struct At {
    state: ClockState,
    /// None while it is paused.
    due_at: Option<DateTime<Utc>>,
}

impl At {
    fn of(clock: &Clock, now: DateTime<Utc>) -> Self {
        Self {
            state: clock.state(now),
            due_at: clock.paused.is_none().then_some(clock.due_at),
        }
    }

    fn in_words(&self, told: &dyn Fn(DateTime<Utc>) -> String) -> String {
        match (self.state, self.due_at) {
            (ClockState::Running, Some(due)) => format!("due {}", told(due)),
            (ClockState::Missed, Some(due)) => format!("missed, due {}", told(due)),
            (state, _) => state.word().to_owned(),
        }
    }
}

impl Change {
    fn changes(&self) -> bool {
        self.before.as_ref() != Some(&self.after)
    }

    fn in_words(&self, told: &dyn Fn(DateTime<Utc>) -> String) -> String {
        let before = self.before.as_ref().map(|at| at.in_words(told));
        let before = before.unwrap_or_else(|| "not started".to_owned());
        let after = self.after.in_words(told);
        format!("{}: {before} -> {after}", self.kind.word())
    }
}

impl Foreseen {
    /// From when to when each deadline that runs already would move, and what would be paused or go on.
    pub(super) fn moved(&self) -> Vec<String> {
        let moves = |change: &&Change| {
            let before = change.before.as_ref().map(|before| before.due_at);
            let running = matches!(change.after.state, ClockState::Running | ClockState::Missed);
            before.is_some_and(|before| before != change.after.due_at)
                && (running || change.after.due_at.is_none())
        };
        let moved = self.clocks.iter().filter(moves);
        moved.map(|change| self.in_words(change)).collect()
    }

    fn in_words(&self, change: &Change) -> String {
        change.in_words(&|at| self.session.told(at, self.zone))
    }
}

impl fmt::Display for Foreseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, state) = (self.tech_ref, self.state.word());
        write!(f, "Nothing was changed. {number} would be {state}")?;
        if self.clocks.is_empty() {
            f.write_str("; no deadline would move")?;
        }
        for entry in &self.recorded {
            write!(f, "\n{entry}")?;
        }
        for change in &self.clocks {
            write!(f, "\n{}", self.in_words(change))?;
        }
        Ok(())
    }
}
