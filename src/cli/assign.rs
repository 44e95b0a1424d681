//! `holdline assign`.

use super::{Failure, Session, step};
use crate::incident::Step;

/// Gives an incident to an agent, or puts it back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline assign 10001-4 me
  holdline assign 10001-4 mira
  holdline assign 10001-4 none")]
pub struct Assign {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// An agent's name, `me`, or `none`.
    #[arg(value_name = "AGENT")]
    assignee: String,
}

impl Assign {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let agent = match self.assignee.as_str() {
            "none" => None,
            "me" => Some(session.agent()),
            _ => Some(self.assignee),
        };
        step::take(session, &self.tech_ref, Step::Assign(agent))
    }
}
