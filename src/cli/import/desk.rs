//! `holdline import desk`.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use serde_json::json;

use crate::cli::progress::Progress;
use crate::cli::{Failure, Session};
use crate::incident::Refusal;
use crate::store::{Carried, Desk};

/// Makes a new desk of an export: JSON lines, as `holdline export` writes them.
///
/// The desk of --desk must not be there yet. Everything that the export carries is in it, under the numbers that it had:
/// exported again, it is the same. It is checked as a whole before it appears; where anything is wrong, there is none.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline import desk desk.jsonl --desk new.holdline
  holdline import desk desk.jsonl --files desk-files --desk new.holdline")]
pub(super) struct DeskArgs {
    /// The export.
    #[arg(value_name = "FILE.jsonl", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The folder with the files that came with mail, as `export --files` made it.
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    files: Option<PathBuf>,
}

impl DeskArgs {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let file = self.file.display().to_string();
        let failed = |error: std::io::Error| Failure::Input(format!("{file}: {error}"));
        let reader = BufReader::new(File::open(&self.file).map_err(failed)?);
        let progress = Progress::new("bytes");
        let of = self.file.metadata().map_err(failed)?.len();
        let mut read = 0;
        let lines = (1..).zip(reader.lines()).map(|(number, line)| {
            let wrong = |error: String| Refusal::input(format!("line {number}: {error}"));
            let line = line.map_err(|error| wrong(error.to_string()))?;
            read += line.len() as u64 + 1;
            progress.show(read, of);
            let carried: Carried = serde_json::from_str(&line)
                .map_err(|error| wrong(format!("it is no line of an export ({error})")))?;
            Ok((number, carried))
        });
        let mut lines = lines.fuse();
        let path = session.desk_path()?;
        let context = session.context()?;
        let desk = Desk::carried(&path, &mut lines, self.files.as_deref(), &context);
        let desk = desk.map_err(|error| match Failure::from(error) {
            Failure::Input(why) => Failure::Input(format!("{file}: {why}; no desk was made")),
            Failure::Rule(why) => Failure::Input(format!(
                "{file}: what it tells is no sound desk: {why}; no desk was made (files that came with mail need --files)"
            )),
            other => other,
        })?;
        let incidents = desk
            .newest_number()?
            .map_or(0, |newest| newest.sequence() + 1 - crate::incident::FIRST);
        let path = path.display().to_string();
        let text = format!(
            "Made the desk \"{}\" at {path} with {incidents} incidents",
            desk.name()?
        );
        session.answer(
            &json!({"desk": path, "name": desk.name()?, "incidents": incidents}),
            text,
        )
    }
}
