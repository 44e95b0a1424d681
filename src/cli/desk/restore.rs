//! `holdline desk restore`.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::{Failure, Session};
use crate::store;

/// Makes the desk what a backup holds.
///
/// The backup is checked as a whole first. The desk that it takes the place of is kept beside it, as
/// DESK.replaced-INSTANT. Consoles that have the desk open see the restored one at once, and what is being written waits.
/// A desk that cannot be opened any more is set aside under such a name.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline desk restore ~/.local/share/holdline/desk.holdline.backups/2026-11-23.holdline
  holdline desk restore /mnt/safe/desk.holdline --desk /srv/desk.holdline")]
pub struct Restore {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// It may be the backup of another desk.
    #[arg(long)]
    another_desk: bool,
}

impl Restore {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.desk_path()?;
        let context = session.context()?;
        let restored = store::restore(&desk, &self.file, self.another_desk, &context)?;
        let (entries, head) = (restored.sound.entries, restored.sound.head.to_string());
        let kept = match &restored.kept {
            Some(kept) => format!("what it replaced is kept in {}", kept.display()),
            None => "there was no desk before".to_owned(),
        };
        session.answer(
            &json!({"restored": self.file, "entries": entries, "head": head, "kept": restored.kept}),
            format_args!(
                "restored {}: {entries} entries, checked and sound; {kept}\nhead {head}",
                self.file.display()
            ),
        )
    }
}
