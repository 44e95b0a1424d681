//! Files beside a desk: named after all of its name, so that two desks never share one, and open to whoever may use the
//! desk, whatever the umask.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::fcntl::OFlag;

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
        link.is_symlink() && owner != 0 && owner != nix::unistd::geteuid().as_raw()
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
    let draft = Draft(beside(path, &format!("-{}", std::process::id())));
    let mut file = create(desk, &draft.0)?;
    io::copy(&mut open(OpenOptions::new().read(true), from)?, &mut file)?;
    file.sync_all()?;
    fs::rename(&draft.0, path)
}

/// The names in a folder reach the disk.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// A file in the making, which goes away whatever happens.
pub(super) struct Draft(pub(super) PathBuf);

impl Drop for Draft {
    fn drop(&mut self) {
        for side in ["", "-wal", "-shm", "-journal"] {
            // Most of these never came to be.
            let _ = fs::remove_file(beside(&self.0, side));
        }
    }
}
