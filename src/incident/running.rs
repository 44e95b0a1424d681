//! A call while it runs: not history yet, but what history will be made of.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{CustomerId, TechRef, Timer};

/// A call while it runs, or an incident that is being typed in without one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunningCall {
    /// Its times; none without a call.
    pub timer: Option<Timer>,
    /// When the agent hung up, while what is still missing is asked for.
    pub ended_at: Option<DateTime<Utc>>,
    /// The number that rang, as the telephone system gave it.
    pub from: Option<String>,
    /// The line that rang.
    pub line: Option<String>,
    /// Whose call it is, once that is known.
    pub customer: Option<CustomerId>,
    /// Who it is in words, as far as that is known.
    pub who: String,
    /// The incidents that it is about, the current one last.
    pub parts: Vec<CallPart>,
    /// Notes that are not on the desk yet.
    pub notes: Vec<String>,
    /// The agent who handed it over.
    pub handed_by: Option<String>,
}

/// What of a call is about one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallPart {
    /// The incident.
    pub number: TechRef,
    /// It was logged on this call.
    pub is_new: bool,
    /// The call's length in seconds when it was turned to: while it is the current one, it has the time from there on.
    pub since: i64,
    /// Seconds that it had before that.
    pub before: i64,
}

impl RunningCall {
    /// Its length in seconds without hold, at `now` or when it was hung up; 0 without a call.
    pub fn seconds(&self, now: DateTime<Utc>) -> i64 {
        let at = self.ended_at.unwrap_or(now);
        self.timer.map_or(0, |timer| timer.seconds(at))
    }

    /// Whether it is on hold.
    pub fn is_held(&self) -> bool {
        self.ended_at.is_none() && self.timer.is_some_and(|timer| timer.is_held())
    }
}

impl CallPart {
    /// Its seconds of a call that has taken `seconds` in all.
    pub fn share(&self, seconds: i64, is_current: bool) -> i64 {
        let rest = if is_current { seconds - self.since } else { 0 };
        self.before + rest
    }
}
