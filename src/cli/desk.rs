//! `holdline desk`.

mod backup;
mod check;
mod compact;
mod info;
mod restore;

use super::{Failure, Session};

/// The desk itself.
#[derive(Debug, clap::Subcommand)]
pub enum DeskCommand {
    Backup(backup::Backup),
    Check(check::Check),
    Compact(compact::Compact),
    Info(info::Info),
    Restore(restore::Restore),
}

impl DeskCommand {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Backup(backup) => backup.run(session),
            Self::Check(check) => check.run(session),
            Self::Compact(compact) => compact.run(session),
            Self::Info(info) => info.run(session),
            Self::Restore(restore) => restore.run(session),
        }
    }
}

/// Bytes as people say them.
fn bytes(bytes: u64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"];
    let mut amount = bytes as f64;
    let mut unit = "bytes";
    for next in units {
        if amount < 1024.0 {
            break;
        }
        amount /= 1024.0;
        unit = next;
    }
    match unit {
        "bytes" => format!("{bytes} bytes"),
        unit => format!("{amount:.1} {unit}"),
    }
}
