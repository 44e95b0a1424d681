//! `holdline reopen`.

use super::escalate::Side;
use super::preview::Preview;
use super::{Failure, Session};
use crate::incident::Step;

/// Opens a resolved or closed incident again: the same number, a new response clock, no new charge.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline reopen 10001-4 --recurring --reason \"The same message as in March\"")]
pub struct Reopen {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// Who wants it.
    #[arg(long, value_enum, default_value = "customer", value_name = "WHO")]
    by: Side,
    /// The issue came back, rather than never having gone.
    #[arg(long)]
    recurring: bool,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    preview: Preview,
}

impl Reopen {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let reopen = Step::Reopen {
            by_customer: self.by == Side::Customer,
            recurring: self.recurring,
            reason: self.reason,
        };
        self.preview.take(session, &self.tech_ref, reopen)
    }
}
