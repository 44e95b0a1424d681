//! Decisions over several incidents at once: each gets events of its own, and all of them are recorded together or none.

mod known;
mod link;
mod merge;
mod split;
mod together;
mod unmerge;

use super::possible::workable;
use super::{Decided, Draft, Situation};
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;

pub use known::decide_same_as;
pub use link::{decide_link, decide_unlink};
pub use merge::decide_merge;
pub use split::decide_split;
pub use together::decide_together;
pub use unmerge::decide_unmerge;

pub(super) use known::know;
pub(super) use link::linked;
pub(super) use merge::mergeable;
pub(super) use unmerge::merged;

/// One of several incidents that a command concerns, and what rules it.
#[derive(Clone, Copy)]
pub struct Party<'a> {
    /// The incident so far.
    pub incident: &'a Incident,
    /// What a rule may look at besides.
    pub situation: Situation<'a>,
}

impl<'a> Party<'a> {
    pub(super) fn draft(self) -> Result<Draft<'a>, Refusal> {
        Draft::about(self.incident, self.situation, false)
    }
}

/// Refuses what needs an incident that has not ended; `doing` completes "before you …".
pub(super) fn ongoing(incident: &Incident, doing: &str) -> Result<(), Refusal> {
    match incident.state {
        state if state.is_open() => Ok(()),
        _ => workable(incident, doing),
    }
}
