//! Mail: writing what goes out and handing it over, reading what comes in.
//!
//! | file | holds |
//! | --- | --- |
//! | `write` | a message of the outbox as the bytes of an `.eml` file |
//! | `read` | bytes of any kind as a mail that came in |
//! | `arrived` | a mail that came in, in words |
//! | `send` | a message on its way: from whom, and how that went |
//! | `carrier` | what a message is handed over to: a folder, a program, standard output |
//!
//! There is no network here: a message leaves by a program that the system has for it, such as `sendmail`.

mod arrived;
mod carrier;
mod read;
mod send;
mod write;

pub use arrived::in_words;
pub use carrier::Carrier;
pub use read::{Incoming, IncomingFile, MOST_MAIL, read};
pub use send::{Sent, eml, send};
pub use write::{Written, write};
