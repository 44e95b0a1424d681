//! A mail as it came in: from bytes of any kind to what is kept of it. This never fails; what cannot be kept as it is, is
//! said, and then the whole mail is kept as a file.

use std::collections::HashSet;
use std::panic::catch_unwind;

use chrono::{DateTime, Utc};
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders};
use sha2::{Digest, Sha256};

use super::name::safe_name;
use crate::incident::{Addresses, Arrival, Attached, MOST_TEXT, with_cards_starred, without_cards};
use crate::policy::is_address;
use crate::store::{Desk, StoreError};

/// The most bytes that a mail may have.
pub const MOST_MAIL: u64 = 25 * 1024 * 1024;

/// The most characters of a subject, of a name, of a Message-ID.
const MOST_SUBJECT: usize = 200;
const MOST_NAME: usize = 100;
const MOST_ID: usize = 250;

/// The most addresses, files, and Message-IDs that are kept of one mail.
const MOST_ADDRESSES: usize = 200;
const MOST_FILES: usize = 100;
const MOST_REPLIES: usize = 50;

/// The first year whose calendars are known; what claims to be older has a wrong clock.
pub(super) const EPOCH: i64 = 946_684_800;

/// A mail that was read, and the files that came with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The mail, without its files.
    pub arrival: Arrival,
    /// The files.
    pub files: Vec<IncomingFile>,
}

/// A file that came with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingFile {
    /// A name that is safe to give to a file.
    pub name: String,
    /// Of what kind it is, as its sender says.
    pub media: Option<String>,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Incoming {
    /// Keeps the files beside the desk, and gives the mail that names them.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn keep(self, desk: &Desk) -> Result<Arrival, StoreError> {
        let mut arrival = self.arrival;
        for file in self.files {
            arrival.files.push(Attached {
                hash: desk.keep_file(&file.bytes)?,
                size: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
                name: file.name,
                media: file.media,
            });
        }
        Ok(arrival)
    }
}

/// Reads a mail that is delivered at `now`, unless it says itself that it was delivered before.
pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Incoming {
    let bytes = without_envelope(bytes);
    // The parser stumbles over some broken mail, in debug builds by an assertion: such a mail is kept whole, too.
    let read = catch_unwind(|| {
        let message = MessageParser::default().parse(bytes)?;
        Some(parsed(&message, bytes, now))
    });
    let read = read.unwrap_or_default();
    let mut incoming = read.unwrap_or_else(|| unparsed(bytes, now));
    if incoming.arrival.unclear.is_some() {
        incoming.files.truncate(MOST_FILES);
        incoming.files.push(IncomingFile {
            name: "message.eml".to_owned(),
            media: Some("message/rfc822".to_owned()),
            bytes: without_cards_inside(bytes.to_owned()),
        });
    }
    incoming
}

/// Without the line `From ada@… Mon Nov 23 …` that some programs put before a mail.
fn without_envelope(bytes: &[u8]) -> &[u8] {
    if !bytes.starts_with(b"From ") {
        return bytes;
    }
    let end = bytes.iter().position(|byte| *byte == b'\n');
    end.and_then(|end| bytes.get(end + 1..)).unwrap_or(bytes)
}

fn unparsed(bytes: &[u8], now: DateTime<Utc>) -> Incoming {
    let (text, _) = bounded(&String::from_utf8_lossy(bytes));
    Incoming {
        arrival: Arrival {
            identity: identity(None, None, bytes),
            message_id: None,
            replies_to: Vec::new(),
            sender: None,
            sender_name: None,
            to: Addresses::default(),
            cc: Addresses::default(),
            subject: NO_SUBJECT.to_owned(),
            text: Some(text).filter(|text| !text.is_empty()),
            delivered_at: now,
            automatic: None,
            by_program: false,
            unclear: Some("it cannot be read as a mail".to_owned()),
            files: Vec::new(),
        },
        files: Vec::new(),
    }
}

const NO_SUBJECT: &str = "(no subject)";

