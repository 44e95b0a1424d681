//! `holdline mail`: what is written to customers, and what they write.

mod drop;
mod edit;
mod fetch;
mod files;
mod incoming;
mod list;
mod quarantine;
mod send;
mod show;

use super::{Failure, Session};
use crate::config::{Config, Post};
use crate::incident::{Command, MessageId, MessageStep, Step};
use crate::store::{Desk, StoreError};

pub(super) use show::View;

/// Mail to customers and from them.
#[derive(Debug, clap::Subcommand)]
pub enum MailCommand {
    Drop(drop::Drop),
    Edit(edit::Edit),
    Fetch(fetch::Fetch),
    Files(files::Files),
    In(incoming::In),
    List(list::List),
    #[command(subcommand)]
    Quarantine(quarantine::Quarantine),
    Send(send::Send),
    Show(show::Show),
}

impl MailCommand {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Drop(drop) => drop.run(session),
            Self::Edit(edit) => edit.run(session),
            Self::Fetch(fetch) => fetch.run(session),
            Self::Files(files) => files.run(session),
            Self::In(incoming) => incoming.run(session),
            Self::List(list) => list.run(session),
            Self::Quarantine(quarantine) => quarantine.run(session),
            Self::Send(send) => send.run(session),
            Self::Show(show) => show.run(session),
        }
    }
}

/// How mail is sent, as the settings say.
fn post() -> Result<Post, Failure> {
    let (config, _) = Config::own().map_err(Failure::input)?;
    Ok(config.post)
}

/// A message that was typed, like `10001-4/1`.
fn message(session: &Session, text: &str) -> Result<MessageId, Failure> {
    MessageId::read(text, |number| session.number(number))
}

/// Does something with a message, and shows it as it is then.
fn treat(
    session: &Session,
    typed: &str,
    step: impl FnOnce(&Desk, MessageId) -> Result<MessageStep, StoreError>,
) -> Result<(), Failure> {
    let id = message(session, typed)?;
    let context = session.context()?;
    let message = session.batch(|batch| {
        let step = Step::Message(id.n, step(batch.desk(), id)?);
        batch.execute(&Command::Step(id.tech_ref, step), &context)?;
        batch.desk().outbox_message(id)
    })?;
    let said = show::in_words(&message, session);
    session.answer(&show::View::of(message), said)
}
