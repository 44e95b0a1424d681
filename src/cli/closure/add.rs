//! `holdline closure add`.

use super::view::{Change, carry_out, clock};
use crate::calendar::{Exception, ExceptionKind};
use crate::cli::{Failure, Session};
use crate::incident::{Command, NewClosure, Reach};
use crate::store::Access;
use crate::when;

/// Adds a closure, or with --opening an extra opening.
///
/// It prints which deadlines moved, and which of them are in the past now. Where a closure and an opening meet, the
/// closure counts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline closure add --policy severity --from 12:00 --to 14:00 --reason \"Power cut\" --dry-run
  holdline closure add --all --opening --from \"sat 9:00\" --to \"sat 13:00\" --reason \"Release weekend\"")]
pub(super) struct Add {
    #[command(flatten)]
    reach: ReachArgs,
    /// From when, on the clock of the office that it is for: 14:30 is today's, "mon 9:00" the coming Monday's, mon or 30.11.
    /// a whole day. Your clock, where the hours are of offices on several.
    #[arg(long, value_name = "INSTANT", allow_hyphen_values = true)]
    from: String,
    /// Until when, likewise; a day is included.
    #[arg(long, value_name = "INSTANT", allow_hyphen_values = true)]
    to: String,
    /// Why, in words that can be said to a caller.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Open in that time, whatever the usual hours and holidays say.
    #[arg(long)]
    opening: bool,
    /// Changes nothing, and says which deadlines would move.
    #[arg(long)]
    dry_run: bool,
}

/// Whose hours are meant.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(super) struct ReachArgs {
    /// The hours of this policy, at all of its offices.
    #[arg(long, value_name = "P")]
    policy: Option<String>,
    /// The hours of the offices of this name.
    #[arg(long, value_name = "O")]
    office: Option<String>,
    /// All hours.
    #[arg(long)]
    all: bool,
}

impl ReachArgs {
    pub(super) fn reach(self) -> Reach {
        match (self.policy, self.office) {
            (Some(policy), _) => Reach::Policy(policy),
            (None, Some(office)) => Reach::Office(office),
            (None, None) => Reach::All,
        }
    }
}

impl Add {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let reach = self.reach.reach();
        let zone = clock(session, &session.open(Access::Read)?, &reach)?;
        let read = |typed: &str, ends| {
            when::bound(typed, session.now(), zone, ends).map_err(Failure::input)
        };
        let new = NewClosure {
            exception: Exception {
                from: read(&self.from, false)?,
                to: read(&self.to, true)?,
                reason: self.reason,
                kind: if self.opening {
                    ExceptionKind::Open
                } else {
                    ExceptionKind::Closed
                },
            },
            reach,
        };
        let change = if self.dry_run {
            Change::Rehearsed
        } else {
            Change::Made
        };
        carry_out(session, &Command::AddClosure(new), change)
    }
}
