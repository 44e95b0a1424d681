//! The files beside the desk, in `DESK.files`: each under the hash of what is in it, so that the same one is kept once, and
//! that nobody's file name becomes a path.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::beside::{self, Draft, sync};
use super::open::{denied, why_denied};
use super::{Desk, StoreError};

impl Desk {
    /// Where a file of this hash lies.
    pub fn file_path(&self, hash: &str) -> PathBuf {
        path_of(self.path(), hash)
    }

    /// What is in the file of this hash.
    ///
    /// # Errors
    /// When it does not lie there as it was kept.
    pub fn kept_file(&self, hash: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.file_path(hash);
        let mut bytes = Vec::new();
        let read = beside::open(OpenOptions::new().read(true), &path)
            .and_then(|mut file| file.read_to_end(&mut bytes));
        let why = match read {
            Ok(_) if self::hash(&bytes) == hash => return Ok(bytes),
            Ok(_) => {
                "it is not what came with the mail any more (`holdline desk check`)".to_owned()
            }
            Err(error) => why_denied(&error),
        };
        Err(StoreError::Access { why, path })
    }

    /// Lets the files that this desk's mail came with lie beside another desk file, too.
    pub(super) fn share_files(&self, of: &Path, with: &Path) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT DISTINCT hash FROM attachment ORDER BY hash")?;
        let hashes: Vec<String> = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let Some(some) = hashes.first() else {
            return Ok(());
        };
        let folder = files(with);
        beside::create_folder(with, &folder).map_err(|error| denied(&folder, &error))?;
        for hash in &hashes {
            let (from, path) = (path_of(of, hash), path_of(with, hash));
            let shared = path
                .parent()
                .map_or(Ok(()), |shelf| beside::create_folder(with, shelf))
                .and_then(|()| beside::share(with, &from, &path));
            shared.map_err(|error| denied(&from, &error))?;
        }
        let shelf = path_of(with, some);
        let synced = shelf.parent().map_or(Ok(()), sync);
        synced
            .and_then(|()| sync(&folder))
            .map_err(|error| denied(&folder, &error))
    }

    /// Keeps a file and gives its hash. It is on the disk when this returns, so that whatever is recorded afterwards may
    /// name it; one that nothing names does no harm.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_file(&self, bytes: &[u8]) -> Result<String, StoreError> {
        let hash = hash(bytes);
        let path = self.file_path(&hash);
        write(self.path(), &path, bytes).map_err(|error| StoreError::Access {
            why: format!(
                "a file that came with a mail cannot be kept there: {}",
                why_denied(&error)
            ),
            path,
        })?;
        Ok(hash)
    }

    /// Whether a file of this hash lies there as it was kept.
    pub(super) fn has_file(&self, hash: &str) -> bool {
        let path = self.file_path(hash);
        let opened = beside::open(OpenOptions::new().read(true), &path);
        let digest = opened.and_then(|mut file| {
            let mut digest = Sha256::new();
            let mut piece = [0; 8192];
            loop {
                match file.read(&mut piece)? {
                    0 => return Ok(digest),
                    read => digest.update(piece.get(..read).unwrap_or_default()),
                }
            }
        });
        digest.is_ok_and(|digest| hex(&digest.finalize()) == hash)
    }
}

/// Where a file of this hash lies beside the desk at `desk`.
fn path_of(desk: &Path, hash: &str) -> PathBuf {
    let shelf = hash.get(..2).unwrap_or_default();
    files(desk).join(shelf).join(hash)
}

/// The folder of a desk's files: named after all of the desk's name, so that two desks never share one.
pub(super) fn files(desk: &Path) -> PathBuf {
    beside::beside(desk, ".files")
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file under another name first, so that a name never stands for half of it. Who may read the desk may read
/// its files.
fn write(desk: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let kept = fs::symlink_metadata(path).is_ok_and(|file| {
        file.is_file() && usize::try_from(file.len()).is_ok_and(|size| size == bytes.len())
    });
    let Some(shelf) = path.parent().filter(|_| !kept) else {
        return Ok(());
    };
    if let Some(folder) = shelf.parent() {
        beside::create_folder(desk, folder)?;
    }
    beside::create_folder(desk, shelf)?;
    let draft = Draft::of(path);
    beside::create(desk, &draft.0)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&draft.0, path))
        .and_then(|()| sync(shelf))
        .and_then(|()| shelf.parent().map_or(Ok(()), sync))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_after_the_whole_desk() {
        assert_eq!(
            files(Path::new("/srv/a.holdline")),
            Path::new("/srv/a.holdline.files")
        );
    }

    #[test]
    fn a_link_in_the_place_of_a_file_is_replaced_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (desk, letter) = (folder.path().join("desk"), folder.path().join("letter"));
        fs::write(&letter, "Dear all").unwrap();
        let path = path_of(&desk, &hash(b"Log line"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(&letter, &path).unwrap();
        write(&desk, &path, b"Log line").unwrap();
        assert!(beside::is_file(&path));
        assert_eq!(fs::read(&path).unwrap(), b"Log line");
        // Nor does a backup take a link over.
        let (kept, copy) = (folder.path().join("kept"), folder.path().join("copy"));
        std::os::unix::fs::symlink(&letter, &kept).unwrap();
        beside::share(&desk, &path, &kept).unwrap();
        assert!(beside::is_file(&kept));
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&letter, &link).unwrap();
        assert!(beside::share(&desk, &link, &copy).is_err() && !copy.exists());
        assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear all");
    }

    #[test]
    fn a_hash_is_sha_256() {
        assert!(hash(b"").starts_with("e3b0c44298fc1c149afb"));
    }
}
