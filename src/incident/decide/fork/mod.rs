//! Decisions over several incidents at once: each gets events of its own, and all of them are recorded together or none.

mod split;

use super::{Decided, Draft, Situation};
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;

pub use split::decide_split;
pub(super) use split::splittable;

/// One of several incidents that a command concerns, and what rules it.
#[derive(Clone, Copy)]
pub struct Party<'a> {
    /// The incident so far.
    pub incident: &'a Incident,
    /// What a rule may look at besides.
    pub situation: Situation<'a>,
}

impl<'a> Party<'a> {
    fn draft(self) -> Result<Draft<'a>, Refusal> {
        Draft::about(self.incident, self.situation, false)
    }
}
