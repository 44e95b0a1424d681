//! Files beside a desk: named after all of its name, so that two desks never share one, and open to whoever may use the
//! desk, whatever the umask.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process;

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::unistd::geteuid;

use crate::whole::{is_ours, runs};

/// The mode of a desk that nobody shares.
const PRIVATE: u32 = 0o600;

/// What lies beside `path` under this ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The folder that `path` lies in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Makes a new file for whoever may use the desk; never follows a link, never takes one that is there.
pub(super) fn create(desk: &Path, path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(PRIVATE)
        .open(path)?;
    file.set_permissions(Permissions::from_mode(mode(desk)))?;
    Ok(file)
}

/// Makes a folder for whoever may use the desk, if it is not there. Behind a link it is only taken where nobody else of
/// the group can have laid that.
pub(super) fn create_folder(desk: &Path, path: &Path) -> io::Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {
            return refuse_foreign_link(path);
        }
        made => made?,
    }
    let mode = mode(desk);
    let group = if mode & 0o060 == 0 { 0 } else { 0o2070 };
    fs::set_permissions(path, Permissions::from_mode(0o700 | group))
}

/// Refuses a link that another user laid where a file beside the desk belongs: what is read or written through it would
/// be theirs to choose. The superuser's lead where they lead.
pub(super) fn refuse_foreign_link(path: &Path) -> io::Result<()> {
    let foreign = |link: &fs::Metadata| {
        let owner = link.uid();
        link.is_symlink() && owner != 0 && owner != geteuid().as_raw()
    };
    match fs::symlink_metadata(path) {
        Ok(link) if foreign(&link) => Err(io::Error::other(format!(
            "it is a link that user {} laid there: see where it leads, and remove it",
            link.uid()
        ))),
        _ => Ok(()),
    }
}

/// Whether a file itself lies there, and no link.
pub(super) fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|file| file.is_file())
}

/// Opens a file beside the desk, never through a link.
pub(super) fn open(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let opened = options.custom_flags(OFlag::O_NOFOLLOW.bits()).open(path);
    opened.map_err(|error| match error.raw_os_error() {
        Some(errno) if errno == Errno::ELOOP as i32 => io::Error::other(
            "it is a link, and no file of the desk: see where it leads, and remove it",
        ),
        _ => error,
    })
}

/// Who may use the desk.
fn mode(desk: &Path) -> u32 {
    fs::metadata(desk).map_or(PRIVATE, |file| file.mode() & 0o660)
}

/// Gives `path` the same bytes as `from`: by a second name for them where the disk allows it, else by a copy. What is
/// there stays.
pub(super) fn share(desk: &Path, from: &Path, path: &Path) -> io::Result<()> {
    if is_file(path) || is_file(from) && fs::hard_link(from, path).is_ok() {
        return Ok(());
    }
    let draft = Draft::of(path);
    let mut file = create(desk, &draft.0)?;
    io::copy(&mut open(OpenOptions::new().read(true), from)?, &mut file)?;
    file.sync_all()?;
    fs::rename(&draft.0, path)
}

/// The names in a folder reach the disk.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// What SQLite puts beside a file, and the file itself.
const SIDES: [&str; 4] = ["", "-wal", "-shm", "-journal"];
/// The ending of a draft's name.
const DRAFT: &str = ".draft";

/// A file in the making, which goes away whatever happens; where its program is killed, the next that makes the same file
/// clears it away.
pub(super) struct Draft(pub(super) PathBuf);

impl Draft {
    /// A draft of what is to lie at `path`, beside it, in place of those that killed programs left.
    pub(super) fn of(path: &Path) -> Self {
        sweep(path);
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!("-{}{DRAFT}", process::id()));
        let draft = Self(folder(path).join(name));
        // A killed process of the same number may have left one.
        draft.remove();
        draft
    }

    fn remove(&self) {
        for side in SIDES {
            // Most of these never came to be.
            let _ = fs::remove_file(beside(&self.0, side));
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Clears away the drafts of `path` that programs of this user left when they were killed. Whoever cannot look into the
/// folder cannot write there either, and is told so then.
pub(super) fn sweep(path: &Path) {
    for entry in fs::read_dir(folder(path)).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let left = drafted(&name)
            .is_some_and(|(of, process)| Some(of) == path.file_name() && !runs(process));
        // What the entry itself is, and not what a link leads to.
        if left && entry.metadata().is_ok_and(|file| is_ours(&file)) {
            // Another program may be faster.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// What a file of this name is a draft of, and by which process; also of what SQLite puts beside one.
pub(super) fn drafted(name: &OsStr) -> Option<(&OsStr, i32)> {
    let name = name.as_bytes().strip_prefix(b".")?;
    let sides = SIDES.iter().rev();
    let name = sides
        .filter_map(|side| name.strip_suffix(side.as_bytes()))
        .find_map(|name| name.strip_suffix(DRAFT.as_bytes()))?;
    let dash = name.iter().rposition(|byte| *byte == b'-')?;
    let (of, process) = name.split_at_checked(dash)?;
    let process = std::str::from_utf8(process.get(1..)?).ok()?;
    let digits = process.bytes().all(|byte| byte.is_ascii_digit());
    let process = process.parse().ok().filter(|_| digits)?;
    Some((OsStr::from_bytes(of), process))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_draft_is_told_by_its_name() {
        for (name, of) in [
            (".desk.live-12.draft", Some(("desk.live", 12))),
            (".desk.live-12.draft-wal", Some(("desk.live", 12))),
            (".a-b-7.draft-journal", Some(("a-b", 7))),
            ("desk.live-12.draft", None),
            (".desk.live-.draft", None),
            (".desk.live-+1.draft", None),
            (".desk.live-99999999999.draft", None),
            (".desk.live-12.draft-old", None),
            (".draft", None),
        ] {
            let found = drafted(OsStr::new(name));
            assert_eq!(
                found,
                of.map(|(of, process)| (OsStr::new(of), process)),
                "{name}"
            );
        }
    }

    #[test]
    fn only_what_dead_programs_left_of_the_same_file_goes() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut dead = process::Command::new("true").spawn().unwrap();
        dead.wait().unwrap();
        let (dead, alive) = (dead.id(), std::os::unix::process::parent_id());
        let stay = [
            format!(".desk-{alive}.draft"),
            format!(".other-{dead}.draft"),
            format!(".desk-{dead}.draft-kept"),
            "desk".to_owned(),
        ];
        for name in &stay {
            fs::write(path(name), "kept").unwrap();
        }
        let link = format!(".desk-{dead}.draft-shm");
        symlink(path("desk"), path(&link)).unwrap();
        let gone = ["", "-wal", "-journal"].map(|side| format!(".desk-{dead}.draft{side}"));
        for name in &gone {
            fs::write(path(name), "left").unwrap();
        }
        // One of a process that had the number of this one before.
        let draft = path(&format!(".desk-{}.draft", process::id()));
        fs::write(&draft, "left").unwrap();
        let made = Draft::of(&path("desk"));
        assert_eq!(made.0, draft);
        assert!(!draft.exists());
        for name in &gone {
            assert!(!path(name).exists(), "{name}");
        }
        for name in stay.iter().chain([&link]) {
            assert_eq!(fs::read_to_string(path(name)).unwrap(), "kept", "{name}");
        }
    }
}
