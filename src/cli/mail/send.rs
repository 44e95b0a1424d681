//! `holdline mail send`.

use std::path::PathBuf;

use crate::cli::{Failure, Session};
use crate::incident::MessageId;
use crate::mail::{Carrier, Sent, send};
use crate::store::{Access, Desk};

/// Sends messages of the outbox: the ones that are named, else all that are queued.
///
/// There is no network here: each message is handed over as it is to a program such as `sendmail`, or written into a
/// folder or to standard output, from where something else delivers it. One that could not be handed over is kept as
/// failed, with the reason; the others are sent all the same, and the exit code is 1.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail send --from support@blue-fern.test --program \"/usr/sbin/sendmail -t -i\"
  holdline mail send --from support@blue-fern.test --folder outgoing
  holdline mail send 10001-4/2 --from support@blue-fern.test --stdout > message.eml
  HOLDLINE_MAIL_FROM=support@blue-fern.test HOLDLINE_SENDMAIL=\"sendmail -t -i\" holdline mail send --retry")]
pub struct Send {
    /// Messages, as `holdline mail list` names them; all that are queued without any.
    #[arg(value_name = "MESSAGE")]
    messages: Vec<String>,
    /// Also those that failed before.
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
    fn carrier(self) -> Result<Carrier, Failure> {
        match self {
            Self { stdout: true, .. } => Ok(Carrier::Output),
            Self {
                folder: Some(folder),
                ..
            } => Ok(Carrier::Folder(folder)),
            Self {
                program: Some(line), ..
            } => Ok(Carrier::program(&line)),
            _ => Err(Failure::Input(
                "nothing delivers mail here yet: give --program \"sendmail -t -i\" (or HOLDLINE_SENDMAIL), --folder or \
                 --stdout"
                    .to_owned(),
            )),
        }
    }
}

impl Send {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut desk = session.open(Access::Write)?;
        session.known_agent(&desk)?;
        let carrier = self.way.carrier()?;
        let ids = wanted(session, &desk, &self.messages, self.retry)?;
        if carrier == Carrier::Output && ids.len() > 1 {
            return Err(Failure::Input(
                "several messages in one stream could not be told apart: name one, or give --folder".to_owned(),
            ));
        }
        let context = session.context()?;
        let mut results = Vec::new();
        for id in ids {
            results.push(send(
                &mut desk,
                id,
                self.sender.given(),
                &carrier,
                &context,
            )?);
        }
        told(session, &results, carrier == Carrier::Output)
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
    Ok(desk.messages_to_send(retry)?)
}

/// Says how it went; on standard error where the messages themselves went to standard output.
fn told(session: &Session, results: &[Sent], aside: bool) -> Result<(), Failure> {
    let failed = results.iter().filter(|sent| sent.error.is_some()).count();
    let lines = results.iter().map(|sent| match &sent.error {
        None => format!("{} sent", sent.message),
        Some(why) => format!("{} not sent: {why}", sent.message),
    });
    let lines: Vec<String> = lines.collect();
    match (aside, lines.is_empty()) {
        (true, _) => lines.iter().for_each(|line| session.note(line)),
        (false, true) => session.answer(&results, "nothing waits to be sent")?,
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
