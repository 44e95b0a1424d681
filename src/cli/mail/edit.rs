//! `holdline mail edit`.

use crate::cli::{Failure, Session, typed};
use crate::incident::{Addresses, MessageStep};

/// Changes a message before it is sent; what is not given stays as it is.
///
/// The Tech Reference number stays in the subject, whatever the subject is. What it said before stays on the timeline.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail edit 10001-4/1 --to ada@blue-fern.test --cc kim@blue-fern.test
  holdline mail edit 10001-4/1 --subject \"Your invoices\" --text \"Dear Ada, …\"
  holdline mail edit 10001-4/1 --text - < letter.txt")]
pub struct Edit {
    /// The message, as `holdline mail list` names it.
    message: String,
    /// Whom it is written to; may be given several times.
    #[arg(long, value_name = "ADDRESS")]
    to: Vec<String>,
    /// Who gets a copy; may be given several times.
    #[arg(long, value_name = "ADDRESS")]
    cc: Vec<String>,
    /// Nobody gets a copy.
    #[arg(long, conflicts_with = "cc")]
    no_cc: bool,
    /// Its subject.
    #[arg(long, value_name = "TEXT")]
    subject: Option<String>,
    /// What it says; `-` reads that from standard input.
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
}

impl Edit {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let given = [&self.to, &self.cc].iter().any(|list| !list.is_empty());
        if !given && !self.no_cc && self.subject.is_none() && self.text.is_none() {
            return Err(Failure::Input(
                "nothing to change was given: name --to, --cc, --subject or --text".to_owned(),
            ));
        }
        let text = self.text.map(typed::or_standard_input).transpose()?;
        super::treat(session, &self.message, |desk, id| {
            let mut wording = desk.outbox_message(id)?.wording;
            if !self.to.is_empty() {
                wording.to = Addresses::new(self.to);
            }
            if self.no_cc || !self.cc.is_empty() {
                wording.cc = Addresses::new(self.cc);
            }
            wording.subject = self.subject.unwrap_or(wording.subject);
            wording.text = text.unwrap_or(wording.text);
            Ok(MessageStep::Edit(wording))
        })
    }
}
