//! Work of over a second announces itself: who is at what, and since when. Others wait for it, and say so.
//!
//! The words stand in `DESK.work`, which whoever is at work holds locked: a lock goes with its process, so that what a
//! killed one left there misleads nobody.

use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use nix::fcntl::{Flock, FlockArg};
use serde::{Deserialize, Serialize};

use super::beside::{self, beside};
use super::open::denied;
use super::{Desk, StoreError};

/// How often somebody looks who waits for work to be done.
const LOOK: Duration = Duration::from_millis(50);

/// Whom to tell what is waited for.
pub(super) type Tell = Box<dyn Fn(&Work) + Send>;

/// Work that somebody is at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Who.
    pub agent: String,
    /// At what, as in `mira is importing events`.
    pub what: String,
    /// Since when, by the system's clock.
    pub since: DateTime<Utc>,
    /// Whether nobody may write meanwhile, even between two transactions of it.
    alone: bool,
    process: u32,
}

impl Work {
    /// Whether nobody may write meanwhile.
    pub(super) fn is_alone(&self) -> bool {
        self.alone
    }
}

impl std::fmt::Display for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = (Utc::now() - self.since).num_seconds().max(0);
        write!(f, "{} is {}, for {seconds} s now", self.agent, self.what)
    }
}

/// Says what is being done for as long as it lives.
pub struct AtWork {
    path: PathBuf,
    /// Unlocked after its file is gone.
    _lock: Flock<fs::File>,
}

impl Drop for AtWork {
    fn drop(&mut self) {
        // What stays is not locked, and says nothing.
        let _ = fs::remove_file(&self.path);
    }
}

impl Desk {
    /// Announces work that may take long, until what is given back is dropped.
    ///
    /// # Errors
    /// When somebody else is at work, or the folder cannot be written.
    pub fn announce(&self, agent: &str, what: &str) -> Result<AtWork, StoreError> {
        announce(&self.path, agent, what, false)
    }

    /// Whom to tell what this desk waits for.
    pub fn on_waiting(&mut self, tell: impl Fn(&Work) + Send + 'static) {
        self.waiting = Some(Box::new(tell));
    }

    /// Waits as long as somebody is at work who must be alone; says what for, once.
    pub(super) fn await_work(&self) {
        let mut said = false;
        while let Some(work) = going_on(&self.path).filter(Work::is_alone) {
            self.say_waiting(&work, &mut said);
            std::thread::sleep(LOOK);
        }
    }

    /// Says once what is waited for.
    pub(super) fn say_waiting(&self, work: &Work, said: &mut bool) {
        if let Some(tell) = self.waiting.as_ref().filter(|_| !*said) {
            tell(work);
        }
        *said = true;
    }
}

/// Announces work on the desk at `desk`.
pub(super) fn announce(
    desk: &Path,
    agent: &str,
    what: &str,
    alone: bool,
) -> Result<AtWork, StoreError> {
    let path = file(desk);
    for _ in 0..100 {
        let opened = match beside::create(desk, &path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                beside::open(OpenOptions::new().read(true).write(true), &path)
            }
            made => made,
        };
        let opened = match opened {
            // Whoever was at work has just gone.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            opened => opened.map_err(|error| denied(&path, &error))?,
        };
        let Ok(mut lock) = Flock::lock(opened, FlockArg::LockExclusiveNonblock) else {
            match going_on(desk) {
                Some(work) if work.process != std::process::id() => {
                    return Err(StoreError::Work(work));
                }
                _ => std::thread::sleep(LOOK),
            }
            continue;
        };
        let is_there = |lock: &fs::File| {
            let (mine, there) = (lock.metadata()?, fs::metadata(&path)?);
            std::io::Result::Ok(mine.ino() == there.ino())
        };
        if !is_there(&lock).unwrap_or(false) {
            continue;
        }
        let work = Work {
            agent: agent.to_owned(),
            what: what.to_owned(),
            since: Utc::now(),
            alone,
            process: std::process::id(),
        };
        let written = lock
            .set_len(0)
            .and_then(|()| lock.seek(SeekFrom::Start(0)))
            .and_then(|_| lock.write_all(serde_json::to_string(&work)?.as_bytes()));
        written.map_err(|error| denied(&path, &error))?;
        return Ok(AtWork { path, _lock: lock });
    }
    Err(StoreError::Busy)
}

/// What somebody else is at on the desk at `desk`.
pub(super) fn going_on(desk: &Path) -> Option<Work> {
    let opened = beside::open(OpenOptions::new().read(true), &file(desk)).ok()?;
    let mut held = match Flock::lock(opened, FlockArg::LockSharedNonblock) {
        Ok(_nobody) => return None,
        Err((held, _)) => held,
    };
    let mut words = String::new();
    held.read_to_string(&mut words).ok()?;
    let work: Work = serde_json::from_str(&words).ok()?;
    (work.process != std::process::id()).then_some(work)
}

fn file(desk: &Path) -> PathBuf {
    beside(desk, ".work")
}
