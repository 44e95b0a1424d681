//! `holdline undo`.

use super::step::{Standing, other_command};
use super::{Failure, Session};
use crate::incident::{Command, Event, describe};
use crate::store::Done;

/// Takes back your own last step on an incident, as a step of its own on the timeline.
///
/// Within the hour, where nothing was built on it and no mail was sent; what it would have said to the customer is not
/// sent. A clock that the step had stopped runs again. Taking back a
/// merge takes the two apart. Taking back `log` leaves the incident void: its number stays used.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline undo 10001-4")]
pub struct Undo {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
}

/// Whether an event says what was taken back.
fn is_undone(event: &Event) -> bool {
    matches!(
        event,
        Event::Undone { .. } | Event::Voided | Event::Unmerged { .. } | Event::PartedFrom { .. }
    )
}

impl Undo {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = session.number(&self.tech_ref)?;
        let (command, context) = (Command::Undo(number), session.context()?);
        let (standing, done) =
            session.batch(|batch| match batch.execute(&command, &context)? {
                Done::Stepped(number) => {
                    let standing = Standing::read(batch, number, session)?;
                    let timeline = batch.desk().timeline(number)?;
                    let done = timeline.into_iter().rfind(|entry| is_undone(&entry.event));
                    Ok((standing, done.map(|entry| describe(&entry.event))))
                }
                _ => Err(other_command().into()),
            })?;
        let done = done.unwrap_or_default();
        session.answer(&standing, format_args!("{done}\n{standing}"))
    }
}
