//! Making and opening a desk file, and refusing what is none.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::Duration;

use nix::fcntl::{AT_FDCWD, AtFlags};
use nix::unistd::{AccessFlags, faccessat};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::beside::{self, Draft};
use super::care::copy;
use super::migrate::{self, SCHEMA};
use super::mounts::refuse_network;
use super::{Access, Desk, StoreError, shared, turn, work};

/// Marks a SQLite file as a desk: "Hold" in ASCII.
const APPLICATION_ID: i32 = 0x486f_6c64;

/// A waiting writer tries again every 2 to 4 ms, for about this many turns. SQLite's own back-off grows, and starves
/// whoever has waited longest; a constant, slightly random one treats all alike.
const BUSY_TURNS: i32 = 1_600;

/// Opens the desk at `path`. One of an older program is kept beside it before it is brought to what this one needs.
pub(super) fn open(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let mut connection = recognised(path)?;
    let found = migrate::schema(&connection)?;
    // Whoever only looks wants to see all there is, too.
    if found < SCHEMA {
        let what = "bringing the desk to a newer Holdline";
        let _others_see_why_they_wait = work::announce(path, "somebody", what, false).ok();
        // What changes a desk cannot be copied from.
        migrate::migrate(&mut connection, |found| {
            copy::instead(&connect(path)?, path, &format!(".schema-{found}"))
        })?;
    }
    shared::check(&connection, path)?;
    if access == Access::Read {
        connection.pragma_update(None, "query_only", true)?;
    }
    Ok(connection)
}

/// Opens a copy of a desk, and brings it to what this program needs.
pub(super) fn open_copy(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = recognised(path)?;
    migrate::migrate(&mut connection, migrate::keeps_none)?;
    Ok(connection)
}

/// Opens a file that is a desk, and not of a newer program.
fn recognised(path: &Path) -> Result<Connection, StoreError> {
    refuse_what_is_none(path)?;
    let what_it_is = |error| match error {
        StoreError::Damaged(why) => no_database(path, &why),
        other => other,
    };
    let connection = connect(path).map_err(what_it_is)?;
    let id: i32 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|error| what_it_is(error.into()))?;
    if id != APPLICATION_ID {
        return Err(not_a_desk(path, "another program's database"));
    }
    let found = migrate::schema(&connection)?;
    if found > SCHEMA {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: SCHEMA,
        });
    }
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode != "wal" {
        return Err(not_a_desk(
            path,
            "it is not in WAL mode, which several agents need",
        ));
    }
    Ok(connection)
}

/// Makes an empty desk beside `path` and lets `fill` write its first entries; only then it appears under `path`.
pub(super) fn create(
    path: &Path,
    fill: impl FnOnce(Connection) -> Result<Desk, StoreError>,
) -> Result<(), StoreError> {
    if path.exists() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let folder = beside::folder(path);
    fs::create_dir_all(folder).map_err(|error| denied(folder, &error))?;
    refuse_network(folder)?;
    let draft = Draft::of(path);
    beside::create(path, &draft.0).map_err(|error| denied(folder, &error))?;
    let mut connection = connect_made(&draft.0)?;
    let _: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrate::migrate(&mut connection, migrate::keeps_none)?;
    let filled = fill(connection)?;
    take_in_log(&filled.connection)?;
    drop(filled);
    beside::sync(&draft.0).map_err(|error| denied(folder, &error))?;
    fs::hard_link(&draft.0, path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => StoreError::Exists(path.to_owned()),
        _ => denied(folder, &error),
    })
}

/// Takes all that SQLite's log holds into the file itself. Closing a file does so, too, and does not say when the disk has
/// no room for it: without its log the file would be damaged.
pub(super) fn take_in_log(connection: &Connection) -> Result<(), StoreError> {
    let take_in = "PRAGMA wal_checkpoint(TRUNCATE)";
    match connection.query_row(take_in, [], |row| row.get(0))? {
        0 => Ok(()),
        1_i64.. | ..0 => Err(StoreError::Busy),
    }
}

