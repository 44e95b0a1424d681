//! Figures over what a desk has on record.

mod handover;
mod money;

pub use handover::{Handover, handover};
pub use money::{MoneyRow, money};
