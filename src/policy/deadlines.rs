//! A policy with its calendars compiled, for computing many deadlines.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::model::Policy;
use super::terms::TermError;
use crate::calendar::{Calendar, CalendarError, Counted, Exception, Length, Target, WhenClosed};

/// A policy and its calendars: made once, asked often.
#[derive(Debug)]
pub struct Deadlines {
    policy: Arc<Policy>,
    /// One for each office, or the only one, or none where no hours are stated.
    calendars: Vec<Calendar>,
}

impl Deadlines {
    /// Takes a policy and, for each of its offices (or for no office, where it has none), the closures and extra openings.
    ///
    /// # Errors
    /// A calendar that cannot be built.
    pub fn new(
        policy: Arc<Policy>,
        exceptions: impl Fn(Option<&str>) -> Vec<Exception>,
    ) -> Result<Self, CalendarError> {
        let offices = policy
            .offices
            .iter()
            .map(|office| (Some(office.name.as_str()), &office.calendar));
        let alone = policy.calendar.iter().map(|spec| (None, spec));
        let calendars = offices
            .chain(alone)
            .map(|(office, spec)| Calendar::new(spec, &exceptions(office)))
            .collect::<Result<_, _>>()?;
        Ok(Self { policy, calendars })
    }

    /// The policy.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// The calendar of `office`; none where the policy states no hours.
    ///
    /// # Errors
    /// As [`Policy::calendar_spec`].
    pub fn calendar(&self, office: Option<&str>) -> Result<Option<&Calendar>, TermError> {
        let index = self.policy.office_index(office)?;
        Ok(self.calendars.get(index.unwrap_or_default()))
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
