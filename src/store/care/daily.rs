//! The backup of the day: made once a day beside the desk, and seven of them kept.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Backup;
use crate::store::beside::{self, beside};
use crate::store::files::files;
use crate::store::open::denied;
use crate::store::{Desk, StoreError};

/// How many days are kept.
const KEPT: usize = 7;
/// The ending of their names, after the day.
const ENDING: &str = ".holdline";
/// When the newest backup is old: a day and what it may be late on the next.
const OLD: TimeDelta = TimeDelta::hours(36);

impl Desk {
    /// Makes the backup of `day`, in `DESK.backups` beside the desk, unless it is there or another program is making it;
    /// the oldest go once there are more than seven.
    ///
    /// # Errors
    /// As [`Desk::backup`].
    pub fn daily_backup(
        &self,
        day: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Option<Backup>, StoreError> {
        let folder = self.backups();
        let name = format!("{day}{ENDING}");
        let target = folder.join(&name);
        if target.exists() || in_the_making(&folder, &name) {
            return Ok(None);
        }
        beside::create_folder(self.path(), &folder).map_err(|error| denied(&folder, &error))?;
        let made = match self.backup(&target, false, now) {
            // Another program was faster.
            Err(StoreError::Exists(_)) => return Ok(None),
            made => made?,
        };
        drop_old(&folder).map_err(|error| denied(&folder, &error))?;
        Ok(Some(made))
    }

    /// Where the backups of the days lie.
    pub fn backups(&self) -> PathBuf {
        beside(self.path(), ".backups")
    }

    /// What is wrong with the newest backup, in words: there is none, or it is old; nothing where all is well.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn backup_is_old(&self, now: DateTime<Utc>) -> Result<Option<String>, StoreError> {
        Ok(match self.backed_up()? {
            None => Some("no backup yet".to_owned()),
            Some(newest) if now - newest.at > OLD => {
                let days = (now - newest.at).num_days().max(1);
                let s = if days == 1 { "" } else { "s" };
                Some(format!("last backup {days} day{s} ago"))
            }
            Some(_) => None,
        })
    }
}

/// Whether another program that lives is making the backup of this name; what a dead one left of it is cleared away.
fn in_the_making(folder: &Path, name: &str) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    let mut making = false;
    for entry in entries.flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let Some((of, pid)) = file
            .strip_prefix('.')
            .and_then(|file| file.strip_suffix(".draft"))
            .and_then(|file| file.rsplit_once('-'))
        else {
            continue;
        };
        let pid = pid.parse().map(nix::unistd::Pid::from_raw);
        let lives = pid.is_ok_and(|pid| {
            pid == nix::unistd::getpid()
                || nix::sys::signal::kill(pid, None) != Err(nix::errno::Errno::ESRCH)
        });
        match lives {
            true => making |= of == name,
            false => drop(beside::Draft(entry.path())),
        }
    }
    making
}

fn drop_old(folder: &Path) -> std::io::Result<()> {
    let mut days: Vec<(NaiveDate, PathBuf)> = fs::read_dir(folder)?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            Some((name.strip_suffix(ENDING)?.parse().ok()?, entry.path()))
        })
        .collect();
    days.sort_unstable();
    let most = days.len().saturating_sub(KEPT);
    for (_, path) in days.into_iter().take(most) {
        fs::remove_file(&path)?;
        match fs::remove_dir_all(files(&path)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    beside::sync(folder)
}
