//! `holdline mail send`.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::cli::{Failure, Session};
use crate::incident::{MessageId, day_and_time};
use crate::mail::{Carrier, Sent, send};
use crate::store::{Access, Desk};

/// Sends messages of the outbox: the ones that are named, else all that are to be sent.
///
/// Each is handed over to the mail server or the program that the settings name, or as is said here. One that could not
/// be handed over is kept as failed, with the reason in the server's own words; the others are sent all the same, and the
/// exit code is 1. It is tried again by itself, by whatever run of this command comes after 5 minutes, then 15, then
/// later and later for two days, unless the server refused it for good. None is sent twice: where a program ended while
/// it sent one, or a server did not say whether it took one, that one is sent by its name alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail send --from support@blue-fern.test --program \"/usr/sbin/sendmail -t -i\"
  holdline mail send --from support@blue-fern.test --folder outgoing
  holdline mail send 10001-4/2 --from support@blue-fern.test --stdout > message.eml
  HOLDLINE_MAIL_FROM=support@blue-fern.test HOLDLINE_SENDMAIL=\"sendmail -t -i\" holdline mail send --retry
  holdline mail send                             # by the settings, from a timer every five minutes

Example of config.toml:
  [mail]
  from = \"support@blue-fern.test\"
  server = \"mail.blue-fern.test\"                # or program = [\"/usr/sbin/sendmail\", \"-t\", \"-i\"]
  tls = \"starttls\"                             # or \"tls\", which it is without this line; port = 587
  user = \"support\"
  password_from = [\"pass\", \"show\", \"mail\"]     # or password = \"…\" in a file that nobody else may read")]
pub struct Send {
    /// Messages, as `holdline mail list` names them; all that are queued without any.
    #[arg(value_name = "MESSAGE")]
    messages: Vec<String>,
    /// Also every one that failed before, however that was.
    #[arg(long, conflicts_with = "messages")]
    retry: bool,
    #[command(flatten)]
    sender: Sender,
    #[command(flatten)]
    way: Way,
}

/// From whom messages come.
#[derive(Debug, clap::Args)]
pub(super) struct Sender {
    /// The shop's address, to which customers answer; the policy's role `support` without it.
    #[arg(long, value_name = "ADDRESS", env = "HOLDLINE_MAIL_FROM")]
    from: Option<String>,
}

impl Sender {
    /// The address that was given.
    pub(super) fn given(&self) -> Option<&str> {
        self.from.as_deref()
    }
}

/// To what messages are handed over.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Way {
    /// A program that reads a message on its standard input and whom to send it to from its headers.
    #[arg(long, value_name = "COMMAND", env = "HOLDLINE_SENDMAIL")]
    program: Option<String>,
    /// A folder: one .eml file a message.
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Standard output, one message alone.
    #[arg(long)]
    stdout: bool,
}

impl Way {
    /// What is said, else what the settings name.
    fn carrier(self, set_up: Option<Carrier>) -> Result<Carrier, Failure> {
        match self {
            Self { stdout: true, .. } => Ok(Carrier::Output),
            Self {
                folder: Some(folder),
                ..
            } => Ok(Carrier::Folder(folder)),
            Self {
                program: Some(line), ..
            } => Ok(Carrier::program(&line)),
            _ => set_up.ok_or_else(|| {
                Failure::Input(
                    "nothing delivers mail here yet: name a server or a program under [mail] in config.toml, or give \
                     --program \"sendmail -t -i\" (HOLDLINE_SENDMAIL), --folder or --stdout"
                        .to_owned(),
                )
            }),
        }
    }
}

impl Send {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut desk = session.open(Access::Write)?;
        session.known_agent(&desk)?;
        let post = super::post()?;
        let carrier = self.way.carrier(post.carrier)?;
        let from = self.sender.given().or(post.from.as_deref());
        let ids = wanted(session, &desk, &self.messages, self.retry)?;
        for id in desk.messages_in_doubt(session.now())? {
            session.note(format_args!(
                "message {id} may have been sent by a program that ended meanwhile: ask, then send it by its name or drop it"
            ));
        }
        if carrier == Carrier::Output && ids.len() > 1 {
            return Err(Failure::Input(
                "several messages in one stream could not be told apart: name one, or give --folder".to_owned(),
            ));
        }
        let context = session.context()?;
        let mut results = Vec::new();
        for id in ids {
            results.push(send(&mut desk, id, from, &carrier, &context)?);
        }
        told(session, &desk, &results, carrier == Carrier::Output)
    }
}

/// The messages that are named, else those that wait, the oldest first.
fn wanted(
    session: &Session,
    desk: &Desk,
    named: &[String],
    retry: bool,
) -> Result<Vec<MessageId>, Failure> {
    if !named.is_empty() {
        return named
            .iter()
            .map(|text| super::message(session, text))
            .collect();
    }
    Ok(desk.messages_to_send(retry, session.now())?)
}

/// That nothing is sent now, and what failed before: how many, and when they are tried again.
fn nothing(desk: &Desk, session: &Session) -> Result<String, Failure> {
    let retries = desk.retries()?;
    let mut words = "nothing waits to be sent".to_owned();
    let again: Vec<DateTime<Utc>> = retries.iter().copied().flatten().collect();
    if let Some(next) = again.first() {
        let next = day_and_time(*next, session.now(), session.zone());
        words.push_str(&match again.len() {
            1 => format!(" now; 1 message that failed is tried again after {next} (--retry: now)"),
            many => {
                format!(" now; {many} messages that failed are tried again, the next after {next} (--retry: now)")
            }
        });
    }
    let left = retries.len() - again.len();
    if left > 0 {
        words.push_str(&format!(
            "; {left} failed for good: see `holdline mail list --state failed`"
        ));
    }
    Ok(words)
}

/// Says how it went; on standard error where the messages themselves went to standard output.
fn told(session: &Session, desk: &Desk, results: &[Sent], aside: bool) -> Result<(), Failure> {
    let failed = results.iter().filter(|sent| sent.error.is_some()).count();
    let lines = results.iter().map(|sent| match &sent.error {
        None => format!("{} sent", sent.message),
        Some(why) => format!("{} not sent: {why}", sent.message),
    });
    let lines: Vec<String> = lines.collect();
    match (aside, lines.is_empty()) {
        (true, _) => lines.iter().for_each(|line| session.note(line)),
        (false, true) => session.answer(&results, nothing(desk, session)?)?,
        (false, false) => session.answer(&results, lines.join("\n"))?,
    }
    match failed {
        0 => Ok(()),
        failed => Err(Failure::Rule(format!(
            "{failed} of {} not sent: correct and try again, or drop with a reason",
            results.len()
        ))),
    }
}
