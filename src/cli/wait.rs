//! `holdline wait` and `holdline resume`.

use super::preview::Preview;
use super::{Failure, Session};
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
    #[command(flatten)]
    preview: Preview,
}

impl Wait {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let step = Step::Wait { text: self.text };
        self.preview.take(session, &self.tech_ref, step)
    }
}

/// Goes on with the work without an answer from the customer.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline resume 10001-4
  holdline resume 10001-4 --reason \"Found in their logs\"
  holdline resume 10001-4 --dry-run")]
pub struct Resume {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// Why the work goes on.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    preview: Preview,
}

impl Resume {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let step = Step::Resume(self.reason);
        self.preview.take(session, &self.tech_ref, step)
    }
}
