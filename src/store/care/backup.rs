//! Backups: made while others work, and tried before they get their name.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::copy;
use crate::incident::Refusal;
use crate::store::beside::folder;
use crate::store::check::Sound;
use crate::store::files::files;
use crate::store::{Desk, StoreError, Watch};

/// The key of the desk's own facts under which the newest backup stands.
const KEY: &str = "backed_up";
/// The key under which the newest failure stands.
const FAILED: &str = "backup_failed";

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it lies.
    pub path: PathBuf,
    /// Its bytes.
    pub size: u64,
    /// What a check of it found, with the head that it carries.
    pub sound: Sound,
    /// Whether a program was killed at it before, and it was begun anew.
    pub anew: bool,
}

/// What a desk knows of its newest backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackedUp {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Where it was put.
    pub path: PathBuf,
    /// The head that it carries.
    pub head: String,
}

/// A backup of the day that could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFailed {
    /// When it was tried.
    pub at: DateTime<Utc>,
    /// Why.
    pub why: String,
}

impl Desk {
    /// Backs the desk up into `target`: all of it as it is now, and the files that came with mail in `TARGET.files`. The
    /// copy is checked as a whole before it gets its name.
    ///
    /// # Errors
    /// When something has that name already and is not to be replaced, the desk is not sound, or the disk refuses; then
    /// nothing is there that was not before.
    pub fn backup(
        &self,
        target: &Path,
        replace: bool,
        now: DateTime<Utc>,
    ) -> Result<Backup, StoreError> {
        self.backup_watched(target, replace, now, &mut Watch::default())
    }

    /// As [`Desk::backup`], for somebody who waits for it.
    ///
    /// # Errors
    /// As [`Desk::backup`]; [`StoreError::Stopped`] when it was to stop.
    pub fn backup_watched(
        &self,
        target: &Path,
        replace: bool,
        now: DateTime<Utc>,
        watch: &mut Watch<'_>,
    ) -> Result<Backup, StoreError> {
        self.may_be_put(target, replace)?;
        let _alone = match self.is_of_the_days(target) {
            true => Some(self.alone_among_days()?.ok_or_else(|| {
                Refusal::rule("the backup of the day is being made there: wait until it is done")
            })?),
            false => None,
        };
        let made = self.back_up(target, replace, now, Some(watch));
        watch.came_of(made)
    }

    /// Makes the copy and tries it: as a whole where somebody waits for it; else it steps aside for everybody, and is
    /// tried as far as a page of it can be wrong.
    pub(super) fn back_up(
        &self,
        target: &Path,
        replace: bool,
        now: DateTime<Utc>,
        mut watch: Option<&mut Watch<'_>>,
    ) -> Result<Backup, StoreError> {
        let (draft, head) = self.still(|desk| {
            // What is read first is what is copied, whatever others write meanwhile.
            let head = desk.head()?;
            let draft = copy::draft(desk.path(), target, |to, file| {
                copy::in_pieces(&desk.connection, to, |done, of| match &mut watch {
                    Some(watch) => watch.tell("pages copied", done, of),
                    None => copy::step_aside(file),
                })
            })?;
            Ok::<_, StoreError>((draft, head))
        })?;
        let new_files = !files(target).exists();
        let tried = self.share_files(self.path(), target).and_then(|()| {
            // The files that it names lie beside the name that it will have. It may lie where no desk can be worked on.
            let mut tried = Self::over(copy::look_into(&draft.0)?, target);
            let checked = match watch {
                Some(watch) => {
                    watch.over(&mut tried)?;
                    tried.check_watched(Some(&head), watch)
                }
                None => tried.check_pages(&head),
            };
            match checked {
                Err(StoreError::Unsound(fault)) => Err(Refusal::rule(format!(
                    "no backup was made, and those there are stay: what it would hold is not sound ({fault})"
                ))
                .into()),
                checked => checked,
            }
        });
        let sound = tried.and_then(|sound| {
            copy::publish(&draft, target, replace)?;
            Ok(sound)
        });
        if sound.is_err() && new_files {
            // What there is of them serves nothing; none may have come to be.
            let _ = fs::remove_dir_all(files(target));
        }
        let sound = sound?;
        let path = std::path::absolute(target).unwrap_or_else(|_| target.to_owned());
        let size = fs::metadata(&path).map_or(0, |file| file.size());
        self.note(
            KEY,
            &BackedUp {
                at: now,
                path: path.clone(),
                head: sound.head.to_string(),
            },
        )?;
        Ok(Backup {
            path,
            size,
            sound,
            anew: false,
        })
    }

    /// Notes that the backup of the day could not be made: whoever asks for it later is told.
    pub(super) fn note_failed(&self, at: DateTime<Utc>, why: String) -> Result<(), StoreError> {
        self.note(FAILED, &BackupFailed { at, why })
    }

    /// The newest backup that was made with this program.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn backed_up(&self) -> Result<Option<BackedUp>, StoreError> {
        self.noted(KEY)
    }

    /// Why the backup of a day could not be made, where none was made since.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn backup_failed(&self) -> Result<Option<BackupFailed>, StoreError> {
        let made = self.backed_up()?.map(|made| made.at);
        let failed: Option<BackupFailed> = self.noted(FAILED)?;
        let killed = self.backup_killed().map(|at| BackupFailed {
            at,
            why: "the program that was making it was killed: the next start of a console begins it anew (or `holdline \
                  desk backup`)"
                .to_owned(),
        });
        let newest = failed
            .into_iter()
            .chain(killed)
            .max_by_key(|failed| failed.at);
        Ok(newest.filter(|failed| made.is_none_or(|made| made < failed.at)))
    }

    fn noted<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let found: Option<String> = self
            .connection
            .prepare_cached("SELECT value FROM desk WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        Ok(found
            .map(|found| serde_json::from_str(&found))
            .transpose()?)
    }

    fn note(&self, key: &str, what: &impl Serialize) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        transaction.execute(
            "INSERT OR REPLACE INTO desk (key, value) VALUES (?1, ?2)",
            params![key, serde_json::to_string(what)?],
        )?;
        transaction.commit()
    }

    /// A backup never takes the place of the desk, nor of what nobody said that it may replace.
    fn may_be_put(&self, target: &Path, replace: bool) -> Result<(), StoreError> {
        let same = |one: &Path, other: &Path| {
            let place = |path: &Path| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
            place(one).is_some() && place(one) == place(other)
        };
        let desk = self.path();
        let shown = target.display();
        let own = desk.file_name().unwrap_or_default().as_encoded_bytes();
        let name = target.file_name().unwrap_or_default().as_encoded_bytes();
        let belongs = [&b"-wal"[..], b"-shm", b".live", b".work", b".turn"]
            .iter()
            .any(|ending| name == [own, ending].concat());
        if same(target, desk) || belongs && same(folder(target), folder(desk)) {
            let why = format!("{shown} is the desk itself: choose another file");
            return Err(Refusal::rule(why).into());
        }
        match fs::symlink_metadata(target) {
            Ok(there) if there.is_dir() => {
                Err(Refusal::rule(format!("{shown} is a folder: name a file in it")).into())
            }
            Ok(_) if !replace => Err(Refusal::rule(format!(
                "{shown} exists already: choose another name, or have it replaced (--replace)"
            ))
            .into()),
            _ => Ok(()),
        }
    }
}
