//! What is alive beside the desk, and what the console does about it: its own calls are kept there as they change, from
//! their first second on; calls that others began, changed or handed over for this agent are taken in; those that a
//! sudden end cut off are offered again.
//!
//! | file | holds |
//! | --- | --- |
//! | `keep` | what is to be kept, and when |
//! | `take` | what others did is taken in |
//! | `rings` | what rings, and answering it |
//! | `hand` | a call is handed to another agent |
//! | `others` | who else is here, and on what |
//! | `offer` | a call that was cut off: go on, record it, or discard it |

mod hand;
mod keep;
mod offer;
mod others;
mod rings;
mod take;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

pub use hand::hand;
pub use keep::{Unkept, due, unkept, wait};
pub use offer::again as offer_again;
pub use others::{asks_first, on_in_words, online};
pub use rings::{answer, lines as ring_lines, next_change, ringing, why_no_ring};
pub use take::{claimed, handed, kept, seen};

use super::actions::Action;
use crate::incident::TechRef;
use crate::store::{Kept, LiveCall, Presence, Ring, SessionId};

/// What is alive, as it was read.
#[derive(Debug, Clone)]
pub struct Seen {
    /// This console.
    pub session: SessionId,
    /// Which file it was read from.
    pub mark: u64,
    /// Every call that runs.
    pub calls: Vec<LiveCall>,
    /// What rings, and who it is.
    pub rings: Vec<(Ring, String)>,
    /// The other consoles.
    pub others: Vec<Presence>,
    /// What consoles of this agent that have gone left typed into forms.
    pub left: Vec<String>,
}

/// How a call that no console holds comes into this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// As it stands: it was begun or handed over for this agent.
    TakeOn,
    /// It rang, and was answered here.
    Answered,
    /// It was cut off, and the caller is still there.
    Resume,
    /// It was cut off, and ended then: what is missing is asked for.
    WrapUp,
}

/// What the console knows of what is alive.
#[derive(Debug, Default)]
pub struct Alive {
    /// This console, once the file is open.
    pub session: Option<SessionId>,
    mark: u64,
    /// The calls of this console as they are kept, and since when.
    kept: BTreeMap<u64, (Kept, DateTime<Utc>)>,
    /// What is typed into forms, as it is kept, and since when.
    drafts: (Option<String>, Option<DateTime<Utc>>),
    /// Of those that are on record, the number and how many changes by others were taken in.
    known: BTreeMap<u64, (i64, i64)>,
    /// Calls of this agent that a sudden end cut off.
    cut_off: Vec<LiveCall>,
    /// Those of them that were offered already.
    offered: BTreeSet<i64>,
    /// Calls that are being claimed.
    claiming: BTreeSet<i64>,
    /// It was said that nothing can be kept.
    warned: bool,
    /// The calls of other agents.
    pub calls: Vec<LiveCall>,
    pub(super) rings: Vec<(Ring, String)>,
    others: Vec<Presence>,
    /// The incident that others see open here.
    looked_at: Option<TechRef>,
    /// What was asked about before it takes what somebody else works on.
    sure: Option<(TechRef, Action, String)>,
}

impl Alive {
    /// Whether calls of this agent were cut off, and wait to be offered again.
    pub fn has_cut_off(&self) -> bool {
        !self.cut_off.is_empty()
    }

    /// Whether an agent has a console open.
    pub fn is_online(&self, agent: &str) -> bool {
        self.others.iter().any(|other| other.agent == agent)
    }

    /// Nothing is kept any more: said once.
    pub fn fails(&mut self) -> bool {
        !std::mem::replace(&mut self.warned, true)
    }
}
