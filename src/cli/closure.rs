//! `holdline closure`.

mod add;
mod import;
mod list;
mod remove;
mod view;

use super::{Failure, Session};

/// Closures and extra openings: what deviates from the usual hours.
///
/// Each may be for now, for later or for earlier today. Every clock that runs on those hours is counted anew at once, and
/// its timeline says why; what was met or missed already stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline closure add --policy severity --from 12:00 --to 14:00 --reason \"Power cut\" --dry-run
  holdline closure add --office uk --from \"mon 9:00\" --to \"tue 17:00\" --reason \"Company meeting\"
  holdline closure add --all --opening --from \"sat 9:00\" --to \"sat 13:00\" --reason \"Release weekend\"
  holdline closure import holidays.ics --office uk --dry-run
  holdline closure list
  holdline closure remove 3")]
pub struct Closure {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Add(add::Add),
    Import(import::Import),
    List(list::List),
    Remove(remove::Remove),
}

impl Closure {
    /// Does what was asked.
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self.action {
            Action::Add(add) => add.run(session),
            Action::Import(import) => import.run(session),
            Action::List(list) => list.run(session),
            Action::Remove(remove) => remove.run(session),
        }
    }
}
