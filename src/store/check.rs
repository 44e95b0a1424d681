//! Whether a desk is what its timeline makes it: the file, the chain, and everything that is kept beside the timeline
//! rebuilt from it and compared.

mod beside;
mod entries;
mod fault;
mod incidents;
mod mail;
mod people;
mod ties;
mod told;
mod units;
pub(super) mod words;

use std::fmt;
use std::str::FromStr;

use rusqlite::Connection;

use super::chain::Hash;
use super::{Desk, StoreError, Watch, migrate, steady};

pub use fault::Fault;

/// What a check found in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// Entries of the timeline.
    pub entries: u64,
    /// Incidents.
    pub incidents: u64,
    /// Entitlements.
    pub entitlements: u64,
    /// The newest entry.
    pub head: Head,
}

/// A place of the timeline with its hash, written `PLACE:HASH`. What stands before it cannot be changed without changing
/// it; kept elsewhere, it shows that entries were cut off the end, or the chain written anew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Head {
    pub(super) place: i64,
    pub(super) hash: Hash,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.place)?;
        self.hash
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Head {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (place, hex) = text.trim().split_once(':')?;
            let mut hash = Hash::default();
            if hex.len() != 2 * hash.len() || !hex.is_ascii() {
                return None;
            }
            for (at, byte) in hash.iter_mut().enumerate() {
                *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
            }
            let place = place.parse().ok().filter(|place| *place >= 0)?;
            Some(Self { place, hash })
        };
        read().ok_or_else(|| {
            "a head is a place and a hash of 64 hexadecimal digits, like `desk check` prints it"
                .to_owned()
        })
    }
}

/// How many pages are kept in memory, in KiB as SQLite is told: incidents that were logged near each other have their
/// entries near each other.
const CACHE: i32 = -65_536;

/// A desk in memory for what is made anew, a little at a time: nothing on it is looked for by index, nor refers to
/// anything.
fn scratch() -> Result<Connection, StoreError> {
    let mut scratch = Connection::open_in_memory()?;
    migrate::migrate(&mut scratch, migrate::keeps_none)?;
    scratch.pragma_update(None, "foreign_keys", false)?;
    scratch.set_prepared_statement_cache_capacity(64);
    let indexes =
        "SELECT 'DROP INDEX ' || name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
    let indexes: Vec<String> = scratch
        .prepare(indexes)?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    scratch.execute_batch(&indexes.join(";"))?;
    steady(&scratch)?;
    // It is thrown away with all that is done on it.
    scratch.execute_batch("PRAGMA journal_mode = OFF; BEGIN")?;
    Ok(scratch)
}

/// Lets `look` make a table of this connection's own, also where nothing on the desk may be changed.
fn looking_closely<T>(
    connection: &Connection,
    look: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let only: bool = connection.pragma_query_value(None, "query_only", |row| row.get(0))?;
    connection.pragma_update(None, "query_only", false)?;
    let found = look(connection);
    connection.pragma_update(None, "query_only", only)?;
    found
}

impl Desk {
    /// Checks the whole desk as it is now, whatever others write meanwhile, and that it still has the entry of `earlier`.
    ///
    /// # Errors
    /// The first [`Fault`], and a file that cannot be read.
    pub fn check(&self, earlier: Option<&Head>) -> Result<Sound, StoreError> {
        self.check_watched(earlier, &mut Watch::default())
    }

    /// As [`Desk::check`], for somebody who waits for it.
    ///
    /// # Errors
    /// As [`Desk::check`]; [`StoreError::Stopped`] when it was to stop.
    pub fn check_watched(
        &self,
        earlier: Option<&Head>,
        watch: &mut Watch<'_>,
    ) -> Result<Sound, StoreError> {
        self.still(|desk| {
            let connection = &desk.connection;
            steady(connection)?;
            connection.pragma_update(None, "cache_size", CACHE)?;
            let held = desk.held(desk.head()?)?;
            watch.tell("pages", 0, 1)?;
            pages(connection, "integrity_check")?;
            let head = entries::check(connection, earlier, held.entries, watch)?;
            references(connection)?;
            incidents::check(desk, held.incidents, watch)?;
            ties::check(connection)?;
            told::find(connection)?;
            units::check(connection)?;
            people::check(connection)?;
            mail::check(desk)?;
            words::check(desk, watch)?;
            Ok(Sound { head, ..held })
        })
    }

    /// Checks the pages of a copy, and that it has the entry of `head`: what can go wrong with it in copying, in bounded
    /// time. That the desk itself is sound is for [`Desk::check`].
    pub(super) fn check_pages(&self, head: &Head) -> Result<Sound, StoreError> {
        pages(&self.connection, "quick_check")?;
        let own = self.head()?;
        if own != *head {
            return Err(Fault::File(format!("it ends at {own}, not at {head}")).into());
        }
        self.held(own)
    }

    /// What a desk that ends at `head` holds.
    fn held(&self, head: Head) -> Result<Sound, StoreError> {
        let count = |table| {
            self.connection
                .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                    row.get::<_, i64>(0)
                })
                .map(i64::cast_unsigned)
        };
        Ok(Sound {
            entries: count("timeline")?,
            incidents: count("incident")?,
            entitlements: count("entitlement")?,
            head,
        })
    }
}

/// The pages of the file and its indexes.
fn pages(connection: &Connection, check: &str) -> Result<(), StoreError> {
    let asked = format!("PRAGMA {check}(1)");
    let said: String = connection.query_row(&asked, [], |row| row.get(0))?;
    if said != "ok" {
        // It says so in several lines, the first of which names the database.
        let said: Vec<&str> = said
            .lines()
            .filter(|line| !line.starts_with("***"))
            .collect();
        return Err(Fault::File(said.join("; ")).into());
    }
    Ok(())
}

/// The references between tables.
fn references(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        Some(row) => Err(Fault::Reference {
            table: row.get(0)?,
            row: row.get::<_, Option<i64>>(1)?.unwrap_or_default(),
            wanted: row.get(2)?,
        }
        .into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_is_written() {
        let head = Head {
            place: 17,
            hash: [0xa5; 32],
        };
        assert_eq!(head.to_string().parse(), Ok(head));
        for wrong in ["", "17", "17:", "17:a5", ":a5", "-1:00", "x:y"] {
            assert!(wrong.parse::<Head>().is_err(), "{wrong}");
        }
    }
}
