//! `holdline desk backup`.

use std::path::PathBuf;

use serde_json::json;

use super::bytes;
use crate::cli::{Failure, Session};
use crate::store::Access;

/// Backs the desk up while others work; the copy is checked as a whole before it gets its name.
///
/// Files that came with mail go along, in FILE.files. Without FILE it is the backup of the day, in DESK.backups beside the
/// desk, of which seven are kept: the console makes one at the first start of each day, a cron job may. Keep one elsewhere
/// too: what lies on one disk goes with it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline desk backup
  holdline desk backup /mnt/safe/desk-2026-11-23.holdline")]
pub struct Backup {
    /// Where to; the backup of the day without it.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Takes the place of what FILE is now.
    #[arg(long, requires = "file")]
    replace: bool,
}

impl Backup {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Write)?;
        let now = session.now();
        let made = match &self.file {
            Some(file) => desk.backup(file, self.replace, now)?,
            None => {
                let day = now.with_timezone(&session.zone()).date_naive();
                match desk.daily_backup(day, now)? {
                    Some(made) => made,
                    None => {
                        let folder = desk.backups();
                        return session.answer(
                            &json!({"backup": null, "folder": folder, "day": day}),
                            format_args!("the backup of {day} is in {} already", folder.display()),
                        );
                    }
                }
            }
        };
        let (entries, head) = (made.sound.entries, made.sound.head.to_string());
        session.answer(
            &json!({"backup": made.path, "bytes": made.size, "entries": entries, "head": head}),
            format_args!(
                "backed up to {}: {}, {entries} entries, checked and sound\nhead {head}",
                made.path.display(),
                bytes(made.size)
            ),
        )
    }
}
