//! Figures over what a desk has on record.

mod money;

pub use money::{MoneyRow, money};
