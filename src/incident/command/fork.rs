//! Commands over several incidents.

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
