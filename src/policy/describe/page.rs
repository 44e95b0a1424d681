//! Plain text that wraps: headings, bullets, and items with a hanging indent.

use unicode_width::UnicodeWidthStr;

/// Text as it grows.
pub(super) struct Page {
    width: usize,
    text: String,
}

impl Page {
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            text: String::new(),
        }
    }

    /// A paragraph at the margin.
    pub(super) fn line(&mut self, text: &str) {
        self.wrapped("", 0, text);
    }

    /// A heading after an empty line.
    pub(super) fn section(&mut self, heading: &str) {
        self.text.push('\n');
        self.line(heading);
    }

    /// A paragraph with a mark before it.
    pub(super) fn bullet(&mut self, text: &str) {
        self.wrapped("  - ", 4, text);
    }

    /// A name, and what it means beside it; below it where the name is long.
    pub(super) fn item(&mut self, name: &str, text: &str) {
        const COLUMN: usize = 12;
        let label = format!("  {name}");
        if label.width() < COLUMN {
            let gap = " ".repeat(COLUMN - label.width());
            self.wrapped(&format!("{label}{gap}"), COLUMN, text);
        } else {
            self.wrapped("  ", 2, name);
            self.wrapped("      ", 6, text);
        }
    }

    /// A section of bullets; nothing where there are none.
    pub(super) fn list(&mut self, heading: &str, items: &[String]) {
        if !items.is_empty() {
            self.section(heading);
            items.iter().for_each(|item| self.bullet(item));
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// `first`, then the words of `text`, going on at `indent` in the lines after the first.
    fn wrapped(&mut self, first: &str, indent: usize, text: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split_whitespace() {
            if !empty && line.width() + 1 + word.width() > self.width {
                self.text.push_str(line.trim_end());
                self.text.push('\n');
                line = " ".repeat(indent);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_hangs_and_long_words_stay_whole() {
        let mut page = Page::new(16);
        page.item("low", "one two incomprehensible");
        page.bullet("one two three four");
        let expected = "  low       one\n            two\n            incomprehensible\n  - one two\n    three four\n";
        assert_eq!(page.finish(), expected);
    }
}
