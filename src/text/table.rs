//! Text in aligned columns.

use std::fmt;

use super::{cut, visible, width};

/// The columns between two columns.
const GAP: usize = 2;
/// Below this a column is not cut any further: less says nothing.
const NARROWEST: usize = 8;

/// Rows under their headings; the last column is not padded.
pub struct Table {
    rows: Vec<Vec<String>>,
    room: Option<usize>,
}

impl Table {
    /// A table with these headings, for a terminal of `room` columns; without a terminal nothing is cut.
    pub fn new<const N: usize>(headings: [&str; N], room: Option<usize>) -> Self {
        Self::of(headings.map(str::to_owned).into(), room)
    }

    /// As [`Table::new`], for headings that are known only when it runs.
    pub fn of(headings: Vec<String>, room: Option<usize>) -> Self {
        let mut table = Self {
            rows: Vec::new(),
            room,
        };
        table.row(headings);
        table
    }

    /// Adds a row, in which nothing can act on the terminal.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().map(|cell| visible(&cell).into_owned());
        self.rows.push(cells.collect());
    }

    /// The width of each column: that of its widest cell, the widest columns made narrower where there is no room.
    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            for (column, cell) in row.iter().enumerate() {
                match widths.get_mut(column) {
                    Some(widest) => *widest = width(cell).max(*widest),
                    None => widths.push(width(cell)),
                }
            }
        }
        let Some(room) = self.room else { return widths };
        let gaps = GAP * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > room {
            let widest = widths.iter_mut().max_by_key(|width| **width);
            match widest.filter(|width| **width > NARROWEST) {
                Some(widest) => *widest -= 1,
                None => break,
            }
        }
        widths
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for (n, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for (cell, columns) in row.iter().zip(&widths) {
                let shown = cut(cell, *columns);
                line.push_str(&shown);
                line.push_str(&" ".repeat(columns - width(&shown).min(*columns) + GAP));
            }
            let end = if n + 1 < self.rows.len() { "\n" } else { "" };
            write!(f, "{}{end}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(room: Option<usize>) -> Table {
        let mut table = Table::new(["REF", "SUMMARY"], room);
        table.row([
            "10001-4".to_owned(),
            "A long story\nof \u{1b}[2Jtwo lines".to_owned(),
        ]);
        table.row(["10002-3".to_owned(), "日本語".to_owned()]);
        table
    }

    #[test]
    fn columns_line_up_and_nothing_acts() {
        let text =
            "REF      SUMMARY\n10001-4  A long story\\nof \\u{1b}[2Jtwo lines\n10002-3  日本語";
        assert_eq!(table(None).to_string(), text);
    }

    #[test]
    fn the_widest_column_gives_way() {
        let text = "REF      SUMMARY\n10001-4  A long sto…\n10002-3  日本語";
        assert_eq!(table(Some(20)).to_string(), text);
    }

    #[test]
    fn a_terminal_without_room_still_shows_the_beginning() {
        assert!(table(Some(0)).to_string().contains("10001-4  A long …"));
    }
}
