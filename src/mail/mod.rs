//! Mail: writing what goes out and handing it over, reading what comes in.
//!
//! | file | holds |
//! | --- | --- |
//! | `write` | a message of the outbox as the bytes of an `.eml` file |
//! | `read` | bytes of any kind as a mail that came in |
//! | `files` | files that came with mail, on their way out of the desk |
//! | `name` | what a file that came with a mail may be called |
//! | `maildir` | a folder of messages that a mail server keeps |
//! | `arrived` | a mail that came in, in words |
//! | `send` | a message on its way: from whom, and how that went |
//! | `carrier` | what a message is handed over to: a server, a program, a folder, standard output |
//! | `smtp` | a mail server |

mod arrived;
mod carrier;
mod files;
mod maildir;
mod name;
mod read;
mod send;
mod smtp;
mod write;

pub use arrived::in_words;
pub use carrier::{Carrier, Unsent};
pub use files::{came_with, put};
pub use maildir::{InCur, Letter, Maildir};
pub use read::{Incoming, IncomingFile, MOST_MAIL, read};
pub use send::{Sent, eml, send};
pub use smtp::{Password, Server, Tls};
pub use write::{Written, write};
