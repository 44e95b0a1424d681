//! Whose turn it is to write: first come, first served, also among many programs.
//!
//! SQLite gives its lock to whoever asks next once it is free, so that one of many may ask in vain for long. Whoever wants
//! to write therefore takes a place in line first: a locked byte of `DESK.turn`, at the instant at which it came. It waits
//! until no byte before its own is locked. The file holds nothing, may be deleted, and a lock goes with its process.
//!
//! The line is good manners and no more: SQLite's lock decides. Where the line does not move though nobody writes, whoever
//! is first in it sleeps (Ctrl-Z), and is passed by.

use std::cell::{Cell, RefCell};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::ops::Deref;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, fcntl};
use nix::libc;
use rusqlite::Connection;

use super::beside::{self, beside};
use super::writing::Writing;
use super::{Desk, StoreError};

/// The next one looks this often whether its turn has come; whoever stands further back, so much seldomer.
const LOOK: Duration = Duration::from_micros(100);
/// And for each one before it so much more: nearly what one small change takes in a crowd.
const EACH: Duration = Duration::from_micros(450);
/// So many before it are counted.
const COUNTED: u32 = 8;
/// A line that has not moved for so long may have somebody asleep before all others.
const STILL: Duration = Duration::from_millis(30);
/// Then SQLite's lock is tried this often.
const TRY: Duration = Duration::from_millis(10);
/// So long a line is stood in that does not move, before whoever holds it up is named.
const LONGEST: Duration = Duration::from_secs(5);
/// And one that does move: everybody in it is served in turn, on a busy machine slowly.
const LONGEST_MOVING: Duration = Duration::from_secs(15);

/// The ending of the file in which places are kept.
pub(super) const ENDING: &str = ".turn";

thread_local! {
    /// This thread does not wait for SQLite's lock.
    static AT_ONCE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread waits for SQLite's lock.
pub(super) fn waits() -> bool {
    !AT_ONCE.get()
}

/// A write transaction, and the place in line from which it was begun: that is given up once it has ended.
pub(super) struct Turn<'a> {
    desk: &'a Desk,
    writing: Writing<'a>,
    place: Option<Place>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(desk: &'a Desk, writing: Writing<'a>, place: Option<Place>) -> Self {
        Self {
            desk,
            writing,
            place,
        }
    }

    /// Keeps what was written. When this returns it is on the disk; while the disk is at it, the next one writes already.
    ///
    /// # Errors
    /// When SQLite or the disk refuses; where it is the disk that does not confirm, [`StoreError::Unconfirmed`].
    pub(super) fn commit(self) -> Result<(), StoreError> {
        self.writing.commit()?;
        let log = &self.desk.log;
        log.keep_short(&self.desk.connection);
        drop(self.place);
        log.to_disk()
    }

    pub(super) fn rollback(self) -> rusqlite::Result<()> {
        self.writing.rollback()
    }
}

impl Deref for Turn<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.writing
    }
}

/// The file of the line, held open from one turn to the next.
#[derive(Default)]
pub(super) struct Line(RefCell<Option<Opened>>);

/// An open file, and which one it is.
struct Opened {
    file: Arc<File>,
    known_by: (u64, u64),
}

/// Somebody's place in line, kept until it is dropped.
pub(super) struct Place {
    file: Arc<File>,
    at: i64,
}

impl Drop for Place {
    fn drop(&mut self) {
        // Cannot fail, and ends with the file anyway.
        let _ = fcntl(
            &self.file,
            FcntlArg::F_OFD_SETLK(&bytes(libc::F_UNLCK, self.at, 1)),
        );
    }
}

/// Those before a place.
struct Before {
    /// The first of them: another one once the line has moved.
    first: i64,
    /// How many they are, as far as they were counted.
    many: u32,
}

/// Those who were passed by because they sleep: nobody who came no later than this is waited for.
#[derive(Default)]
pub(super) struct Passed(Cell<i64>);

impl Line {
    /// The file that lies beside the desk now: somebody may have deleted the one that is held.
    fn file(&self, desk: &Path) -> io::Result<Arc<File>> {
        let mut held = self.0.borrow_mut();
        let lies_there = |opened: &&Opened| {
            let there = fs::symlink_metadata(beside(desk, ENDING));
            there.is_ok_and(|there| which(&there) == opened.known_by)
        };
        if let Some(opened) = held.as_ref().filter(lies_there) {
            return Ok(Arc::clone(&opened.file));
        }
        let file = Arc::new(file(desk)?);
        *held = Some(Opened {
            known_by: which(&file.metadata()?),
            file: Arc::clone(&file),
        });
        Ok(file)
    }

    /// Takes the last place; none where the file system keeps no line, and everybody tries their luck.
    pub(super) fn last(&self, desk: &Path) -> Option<Place> {
        let file = self.file(desk).ok()?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        let now = i64::try_from(now.as_nanos()).ok()?;
        // Somebody may have come at the same instant.
        for at in (now..).take(16) {
            let lock = bytes(libc::F_WRLCK, at, 1);
            match fcntl(&file, FcntlArg::F_OFD_SETLK(&lock)) {
                Ok(_) => return Some(Place { file, at }),
                Err(Errno::EAGAIN | Errno::EACCES) => {}
                Err(_) => return None,
            }
        }
        None
    }
}

