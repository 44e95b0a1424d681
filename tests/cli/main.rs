//! The command line as its users meet it: real processes, a desk in a folder of its own, a clock set by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub
)]

mod agents;
mod bare;
mod brought;
mod cards;
mod care;
mod carried;
mod check;
mod clauses;
mod clock;
mod console;
mod demo;
mod desk;
mod due;
mod edit;
mod entitlements;
mod erase;
mod explain;
mod forks;
mod handover;
mod hooks;
mod hostile;
mod hours;
mod ical;
mod init;
mod list;
mod live;
mod log;
mod mail;
#[path = "../fuzz/naughty.rs"]
mod naughty;
mod oracle;
mod people;
mod plain;
mod policy;
mod preview;
mod reference;
mod refused;
mod report;
mod rings;
mod schema;
mod search;
mod seen;
mod settings;
mod shared;
mod shop;
mod show;
mod snippets;
mod states;
mod stories;
mod tail;
mod traps;
mod twilight;
mod undo;
mod walk;
