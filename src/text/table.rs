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
    ways: Vec<Way>,
}

/// How a column gives way where there is no room for all.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// Below this it is not cut: it is left out.
    pub least: usize,
    /// The order of being left out: the highest goes first. 0 is neither cut nor left out.
    pub rank: u8,
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
            ways: Vec::new(),
        };
        table.row(headings);
        table
    }

    /// Says how each column gives way; without it the widest are cut and none is left out.
    pub fn giving_way(mut self, ways: impl IntoIterator<Item = Way>) -> Self {
        self.ways = ways.into_iter().collect();
        self
    }

    /// Adds a row, in which nothing can act on the terminal.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().map(|cell| visible(&cell).into_owned());
        self.rows.push(cells.collect());
    }

    /// The rows to be listened to: a sentence each, nothing cut, and what a cell is said before it. The first one names
    /// the row.
    pub fn sentences(&self) -> String {
        let Some((headings, rows)) = self.rows.split_first().filter(|(_, rows)| !rows.is_empty())
        else {
            return "Nothing is listed.".to_owned();
        };
        let sentence = |row: &Vec<String>| {
            let mut cells = row
                .iter()
                .zip(headings)
                .filter(|(cell, _)| !cell.is_empty());
            let name = cells.next().map_or("", |(cell, _)| cell);
            let rest: Vec<String> = cells
                .map(|(cell, heading)| {
                    format!("{} {cell}", heading.to_lowercase())
                        .trim()
                        .to_owned()
                })
                .collect();
            match rest.as_slice() {
                [] => format!("{name}."),
                rest => format!("{name}: {}.", rest.join(", ")),
            }
        };
        rows.iter().map(sentence).collect::<Vec<_>>().join("\n")
    }

    /// The columns that stay, by place and width.
    fn columns(&self) -> Vec<(usize, usize)> {
        let natural = self.natural();
        let mut kept: Vec<usize> = (0..natural.len()).collect();
        loop {
            let width = |place: &usize| natural.get(*place).copied().unwrap_or_default();
            let mut widths: Vec<usize> = kept.iter().map(width).collect();
            let first_to_go = kept
                .iter()
                .enumerate()
                .max_by_key(|(_, place)| self.way(**place).map_or(0, |way| way.rank))
                .filter(|(_, place)| self.way(**place).is_some_and(|way| way.rank > 0))
                .map(|(at, _)| at);
            match (self.squeeze(&kept, &mut widths), first_to_go) {
                (false, Some(at)) => drop(kept.remove(at)),
                _ => return kept.into_iter().zip(widths).collect(),
            }
        }
    }

    fn way(&self, column: usize) -> Option<Way> {
        self.ways.get(column).copied()
    }

    /// Makes the widest of these columns narrower until all fit; false where they cannot.
    fn squeeze(&self, kept: &[usize], widths: &mut [usize]) -> bool {
        let Some(room) = self.room else { return true };
        let gaps = GAP * widths.len().saturating_sub(1);
        let least = |place: usize| match self.way(place) {
            Some(Way { rank: 0, .. }) => usize::MAX,
            Some(way) => way.least,
            None => NARROWEST,
        };
        while widths.iter().sum::<usize>() + gaps > room {
            let cut = widths.iter_mut().zip(kept);
            let widest = cut.filter(|(width, place)| **width > least(**place));
            match widest.max_by_key(|(width, _)| **width) {
                Some((widest, _)) => *widest -= 1,
                None => return false,
            }
        }
        true
    }

    /// The width of each column: that of its widest cell.
    fn natural(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            for (column, cell) in row.iter().enumerate() {
                match widths.get_mut(column) {
                    Some(widest) => *widest = width(cell).max(*widest),
                    None => widths.push(width(cell)),
                }
            }
        }
        widths
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns();
        for (n, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for (place, columns) in &columns {
                let shown = cut(row.get(*place).map_or("", String::as_str), *columns);
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
    fn rows_can_be_listened_to_and_are_never_cut() {
        let text =
            "10001-4: summary A long story\\nof \\u{1b}[2Jtwo lines.\n10002-3: summary 日本語.";
        assert_eq!(table(Some(20)).sentences(), text);
        assert_eq!(Table::new(["REF"], None).sentences(), "Nothing is listed.");
    }

    #[test]
    fn the_widest_column_gives_way() {
        let text = "REF      SUMMARY\n10001-4  A long sto…\n10002-3  日本語";
        assert_eq!(table(Some(20)).to_string(), text);
    }

    #[test]
    fn columns_give_way_in_their_order_and_some_never() {
        let way = |least, rank| Way { least, rank };
        let told = |room| {
            let mut table = Table::new(["REF", "AGENT", "DUE"], Some(room));
            table = table.giving_way([way(0, 0), way(4, 1), way(0, 0)]);
            table.row([
                "10001-4".to_owned(),
                "magdalena".to_owned(),
                "missed".to_owned(),
            ]);
            table.to_string()
        };
        assert!(told(26).ends_with("10001-4  magdalena  missed"));
        assert!(told(22).ends_with("10001-4  magd…  missed"), "{}", told(22));
        assert!(told(19).ends_with("10001-4  missed"), "{}", told(19));
        assert!(told(3).ends_with("10001-4  missed"));
    }

    #[test]
    fn a_terminal_without_room_still_shows_the_beginning() {
        assert!(table(Some(0)).to_string().contains("10001-4  A long …"));
    }
}
