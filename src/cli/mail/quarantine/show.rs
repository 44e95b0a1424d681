//! `holdline mail quarantine show`.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::cli::{Failure, Session};
use crate::incident::{MailId, MailState, TechRef};
use crate::mail::in_words;
use crate::store::{Access, Arrived, Desk};

/// Shows one mail that came in, with the reason why it waits and where it may belong.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline mail quarantine show M-3")]
pub struct Show {
    /// The mail, as `holdline mail quarantine list` names it.
    mail: String,
}

impl Show {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let id: MailId = self.mail.parse()?;
        let desk = session.open(Access::Read)?;
        let mail = desk.arrived_mail(id)?;
        let said = in_words(&mail, &desk, session.zone());
        session.answer(&View::of(mail, &desk), said)
    }
}

/// A mail in its JSON form.
#[derive(Serialize)]
pub(super) struct View {
    mail: MailId,
    state: MailState,
    tech_ref: Option<TechRef>,
    customers: Vec<String>,
    from: Option<String>,
    from_name: Option<String>,
    to: Vec<String>,
    cc: Vec<String>,
    subject: String,
    text: Option<String>,
    files: Vec<File>,
    reason: Option<String>,
    dismissed: Option<String>,
    automatic: Option<String>,
    delivered_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
}

/// A file that came with it.
#[derive(Serialize)]
struct File {
    name: String,
    media: Option<String>,
    size: u64,
    hash: String,
    path: String,
}

impl View {
    pub(super) fn of(mail: Arrived, desk: &Desk) -> Self {
        let arrival = mail.arrival;
        let files = arrival.files.into_iter().map(|file| File {
            path: desk.file_path(&file.hash).display().to_string(),
            name: file.name,
            media: file.media,
            size: file.size,
            hash: file.hash,
        });
        Self {
            mail: mail.id,
            state: mail.state,
            tech_ref: mail.incident,
            customers: mail
                .customers
                .into_iter()
                .map(|customer| customer.code)
                .collect(),
            from: arrival.sender,
            from_name: arrival.sender_name,
            to: arrival.to.iter().map(str::to_owned).collect(),
            cc: arrival.cc.iter().map(str::to_owned).collect(),
            subject: arrival.subject,
            text: arrival.text,
            files: files.collect(),
            reason: mail.reason,
            dismissed: mail.dismissed,
            automatic: arrival.automatic,
            delivered_at: arrival.delivered_at,
            recorded_at: mail.recorded_at,
            changed_at: mail.changed_at,
        }
    }
}
