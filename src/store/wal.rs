//! SQLite's log, in which a change is kept until it is taken into the file.
//!
//! How long it gets before that, and by whom it is done: by a thread of its own, so that nobody waits for it. SQLite itself
//! would do it at the end of some command, in whose stead whoever waits in line would stand still.
//!
//! And when it is on the disk: before a change is reported as done, but after others may write again. SQLite itself
//! (`synchronous = FULL`) would let them wait for the disk, each for each. What they read meanwhile may not be on the disk
//! yet; whatever they report as done stands behind it in the same log, and cannot be there without it. Nothing goes into the
//! file before it is on the disk in the log: that SQLite sees to (`NORMAL`).

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use super::{StoreError, beside, open};

/// From so many pages on the log is taken in.
const LONG: i32 = 1_000;

/// Takes what the log holds into the file, as far as nobody reads it still; waits for nobody.
const TAKE_IN: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// The length of the log, as of the last change through a connection, and whoever takes it in.
#[derive(Default)]
pub(super) struct Log {
    pages: Arc<AtomicI32>,
    at_work: RefCell<Option<JoinHandle<()>>>,
    /// The log, where SQLite does not wait for the disk: it stays the same one for as long as the connection is open.
    file: Option<File>,
}

impl Log {
    /// Keeps the log of a connection short from now on; where that cannot be had, SQLite does it in its own way.
    pub(super) fn of(connection: &mut Connection) -> Self {
        let log = Self::default();
        let pages = Arc::clone(&log.pages);
        let watched = connection.wal_hook(Some(move |_: &mut _, now| {
            pages.store(now, Ordering::Relaxed);
            Ok(())
        }));
        // Without it nothing tells how long the log is, and SQLite takes it in at its end of a command.
        drop(watched);
        log
    }

