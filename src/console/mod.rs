//! The console: screens, keys and the run loop.

use std::path::PathBuf;

use chrono_tz::Tz;

use crate::store::StoreError;

/// What the console starts with.
pub struct Start {
    /// The desk's file, which may not exist yet.
    pub desk: PathBuf,
    /// The agent who sits at it.
    pub agent: String,
    /// The operating system's user.
    pub user: String,
    /// The zone that the agent lives in.
    pub zone: Tz,
}

/// Runs the console until it is left.
///
/// # Errors
/// When the desk or the terminal cannot be used.
pub fn run(start: Start) -> Result<(), StoreError> {
    drop(start);
    Ok(())
}