/// Opens a file that this program has just made in a folder where others of the group may write: should one of them put a
/// link in its place, what it leads to is not touched.
pub(super) fn connect_made(path: &Path) -> Result<Connection, StoreError> {
    let folder = beside::folder(path);
    let folder = fs::canonicalize(folder).map_err(|error| denied(folder, &error))?;
    let path = folder.join(path.file_name().unwrap_or_default());
    connect_with(&path, OpenFlags::SQLITE_OPEN_NOFOLLOW)
}

pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    connect_with(path, OpenFlags::empty())
}

fn connect_with(path: &Path, more: OpenFlags) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_handler(Some(wait_a_turn))?;
    connection.set_prepared_statement_cache_capacity(64);
    // How a statement is carried out does not depend on its values: SQLite would else plan it anew for each.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // The log is let grow to twice what it is taken in at (`wal`) before it is cut: what is cut off is to be got anew from
    // the file system, with a change of its own that has to reach the disk.
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
         PRAGMA journal_size_limit = 8388608; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}

fn wait_a_turn(turns: i32) -> bool {
    if !turn::waits() {
        return false;
    }
    std::thread::sleep(Duration::from_micros(fastrand::u64(2_000..4_000)));
    turns < BUSY_TURNS
}

fn refuse_what_is_none(path: &Path) -> Result<(), StoreError> {
    let kind = fs::metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => StoreError::Missing(path.to_owned()),
        _ => denied(path, &error),
    })?;
    if kind.is_dir() {
        return Err(not_a_desk(path, "a folder"));
    }
    if kind.len() == 0 {
        return Err(not_a_desk(path, "an empty file"));
    }
    // Nothing but SQLite ever opens the file of a desk: closing it would take away the locks that other connections of
    // this program hold on it.
    may_use(path, AccessFlags::R_OK | AccessFlags::W_OK)?;
    // Two files of SQLite's lie beside it.
    may_use(beside::folder(path), AccessFlags::W_OK | AccessFlags::X_OK)?;
    refuse_network(path)
}

fn may_use(path: &Path, how: AccessFlags) -> Result<(), StoreError> {
    faccessat(AT_FDCWD, path, how, AtFlags::AT_EACCESS).map_err(|errno| denied(path, &errno.into()))
}

/// What a file is that SQLite cannot read, and so nobody has a lock on.
fn no_database(path: &Path, why: &str) -> StoreError {
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    let text = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace() || *byte == 0;
    match read {
        Ok(()) if &head == b"SQLite format 3\0" => StoreError::Damaged(why.to_owned()),
        _ if head.iter().all(text) => not_a_desk(path, "a text file"),
        _ => not_a_desk(path, "a file of another kind"),
    }
}

fn not_a_desk(path: &Path, why: &str) -> StoreError {
    StoreError::NotADesk {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}

pub(super) fn denied(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Access {
        path: path.to_owned(),
        why: why_denied(error),
    }
}

/// What the system refuses, with the remedy.
pub(super) fn why_denied(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => {
            "you may not write there; ask its owner, or choose another (--desk)".to_owned()
        }
        ErrorKind::ReadOnlyFilesystem => {
            "it lies on a read-only file system; choose another (--desk)".to_owned()
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full; make room, then try again".to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn what_the_system_refuses_is_said_with_a_remedy() {
        for (errno, remedy) in [
            (nix::errno::Errno::EACCES, "ask its owner"),
            (nix::errno::Errno::EROFS, "read-only file system"),
            (nix::errno::Errno::ENOSPC, "make room"),
        ] {
            let said = denied(Path::new("/srv/desk"), &io::Error::from(errno)).to_string();
            assert!(said.starts_with("/srv/desk cannot be used: "), "{said}");
            assert!(said.contains(remedy), "{said}");
        }
    }
}
