//! Who sends a command, and when.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};

use crate::incident::{Refusal, in_utc, whole};

/// Who sends a command, and when.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The agent who acts: added to those who work here by the first thing they do.
    pub agent: String,
    /// The operating system's user, where that is somebody else; the timeline says `USER as NAME`.
    pub user: Option<String>,
    /// When it happened, if earlier than `now`.
    pub at: Option<DateTime<Utc>>,
    /// The instant of recording.
    pub now: DateTime<Utc>,
    /// When `now` was read: what is waited after that for the turn to write counts, so that what is recorded later is
    /// never dated earlier. None where `now` is meant as it is.
    pub read: Option<Instant>,
    /// A key by which sending the same command again repeats the first answer and does nothing.
    pub once: Option<String>,
    /// The revision that the sender has seen of the incident.
    pub if_revision: Option<u32>,
    /// Nobody is written to: what is recorded is history from elsewhere.
    pub quiet: bool,
    /// `now` was set by hand, which only a desk takes that was made so, or is a sample.
    pub by_hand: bool,
}

impl Context {
    /// Who the timeline names.
    pub fn recorded_agent(&self) -> String {
        match self.user.as_deref().filter(|user| *user != self.agent) {
            Some(user) => format!("{user} as {}", self.agent),
            None => self.agent.clone(),
        }
    }

    /// The same, by the clock as it stood when the turn to write came.
    pub(super) fn at_turn(&self, turn: Instant) -> Self {
        let waited = self.read.map(|read| turn.saturating_duration_since(read));
        let waited = waited.and_then(|waited| TimeDelta::from_std(waited).ok());
        Self {
            now: self.now + waited.unwrap_or_default(),
            read: None,
            ..self.clone()
        }
    }

    /// The same, whatever the sender has seen.
    pub(super) fn unconditional(&self) -> Self {
        Self {
            if_revision: None,
            ..self.clone()
        }
    }

    /// What the passing of time brings says itself when that was, and is written once whatever the sender says.
    pub(super) fn by_itself(&self) -> Self {
        Self {
            at: None,
            once: None,
            if_revision: None,
            ..self.clone()
        }
    }

    /// When it happened: an instant of whole seconds, never in the future.
    pub(super) fn happened(&self) -> Result<DateTime<Utc>, Refusal> {
        let at = self.at.unwrap_or(self.now);
        if at > self.now {
            let at = in_utc(at);
            return Err(Refusal::input(format!(
                "{at} is in the future: give the instant at which it happened"
            )));
        }
        Ok(whole(at))
    }

    /// When it is recorded: in whole seconds, as everything that is kept.
    pub(super) fn recorded_at(&self) -> DateTime<Utc> {
        whole(self.now)
    }
}