fn parsed(message: &Message<'_>, bytes: &[u8], now: DateTime<Utc>) -> Incoming {
    let mut unclear = Vec::new();
    let senders = addresses(message, "From");
    let (sender, sender_name) = match senders.as_slice() {
        [(address, name)] => (Some(address.clone()), name.clone()),
        [] => {
            unclear.push("it names no sender");
            (None, None)
        }
        _ => {
            unclear.push("it names several senders");
            (None, None)
        }
    };
    let (text, cut) = bounded(&text(message));
    if cut {
        unclear.push("its text is longer than 64 KiB and was cut");
    }
    let (files, dropped) = files(message);
    if dropped {
        unclear.push("it has over 100 files");
    }
    let message_id = message.message_id().map(id);
    let message_id = message_id.filter(|id| !id.is_empty());
    let (automatic, by_program) = automatic(message);
    let list = |name| Addresses::new(addresses(message, name).into_iter().map(|(it, _)| it));
    let subject = line(message.subject().unwrap_or_default(), MOST_SUBJECT);
    Incoming {
        arrival: Arrival {
            identity: identity(message.message_id(), sender.as_deref(), bytes),
            replies_to: replies_to(message),
            message_id,
            sender,
            sender_name,
            to: list("To"),
            cc: list("Cc"),
            subject: match subject.is_empty() {
                true => NO_SUBJECT.to_owned(),
                false => subject,
            },
            text: Some(text).filter(|text| !text.is_empty()),
            delivered_at: delivered_at(message, now),
            automatic,
            by_program,
            unclear: (!unclear.is_empty()).then(|| unclear.join("; ")),
            files: Vec::new(),
        },
        files,
    }
}

/// By what a second copy is known: the Message-ID and who wrote it, or all of a mail that has none.
fn identity(message_id: Option<&str>, sender: Option<&str>, bytes: &[u8]) -> String {
    let digest = match message_id.map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => Sha256::new()
            .chain_update(id)
            .chain_update([0])
            .chain_update(sender.unwrap_or_default().to_lowercase()),
        None => Sha256::new().chain_update(bytes),
    };
    let digest = digest.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The addresses of every header of this name, each once, with the names beside them.
fn addresses(message: &Message<'_>, name: &str) -> Vec<(String, Option<String>)> {
    let mut seen = HashSet::new();
    let headers = message.headers().iter();
    let headers = headers.filter(|header| header.name().eq_ignore_ascii_case(name));
    headers
        .filter_map(|header| header.value().as_address())
        .flat_map(mail_parser::Address::iter)
        .filter_map(|one| {
            let address = one.address()?.trim().to_owned();
            let name = one.name().map(|name| line(name, MOST_NAME));
            (is_address(&address) && seen.insert(address.to_lowercase()))
                .then(|| (address, name.filter(|name| !name.is_empty())))
        })
        .take(MOST_ADDRESSES)
        .collect()
}

/// What the mail answers, the nearest first: what it says that it answers, then the newest of the conversation.
fn replies_to(message: &Message<'_>) -> Vec<String> {
    let ids = |value: &HeaderValue<'_>| -> Vec<String> {
        match value {
            HeaderValue::Text(text) => vec![id(text)],
            HeaderValue::TextList(list) => list.iter().map(|text| id(text)).collect(),
            _ => Vec::new(),
        }
    };
    let mut found = ids(message.in_reply_to());
    found.extend(ids(message.references()).into_iter().rev());
    let mut seen = HashSet::new();
    found.retain(|id| !id.is_empty() && seen.insert(id.clone()));
    found.truncate(MOST_REPLIES);
    found
}

/// When the last host on its way took it, which is ours: never what its sender claims, and never later than now.
fn delivered_at(message: &Message<'_>, now: DateTime<Utc>) -> DateTime<Utc> {
    let mut headers = message.headers().iter();
    let topmost = headers.find(|header| header.name().eq_ignore_ascii_case("Received"));
    topmost
        .and_then(|header| header.value().as_received()?.date())
        .filter(mail_parser::DateTime::is_valid)
        .map(|date| date.to_timestamp())
        .filter(|seconds| *seconds >= EPOCH)
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .filter(|at| *at <= now)
        .unwrap_or(now)
}

