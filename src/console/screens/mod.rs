//! The screens: one file each, with its state, what changes it, and how it looks.

pub mod clocks;
pub mod help;
pub mod incident;
pub mod queue;
pub mod reading;

#[cfg(test)]
mod tests;
