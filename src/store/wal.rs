//! How long SQLite's log gets before it is taken into the file, and by whom: by a thread of its own, so that nobody waits
//! for it. SQLite itself would do it at the end of some command, in whose stead whoever waits in line would stand still.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use super::{StoreError, open};

/// From so many pages on the log is taken in.
const LONG: i32 = 1_000;

/// Takes what the log holds into the file, as far as nobody reads it still; waits for nobody.
const TAKE_IN: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// The length of the log, as of the last change through a connection, and whoever takes it in.
#[derive(Default)]
pub(super) struct Log {
    pages: Arc<AtomicI32>,
    at_work: RefCell<Option<JoinHandle<()>>>,
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
    use crate::incident::{Command, NewCustomer};
    use crate::policy;
    use crate::store::{Access, Context, Desk, NewDesk};

    /// Bytes of a page with what stands before it in the log.
    const PAGE: u64 = 4_096 + 24;

    #[test]
    fn the_log_stays_short_however_much_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk");
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
        drop(Desk::create(&path, &new, &context).unwrap());
        let mut desk = Desk::open(&path, Access::Write).unwrap();
        let bytes = |pages: i32| u64::from(pages.unsigned_abs()) * PAGE;
        let log = folder.path().join("desk-wal");
        let (mut written, mut before, mut longest) = (0, 0, 0);
        while written < 4 * bytes(LONG) {
            let customer = NewCustomer {
                name: "A customer".to_owned(),
                ..NewCustomer::default()
            };
            desk.execute(&Command::AddCustomer(customer), &context)
                .unwrap();
            let now = bytes(desk.log.pages.load(Ordering::Relaxed));
            // Where it began anew, all of it was written since.
            written += now.checked_sub(before).unwrap_or(now);
            before = now;
            longest = longest.max(fs::metadata(&log).unwrap().len());
        }
        assert!(longest < 2 * bytes(LONG), "{} pages", longest / PAGE);
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
