//! Files that are written whole or not at all: under a draft's name first, which nobody else can have put there, then put
//! in place at once. What they hold is for their owner alone, whatever the umask, but where they are handed over to another
//! program; a link is never written through.

use std::fs::{self, File, Permissions};
use std::io::{self, Error, ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// A file in the making. Dropped before it is put in place, it goes away.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// A draft of the file at `path`, beside it.
    ///
    /// # Errors
    /// When its folder cannot be written.
    pub fn of(path: &Path) -> io::Result<Self> {
        Self::with_mode(path, 0o600)
    }

    /// The umask takes from the mode what it takes from any file's.
    fn with_mode(path: &Path, mode: u32) -> io::Result<Self> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        sweep(folder);
        // Whoever watches the folder passes by what begins with a dot. The name is random, and is made only where nothing
        // has it.
        let file = Builder::new()
            .prefix(&format!("{PREFIX}{}-", std::process::id()))
            .suffix(SUFFIX)
            .permissions(Permissions::from_mode(mode))
            .tempfile_in(folder)?;
        let path = path.to_owned();
        Ok(Self { file, path })
    }

    /// A handle to write by.
    ///
    /// # Errors
    /// When the system gives none.
    pub fn handle(&self) -> io::Result<File> {
        self.file.as_file().try_clone()
    }

    /// Puts it in place of what is there; of a link in its place, not of what that leads to.
    ///
    /// # Errors
    /// When a database is there, such as a desk, or it cannot be written to the end.
    pub fn put(self) -> io::Result<()> {
        refuse_database(&self.path)?;
        self.file.as_file().sync_all()?;
        self.file.persist(&self.path)?;
        Ok(())
    }

    /// Puts it where nothing is yet.
    ///
    /// # Errors
    /// When something has its name, a link that leads nowhere too, or it cannot be written to the end.
    pub fn put_new(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist_noclobber(&self.path)?;
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What a mistyped name must not cost. A desk that this program has open loses its locks by being looked at here; it is
/// refused, and that ends the command.
fn refuse_database(path: &Path) -> io::Result<()> {
    let mut head = [0; DATABASE.len()];
    let looked = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    if looked.is_ok() && &head == DATABASE {
        let why = "is a database, such as a desk is one: give another name";
        return Err(Error::new(ErrorKind::AlreadyExists, why));
    }
    Ok(())
}

/// How a file of SQLite begins.
const DATABASE: &[u8; 16] = b"SQLite format 3\0";

/// What names of drafts begin and end with; the process and what is random stand between.
const PREFIX: &str = ".holdline-";
const SUFFIX: &str = ".draft";

/// Clears away the drafts of this user's programs that were killed. Whoever cannot look into the folder cannot write
/// there either, and is told so then.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX))
            .and_then(|name| name.split_once('-')?.0.parse().ok());
        if process.is_some_and(|process| !runs(process))
            && entry.metadata().is_ok_and(|file| is_ours(&file))
        {
            // Another program may be faster.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether this is a file of this user's own, and no link.
#[must_use]
pub fn is_ours(file: &fs::Metadata) -> bool {
    file.is_file() && file.uid() == nix::unistd::geteuid().as_raw()
}

/// Whether a process is there. One of another user answers that one may not signal it.
#[must_use]
pub fn runs(process: i32) -> bool {
    let process = nix::unistd::Pid::from_raw(process);
    matches!(
        nix::sys::signal::kill(process, None),
        Ok(()) | Err(nix::errno::Errno::EPERM)
    )
}

/// Writes a file in place of what is there.
///
/// # Errors
/// As [`Draft::put`].
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = Draft::of(path)?;
    draft.write_all(bytes)?;
    draft.put()
}

/// Writes a file that is handed over to another program: whom the umask lets read may read it.
///
/// # Errors
/// As [`Draft::put`].
pub fn hand_over(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = Draft::with_mode(path, 0o666)?;
    draft.write_all(bytes)?;
    draft.put()
}

/// Writes a file where nothing is yet.
///
/// # Errors
/// As [`Draft::put_new`].
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = Draft::of(path)?;
    draft.write_all(bytes)?;
    draft.put_new()
}

