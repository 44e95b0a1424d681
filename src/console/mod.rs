//! The console: screens, keys and the run loop.
