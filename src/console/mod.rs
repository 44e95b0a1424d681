//! The console: screens, keys and the run loop.

pub mod environment;
pub mod keys;
pub mod look;
pub mod symbols;
pub mod theme;
pub mod widgets;
