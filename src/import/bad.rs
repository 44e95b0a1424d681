//! Lines that cannot be placed: refused all together, or taken into a file of their own.

use std::fmt;
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Writer};

use super::ImportError;
use crate::whole::Draft;

/// How many of them a refusal lists.
const SHOWN: usize = 20;

/// Lines that cannot be placed; the first of them by name.
#[derive(Debug, Default)]
pub struct Bad {
    /// How many there are.
    pub count: u64,
    /// The first ones.
    pub first: Vec<BadLine>,
    /// Whether the rest was not looked at.
    pub more: bool,
}

/// A line that cannot be placed.
#[derive(Debug)]
pub struct BadLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// Why, and what to do.
    pub reason: String,
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, s) = (self.count, if self.count == 1 { "" } else { "s" });
        let more = if self.more { " or more" } else { "" };
        write!(
            f,
            "{count} line{s}{more} cannot be placed, so nothing was imported; mend the map or the file, or leave such \
             lines out with --skip-bad FILE"
        )?;
        for BadLine { line, reason } in &self.first {
            write!(f, "\n  line {line}: {reason}")?;
        }
        if self.count > self.first.len() as u64 {
            f.write_str("\n  …")?;
        }
        Ok(())
    }
}

/// Where bad lines go.
pub(super) struct Heap {
    bad: Bad,
    /// The file that takes them, where they are to be left out.
    taken: Option<Taken>,
    leave_out: bool,
}

/// A file in the making, which goes away unless the import ends well.
struct Taken {
    writer: Writer<Draft>,
    path: PathBuf,
}

impl Heap {
    /// Refuses bad lines, or leaves them out and writes them to `file` under the log's first line, if `keep`.
    pub(super) fn new(
        file: Option<&Path>,
        keep: bool,
        delimiter: u8,
        header: &ByteRecord,
    ) -> Result<Self, ImportError> {
        let mut heap = Self {
            bad: Bad::default(),
            taken: None,
            leave_out: file.is_some(),
        };
        let Some(path) = file else { return Ok(heap) };
        if path.exists() {
            let why = "exists already: name another file for --skip-bad";
            return Err(ImportError::file(path, why));
        }
        if keep {
            let draft = Draft::of(path).map_err(|error| ImportError::file(path, error))?;
            let writer = csv::WriterBuilder::new()
                .delimiter(delimiter)
                .flexible(true)
                .from_writer(draft);
            let mut taken = Taken {
                writer,
                path: path.to_owned(),
            };
            taken.write(header, ["line", "reason"])?;
            heap.taken = Some(taken);
        }
        Ok(heap)
    }

    /// Takes a line.
    pub(super) fn add(
        &mut self,
        line: u64,
        fields: &ByteRecord,
        reason: String,
    ) -> Result<(), ImportError> {
        self.bad.count += 1;
        if let Some(taken) = &mut self.taken {
            taken.write(fields, [&line.to_string(), &reason])?;
        }
        if self.bad.first.len() < SHOWN {
            self.bad.first.push(BadLine { line, reason });
        }
        Ok(())
    }

    /// Whether there is no use in going on: enough is known to refuse all.
    pub(super) fn full(&mut self) -> bool {
        self.bad.more = !self.leave_out && self.bad.first.len() == SHOWN;
        self.bad.more
    }

    /// How many lines were left out.
    pub(super) fn count(&self) -> u64 {
        self.bad.count
    }

    /// Refuses all where a line is bad and none may be left out.
    pub(super) fn refuse(&mut self, file: &Path) -> Result<(), ImportError> {
        if self.leave_out || self.bad.count == 0 {
            return Ok(());
        }
        Err(ImportError::Bad {
            file: file.to_owned(),
            bad: std::mem::take(&mut self.bad),
        })
    }

    /// Puts the file where it was asked for, if there is anything in it.
    pub(super) fn keep(&mut self) -> Result<(), ImportError> {
        let Some(taken) = self.taken.take().filter(|_| self.bad.count > 0) else {
            return Ok(());
        };
        let draft = taken
            .writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error);
        let kept = draft.and_then(Draft::put_new);
        kept.map_err(|error| ImportError::file(&taken.path, error))
    }
}

impl Taken {
    fn write(&mut self, fields: &ByteRecord, more: [&str; 2]) -> Result<(), ImportError> {
        let mut record = fields.clone();
        more.iter()
            .for_each(|field| record.push_field(field.as_bytes()));
        let written = self.writer.write_byte_record(&record);
        written.map_err(|error| ImportError::file(&self.path, error))
    }
}
