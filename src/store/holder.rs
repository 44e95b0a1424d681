//! Who holds a desk's write lock, where the system tells.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::{fmt, fs};

use nix::unistd::{Uid, User};

use super::beside::beside;

/// The byte of the shared-memory file that a writer in WAL mode locks.
const WRITER: &str = "120";

/// Who writes on a desk.
pub(super) struct Holder {
    process: u32,
    user: String,
    command: String,
    /// It sleeps until somebody wakes it (Ctrl-Z).
    pub(super) stopped: bool,
}

impl Holder {
    /// Who writes on the desk at `desk` now; nothing where the system does not tell.
    pub(super) fn of(desk: &Path) -> Option<Self> {
        let shared = fs::metadata(beside(desk, "-shm")).ok()?;
        let locks = fs::read_to_string("/proc/locks").ok()?;
        let process = locks.lines().find_map(|line| holder(line, shared.ino()))?;
        let folder = Path::new("/proc").join(process.to_string());
        let user = fs::metadata(&folder)
            .ok()
            .and_then(|folder| User::from_uid(Uid::from_raw(folder.uid())).ok()?)
            .map_or_else(|| "another user".to_owned(), |user| user.name);
        let read = |name| fs::read_to_string(folder.join(name)).unwrap_or_default();
        let state = read("stat");
        let state = state
            .rsplit_once(')')
            .map_or("", |(_, rest)| rest.trim_start());
        Some(Self {
            process,
            user,
            command: read("comm").trim().to_owned(),
            stopped: state.starts_with(['T', 't']),
        })
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            process,
            user,
            command,
            stopped,
        } = self;
        write!(
            f,
            "process {process} of {user} ({command}) has been writing for over 5 seconds"
        )?;
        match stopped {
            true => f.write_str(", and is stopped: continue it with `fg` there, or end it"),
            false => Ok(()),
        }
    }
}

/// The process of a line of `/proc/locks`, if it holds the writer's lock on the file of this inode.
///
/// Such a line reads `3: POSIX  ADVISORY  WRITE 4711 08:01:1234 120 120`.
fn holder(line: &str, inode: u64) -> Option<u32> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [_, "POSIX", _, "WRITE", pid, file, from, _] = words.as_slice() else {
        return None;
    };
    let found = file.rsplit(':').next()?.parse() == Ok(inode) && *from == WRITER;
    pid.parse().ok().filter(|_| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_who_holds_the_writers_lock_of_that_file() {
        let line = "3: POSIX  ADVISORY  WRITE 4711 08:01:1234 120 120";
        assert_eq!(holder(line, 1234), Some(4711));
        assert_eq!(holder(line, 1235), None);
        assert_eq!(
            holder("3: POSIX ADVISORY WRITE 4711 08:01:1234 124 124", 1234),
            None
        );
        assert_eq!(
            holder("3: -> POSIX ADVISORY WRITE 4712 08:01:1234 120 120", 1234),
            None
        );
        assert_eq!(holder("", 1234), None);
    }
}
