//! The desk: one SQLite file, and the only place that knows SQL.
//!
//! Everything above speaks commands, events and queries. A change is one [`Command`](crate::incident::Command), decided
//! by the pure rules against the state read in the same write transaction, and is reported as done only after its
//! commit. One file here is one write path or one read model.

mod addresses;
mod agents;
mod alarms;
mod arrivals;
mod batch;
mod beside;
mod callers;
mod calls;
mod care;
mod carry;
mod case;
mod chain;
mod changes;
mod check;
mod closures;
mod conditions;
mod conduct;
mod context;
mod counted;
mod counts;
mod departure;
mod dossier;
mod edit;
mod entitlements;
mod erase;
mod error;
mod execute;
mod figures;
mod files;
mod find;
mod forks;
mod fresh;
mod handover;
mod holder;
mod holding;
mod inbox;
mod incidents;
mod kin;
mod known;
mod latest;
mod likely;
mod line;
mod live;
mod make;
mod messages;
mod migrate;
mod money;
mod mounts;
mod moved;
mod named;
mod once;
mod open;
mod people;
mod pins;
mod policies;
mod quarantine;
mod row;
mod rows;
mod shared;
mod shift;
mod sparse;
mod spellings;
mod timeline;
mod touched;
mod turn;
mod undo;
mod vocabulary;
mod wal;
mod watch;
mod work;
mod writing;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

pub use alarms::Ahead;
pub use batch::Batch;
pub use callers::FoundCustomer;
pub use callers::Rings;
pub use calls::Meanwhile;
pub use care::{BackedUp, Backup, BackupFailed, Info, OfTheDay, Restored, restore};
pub use carry::Carried;
pub use check::{Fault, Head, Sound};
pub use conduct::Conduct;
pub use context::Context;
pub use counts::{CountBy, Counted};
pub use departure::{Departure, SUPPORT};
pub use dossier::{CallerCard, Dossier};
pub use entitlements::Drawn;
pub use erase::Erased;
pub use error::StoreError;
pub use execute::{Done, HowTaken};
pub use figures::{Call, Seen};
pub use find::{Listed, Order, Page};
pub use fresh::{Fresh, Making};
pub use handover::{ChangedIncident, NextStep, TakenOver};
pub use holding::{Entry, HeldFile, Holding};
pub use inbox::Arrived;
pub use kin::Kin;
pub use known::{ResolvedSame, Same};
pub use latest::Latest;
pub use likely::Likely;
pub use live::{Holder, Kept, Live, LiveCall, Presence, Ring, Ringing, SessionId};
pub use make::NewDesk;
pub use messages::{Correspondence, OutboxMessage, OutboxQuery};
pub use migrate::SCHEMA;
pub use money::{MoneyMove, Moved};
pub use named::Named;
pub use policies::{PolicyVersion, Ruling};
pub use shared::prepare_shared;
pub use shift::{CallKind, ShiftCall};
pub use touched::{ReadTo, Touched};
pub use vocabulary::UnknownName;
pub use watch::Watch;
pub use work::{AtWork, Work};

/// The version of SQLite that is built in.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// What is said where this machine's clock is behind the desk ([`Desk::is_ahead_of`]).
pub const CLOCK_BEHIND: &str =
    "this machine's clock stands before the desk's newest entry: check its date";

/// After so many of its own steps, some hundredths of a millisecond, SQLite asks whether to give up.
const STEPS: i32 = 1_000;

/// What [`Desk::hold_little`] holds, in KiB; SQLite itself would hold 2,000.
const HELD_KIB: i32 = 512;

/// What a desk is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Looking only.
    Read,
    /// Looking and changing; brings an older desk to the newest schema.
    Write,
}

/// An open desk.
pub struct Desk {
    /// Ends before the connection does, which is then the last one.
    log: wal::Log,
    connection: Connection,
    path: PathBuf,
    rulings: RefCell<policies::Cache>,
    /// Whom to tell what is waited for.
    waiting: Option<work::Tell>,
    /// Whom to tell what was recorded through this connection.
    recorded: Option<latest::Tell>,
    /// The line of those who write.
    line: turn::Line,
    /// Who was passed by in it.
    passed: turn::Passed,
}

/// Keeps how statements are carried out, where the same few are needed very often: a value that is bound would let SQLite
/// plan many of them anew each time.
fn steady(connection: &Connection) -> Result<(), StoreError> {
    let steady = rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
    connection.set_db_config(steady, true)?;
    Ok(())
}

