//! `holdline split`.

use serde_json::json;

use super::{Failure, Session, told};
use crate::incident::{Command, Split as Aspect};
use crate::store::{Access, Done};

/// Makes another aspect of an incident an incident of its own.
///
/// It has the customer, the contact, the product and the severity of the one that it was part of; it counts as
/// accepted, and is paid for on its own. Prints its Tech Reference number alone, as `log` does.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline split 10001-4 --summary \"The second printer\" --told
  holdline split 10001-4 --summary \"Slow since Monday\" --severity low --not-told")]
pub struct Split {
    /// The Tech Reference number of the incident that it is part of.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The other aspect in one line.
    #[arg(long, value_name = "TEXT")]
    summary: String,
    /// The other aspect in full.
    #[arg(long, value_name = "TEXT")]
    detail: Option<String>,
    /// Its severity; the one that was asked for without it.
    #[arg(long, value_name = "NAME")]
    severity: Option<String>,
    #[command(flatten)]
    told: Told,
}

/// Whether the customer knows.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Told {
    /// The customer was told that this is an incident of its own.
    #[arg(long)]
    told: bool,
    /// The customer was not told yet.
    #[arg(long)]
    not_told: bool,
}

impl Split {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let from = session.number(&self.tech_ref)?;
        let aspect = Aspect {
            summary: self.summary,
            detail: self.detail,
            severity: self.severity,
            told: self.told.told,
        };
        let Done::Logged(number) = session.execute(&Command::Split(from, Box::new(aspect)))? else {
            return Err(super::session::other_answer());
        };
        let desk = session.open(Access::Read)?;
        let (incident, _) = desk.incident(number, session.now())?;
        let made = json!({"tech_ref": number, "split_from": from, "state": incident.state});
        session.answer(&made, number)?;
        told::tell(&desk, number, session)
    }
}
