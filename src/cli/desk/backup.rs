//! `holdline desk backup`.

use std::path::PathBuf;

use serde_json::json;

use super::bytes;
use crate::cli::progress::{Progress, stopped_by_a_signal};
use crate::cli::{Failure, Session};
use crate::store::{Access, Backup as Made, OfTheDay, Watch};

/// Backs the desk up while others work; the copy is checked as a whole before it gets its name.
///
/// Files that came with mail go along, in FILE.files; stopped (Ctrl-C), it leaves nothing. Without FILE it is the backup of
/// the day, in DESK.backups beside the desk, of which seven are kept: the console has one made at the first start of each
/// day, a cron job may. It is copied in small steps, opened and its pages checked; `desk check` checks all of a desk. Keep
/// one elsewhere too: what lies on one disk goes with it.
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
    /// Gives way to everybody else on the machine, as when the console has it made.
    #[arg(long)]
    aside: bool,
}

impl Backup {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        if self.aside {
            give_way();
        }
        let desk = session.open(Access::Write)?;
        let now = session.now();
        let Some(file) = &self.file else {
            let day = now.with_timezone(&session.zone()).date_naive();
            let found = match desk.daily_backup(day, now)? {
                OfTheDay::Made(made) => {
                    return told(session, &made, "opened and its pages checked");
                }
                OfTheDay::There => "is in",
                OfTheDay::InTheMaking => "is being made by another program in",
            };
            let folder = desk.backups();
            return session.answer(
                &json!({"backup": null, "folder": folder, "day": day}),
                format_args!("the backup of {day} {found} {}", folder.display()),
            );
        };
        let bar = Progress::new("pages copied");
        let mut tell = |what: &'static str, done, of| bar.show_of(what, done, of);
        let mut watch = Watch::new(&mut tell, &stopped_by_a_signal());
        let made = desk.backup_watched(file, self.replace, now, &mut watch)?;
        drop(bar);
        told(session, &made, "checked and sound")
    }
}

fn told(session: &Session, made: &Made, how: &str) -> Result<(), Failure> {
    let (entries, head) = (made.sound.entries, made.sound.head.to_string());
    session.answer(
        &json!({
            "backup": made.path, "bytes": made.size, "entries": entries, "head": head, "anew": made.anew,
        }),
        format_args!(
            "backed up to {}: {}, {entries} entries, {how}{}\nhead {head}",
            made.path.display(),
            bytes(made.size),
            match made.anew {
                true => "; begun anew, for a program was killed at it before",
                false => "",
            }
        ),
    )
}

/// Steps behind everybody else, and out of the reach of the terminal that a console hangs on. Where the system grants
/// neither, the backup is made all the same.
fn give_way() {
    let _ = rustix::process::nice(19);
    let _ = rustix::process::setsid();
}
