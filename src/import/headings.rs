//! The first line of a table: what its columns are called, and which of them a map takes.

use csv::StringRecord;

use super::bad::behind;

/// The names of a table's columns.
#[derive(Debug)]
pub(super) struct Headings {
    columns: Vec<(String, bool)>,
}

impl Headings {
    pub(super) fn new(header: &StringRecord) -> Self {
        // What tells why a line was left out before is nothing of the line's own.
        let behind = behind(header.as_byte_record().iter());
        let told = |n: usize| behind.is_some_and(|at| (at..at + 2).contains(&n));
        let names = (0..).zip(header);
        Self {
            columns: names
                .map(|(n, name)| (name.trim().to_owned(), told(n)))
                .collect(),
        }
    }

    /// The place of a column: the first of this name, else the first that is called so in other letters, `Due Date` and
    /// `due_date` being the same.
    pub(super) fn find(&mut self, name: &str) -> Option<usize> {
        let same = |(known, _): &(String, bool)| known == name;
        let wanted = plain(name);
        let alike = |(known, _): &(String, bool)| !wanted.is_empty() && plain(known) == wanted;
        let columns = &self.columns;
        let found = columns.iter().position(same);
        let place = found.or_else(|| columns.iter().position(alike))?;
        if let Some((_, taken)) = self.columns.get_mut(place) {
            *taken = true;
        }
        Some(place)
    }

    /// The columns that nothing was taken of.
    pub(super) fn left(&self) -> Vec<String> {
        let left = self
            .columns
            .iter()
            .filter(|(name, taken)| !taken && !name.is_empty());
        left.map(|(name, _)| name.clone()).collect()
    }
}

/// A name without what headings differ in from one spreadsheet to the next.
fn plain(name: &str) -> String {
    let letters = name
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '.' || *c == '#');
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Due Date", Some(1))]
    #[case("due_date", Some(2))]
    #[case("DUE-DATE", Some(1))]
    #[case("id", Some(0))]
    #[case("Subject", None)]
    fn a_heading_is_found_in_other_letters(#[case] name: &str, #[case] place: Option<usize>) {
        let header = StringRecord::from(vec![" ID ", "Due Date", "due_date", "Notes"]);
        assert_eq!(Headings::new(&header).find(name), place);
    }
}
