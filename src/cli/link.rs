//! `holdline link`.

use super::{Failure, Session, merge};
use crate::incident::Command;

/// Links two incidents that have to do with each other, in whatever state they are.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline link 10001-4 10002-3
  holdline link 10001-4 10002-3 --remove")]
pub struct Link {
    /// A Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The Tech Reference number of the other one.
    #[arg(value_name = "OTHER")]
    other: String,
    /// Takes the link away.
    #[arg(long)]
    remove: bool,
}

impl Link {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = session.number(&self.tech_ref)?;
        let other = session.number(&self.other)?;
        let command = match self.remove {
            true => Command::Unlink(number, other),
            false => Command::Link(number, other),
        };
        merge::carry_out(session, &command)
    }
}
