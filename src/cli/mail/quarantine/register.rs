//! `holdline mail quarantine register`.

use crate::cli::mail::incoming::Outcome;
use crate::cli::{Failure, Session};
use crate::incident::{Command, MailTarget, RegisterMail};
use crate::store::Access;

/// Registers the sender of a mail for a customer, and takes the mail in.
///
/// It continues the incident that was proposed, if it is that customer's, else it opens one. Where the policy has further
/// addresses approved, --approved-by says who did.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail quarantine register M-3 --customer \"Blue Fern\"
  holdline mail quarantine register M-3 --customer C-0001 --approved-by \"Lee, account manager\"
  holdline mail quarantine register M-4 --customer C-0001 --new --severity high")]
pub struct Register {
    /// The mail, as `holdline mail quarantine list` names it.
    mail: String,
    /// Whose it is: a name or code.
    #[arg(long, value_name = "NAME-or-CODE")]
    customer: String,
    /// Who wrote it; what the sender calls itself without it.
    #[arg(long, value_name = "NAME")]
    contact: Option<String>,
    /// Who approved the address, where that is asked for.
    #[arg(long, value_name = "WHO")]
    approved_by: Option<String>,
    /// The incident that it belongs to; the proposed one without it.
    #[arg(long, value_name = "REF", conflicts_with = "new")]
    incident: Option<String>,
    /// It opens an incident, whatever was proposed.
    #[arg(long)]
    new: bool,
    /// For a new incident: the severity that the customer asks for.
    #[arg(long, value_name = "NAME")]
    severity: Option<String>,
    /// For a new incident: the office whose hours count.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// For a new incident: the issue in full, where the mail does not say it.
    #[arg(long, value_name = "TEXT")]
    detail: Option<String>,
}

impl Register {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = |text: &String| session.number(text);
        let target = match self.incident.as_ref().map(number).transpose()? {
            Some(number) => MailTarget::Incident(number),
            None if self.new => MailTarget::New,
            None => MailTarget::Proposed,
        };
        let customer = session.open(Access::Read)?.customer_named(&self.customer)?;
        let command = Command::RegisterMail(Box::new(RegisterMail {
            mail: self.mail.parse()?,
            customer: customer.id,
            person: self.contact,
            approved_by: self.approved_by,
            target,
            severity: self.severity,
            office: self.office,
            detail: self.detail,
        }));
        let context = session.context()?;
        let outcome = session.batch(|batch| {
            let done = batch.execute(&command, &context)?;
            Outcome::read(batch, &done, session)
        })?;
        outcome.tell(session)
    }
}
