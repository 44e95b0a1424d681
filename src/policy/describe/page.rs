//! Plain text that wraps: headings, bullets, and names with their meaning beside them. Where it is listened to, each of
//! them is a sentence, and nothing is told by its place alone.

use unicode_width::UnicodeWidthStr;

/// Text as it grows.
pub(super) struct Page {
    /// Columns; none where it is listened to.
    width: Option<usize>,
    text: String,
}

impl Page {
    pub(super) fn new(width: Option<usize>) -> Self {
        Self {
            width,
            text: String::new(),
        }
    }

    /// A paragraph at the margin.
    pub(super) fn line(&mut self, text: &str) {
        self.wrapped(("", 0), "", text);
    }

    /// A heading after an empty line.
    pub(super) fn section(&mut self, heading: &str) {
        self.text.push('\n');
        self.line(heading);
    }

    /// A paragraph with a mark before it.
    pub(super) fn bullet(&mut self, text: &str) {
        self.wrapped(("  - ", 4), "", text);
    }

    /// A section of names with what they mean beside them, all in one column; nothing where there are none.
    pub(super) fn items<N: AsRef<str>>(
        &mut self,
        heading: &str,
        items: impl IntoIterator<Item = (N, String)>,
    ) {
        let items: Vec<(N, String)> = items.into_iter().collect();
        let Some(widest) = items.iter().map(|(name, _)| name.as_ref().width()).max() else {
            return;
        };
        self.section(heading);
        for (name, text) in &items {
            let name = name.as_ref();
            let gap = " ".repeat(widest - name.width() + 2);
            let first = format!("  {name}{gap}");
            self.wrapped((&first, widest + 4), &format!("{name}: "), text);
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

    /// `first`, then the words of `text`, going on at `indent` in the lines after the first; where it is listened to, a
    /// sentence after what is `said` first.
    fn wrapped(&mut self, (first, indent): (&str, usize), said: &str, text: &str) {
        let Some(width) = self.width else {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let end = if text.ends_with(['.', '!', '?', ':', ',']) {
                ""
            } else {
                "."
            };
            self.text.push_str(&format!("{said}{text}{end}\n"));
            return;
        };
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split_whitespace() {
            if !empty && line.width() + 1 + word.width() > width {
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
        let mut page = Page::new(Some(16));
        page.items(
            "H",
            [
                ("low", "one two incomprehensible".to_owned()),
                ("a", "one".to_owned()),
            ],
        );
        page.items::<&str>("No names, no heading", []);
        page.bullet("one two three four");
        let expected = "\nH\n  low  one two\n       incomprehensible\n  a    one\n  - one two\n    three four\n";
        assert_eq!(page.finish(), expected);
    }

    #[test]
    fn what_is_listened_to_is_sentences() {
        let mut page = Page::new(None);
        page.items("Severities", [("low", "one  two".to_owned())]);
        page.bullet("three four.");
        assert_eq!(page.finish(), "\nSeverities.\nlow: one two.\nthree four.\n");
    }
}
