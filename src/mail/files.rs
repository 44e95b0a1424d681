//! Files that came with mail, on their way out of the desk.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::incident::{Attached, Event, MailId, Recorded};
use crate::whole;

/// How many names are tried for a file whose own name is taken.
const NAMES: usize = 1000;

/// The files that came with the mails of an incident, each with its mail.
pub fn came_with(timeline: &[Recorded]) -> impl Iterator<Item = (MailId, &Attached)> {
    timeline.iter().flat_map(|entry| {
        let taken = match &entry.event {
            Event::MailTaken(taken) => Some(taken),
            _ => None,
        };
        taken.into_iter().flat_map(|taken| {
            let files = taken.arrival.files.iter();
            files.map(|file| (taken.mail, file))
        })
    })
}

/// Writes a file of this name into a folder, which is made where it is not there, and gives its path. Where something has
/// the name already, a number stands before it.
///
/// # Errors
/// When the folder cannot be made or written.
pub fn put(bytes: &[u8], name: &str, folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    for n in 1..NAMES {
        let path = folder.join(match n {
            1 => name.to_owned(),
            n => format!("{n}-{name}"),
        });
        match whole::write_new(&path, bytes) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            written => return written.map(|()| path),
        }
    }
    let why = format!("it holds too many files called {name}: name another folder");
    Err(io::Error::new(ErrorKind::AlreadyExists, why))
}
