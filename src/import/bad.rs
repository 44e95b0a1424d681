//! Lines that cannot be placed: refused all together, or taken into a file of their own.

use std::fmt;
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Writer};
use serde::Serialize;

use super::ImportError;
use super::shape::NO_UTF8;
use crate::whole::Draft;

/// How many of them a refusal lists.
pub(super) const SHOWN: usize = 20;

/// The columns behind those of the file, in the file that takes bad lines.
const BEHIND: [&str; 2] = ["line", "reason"];

/// Where [`BEHIND`] stands in the first line of a file that took bad lines and is read again.
pub(super) fn behind<'h>(header: impl Iterator<Item = &'h [u8]>) -> Option<usize> {
    let names: Vec<&[u8]> = header.map(<[u8]>::trim_ascii).collect();
    let [line, reason] = BEHIND.map(str::as_bytes);
    names.windows(2).position(|two| two == [line, reason])
}

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// Why, and what to do.
    pub reason: String,
    /// How many more there are of which this is told once for all.
    #[serde(skip_serializing_if = "is_none")]
    pub more: u64,
}

// Serde hands over what it asks about by reference.
fn is_none(more: &u64) -> bool {
    *more == 0
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
        listed(f, &self.first, self.count)
    }
}

/// Says of the first of `count` bad lines which they are, and why.
pub(super) fn listed(f: &mut fmt::Formatter<'_>, first: &[BadLine], count: u64) -> fmt::Result {
    for BadLine { line, reason, more } in first {
        match more {
            0 => write!(f, "\n  line {line}: {reason}")?,
            more => write!(f, "\n  line {line} and {more} more: {reason}")?,
        }
    }
    let told = first.iter().map(|one| 1 + one.more).sum::<u64>();
    if count > told {
        f.write_str("\n  …")?;
    }
    Ok(())
}

/// As [`listed`], of those that a rehearsal left out: nothing else keeps them then.
pub(super) fn rehearsed(f: &mut fmt::Formatter<'_>, first: &[BadLine], count: u64) -> fmt::Result {
    if first.is_empty() {
        return Ok(());
    }
    f.write_str("\nlines that would be left out:")?;
    listed(f, first, count)
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
    /// How long a line of the file is.
    columns: usize,
    /// Where number and reason of an earlier time stand in it.
    behind: Option<usize>,
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
                columns: header.len(),
                behind: behind(header.iter()),
            };
            taken.write(header, BEHIND)?;
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
        // The whole file is in another encoding then, and that is one thing to mend.
        let encoding = reason == NO_UTF8;
        let mut told = self.bad.first.iter_mut();
        if let Some(told) = told.find(|told| encoding && told.reason == reason) {
            told.more += 1;
        } else if self.bad.first.len() < SHOWN {
            let more = 0;
            self.bad.first.push(BadLine { line, reason, more });
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

    /// Whether bad lines are left out, and do not refuse all.
    pub(super) fn leaves_out(&self) -> bool {
        self.leave_out
    }

    /// The first of the bad lines, as they stand in the file.
    pub(super) fn first(&self) -> Vec<BadLine> {
        let mut first = self.bad.first.clone();
        first.sort_by_key(|bad| bad.line);
        first
    }

    /// Refuses all before anything is placed where enough is known; what else is wrong is found by placing the rest.
    pub(super) fn refuse_many(&mut self, file: &Path) -> Result<(), ImportError> {
        match self.full() {
            true => self.refuse(file),
            false => Ok(()),
        }
    }

    /// Refuses all where a line is bad and none may be left out.
    pub(super) fn refuse(&mut self, file: &Path) -> Result<(), ImportError> {
        if self.leave_out || self.bad.count == 0 {
            return Ok(());
        }
        self.bad.first = self.first();
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
    /// Writes a line as it was, filled up to the length of the first, with `more` behind in place of what stood there.
    fn write(&mut self, fields: &ByteRecord, more: [&str; 2]) -> Result<(), ImportError> {
        let behind = self.behind.filter(|_| fields.len() >= self.columns);
        let at = match fields.len() > self.columns {
            true => fields.len() - BEHIND.len(),
            false => behind.unwrap_or_default(),
        };
        let old = |n: usize| behind.is_some() && (at..at + BEHIND.len()).contains(&n);
        let own = (0..).zip(fields).filter(|(n, _)| !old(*n));
        let mut record: ByteRecord = own.map(|(_, field)| field).collect();
        let wanted = self.columns - self.behind.map_or(0, |_| BEHIND.len());
        while record.len() < wanted {
            record.push_field(b"");
        }
        more.iter()
            .for_each(|field| record.push_field(field.as_bytes()));
        let written = self.writer.write_byte_record(&record);
        written.map_err(|error| ImportError::file(&self.path, error))
    }
}
