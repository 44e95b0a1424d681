//! The console: screens, keys and the run loop.

pub mod environment;
pub mod farewell;
pub mod input;
pub mod keys;
pub mod look;
pub mod signals;
pub mod symbols;
pub mod terminal;
pub mod theme;
pub mod widgets;
