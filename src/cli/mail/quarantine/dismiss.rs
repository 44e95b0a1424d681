//! `holdline mail quarantine dismiss`.

use super::show::View;
use crate::cli::{Failure, Session};
use crate::incident::{Command, MailId};
use crate::mail::in_words;

/// Decides that a mail leads to nothing, with the reason on record. It stays readable.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline mail quarantine dismiss M-3 --reason \"an advertisement\"")]
pub struct Dismiss {
    /// The mail, as `holdline mail quarantine list` names it.
    mail: String,
    /// Why it leads to nothing.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Dismiss {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let id: MailId = self.mail.parse()?;
        let context = session.context()?;
        let command = Command::DismissMail(id, self.reason);
        let (view, said) = session.batch(|batch| {
            batch.execute(&command, &context)?;
            let mail = batch.desk().arrived_mail(id)?;
            let said = in_words(&mail, batch.desk(), session.zone());
            Ok((View::of(mail, batch.desk()), said))
        })?;
        session.answer(&view, said)
    }
}
