//! Erasing what is written about somebody. Numbers, times and money stay, and so does the chain of the timeline: it is
//! hashed over digests, and each erased text's salt goes with it, so that nobody can try texts against the digest.

mod blank;

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use blank::{any_text, blank, drop_attachments, entries_of, rebuild, unsent, without_words};

use super::beside::{self, beside};
use super::callers::index_caller;
use super::chain::Hash;
use super::context::Context;
use super::open::denied;
use super::timeline::{self, Subject};
use super::{Batch, Desk, Live, StoreError, incidents};
use crate::incident::{Command, CustomerId, NoteKind, Refusal, Step, TechRef, checked_text};

/// What stands where a text was.
pub(super) const GONE: &str = crate::incident::ERASED;

/// What was erased, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// How many entries of the timeline lose texts.
    pub entries: usize,
    /// The incidents that they are of.
    pub incidents: Vec<TechRef>,
    /// How many files that came with mail go.
    pub files: usize,
    /// Copies of the desk beside it, which hold it all still.
    pub copies: Vec<PathBuf>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ErasedEvent {
    CustomerErased {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        entries: usize,
        rests: Vec<Rest>,
    },
    TextRedacted {
        number: TechRef,
        entries: usize,
        rests: Vec<Rest>,
    },
}

/// What was left of a text whose facts are still needed: in which entry, and its digest in hexadecimal.
#[derive(Serialize, Deserialize)]
struct Rest {
    entry: i64,
    digest: String,
}

/// The digests of what erased texts left, by entry.
pub(super) fn rests(connection: &Connection) -> Result<HashMap<i64, Vec<Hash>>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT json_extract(facts, '$.rests') FROM timeline WHERE kind IN ('customer-erased', 'text-redacted')",
    )?;
    let mut rows = statement.query([])?;
    let mut found: HashMap<i64, Vec<Hash>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let rests: Vec<Rest> = serde_json::from_str(&row.get::<_, String>(0)?)?;
        for rest in rests {
            let pairs = rest.digest.as_bytes().chunks(2);
            let bytes: Option<Vec<u8>> = pairs
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
                .collect();
            let digest = bytes.and_then(|bytes| Hash::try_from(bytes).ok());
            found.entry(rest.entry).or_default().extend(digest);
        }
    }
    Ok(found)
}

impl Desk {
    /// Erases what is written about a customer: names, ways to reach it, what was said in its incidents and calls, its
    /// mail with its files, its PIN. With `keep` false nothing is erased, and it is told what would be.
    ///
    /// # Errors
    /// When something of it is open or waits to be sent, or the file refuses; then nothing has changed.
    pub fn erase_customer(
        &mut self,
        customer: CustomerId,
        reason: Option<&str>,
        context: &Context,
        keep: bool,
    ) -> Result<Erased, StoreError> {
        let name = self.customer(customer)?.name;
        let reason = reason
            .map(|reason| checked_text("reason", reason))
            .transpose()?;
        self.erase(keep, context, |batch| {
            let numbers = batch.finished(customer, &name)?;
            let connection = &batch.desk().connection;
            let entries = entries_of(connection, &numbers, Some(customer))?;
            let (changed, rests) = blank(connection, &entries, |kind, key, text| match (kind, key) {
                // The state that it went on in is a fact.
                ("reopened", "to") => None,
                (_, "back") => Some(without_words(text.clone(), &|_| true)),
                _ => Some(Value::Null),
            })?;
            let hashes = drop_attachments(connection, &numbers, &entries)?;
            connection.execute(
                "UPDATE customer SET name = ?2, account_manager = NULL, contacts = '[]' WHERE id = ?1",
                params![customer.0, GONE],
            )?;
            connection.execute("DELETE FROM pin WHERE customer = ?1", [customer.0])?;
            connection.execute("UPDATE entitlement SET reference = NULL WHERE customer = ?1", [customer.0])?;
            index_caller(connection, customer)?;
            for number in &numbers {
                rebuild(connection, *number)?;
            }
            let event = ErasedEvent::CustomerErased { reason, entries: changed, rests };
            batch.by_agent(context, |connection, stamp, at| {
                let subject = Subject { customer: Some(customer), ..Subject::default() };
                timeline::append(connection, subject, stamp, at, &event)
            })?;
            Ok((changed, numbers, hashes))
        })
        .and_then(|erased| {
            if keep && let Some(mut live) = Live::if_there(self.path())? {
                live.forget_customer(customer, &erased.incidents, &name)?;
            }
            Ok(erased)
        })
    }

