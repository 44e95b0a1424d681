//! The console as agents meet it: the program in a pseudo-terminal, keys in, the screen out.

mod backup;
mod clauses;
mod forms;
mod live;
mod manners;
mod others;
mod papers;
mod plain;
mod screens;
mod slow;
mod storm;
pub mod terminal;
mod upgrade;
