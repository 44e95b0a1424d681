//! `holdline known`.

use super::{Failure, Session, merge, step};
use crate::incident::{Command, Step};

/// Marks an incident as a known fault, which others may have too.
///
/// A further caller with it is logged with `log --same-as REF`; `resolve REF --with-same` resolves all of them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline known 10001-4
  holdline known 10001-4 --add 10002-3
  holdline known 10001-4 --remove 10002-3
  holdline known 10001-4 --off")]
pub struct Known {
    /// The Tech Reference number of the one that stands for the fault.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// An incident that turns out to be the same.
    #[arg(long, value_name = "REF", group = "what")]
    add: Option<String>,
    /// An incident that turns out to be another fault.
    #[arg(long, value_name = "REF", group = "what")]
    remove: Option<String>,
    /// It is no known fault any more.
    #[arg(long, group = "what")]
    off: bool,
}

impl Known {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let fault = session.number(&self.tech_ref)?;
        if let Some(same) = &self.add {
            let same = session.number(same)?;
            return merge::carry_out(session, &Command::SameAs(same, Some(fault)));
        }
        if let Some(other) = &self.remove {
            let other = session.number(other)?;
            return merge::carry_out(session, &Command::SameAs(other, None));
        }
        step::take(session, &self.tech_ref, Step::Known(!self.off))
    }
}
