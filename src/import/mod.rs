//! Reading another system's log of events into a desk, through the same commands as everything else.
//!
//! | file | holds |
//! | --- | --- |
//! | `map`, `template` | the mapping file: which column is what, and what each activity does |
//! | `shipped` | the mapping files that come with the program |
//! | `clock`, `words`, `headings` | what a map says of times, of the words of a column, of what columns are called |
//! | `check` | whether a map fits the policy that the incidents come under |
//! | `plan` | the first reading: what every line is, and the order of time |
//! | `bad` | lines that cannot be placed, with their reasons |
//! | `run` | the second reading: each event as the steps that it means |
//! | `account`, `made` | what was recorded, counted; whom it made, by name |
//! | `shape` | what parts the columns of a file |
//! | `table`, `cell`, `json` | a table that is read as a whole: CSV or JSON |
//! | `people` | whose an incident is, and who it came from |
//! | `customers`, `incidents` | tables with a line for each of these |

mod account;
mod bad;
mod cell;
mod check;
mod clock;
mod customers;
mod headings;
mod incidents;
mod json;
mod made;
mod map;
mod people;
mod plan;
mod run;
mod shape;
mod shipped;
mod table;
mod template;
mod words;

use std::path::{Path, PathBuf};

use crate::policy::Finding;
use crate::store::StoreError;

pub use account::{Account, Targets};
pub use bad::{Bad, BadLine};
pub use cell::cell;
pub use customers::{CUSTOMER_COLUMNS, Customers, CustomersAccount, LineDone, customers};
pub use incidents::incidents;
pub use made::Made;
pub use run::{Import, run};
pub use shipped::{MapFile, SHIPPED_MAPS, ShippedMap};

/// Why an import did not take place. Whatever the reason, the desk is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The mapping file is wrong: everything that was found, one a line.
    #[error("{}", listed(.file, .findings))]
    Map {
        /// The mapping file.
        file: PathBuf,
        /// What is wrong, and where.
        findings: Vec<Finding>,
    },
    /// The log lacks columns that the map names.
    #[error(
        "{file} has no column {missing}: its first line must name it, or the map another one",
        missing = quoted(.missing)
    )]
    Columns {
        /// The log.
        file: PathBuf,
        /// The columns that are not there.
        missing: Vec<String>,
    },
    /// A file cannot be read or written.
    #[error("{file}: {why}")]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        why: String,
    },
    /// Lines that cannot be placed.
    #[error("{file}: {bad}")]
    Bad {
        /// The log.
        file: PathBuf,
        /// The lines.
        bad: Bad,
    },
    /// The desk refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ImportError {
    fn file(file: &Path, why: impl std::fmt::Display) -> Self {
        Self::File {
            file: file.to_owned(),
            why: why.to_string(),
        }
    }
}

fn listed(file: &Path, findings: &[Finding]) -> String {
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| format!("{}: {finding}", file.display()))
        .collect();
    lines.join("\n")
}

/// Names, each once.
fn each_named(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut each = Vec::new();
    for name in names {
        if !each.contains(&name) {
            each.push(name);
        }
    }
    each
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    names.join(", ")
}
