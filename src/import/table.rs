//! A table that is read as a whole: values between commas, or JSON lines, whose keys are the columns.

use std::path::Path;

use csv::StringRecord;
use serde_json::Value;

use super::ImportError;
use super::cell::text_of;
use super::plan::Log;

/// A table.
pub(super) struct Table {
    /// The names of its columns.
    pub(super) header: StringRecord,
    /// Its lines with their numbers, each as long as the header; or why one cannot be read.
    pub(super) lines: Vec<(u64, Result<StringRecord, String>)>,
}

impl Table {
    /// Reads a table: JSON lines where the file's name ends so, else CSV.
    pub(super) fn read(path: &Path, delimiter: u8) -> Result<Self, ImportError> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending {
            Some("jsonl" | "ndjson" | "json") => Self::json_lines(path),
            _ => Self::csv(path, delimiter),
        }
    }

    fn csv(path: &Path, delimiter: u8) -> Result<Self, ImportError> {
        let mut log = Log::open(path, delimiter)?;
        let wants = log.header.len();
        let mut lines = Vec::new();
        while let Some(line) = log.next()? {
            let fields = match line.fields {
                Ok(fields) if fields.len() == wants => Ok(fields.iter().map(text_of).collect()),
                Ok(fields) => Err(format!(
                    "it has {} fields, and the first line {wants}",
                    fields.len()
                )),
                Err(_) => Err("it is no UTF-8: convert the file".to_owned()),
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

    fn json_lines(path: &Path) -> Result<Self, ImportError> {
        let text = std::fs::read_to_string(path).map_err(|error| ImportError::file(path, error))?;
        let (mut names, mut objects) = (Vec::<String>::new(), Vec::new());
        for (number, line) in (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let object = match serde_json::from_str(line) {
                Ok(Value::Object(object)) => {
                    let mut cells = Vec::new();
                    flatten("", &Value::Object(object), &mut cells);
                    for (name, _) in &cells {
                        if !names.contains(name) {
                            names.push(name.clone());
                        }
                    }
                    Ok(cells)
                }
                Ok(_) => Err("it is no JSON object".to_owned()),
                Err(error) => Err(format!("it is no JSON ({error})")),
            };
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
