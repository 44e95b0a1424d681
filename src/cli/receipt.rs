//! `holdline receipt`.

use super::{Failure, Session};
use crate::incident::receipt;
use crate::store::Access;

/// What was charged for an incident, paid, given back and waived: to be read out, printed or sent.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline receipt 10001-4
  holdline receipt 10001-4 --json")]
pub struct Receipt {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
}

impl Receipt {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let number = desk.leads_to(session.number(&self.tech_ref)?)?;
        let (incident, customer) = desk.incident(number, session.now())?;
        let newest = desk.ruling(Some(&incident.policy))?;
        let timeline = desk.timeline(number)?;
        let receipt = receipt(
            &incident,
            &customer,
            &timeline,
            &newest.policy,
            &desk.name()?,
        )?;
        session.answer(&receipt, receipt.text(session.zone()))
    }
}
