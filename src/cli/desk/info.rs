//! `holdline desk info`.

use serde_json::{Map, Value, json};

use super::bytes;
use crate::cli::{Failure, Session};
use crate::store::{Access, BackedUp, BackupFailed};

/// What the desk is: its schema, size, what it holds, its newest backup, and the head of its timeline.
///
/// The head is the place and hash of the newest entry. Kept elsewhere and given to `desk check --head` later, it shows
/// entries that were cut off the end, or a timeline that was written anew.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline desk info
  holdline desk info --json")]
pub struct Info {}

impl Info {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let info = desk.info()?;
        let path = std::path::absolute(desk.path()).unwrap_or_else(|_| desk.path().to_owned());
        let (mode, head) = (format!("{:04o}", info.mode), info.head.to_string());
        let shared = desk.shared_with()?;
        let group = shared
            .as_ref()
            .map(|group| format!(", shared by group {group}"));
        let group = group.unwrap_or_default();
        let backup = match &info.backed_up {
            Some(BackedUp { at, path, .. }) => {
                let there = if path.exists() {
                    ""
                } else {
                    " (not there now)"
                };
                format!(
                    "{} in {}{there}",
                    session.told(*at, session.zone()),
                    path.display()
                )
            }
            None => "none yet: `holdline desk backup` makes one".to_owned(),
        };
        let failed = info.backup_failed.as_ref().map(|BackupFailed { at, why }| {
            let at = session.told(*at, session.zone());
            format!("\n         the one of {at} could not be made: {why}")
        });
        let failed = failed.unwrap_or_default();
        let counts = info
            .counts
            .iter()
            .map(|(what, count)| format!("{count} {what}"));
        let counts: Vec<String> = counts.collect();
        let text = format!(
            "desk     {}\nfile     {} (mode {mode}{group})\nversion  {}, schema {}\nsize     {}, {} unused\nholds    {}\n\
             backup   {backup}{failed}\nhead     {head}",
            info.name,
            path.display(),
            env!("CARGO_PKG_VERSION"),
            info.schema,
            bytes(info.size),
            bytes(info.unused.unsigned_abs()),
            counts.join(", "),
        );
        let held = info
            .counts
            .iter()
            .map(|(what, count)| ((*what).to_owned(), Value::from(*count)));
        let held: Map<String, Value> = held.collect();
        session.answer(
            &json!({
                "name": info.name, "desk": path, "mode": mode, "shared": shared, "version": env!("CARGO_PKG_VERSION"),
                "schema": info.schema, "bytes": info.size, "unused_bytes": info.unused, "counts": held,
                "head": head, "backup": info.backed_up, "backup_failed": info.backup_failed,
            }),
            text,
        )
    }
}
