//! Commands over several incidents.

use crate::incident::state::Resolution;

/// An aspect of an incident that is to become an incident of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The aspect in one line.
    pub summary: String,
    /// The aspect in full.
    pub detail: Option<String>,
    /// Its severity; the one that was asked for when absent.
    pub severity: Option<String>,
    /// The customer was told that it is an incident of its own (P3-06).
    pub told: bool,
}

/// How a known fault and all that are the same are resolved together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Together {
    /// The resolution of each.
    pub resolution: Resolution,
    /// What every caller is told, in place of what each one's policy writes: one message a caller, whatever the number of
    /// their incidents. As in a policy's templates, `{name}` stands for each caller's own.
    pub message: Option<String>,
}
