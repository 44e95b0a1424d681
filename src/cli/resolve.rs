//! `holdline resolve`.

mod same;

use super::preview::Preview;
use super::{Failure, Session, typed};
use crate::incident::{Resolution, Step, Together};
use crate::store::Access;

/// Resolves an incident by one of the policy's outcomes.
///
/// What an outcome needs, `holdline policy show` says; what is missing is named.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline resolve 10001-4 --outcome fixed --detail \"A new cable\"
  holdline resolve 10001-4 --outcome fixed --detail \"The line is back\" --with-same --dry-run
  holdline resolve 10001-4 --outcome fixed --detail \"The line is back\" --with-same --message - < letter.txt
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
    /// Resolves also those that were logged as the same as this known fault, as far as their own rules allow it.
    #[arg(long)]
    with_same: bool,
    /// With --with-same: what every caller is told, in one message whatever the number of their incidents; `-` reads it
    /// from standard input. As in a policy's messages, {contact}, {number}, {summary} and {detail} stand for each one's own;
    /// what has nothing to say for somebody is refused.
    #[arg(long, value_name = "TEXT", requires = "with_same")]
    message: Option<String>,
    #[command(flatten)]
    preview: Preview,
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
        if self.with_same {
            let message = self.message.map(typed::or_standard_input).transpose()?;
            let together = Together {
                resolution,
                message,
            };
            return same::resolve(session, &self.tech_ref, together, self.preview.only());
        }
        let step = Step::Resolve(Box::new(resolution));
        self.preview.take(session, &self.tech_ref, step)?;
        if self.preview.only() {
            return Ok(());
        }
        left_open(session, &self.tech_ref)
    }
}

/// Says which others have the fault that was resolved, and are not.
fn left_open(session: &Session, typed: &str) -> Result<(), Failure> {
    let number = session.number(typed)?;
    let desk = session.open(Access::Read)?;
    let same = desk.same_as(number)?.into_iter();
    let open: Vec<String> = same
        .filter(|same| same.open)
        .map(|same| same.number.to_string())
        .collect();
    if !open.is_empty() {
        let (count, numbers) = (open.len(), open.join(", "));
        let (fault, _) = desk.incident(number, session.now())?;
        let mark = match fault.forks.known {
            true => String::new(),
            false => format!("`holdline known {}`, then ", fault.tech_ref),
        };
        session.note(format_args!(
            "{count} with the same fault stay open ({numbers}): {mark}the same command with --with-same resolves them too"
        ));
    }
    Ok(())
}
