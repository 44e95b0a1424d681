//! The hash chain over the timeline, and the split of an event into facts and texts.
//!
//! Version 1 of the byte form: the byte 1; the hash of the entry before (32 zero bytes for the first); then as 8
//! big-endian bytes each the sequence number, the incident, the customer (0 for none), `at` and `recorded_at`; then the
//! agent, the kind and the facts, each as its length in 8 such bytes and its UTF-8; then the digests of the texts. A
//! text's digest is SHA-256 over its salt, its key, a zero byte and its JSON.

mod split;

use std::cell::RefCell;

use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::StoreError;

/// A SHA-256 hash.
pub(super) type Hash = [u8; 32];

const SALT: usize = 16;

/// Bytes that the texts of most events have room in.
const ROOM: usize = 512;

/// Random bytes that are asked for at once.
const RANDOM: usize = 64 * SALT;

/// An event as it is kept.
#[derive(Debug)]
pub(super) struct Parts {
    /// What kind of event it is.
    pub(super) kind: String,
    /// A JSON object of its facts.
    pub(super) facts: String,
    /// Its texts.
    pub(super) words: Words,
}

/// The texts of an entry, kept apart from its facts.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Words {
    /// A JSON object of the texts.
    pub(super) json: Option<String>,
    /// 16 random bytes a text.
    pub(super) salts: Vec<u8>,
    /// 32 bytes a text.
    pub(super) digests: Vec<u8>,
    /// Those texts by which the incident is found.
    pub(super) found_by: Vec<String>,
}

/// What is hashed of an entry besides its texts.
pub(super) struct Link<'a> {
    pub(super) seq: i64,
    pub(super) incident: Option<i64>,
    pub(super) customer: Option<i64>,
    pub(super) at: i64,
    pub(super) recorded_at: i64,
    pub(super) agent: &'a str,
    pub(super) kind: &'a str,
    pub(super) facts: &'a str,
}

/// Splits an event into its kind, its facts and its texts.
pub(super) fn split(event: &impl Serialize) -> Result<Parts, StoreError> {
    let split::Split { kind, facts, texts } = split::split(event)?;
    let mut words = Words::default();
    if !texts.is_empty() {
        words.salts = vec![0; SALT * texts.len()];
        words.digests.reserve(size_of::<Hash>() * texts.len());
        random(&mut words.salts)?;
        let mut json = String::with_capacity(ROOM);
        for ((key, text), salt) in texts.into_iter().zip(words.salts.chunks(SALT)) {
            let value = serde_json::to_string(&text)?;
            words.digests.extend(digest(salt, key, &value));
            json.push(if json.is_empty() { '{' } else { ',' });
            json.extend(["\"", key, "\":", &value]);
            if let Value::String(text) = text {
                words.found_by.push(text);
            }
        }
        json.push('}');
        words.json = Some(json);
    }
    Ok(Parts { kind, facts, words })
}

