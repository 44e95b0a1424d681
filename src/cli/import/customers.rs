//! `holdline import customers`.

use std::path::PathBuf;

use super::at_work;
use crate::cli::{Failure, Session};
use crate::import::{self, MapFile};

/// Reads a table of customers, a line for each of their people: CSV, or JSON, a list or a line for each.
///
/// Without a map the columns are called as in most spreadsheets (customer or company, contact, phone, email, and whatever
/// else `import map customers` names) or as in an export; only the customer's name must be there. Several numbers or
/// addresses are parted by semicolons. Lines with one code, or without codes with one name, are one customer. Everything happens in one transaction, all or nothing.
/// Customers that are here already, by their code, else by their name, are left alone, so that the same file can be
/// imported again after it has grown. --json says of every line what became of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline import customers customers.csv --dry-run
  holdline import customers crm.csv --map crm.toml --skip-bad left-out.csv
A map:
  delimiter = \";\"
  code = \"{Account}\"
  name = \"{Company}\"
  contact = \"{First name} {Last name}\"
  phones = \"{Phone}; {Mobile}\"
  mails = \"{Mail}\"")]
pub(super) struct CustomersArgs {
    /// The table; its name ends in .jsonl where it is JSON lines.
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The mapping: the name of one that comes with Holdline, or a file.
    #[arg(long, value_name = "NAME-or-FILE", default_value = "customers")]
    map: String,
    /// Does everything, gives the account, and keeps nothing.
    #[arg(long)]
    dry_run: bool,
    /// Writes lines that cannot be placed to FILE, each with its reason, and goes on without them.
    #[arg(long, value_name = "FILE")]
    skip_bad: Option<PathBuf>,
}

impl CustomersArgs {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let wanted = import::Customers {
            file: &self.file,
            map: &MapFile::named(&self.map)?,
            dry_run: self.dry_run,
            skip_bad: self.skip_bad.as_deref(),
        };
        let account = at_work(session, "customers", |desk, context, progress| {
            import::customers(desk, &wanted, context, progress)
        })?;
        session.answer(&account, &account)
    }
}
