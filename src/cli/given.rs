//! `holdline given`.

use super::{Failure, Session, step};
use crate::incident::Step;

/// Records that the caller was given the Tech Reference number.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline given 10001-4")]
pub struct Given {
    /// The number.
    #[arg(value_name = "REF")]
    tech_ref: String,
}

impl Given {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        step::take(session, &self.tech_ref, Step::Given)
    }
}
