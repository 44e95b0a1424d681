//! A step of an incident: taking it, and saying where the incident stands after it.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Failure, Session};
use crate::incident::entitled::{instead_in_words, used_up_in_words};
use crate::incident::{
    ClockKind, Command, Event, Recorded, Refusal, Remaining, State, Step, TechRef, describe,
    owed_today, unwritten_in_words,
};
use crate::store::{Batch, Context, Done, StoreError};

/// Takes a step of the incident whose number was typed, and prints where it stands after it.
pub(super) fn take(session: &Session, typed: &str, step: Step) -> Result<(), Failure> {
    let number = session.number(typed)?;
    let context = session.context()?;
    let standing = session.batch(|batch| {
        let number = stepped(batch, number, step, &context)?;
        Standing::read(batch, number, session)
    })?;
    session.answer(&standing, &standing)?;
    standing.said_of(number, session);
    Ok(())
}

/// Takes a step within a transaction, and gives the number it was taken on: with `--once`, that of the first answer.
pub(super) fn stepped(
    batch: &mut Batch<'_>,
    number: TechRef,
    step: Step,
    context: &Context,
) -> Result<TechRef, StoreError> {
    carried(batch, &Command::Step(number, step), context)
}

/// Carries out any command about one incident within a transaction, and gives its number, as [`stepped`].
pub(super) fn carried(
    batch: &mut Batch<'_>,
    command: &Command,
    context: &Context,
) -> Result<TechRef, StoreError> {
    match batch.execute(command, context)? {
        Done::Stepped(number) => Ok(number),
        _ => Err(other_command().into()),
    }
}

/// What to say where a key of `--once` repeats the answer to another kind of command.
pub(super) fn other_command() -> Refusal {
    Refusal::rule("--once: that key was used for another command: give a new one")
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
    /// What the step gave back in money.
    #[serde(skip_serializing_if = "Option::is_none")]
    refunded: Option<String>,
    /// What is left of every clock that has not stopped, and what is owed, in words.
    #[serde(skip)]
    words: Vec<String>,
    /// The messages that the step wrote, in words.
    #[serde(skip)]
    written: Vec<String>,
}

impl Standing {
    /// Says so where what was typed about `number` was recorded on the incident that it was merged into, and to whoever
    /// listens which message the step wrote.
    pub(super) fn said_of(&self, number: TechRef, session: &Session) {
        let into = self.tech_ref;
        if into != number {
            session.note(format_args!(
                "{number} was merged into {into}: recorded there"
            ));
        }
        let written = self.written.iter().filter(|_| session.is_plain());
        written.for_each(|words| session.note(words));
    }

    /// Reads where an incident stands within a transaction.
    pub(super) fn read(
        batch: &Batch<'_>,
        number: TechRef,
        session: &Session,
    ) -> Result<Self, StoreError> {
        let desk = batch.desk();
        let now = session.now();
        let dossier = desk.dossier(number, now)?;
        let unwritten = dossier.last_step().filter_map(unwritten);
        let instead = dossier
            .last_step()
            .filter_map(|entry| instead_in_words(&entry.event));
        let refunded = dossier.last_step().find_map(|entry| match &entry.event {
            Event::Refunded { amount, .. } => Some(amount.to_string()),
            _ => None,
        });
        let back = refunded.as_ref().map(|back| format!("{back} given back"));
        let with_money = refunded.is_some();
        let returned = dossier
            .last_step()
            .filter_map(|entry| returned(entry, with_money));
        let written = dossier.last_step().filter_map(written).collect();
        let (incident, ruling) = (&dossier.incident, &dossier.ruling);
        let office = incident.office.as_deref();
        let zone = session.zone_of(ruling, office);
        let calendar = ruling.deadlines.calendar(office).ok().flatten();
        let clocks = incident.clocks.iter().filter_map(|clock| {
            let left = Remaining::of(clock, calendar, now)?.in_words(now, zone);
            Some(format!("{}: {left}", clock.kind.word()))
        });
        let newest = desk.ruling(Some(&incident.policy))?;
        let owed = owed_today(incident, &newest.policy).map(|owed| format!("{owed} owed"));
        let used_up = incident
            .used_up
            .filter(|_| incident.state == State::AwaitingPayment)
            .map(used_up_in_words);
        let advice = match incident.state {
            State::ClosedUnresolved => Some("if the matter goes on, reopen it".to_owned()),
            State::Declined | State::Void => {
                Some("if the matter goes on, log a new incident".to_owned())
            }
            _ => None,
        };
        let next = incident.next_clock();
        Ok(Self {
            tech_ref: incident.tech_ref,
            state: incident.state,
            revision: incident.revision,
            next_clock: next.map(|clock| clock.kind),
            next_due_at: next.map(|clock| clock.due_at),
            refunded,
            words: owed
                .into_iter()
                .chain(back)
                .chain(returned)
                .chain(used_up)
                .chain(instead)
                .chain(clocks)
                .chain(advice)
                .chain(unwritten)
                .collect(),
            written,
        })
    }
}

/// What the step gave back to the customer's balance: a unit whose money was given back is not there again.
fn returned(entry: &Recorded, with_money: bool) -> Option<String> {
    match &entry.event {
        Event::CoverReleased | Event::CoverRefunded { .. } if !with_money => {
            Some("what was taken goes back to where it came from".to_owned())
        }
        Event::TimeGivenBack { .. } => Some(describe(&entry.event)),
        _ => None,
    }
}

/// What the step wrote.
fn written(entry: &Recorded) -> Option<String> {
    match &entry.event {
        Event::MessageQueued(message) => Some(format!(
            "a message to {} waits in the outbox",
            message.wording.to
        )),
        _ => None,
    }
}

/// What the step was to write, and could not.
fn unwritten(entry: &Recorded) -> Option<String> {
    match entry.event {
        Event::MessageUnwritten { occasion } => Some(unwritten_in_words(occasion)),
        _ => None,
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.tech_ref, self.state.word())?;
        self.words
            .iter()
            .try_for_each(|words| write!(f, "; {words}"))
    }
}