    /// Erases every text of an incident that holds `words`, upper and lower case the same: a password that somebody
    /// told, a name that does not belong there. With `keep` false nothing is erased, and it is told what would be.
    ///
    /// # Errors
    /// When no text holds them, or one that waits to be sent does, or the file refuses; then nothing has changed.
    pub fn redact(
        &mut self,
        number: TechRef,
        words: &str,
        reason: Option<&str>,
        context: &Context,
        keep: bool,
    ) -> Result<Erased, StoreError> {
        let words = checked_text("text to erase", words)?.to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&words);
        self.erase(keep, context, |batch| {
            let connection = &batch.desk().connection;
            incidents::load(connection, number)?;
            let entries = entries_of(connection, &[number], None)?;
            let (changed, rests) = blank(connection, &entries, |_, key, text| match (key, text) {
                ("back", back) => {
                    let left = without_words(back.clone(), &holds);
                    (left != *back).then_some(left)
                }
                ("files", _) => None,
                (_, text) => any_text(text, &holds).then_some(Value::Null),
            })?;
            if changed == 0 {
                return Err(Refusal::unknown("text of that incident", "what was given", []).into());
            }
            unsent(connection, &[number], &entries)?;
            rebuild(connection, number)?;
            let event = ErasedEvent::TextRedacted {
                number,
                entries: changed,
                rests,
            };
            batch.by_agent(context, |connection, stamp, at| {
                timeline::append(connection, Subject::default(), stamp, at, &event)
            })?;
            let s = if changed == 1 { "y" } else { "ies" };
            let why = reason
                .map(|reason| format!(": {reason}"))
                .unwrap_or_default();
            let text = format!("Texts of {changed} entr{s} were erased{why}");
            let kind = NoteKind::Internal;
            batch.execute(&Command::Step(number, Step::Note { kind, text }), context)?;
            Ok((changed, vec![number], Vec::new()))
        })
    }

    /// Erases as `work` says, in one transaction, and then wherever else the words stood in the desk's files.
    fn erase(
        &mut self,
        keep: bool,
        context: &Context,
        work: impl FnOnce(&mut Batch<'_>) -> Result<(usize, Vec<TechRef>, Vec<String>), StoreError>,
    ) -> Result<Erased, StoreError> {
        let (entries, incidents, hashes) = match keep {
            true => self.batch(work)?,
            false => self.rehearse(work)?,
        };
        if keep {
            for hash in &hashes {
                let path = self.file_path(hash);
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                        return Err(denied(&path, &error));
                    }
                    _ => {}
                }
            }
            // Pages and pieces of the search indexes that the words once stood in are written anew.
            self.compact(&context.agent)?;
        }
        Ok(Erased {
            entries,
            incidents,
            files: hashes.len(),
            copies: self.copies(),
        })
    }

    /// Copies of the desk beside it: backups, and what was kept when it was replaced or brought up to date.
    fn copies(&self) -> Vec<PathBuf> {
        let listed = |folder: &std::path::Path| {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| entry.path()).collect::<Vec<_>>()
        };
        let kept = [".replaced-", ".schema-"].map(|ending| beside(self.path(), ending));
        let is_kept = |path: &PathBuf| {
            let path = path.to_string_lossy();
            let begins = kept
                .iter()
                .any(|kept| path.starts_with(&*kept.to_string_lossy()));
            begins && !path.ends_with(".files")
        };
        let mut copies = listed(beside::folder(self.path()));
        copies.retain(is_kept);
        copies.extend(
            listed(&self.backups())
                .into_iter()
                .filter(|path| path.is_file()),
        );
        if let Ok(Some(newest)) = self.backed_up() {
            copies.push(newest.path);
        }
        copies.sort();
        copies.dedup();
        copies
    }
}

impl Batch<'_> {
    /// The incidents of a customer, of which nothing may be left to do.
    fn finished(&self, customer: CustomerId, name: &str) -> Result<Vec<TechRef>, StoreError> {
        let connection = &self.desk.connection;
        let numbers = |condition: &str| -> Result<Vec<TechRef>, StoreError> {
            let sql = format!("SELECT number FROM incident WHERE customer = ?1 {condition}");
            let mut statement = connection.prepare(&sql)?;
            let rows = statement.query_map([customer.0], |row| row.get(0).map(TechRef::new))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        let open = numbers("AND queue_key IS NOT NULL LIMIT 5")?;
        if !open.is_empty() {
            let open: Vec<String> = open.iter().map(ToString::to_string).collect();
            let open = open.join(", ");
            return Err(Refusal::rule(format!(
                "something of {name} is open ({open}): resolve or close it first"
            ))
            .into());
        }
        let numbers = numbers("")?;
        unsent(connection, &numbers, &[])?;
        Ok(numbers)
    }
}
