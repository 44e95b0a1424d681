//! The change of a shift: what whoever comes must know, and that they took over.

use chrono::TimeDelta;

use super::edit::Edit;
use super::forms::{Field, Form};
use super::model::{Layer, Model};
use super::screens::reading::Reading;
use crate::incident::Command;
use crate::report::Handover;

/// How long a shift is.
pub const LENGTH: TimeDelta = TimeDelta::hours(8);

/// The handover was read: it is shown, and can be taken over from there.
pub fn known(model: &mut Model, handover: &Handover) {
    let written = handover.markdown(model.zone);
    let reading = Reading::new("Handover", plain(&written), "handover.md");
    let reading = Reading {
        takes_over: true,
        written: Some(written.trim_end().to_owned()),
        ..reading
    };
    model.layers.push(Layer::Text(reading));
}

/// The Markdown of a handover as it is read on a screen: headings at the margin, what stands beneath them indented.
fn plain(markdown: &str) -> String {
    let line = |line: &str| {
        let heading = line.trim_start_matches('#');
        let (indent, words) = match line.strip_prefix("- ") {
            Some(item) => ("  ", item),
            None if heading.len() < line.len() => ("", heading.trim_start()),
            None if line.is_empty() => ("", ""),
            None => ("  ", line),
        };
        let mut plain = indent.to_owned();
        let mut rest = words.chars();
        while let Some(c) = rest.next() {
            match c {
                '\\' => plain.extend(rest.next()),
                '*' | '`' => {}
                c => plain.push(c),
            }
        }
        plain
    };
    let lines: Vec<String> = markdown.trim_end().lines().map(line).collect();
    lines.join("\n")
}

/// The form by which somebody takes over.
pub fn take_over() -> Edit {
    let note = Field::text("note", "Note").help("What you say to it; may stay empty.");
    let form = Form::new(vec![note]);
    Edit::new("Take the shift over", form, "you took over", |form| {
        let note = form.value("note").trim().to_owned();
        let note = Some(note).filter(|note| !note.is_empty());
        Ok(vec![Command::TakeOver(note)])
    })
    .saying("From now on the next handover tells what changes.")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn marks_are_read_and_not_shown() {
        let markdown = "# Handover: Support\n\n## Missed: 1\n\n- **10001-4** Fern \\*2\\*, `holdline list`\nall\n";
        let read = "Handover: Support\n\nMissed: 1\n\n  10001-4 Fern *2*, holdline list\n  all";
        assert_eq!(plain(markdown), read);
    }
}
