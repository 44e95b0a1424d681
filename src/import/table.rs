//! A table that is read as a whole: values between commas, or JSON lines, whose keys are the columns.

use std::path::Path;

use csv::StringRecord;
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
    /// Its lines with their numbers, each as long as the header; or why one cannot be read.
    pub(super) lines: Vec<(u64, Result<StringRecord, String>)>,
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
        for (_, fields) in &mut self.lines {
            if let Ok(fields) = fields {
                let cells = fields
                    .iter()
                    .map(|cell| if nothing(cell) { "" } else { cell });
                *fields = cells.collect();
            }
        }
    }

    fn csv(path: &Path, shape: Shape) -> Result<Self, ImportError> {
        let mut log = Log::open(path, shape)?;
        let wants = log.header.len();
        let mut lines = Vec::new();
        while let Some(line) = log.next()? {
            let fields = match line.fields {
                Ok(fields) if fields.len() == wants => Ok(fields.iter().map(text_of).collect()),
                Ok(fields) => Err(format!(
                    "it has {} fields, and the first line {wants}",
                    fields.len()
                )),
                Err(_) => Err(NO_UTF8.to_owned()),
            };
            lines.push((line.number, fields));
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
        let row = |cells: Vec<(String, String)>| -> StringRecord {
            let value = |name: &String| cells.iter().find(|(key, _)| key == name);
            names
                .iter()
                .map(|name| value(name).map_or("", |(_, value)| value))
                .collect()
        };
        let lines = objects
            .into_iter()
            .map(|(number, object)| (number, object.map(row)))
            .collect();
        Ok(Self {
            header: names.iter().collect(),
            lines,
        })
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