impl Desk {
    /// Opens the desk at `path`.
    ///
    /// # Errors
    /// When there is none, it is something else, newer than this program, or may not be used.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        let mut desk = Self::over(open::open(path, access)?, path);
        if access == Access::Write {
            desk.log.apart(&desk.connection)?;
        }
        Ok(desk)
    }

    fn over(mut connection: Connection, path: &Path) -> Self {
        Self {
            log: wal::Log::of(&mut connection),
            connection,
            path: path.to_owned(),
            rulings: RefCell::default(),
            waiting: None,
            recorded: None,
            line: turn::Line::default(),
            passed: turn::Passed::default(),
        }
    }

    /// Lets `work` see the desk as it is now throughout, whatever others write meanwhile.
    ///
    /// # Errors
    /// When the file cannot be read, and whatever `work` returns.
    pub fn still<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let _ends_with_this = self
            .connection
            .unchecked_transaction()
            .map_err(StoreError::from)?;
        work(self)
    }

    /// Holds little of the file in memory: for a program that is open all day. What it reads again and again still is; the
    /// rest the system has in its own memory.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn hold_little(&self) -> Result<(), StoreError> {
        // Less than nothing means KiB.
        Ok(self
            .connection
            .pragma_update(None, "cache_size", -HELD_KIB)?)
    }

    /// Gives up what is being read once `stop` says so; it then fails.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stop_when(
        &mut self,
        stop: impl FnMut() -> bool + Send + 'static,
    ) -> Result<(), StoreError> {
        Ok(self.connection.progress_handler(STEPS, Some(stop))?)
    }

    /// What is said to SQLite while `work` reads.
    #[cfg(test)]
    pub(crate) fn statements_of(
        &mut self,
        work: impl FnOnce(&Self),
    ) -> std::collections::BTreeSet<String> {
        use rusqlite::trace::{TraceEvent, TraceEventCodes};
        let (say, said) = std::sync::mpsc::channel();
        let tell = move |event: TraceEvent<'_>| {
            // What an index of words says to itself is told as a comment.
            if let TraceEvent::Stmt(statement, sql) = event
                && !sql.starts_with("--")
            {
                say.send(statement.expanded_sql().unwrap()).unwrap();
            }
        };
        let codes = TraceEventCodes::SQLITE_TRACE_STMT;
        self.connection.trace_v2(codes, Some(tell)).unwrap();
        work(self);
        let nobody = None::<fn(TraceEvent<'_>)>;
        self.connection
            .trace_v2(TraceEventCodes::empty(), nobody)
            .unwrap();
        said.into_iter().collect()
    }

    /// How SQLite answers a statement, step by step.
    #[cfg(test)]
    pub(crate) fn plan(&self, sql: &str) -> Vec<String> {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let mut steps = self.connection.prepare(&sql).unwrap();
        let steps = steps.query_map([], |row| row.get(3)).unwrap();
        steps.map(Result::unwrap).collect()
    }

    /// Where the desk lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The desk's name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn name(&self) -> Result<String, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT value FROM desk WHERE key = 'name'", [], |row| {
                row.get(0)
            })?)
    }

    /// What no other desk has; of one that was made before there was such a thing, its first entry's hash.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn id(&self) -> Result<String, StoreError> {
        let id = care::identity(&self.connection)?;
        id.ok_or_else(|| StoreError::Damaged("the desk has no entry".to_owned()))
    }

    /// A number that changes when another program has changed the desk; costs no reading of tables.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn version_seen(&self) -> Result<i64, StoreError> {
        Ok(self
            .connection
            .prepare_cached("PRAGMA data_version")?
            .query_row([], |row| row.get(0))?)
    }

    /// When the newest entry was recorded.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_entry_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let newest: Option<i64> = self
            .connection
            .query_row("SELECT max(recorded_at) FROM (SELECT recorded_at FROM timeline ORDER BY seq DESC LIMIT 1)", [], |row| {
                row.get(0)
            })?;
        Ok(newest.map(timeline::instant))
    }

    /// Whether something is on record that is later than `now`: then this machine's clock is wrong ([`CLOCK_BEHIND`]).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_ahead_of(&self, now: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(self.newest_entry_at()?.is_some_and(|newest| newest > now))
    }
}
