//! `holdline report counts`.

use super::period::Period;
use super::sheet::{self, Format};
use crate::cli::{Failure, Session};
use crate::incident::LooseReason;
use crate::store::{Access, CountBy, Counted};

/// Counts what happened: contacts by channel, notes of each kind, steps up the ladder, outcomes.
///
/// Recommendations, answers that the manual has, the highest level of the ladder, emergencies taken and refused, what was
/// closed without a resolution and calls without an incident are each counted on their own.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline report counts
  holdline report counts --from 2026-11-01 --to 2026-11-30 --by agent
  holdline report counts --by customer --format csv")]
pub(super) struct Counts {
    #[command(flatten)]
    period: Period,
    /// What is counted apart.
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    by: By,
    /// How it is written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// By what is counted apart.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum By {
    /// The policy.
    #[default]
    Policy,
    /// The customer.
    Customer,
    /// Who did it.
    Agent,
    /// The agreed severity.
    Severity,
}

impl Counts {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (from, until) = self.period.bounds(session)?;
        let (by, heading) = match self.by {
            By::Policy => (CountBy::Policy, "policy"),
            By::Customer => (CountBy::Customer, "customer"),
            By::Agent => (CountBy::Agent, "agent"),
            By::Severity => (CountBy::Severity, "severity"),
        };
        let rows = session.open(Access::Read)?.still(|desk| {
            let mut rows = desk.counts(by, from, until, session.now())?;
            rows.extend(loose(desk.calls_without_incident(from, until)?));
            Ok::<_, Failure>(rows)
        })?;
        let headings = [heading, "what", "which", "count"];
        sheet::print(session, self.format, headings, &rows, |row| {
            let of = if row.of.is_empty() { "-" } else { &row.of };
            let texts = [of, &row.what, &row.which].map(str::to_owned);
            let [of, what, which] = texts;
            [of, what, which, row.count.to_string()]
        })
    }
}

/// Calls without an incident by their reasons: they belong to no policy.
fn loose(reasons: Vec<LooseReason>) -> Vec<Counted> {
    let mut counted: Vec<Counted> = Vec::new();
    for reason in reasons {
        let which = reason.word();
        match counted.iter_mut().find(|known| known.which == which) {
            Some(known) => known.count += 1,
            None => counted.push(Counted {
                of: String::new(),
                what: "call without an incident".to_owned(),
                which: which.to_owned(),
                count: 1,
            }),
        }
    }
    counted.sort();
    counted
}