    /// From now on whoever commits through the connection waits for the disk by [`Log::to_disk`], and SQLite does not.
    /// Where the log cannot be opened, SQLite goes on doing so.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub(super) fn apart(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let desk = Path::new(connection.path().unwrap_or_default());
        let log = beside::beside(desk, "-wal");
        if let Ok(file) = beside::open(OpenOptions::new().read(true), &log) {
            connection.pragma_update(None, "synchronous", "NORMAL")?;
            self.file = Some(file);
        }
        Ok(())
    }

    /// Waits until the disk has what was committed through the connection.
    ///
    /// # Errors
    /// [`StoreError::Unconfirmed`] when it does not say so.
    pub(super) fn to_disk(&self) -> Result<(), StoreError> {
        let confirmed = self.file.as_ref().map_or(Ok(()), File::sync_data);
        confirmed.map_err(|error| StoreError::Unconfirmed(error.to_string()))
    }

    /// Has a long log taken in. Called after a change, while nobody else of this program's kind writes: what came into the
    /// log while the thread was at work is little, and is taken in here, so that the log begins anew.
    pub(super) fn keep_short(&self, connection: &Connection) {
        if self.pages.load(Ordering::Relaxed) < LONG {
            return;
        }
        let mut at_work = self.at_work.borrow_mut();
        match at_work.take() {
            Some(thread) if !thread.is_finished() => *at_work = Some(thread),
            Some(thread) => {
                // Whatever came of it: what is left is taken in now, or with the next change.
                let _ = thread.join();
                let _ = connection.query_row(TAKE_IN, [], |_| Ok(()));
            }
            None => {
                let path = connection.path().map(ToOwned::to_owned);
                let take_in = move || {
                    let taken = path.map(|path| -> Result<(), StoreError> {
                        let connection = open::connect(path.as_ref())?;
                        Ok(connection.query_row(TAKE_IN, [], |_| Ok(()))?)
                    });
                    // Another program may be at it; else it is tried again after the next change.
                    drop(taken);
                };
                *at_work = thread::Builder::new()
                    .name("log".to_owned())
                    .spawn(take_in)
                    .ok();
            }
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        if let Some(thread) = self.at_work.get_mut().take() {
            // It is over soon, and whoever closes the desk last takes the rest in.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::incident::{Command, CustomerId, NewCustomer};
    use crate::policy;
    use crate::store::{Access, Context, Desk, NewDesk};

    /// Bytes of a page with what stands before it in the log.
    const PAGE: u64 = 4_096 + 24;

    /// An empty desk, in a folder that goes away, and who works on it.
    fn a_desk() -> (tempfile::TempDir, Context) {
        let folder = tempfile::tempdir().unwrap();
        let context = Context {
            agent: "mira".to_owned(),
            now: "2026-11-23T10:00:00Z".parse().unwrap(),
            ..Context::default()
        };
        let new = NewDesk {
            name: "Desk".to_owned(),
            policies: vec![crate::incident::NewPolicy {
                text: policy::shipped("severity").unwrap().to_owned(),
                settings: std::collections::BTreeMap::default(),
            }],
        };
        drop(Desk::create(&folder.path().join("desk"), &new, &context).unwrap());
        (folder, context)
    }

    fn a_customer() -> Command {
        Command::AddCustomer(NewCustomer {
            name: "A customer".to_owned(),
            ..NewCustomer::default()
        })
    }

    #[test]
    fn the_log_stays_short_however_much_is_written() {
        let (folder, context) = a_desk();
        let path = folder.path().join("desk");
        let mut desk = Desk::open(&path, Access::Write).unwrap();
        let bytes = |pages: i32| u64::from(pages.unsigned_abs()) * PAGE;
        let log = folder.path().join("desk-wal");
        let (mut written, mut before, mut longest) = (0, 0, 0);
        while written < 4 * bytes(LONG) {
            desk.execute(&a_customer(), &context).unwrap();
            let now = bytes(desk.log.pages.load(Ordering::Relaxed));
            // Where it began anew, all of it was written since.
            written += now.checked_sub(before).unwrap_or(now);
            before = now;
            longest = longest.max(fs::metadata(&log).unwrap().len());
        }
        assert!(longest < 2 * bytes(LONG), "{} pages", longest / PAGE);
    }

    #[test]
    fn whoever_writes_waits_for_the_disk_and_is_told_when_it_does_not_confirm() {
        let (folder, context) = a_desk();
        let path = folder.path().join("desk");
        let level = |desk: &Desk| {
            let value = desk
                .connection
                .pragma_query_value(None, "synchronous", |row| row.get(0));
            value.map(|level: u32| level)
        };
        let mut desk = Desk::open(&path, Access::Write).unwrap();
        assert_eq!((level(&desk), desk.log.file.is_some()), (Ok(1), true));
        // What is no file on a disk cannot be confirmed.
        desk.log.file = Some(File::open("/dev/null").unwrap());
        let refused = desk.execute(&a_customer(), &context).unwrap_err();
        assert!(matches!(refused, StoreError::Unconfirmed(_)), "{refused}");
        let said = refused.to_string();
        assert!(
            said.starts_with("it is recorded, but the disk does not confirm it (Invalid"),
            "{said}"
        );
        let other = Desk::open(&path, Access::Read).unwrap();
        assert_eq!(other.customer(CustomerId(1)).unwrap().name, "A customer");
        // Where nobody else can wait for the disk, SQLite does.
        let mut log = Log::default();
        let alone = Connection::open(folder.path().join("other")).unwrap();
        log.apart(&alone).unwrap();
        assert!(log.file.is_none());
        let full = alone.pragma_query_value(None, "synchronous", |row| row.get(0));
        assert_eq!(full, Ok(2));
    }

    #[test]
    fn a_log_that_is_taken_in_in_time_is_not_cut() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let connection = open::connect(file.path()).unwrap();
        let value = |of| connection.pragma_query_value(None, of, |row| row.get::<_, i64>(0));
        let (limit, page) = (value("journal_size_limit"), value("page_size"));
        assert!(limit.unwrap() >= 2 * i64::from(LONG) * page.unwrap());
    }
}
