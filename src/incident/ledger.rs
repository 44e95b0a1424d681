//! The ledger behind a deadline: what started a clock, the rule, and every stretch of time that was counted.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::clock::{Clock, ClockKind};
use super::closure::{Closure, ClosureId};
use super::count::rule;
use super::event::{Event, Recorded};
use super::state::Incident;
use super::undo::standing;
use crate::calendar::{Calendar, ClosedDay, Counted, Exception, Span, Target, WhenClosed};
use crate::policy::{Deadlines, TermError};

/// How the due instant of one clock came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// The clock as it stands.
    pub clock: Clock,
    /// What happened that started it; none where it was started for itself, like an estimate.
    pub cause: Option<Event>,
    /// The rule that it follows; none for an instant that was promised.
    pub rule: Option<Target>,
    /// The time that was counted from its start to its due instant, without pauses: open time for a business clock,
    /// else all time.
    pub counted: Vec<Span>,
    /// The sum of that, in seconds.
    pub seconds: i64,
    /// Where elapsed time fell due while closed, so that the due instant moved to the next opening.
    pub moved_from: Option<DateTime<Utc>>,
    /// Pauses, oldest first.
    pub halts: Vec<Halt>,
    /// Other due instants it was given, oldest first.
    pub moves: Vec<Move>,
    /// Holidays and closures that were met and not counted.
    pub closed: Vec<ClosedDay>,
    /// When it was recorded that it stopped: from then on no change of the hours concerns it.
    frozen: Option<DateTime<Utc>>,
    /// The office in whose hours it ran.
    office: Option<String>,
    /// The due instant that it had last, as the entries are gone through.
    due_at: DateTime<Utc>,
    /// The closures and extra openings that moved it.
    moved_by: Vec<ClosureId>,
}

/// A time in which a clock stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halt {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; none while it lasts.
    pub to: Option<DateTime<Utc>>,
    /// Seconds that were left, in the clock's own kind of time.
    pub left: i64,
}

/// A change of a due instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// When it was changed.
    pub at: DateTime<Utc>,
    /// From which instant.
    pub from: DateTime<Utc>,
    /// To which instant.
    pub due_at: DateTime<Utc>,
    /// Why.
    pub why: String,
}

/// The ledgers of all clocks that an incident ever had, oldest first; `closures` is whatever has ever bent the hours. A
/// clock that has stopped is counted by the hours as they were then: a verdict is never rewritten.
///
/// # Errors
/// When the policy has no hours for the incident's office.
pub fn ledgers(
    incident: &Incident,
    timeline: &[Recorded],
    deadlines: &Deadlines,
    closures: &[Closure],
) -> Result<Vec<Ledger>, TermError> {
    let mut found: Vec<Ledger> = Vec::new();
    let mut clocks = incident.clocks.iter();
    let mut cause: Option<&Recorded> = None;
    let (mut severity, mut office) = (None, None);
    for entry in standing(timeline) {
        match &entry.event {
            Event::ClockStarted {
                clock: kind,
                due_at,
                ..
            } => {
                if let Some(clock) = clocks.next() {
                    let rule = rule(deadlines.policy(), *kind, severity);
                    let step = cause.filter(|cause| {
                        (cause.at, cause.recorded_at) == (entry.at, entry.recorded_at)
                    });
                    let cause = step.map(|cause| cause.event.clone());
                    found.push(Ledger::new(clock.clone(), *due_at, cause, rule));
                }
            }
            Event::ClockMoved {
                clock,
                due_at,
                why,
                closure,
                ..
            } => last(&mut found, *clock, |ledger| {
                ledger.moved_by.extend(*closure);
                ledger.rule = rule(deadlines.policy(), *clock, severity);
                ledger.moves.push(Move {
                    at: entry.at,
                    from: std::mem::replace(&mut ledger.due_at, *due_at),
                    due_at: *due_at,
                    why: why.clone(),
                });
            }),
            Event::ClockPaused { clock, left } => last(&mut found, *clock, |ledger| {
                ledger.halts.push(Halt {
                    from: entry.at,
                    to: None,
                    left: *left,
                });
            }),
            Event::ClockResumed { clock, due_at } => last(&mut found, *clock, |ledger| {
                ledger.due_at = *due_at;
                if let Some(halt) = ledger.halts.last_mut() {
                    halt.to = Some(entry.at);
                }
            }),
            Event::ClockStopped { clock, .. } => {
                let ends =
                    |ledger: &&mut Ledger| ledger.clock.kind == *clock && ledger.frozen.is_none();
                if let Some(ledger) = found.iter_mut().rfind(ends) {
                    ledger.frozen = Some(entry.recorded_at);
                    ledger.office = office.map(str::to_owned);
                }
            }
            Event::Opened(opened) => {
                severity = opened.severity.as_deref();
                office = opened.office.as_deref();
                cause = Some(entry);
            }
            Event::SeverityAgreed {
                severity: agreed, ..
            } => severity = Some(agreed),
            Event::Edited(edited) if edited.moves_office() => office = edited.office.as_deref(),
            Event::Accepted
            | Event::Paid { .. }
            | Event::Waived { .. }
            | Event::Contacted(_)
            | Event::Responded { .. }
            | Event::Waiting { .. }
            | Event::Resolved(_)
            | Event::Reopened { .. } => cause = Some(entry),
            _ => {}
        }
    }
    let hours = |office: Option<&str>, stood: &dyn Fn(&Closure) -> bool| -> Vec<Exception> {
        closures
            .iter()
            .filter(|closure| closure.reach.covers(&incident.policy, office) && stood(closure))
            .map(|closure| closure.exception.clone())
            .collect()
    };
    for ledger in &mut found {
        if ledger.frozen.is_none() {
            ledger.office.clone_from(&incident.office);
        }
        let office = ledger.office.clone();
        let office = office.as_deref();
        let now = hours(office, &|closure| closure.removed_at.is_none());
        let then = ledger.frozen.map(|at| {
            // Of what was added within the same second, what moved it came first.
            hours(office, &|closure| {
                closure.stood(at)
                    || ledger.moved_by.contains(&closure.id)
                        && closure.removed_at.is_none_or(|removed| removed > at)
            })
        });
        match then.filter(|then| *then != now) {
            Some(then) => {
                let policy = Arc::clone(deadlines.policy());
                let frozen =
                    Deadlines::new(policy, |_| then.clone()).map_err(TermError::Calendar)?;
                ledger.count(frozen.calendar(office)?);
            }
            None => ledger.count(deadlines.calendar(office)?),
        }
    }
    Ok(found)
}

