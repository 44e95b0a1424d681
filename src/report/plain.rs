//! A report as plain text.

use super::section::{Section, Value};
use crate::text::table::Table;
use crate::text::wrap;

/// Where definitions begin, behind the names of the figures.
const INDENT: usize = 16;

/// A section as text: what it is about, its rows, what its figures are. Lines are wrapped to `columns`; the rows are only
/// cut where there is `room` for so many.
pub fn plain(section: &Section, columns: usize, room: Option<usize>) -> String {
    let mut lines = wrap(section.about, columns);
    if section.rows.is_empty() {
        lines.push(NOTHING.to_owned());
        return lines.join("\n");
    }
    lines.push(table(section, room).to_string());
    for figure in section.figures {
        let pieces = wrap(figure.definition, columns.saturating_sub(INDENT));
        for (place, piece) in pieces.iter().enumerate() {
            let title = if place == 0 { figure.title } else { "" };
            let indent = INDENT - 2;
            lines.push(format!("  {title:indent$}{piece}"));
        }
    }
    lines.join("\n")
}

/// A section to be listened to: the same, a sentence each.
pub fn spoken(section: &Section) -> String {
    let figures = section.figures.iter();
    let figures = figures.map(|figure| format!("{}: {}", figure.title, figure.definition));
    let figures: Vec<String> = figures.collect();
    let rows = table(section, None).sentences();
    format!("{}\n{rows}\n{}", section.about, figures.join("\n"))
}

fn table(section: &Section, room: Option<usize>) -> Table {
    let headings = section.headings().map(str::to_uppercase).collect();
    let mut table = Table::of(headings, room);
    for row in &section.rows {
        let labels = section.labels_of(row).map(str::to_owned);
        table.row(labels.chain(row.values.iter().map(Value::words)));
    }
    table
}

/// What stands where a section has no rows.
pub const NOTHING: &str = "nothing in this time";
