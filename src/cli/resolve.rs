//! `holdline resolve`.

use serde_json::json;

use super::{Failure, Session, step};
use crate::incident::{Command, Resolution, Step};
use crate::store::{Access, Done};

/// Resolves an incident by one of the policy's outcomes.
///
/// What an outcome needs, `holdline policy show` says; what is missing is named.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline resolve 10001-4 --outcome fixed --detail \"A new cable\"
  holdline resolve 10001-4 --outcome fixed --detail \"The line is back\" --with-same
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
        let resolution = Box::new(resolution);
        if self.with_same {
            return with_same(session, &self.tech_ref, resolution);
        }
        step::take(session, &self.tech_ref, Step::Resolve(resolution))?;
        left_open(session, &self.tech_ref)
    }
}

/// Resolves a known fault and all that are the same, and says what became of each.
fn with_same(session: &Session, typed: &str, resolution: Box<Resolution>) -> Result<(), Failure> {
    let number = session.number(typed)?;
    let Done::Resolved(done) = session.execute(&Command::ResolveSame(number, resolution))? else {
        return Err(super::session::other_answer());
    };
    let resolved = std::iter::once(&done.fault).chain(&done.resolved);
    let lines: Vec<String> = resolved
        .map(|number| format!("{number} resolved"))
        .collect();
    let left = done
        .left
        .iter()
        .map(|(number, why)| json!({"tech_ref": number, "why": why}));
    let left: Vec<_> = left.collect();
    let told = json!({"tech_ref": done.fault, "resolved": done.resolved, "left": left});
    session.answer(&told, lines.join("\n"))?;
    for (number, why) in &done.left {
        session.note(format_args!("{number} is left as it is: {why}"));
    }
    Ok(())
}

/// Says which others have the fault that was resolved, and are not.
fn left_open(session: &Session, typed: &str) -> Result<(), Failure> {
    let number = session.number(typed)?;
    let desk = session.open(Access::Read)?;
    let mut open = Vec::new();
    for same in desk.same_as(number)? {
        let (incident, _) = desk.incident(same, session.now())?;
        open.extend(incident.state.is_open().then(|| same.to_string()));
    }
    if !open.is_empty() {
        let (count, numbers) = (open.len(), open.join(", "));
        session.note(format_args!(
            "{count} with the same fault stay open ({numbers}): the same command with --with-same resolves them too"
        ));
    }
    Ok(())
}
