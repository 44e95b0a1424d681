//! `holdline mail quarantine show`.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::cli::{Failure, Session};
use crate::incident::{MailId, MailState, TechRef, full_instant};
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
        let said = in_words(&mail, &desk, session);
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

/// The mail as somebody reads it who is to decide about it.
pub(super) fn in_words(mail: &Arrived, desk: &Desk, session: &Session) -> String {
    let arrival = &mail.arrival;
    let since = full_instant(mail.changed_at, session.zone());
    let mut lines = vec![format!("{} {} since {since}", mail.id, mail.state.word())];
    let mut say = |what: &str, text: Option<String>| {
        lines.extend(text.map(|text| format!("{what}: {text}")));
    };
    say("Why", mail.reason.clone());
    say("Dismissed", mail.dismissed.clone());
    let belongs = match mail.state {
        MailState::Taken => "Belongs to",
        _ => "May belong to",
    };
    say(belongs, mail.incident.map(|number| number.to_string()));
    let customers: Vec<String> = mail
        .customers
        .iter()
        .map(|customer| format!("{} {}", customer.code, customer.name))
        .collect();
    say(
        "Customer",
        (!customers.is_empty()).then(|| customers.join(", ")),
    );
    let from = arrival
        .sender
        .clone()
        .unwrap_or_else(|| "nobody".to_owned());
    let from = match &arrival.sender_name {
        Some(name) => format!("{name} <{from}>"),
        None => from,
    };
    say("\nFrom", Some(from));
    say("To", Some(arrival.to.to_string()));
    say(
        "Cc",
        (!arrival.cc.is_empty()).then(|| arrival.cc.to_string()),
    );
    say(
        "Delivered",
        Some(full_instant(arrival.delivered_at, session.zone())),
    );
    say("Automatic", arrival.automatic.clone());
    say("Subject", Some(arrival.subject.clone()));
    for file in &arrival.files {
        let path = desk.file_path(&file.hash);
        say("File", Some(format!("{file} {}", path.display())));
    }
    lines.push(String::new());
    lines.extend(arrival.text.clone());
    lines.join("\n").trim_end().to_owned()
}
