//! Whether a desk is what its timeline makes it: the file, the chain, and everything that is kept beside the timeline
//! rebuilt from it and compared.

mod entries;
mod fault;
mod incidents;
mod mail;
mod people;
mod ties;
mod units;
pub(super) mod words;

use std::fmt;
use std::str::FromStr;

use rusqlite::Connection;

use super::chain::Hash;
use super::{Desk, StoreError};

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

impl Desk {
    /// Checks the whole desk as it is now, whatever others write meanwhile, and that it still has the entry of `earlier`.
    ///
    /// # Errors
    /// The first [`Fault`], and a file that cannot be read.
    pub fn check(&self, earlier: Option<&Head>) -> Result<Sound, StoreError> {
        self.still(|desk| {
            pages(&desk.connection, "integrity_check")?;
            let head = entries::check(&desk.connection, earlier)?;
            references(&desk.connection)?;
            incidents::check(desk)?;
            ties::check(&desk.connection)?;
            units::check(&desk.connection)?;
            people::check(&desk.connection)?;
            mail::check(desk)?;
            words::check(desk)?;
            desk.held(head)
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
