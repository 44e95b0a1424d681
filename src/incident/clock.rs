//! The clocks of an incident (`clocks.md`): what runs, until when, and how it ended.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Counted, Span};

/// An instant in whole seconds, as everything is kept: what is left of a second is cut.
pub fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}

/// What a clock measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockKind {
    /// The time to a response.
    Response,
    /// A promised estimate (P2-06).
    Estimate,
    /// A patch for a critical bug (P4-15).
    Patch,
    /// The customer's silence (P2-11).
    Silence,
    /// A scheduled call (P1-05).
    Appointment,
    /// The time to a resolution, where a shop promises one.
    Resolution,
}

impl ClockKind {
    /// The clock's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Estimate => "estimate",
            Self::Patch => "patch",
            Self::Silence => "silence",
            Self::Appointment => "appointment",
            Self::Resolution => "resolution",
        }
    }
}

/// Whether a length is nothing, and so need not be written.
pub(super) fn is_none(seconds: &i64) -> bool {
    *seconds == 0
}

/// How a clock ended. Once given, it stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Stopped at or before its due instant.
    Met,
    /// Stopped after it.
    Missed,
    /// Stopped because what it measured fell away.
    Cancelled,
    /// A newer one took its place.
    Replaced,
    /// The silence ran out.
    Expired,
}

/// The state of a clock at some instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockState {
    /// Counting down.
    Running,
    /// Stopped for a while, with something left.
    Paused,
    /// Ended in time.
    Met,
    /// Ended too late, or still running past its due instant.
    Missed,
    /// Fell away.
    Cancelled,
    /// A newer one took its place.
    Replaced,
    /// The silence ran out.
    Expired,
}

impl ClockState {
    /// The state's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
            Self::Replaced => "replaced",
            Self::Expired => "expired",
        }
    }
}

/// When and how a clock stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// When.
    pub at: DateTime<Utc>,
    /// How.
    pub ending: Ending,
}

/// A pause: the clock stands still with this much left, in its own kind of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Seconds left; negative when it was already late.
    pub left: i64,
}

/// One clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What it measures.
    pub kind: ClockKind,
    /// How its time counts, and so how what is left of it is shown.
    pub counted: Counted,
    /// Its start; a recomputation never changes it.
    pub started_at: DateTime<Utc>,
    /// Its due instant.
    pub due_at: DateTime<Utc>,
    /// Seconds after the due instant in which it is still kept: an arranged call may begin a little late.
    #[serde(default, skip_serializing_if = "is_none")]
    pub grace: i64,
    /// Seconds of the pauses it has behind it.
    pub stood_still: i64,
    /// Those pauses, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Span>,
    /// The pause it is in, or was in when it stopped.
    pub paused: Option<Pause>,
    /// How it ended.
    pub stopped: Option<Stopped>,
}

impl Clock {
    /// Whether it counts down now.
    pub fn is_running(&self) -> bool {
        self.stopped.is_none() && self.paused.is_none()
    }

    /// Its state when one looks at `now`: a miss is a function of the clock and the instant, never a stored flag.
    pub fn state(&self, now: DateTime<Utc>) -> ClockState {
        match (&self.stopped, &self.paused) {
            (Some(stopped), _) => match stopped.ending {
                Ending::Met => ClockState::Met,
                Ending::Missed => ClockState::Missed,
                Ending::Cancelled => ClockState::Cancelled,
                Ending::Replaced => ClockState::Replaced,
                Ending::Expired => ClockState::Expired,
            },
            (None, Some(_)) => ClockState::Paused,
            (None, None) if now > self.due_at && self.kind != ClockKind::Silence => {
                ClockState::Missed
            }
            (None, None) => ClockState::Running,
        }
    }

    /// Whether it was written before pauses were kept one by one: its timeline knows them.
    pub fn forgets_pauses(&self) -> bool {
        self.pauses.iter().map(Span::seconds).sum::<i64>() != self.stood_still
    }

    /// The verdict if it were stopped at `at`: met at or before the due instant, or within its grace, else missed.
    pub fn verdict(&self, at: DateTime<Utc>) -> Ending {
        let late = match self.paused {
            Some(pause) => pause.left < 0,
            None => at > self.due_at + TimeDelta::seconds(self.grace),
        };
        if late { Ending::Missed } else { Ending::Met }
    }

    /// How it ends if it gives way at `at` with the ending `way`: one that is late by then has been missed, and neither a
    /// newer promise nor calling it off makes that undone. A silence is never missed.
    pub fn gives_way(&self, at: DateTime<Utc>, way: Ending) -> Ending {
        match self.verdict(at) {
            Ending::Missed if self.kind != ClockKind::Silence => Ending::Missed,
            _ => way,
        }
    }
}