/// Writes a file of one's own anew: who may read it still may, and a link that one has made oneself stays one.
///
/// # Errors
/// When a link stands there that somebody else has made, and as [`Draft::put`].
pub fn rewrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let there = fs::symlink_metadata(path).ok();
    let link = there.filter(|there| there.file_type().is_symlink());
    let path = match link {
        Some(link) if link.uid() != nix::unistd::geteuid().as_raw() => {
            let why = "is a link that somebody else has made: nothing is written through it";
            return Err(Error::new(ErrorKind::PermissionDenied, why));
        }
        Some(_) => fs::canonicalize(path)?,
        None => path.to_owned(),
    };
    let mut draft = Draft::of(&path)?;
    draft.write_all(bytes)?;
    if let Ok(known) = fs::metadata(&path) {
        draft.file.as_file().set_permissions(known.permissions())?;
    }
    draft.put()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{lchown, symlink};

    #[test]
    fn what_a_killed_program_left_goes_with_the_next_draft() {
        let folder = tempfile::tempdir().unwrap();
        let mut dead = std::process::Command::new("true").spawn().unwrap();
        dead.wait().unwrap();
        let (dead, alive) = (dead.id(), std::process::id());
        let path = |name: String| folder.path().join(name);
        let left = path(format!(".holdline-{dead}-aB3.draft"));
        let link = path(format!(".holdline-{dead}-aB4.draft"));
        let stay = [
            path(format!(".holdline-{alive}-aB3.draft")),
            path(format!(".other-{dead}-aB3.draft")),
            path(format!(".holdline-{dead}-aB3.kept")),
        ];
        for file in stay.iter().chain([&left]) {
            fs::write(file, "half").unwrap();
        }
        symlink(&stay[0], &link).unwrap();
        write(&path("whole".to_owned()), b"whole").unwrap();
        assert!(!left.exists());
        for file in stay.iter().chain([&link]) {
            assert_eq!(fs::read_to_string(file).unwrap(), "half", "{file:?}");
        }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_its_owner_s_alone_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write(&path, b"one").unwrap();
        assert_eq!(mode(&path), 0o600);
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        let error = write_new(&path, b"three").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        drop(Draft::of(&path).unwrap());
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_database_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk");
        fs::write(&path, b"SQLite format 3\0 and more").unwrap();
        for write in [write, hand_over, rewrite] {
            let error = write(&path, b"new").unwrap_err();
            assert!(error.to_string().contains("a desk"), "{error}");
        }
        assert!(fs::read(&path).unwrap().starts_with(DATABASE));
        assert_eq!(names(folder.path()), ["desk"]);
    }

    #[test]
    fn what_is_handed_over_is_as_open_as_any_file() {
        let folder = tempfile::tempdir().unwrap();
        let (path, any) = (folder.path().join("a"), folder.path().join("any"));
        fs::write(&any, "any").unwrap();
        write(&path, b"kept").unwrap();
        hand_over(&path, b"sent").unwrap();
        assert_eq!(mode(&path), mode(&any));
        assert_eq!(fs::read(&path).unwrap(), b"sent");
    }

    #[test]
    fn a_planted_link_is_never_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let (path, theirs) = (folder.path().join("a"), folder.path().join("theirs"));
        fs::write(&theirs, "kept").unwrap();
        symlink(&theirs, &path).unwrap();
        let error = write_new(&path, b"new").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        write(&path, b"new").unwrap();
        assert!(!fs::symlink_metadata(&path).unwrap().is_symlink());
        assert_eq!(fs::read(&theirs).unwrap(), b"kept");
        // One that leads nowhere makes nothing there.
        let nowhere = folder.path().join("nowhere");
        fs::remove_file(&path).unwrap();
        symlink(&nowhere, &path).unwrap();
        write_new(&path, b"new").unwrap_err();
        assert!(!nowhere.exists());
    }

    #[test]
    fn what_is_written_anew_keeps_its_readers_and_one_s_own_link() {
        let folder = tempfile::tempdir().unwrap();
        let (path, real) = (folder.path().join("a"), folder.path().join("real"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, Permissions::from_mode(0o644)).unwrap();
        symlink(&real, &path).unwrap();
        rewrite(&path, b"new").unwrap();
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
        assert_eq!(
            (fs::read(&real).unwrap(), mode(&real)),
            (b"new".to_vec(), 0o644)
        );
        // Another user's link is none of one's own; only root can make one here.
        if lchown(&path, Some(65_534), None).is_ok() {
            let error = rewrite(&path, b"theirs").unwrap_err();
            assert_eq!(error.kind(), ErrorKind::PermissionDenied);
            assert_eq!(fs::read(&real).unwrap(), b"new");
        }
    }
}
