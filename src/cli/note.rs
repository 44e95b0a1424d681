//! `holdline note`.

use super::{Failure, Session, step};
use crate::incident::{NoteKind, Step};

/// Keeps a note on an incident.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline note 10001-4 \"Looks like the printer\"
  holdline note 10001-4 \"Keep the drivers of every site the same\" --kind recommendation")]
pub struct Note {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The note.
    #[arg(value_name = "TEXT")]
    text: String,
    /// What kind of note.
    #[arg(long, value_enum, default_value = "internal")]
    kind: NoteKind,
}

impl Note {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (kind, text) = (self.kind, self.text);
        step::take(session, &self.tech_ref, Step::Note { kind, text })
    }
}
