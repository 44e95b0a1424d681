//! `holdline pay`, `holdline waive` and `holdline refund`.

use super::{Failure, Session, step};
use crate::incident::Step;

/// Records a confirmed payment of what an incident owes; the work may begin.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline pay 10001-4 --method online --reference ORDER-7781 --amount 139.00")]
pub struct Pay {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// How it was paid: one of the methods that the policy takes.
    #[arg(long, value_name = "METHOD")]
    method: String,
    /// The payment's reference.
    #[arg(long, value_name = "TEXT")]
    reference: String,
    /// A cross-check: refused unless it is what is owed.
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
}

impl Pay {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let pay = Step::Pay {
            method: self.method,
            reference: self.reference,
            amount: self.amount,
        };
        step::take(session, &self.tech_ref, pay)
    }
}

/// Does not charge what an incident owes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline waive 10001-4 --reason \"The download was broken on our side\"")]
pub struct Waive {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Waive {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let reason = self.reason;
        step::take(session, &self.tech_ref, Step::Waive { reason })
    }
}

/// Gives back what was paid for an incident.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline refund 10001-4 --reason \"Agreed with the customer\"")]
pub struct Refund {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Refund {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let reason = self.reason;
        step::take(session, &self.tech_ref, Step::Refund { reason })
    }
}
