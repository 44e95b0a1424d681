//! A Maildir: the folder in which a mail server keeps one file a message, those that nobody took yet in `new`, the others
//! in `cur` with their flags behind the name. What is in `tmp` is not there yet.
//!
//! Nothing is ever followed out of the folder: `new` and `cur` are opened once, as folders and not as links, and every
//! message by its name in them.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use nix::errno::Errno;
use nix::fcntl::{AtFlags, OFlag, openat, renameat};
use nix::sys::stat::{FileStat, Mode, fstatat};

use super::MOST_MAIL;
use super::read::EPOCH;

/// What stands between a message's name and its flags.
const INFO: &[u8] = b":2,";

/// Which messages of `cur` are wanted beside those in `new`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum InCur {
    /// Those that nobody has read yet: a mail program moves them there as soon as it looks.
    Unread,
    /// All but drafts and what was thrown away.
    All,
}

/// A folder of messages, open.
#[derive(Debug)]
pub struct Maildir {
    new: Side,
    cur: Side,
}

#[derive(Debug)]
struct Side {
    path: PathBuf,
    folder: File,
}

/// A message's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    in_cur: bool,
    name: OsString,
    /// When it was put there.
    pub arrived: DateTime<Utc>,
}

impl Letter {
    /// Its file's name within the Maildir.
    pub fn file(&self) -> String {
        let side = if self.in_cur { "cur" } else { "new" };
        format!("{side}/{}", self.name.to_string_lossy())
    }
}

impl Maildir {
    /// Opens a Maildir.
    ///
    /// # Errors
    /// When there is none, or it may not be read.
    pub fn open(path: &Path) -> Result<Self, String> {
        let side = |name: &str| {
            let path = path.join(name);
            let flags = OFlag::O_DIRECTORY | OFlag::O_NOFOLLOW;
            let opened = OpenOptions::new()
                .read(true)
                .custom_flags(flags.bits())
                .open(&path);
            match opened {
                Ok(folder) => Ok(Side { path, folder }),
                Err(error) => Err(format!("{}: {}", path.display(), no_folder(&error))),
            }
        };
        Ok(Self {
            new: side("new")?,
            cur: side("cur")?,
        })
    }

    /// The messages that are to be taken, in the order in which they arrived; what is hidden is none.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn letters(&self, cur: Option<InCur>, now: DateTime<Utc>) -> Result<Vec<Letter>, String> {
        let mut found = list(&self.new, false, now)?;
        if let Some(which) = cur {
            let not = match which {
                InCur::Unread => b"STD".as_slice(),
                InCur::All => b"TD",
            };
            let letters = list(&self.cur, true, now)?.into_iter();
            found.extend(letters.filter(|(_, letter)| {
                let flags = parted(&letter.name).1.unwrap_or_default();
                !flags.iter().any(|flag| not.contains(flag))
            }));
        }
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(found.into_iter().map(|(_, letter)| letter).collect())
    }

    /// What is in a message's file; nothing where another program took it meanwhile.
    ///
    /// # Errors
    /// When it is no file, cannot be read, or is none that may be kept.
    pub fn read(&self, letter: &Letter) -> Result<Option<Vec<u8>>, String> {
        let flags = OFlag::O_RDONLY
            | OFlag::O_NOFOLLOW
            | OFlag::O_NONBLOCK
            | OFlag::O_NOCTTY
            | OFlag::O_CLOEXEC;
        let side = self.side(letter);
        let opened = openat(&side.folder, letter.name.as_os_str(), flags, Mode::empty());
        let file = match opened {
            Ok(file) => File::from(file),
            Err(Errno::ENOENT) => return Ok(None),
            Err(Errno::ELOOP) => return Err("it is a link, and none is followed".to_owned()),
            Err(Errno::ENXIO) => return Err("it is no file".to_owned()),
            Err(errno) => return Err(io::Error::from(errno).to_string()),
        };
        let about = file.metadata().map_err(|error| error.to_string())?;
        if !about.is_file() {
            return Err("it is no file".to_owned());
        }
        if about.len() > MOST_MAIL {
            return Err(TOO_LARGE.to_owned());
        }
        let mut bytes = Vec::new();
        let read = file.take(MOST_MAIL + 1).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        if bytes.is_empty() {
            return Err("it is empty".to_owned());
        }
        // It may have grown since it was looked at.
        match u64::try_from(bytes.len()).is_ok_and(|size| size <= MOST_MAIL) {
            true => Ok(Some(bytes)),
            false => Err(TOO_LARGE.to_owned()),
        }
    }

    /// Marks a message as taken: it stands in `cur` with the flag `S` from then on.
    ///
    /// # Errors
    /// When it cannot be moved. One that another program moved meanwhile is none.
    pub fn taken(&self, letter: &Letter) -> Result<(), String> {
        let side = self.side(letter);
        let seen = seen(&letter.name);
        if letter.in_cur && seen == letter.name {
            return Ok(());
        }
        // Where the message is gone from its place, another program has just moved it there.
        if look(&self.cur, &seen).is_ok() && look(side, &letter.name).is_ok() {
            return Err("cur has a message of this name already: look at both".to_owned());
        }
        let (from, to) = (letter.name.as_os_str(), seen.as_os_str());
        match renameat(&side.folder, from, &self.cur.folder, to) {
            Ok(()) | Err(Errno::ENOENT) => Ok(()),
            Err(errno) => Err(io::Error::from(errno).to_string()),
        }
    }

    fn side(&self, letter: &Letter) -> &Side {
        match letter.in_cur {
            true => &self.cur,
            false => &self.new,
        }
    }
}

