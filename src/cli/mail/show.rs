//! `holdline mail show`.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::cli::{Failure, Session};
use crate::incident::{MessageId, MessageState, TechRef};
use crate::mail::eml;
use crate::policy::Occasion;
use crate::store::{Access, OutboxMessage};

use super::send::Sender;

/// Shows a message of the outbox as its reader will see it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail show 10001-4/1
  holdline mail show 10001-4/1 --eml > message.eml")]
pub struct Show {
    /// The message, as `holdline mail list` names it.
    message: String,
    /// As the file that a mail program reads, without sending it.
    #[arg(long)]
    eml: bool,
    #[command(flatten)]
    sender: Sender,
}

impl Show {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let id = super::message(session, &self.message)?;
        let desk = session.open(Access::Read)?;
        if self.eml {
            let set_up = super::post()?.from;
            let from = self.sender.given().or(set_up.as_deref());
            let bytes = eml(&desk, id, from, session.now())?;
            return session.print_bytes(&bytes);
        }
        let message = desk.outbox_message(id)?;
        let said = in_words(&message, session);
        session.answer(&View::of(message), said)
    }
}

/// A message in its JSON form.
#[derive(Serialize)]
pub(in crate::cli) struct View {
    message: MessageId,
    pub(in crate::cli) tech_ref: TechRef,
    /// The other incidents of the same caller that it tells of.
    pub(in crate::cli) also: Vec<TechRef>,
    pub(in crate::cli) customer: String,
    occasion: Occasion,
    state: MessageState,
    /// Why it could not be handed over, or is not to be sent.
    reason: Option<String>,
    pub(in crate::cli) to: Vec<String>,
    cc: Vec<String>,
    pub(in crate::cli) subject: String,
    pub(in crate::cli) text: String,
    queued_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
}

impl View {
    pub(in crate::cli) fn of(message: OutboxMessage) -> Self {
        let wording = message.wording;
        Self {
            message: message.id,
            tech_ref: message.id.tech_ref,
            also: message.also,
            customer: message.customer,
            occasion: message.occasion,
            state: message.state,
            reason: message.why,
            to: wording.to.iter().map(str::to_owned).collect(),
            cc: wording.cc.iter().map(str::to_owned).collect(),
            subject: wording.subject,
            text: wording.text,
            queued_at: message.queued_at,
            changed_at: message.changed_at,
        }
    }
}

/// The message as a reader sees it, under where it stands.
pub(super) fn in_words(message: &OutboxMessage, session: &Session) -> String {
    let wording = &message.wording;
    let since = session.told(message.changed_at, session.zone());
    let cc = match wording.cc.is_empty() {
        true => String::new(),
        false => format!("\nCc: {}", wording.cc),
    };
    let why = message.why.as_ref().map(|why| format!(": {why}"));
    let why = why.unwrap_or_default();
    format!(
        "{} {} since {since}{why}\n\nTo: {}{cc}\nSubject: {}\n\n{}",
        message.id,
        message.state.word(),
        wording.to,
        wording.subject,
        wording.text,
    )
}
