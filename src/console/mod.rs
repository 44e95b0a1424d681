//! The console: screens, keys and the run loop.
//!
//! What stands here so far is the ground that screens stand on; none of it knows what an incident is.
//!
//! | module | holds | touches |
//! | --- | --- | --- |
//! | [`environment`] | what the variables say about the terminal | the environment, once |
//! | [`terminal`] | taking the terminal, drawing on it, giving it back | the terminal |
//! | [`input`] | the input thread, torn escape sequences mended, the watch on the line | the terminal |
//! | [`signals`] | the signal thread | signals |
//! | [`farewell`] | every sudden end: restore, last words, exit | the process |
//! | [`keys`] | chords, and the one table that dispatch, footer, `?` and README come from | nothing: pure |
//! | [`theme`], [`symbols`] | styles by meaning, symbols with stand-ins; a [`look::Look`] is both | nothing: pure |
//! | [`widgets`] | table, countdown, bar, large digits, box, message | a buffer |
//! | [`forms`] | fields, what is typed into them, how they look | a buffer |
//!
//! Views take `&self`, a [`look::Look`], an area and a buffer, and give the same for the same. Text from outside goes
//! through [`crate::text`] before it reaches a buffer.

pub mod environment;
pub mod farewell;
pub mod forms;
pub mod input;
pub mod keys;
pub mod look;
pub mod signals;
pub mod symbols;
pub mod terminal;
pub mod theme;
pub mod widgets;

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
