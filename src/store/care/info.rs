//! What a desk is, and how large.

use std::fs;
use std::os::unix::fs::MetadataExt;

use super::{BackedUp, BackupFailed};
use crate::store::beside::beside;
use crate::store::check::Head;
use crate::store::{Desk, StoreError, migrate, timeline};

/// What a desk is, and how large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Its name.
    pub name: String,
    /// Its schema.
    pub schema: u32,
    /// The bytes of its file, with what is not yet taken into it.
    pub size: u64,
    /// Of those, what nothing uses.
    pub unused: i64,
    /// Who may use the file, as in `0600`.
    pub mode: u32,
    /// What it holds, by name: entries, incidents, customers, entitlements, agents.
    pub counts: Vec<(&'static str, i64)>,
    /// The newest entry of the timeline.
    pub head: Head,
    /// The newest backup.
    pub backed_up: Option<BackedUp>,
    /// Why the one of a day could not be made since.
    pub backup_failed: Option<BackupFailed>,
}

impl Desk {
    /// What the desk is, and how large.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn info(&self) -> Result<Info, StoreError> {
        self.still(|desk| {
            let connection = &desk.connection;
            let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
            let pragma =
                |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            let size =
                |ending| fs::metadata(beside(desk.path(), ending)).map_or(0, |file| file.size());
            Ok(Info {
                name: desk.name()?,
                schema: migrate::schema(connection)?,
                size: size("") + size("-wal"),
                unused: pragma("freelist_count")? * pragma("page_size")?,
                mode: fs::metadata(desk.path()).map_or(0, |file| file.mode() & 0o7777),
                counts: vec![
                    (
                        "entries",
                        count("SELECT coalesce(max(seq), 0) FROM timeline")?,
                    ),
                    ("incidents", count("SELECT count(*) FROM incident")?),
                    ("customers", count("SELECT count(*) FROM customer")?),
                    ("entitlements", count("SELECT count(*) FROM entitlement")?),
                    (
                        "agents",
                        count("SELECT count(*) FROM agent WHERE left_at IS NULL")?,
                    ),
                ],
                head: desk.head()?,
                backed_up: desk.backed_up()?,
                backup_failed: desk.backup_failed()?,
            })
        })
    }

    /// The newest entry of the timeline: kept elsewhere, it shows later whether entries were cut off or written anew.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn head(&self) -> Result<Head, StoreError> {
        let (place, hash) = timeline::head(&self.connection)?;
        Ok(Head { place, hash })
    }
}
