//! What was said on a call, however the call is recorded.

use crate::cli::outside::OutsideHours;
use crate::cli::respond::Outlook;
use crate::cli::{Failure, Session};
use crate::incident::{NewContact, Way};
use crate::policy::Channel;

/// What was said, and what comes of it.
#[derive(Debug, clap::Args)]
pub(super) struct Said {
    #[command(flatten)]
    outside: OutsideHours,
    /// The customer was answered on it.
    #[arg(long)]
    answered: bool,
    #[command(flatten)]
    outlook: Outlook,
    /// What was said.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// How the caller behaved, if that is worth keeping.
    #[arg(long, value_name = "TEXT")]
    conduct: Option<String>,
    /// The role of the ladder that the call was with: an escalation to that level may rest on it.
    #[arg(long, value_name = "ROLE")]
    with: Option<String>,
    /// With --answered: the manual page that answers it.
    #[arg(long, value_name = "PAGE", requires = "answered")]
    manual: Option<String>,
}

impl Said {
    /// Whether anything is said at all.
    pub(super) fn is_empty(&self) -> bool {
        let texts = [&self.note, &self.conduct, &self.with];
        !self.answered && texts.iter().all(|text| text.is_none())
    }

    /// A call from the customer on which this was said; its length and who it was with are for others to fill in.
    pub(super) fn read(self, session: &Session) -> Result<NewContact, Failure> {
        Ok(NewContact {
            outside: self.outside.read(),
            answered: self.answered,
            estimate: self.outlook.read(session)?,
            text: self.note,
            conduct: self.conduct,
            with: self.with,
            manual_page: self.manual,
            ..NewContact::new(Way::In, Channel::Phone)
        })
    }
}
