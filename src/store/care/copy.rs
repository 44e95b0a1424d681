//! Copies of a desk's file, made while others work.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, Progress, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::store::StoreError;
use crate::store::beside::{self, Draft, beside, folder, sync};
use crate::store::open::{connect_made, denied};

/// How many pages are copied before the next rest: 4 MiB.
const PIECE: i32 = 1_024;
/// How long that is.
const REST: Duration = Duration::from_millis(5);

/// Copies all that `from` reads now into the open file `to`. It is one step, in which others may write: a copy in
/// several would begin again with each of their commits. Either all of it is there in the end or nothing has changed.
pub(in crate::store) fn all(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    match Backup::new(from, to)?.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

/// Copies all that `from` reads in the transaction that it has open into a new file, a piece at a time; `between` is told
/// after each how many pages are copied, and of how many. As long as the transaction lasts, what others commit does not
/// make the copy begin again; their log grows meanwhile.
pub(super) fn in_pieces(
    from: &Connection,
    to: &mut Connection,
    mut between: impl FnMut(u64, u64) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let copy = Backup::new(from, to)?;
    loop {
        let step = copy.step(PIECE)?;
        let Progress {
            remaining,
            pagecount,
        } = copy.progress();
        let pages = |pages: i32| u64::try_from(pages).unwrap_or_default();
        between(pages(pagecount - remaining), pages(pagecount))?;
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => return Err(StoreError::Busy),
        }
    }
}

/// Steps aside between two pieces of a copy: each is on the disk before the next, so that nobody else's commit waits
/// behind all of it, and after a rest.
pub(super) fn step_aside(file: &fs::File) -> Result<(), StoreError> {
    file.sync_data()
        .map_err(|error| StoreError::from_system(&error))?;
    std::thread::sleep(REST);
    Ok(())
}

/// A copy in the making in the folder of `target`, for whoever may use the desk; `copy` fills the open file.
pub(super) fn draft(
    desk: &Path,
    target: &Path,
    copy: impl FnOnce(&mut Connection, &fs::File) -> Result<(), StoreError>,
) -> Result<Draft, StoreError> {
    let draft = Draft::of(target);
    let file = beside::create(desk, &draft.0).map_err(|error| denied(folder(target), &error))?;
    copy(&mut connect_made(&draft.0)?, &file)?;
    Ok(draft)
}

/// Gives a copy its name, on the disk; what has that name already is replaced only if that is wanted.
pub(super) fn publish(draft: &Draft, target: &Path, replace: bool) -> Result<(), StoreError> {
    let folder = folder(target);
    let named = fs::File::open(&draft.0)
        .and_then(|file| file.sync_all())
        .and_then(|()| match replace {
            true => fs::rename(&draft.0, target),
            // Neither follows a link nor takes the place of anything.
            false => fs::hard_link(&draft.0, target),
        })
        .and_then(|()| sync(folder));
    named.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => StoreError::Exists(target.to_owned()),
        _ => denied(target, &error),
    })
}

/// Keeps a copy of a desk beside it under the first of these names that is free, and gives that.
pub(in crate::store) fn aside(
    from: &Connection,
    desk: &Path,
    ending: &str,
) -> Result<PathBuf, StoreError> {
    let target = free(desk, ending);
    let draft = draft(desk, &target, |to, _| all(from, to))?;
    publish(&draft, &target, false)?;
    Ok(target)
}

/// Keeps a copy of a desk beside it under this name, instead of an earlier one.
pub(in crate::store) fn instead(
    from: &Connection,
    desk: &Path,
    ending: &str,
) -> Result<(), StoreError> {
    let target = beside(desk, ending);
    publish(&draft(desk, &target, |to, _| all(from, to))?, &target, true)
}

/// A name beside the desk that nothing has yet.
pub(super) fn free(desk: &Path, ending: &str) -> PathBuf {
    let first = beside(desk, ending);
    let others = (2..).map(|n| beside(desk, &format!("{ending}-{n}")));
    std::iter::once(first)
        .chain(others)
        .find(|path| fs::symlink_metadata(path).is_err())
        .unwrap_or_default()
}

/// Opens a file for looking that may lie where nobody can write.
pub(super) fn look_into(path: &Path) -> Result<Connection, StoreError> {
    let file = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => StoreError::Missing(path.to_owned()),
        _ => denied(path, &error),
    })?;
    if !file.is_file() {
        let why = "it is no file".to_owned();
        return Err(StoreError::NotADesk {
            path: path.to_owned(),
            why,
        });
    }
    let absolute = fs::canonicalize(path).map_err(|error| denied(path, &error))?;
    // One that was copied while it was open has its newest changes beside it.
    let unchanging = if beside(path, "-wal").exists() {
        ""
    } else {
        "&immutable=1"
    };
    let uri = format!("file:{}?mode=ro{unchanging}", escaped(&absolute));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(uri, flags)?)
}

/// A path as it stands in a URI.
fn escaped(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    let write = |byte: &u8| match plain(byte) {
        true => char::from(*byte).to_string(),
        false => format!("%{byte:02x}"),
    };
    path.as_os_str().as_bytes().iter().map(write).collect()
}
