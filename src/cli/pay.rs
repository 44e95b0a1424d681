//! `holdline pay`, `holdline waive` and `holdline refund`.

use super::{Failure, Session, step};
use crate::incident::{EntitlementId, Step};

/// Records a confirmed payment of what an incident owes; the work may begin.
///
/// With --entitlement what the customer has bought since pays, in place of the payment that was asked for.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline pay 10001-4 --method online --reference ORDER-7781 --amount 139.00
  holdline pay 10001-4 --entitlement 3")]
pub struct Pay {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// How it was paid: one of the methods that the policy takes.
    #[arg(
        long,
        value_name = "METHOD",
        required_unless_present = "entitlement",
        conflicts_with = "entitlement"
    )]
    method: Option<String>,
    /// The payment's reference.
    #[arg(
        long,
        value_name = "TEXT",
        required_unless_present = "entitlement",
        conflicts_with = "entitlement"
    )]
    reference: Option<String>,
    /// A cross-check: refused unless it is what is owed.
    #[arg(long, value_name = "AMOUNT", conflicts_with = "entitlement")]
    amount: Option<String>,
    /// The entitlement that pays instead; `entitlement list` has them.
    #[arg(long, value_name = "ID")]
    entitlement: Option<i64>,
}

impl Pay {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let pay = match self.entitlement {
            Some(id) => Step::Cover {
                entitlement: Some(EntitlementId(id)),
            },
            None => Step::Pay {
                method: self.method.unwrap_or_default(),
                reference: self.reference.unwrap_or_default(),
                amount: self.amount,
            },
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
