//! A message of the outbox as the bytes that a mail program reads.

use chrono::{DateTime, Utc};
use mail_builder::MessageBuilder;
use mail_builder::headers::date::Date;

use crate::store::Departure;

/// A message as it is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its Message-ID, without the angle brackets.
    pub message_id: String,
    /// The whole of it.
    pub bytes: Vec<u8>,
}

/// Writes a message from `from`, an address, at `now`. Lines end as mail's do, by carriage return and line feed.
///
/// # Errors
/// Never in fact: writing to memory does not fail.
pub fn write(departure: &Departure, from: &str, now: DateTime<Utc>) -> std::io::Result<Written> {
    let wording = &departure.message.wording;
    let host = from.rsplit('@').next().unwrap_or_default();
    let message_id = format!("{}@{host}", departure.token);
    let list = |addresses: &crate::incident::Addresses| -> Vec<String> {
        addresses.iter().map(str::to_owned).collect()
    };
    let mut message = MessageBuilder::new()
        .from(from)
        .to(list(&wording.to))
        .subject(wording.subject.as_str())
        .date(Date::new(now.timestamp()))
        .message_id(message_id.as_str())
        .text_body(format!("{}\n", wording.text));
    if !wording.cc.is_empty() {
        message = message.cc(list(&wording.cc));
    }
    if let Some(newest) = departure.conversation.last() {
        message = message
            .in_reply_to(newest.as_str())
            .references(departure.conversation.as_slice());
    }
    let bytes = message.write_to_vec()?;
    Ok(Written { message_id, bytes })
}
