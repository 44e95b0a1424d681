//! A desk that several users of one group share: its folder gives new files to the group, and every file is theirs to
//! write. It is looked at whenever the desk is opened, since one file of another mode locks somebody out.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::time::Duration;

use nix::unistd::Group;
use rusqlite::{Connection, OptionalExtension, params};

use super::beside::{beside, folder};
use super::open::denied;
use super::{Desk, StoreError, turn};
use crate::incident::Refusal;

/// The key of the desk's own facts under which its group stands.
const KEY: &str = "shared";
/// The mode of the folder: whatever is made in it belongs to the group.
const FOLDER: u32 = 0o2770;
/// The mode of its files.
const FILE: u32 = 0o660;
/// What the desk's own file has beside it, and itself.
const SIDES: [&str; 7] = [
    "",
    "-wal",
    "-shm",
    turn::ENDING,
    ".live",
    ".live-wal",
    ".live-shm",
];
/// How often a file is looked at that has another mode, and how long after one another.
const LOOKS: usize = 4;
const BETWEEN: Duration = Duration::from_millis(10);

/// Makes the folder that a shared desk is to lie in, or sees that it is fit for one. Gives the group's number.
///
/// # Errors
/// When there is no such group, or the folder is another's.
pub fn prepare_shared(desk: &Path, group: &str) -> Result<u32, StoreError> {
    let gid = number_of(group)?;
    let folder = folder(desk);
    if !folder.exists() {
        fs::create_dir_all(folder)
            .and_then(|()| chown(folder, None, Some(gid)))
            .and_then(|()| fs::set_permissions(folder, Permissions::from_mode(FOLDER)))
            .map_err(|error| denied(folder, &error))?;
    }
    fits(folder, gid, FOLDER, group)?;
    Ok(gid)
}

impl Desk {
    /// Shares the desk with a group whose folder it lies in ([`prepare_shared`]).
    ///
    /// # Errors
    /// When a file cannot be given to the group.
    pub fn share_with(&self, group: &str) -> Result<(), StoreError> {
        let gid = number_of(group)?;
        for ending in SIDES {
            let path = beside(self.path(), ending);
            if path.exists() {
                chown(&path, None, Some(gid))
                    .and_then(|()| fs::set_permissions(&path, Permissions::from_mode(FILE)))
                    .map_err(|error| denied(&path, &error))?;
            }
        }
        let transaction = self.begin()?;
        transaction.execute(
            "INSERT OR REPLACE INTO desk (key, value) VALUES (?1, ?2)",
            params![KEY, group],
        )?;
        transaction.commit()
    }

    /// The group that shares the desk.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shared_with(&self) -> Result<Option<String>, StoreError> {
        group_of(&self.connection)
    }
}

/// Sees that all of a shared desk's files are its group's to use.
pub(super) fn check(connection: &Connection, desk: &Path) -> Result<(), StoreError> {
    let Some(group) = group_of(connection)? else {
        return Ok(());
    };
    let gid = number_of(&group)?;
    fits(folder(desk), gid, FOLDER, &group)?;
    for ending in SIDES {
        let path = beside(desk, ending);
        if path.exists() {
            fits(&path, gid, FILE, &group)?;
        }
    }
    Ok(())
}

/// Whether a file or folder is its group's to use, and nobody else's.
fn fits(path: &Path, gid: u32, mode: u32, group: &str) -> Result<(), StoreError> {
    for _ in 0..LOOKS {
        // What another program has just taken away does no harm.
        let Ok(found) = fs::metadata(path) else {
            return Ok(());
        };
        if found.gid() == gid && found.mode() & 0o7777 == mode {
            return Ok(());
        }
        // One that another program has just made gets its mode at once.
        std::thread::sleep(BETWEEN);
    }
    let shown = path.display();
    Err(StoreError::Access {
        path: path.to_owned(),
        why: format!(
            "the desk is shared by group {group}, which this has to belong to, with mode {mode:04o}: \
             `chgrp {group} {shown} && chmod {mode:04o} {shown}`"
        ),
    })
}

fn group_of(connection: &Connection) -> Result<Option<String>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT value FROM desk WHERE key = ?1")?
        .query_row([KEY], |row| row.get(0))
        .optional()?)
}

fn number_of(group: &str) -> Result<u32, StoreError> {
    match Group::from_name(group) {
        Ok(Some(found)) => Ok(found.gid.as_raw()),
        _ => Err(Refusal::unknown("group on this machine", group, []).into()),
    }
}