impl Place {
    /// Those who stand before it and came later than `passed`; none where it is its turn.
    fn before(&self, passed: i64) -> Option<Before> {
        let mut before: Option<Before> = None;
        let mut from = passed.saturating_add(1);
        while from < self.at {
            let mut lock = bytes(libc::F_WRLCK, from, self.at - from);
            // Whoever cannot be seen is not waited for.
            fcntl(&self.file, FcntlArg::F_OFD_GETLK(&mut lock)).ok()?;
            if i32::from(lock.l_type) == libc::F_UNLCK {
                break;
            }
            let before = before.get_or_insert(Before {
                first: lock.l_start,
                many: 0,
            });
            before.many += 1;
            if before.many == COUNTED {
                break;
            }
            from = lock.l_start.saturating_add(1);
        }
        before
    }
}

/// The file, made where there is none. A desk in the making has no line: nobody else has it.
fn file(desk: &Path) -> io::Result<File> {
    fs::metadata(desk)?;
    let path = beside(desk, ENDING);
    let there = || beside::open(OpenOptions::new().read(true).write(true), &path);
    match there() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            match beside::create(desk, &path) {
                // Another program was faster.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => there(),
                made => made,
            }
        }
        opened => opened,
    }
}

fn which(file: &Metadata) -> (u64, u64) {
    (file.dev(), file.ino())
}

fn bytes(kind: libc::c_int, start: i64, length: i64) -> libc::flock {
    libc::flock {
        l_type: kind as libc::c_short,
        l_whence: libc::SEEK_SET as libc::c_short,
        l_start: start,
        l_len: length,
        l_pid: 0,
    }
}

impl Desk {
    /// Begins to write from `place`, when its turn has come.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when somebody has been writing for too long, and whatever else SQLite refuses.
    pub(super) fn turn(&self, place: Option<&Place>) -> Result<Writing<'_>, StoreError> {
        let Some(place) = place else {
            return Ok(self.begin_to_write()?);
        };
        let came = Instant::now();
        let (mut first, mut moved, mut tried) = (None, came, came);
        while let Some(before) = place.before(self.passed.0.get()) {
            if first.replace(before.first) != Some(before.first) {
                moved = Instant::now();
            }
            let still = moved.elapsed() >= STILL;
            let over = moved.elapsed() >= LONGEST || came.elapsed() >= LONGEST_MOVING;
            if over || still && tried.elapsed() >= TRY {
                tried = Instant::now();
                match self.begin_at_once() {
                    Ok(begun) => {
                        self.passed.0.set(before.first);
                        return Ok(begun);
                    }
                    Err(StoreError::Busy) if !over => {}
                    Err(error) => return Err(error),
                }
            }
            std::thread::sleep(LOOK + EACH * (before.many - 1));
        }
        Ok(self.begin_to_write()?)
    }

    fn begin_to_write(&self) -> rusqlite::Result<Writing<'_>> {
        Writing::begin(&self.connection)
    }

    /// Begins to write, unless somebody does.
    fn begin_at_once(&self) -> Result<Writing<'_>, StoreError> {
        AT_ONCE.set(true);
        let begun = self.begin_to_write();
        AT_ONCE.set(false);
        Ok(begun?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(desk: &Path) -> Place {
        Line::default().last(desk).unwrap()
    }

    #[test]
    fn whoever_comes_later_stands_behind_and_whoever_goes_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("desk");
        fs::write(&desk, "").unwrap();
        let (first, second, third) = (stand(&desk), stand(&desk), stand(&desk));
        assert!(first.before(0).is_none());
        let before = third.before(0).unwrap();
        assert_eq!((before.first, before.many), (first.at, 2));
        assert_eq!(third.before(first.at).unwrap().first, second.at);
        drop(first);
        assert!(second.before(0).is_none());
        assert_eq!(third.before(0).unwrap().many, 1);
        drop(second);
        assert!(third.before(0).is_none());
        // Without the file a new line begins; nobody is kept from writing.
        fs::remove_file(beside(&desk, ENDING)).unwrap();
        assert!(stand(&desk).before(0).is_none());
    }

    #[test]
    fn a_place_is_given_up_though_the_file_is_held_and_a_deleted_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("desk");
        fs::write(&desk, "").unwrap();
        let line = Line::default();
        drop(line.last(&desk).unwrap());
        let second = stand(&desk);
        assert!(second.before(0).is_none());
        // The same one stands in the line that others stand in, before and after.
        assert_eq!(
            line.last(&desk).unwrap().before(0).unwrap().first,
            second.at
        );
        fs::remove_file(beside(&desk, ENDING)).unwrap();
        let third = stand(&desk);
        assert_eq!(line.last(&desk).unwrap().before(0).unwrap().first, third.at);
    }

    #[test]
    fn a_link_in_its_place_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("desk");
        let other = folder.path().join("other");
        fs::write(&desk, "").unwrap();
        fs::write(&other, "kept").unwrap();
        std::os::unix::fs::symlink(&other, beside(&desk, ENDING)).unwrap();
        assert!(Line::default().last(&desk).is_none());
    }
}
