//! The screens: one file each, with its state, what changes it, and how it looks.

pub mod calls;
pub mod clocks;
pub mod customers;
pub mod help;
pub mod hours;
pub mod incident;
pub mod messages;
pub mod policy;
pub mod preview;
pub mod queue;
pub mod reading;
pub mod reports;
pub mod rows;
pub mod screen;

#[cfg(test)]
mod pictures;
#[cfg(test)]
mod tests;
