//! `holdline mail`: what is written to customers, and what they write.

mod list;
mod show;

use super::{Failure, Session};
use crate::incident::MessageId;

/// Mail to customers and from them.
#[derive(Debug, clap::Subcommand)]
pub enum MailCommand {
    List(list::List),
    Show(show::Show),
}

impl MailCommand {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::List(list) => list.run(session),
            Self::Show(show) => show.run(session),
        }
    }
}

/// A message that was typed, like `10001-4/1`.
fn message(session: &Session, text: &str) -> Result<MessageId, Failure> {
    MessageId::read(text, |number| session.number(number))
}
