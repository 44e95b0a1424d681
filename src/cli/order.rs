//! `holdline order`.

use super::{Failure, Session, step};
use crate::incident::Step;

/// Records that an incident was ordered, at the price of the day; its payment is still to be confirmed.
///
/// The customer is sent what the policy has to say after an order. `pay` without an order before does both.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline order 10001-4 --reference ORDER-7781")]
pub struct Order {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The order's reference.
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
}

impl Order {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let reference = self.reference;
        step::take(session, &self.tech_ref, Step::Order { reference })
    }
}
