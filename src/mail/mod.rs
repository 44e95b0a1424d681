//! Mail: writing what goes out and handing it over, reading what comes in.
//!
//! | file | holds |
//! | --- | --- |
//! | `write` | a message of the outbox as the bytes of an `.eml` file |
//! | `read` | bytes of any kind as a mail that came in |
//! | `carrier` | what a message is handed over to: a folder, a program, standard output |
//!
//! There is no network here: a message leaves by a program that the system has for it, such as `sendmail`.

mod carrier;
mod read;
mod write;

pub use carrier::Carrier;
pub use read::{Incoming, IncomingFile, MOST_MAIL, read};
pub use write::{Written, write};
