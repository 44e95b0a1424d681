//! A step of an incident: taking it, and saying where the incident stands after it.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::{Failure, Session};
use crate::incident::{ClockKind, ClockState, Command, Incident, State, Step, TechRef};
use crate::policy::Money;
use crate::store::{Batch, Context, Done, StoreError};

/// Takes a step of the incident whose number was typed, and prints where it stands after it.
pub(super) fn take(session: &Session, typed: &str, step: Step) -> Result<(), Failure> {
    let number = session.number(typed)?;
    let context = session.context()?;
    let standing = session.batch(|batch| {
        let number = stepped(batch, number, step, &context)?;
        Standing::read(batch, number, session)
    })?;
    session.answer(&standing, &standing)
}

/// Takes a step within a transaction, and gives the number it was taken on: with `--once`, that of the first answer.
pub(super) fn stepped(
    batch: &mut Batch<'_>,
    number: TechRef,
    step: Step,
    context: &Context,
) -> Result<TechRef, StoreError> {
    Ok(
        match batch.execute(&Command::Step(number, step), context)? {
            Done::Stepped(number) | Done::Logged(number) => number,
            _ => number,
        },
    )
}

/// Where an incident stands, in a line or in JSON.
#[derive(Debug, Serialize)]
pub(super) struct Standing {
    /// Its number.
    pub(super) tech_ref: TechRef,
    state: State,
    revision: u32,
    /// The clock that is due next.
    next_clock: Option<ClockKind>,
    /// When.
    pub(super) next_due_at: Option<DateTime<Utc>>,
    #[serde(skip)]
    missed: bool,
    #[serde(skip)]
    paused: Option<i64>,
    #[serde(skip)]
    owed: Option<Money>,
    #[serde(skip)]
    zone: Tz,
}

impl Standing {
    /// Reads where an incident stands within a transaction.
    pub(super) fn read(
        batch: &Batch<'_>,
        number: TechRef,
        session: &Session,
    ) -> Result<Self, StoreError> {
        let (incident, _) = batch.desk().incident(number, session.now())?;
        Ok(Self::of(&incident, session.now(), session.zone()))
    }

    fn of(incident: &Incident, now: DateTime<Utc>, zone: Tz) -> Self {
        let next = incident.next_clock();
        let paused = incident
            .clocks
            .iter()
            .filter(|clock| clock.stopped.is_none())
            .find_map(|clock| clock.paused);
        let owed = incident.charge.map(|charge| Money {
            minor: charge.owed(),
            currency: charge.price.currency,
        });
        Self {
            tech_ref: incident.tech_ref,
            state: incident.state,
            revision: incident.revision,
            next_clock: next.map(|clock| clock.kind),
            next_due_at: next.map(|clock| clock.due_at),
            missed: next.is_some_and(|clock| clock.state(now) == ClockState::Missed),
            paused: paused.map(|pause| pause.left),
            owed: owed.filter(|owed| owed.minor > 0 && incident.state.is_open()),
            zone,
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.tech_ref, self.state.word())?;
        if let Some(owed) = self.owed {
            write!(f, ", {owed} owed")?;
        }
        if let (Some(kind), Some(due_at)) = (self.next_clock, self.next_due_at) {
            let (kind, due) = (kind.word(), local(due_at, self.zone));
            let verb = if self.missed { "missed since" } else { "due" };
            write!(f, ", {kind} {verb} {due}")?;
        }
        if let Some(left) = self.paused {
            write!(f, ", resolution paused with {} left", length(left))?;
        }
        match self.state {
            State::ClosedUnresolved => f.write_str(" (the matter goes on: reopen it)"),
            State::Declined | State::Merged | State::Void => {
                f.write_str(" (the matter goes on: log a new incident)")
            }
            _ => Ok(()),
        }
    }
}

/// An instant as somebody in `zone` reads it.
pub(super) fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone)
        .format("%a %Y-%m-%d %H:%M %Z")
        .to_string()
}

/// A length of time in hours and minutes, with its sign.
fn length(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let minutes = seconds.abs() / 60;
    format!("{sign}{} h {:02} min", minutes / 60, minutes % 60)
}
