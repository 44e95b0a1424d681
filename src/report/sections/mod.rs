//! The sections of a report: one function each, with the definitions of its figures.

mod calls;
mod clocks;
mod ends;
pub(super) mod money;
mod times;

use super::gather::{Figures, Group};
use super::section::{Row, Section, Value};

impl Figures {
    /// All sections, in the order in which they are read.
    pub fn sections(self) -> Vec<Section> {
        vec![
            clocks::attainment(&self),
            times::times(&self),
            calls::first_call(&self),
            calls::by_hour(&self),
            ends::outcomes(&self),
            ends::escalations(&self),
            clocks::promises(&self),
            money::money(&self),
            money::running_out(self.running_out),
        ]
    }

    /// The rows that each group gives, and where there are several groups those of all together.
    fn rows<const N: usize>(&self, rows: impl Fn(&Group) -> Vec<(String, [Value; N])>) -> Vec<Row> {
        let all = (self.groups.len() > 1).then_some((ALL, &self.all));
        let groups = self.groups.iter().map(|(of, group)| (of.as_str(), group));
        groups
            .chain(all)
            .flat_map(|(of, group)| {
                rows(group).into_iter().map(|(which, values)| Row {
                    labels: [of.to_owned(), which],
                    values: values.into(),
                })
            })
            .collect()
    }
}

/// What all groups together are called.
pub const ALL: &str = "all";
