//! `holdline estimate` and `holdline patched`.

use super::{Failure, Session, step};
use crate::incident::Step;

/// Promises another instant by which an incident will be resolved.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline estimate 10001-4 \"fri 17:00\"")]
pub struct Estimate {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// Until when.
    #[arg(value_name = "INSTANT", allow_hyphen_values = true)]
    by: String,
}

impl Estimate {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let by = session.instant(&self.by, true)?;
        step::take(session, &self.tech_ref, Step::Estimate(by))
    }
}

/// Records that the patch for a critical bug is out.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline patched 10001-4")]
pub struct Patched {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
}

impl Patched {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        step::take(session, &self.tech_ref, Step::Patched)
    }
}
