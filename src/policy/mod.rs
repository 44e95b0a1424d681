//! What a shop promises: policy files, read and checked.
//!
//! | file | holds |
//! | --- | --- |
//! | `model`, `money` | the shape of a policy file, and exact money |
//! | `load`, `document`, `wording` | a file's text to a [`Policy`], every fault with its line, key and remedy |
//! | `finding` | what can be wrong with a file or its settings |
//! | `check` | whether a policy can be kept |
//! | `address` | mail addresses |
//! | `terms` | questions to a policy: the target of a severity, the hours of an office |
//! | `deadlines`, `ledger` | a policy with its calendars compiled, and how a deadline came about |
//! | `describe` | a policy in plain text |
//! | `shipped` | the policies that come with the program |
//! | `nearest` | what an unknown name was probably meant to be |

mod address;
mod check;
mod deadlines;
mod describe;
pub(crate) mod document;
mod finding;
mod ledger;
mod load;
mod model;
mod money;
pub mod nearest;
mod shipped;
mod terms;
mod wording;

pub use address::{is_address, is_example};
pub use check::{Problem, check};
pub use deadlines::Deadlines;
pub use describe::{describe, describe_intake, spoken_role, target_in_words};
pub use finding::{Finding, PolicyError};
pub use ledger::Ledger;
pub use load::{
    Loaded, declared_settings, example_settings, load, name_in, parse, parse_kept, parse_snippets,
};
pub use model::*;
pub use money::{Currency, Money, MoneyError};
pub use shipped::{shipped, shipped_names};
pub use terms::TermError;

#[cfg(test)]
mod tests;
