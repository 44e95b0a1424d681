//! `holdline resolve`.

use super::{Failure, Session, step};
use crate::incident::{Resolution, Step};

/// Resolves an incident by one of the policy's outcomes.
///
/// What an outcome needs, `holdline policy show` says; what is missing is named.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline resolve 10001-4 --outcome fixed --detail \"A new cable\"
  holdline resolve 10001-4 --outcome bug-raised --reference BUG-12 --indication \"in the next release\" --critical")]
pub struct Resolve {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The outcome.
    #[arg(long, value_name = "OUTCOME")]
    outcome: String,
    /// The cause; one may give back what was paid, another may refuse that.
    #[arg(long, value_name = "CAUSE")]
    cause: Option<String>,
    /// What was done or found.
    #[arg(long, value_name = "TEXT")]
    detail: Option<String>,
    /// The reference of a bug, a request or a review.
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// The version that solves it.
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// The third party's product.
    #[arg(long, value_name = "PRODUCT")]
    product: Option<String>,
    /// To whom it was forwarded.
    #[arg(long, value_name = "ROLE")]
    to: Option<String>,
    /// When or how it is expected to be solved.
    #[arg(long, value_name = "TEXT")]
    indication: Option<String>,
    /// The bug is critical: a patch is awaited.
    #[arg(long)]
    critical: bool,
    /// The manual page that answers it.
    #[arg(long, value_name = "PAGE")]
    manual: Option<String>,
}

impl Resolve {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let resolution = Resolution {
            outcome: self.outcome,
            cause: self.cause,
            detail: self.detail,
            reference: self.reference,
            version: self.version,
            product: self.product,
            to: self.to,
            indication: self.indication,
            critical: self.critical,
            manual_page: self.manual,
            ..Resolution::default()
        };
        step::take(session, &self.tech_ref, Step::Resolve(Box::new(resolution)))
    }
}
