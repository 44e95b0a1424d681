//! `holdline report`.

mod counts;
mod money;
mod period;
mod sheet;

use super::{Failure, Session};

/// Figures: what happened, over a time.
#[derive(Debug, clap::Subcommand)]
pub enum Report {
    Counts(counts::Counts),
    Money(money::MoneyReport),
}

impl Report {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Counts(counts) => counts.run(session),
            Self::Money(money) => money.run(session),
        }
    }
}
