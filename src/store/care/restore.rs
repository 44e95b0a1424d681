//! Restoring a backup: tried first, and what it takes the place of is kept.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde::Serialize;

use super::copy;
use crate::incident::Refusal;
use crate::store::beside::{self, Draft, beside};
use crate::store::check::{Head, Sound};
use crate::store::context::Context;
use crate::store::files::files;
use crate::store::open::{self, denied};
use crate::store::timeline::{self, Subject};
use crate::store::{Access, Desk, StoreError, work};

/// A backup that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What a check of it found.
    pub sound: Sound,
    /// Where the desk that was there before is kept; none where there was none.
    pub kept: Option<PathBuf>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum CareEvent {
    DeskRestored {
        /// The head of the backup.
        head: String,
        /// The head of the desk that was replaced, where it could be read.
        replaced: Option<String>,
    },
}

/// Makes the desk at `desk` what the backup `from` holds. Whoever has the desk open sees the restored one: it is copied
/// into the open file, in one transaction. One that cannot be opened any more is set aside.
///
/// # Errors
/// When the backup is not sound, or that of another desk where `another` is not said, or the disk refuses; then the desk
/// is as it was.
pub fn restore(
    desk: &Path,
    from: &Path,
    another: bool,
    context: &Context,
) -> Result<Restored, StoreError> {
    let (tried, draft) = tried(desk, from)?;
    let sound = tried.check(None).map_err(|error| match error {
        StoreError::Unsound(fault) => {
            let why = format!(
                "{} is not sound ({fault}): the desk stays as it is",
                from.display()
            );
            Refusal::rule(why).into()
        }
        other => other,
    })?;
    tried.share_files(tried.path(), desk)?;
    let ending = format!(".replaced-{}", context.now.format("%Y%m%dT%H%M%SZ"));
    let (kept, replaced) = match Desk::open(desk, Access::Write) {
        Ok(old) => {
            if !another && identity(&old.connection)? != identity(&tried.connection)? {
                let why = format!(
                    "{} is a backup of another desk: say so if that is to take this one's place (--another-desk)",
                    from.display()
                );
                return Err(Refusal::rule(why).into());
            }
            let (kept, head) = replace(&old, &tried.connection, &context.agent, &ending)?;
            (Some(kept), Some(head))
        }
        Err(StoreError::Missing(_)) => {
            drop(tried);
            copy::publish(&draft, desk, false)?;
            (None, None)
        }
        Err(StoreError::Damaged(_) | StoreError::NotADesk { .. } | StoreError::Sqlite(_)) => {
            drop(tried);
            let kept = set_aside(desk, &ending)?;
            copy::publish(&draft, desk, false)?;
            (Some(kept), None)
        }
        Err(other) => return Err(other),
    };
    drop(draft);
    note(desk, sound.head, replaced, context)?;
    Ok(Restored { sound, kept })
}

/// A copy of the backup beside the desk, brought to the newest schema: the backup itself may lie where nobody can write,
/// and stays as it is.
fn tried(desk: &Path, from: &Path) -> Result<(Desk, Draft), StoreError> {
    if let (Ok(one), Ok(other)) = (fs::canonicalize(desk), fs::canonicalize(from))
        && one == other
    {
        let why = format!("{} is the desk itself: name a backup of it", from.display());
        return Err(Refusal::rule(why).into());
    }
    let source = copy::look_into(from)?;
    let named = |error| match error {
        StoreError::Damaged(why) => StoreError::NotADesk {
            path: from.to_owned(),
            why,
        },
        StoreError::NotADesk { why, .. } => StoreError::NotADesk {
            path: from.to_owned(),
            why,
        },
        StoreError::Newer { found, known, .. } => StoreError::Newer {
            path: from.to_owned(),
            found,
            known,
        },
        other => other,
    };
    let draft = copy::draft(desk, &beside(desk, ".restored"), |to, _| {
        copy::all(&source, to)
    })
    .map_err(named)?;
    let opened = open::open_copy(&draft.0).map_err(named)?;
    // The files of mail are the same under the same names wherever they lie.
    let files = if files(from).exists() { from } else { desk };
    Ok((Desk::over(opened, files), draft))
}

/// Copies `new` into the open desk `old`, which is kept under its name with `ending`.
fn replace(
    old: &Desk,
    new: &Connection,
    agent: &str,
    ending: &str,
) -> Result<(PathBuf, Head), StoreError> {
    // From here on nobody of this program begins to write; who has begun is waited for.
    let _others_wait = work::announce(old.path(), agent, "restoring a backup", true)?;
    old.begin()?.rollback()?;
    let kept = copy::aside(&old.connection, old.path(), ending)?;
    old.share_files(old.path(), &kept)?;
    let head = old.head()?;
    copy::all(new, &mut open::connect(old.path())?)?;
    old.settle_file()?;
    Ok((kept, head))
}

/// Moves a desk that cannot be opened out of the way, with what SQLite keeps beside it.
fn set_aside(desk: &Path, ending: &str) -> Result<PathBuf, StoreError> {
    let kept = copy::free(desk, ending);
    for side in ["-wal", "-shm", ""] {
        let from = beside(desk, side);
        match fs::rename(&from, beside(&kept, side)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(denied(&from, &error));
            }
            _ => {}
        }
    }
    beside::sync(beside::folder(desk)).map_err(|error| denied(desk, &error))?;
    Ok(kept)
}

/// What no other desk has: its own mark, and its first entry where an older program gave it none.
pub(in crate::store) fn identity(connection: &Connection) -> Result<Option<String>, StoreError> {
    Ok(connection.query_row(
        "SELECT coalesce((SELECT value FROM desk WHERE key = 'id'),
                             (SELECT hex(hash) FROM timeline WHERE seq = 1))",
        [],
        |row| row.get(0),
    )?)
}

/// The timeline tells that it was restored, by whom, and from which head on.
fn note(
    desk: &Path,
    head: Head,
    replaced: Option<Head>,
    context: &Context,
) -> Result<(), StoreError> {
    let event = CareEvent::DeskRestored {
        head: head.to_string(),
        replaced: replaced.map(|head| head.to_string()),
    };
    Desk::open(desk, Access::Write)?.batch(|batch| {
        batch.by_agent(context, |connection, stamp, at| {
            timeline::append(connection, Subject::default(), stamp, at, &event)
        })
    })?;
    Ok(())
}
