//! The desk file: what it refuses, what it promises of its timeline, and what holds when many use it at once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod care;
mod chain;
mod hours;
mod many;
mod refusals;
mod rooms;
mod steps;
mod upgrade;
mod walk;
