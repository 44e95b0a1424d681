//! `holdline import`.

use std::path::PathBuf;

use clap::Subcommand;

use super::progress::Progress;
use super::{Failure, Session};
use crate::import::{self, ImportError};
use crate::store::Access;

/// Brings in what another system kept.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// What is brought in.
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Events(Events),
}

/// Reads a log of events, one a line, into incidents.
///
/// The mapping file says which columns hold what, and what each activity does: assign, respond, note, resolve, close.
/// Everything happens in one transaction, all or nothing, and is accounted for line by line. Lines that the map declares
/// ignored are counted; any other that cannot be placed refuses all, unless --skip-bad takes it. Cases that are here
/// already are left alone, so that the same file can be imported again after it has grown by new cases.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline import events log.csv --map map.toml --policy severity --dry-run
  holdline import events log.csv --map map.toml --skip-bad left-out.csv")]
struct Events {
    /// The log, as CSV with a first line that names its columns.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The mapping file.
    #[arg(long, value_name = "MAP.toml")]
    map: PathBuf,
    /// The policy that the incidents come under; the desk's first without it.
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// Does everything, gives the account, and keeps nothing.
    #[arg(long)]
    dry_run: bool,
    /// Writes lines that cannot be placed to FILE, each with its reason, and goes on without them.
    #[arg(long, value_name = "FILE")]
    skip_bad: Option<PathBuf>,
}

impl Import {
    /// Imports, and gives the account.
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let What::Events(events) = self.what;
        let context = session.context()?;
        if context.at.is_some() {
            return Err(Failure::Input(
                "the log says when each event happened: leave out --at".to_owned(),
            ));
        }
        let mut desk = session.open(Access::Write)?;
        session.known_agent(&desk)?;
        let wanted = import::Import {
            file: &events.file,
            map: &events.map,
            policy: events.policy.as_deref(),
            dry_run: events.dry_run,
            skip_bad: events.skip_bad.as_deref(),
        };
        // Where it cannot be announced, others only do not see why they wait.
        let _others_see = desk.announce(&session.agent(), "importing events").ok();
        let progress = Progress::new("events");
        let account = import::run(&mut desk, &wanted, &context, &mut |done, of| {
            progress.show(done, of);
        })?;
        drop(progress);
        session.answer(&account, &account)
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Store(error) => error.into(),
            _ => Self::input(error),
        }
    }
}
