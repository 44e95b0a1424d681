//! `holdline close`.

use super::{Failure, Session, step};
use crate::incident::{CloseAs, Step};

/// Closes an incident without a resolution.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline close 10001-4 --as withdrawn --detail \"The customer found it themselves\"")]
pub struct Close {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// As what.
    #[arg(long = "as", value_enum, value_name = "REASON")]
    reason: CloseAs,
    /// Why, in words.
    #[arg(long, value_name = "TEXT")]
    detail: String,
}

impl Close {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (reason, detail) = (self.reason, self.detail);
        step::take(session, &self.tech_ref, Step::Close { reason, detail })
    }
}
