//! `holdline tick`.

use chrono::TimeDelta;
use serde_json::json;

use super::{Failure, Session};
use crate::store::Access;

/// The most incidents that a clock which looks wrong may resolve unasked.
const MOST_UNASKED: usize = 20;

/// Writes down what the passing of time has brought: customers' silences that ran out.
///
/// Reading shows the same without it; this is for cron, so that the entries are written near their time. With a clock
/// over a day past the newest entry, more than 20 are written only with --yes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example, every ten minutes by cron:
  */10 * * * * holdline tick")]
pub struct Tick {
    /// The clock is right, however many incidents that resolves.
    #[arg(long)]
    yes: bool,
}

impl Tick {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut desk = session.open(Access::Write)?;
        let due = desk.silences_due(session.now())?.len();
        let newest = desk.newest_entry_at()?;
        let leap = newest.is_some_and(|newest| session.now() - newest > TimeDelta::days(1));
        if leap && due > MOST_UNASKED && !self.yes {
            return Err(Failure::Rule(format!(
                "{due} incidents would be resolved, and the clock is over a day past the newest entry: if the clock \
                 is right, say --yes"
            )));
        }
        let resolved = desk.tick(&session.context()?)?;
        let noun = if resolved == 1 {
            "incident"
        } else {
            "incidents"
        };
        session.answer(
            &json!({ "resolved": resolved }),
            format_args!("{resolved} {noun} resolved by the customer's silence"),
        )
    }
}
