//! `holdline export`.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::json;

use super::progress::Progress;
use super::session::harmless_json;
use super::view::Viewer;
use super::{Failure, Session};
use crate::incident::{FIRST, TechRef};
use crate::store::{Access, Carried, Desk};
use crate::whole::Draft;

mod csv;

/// Writes everything that the desk holds, to be read elsewhere or to make a new desk of.
///
/// As JSON lines, `import desk` makes a desk of it again that exports the same but for what runs with the clock: every entry of the timeline, policies in
/// all their versions, agents, customers with their people, entitlements with their ledger, incidents with their numbers,
/// closures, messages and mail. Not carried are PINs, the keys of --once, calls that run and drafts; the new desk has a
/// mark and hashes of its own. Lines with "record": "incident" are for reading, as `show --json`; nothing is read back
/// from them. Files that came with mail are copied by --files.
///
/// As CSV, it is five tables for spreadsheets in a folder: customers.csv (a line for each person), entitlements.csv,
/// incidents.csv, timeline.csv, agents.csv. `import customers` reads customers.csv, with everything in it. The other four
/// have what a table can show; incidents come back whole from JSON lines only.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline export > desk.jsonl
  holdline export --to desk.jsonl --files desk-files
  holdline export --format csv --to tables
  holdline export | jq -c 'select(.record == \"incident\")'")]
pub struct Export {
    /// How it is written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// The file, which is not there yet, or for CSV the folder, which is made. Standard output without it.
    #[arg(long, value_name = "PATH", required_if_eq("format", "csv"), value_hint = clap::ValueHint::AnyPath)]
    to: Option<PathBuf>,
    /// Copies the files that came with mail into this folder, which is made, each under its SHA-256.
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    files: Option<PathBuf>,
}

/// How an export is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object a line: everything.
    #[default]
    Jsonl,
    /// Tables for spreadsheets.
    Csv,
}

/// An incident for reading.
#[derive(Serialize)]
struct Shown<T> {
    record: &'static str,
    #[serde(flatten)]
    incident: T,
}

impl Export {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        if let (Format::Jsonl, Some(path)) = (self.format, &self.to)
            && fs::symlink_metadata(path).is_ok()
        {
            // Before all of it is written for nothing.
            let why = "exists already: choose another file (--to)";
            return Err(failed(path, why));
        }
        let counted = desk.still(|desk| {
            if let Some(folder) = &self.files {
                copy_files(desk, folder)?;
            }
            match (self.format, &self.to) {
                (Format::Csv, Some(folder)) => csv::write(desk, session, folder),
                (_, None) => {
                    let mut out = BufWriter::new(std::io::stdout().lock());
                    lines(desk, session, &mut out)
                }
                (_, Some(path)) => {
                    // A part of an export must not look like one.
                    let draft = Draft::of(path).map_err(|error| Failure::file(path, error))?;
                    let mut out = BufWriter::new(draft);
                    let counted = lines(desk, session, &mut out)?;
                    let draft = out
                        .into_inner()
                        .map_err(std::io::IntoInnerError::into_error);
                    let put = draft.and_then(Draft::put_new);
                    put.map_err(|error| Failure::file(path, error))?;
                    Ok(counted)
                }
            }
        })?;
        match self.to {
            None => Ok(()),
            Some(to) => {
                let to = to.display().to_string();
                let text = format!("{counted} incidents and all around them are in {to}");
                session.answer(&json!({"to": to, "incidents": counted}), text)
            }
        }
    }
}

fn failed(path: &Path, error: impl std::fmt::Display) -> Failure {
    Failure::Input(format!("{}: {error}", path.display()))
}

/// Every incident by its number, the oldest first; how many there were.
fn each_incident(
    desk: &Desk,
    mut with: impl FnMut(TechRef) -> Result<(), Failure>,
) -> Result<u32, Failure> {
    let progress = Progress::new("incidents");
    let last = desk.newest_number()?;
    let of = last.map_or(0, |last| last.sequence() + 1 - FIRST);
    for n in 0..of {
        progress.show(n.into(), of.into());
        with(TechRef::new(FIRST + n))?;
    }
    Ok(of)
}

/// A JSON object a line.
fn lines(desk: &Desk, session: &Session, out: &mut impl Write) -> Result<u32, Failure> {
    let mut line = |json: serde_json::Result<String>| -> Result<(), Failure> {
        let json = json.map_err(Failure::input)?;
        Ok(writeln!(out, "{}", harmless_json(&json))?)
    };
    let mut incidents = None;
    desk.carry(|carried| {
        // The incidents stand between what is around them and what happened.
        if incidents.is_none() && matches!(carried, Carried::Entry { .. }) {
            let viewer = Viewer::new(desk, session.now());
            incidents = Some(each_incident(desk, |number| {
                let incident = viewer.whole(number)?;
                line(serde_json::to_string(&Shown {
                    record: "incident",
                    incident,
                }))
            })?);
        }
        line(serde_json::to_string(&carried))
    })?;
    out.flush()?;
    Ok(incidents.unwrap_or_default())
}

/// Copies the files that came with mail, each under its hash.
fn copy_files(desk: &Desk, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    desk.carry(|carried| {
        let Carried::Row { table, values } = carried else {
            return Ok(());
        };
        let hash = values.get("hash").and_then(|hash| hash.as_str());
        if let Some(hash) = hash.filter(|_| table == "attachment") {
            let kept = desk.file_path(hash);
            fs::copy(&kept, folder.join(hash)).map_err(|error| failed(&kept, error))?;
        }
        Ok(())
    })
}