/// What messages are ordered by: when they arrived, and when their file was written, to the nanosecond.
type Order = (DateTime<Utc>, i64, i64, OsString);

/// What a folder holds, each with what it is ordered by.
fn list(side: &Side, in_cur: bool, now: DateTime<Utc>) -> Result<Vec<(Order, Letter)>, String> {
    let failed = |error: io::Error| format!("{}: {error}", side.path.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(&side.path).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if name.as_bytes().starts_with(b".") {
            continue;
        }
        // What is not there any more, another program has just taken.
        let Ok(stat) = look(side, &name) else {
            continue;
        };
        let written = DateTime::from_timestamp(stat.st_mtime, 0);
        let arrived = said_by(&name).or(written);
        let known = arrived.filter(|at| at.timestamp() >= EPOCH && *at <= now);
        let arrived = known.unwrap_or(now);
        let order = (arrived, stat.st_mtime, stat.st_mtime_nsec, name.clone());
        let letter = Letter {
            in_cur,
            name,
            arrived,
        };
        found.push((order, letter));
    }
    Ok(found)
}

const TOO_LARGE: &str = "it has over 25 MiB: ask for it in parts, or for a link";

/// What an entry is, and not what a link leads to.
fn look(side: &Side, name: &OsStr) -> Result<FileStat, Errno> {
    fstatat(&side.folder, name, AtFlags::AT_SYMLINK_NOFOLLOW)
}

fn no_folder(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => {
            "is not there: name a Maildir, a folder with new, cur and tmp in it".to_owned()
        }
        _ if error.raw_os_error() == Some(Errno::ENOTDIR as i32)
            || error.raw_os_error() == Some(Errno::ELOOP as i32) =>
        {
            "is no folder, or a link, which is not followed".to_owned()
        }
        _ => error.to_string(),
    }
}

/// When a message was delivered by its name, which begins with that, in seconds.
fn said_by(name: &OsStr) -> Option<DateTime<Utc>> {
    let name = name.as_bytes();
    let end = name.iter().position(|byte| *byte == b'.')?;
    let seconds = std::str::from_utf8(name.get(..end)?).ok()?;
    let plain = seconds.bytes().all(|byte| byte.is_ascii_digit());
    DateTime::from_timestamp(seconds.parse().ok().filter(|_| plain)?, 0)
}

/// A file's name without its flags, and those.
fn parted(name: &OsStr) -> (&[u8], Option<&[u8]>) {
    let name = name.as_bytes();
    let at = name.windows(INFO.len()).rposition(|part| part == INFO);
    match at.and_then(|at| name.split_at_checked(at)) {
        Some((bare, info)) => (bare, info.get(INFO.len()..)),
        None => (name, None),
    }
}

/// The name of a message that was seen; its flags stand in the order of the alphabet.
fn seen(name: &OsStr) -> OsString {
    let (bare, flags) = parted(name);
    let mut flags = flags.unwrap_or_default().to_vec();
    if !flags.contains(&b'S') {
        flags.push(b'S');
        flags.sort_unstable();
    }
    OsString::from_vec([bare, INFO, &flags].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("17.M1P2.host", "17.M1P2.host:2,S")]
    #[case("17.M1P2.host:2,", "17.M1P2.host:2,S")]
    #[case("17.M1P2.host:2,RT", "17.M1P2.host:2,RST")]
    #[case("17.M1P2.host:2,FS", "17.M1P2.host:2,FS")]
    #[case("a:2,b:2,F", "a:2,b:2,FS")]
    fn a_message_that_was_taken_is_a_seen_one(#[case] name: &str, #[case] after: &str) {
        assert_eq!(seen(OsStr::new(name)), after);
    }

    #[rstest]
    #[case("1764000000.M1P2.host", Some(1_764_000_000))]
    #[case("1764000000", None)]
    #[case("+17.host", None)]
    #[case(".17", None)]
    #[case("99999999999999999999.host", None)]
    fn a_name_begins_with_when_it_was_delivered(#[case] name: &str, #[case] at: Option<i64>) {
        assert_eq!(said_by(OsStr::new(name)).map(|at| at.timestamp()), at);
    }
}
