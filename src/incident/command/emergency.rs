//! Emergency service that is asked for.

use crate::incident::pin::Pin;

/// What the gate before emergency service is told (P4-06, P4-07).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmergencyCall {
    /// Calls that were tried.
    pub tried: Option<u32>,
    /// Calls that failed.
    pub failed: Option<u32>,
    /// The caller's PIN.
    pub pin: Option<Pin>,
}
