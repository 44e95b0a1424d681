//! `holdline closure remove`.

use super::view::{Change, carry_out};
use crate::cli::{Failure, Session};
use crate::incident::{ClosureId, Command};

/// Takes a closure or an extra opening back; the deadlines that it moved move again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline closure remove 3 --dry-run")]
pub(super) struct Remove {
    /// Its number, as `closure list` shows it.
    #[arg(value_name = "NUMBER")]
    id: i64,
    /// Changes nothing, and says which deadlines would move.
    #[arg(long)]
    dry_run: bool,
}

impl Remove {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let change = if self.dry_run {
            Change::Rehearsed
        } else {
            Change::Made
        };
        carry_out(session, &Command::RemoveClosure(ClosureId(self.id)), change)
    }
}