/// Why nothing answers it by itself, and whether a program wrote it.
fn automatic(message: &Message<'_>) -> (Option<String>, bool) {
    let raw = |name: &str| {
        let mut headers = message.headers_raw();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| line(value, MOST_NAME).to_lowercase())
    };
    let word = |value: &str| {
        value
            .split([';', ' '])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    if let Some(how) = raw("Auto-Submitted").filter(|value| word(value) != "no") {
        return (Some(format!("Auto-Submitted: {how}")), true);
    }
    if raw("Return-Path").is_some_and(|path| path.replace(' ', "") == "<>") {
        return (Some("it has an empty Return-Path".to_owned()), true);
    }
    if raw("List-Id").is_some() {
        return (Some("it came by a list".to_owned()), false);
    }
    match raw("Precedence") {
        Some(how) if word(&how) == "auto_reply" => (Some(format!("Precedence: {how}")), true),
        Some(how) if ["bulk", "junk", "list"].contains(&word(&how).as_str()) => {
            (Some(format!("Precedence: {how}")), false)
        }
        _ => (None, false),
    }
}

/// What the mail says: every part that is its body, as plain text.
fn text(message: &Message<'_>) -> String {
    let mut whole = String::new();
    for at in 0..message.text_body_count() {
        if let Some(part) = message.body_text(at) {
            if !whole.is_empty() {
                whole.push_str("\n\n");
            }
            whole.push_str(&part);
        }
        if whole.len() > 4 * MOST_TEXT {
            break;
        }
    }
    whole
}

/// A text without control characters, and as much of it as may be kept; says whether that is less than all.
fn bounded(text: &str) -> (String, bool) {
    let clean: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let mut clean = without_cards(&clean).into_owned();
    clean.truncate(clean.trim_end().len());
    let start = clean.len() - clean.trim_start().len();
    clean.drain(..start);
    let end = clean.floor_char_boundary(MOST_TEXT);
    let cut = end < clean.len();
    clean.truncate(end);
    clean.truncate(clean.trim_end().len());
    (clean, cut)
}

/// A text in one line without control characters, as much of it as fits.
fn line(text: &str, most: usize) -> String {
    start(&without_cards(&in_one_line(text)), most)
}

/// A Message-ID: what a program made, digits and all.
fn id(text: &str) -> String {
    start(&in_one_line(text), MOST_ID)
}

fn in_one_line(text: &str) -> String {
    let plain = text.replace(|c: char| c.is_control(), " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

fn start(line: &str, most: usize) -> String {
    let start: String = line.chars().take(most).collect();
    start.trim_end().to_owned()
}

/// What is in a file that is text, without the middle digits of cards' numbers: it keeps its length. Other files, and
/// what is encoded in one, are kept as they came.
fn without_cards_inside(bytes: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(bytes) {
        Ok(text) => with_cards_starred(&text).into_owned().into_bytes(),
        // In an encoding of one byte a character, digits are what they are in ASCII.
        Err(other) => {
            let text: String = other
                .as_bytes()
                .iter()
                .map(|byte| char::from(*byte))
                .collect();
            let starred = with_cards_starred(&text);
            let back = starred
                .chars()
                .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'));
            back.collect()
        }
    }
}

/// The attached files, and whether there are more than are kept.
fn files(message: &Message<'_>) -> (Vec<IncomingFile>, bool) {
    let mut taken = HashSet::new();
    let mut files = Vec::new();
    for (n, part) in (1..).zip(message.attachments()) {
        if n > MOST_FILES {
            return (files, true);
        }
        let mut name = safe_name(part.attachment_name().unwrap_or_default());
        if name.is_empty() {
            name = format!("attachment-{n}");
        }
        if !taken.insert(name.to_lowercase()) {
            name = format!("{n}-{name}");
            taken.insert(name.to_lowercase());
        }
        let (media, bytes) = (media(part), part.contents().to_vec());
        let bytes = match &media {
            Some(media) if !media.starts_with("text/") => bytes,
            _ => without_cards_inside(bytes),
        };
        files.push(IncomingFile { name, media, bytes });
    }
    (files, false)
}

fn media(part: &MessagePart<'_>) -> Option<String> {
    let kind = part.content_type()?;
    let media = match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()),
        None => kind.ctype().to_owned(),
    };
    Some(line(&media, MOST_NAME)).filter(|media| !media.is_empty())
}

#[cfg(test)]
mod tests;
