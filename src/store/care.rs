//! The care of a desk: backups that were tried before they count, restoring one, what a desk is and how large.

mod backup;
mod compact;
pub(super) mod copy;
mod daily;
mod info;
mod restore;

#[cfg(test)]
mod tests;

pub use backup::{BackedUp, Backup, BackupFailed};
pub use daily::OfTheDay;
pub use info::Info;
pub(super) use restore::identity;
pub use restore::{Restored, restore};
