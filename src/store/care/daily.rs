//! The backup of the day: made once a day beside the desk, and seven of them kept.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

use super::Backup;
use crate::store::beside::{self, beside};
use crate::store::files::files;
use crate::store::open::denied;
use crate::store::{Desk, StoreError};
use crate::whole::runs;

/// How many days are kept.
const KEPT: usize = 7;
/// The ending of their names, after the day.
const ENDING: &str = ".holdline";
/// When the newest backup is old: a day and what it may be late on the next.
const OLD: TimeDelta = TimeDelta::hours(36);

/// What became of the backup of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfTheDay {
    /// It was made.
    Made(Backup),
    /// It is there already.
    There,
    /// Another program is making it.
    InTheMaking,
}

impl Desk {
    /// Makes the backup of `day`, in `DESK.backups` beside the desk, unless it is there or another program is making it;
    /// the oldest go once there are more than seven, and so does what a killed program left. It is made in pieces, so that
    /// it is in nobody's way, and its pages are checked; `desk check` checks all.
    ///
    /// # Errors
    /// As [`Desk::backup`].
    pub fn daily_backup(&self, day: NaiveDate, now: DateTime<Utc>) -> Result<OfTheDay, StoreError> {
        let made = self.make_daily(day, now);
        if let Err(error) = &made {
            // Where this cannot be noted either, whoever asked for it is still told.
            let _ = self.note_failed(now, error.to_string());
        }
        made
    }

    fn make_daily(&self, day: NaiveDate, now: DateTime<Utc>) -> Result<OfTheDay, StoreError> {
        let folder = self.backups();
        let target = folder.join(format!("{day}{ENDING}"));
        beside::create_folder(self.path(), &folder).map_err(|error| denied(&folder, &error))?;
        let Some(_alone) = self.alone_among_days()? else {
            return Ok(OfTheDay::InTheMaking);
        };
        let failed = |error| denied(&folder, &error);
        let anew = drop_left(&folder).map_err(failed)?;
        if target.exists() {
            return Ok(OfTheDay::There);
        }
        let made = self.back_up(&target, false, now, None)?;
        drop_old(&folder).map_err(failed)?;
        Ok(OfTheDay::Made(Backup { anew, ..made }))
    }

    /// Whether the backup of `day` is still to be made, as far as can be seen without waiting.
    pub fn wants_backup(&self, day: NaiveDate) -> bool {
        !self.backups().join(format!("{day}{ENDING}")).exists()
    }

    /// Lets no other program write among the backups of the days as long as what this gives lives; none while one does.
    /// The folder itself is locked: a lock goes with its program, and leaves nothing.
    pub(super) fn alone_among_days(&self) -> Result<Option<Flock<File>>, StoreError> {
        let folder = self.backups();
        let opened = File::open(&folder).map_err(|error| denied(&folder, &error))?;
        match Flock::lock(opened, FlockArg::LockExclusiveNonblock) {
            Ok(lock) => Ok(Some(lock)),
            Err((_, Errno::EWOULDBLOCK)) => Ok(None),
            Err((_, errno)) => Err(denied(&folder, &errno.into())),
        }
    }

    /// Whether a file of this name would lie among the backups of the days.
    pub(super) fn is_of_the_days(&self, target: &Path) -> bool {
        let days = fs::canonicalize(self.backups());
        days.is_ok_and(|days| fs::canonicalize(beside::folder(target)).is_ok_and(|at| at == days))
    }

    /// When a program that was making the backup of a day was killed, where what it left lies there still.
    pub(super) fn backup_killed(&self) -> Option<DateTime<Utc>> {
        let entries = fs::read_dir(self.backups()).ok()?.flatten();
        let left = entries.filter(|entry| {
            let name = entry.file_name();
            let day = |of: &OsStr| of.to_str().and_then(day_of).is_some();
            beside::drafted(&name).is_some_and(|(of, process)| day(of) && !runs(process))
        });
        let written = left.filter_map(|entry| entry.metadata().ok()?.modified().ok());
        written.max().map(DateTime::from)
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

/// What programs left that were killed: nobody else writes here now. Says whether one was at a backup then.
fn drop_left(folder: &Path) -> std::io::Result<bool> {
    let mut at_one = false;
    for entry in fs::read_dir(folder)?.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if let Some((of, _)) = beside::drafted(&name) {
            at_one |= of.to_str().and_then(day_of).is_some();
            fs::remove_file(&path)?;
        } else if let Some(of) = name.to_str().and_then(|name| name.strip_suffix(".files"))
            && day_of(of).is_some()
            && !folder.join(of).exists()
        {
            fs::remove_dir_all(&path)?;
        }
    }
    Ok(at_one)
}

/// The day whose backup has this name.
fn day_of(name: &str) -> Option<NaiveDate> {
    name.strip_suffix(ENDING)?.parse().ok()
}

fn drop_old(folder: &Path) -> std::io::Result<()> {
    let mut days: Vec<(NaiveDate, PathBuf)> = fs::read_dir(folder)?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            Some((day_of(&name)?, entry.path()))
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
