//! `holdline receipt`.

use super::{Failure, Session};
use crate::incident::{self, Refusal, TechRef, receipt};
use crate::store::{Access, Desk};

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
        let number = session.number(&self.tech_ref)?;
        let into = desk.leads_to(number)?;
        // What was paid for a merged incident is on its own receipt, and on no other.
        let receipt = match of(&desk, number, session)? {
            Ok(receipt) if number != into => {
                session.note(format_args!(
                    "{number} was merged into {into}, which has a receipt of its own"
                ));
                receipt
            }
            Err(_) if number != into => of(&desk, into, session)??,
            own => own?,
        };
        session.answer(&receipt, receipt.text(session.zone()))
    }
}

/// The receipt of that incident itself, wherever its number leads.
fn of(
    desk: &Desk,
    number: TechRef,
    session: &Session,
) -> Result<Result<incident::Receipt, Refusal>, Failure> {
    let (incident, customer) = desk.incident(number, session.now())?;
    let newest = desk.ruling(Some(&incident.policy))?;
    let timeline = desk.timeline(number)?;
    let name = desk.name()?;
    Ok(receipt(
        &incident,
        &customer,
        &timeline,
        &newest.policy,
        &name,
    ))
}
