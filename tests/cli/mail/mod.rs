//! Mail: what goes out of the outbox, and what comes in.

mod files;
mod incoming;
mod maildir;
mod outbox;
pub mod post;
mod server;
mod smtp;