/// The newest ledger of a kind of clock.
fn last(ledgers: &mut [Ledger], kind: ClockKind, change: impl FnOnce(&mut Ledger)) {
    let newest = ledgers.iter_mut().rfind(|ledger| ledger.clock.kind == kind);
    if let Some(ledger) = newest {
        change(ledger);
    }
}

impl Ledger {
    fn new(
        clock: Clock,
        due_at: DateTime<Utc>,
        cause: Option<Event>,
        rule: Option<Target>,
    ) -> Self {
        Self {
            clock,
            cause,
            rule,
            counted: Vec::new(),
            seconds: 0,
            moved_from: None,
            halts: Vec::new(),
            moves: Vec::new(),
            closed: Vec::new(),
            frozen: None,
            office: None,
            due_at,
            moved_by: Vec::new(),
        }
    }

    /// Adds up the time between the pauses.
    fn count(&mut self, calendar: Option<&Calendar>) {
        let (start, due) = (self.clock.started_at, self.clock.due_at);
        let business = calendar.filter(|_| self.clock.counted != Counted::Elapsed);
        self.moved_from = calendar.and_then(|calendar| self.falls_due(calendar, start));
        let end = self.moved_from.unwrap_or(due);
        for span in self.running_until(end) {
            match business {
                Some(calendar) => self.counted.extend(calendar.open_spans(span.from, span.to)),
                None => self.counted.push(span),
            }
        }
        self.seconds = self.counted.iter().map(Span::seconds).sum();
        let met = match (business, self.moved_from) {
            (Some(calendar), _) => Some(calendar.closed_days(start, due)),
            (None, Some(from)) => calendar.map(|calendar| calendar.closed_days(from, due)),
            (None, None) => None,
        };
        self.closed = met.unwrap_or_default();
    }

    /// Where elapsed time falls due, if the desk is closed then and so it moved.
    fn falls_due(&self, calendar: &Calendar, start: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let rule = self.rule.filter(|rule| rule.counted == Counted::Elapsed)?;
        let as_is = Target {
            when_closed: WhenClosed::AsIs,
            ..rule
        };
        let falls = calendar.due(start, &as_is).ok()?;
        (self.halts.is_empty() && falls < self.clock.due_at).then_some(falls)
    }

    /// The stretches in which it ran, up to `end`.
    fn running_until(&self, end: DateTime<Utc>) -> Vec<Span> {
        let mut stretches = Vec::new();
        let mut from = self.clock.started_at;
        for halt in &self.halts {
            stretches.push(Span {
                from,
                to: halt.from,
            });
            // While it lasts, nothing more is counted.
            from = halt.to.unwrap_or(end.max(halt.from));
        }
        stretches.push(Span { from, to: end });
        stretches.retain(|span| span.to - span.from > TimeDelta::zero());
        stretches
    }
}
