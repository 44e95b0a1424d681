//! A report in Markdown.

use std::fmt::Write;

use super::section::{Section, Value};

/// The sections as Markdown, after a heading with what they are about.
pub fn markdown(about: &str, sections: &[Section]) -> String {
    let mut text = format!("# {}\n", cell(about));
    for section in sections {
        // Nothing can go wrong with a text in memory.
        let _ = write!(text, "\n## {}\n\n{}\n\n", section.title, section.about);
        if section.rows.is_empty() {
            text.push_str("Nothing in this time.\n");
            continue;
        }
        line(&mut text, section.headings().map(str::to_owned));
        line(&mut text, section.headings().map(|_| "---".to_owned()));
        for row in &section.rows {
            let labels = section.labels_of(row).map(cell);
            line(&mut text, labels.chain(row.values.iter().map(Value::words)));
        }
        text.push('\n');
        for figure in section.figures {
            let _ = writeln!(text, "- **{}**: {}", figure.title, figure.definition);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

/// A text in one line that cannot break a table, or be taken for markup.
pub(super) fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' => {
                safe.extend(['\\', c]);
            }
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
