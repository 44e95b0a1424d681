//! `holdline schedule`.

use chrono::{DateTime, Utc};

use super::{Failure, Session, step};
use crate::calendar::Status;
use crate::incident::Step;
use crate::store::Access;
use crate::when::shown;

/// Arranges a call with the customer, with its own countdown, or with --cancel calls it off.
///
/// A call on the incident that is answered then, or within the policy's grace around it, keeps the appointment; an
/// attempt leaves it standing. Another instant takes the place of the one before.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline schedule 10001-4 \"thu 14:30\"
  holdline schedule 10001-4 --cancel")]
pub struct Schedule {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// When the call is to be.
    #[arg(
        value_name = "INSTANT",
        allow_hyphen_values = true,
        required_unless_present = "cancel"
    )]
    instant: Option<String>,
    /// Calls it off.
    #[arg(long, conflicts_with = "instant")]
    cancel: bool,
}

impl Schedule {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let Some(instant) = &self.instant else {
            return step::take(session, &self.tech_ref, Step::CancelAppointment);
        };
        let instant = session.instant(instant, true)?;
        step::take(session, &self.tech_ref, Step::Schedule(instant))?;
        mind_the_hours(session, &self.tech_ref, instant)
    }
}

/// Says where the call was arranged for a time at which the office is closed: allowed, but seldom meant.
fn mind_the_hours(session: &Session, typed: &str, instant: DateTime<Utc>) -> Result<(), Failure> {
    let number = session.number(typed)?;
    let desk = session.open(Access::Read)?;
    let (incident, _) = desk.incident(number, session.now())?;
    let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
    let office = incident.office.as_deref();
    if let Ok(Some(calendar)) = ruling.deadlines.calendar(office)
        && let Status::Closed { why, .. } = calendar.status(instant)
    {
        let why = why.map_or_else(String::new, |why| format!(" ({why})"));
        let at = shown(instant, calendar.zone());
        session.note(format_args!("the office is closed at {at}{why}"));
    }
    Ok(())
}
