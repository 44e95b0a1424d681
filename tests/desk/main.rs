//! The desk file: what it refuses, what it promises of its timeline, and what holds when many use it at once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod care;
mod chain;
mod clock;
mod crash;
mod full;
mod hours;
mod locks;
mod many;
mod pairs;
mod refusals;
mod released;
mod rooms;
mod steps;
mod tamper;
mod turns;
mod upgrade;
mod walk;
