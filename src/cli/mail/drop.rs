//! `holdline mail drop`.

use crate::cli::{Failure, Session};
use crate::incident::MessageStep;

/// Takes a message out of the outbox unsent, with the reason on record.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline mail drop 10001-4/1 --reason \"told on the telephone\"")]
pub struct Drop {
    /// The message, as `holdline mail list` names it.
    message: String,
    /// Why it is not sent.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Drop {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let step = MessageStep::Drop {
            reason: self.reason,
        };
        super::treat(session, &self.message, |_, _| Ok(step))
    }
}
