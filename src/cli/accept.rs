//! `holdline accept` and `holdline decline`.

use super::{Failure, Session, step};
use crate::incident::{EntitlementId, Step};

/// Accepts an incident as within the remit of support.
///
/// What the customer bought pays for it; where nothing does, it awaits payment.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline accept 10001-4
  holdline accept 10001-4 --entitlement 3")]
pub struct Accept {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The entitlement to take, where the first that fits is not wanted; `entitlement list` has them.
    #[arg(long, value_name = "ID")]
    entitlement: Option<i64>,
}

impl Accept {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let entitlement = self.entitlement.map(EntitlementId);
        step::take(session, &self.tech_ref, Step::Accept { entitlement })
    }
}

/// Declines an incident that is not within remit or scope, before the first response.
///
/// What was paid for it is given back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline decline 10001-4 --reason \"Training is not part of support\"")]
pub struct Decline {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// Why, in words for the caller.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Decline {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let reason = self.reason;
        step::take(session, &self.tech_ref, Step::Decline { reason })
    }
}
