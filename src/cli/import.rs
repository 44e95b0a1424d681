//! `holdline import`.

mod customers;
mod desk;
mod map;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::progress::Progress;
use super::{Failure, Session};
use crate::import::{self, ImportError, MapFile};
use crate::store::{Access, Context, Desk};

/// Brings in what another system kept.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// What is brought in.
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Customers(customers::CustomersArgs),
    Desk(desk::DeskArgs),
    Events(Events),
    Incidents(Incidents),
    Map(map::MapArgs),
}

/// Reads a table of incidents, a line for each: CSV, or JSON, a list or a line for each.
///
/// The mapping says which columns hold what: id, when it was received, what the opening needs, and under `[[then]]` what
/// happened at the times of further columns. Without one the columns are called as in most spreadsheets: id, opened,
/// customer, summary, and whatever else `import map spreadsheet` names; Zendesk, Zammad, osTicket and Request Tracker have
/// one of their own. Of JSON, `customer.name` is a column. Everything happens in one transaction, in the order of time, all
/// or nothing. Incidents that are here already, by their id, are left alone, so that the same file can be imported again
/// after it has grown. --skip-bad leaves out lines that cannot be read or opened.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline import incidents cases.csv --zone Europe/Rome --dry-run
  holdline import incidents export.csv --map zendesk --zone Europe/Rome
  holdline import incidents tickets.csv --map tickets.toml --policy severity --skip-bad left-out.csv
A map:
  id = \"{Ticket}\"
  agent = \"{Owner}\"
  opened = { time = \"{Created}\", format = \"%Y-%m-%d %H:%M\", zone = \"Europe/Rome\" }
  [opens]
  channel = \"mail\"
  customer = \"{Company}\"
  summary = \"{Subject}\"
  severity = { of = \"{Priority}\", values = { P1 = \"critical\" }, otherwise = \"normal\" }
  [[then]]
  time = \"{Solved}\"
  does = { resolve = { outcome = [\"fixed\"], detail = \"{Solution}\" } }")]
struct Incidents {
    /// The table; its name ends in .jsonl where it is JSON lines.
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The mapping: the name of one that comes with Holdline, or a file.
    #[arg(long, value_name = "NAME-or-FILE", default_value = "spreadsheet")]
    map: String,
    #[command(flatten)]
    how: How,
}

/// How a file comes in.
#[derive(Debug, clap::Args)]
struct How {
    /// The policy that the incidents come under; the desk's first without it.
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// The customers' office, where the policy has offices; the mapping's without it.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// The time zone of times that do not say it, such as Europe/Rome; the mapping's without it.
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// How times are written, as strftime has it; may be given several times; as the mapping says without it.
    #[arg(long, value_name = "FORMAT")]
    times: Vec<String>,
    /// Does everything, gives the account, and keeps nothing.
    #[arg(long)]
    dry_run: bool,
    /// Writes lines that cannot be placed to FILE, each with its reason, and goes on without them.
    #[arg(long, value_name = "FILE")]
    skip_bad: Option<PathBuf>,
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
    map: String,
    #[command(flatten)]
    how: How,
}

impl Import {
    /// Imports, and gives the account.
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self.what {
            What::Customers(customers) => customers.run(session),
            What::Desk(desk) => desk.run(session),
            What::Events(Events { file, map, how }) => {
                how.import(session, "events", (&file, &map), import::run)
            }
            What::Incidents(Incidents { file, map, how }) => {
                how.import(session, "incidents", (&file, &map), import::incidents)
            }
            What::Map(map) => map.run(session),
        }
    }
}

/// Reads a file into a desk.
type Read = fn(
    &mut Desk,
    &import::Import<'_>,
    &Context,
    &mut dyn FnMut(u64, u64),
) -> Result<import::Account, ImportError>;

impl How {
    fn import(
        &self,
        session: &Session,
        what: &str,
        (file, map): (&Path, &str),
        read: Read,
    ) -> Result<(), Failure> {
        let wanted = import::Import {
            file,
            map: &MapFile::named(map)?,
            policy: self.policy.as_deref(),
            office: self.office.as_deref(),
            zone: self.zone.as_deref(),
            times: &self.times,
            dry_run: self.dry_run,
            skip_bad: self.skip_bad.as_deref(),
        };
        let account = at_work(session, what, |desk, context, progress| {
            read(desk, &wanted, context, progress)
        })?;
        session.answer(&account, &account)
    }
}

/// Imports while others see why they wait, with a bar on the terminal.
fn at_work<T>(
    session: &Session,
    what: &str,
    work: impl FnOnce(&mut Desk, &Context, &mut dyn FnMut(u64, u64)) -> Result<T, ImportError>,
) -> Result<T, Failure> {
    let context = session.context()?;
    if context.at.is_some() {
        return Err(Failure::Input(
            "the file says when each thing happened: leave out --at".to_owned(),
        ));
    }
    let mut desk = session.open(Access::Write)?;
    session.known_agent(&desk)?;
    // Where it cannot be announced, others only do not see why they wait.
    let _others_see = desk
        .announce(&session.agent(), &format!("importing {what}"))
        .ok();
    let progress = Progress::new(what);
    Ok(work(&mut desk, &context, &mut |done, of| {
        progress.show(done, of);
    })?)
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Store(error) => error.into(),
            _ => Self::input(error),
        }
    }
}
