//! What becomes of call time outside a contract's hours, on the command line.

use clap::ValueEnum;

use crate::incident::Outside;

/// Asked for where a contract covers the incident, the policy charges time, and the call was outside the hours (P5-02).
#[derive(Debug, clap::Args)]
pub(super) struct OutsideHours {
    /// What becomes of the call's time outside a contract's hours.
    #[arg(long, value_enum, value_name = "WHAT")]
    outside: Option<Becomes>,
    /// With --outside waive: why it is not charged.
    #[arg(
        long,
        value_name = "TEXT",
        requires = "outside",
        required_if_eq("outside", "waive")
    )]
    outside_reason: Option<String>,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Becomes {
    /// It is charged as any other customer's.
    Charge,
    /// It is not charged.
    Waive,
}

impl OutsideHours {
    pub(super) fn read(&self) -> Option<Outside> {
        Some(match self.outside? {
            Becomes::Charge => Outside::Charge,
            Becomes::Waive => Outside::Waive(self.outside_reason.clone().unwrap_or_default()),
        })
    }
}
