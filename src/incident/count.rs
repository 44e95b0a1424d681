//! How the time of a clock adds up: what is left of it at a pause, until when it runs after one, and all of that anew
//! once the hours themselves have changed.

use chrono::{DateTime, TimeDelta, Utc};

use super::clock::{Clock, ClockKind};
use super::state::Incident;
use crate::calendar::{Calendar, Counted, Length, Target, WhenClosed};
use crate::policy::{Deadlines, Policy, TermError};

/// The target that a kind of clock follows at an agreed severity; none for an instant that was promised.
pub(super) fn rule(policy: &Policy, kind: ClockKind, severity: Option<&str>) -> Option<Target> {
    match kind {
        ClockKind::Response => policy.response_target(severity).ok().flatten().copied(),
        ClockKind::Resolution => policy.resolution,
        ClockKind::Patch => policy.patch,
        ClockKind::Silence => policy.silence.as_ref().map(|silence| silence.after),
        ClockKind::Estimate | ClockKind::Appointment => None,
    }
}

/// A target in the hours of an office.
#[derive(Clone, Copy)]
pub(super) struct Count<'a> {
    pub(super) deadlines: &'a Deadlines,
    pub(super) office: Option<&'a str>,
    pub(super) target: Target,
}

impl Count<'_> {
    /// What is left of a clock at `at`, in seconds of its own kind of time; negative once it is past. Closed time by
    /// which an elapsed target was moved to an opening is not part of it, so that no pause counts that twice.
    pub(super) fn left(&self, clock: &Clock, at: DateTime<Utc>) -> Result<i64, TermError> {
        let business = self.business()?;
        if at > clock.due_at {
            let late = business.map_or_else(
                || (at - clock.due_at).num_seconds(),
                |calendar| calendar.open_seconds(clock.due_at, at),
            );
            // Late by closed time alone is late all the same.
            return Ok(-late.max(1));
        }
        if let Some(calendar) = business {
            return Ok(calendar.open_seconds(at, clock.due_at));
        }
        let as_is = Target {
            when_closed: WhenClosed::AsIs,
            ..self.target
        };
        let unmoved = self.deadlines.due(&as_is, self.office, clock.started_at)?;
        Ok((unmoved - at).num_seconds() + clock.stood_still)
    }

    /// Until when a clock runs that has `left` seconds of its own kind of time at `at`.
    pub(super) fn due_with(
        &self,
        left: i64,
        at: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, TermError> {
        Ok(match self.business()? {
            Some(calendar) if left > 0 => calendar.add_open(at, left)?,
            Some(calendar) if left < 0 => calendar.subtract_open(at, -left)?,
            None if left > 0 => {
                let within = Length::Exact(left);
                let rest = Target {
                    within,
                    ..self.target
                };
                self.deadlines.due(&rest, self.office, at)?
            }
            _ => at + TimeDelta::seconds(left),
        })
    }

    /// Until when a clock that has not stopped runs by the hours as they are now, and what is left of it if it is
    /// paused: counted from its start, through every pause.
    fn anew(&self, clock: &Clock) -> Result<(DateTime<Utc>, Option<i64>), TermError> {
        let mut counted = Clock {
            due_at: self
                .deadlines
                .due(&self.target, self.office, clock.started_at)?,
            stood_still: 0,
            ..clock.clone()
        };
        for pause in &clock.pauses {
            let left = self.left(&counted, pause.from)?;
            counted.stood_still += pause.seconds();
            counted.due_at = self.due_with(left, pause.to)?;
        }
        let left = clock.paused.map(|pause| self.left(&counted, pause.at));
        Ok((counted.due_at, left.transpose()?))
    }

    /// The hours, where only open time counts.
    fn business(&self) -> Result<Option<&Calendar>, TermError> {
        let calendar = self.deadlines.calendar(self.office)?;
        Ok(calendar.filter(|_| self.target.counted != Counted::Elapsed))
    }
}

/// A clock whose deadline is another one by the hours as they are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recounted {
    /// Which.
    pub clock: ClockKind,
    /// Until when it was to run.
    pub due_before: DateTime<Utc>,
    /// Until when it runs; for a paused clock, without the pause.
    pub due_at: DateTime<Utc>,
    /// Seconds that are left, where it is paused.
    pub left: Option<i64>,
}

/// Counts every clock that has not stopped anew, and gives those that come out differently. What was promised for an
/// instant stays, and so does every verdict.
///
/// # Errors
/// When the hours do not reach as far as a target does.
pub fn recount(incident: &Incident, deadlines: &Deadlines) -> Result<Vec<Recounted>, TermError> {
    let severity = incident.severity.agreed.as_deref();
    let mut found = Vec::new();
    for clock in incident.clocks.iter().filter(|c| c.stopped.is_none()) {
        let Some(target) = rule(deadlines.policy(), clock.kind, severity) else {
            continue;
        };
        let count = Count {
            deadlines,
            office: incident.office.as_deref(),
            target,
        };
        let (due_at, left) = count.anew(clock)?;
        if (due_at, left) != (clock.due_at, clock.paused.map(|pause| pause.left)) {
            found.push(Recounted {
                clock: clock.kind,
                due_before: clock.due_at,
                due_at,
                left,
            });
        }
    }
    Ok(found)
}
