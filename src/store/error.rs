//! What can go wrong with a desk, each as one line: what, why, and what to do.

use std::path::PathBuf;

use crate::incident::{Customer, Refusal, TechRef};
use crate::policy::PolicyError;

/// Why a desk did not do what was asked. Whatever the reason, the desk is as it was, unless it says so
/// ([`StoreError::Unconfirmed`]).
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A rule, something that was typed, or an unknown name.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A policy file that cannot be used.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// Somebody else changed the incident meanwhile.
    #[error("{number} was changed meanwhile by {agent} ({what}): look at it again, then repeat")]
    Changed {
        /// The incident.
        number: TechRef,
        /// Who changed it last.
        agent: String,
        /// What they did.
        what: String,
    },
    /// Somebody else changed of a customer what is to be changed.
    #[error("changed meanwhile by {agent} to {value} (--{option}): save once more to have yours")]
    Differs {
        /// The option that says it.
        option: &'static str,
        /// Who changed it last.
        agent: String,
        /// What it is now.
        value: String,
        /// The customer as it is now.
        customer: Box<Customer>,
    },
    /// Somebody else changed the customer.
    #[error("{customer} was changed meanwhile by {agent} ({what}): look at it again, then repeat")]
    CustomerChanged {
        /// The customer's name.
        customer: String,
        /// Who changed it last.
        agent: String,
        /// What they did.
        what: String,
    },
    /// The desk is not what its timeline makes it.
    #[error(transparent)]
    Unsound(#[from] super::Fault),
    /// There is no desk.
    #[error(
        "no desk at {0}: make one (`holdline init --policy NAME`), or try a sample (`holdline demo`)"
    )]
    Missing(PathBuf),
    /// There is something already where a desk is to be made.
    #[error("{0} exists already: choose another file (--desk), or use it as it is")]
    Exists(PathBuf),
    /// The file is something else.
    #[error("{path} is no desk ({why}): choose another file (--desk)")]
    NotADesk {
        /// The file.
        path: PathBuf,
        /// What it is.
        why: String,
    },
    /// The desk was written by a newer program.
    #[error(
        "{path} is a desk of a newer Holdline (schema {found}, this one knows {known}): install the newer one"
    )]
    Newer {
        /// The desk.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema that this program knows.
        known: u32,
    },
    /// A desk of an older program could not be brought to what this one needs.
    #[error(
        "the desk cannot be brought from schema {from} to {to} ({why}): it is as it was; go on with the Holdline that \
         made it"
    )]
    Migration {
        /// Its schema.
        from: u32,
        /// The one that is needed.
        to: u32,
        /// What went wrong.
        why: String,
    },
    /// The clock was set by hand, on a desk that keeps the machine's time.
    #[error(
        "HOLDLINE_NOW sets the clock by hand, and this desk records by this machine's clock: unset it, or try it on a \
         sample desk (`holdline demo`)"
    )]
    ClockByHand,
    /// A newer program has brought the desk up while this one had it open.
    #[error(
        "a newer Holdline has brought this desk to schema {found}: end this program and start the newer one"
    )]
    Overtaken {
        /// The desk's schema now.
        found: u32,
    },
    /// The file or its folder refuses.
    #[error("{path} cannot be used: {why}")]
    Access {
        /// The file or folder.
        path: PathBuf,
        /// Why, and what to do.
        why: String,
    },
    /// Somebody else holds the desk.
    #[error(
        "the desk is busy: another program has been writing for over 5 seconds; try again, or see who it is"
    )]
    Busy,
    /// Somebody else holds the desk, and the system tells who.
    #[error("the desk is busy: {0}; try again")]
    Held(String),
    /// Somebody is at work that takes long.
    #[error("{0}: wait until that is done, then try again")]
    Work(super::Work),
    /// What was being made is not wanted any more.
    #[error("stopped: nothing was made")]
    Stopped,
    /// There is no room.
    #[error("the disk is full: nothing was changed; make room, then try again")]
    Full,
    /// The disk refuses.
    #[error(
        "the disk does not take it ({0}): nothing was changed; see whether it is whole, has room and may be written"
    )]
    Disk(String),
    /// What was recorded is there, and the disk does not say that it keeps it.
    #[error(
        "it is recorded, but the disk does not confirm it ({0}), and may forget it when the power fails: do not repeat it, \
         and see whether the disk is whole and what it kept (`holdline desk check`)"
    )]
    Unconfirmed(String),
    /// The file is damaged.
    #[error("the desk is damaged: {0}; restore the newest backup")]
    Damaged(String),
    /// Anything else that SQLite reports.
    #[error("the desk reports: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(error.to_string()),
            Some(Code::DiskFull) => Self::Full,
            Some(Code::SystemIoFailure | Code::ReadOnly | Code::CannotOpen) => {
                Self::Disk(error.to_string())
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    /// What the system says of a file that is being written.
    pub(super) fn from_system(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Disk(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(format!("an entry cannot be read ({error})"))
    }
}
