//! What a shop promises: policy files, read and checked.

mod model;
mod money;

pub use model::*;
pub use money::{Currency, Money, MoneyError};
