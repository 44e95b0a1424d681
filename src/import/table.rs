//! A table that is read as a whole: values between commas, or JSON lines, whose keys are the columns.

use std::path::Path;

use csv::{ByteRecord, StringRecord};
use serde_json::Value;

use super::ImportError;
use super::cell::text_of;
use super::json;
use super::plan::Log;
use super::shape::{NO_UTF8, Shape};

/// A table.
pub(super) struct Table {
    /// The names of its columns.
    pub(super) header: StringRecord,
    /// Its lines.
    pub(super) lines: Vec<Result<Row, Unread>>,
}

/// A line of a table, as long as the header.
pub(super) struct Row {
    /// Its number in the file.
    pub(super) line: u64,
    pub(super) fields: StringRecord,
    /// What stands in the file, where that is something else.
    was: Option<ByteRecord>,
}

/// A line that cannot be read.
pub(super) struct Unread {
    pub(super) line: u64,
    /// What stands in the file.
    pub(super) was: ByteRecord,
    pub(super) reason: String,
}

impl Row {
    /// The line as it stands in the file.
    pub(super) fn was(&self) -> &ByteRecord {
        self.was.as_ref().unwrap_or(self.fields.as_byte_record())
    }

    /// The line, which cannot be placed.
    pub(super) fn unread(self, reason: String) -> Unread {
        Unread {
            line: self.line,
            was: self.was().clone(),
            reason,
        }
    }
}

impl Table {
    /// Reads a table: JSON lines where the file's name ends so, else CSV.
    pub(super) fn read(path: &Path, shape: Shape) -> Result<Self, ImportError> {
        match shape.json {
            true => Self::json(path),
            false => Self::csv(path, shape),
        }
    }

    /// Takes away these words, which stand where there is nothing.
    pub(super) fn blank(&mut self, words: &[String]) {
        if words.is_empty() {
            return;
        }
        let nothing = |cell: &str| {
            words
                .iter()
                .any(|word| word.eq_ignore_ascii_case(cell.trim()))
        };
        for row in self.lines.iter_mut().flatten() {
            if row.fields.iter().any(nothing) {
                let cells = row.fields.iter();
                let cells = cells.map(|cell| if nothing(cell) { "" } else { cell });
                let left: StringRecord = cells.collect();
                let fields = std::mem::replace(&mut row.fields, left);
                row.was.get_or_insert(fields.into_byte_record());
            }
        }
    }

    fn csv(path: &Path, shape: Shape) -> Result<Self, ImportError> {
        let mut log = Log::open(path, shape)?;
        let mut lines = Vec::new();
        while let Some(line) = log.next()? {
            let number = line.number;
            let unread = |was: ByteRecord, reason: String| Unread {
                line: number,
                was,
                reason,
            };
            lines.push(match line.fields {
                Ok(fields) => match log.fits(&fields) {
                    Ok(()) => Ok(row(number, fields)),
                    Err(reason) => Err(unread(fields.into_byte_record(), reason)),
                },
                Err(was) => Err(unread(was, NO_UTF8.to_owned())),
            });
        }
        let header = log
            .header
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}'))
            .collect();
        Ok(Self { header, lines })
    }

    fn json(path: &Path) -> Result<Self, ImportError> {
        let text = std::fs::read_to_string(path).map_err(|error| ImportError::file(path, error))?;
        let (mut names, mut objects) = (Vec::<String>::new(), Vec::new());
        for (number, object) in json::objects(&text) {
            let object = object.map(|object| {
                let mut cells = Vec::new();
                flatten("", &Value::Object(object), &mut cells);
                for (name, _) in &cells {
                    if !names.contains(name) {
                        names.push(name.clone());
                    }
                }
                cells
            });
            objects.push((number, object));
        }
        let fields = |cells: Vec<(String, String)>| -> StringRecord {
            let value = |name: &String| cells.iter().find(|(key, _)| key == name);
            names
                .iter()
                .map(|name| value(name).map_or("", |(_, value)| value))
                .collect()
        };
        let lines = objects
            .into_iter()
            .map(|(line, object)| match object {
                Ok(cells) => Ok(Row {
                    line,
                    fields: fields(cells),
                    was: None,
                }),
                Err(reason) => Err(Unread {
                    line,
                    was: ByteRecord::new(),
                    reason,
                }),
            })
            .collect();
        Ok(Self {
            header: names.iter().collect(),
            lines,
        })
    }
}

/// A line of which every cell is read.
fn row(line: u64, was: StringRecord) -> Row {
    let fields: StringRecord = was.iter().map(text_of).collect();
    Row {
        line,
        was: (fields != was).then(|| was.into_byte_record()),
        fields,
    }
}

/// The values of an object by their paths: `customer.name`; those of a list of words stand together.
fn flatten(path: &str, value: &Value, cells: &mut Vec<(String, String)>) {
    let word = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                flatten(&path, value, cells);
            }
        }
        Value::Array(items) => {
            let words: Vec<String> = items.iter().map(word).collect();
            cells.push((path.to_owned(), words.join("; ")));
        }
        other => cells.push((path.to_owned(), word(other))),
    }
}
