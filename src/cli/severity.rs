//! `holdline severity`.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::preview::Preview;
use super::step::{Standing, stepped};
use super::{Failure, Session};
use crate::incident::{ClockKind, Incident, Step};

/// Agrees with the customer on another severity.
///
/// A response that is still due is counted again from its start; both instants are printed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline severity 10001-4 urgent --agreed-with \"Ana Ferreira, by phone\"
  holdline severity 10001-4 urgent --agreed-with \"Ana Ferreira, by phone\" --dry-run")]
pub struct Severity {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The severity, as the policy names it.
    #[arg(value_name = "SEVERITY")]
    severity: String,
    /// Who agreed, and how.
    #[arg(long, value_name = "TEXT")]
    agreed_with: String,
    #[command(flatten)]
    preview: Preview,
}

#[derive(Serialize)]
struct Agreed {
    #[serde(flatten)]
    standing: Standing,
    severity: String,
    response_due_before: Option<DateTime<Utc>>,
    response_due_at: Option<DateTime<Utc>>,
    /// That in which its deadlines are said.
    #[serde(skip)]
    zone: Tz,
}

impl Severity {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = session.number(&self.tech_ref)?;
        let context = session.context()?;
        let step = Step::Severity {
            severity: self.severity.clone(),
            agreed_with: self.agreed_with,
        };
        if self.preview.only() {
            return self.preview.take(session, &self.tech_ref, step);
        }
        let agreed = session.batch(|batch| {
            let (before, _) = batch.desk().incident(number, session.now())?;
            let number = stepped(batch, number, step, &context)?;
            let (after, _) = batch.desk().incident(number, session.now())?;
            let ruling = batch
                .desk()
                .ruling_of(&after.policy, after.policy_version)?;
            Ok(Agreed {
                zone: session.zone_of(&ruling, after.office.as_deref()),
                standing: Standing::read(batch, number, session)?,
                severity: self.severity,
                response_due_before: response_due(&before),
                response_due_at: response_due(&after),
            })
        })?;
        let (severity, standing) = (&agreed.severity, &agreed.standing);
        let at = |due| session.told(due, agreed.zone);
        let dues = (agreed.response_due_before, agreed.response_due_at);
        let moved = match dues {
            (None, None) => String::new(),
            (before, after) => {
                let [before, after] =
                    [before, after].map(|due| due.map_or_else(|| "not due".to_owned(), at));
                let then = if session.is_plain() { ", then" } else { " ->" };
                format!(", response {before}{then} {after}")
            }
        };
        session.answer(
            &agreed,
            format_args!("{standing}; {severity} agreed{moved}"),
        )
    }
}

fn response_due(incident: &Incident) -> Option<DateTime<Utc>> {
    incident
        .running(ClockKind::Response)
        .map(|clock| clock.due_at)
}
