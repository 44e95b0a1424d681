//! `holdline report`.

mod counts;
mod money;
mod period;
mod sheet;
mod whole;

use super::{Failure, Session};

/// Figures over a time: targets attained, times, calls, outcomes, escalations, promises, money, what runs out.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  holdline report
  holdline report --from 2026-11-01 --to 2026-11-30 --by severity
  holdline report --only attainment --by week --format csv
  holdline report --customer \"Blue Fern\" --from 2026-11-01 --format html > blue-fern.html"
)]
pub struct Report {
    #[command(subcommand)]
    about: Option<About>,
    #[command(flatten)]
    whole: whole::Whole,
}

/// Reports about one thing.
#[derive(Debug, clap::Subcommand)]
enum About {
    Counts(counts::Counts),
    Money(money::MoneyReport),
}

impl Report {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self.about {
            Some(About::Counts(counts)) => counts.run(session),
            Some(About::Money(money)) => money.run(session),
            None => self.whole.run(session),
        }
    }
}
