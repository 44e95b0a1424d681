//! Mail by keys: messages handed over or written to a file, and mail taken out of quarantine.

use std::path::Path;

use super::Worker;
use super::opening::MOST_MAIL;
use crate::console::paper;
use crate::console::request::{Answer, Outgoing, Tag, Waiting};
use crate::incident::{Attached, Command, MailState, MessageId, MessageState, RegisterMail};
use crate::mail::{self, Carrier, Sent};
use crate::store::{Correspondence, Desk, Done, HowTaken, OutboxQuery, ReadTo, StoreError};

/// The mail that waits, counted again only once something has touched mail.
#[derive(Default)]
pub(super) struct Waits {
    counted: Option<(ReadTo, Correspondence)>,
}

impl Waits {
    /// How much waits now.
    pub(super) fn count(&mut self, desk: &Desk) -> Result<Correspondence, StoreError> {
        let read = desk.read_to()?;
        let untouched = match self.counted {
            Some((read, counted)) => {
                let touched = desk.touched_since(read)?;
                touched.filter(|touched| !touched.mail).map(|_| counted)
            }
            None => None,
        };
        let counted = match untouched {
            Some(counted) => counted,
            None => desk.correspondence(MOST_MAIL)?,
        };
        self.counted = Some((read, counted));
        Ok(counted)
    }
}

impl Worker {
    /// The newest messages in these states, at most so many, with how much waits in all.
    pub(super) fn outbox(
        &self,
        states: Vec<MessageState>,
        most: usize,
    ) -> Result<Answer, StoreError> {
        self.with(|desk, _| {
            let query = OutboxQuery {
                states: states.clone(),
                incident: None,
            };
            let rows = desk.outbox(&query, most)?;
            let mail = desk.correspondence(MOST_MAIL)?;
            Ok(Answer::Outbox { states, rows, mail })
        })
    }

    /// Mail that waits, at most this much, with the whole of it in words.
    pub(super) fn quarantine(&self, most: usize) -> Result<Answer, StoreError> {
        self.with(|desk, _| {
            let waiting = desk.arrived(&[MailState::Waiting], most)?;
            let waiting = waiting.into_iter().map(|mail| Waiting {
                words: mail::in_words(&mail, desk, self.start.zone),
                mail,
            });
            Ok(Answer::Quarantine {
                waiting: waiting.collect(),
                mail: desk.correspondence(MOST_MAIL)?,
            })
        })
    }

    /// Hands messages over, and tells how that went.
    pub(super) fn send(
        &mut self,
        which: Outgoing,
        from: Option<&str>,
        carrier: &Carrier,
    ) -> Result<String, String> {
        let context = self.context(None, None);
        let desk = self.desk.as_mut().ok_or("the desk is not open yet")?;
        let ids = match which {
            Outgoing::One(id) => Ok(vec![id]),
            Outgoing::AllQueued => desk.messages_to_send(false, context.now),
        };
        let sent = ids.and_then(|ids| {
            let ids = ids.into_iter();
            ids.map(|id| mail::send(desk, id, from, carrier, &context))
                .collect::<Result<Vec<_>, _>>()
        });
        in_words(&sent.map_err(|error| error.to_string())?)
    }

    /// Writes a message to a new file, as mail programs read it.
    pub(super) fn write_message(
        &self,
        id: MessageId,
        path: &Path,
        from: Option<&str>,
    ) -> Result<String, String> {
        let bytes = self.with(|desk, now| mail::eml(desk, id, from, now));
        paper::write(path, &bytes.map_err(|error| error.to_string())?)
    }

    /// Writes files that came with mail into a folder, each under its name.
    pub(super) fn write_files(&self, files: &[Attached], folder: &Path) -> Result<String, String> {
        let desk = self.desk.as_ref().ok_or("the desk is not open yet")?;
        let mut written = Vec::new();
        for file in files {
            let bytes = desk.kept_file(&file.hash);
            let bytes = bytes.map_err(|error| error.to_string())?;
            let path = mail::put(&bytes, &file.name, folder);
            let failed = |error| format!("{} cannot be written: {error}", folder.display());
            written.push(path.map_err(failed)?.display().to_string());
        }
        Ok(format!("written to {}", written.join(", ")))
    }

    /// Takes a mail out of quarantine, for the customer of this name or code.
    pub(super) fn register(&mut self, customer: &str, register: RegisterMail) -> Answer {
        let context = self.context(None, None);
        let found = self.with(|desk, _| desk.customer_named(customer));
        let done = found.and_then(|customer| {
            let register = RegisterMail {
                customer: customer.id,
                ..register
            };
            self.execute(&[Command::RegisterMail(Box::new(register))], &context)
        });
        match done {
            Ok(carried) => {
                let tag = Tag::Edit(taken(&carried.0));
                super::done(tag, Ok(carried))
            }
            Err(error) => Answer::told(Err(error.to_string())),
        }
    }
}

/// How it went with messages; a reason where one of them was not sent.
fn in_words(sent: &[Sent]) -> Result<String, String> {
    let mut errors = sent.iter().filter_map(|one| one.error.as_deref());
    match (errors.next(), sent) {
        (None, [only]) => Ok(format!("message {} is sent", only.message)),
        (None, all) => Ok(format!("{} messages are sent", all.len())),
        (Some(why), [_]) => Err(why.to_owned()),
        (Some(why), all) => {
            let failed = errors.count() + 1;
            Err(format!("{failed} of {} not sent: {why}", all.len()))
        }
    }
}

/// What became of a mail.
fn taken(done: &[Done]) -> String {
    let words = done.iter().find_map(|done| match done {
        Done::Mail(mail, HowTaken::Opened(number)) => Some(format!("{mail} opened {number}")),
        Done::Mail(mail, HowTaken::Joined(number)) => Some(format!("{mail} continued {number}")),
        _ => None,
    });
    words.unwrap_or_default()
}
