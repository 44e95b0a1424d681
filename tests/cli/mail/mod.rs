//! Mail: what goes out of the outbox, and what comes in.

mod incoming;
mod outbox;
pub mod post;
mod server;
mod smtp;
