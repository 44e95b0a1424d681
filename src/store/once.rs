//! Commands with a key: sent again, they repeat their first answer and do nothing twice.

use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use super::{Batch, Context, Done, StoreError, timeline};
use crate::incident::{Command, Recorded, Refusal, TechRef, describe, refuse_cards};

impl Batch<'_> {
    /// What was answered when the command was first sent with its key.
    ///
    /// # Errors
    /// When what was said then is not what is said now: it would be taken for recorded, and is not.
    pub(super) fn answered_before(
        &self,
        command: &Command,
        context: &Context,
    ) -> Result<Option<Done>, StoreError> {
        let Some(key) = &context.once else {
            return Ok(None);
        };
        let answer: Option<(String, i64)> = self
            .desk
            .connection
            .prepare_cached("SELECT answer, at FROM once WHERE key = ?1")?
            .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((answer, at)) = answer else {
            refuse_cards("key (--once)", key)?;
            return Ok(None);
        };
        let done = serde_json::from_str(&answer)?;
        let words = words(command)
            .map(str::trim)
            .filter(|words| !words.is_empty());
        if let (Some(words), Done::Logged(number) | Done::Stepped(number)) = (words, &done) {
            self.says(words, *number, at)?;
        }
        Ok(Some(done))
    }

    /// Refuses unless these words are among what was recorded on the incident at this second.
    fn says(&self, words: &str, number: TechRef, at: i64) -> Result<(), StoreError> {
        let entries = timeline::of_incident(&self.desk.connection, number)?;
        let then = |entry: &&Recorded| entry.recorded_at.timestamp() == at;
        let kept: Vec<&Recorded> = entries.iter().filter(then).collect();
        let mut events = kept.iter().map(|entry| serde_json::to_value(&entry.event));
        let said = events.any(|event| event.is_ok_and(|event| holds(&event, words)));
        match kept.first() {
            Some(first) if !said => Err(Refusal::rule(format!(
                "under that key (--once) this was kept on {number}: \"{}\"; nothing else is recorded by it: give a new \
                 key",
                describe(&first.event)
            ))
            .into()),
            _ => Ok(()),
        }
    }

    /// Keeps the answer for the next time.
    pub(super) fn remember(&self, context: &Context, done: &Done) -> Result<(), StoreError> {
        if let Some(key) = &context.once {
            self.desk
                .connection
                .prepare_cached("INSERT INTO once (key, answer, at) VALUES (?1, ?2, ?3)")?
                .execute(params![
                    key,
                    serde_json::to_string(done)?,
                    context.now.timestamp()
                ])?;
        }
        Ok(())
    }
}

/// What a command says in words of the agent's own.
fn words(command: &Command) -> Option<&str> {
    match command {
        Command::Step(_, step) => step.words(),
        Command::Log(log) => Some(&log.summary),
        _ => None,
    }
}

/// Whether a text of this value is exactly these words.
fn holds(value: &Value, words: &str) -> bool {
    match value {
        Value::String(text) => text == words,
        Value::Array(items) => items.iter().any(|item| holds(item, words)),
        Value::Object(items) => items.values().any(|item| holds(item, words)),
        _ => false,
    }
}
