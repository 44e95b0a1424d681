//! Blanking the texts of entries, and whatever was made of them.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use serde_json::Value;

use super::{GONE, Rest};
use crate::incident::{CustomerId, Incident, Refusal, TEXTS, TechRef};
use crate::store::holding::ABOUT;
use crate::store::{StoreError, chain, incidents, timeline};

/// An entry that has texts.
pub(super) struct Entry {
    seq: i64,
    kind: String,
    words: String,
    salts: Vec<u8>,
}

/// The entries with texts of these incidents and of the customer, with those of mail that waited before it was theirs.
pub(super) fn entries_of(
    connection: &Connection,
    numbers: &[TechRef],
    customer: Option<CustomerId>,
) -> Result<Vec<Entry>, StoreError> {
    let numbers: Vec<u32> = numbers.iter().map(|number| number.sequence()).collect();
    let mut statement = connection.prepare(
        &format!(
            "WITH of (number) AS (SELECT value FROM json_each(?1))
             SELECT seq, kind, words, salts FROM timeline WHERE words IS NOT NULL AND {ABOUT} ORDER BY seq"
        ),
    )?;
    let numbers = serde_json::to_string(&numbers)?;
    let rows = statement.query_map(
        params![numbers, customer.map(|customer| customer.0)],
        |row| {
            Ok(Entry {
                seq: row.get(0)?,
                kind: row.get(1)?,
                words: row.get(2)?,
                salts: row.get(3)?,
            })
        },
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Blanks what `erase` picks by kind, key and text, and says in how many entries, with the digests of what is left.
pub(super) fn blank(
    connection: &Connection,
    entries: &[Entry],
    erase: impl Fn(&str, &str, &Value) -> Option<Value>,
) -> Result<(usize, Vec<Rest>), StoreError> {
    let (mut changed, mut rests) = (0, Vec::new());
    for entry in entries {
        let pick = |key: &str, text: &Value| erase(&entry.kind, key, text);
        let Some(left) = chain::erased(&entry.words, &entry.salts, pick)? else {
            continue;
        };
        connection
            .prepare_cached("UPDATE timeline SET words = ?2, salts = ?3 WHERE seq = ?1")?
            .execute(params![entry.seq, left.words, left.salts])?;
        changed += 1;
        rests.extend(left.rest.map(|digest| Rest {
            entry: entry.seq,
            digest: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        }));
    }
    Ok((changed, rests))
}

/// What waits to be sent must not be sent without its words.
pub(super) fn unsent(
    connection: &Connection,
    numbers: &[TechRef],
    entries: &[Entry],
) -> Result<(), StoreError> {
    let mut waiting = connection.prepare(
        "SELECT wording FROM message WHERE incident = ?1 AND state IN ('queued', 'failed')",
    )?;
    for number in numbers {
        let mut rows = waiting.query([number.sequence()])?;
        while let Some(row) = rows.next()? {
            let wording: i64 = row.get(0)?;
            let written = entries.iter().find(|entry| entry.seq == wording);
            let untouched = written.is_some_and(|before| {
                let sql = "SELECT words FROM timeline WHERE seq = ?1";
                let now = connection.query_row(sql, [wording], |row| row.get::<_, String>(0));
                now.is_ok_and(|now| now == before.words)
            });
            if !untouched {
                return Err(Refusal::rule(format!(
                    "a message of {number} that would lose its words waits to be sent: send or drop it first \
                     (`holdline mail list`)"
                ))
                .into());
            }
        }
    }
    Ok(())
}

/// The files that came with this mail are not kept any more; gives the hashes of those that no other mail has.
pub(super) fn drop_attachments(
    connection: &Connection,
    numbers: &[TechRef],
    entries: &[Entry],
) -> Result<Vec<String>, StoreError> {
    let numbers: Vec<u32> = numbers.iter().map(|number| number.sequence()).collect();
    let seqs: Vec<i64> = entries.iter().map(|entry| entry.seq).collect();
    let (numbers, seqs) = (
        serde_json::to_string(&numbers)?,
        serde_json::to_string(&seqs)?,
    );
    let mut statement = connection.prepare(
        "DELETE FROM attachment WHERE mail IN
         (SELECT id FROM arrival WHERE incident IN (SELECT value FROM json_each(?1)) AND state = 'taken'
             OR came IN (SELECT value FROM json_each(?2)))
         RETURNING hash",
    )?;
    let rows = statement.query_map([numbers, seqs], |row| row.get(0))?;
    let dropped: BTreeSet<String> = rows.collect::<Result<_, _>>()?;
    let mut still = connection.prepare("SELECT 1 FROM attachment WHERE hash = ?1")?;
    let mut gone = Vec::new();
    for hash in dropped {
        if !still.exists([&hash])? {
            gone.push(hash);
        }
    }
    Ok(gone)
}

/// The state of an incident is what its timeline still tells, and its words are those that are left.
pub(super) fn rebuild(connection: &Connection, number: TechRef) -> Result<(), StoreError> {
    let timeline = timeline::of_incident(connection, number)?;
    let incident = Incident::replay(number, &timeline)
        .ok_or_else(|| StoreError::Damaged(format!("{number} does not begin with its opening")))?;
    incidents::save(connection, &incident)?;
    incidents::index(connection, &incident)
}

/// A state without the texts in it that `which` picks.
pub(super) fn without_words(state: Value, which: &dyn Fn(&str) -> bool) -> Value {
    match state {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| {
                let value = match TEXTS.contains(&key.as_str()) {
                    true => without_text(value, which),
                    false => without_words(value, which),
                };
                (key, value)
            })
            .collect(),
        Value::Array(values) => values
            .into_iter()
            .map(|value| without_words(value, which))
            .collect(),
        other => other,
    }
}

fn without_text(value: Value, which: &dyn Fn(&str) -> bool) -> Value {
    match value {
        Value::String(text) if which(&text) => Value::String(GONE.to_owned()),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| (key, without_text(value, which)))
            .collect(),
        Value::Array(values) => values
            .into_iter()
            .map(|value| without_text(value, which))
            .collect(),
        other => other,
    }
}

pub(super) fn any_text(value: &Value, which: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => which(text),
        Value::Array(values) => values.iter().any(|value| any_text(value, which)),
        Value::Object(fields) => fields.values().any(|value| any_text(value, which)),
        _ => false,
    }
}
