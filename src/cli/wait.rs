//! `holdline wait` and `holdline resume`.

use super::{Failure, Session, step};
use crate::incident::Step;

/// Asks the customer something, and waits for the answer.
///
/// The question is a response. Where the policy says so, a silence that lasts too long resolves the incident.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline wait 10001-4 \"Which version do you use?\"")]
pub struct Wait {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The question.
    #[arg(value_name = "TEXT")]
    text: String,
}

impl Wait {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        step::take(session, &self.tech_ref, Step::Wait { text: self.text })
    }
}

/// Goes on with the work without an answer from the customer.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline resume 10001-4")]
pub struct Resume {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
}

impl Resume {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        step::take(session, &self.tech_ref, Step::Resume)
    }
}
