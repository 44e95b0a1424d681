//! Figures over what a desk has on record: gathered in one pass, put into sections with their definitions, written as
//! CSV, JSON, Markdown, HTML.

mod gather;
mod handover;
mod html;
mod markdown;
mod money;
mod plain;
mod section;
mod sections;
mod tally;
mod wanted;

pub use gather::{Figures, figures};
pub use handover::{Handover, handover};
pub use html::html;
pub use markdown::markdown;
pub use money::{MoneyRow, MoneySums};
pub use plain::{NOTHING, plain, spoken};
pub use section::{Bar, Chart, Figure, Row, Section, Value};
pub use sections::ALL;
pub use wanted::{By, Wanted};