/// Fills `salts` with random bytes, of which the system is asked for many at once. None is used twice.
fn random(salts: &mut [u8]) -> Result<(), StoreError> {
    thread_local! {
        static KEPT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    KEPT.with_borrow_mut(|kept| {
        if kept.len() < salts.len() {
            *kept = vec![0; salts.len().max(RANDOM)];
            getrandom::fill(kept).map_err(|error| {
                kept.clear();
                StoreError::Damaged(format!("the system gives no random bytes ({error})"))
            })?;
        }
        salts.copy_from_slice(&kept.split_off(kept.len() - salts.len()));
        Ok(())
    })
}

/// Puts an event's JSON together again; an erased text reads as `[erased]`.
pub(super) fn join(kind: &str, facts: &str, words: Option<&str>) -> Result<Value, StoreError> {
    let mut event: Map<String, Value> = serde_json::from_str(facts)?;
    event.insert("kind".to_owned(), Value::String(kind.to_owned()));
    if let Some(words) = words {
        let texts: Map<String, Value> = serde_json::from_str(words)?;
        event.extend(texts.into_iter().map(|(key, text)| match text {
            Value::Null if key == "contact" || key == "old_contact" => (key, Value::Null),
            Value::Null if key == "files" => (key, Value::Array(Vec::new())),
            Value::Null => (key, Value::String("[erased]".to_owned())),
            text => (key, text),
        }));
    }
    Ok(Value::Object(event))
}

fn digest(salt: &[u8], key: &str, text: &str) -> Hash {
    Sha256::new()
        .chain_update(salt)
        .chain_update(key)
        .chain_update([0])
        .chain_update(text)
        .finalize()
        .into()
}

/// What is kept in place of a text whose words were erased, while the facts among them stay, and its digest, which the
/// entry that tells of the erasing holds.
pub(super) fn rest_digest(key: &str, rest: &Value) -> Hash {
    digest(&[0; SALT], key, &rest.to_string())
}

/// An entry's texts after some were erased.
pub(super) struct Blanked {
    /// The texts as JSON.
    pub(super) words: String,
    /// Their salts.
    pub(super) salts: Vec<u8>,
    /// The digest of what stayed of one.
    pub(super) rest: Option<Hash>,
}

/// An entry's texts without those that `erase` picks by their key: it gives null, or what is to stay of it.
/// `None` where nothing is picked.
///
/// # Errors
/// When the texts are no JSON object.
pub(super) fn erased(
    words: &str,
    salts: &[u8],
    erase: impl Fn(&str, &Value) -> Option<Value>,
) -> Result<Option<Blanked>, StoreError> {
    let mut texts: Map<String, Value> = serde_json::from_str(words)?;
    let mut kept: Vec<[u8; SALT]> = Vec::new();
    let (mut any, mut rest_of) = (false, None);
    for ((key, text), salt) in texts.iter_mut().zip(salts.chunks(SALT)) {
        let left = if text.is_null() {
            None
        } else {
            erase(key, text)
        };
        kept.push(match left {
            None => salt.try_into().unwrap_or_default(),
            Some(left) => {
                any = true;
                if !left.is_null() {
                    rest_of = Some(rest_digest(key, &left));
                }
                *text = left;
                [0; SALT]
            }
        });
    }
    Ok(any.then(|| Blanked {
        words: Value::Object(texts).to_string(),
        salts: kept.concat(),
        rest: rest_of,
    }))
}

/// The key of the first text of an entry that does not fit its digest; `None` where all do. An erased text fits, and so
/// does one of the `rests` that an erased one left.
pub(super) fn altered(
    words: Option<&str>,
    salts: &[u8],
    digests: &[u8],
    rests: &[Hash],
) -> Option<String> {
    let texts = words.map(serde_json::from_str::<Map<String, Value>>);
    let Ok(texts) = texts.transpose().map(Option::unwrap_or_default) else {
        return Some("text".to_owned());
    };
    let none = words.is_some() && texts.is_empty();
    if none || digests.len() != texts.len() * size_of::<Hash>() || salts.len() != texts.len() * SALT
    {
        return Some("text".to_owned());
    }
    let mut kept = salts.chunks(SALT).zip(digests.chunks(size_of::<Hash>()));
    for (key, text) in texts {
        let fits = kept.next().is_some_and(|(salt, kept)| {
            text.is_null()
                || digest(salt, &key, &text.to_string()) == kept
                || rests.contains(&rest_digest(&key, &text))
        });
        if !fits {
            return Some(key);
        }
    }
    None
}

/// The hash of an entry after `before`.
pub(super) fn hash(before: &Hash, link: &Link<'_>, digests: &[u8]) -> Hash {
    // In one piece: a hash that is fed by little pieces costs twice as much.
    let mut whole = Vec::with_capacity(ROOM);
    whole.push(1);
    whole.extend_from_slice(before);
    for number in [
        link.seq,
        link.incident.unwrap_or(0),
        link.customer.unwrap_or(0),
        link.at,
        link.recorded_at,
    ] {
        whole.extend_from_slice(&number.to_be_bytes());
    }
    for text in [link.agent, link.kind, link.facts] {
        whole.extend_from_slice(&(text.len() as u64).to_be_bytes());
        whole.extend_from_slice(text.as_bytes());
    }
    whole.extend_from_slice(digests);
    Sha256::digest(whole).into()
}
