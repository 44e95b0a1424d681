//! The first reading of a log: what every line is. Of an event only its instant and its place in the file are kept, so
//! that a log of any length can be followed in the order of time.

use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use csv::{ByteRecord, Position, Reader, StringRecord};

use super::ImportError;
use super::bad::{Heap, behind};
use super::map::{Activity, Map};
use super::shape::{NO_UTF8, Shape};
use crate::policy::nearest::nearest;

/// A log of events, open for reading.
pub(super) struct Log {
    reader: Reader<File>,
    path: PathBuf,
    pub(super) header: StringRecord,
    /// Where number and reason stand, if it took lines that were left out.
    behind: Option<usize>,
}

/// A line of it; its bytes alone where they are no UTF-8.
pub(super) struct Line {
    pub(super) number: u64,
    byte: u64,
    pub(super) fields: Result<StringRecord, ByteRecord>,
}

impl Log {
    /// Opens a log and reads its first line.
    pub(super) fn open(path: &Path, shape: Shape) -> Result<Self, ImportError> {
        let wrong = |error: csv::Error| ImportError::file(path, error);
        let file = File::open(path).map_err(|error| ImportError::file(path, error))?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(shape.delimiter)
            .quoting(shape.quotes)
            .flexible(true)
            .from_reader(file);
        let header = reader.headers().map_err(wrong)?.clone();
        Ok(Self {
            reader,
            path: path.to_owned(),
            behind: behind(header.as_byte_record().iter()),
            header,
        })
    }

    /// That a line is as long as the first, and nothing stands outside its columns.
    ///
    /// # Errors
    /// Why it does not fit.
    pub(super) fn fits(&self, fields: &StringRecord) -> Result<(), String> {
        let (has, wants) = (fields.len(), self.header.len());
        if has != wants {
            return Err(format!("it has {has} fields, and the first line {wants}"));
        }
        // A spreadsheet fills up the first line to a longer one that was left out, whose fields would be under others' names.
        let outside = |after: usize| fields.iter().skip(after + 2).any(|field| !field.is_empty());
        match self.behind.is_some_and(outside) {
            true => Err(
                "it has more fields than the first line names: take out what is too much"
                    .to_owned(),
            ),
            false => Ok(()),
        }
    }

    /// The next line; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Line>, ImportError> {
        let mut fields = ByteRecord::new();
        let read = self.reader.read_byte_record(&mut fields);
        if !read.map_err(|error| ImportError::file(&self.path, error))? {
            return Ok(None);
        }
        let (number, byte) = fields
            .position()
            .map_or((0, 0), |place| (place.line(), place.byte()));
        let fields =
            StringRecord::from_byte_record(fields).map_err(csv::FromUtf8Error::into_byte_record);
        Ok(Some(Line {
            number,
            byte,
            fields,
        }))
    }

    /// The line of an event.
    fn at(&mut self, row: Row) -> Result<Line, ImportError> {
        let mut place = Position::new();
        place.set_byte(row.byte).set_line(row.line);
        self.reader
            .seek(place)
            .map_err(|error| ImportError::file(&self.path, error))?;
        self.next()?
            .ok_or_else(|| ImportError::file(&self.path, "was cut while it was read: try again"))
    }
}

/// An event that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Microseconds since 1970: events are kept in their order within a second.
    at: i64,
    byte: u64,
    line: u64,
}

/// What a log holds.
pub(super) struct Plan {
    /// Its events in the order of time; those of one instant in the file's.
    pub(super) rows: Vec<Row>,
    pub(super) lines: u64,
    pub(super) ignored: u64,
}

impl Plan {
    /// Reads a whole log; lines that cannot be read go to `heap`.
    pub(super) fn read(log: &mut Log, map: &Map, heap: &mut Heap) -> Result<Self, ImportError> {
        let mut plan = Self {
            rows: Vec::new(),
            lines: 0,
            ignored: 0,
        };
        let clock = map
            .at
            .clock()
            .map_err(|why| ImportError::file(&log.path, why))?;
        while !heap.full()
            && let Some(line) = log.next()?
        {
            plan.lines += 1;
            let fields = match &line.fields {
                Ok(fields) => match log.fits(fields) {
                    Ok(()) => fields,
                    Err(reason) => {
                        heap.add(line.number, fields.as_byte_record(), reason)?;
                        continue;
                    }
                },
                Err(bytes) => {
                    heap.add(line.number, bytes, NO_UTF8.to_owned())?;
                    continue;
                }
            };
            let time = map.at.time.raw(fields).unwrap_or_default();
            match map.activity_of(fields) {
                Ok(activity) if activity.ignore => plan.ignored += 1,
                Ok(_) => match clock.instant(&time) {
                    Ok(at) => plan.rows.push(Row {
                        at: at.timestamp_micros(),
                        byte: line.byte,
                        line: line.number,
                    }),
                    Err(reason) => heap.add(line.number, fields.as_byte_record(), reason)?,
                },
                Err(reason) => heap.add(line.number, fields.as_byte_record(), reason)?,
            }
        }
        plan.rows.sort_by_key(|row| row.at);
        Ok(plan)
    }
}

impl Row {
    /// When it happened.
    pub(super) fn happened(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.at).unwrap_or_default()
    }

    /// Reads its line again.
    pub(super) fn read(self, log: &mut Log) -> Result<Line, ImportError> {
        log.at(self)
    }
}

impl Map {
    /// What the activity of a line does, or why that cannot be told.
    pub(super) fn activity_of(&self, fields: &StringRecord) -> Result<&Activity, String> {
        let name = self.activity.raw(fields).unwrap_or_default();
        self.activities.get(&name).ok_or_else(|| {
            let known = self.activities.keys().map(String::as_str);
            let near = nearest(&name, known).map_or_else(
                || "say under [activities] what it does, or that it is ignored".to_owned(),
                |near| format!("did you mean \"{near}\"?"),
            );
            format!("the map knows no activity \"{name}\": {near}")
        })
    }
}
