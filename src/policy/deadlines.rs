//! A policy with its calendars compiled, for computing many deadlines.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, TimeDelta, Utc};

use super::model::Policy;
use super::terms::TermError;
use crate::calendar::{
    Calendar, CalendarError, CalendarSpec, Counted, Exception, Length, Target, WhenClosed,
};

/// A policy and its calendars, each compiled when it is first needed and then kept.
pub struct Deadlines {
    policy: Arc<Policy>,
    /// One for each office, or the only one.
    hours: Vec<Hours>,
}

/// A calendar with the exceptions that go into it.
struct Hours {
    exceptions: Vec<Exception>,
    calendar: OnceLock<Result<Calendar, CalendarError>>,
}

impl Hours {
    fn compiled(&self, spec: &CalendarSpec) -> Result<&Calendar, TermError> {
        self.calendar
            .get_or_init(|| Calendar::new(spec, &self.exceptions))
            .as_ref()
            .map_err(|error| error.clone().into())
    }
}

impl Deadlines {
    /// Takes a policy and, for each of its offices (or for none, where it has none), the closures and extra openings.
    pub fn new(policy: Arc<Policy>, exceptions: impl Fn(Option<&str>) -> Vec<Exception>) -> Self {
        let hours = |office: Option<&str>| Hours {
            exceptions: exceptions(office),
            calendar: OnceLock::new(),
        };
        let hours = if policy.offices.is_empty() {
            vec![hours(None)]
        } else {
            policy
                .offices
                .iter()
                .map(|office| hours(Some(&office.name)))
                .collect()
        };
        Self { policy, hours }
    }

    /// The policy.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// The calendar of `office`; none where the policy states no hours.
    ///
    /// # Errors
    /// As [`Policy::calendar_spec`]; a calendar that cannot be built.
    pub fn calendar(&self, office: Option<&str>) -> Result<Option<&Calendar>, TermError> {
        let index = self.policy.office_index(office)?;
        let spec = match index {
            Some(index) => self
                .policy
                .offices
                .get(index)
                .map(|office| &office.calendar),
            None => self.policy.calendar.as_ref(),
        };
        spec.zip(self.hours.get(index.unwrap_or_default()))
            .map(|(spec, hours)| hours.compiled(spec))
            .transpose()
    }

    /// When a target that starts at `from` is due at `office`.
    ///
    /// # Errors
    /// As [`Self::calendar`]; a target that needs a calendar where there is none; an instant beyond the calendar's years.
    pub fn due(
        &self,
        target: &Target,
        office: Option<&str>,
        from: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, TermError> {
        match (self.calendar(office)?, target) {
            (Some(calendar), target) => Ok(calendar.due(from, target)?),
            (
                None,
                Target {
                    within: Length::Exact(seconds),
                    counted: Counted::Elapsed,
                    when_closed: WhenClosed::AsIs,
                },
            ) => TimeDelta::try_seconds(*seconds)
                .and_then(|within| from.checked_add_signed(within))
                .ok_or(TermError::Calendar(CalendarError::OutOfRange)),
            _ => Err(TermError::NoCalendar),
        }
    }

    /// When the response to an incident whose clock starts at `from` is due; none where the policy states no target.
    ///
    /// # Errors
    /// As [`Policy::response_target`] and [`Self::due`].
    pub fn response_due(
        &self,
        severity: Option<&str>,
        office: Option<&str>,
        from: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, TermError> {
        self.policy
            .response_target(severity)?
            .map(|target| self.due(target, office, from))
            .transpose()
    }
}
