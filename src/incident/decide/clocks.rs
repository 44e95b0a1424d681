//! Starting, stopping and moving clocks.

use chrono::{DateTime, Utc};

use super::Draft;
use crate::calendar::{Calendar, Counted, Target};
use crate::incident::clock::{ClockKind, Ending, whole};
use crate::incident::count::{Count, recount};
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::policy::Contacts;

/// Why a clock moves that did not run while the hours were changed.
pub(super) const MEANWHILE: &str = "the hours were changed meanwhile";

impl Draft<'_> {
    /// Starts the response clock at `from`, and the resolution clock beside it, where the policy has them.
    pub(super) fn start_response(&mut self, from: DateTime<Utc>) -> Result<(), Refusal> {
        let severity = self.incident.severity.agreed.clone();
        let target = self
            .situation
            .policy
            .response_target(severity.as_deref())
            .map_err(refused)?;
        if let Some(target) = target {
            self.start(ClockKind::Response, target, from)?;
        }
        if self.incident.running(ClockKind::Resolution).is_none()
            && let Some(target) = &self.situation.policy.resolution
        {
            self.start(ClockKind::Resolution, target, from)?;
        }
        Ok(())
    }

    /// Starts a clock of `kind` at `from`, in place of one that still runs.
    pub(super) fn start(
        &mut self,
        kind: ClockKind,
        target: &Target,
        from: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let due_at = self.due(target, from)?;
        self.start_until(kind, target.counted, from, due_at);
        Ok(())
    }

    /// Starts a clock whose due instant is given, in place of one that still runs.
    pub(super) fn start_until(
        &mut self,
        kind: ClockKind,
        counted: Counted,
        from: DateTime<Utc>,
        due_at: DateTime<Utc>,
    ) {
        self.give_way(kind, from, Ending::Replaced);
        self.push(Event::ClockStarted {
            clock: kind,
            counted,
            started_at: from,
            due_at: whole(due_at),
            grace: 0,
        });
    }

    /// The due instant of `target` from `from`, in the hours of the incident's office.
    pub(super) fn due(
        &self,
        target: &Target,
        from: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Refusal> {
        self.situation
            .deadlines
            .due(target, self.incident.office.as_deref(), from)
            .map_err(refused)
    }

    /// Stops a clock with its verdict at `at`, but never before it was started: a response counts at the later of the
    /// call's start and the clock's start. A clock that has stopped stays as it is. Where every contact wants a response,
    /// one from before the contact does not answer it.
    pub(super) fn stop(&mut self, kind: ClockKind, at: DateTime<Utc>) {
        if let Some(clock) = self.incident.running(kind) {
            let response = self.situation.policy.response.as_ref();
            let every = response.is_some_and(|response| response.contacts == Contacts::Every);
            if every && kind == ClockKind::Response && at < clock.started_at {
                return;
            }
            let ending = clock.verdict(at.max(clock.started_at));
            self.stop_as(kind, at, ending);
        }
    }

    /// Stops a clock whose promise is renewed or called off at `at`: without a verdict, unless it is late by then.
    pub(super) fn give_way(&mut self, kind: ClockKind, at: DateTime<Utc>, way: Ending) {
        if let Some(clock) = self.incident.running(kind) {
            let ending = clock.gives_way(at.max(clock.started_at), way);
            self.stop_as(kind, at, ending);
        }
    }

    /// Stops a clock with this ending, as [`stop`](Self::stop) does.
    pub(super) fn stop_as(&mut self, kind: ClockKind, at: DateTime<Utc>, ending: Ending) {
        if let Some(clock) = self.incident.running(kind) {
            let stopped_at = at.max(clock.started_at);
            self.push(Event::ClockStopped {
                clock: kind,
                stopped_at,
                ending,
            });
            if kind == ClockKind::Appointment {
                super::appointment::unannounced(self);
            }
        }
    }

    /// Cancels every clock that runs or is paused.
    pub(super) fn cancel_all(&mut self) {
        let at = self.situation.at;
        while let Some(kind) = self
            .incident
            .clocks
            .iter()
            .find(|clock| clock.stopped.is_none())
            .map(|c| c.kind)
        {
            self.stop_as(kind, at, Ending::Cancelled);
        }
    }

    /// Lets the resolution clock stand still while the customer is waited for.
    pub(super) fn pause(&mut self) -> Result<(), Refusal> {
        let at = self.situation.at;
        let (Some(clock), Some(count)) = (
            self.incident.running(ClockKind::Resolution),
            self.resolution(),
        ) else {
            return Ok(());
        };
        if clock.is_running() {
            let left = count.left(clock, at).map_err(refused)?;
            self.push(Event::ClockPaused {
                clock: ClockKind::Resolution,
                left,
            });
        }
        Ok(())
    }

    /// Lets the resolution clock run again with what was left of it.
    pub(super) fn unpause(&mut self) -> Result<(), Refusal> {
        let at = self.situation.at;
        let clock = self.incident.running(ClockKind::Resolution);
        let (Some(pause), Some(count)) = (clock.and_then(|clock| clock.paused), self.resolution())
        else {
            return Ok(());
        };
        let due_at = count.due_with(pause.left, at).map_err(refused)?;
        self.push(Event::ClockResumed {
            clock: ClockKind::Resolution,
            due_at,
        });
        Ok(())
    }

    /// Counts the clocks that have not stopped anew, which moves them for the reason `why`.
    pub(super) fn recount(&mut self, why: &str) -> Result<(), Refusal> {
        let moved = recount(&self.incident, self.situation.deadlines).map_err(refused)?;
        for found in moved {
            self.push(Event::ClockMoved {
                clock: found.clock,
                due_at: found.due_at,
                why: why.to_owned(),
                left: found.left,
                closure: None,
            });
        }
        Ok(())
    }

    /// How the resolution's time is counted, where the policy promises one.
    fn resolution(&self) -> Option<Count<'_>> {
        Some(Count {
            deadlines: self.situation.deadlines,
            office: self.incident.office.as_deref(),
            target: self.situation.policy.resolution?,
        })
    }

    /// The hours of the incident's office; none where the policy states none.
    pub(super) fn calendar(&self) -> Result<Option<&Calendar>, Refusal> {
        self.situation
            .deadlines
            .calendar(self.incident.office.as_deref())
            .map_err(refused)
    }
}

/// A deadline that cannot be computed is something wrong in what was given: a severity, an office, an instant.
pub(super) fn refused(error: impl std::fmt::Display) -> Refusal {
    Refusal::input(error.to_string())
}
