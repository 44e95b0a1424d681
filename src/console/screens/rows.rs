//! Rows of a screen: which are held, which one is selected. They are read a page at a time, and the selection follows
//! what it is on.

use crate::console::widgets::table::first_row;

/// How many rows are read at first, and how many more once the selection nears their end.
pub const PAGE: usize = 200;

/// Rows, one of which is selected.
#[derive(Debug, Clone)]
pub struct Rows<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The selected row's place.
    pub at: usize,
    /// The first row that shows.
    pub first: usize,
    /// How many rows fit.
    pub height: usize,
    /// How many rows are asked for.
    pub limit: usize,
    /// Whether they were read.
    pub loaded: bool,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            at: 0,
            first: 0,
            height: 1,
            limit: PAGE,
            loaded: false,
        }
    }
}

impl<T> Rows<T> {
    /// The selected row.
    pub fn selected(&self) -> Option<&T> {
        self.rows.get(self.at)
    }

    /// Starts again from the first row, which is to be read.
    pub fn restart(&mut self) {
        (self.at, self.first, self.limit, self.loaded) = (0, 0, PAGE, false);
    }

    /// Moves the selection; true when more rows are wanted, and then asked for by [`Rows::limit`].
    pub fn move_by(&mut self, rows: isize) -> bool {
        let last = self.rows.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(rows).min(last);
        self.scroll();
        let wanted = self.is_cut() && self.at + self.height > last;
        if wanted {
            self.limit += PAGE;
        }
        wanted
    }

    /// Whether there may be more rows than were read.
    pub fn is_cut(&self) -> bool {
        self.rows.len() >= self.limit
    }

    /// Takes the rows that were read for `limit`; the selection stays on what it was on.
    pub fn take(&mut self, rows: Vec<T>, limit: usize, same: impl Fn(&T, &T) -> bool) {
        let found = match self.selected() {
            Some(selected) if self.loaded => rows.iter().position(|row| same(row, selected)),
            _ => Some(0),
        };
        self.rows = rows;
        (self.limit, self.loaded) = (limit, true);
        let last = self.rows.len().saturating_sub(1);
        self.at = found.unwrap_or(self.at).min(last);
        self.scroll();
    }

    /// Says how many rows fit.
    pub fn fit(&mut self, height: usize) {
        self.height = height.max(1);
        self.scroll();
    }

    fn scroll(&mut self) {
        let most = self.rows.len().saturating_sub(self.height);
        self.first = first_row(self.first, self.at, self.height).min(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_follows_what_it_is_on() {
        let mut rows = Rows::default();
        rows.take(vec!["a", "b", "c"], PAGE, |a, b| a == b);
        assert_eq!(rows.selected(), Some(&"a"));
        assert!(!rows.move_by(1));
        rows.take(vec!["x", "a", "b"], PAGE, |a, b| a == b);
        assert_eq!(rows.selected(), Some(&"b"));
        rows.take(vec!["x"], PAGE, |a, b| a == b);
        assert_eq!(rows.selected(), Some(&"x"));
        rows.take(Vec::new(), PAGE, |a, b| a == b);
        assert_eq!(rows.selected(), None);
    }

    #[test]
    fn more_is_asked_for_near_the_end_and_only_there() {
        let mut rows = Rows::default();
        rows.fit(10);
        rows.take((0..PAGE).collect(), PAGE, |a, b| a == b);
        assert!(!rows.move_by(5));
        assert!(rows.move_by(isize::MAX / 2));
        assert_eq!((rows.at, rows.limit), (PAGE - 1, 2 * PAGE));
        rows.take((0..PAGE + 3).collect(), 2 * PAGE, |a, b| a == b);
        assert_eq!(rows.at, PAGE - 1);
        assert!(!rows.move_by(isize::MAX / 2));
        assert_eq!(rows.first, PAGE + 3 - 10);
    }
}
