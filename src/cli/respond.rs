//! `holdline respond`, and what every response may say about the resolution.

use super::call::which;
use super::{Failure, Session, step};
use crate::incident::{Estimate, Respond as Response, Step, usual_channel};
use crate::policy::Channel;
use crate::store::{Access, Dossier};

/// Answers the customer, which stops the response clock and ends the waiting.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline respond 10001-4 \"We can see it too\" --estimate \"fri 17:00\"
  holdline respond 10001-4 \"See page 12\" --by mail --no-estimate \"no work is left\" --manual 12")]
pub struct Respond {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// What the customer is told.
    #[arg(value_name = "TEXT")]
    text: String,
    /// How.
    ///
    /// Where it is not said, as the customer came last; by phone while you talk with them.
    #[arg(long, value_enum, value_name = "CHANNEL")]
    by: Option<Channel>,
    /// Why by a channel that the agreement does not cover.
    #[arg(long, value_name = "TEXT")]
    channel_reason: Option<String>,
    #[command(flatten)]
    outlook: Outlook,
    /// The manual page that answers it.
    #[arg(long, value_name = "PAGE")]
    manual: Option<String>,
}

impl Respond {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let usual = match self.by {
            Some(_) => None,
            None => Some(usual(session, &self.tech_ref)?),
        };
        let response = Response {
            by: self.by.or(usual).unwrap_or(Channel::Phone),
            channel_reason: self.channel_reason,
            text: Some(self.text),
            estimate: self.outlook.read(session)?,
            manual_page: self.manual,
        };
        step::take(session, &self.tech_ref, Step::Respond(response))?;
        if let Some(usual) = usual {
            session.note(format_args!("answered by {}", usual.word()));
        }
        Ok(())
    }
}

/// By which way a customer is answered where nobody says.
fn usual(session: &Session, typed: &str) -> Result<Channel, Failure> {
    let desk = session.open(Access::Read)?;
    let number = desk.leads_to(session.number(typed)?)?;
    usual_of(session, &desk.dossier(number, session.now())?)
}

/// As [`usual`], of what was read already.
pub(super) fn usual_of(session: &Session, dossier: &Dossier) -> Result<Channel, Failure> {
    let (incident, policy) = (&dossier.incident, &dossier.ruling.policy);
    let call = which::talking(session)?;
    let on_the_line = call.is_some_and(|found| found.call.customer == Some(incident.customer));
    Ok(usual_channel(
        incident,
        &dossier.timeline,
        policy,
        on_the_line,
    ))
}

/// What a response says about the resolution.
#[derive(Debug, clap::Args)]
pub(super) struct Outlook {
    /// When it will be resolved.
    #[arg(long, value_name = "INSTANT", allow_hyphen_values = true)]
    estimate: Option<String>,
    /// Why that cannot be said.
    #[arg(long, value_name = "REASON", conflicts_with = "estimate")]
    no_estimate: Option<String>,
}

impl Outlook {
    /// What was said.
    pub(super) fn read(self, session: &Session) -> Result<Option<Estimate>, Failure> {
        if let Some(by) = self.estimate {
            return Ok(Some(Estimate::By(session.instant(&by, true)?)));
        }
        Ok(self.no_estimate.map(Estimate::No))
    }
}
