//! `holdline merge` and `holdline unmerge`.

use super::step::{Standing, other_command};
use super::{Failure, Session};
use crate::incident::Command;
use crate::store::Done;

/// Merges an incident into another: one matter that was logged twice.
///
/// Both are of one customer and policy, and neither has ended. What paid for the first goes back to the customer; its
/// number keeps working, and leads to the other one.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline merge 10002-3 10001-4")]
pub struct Merge {
    /// The Tech Reference number of the one that was logged twice.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The Tech Reference number of the one that goes on.
    #[arg(value_name = "INTO")]
    into: String,
}

impl Merge {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (number, into) = (session.number(&self.tech_ref)?, session.number(&self.into)?);
        carry_out(session, &Command::Merge(number, into))
    }
}

/// Makes a merged incident one of its own again, as it was before.
///
/// What happened since stays where it was recorded. Refused where what paid for it pays for another incident by now.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline unmerge 10002-3")]
pub struct Unmerge {
    /// The Tech Reference number of the one that was merged.
    #[arg(value_name = "REF")]
    tech_ref: String,
}

impl Unmerge {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = session.number(&self.tech_ref)?;
        carry_out(session, &Command::Unmerge(number))
    }
}

/// Carries a command out, and prints where the incident that it is about stands then.
pub(super) fn carry_out(session: &Session, command: &Command) -> Result<(), Failure> {
    let context = session.context()?;
    let standing = session.batch(|batch| match batch.execute(command, &context)? {
        Done::Stepped(number) => Standing::read(batch, number, session),
        _ => Err(other_command().into()),
    })?;
    session.answer(&standing, &standing)
}
