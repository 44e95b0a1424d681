//! Closures and extra openings: what deviates from the usual hours, and whose hours those are (P1-07).

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::TechRef;
use super::clock::ClockKind;
use super::remaining::{full_instant, hours_in_words};
use crate::calendar::{Exception, ExceptionKind};

/// A closure's or opening's number, counted over the whole desk.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct ClosureId(pub i64);

impl std::fmt::Display for ClosureId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Whose hours a closure changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Those of every policy and office.
    All,
    /// Those of one policy, at all of its offices.
    Policy(String),
    /// Those of the offices of that name.
    Office(String),
}

impl Reach {
    /// Whether the hours of a policy's office, or of a policy without offices, are meant.
    pub fn covers(&self, policy: &str, office: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Policy(name) => name == policy,
            Self::Office(name) => Some(name.as_str()) == office,
        }
    }

    /// The clocks of these hours, of all `offices` (each of a policy, with its name and zone where it has them): first the
    /// one on which their instants are read, theirs where they share one, else the agent's.
    pub fn clocks<'a>(
        &self,
        offices: impl IntoIterator<Item = (&'a str, Option<&'a str>, Option<Tz>)>,
        agent: Tz,
    ) -> Vec<Tz> {
        let mut clocks: Vec<Tz> = Vec::new();
        for (policy, office, zone) in offices {
            let zone = zone.filter(|zone| self.covers(policy, office) && !clocks.contains(zone));
            clocks.extend(zone);
        }
        match clocks.as_slice() {
            [_] => clocks.push(agent),
            _ => clocks.insert(0, agent),
        }
        clocks
    }

    /// The policy, where it is one's.
    pub fn policy(&self) -> Option<&str> {
        match self {
            Self::Policy(name) => Some(name),
            Self::All | Self::Office(_) => None,
        }
    }

    /// The office, where it is one's.
    pub fn office(&self) -> Option<&str> {
        match self {
            Self::Office(name) => Some(name),
            Self::All | Self::Policy(_) => None,
        }
    }
}

impl std::fmt::Display for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::All => f.write_str("all hours"),
            Self::Policy(name) => write!(f, "policy {name}"),
            Self::Office(name) => write!(f, "office {name}"),
        }
    }
}

/// A closure or an extra opening as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// Its number.
    pub id: ClosureId,
    /// Whose hours it changes.
    pub reach: Reach,
    /// What it does to them, from when to when, and why.
    pub exception: Exception,
    /// When it was recorded.
    pub added_at: DateTime<Utc>,
    /// When it was taken back; none while it stands.
    pub removed_at: Option<DateTime<Utc>>,
}

impl Closure {
    /// Whether it stood at `at`.
    pub fn stood(&self, at: DateTime<Utc>) -> bool {
        self.added_at < at && self.removed_at.is_none_or(|removed| removed > at)
    }

    /// What it is called, as [`closure_name`] has it.
    pub fn name(&self) -> String {
        closure_name(self.id, self.exception.kind, &self.exception.reason)
    }
}

/// What a closure or an extra opening is called: `closure 3 (Power cut)`.
pub fn closure_name(id: ClosureId, kind: ExceptionKind, reason: &str) -> String {
    let what = match kind {
        ExceptionKind::Closed => "closure",
        ExceptionKind::Open => "extra opening",
    };
    format!("{what} {id} ({reason})")
}

/// A due instant that a closure, an extra opening or its removal gave to a clock that had not stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Whose clock.
    pub number: TechRef,
    /// Which.
    pub clock: ClockKind,
    /// Until when it was to run before.
    pub due_before: DateTime<Utc>,
    /// Until when it runs now; for a paused clock, without the pause.
    pub due_at: DateTime<Utc>,
    /// Seconds that are left, where it is paused.
    pub left: Option<i64>,
}

impl Moved {
    /// Whether it lies in the past by that.
    pub fn is_missed(&self, now: DateTime<Utc>) -> bool {
        self.left.map_or(self.due_at < now, |left| left < 0)
    }

    /// From when to when, for people in `zone`.
    pub fn in_words(&self, zone: Tz, now: DateTime<Utc>) -> String {
        let to = match self.left {
            None => format!(
                "{} -> {}",
                full_instant(self.due_before, zone),
                full_instant(self.due_at, zone)
            ),
            Some(left) if left < 0 => format!("paused, missed by {}", hours_in_words(-left)),
            Some(left) => format!("paused, {} left", hours_in_words(left)),
        };
        let missed = if self.is_missed(now) { ", missed" } else { "" };
        format!("{} {}: {to}{missed}", self.number, self.clock.word())
    }
}
