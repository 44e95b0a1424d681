//! A deviation from the usual hours.

use crate::calendar::Exception;
use crate::incident::closure::Reach;

/// A closure or an extra opening to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewClosure {
    /// Whose hours it changes.
    pub reach: Reach,
    /// What it does to them, from when to when, and why.
    pub exception: Exception,
}
