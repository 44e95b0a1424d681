//! Whether a file lies on a disk of this machine's: what several machines share takes no locks that hold among them.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::sys::stat::{major, minor};
use nix::sys::statfs::{self, FsType};

use super::StoreError;

/// The numbers of file systems on which several programs cannot share a desk, for where a system lists no mounts: NFS,
/// SMB, SMB 2, CIFS, AFS, Coda, Ceph, Lustre.
const NUMBERS: [i64; 8] = [
    0x6969,
    0x517b,
    0xfe53_4d42,
    0xff53_4d42,
    0x5346_414f,
    0x7375_7245,
    0x00c3_6400,
    0x0bd0_0bd0,
];

/// Their names among the mounts: what lies on another machine, or on a disk that several have.
const NETWORK: [&str; 20] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "kafs",
    "coda",
    "ceph",
    "glusterfs",
    "lustre",
    "gpfs",
    "beegfs",
    "pvfs2",
    "ocfs2",
    "gfs2",
    "vboxsf",
    "vmhgfs",
    "prl_fs",
];

/// What a virtual machine has of its host's. Where its own system lies there, too, it has no other disk.
const OF_THE_HOST: [&str; 2] = ["9p", "virtiofs"];

/// Programs that offer as a file system what lies on this machine, and name no path that it comes from. Most that name
/// none fetch it from another machine, and new ones come every year: those are refused.
const LOCAL_FUSE: [&str; 8] = [
    "cryfs",
    "encfs",
    "fuse-overlayfs",
    "mergerfs",
    "securefs",
    "unionfs",
    "unionfs-fuse",
    "zfs-fuse",
];

/// Refuses a place where several programs cannot share a desk.
pub(super) fn refuse_network(path: &Path) -> Result<(), StoreError> {
    let kind = match listed(path) {
        Some(kind) => is_network(&kind).then_some(kind.kind),
        None => numbered(path).then(|| "network".to_owned()),
    };
    match kind {
        None => Ok(()),
        Some(kind) => Err(StoreError::Access {
            path: path.to_owned(),
            why: format!(
                "it lies on a network file system ({kind}), where several programs cannot share a desk; use a local \
                 disk, and ssh to that machine"
            ),
        }),
    }
}

fn numbered(path: &Path) -> bool {
    statfs::statfs(path).is_ok_and(|found| has_number(found.filesystem_type()))
}

fn has_number(found: FsType) -> bool {
    NUMBERS.iter().any(|kind| found == FsType(*kind))
}

/// What is mounted where `path` lies, as far as the system lists it.
fn listed(path: &Path) -> Option<Mount> {
    let mounts = fs::read("/proc/self/mountinfo").ok()?;
    let path = fs::canonicalize(path).ok()?;
    let device = fs::metadata(&path).ok()?.dev();
    mount_of(
        &mounts,
        &path,
        &format!("{}:{}", major(device), minor(device)),
    )
}

/// A file system that is mounted.
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    point: PathBuf,
    /// Its name, with that of the program behind it: `ext4`, `fuse.sshfs`.
    kind: String,
    /// Whether it comes from a path of this machine's: a device, a folder.
    from_here: bool,
}

/// What `path` lies on, of what `/proc/self/mountinfo` lists: what is mounted nearest to it, the last where several are
/// at one place. One that is of this device goes before one that another hides; not all name their files' device.
fn mount_of(mountinfo: &[u8], path: &Path, device: &str) -> Option<Mount> {
    let lines = mountinfo.split(|byte| *byte == b'\n');
    let around = lines.filter_map(|line| {
        let mut fields = line.split(|byte| *byte == b' ');
        let (on, point) = (fields.nth(2)?, unescaped(fields.nth(1)?));
        let mut fields = fields.skip_while(|field| *field != b"-");
        let kind = String::from_utf8_lossy(fields.nth(1)?).into_owned();
        let from = fields.next().unwrap_or_default();
        let mount = Mount {
            from_here: from.starts_with(b"/") && !from.starts_with(b"//"),
            point,
            kind,
        };
        let around = path.starts_with(&mount.point);
        around.then_some((on == device.as_bytes(), mount))
    });
    let nearest = around.max_by_key(|(same, mount)| (*same, mount.point.components().count()));
    nearest.map(|(_, mount)| mount)
}

/// A path as the list has it: spaces, tabs, line ends and backslashes as three octal digits.
fn unescaped(field: &[u8]) -> PathBuf {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((first, after)) = rest.split_first() {
        let octal = after.get(..3).filter(|_| *first == b'\\');
        let octal = octal.and_then(|digits| std::str::from_utf8(digits).ok());
        match octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    OsString::from_vec(bytes).into()
}

fn is_network(mount: &Mount) -> bool {
    let kind = mount.kind.as_str();
    let of_the_system = mount.point.as_os_str() == "/";
    match kind.strip_prefix("fuse.") {
        _ if OF_THE_HOST.contains(&kind) => !of_the_system,
        Some(program) => !mount.from_here && !LOCAL_FUSE.contains(&program),
        None if kind == "fuse" => !mount.from_here,
        None => NETWORK.contains(&kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &[u8] = br"22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
30 27 0:40 / /home rw,relatime shared:12 master:3 - btrfs /dev/vdb rw,subvol=/home
31 27 0:41 / /srv/files rw,nosuid - nfs4 files.example.com:/desks rw,vers=4.2
32 27 0:42 / /home/mia/far rw,nosuid,nodev - fuse.sshfs mia@far.example.com:/ rw,user_id=1000
33 27 0:43 / /mnt/c rw,noatime - 9p C:\134 rw,aname=drvfs,trans=fd
34 27 0:44 / /home/mia/safe rw - fuse.gocryptfs /home/mia/cipher rw
35 27 8:17 / /media/stick rw - fuseblk /dev/sdb1 rw,user_id=0
36 27 0:45 / /mnt/two\040words rw - cifs //nas.example.com/desks rw
37 27 0:46 / /mnt/dav rw - fuse https://dav.example.com/ rw
38 27 0:47 / /mnt/over rw - fuse.rclone far:desks rw
39 27 254:3 / /mnt/over rw - xfs /dev/vdd rw
40 27 0:48 / /mnt/under/deep rw - ceph mon.example.com:/ rw
41 27 254:4 / /mnt/under rw - ext4 /dev/vde rw
42 27 0:49 / /mnt/gluster rw - fuse.glusterfs g.example.com:/v rw
43 27 0:50 / /mnt/shared rw - virtiofs shared rw
44 27 0:51 / /mnt/bound rw - fuse /srv/desks rw
45 27 0:52 / /mnt/joined rw - fuse.mergerfs a:b rw
46 27 0:53 / /mnt/host rw - fuse.vmhgfs-fuse vmhgfs-fuse rw
";

    fn found(path: &str, device: &str) -> (String, bool) {
        let mount = mount_of(MOUNTS, Path::new(path), device).unwrap();
        let network = is_network(&mount);
        (mount.kind, network)
    }

    #[test]
    fn what_a_path_lies_on_is_told_by_what_is_mounted_nearest_to_it() {
        for (path, device, kind, network) in [
            ("/var/desk.holdline", "254:0", "ext4", false),
            // Its files name the device of the part that they are in.
            ("/home/mia/desk.holdline", "0:99", "btrfs", false),
            ("/srv/files/desk.holdline", "0:41", "nfs4", true),
            ("/srv/files-of-mine/desk", "254:0", "ext4", false),
            ("/home/mia/far/desk.holdline", "0:42", "fuse.sshfs", true),
            ("/home/mia/safe/desk", "0:44", "fuse.gocryptfs", false),
            ("/mnt/c/Users/mia/desk", "0:43", "9p", true),
            ("/media/stick/desk", "8:17", "fuseblk", false),
            ("/mnt/two words/desk", "0:45", "cifs", true),
            ("/mnt/dav/desk", "0:46", "fuse", true),
            ("/mnt/over/desk", "254:3", "xfs", false),
            ("/mnt/under/deep/desk", "254:4", "ext4", false),
            ("/mnt/gluster/desk", "0:49", "fuse.glusterfs", true),
            ("/mnt/shared/desk", "0:50", "virtiofs", true),
            ("/mnt/bound/desk", "0:51", "fuse", false),
            ("/mnt/joined/desk", "0:52", "fuse.mergerfs", false),
            ("/mnt/host/desk", "0:53", "fuse.vmhgfs-fuse", true),
        ] {
            assert_eq!(found(path, device), (kind.to_owned(), network), "{path}");
        }
    }

    #[test]
    fn a_machine_whose_system_lies_with_its_host_has_no_other_disk() {
        for (kind, network) in [("9p", false), ("virtiofs", false), ("nfs", true)] {
            let mounts = format!("27 1 0:21 / / rw - {kind} root rw\n");
            let mount = mount_of(mounts.as_bytes(), Path::new("/srv/desk"), "0:21").unwrap();
            assert_eq!(is_network(&mount), network, "{kind}");
        }
    }

    #[test]
    fn a_list_that_is_none_or_cut_off_says_nothing() {
        let path = Path::new("/srv/desk");
        for list in [
            "",
            "\n\n",
            "27 1 254:0 / /",
            "27 1 254:0 / / rw -",
            "a b\\04 - -",
        ] {
            assert_eq!(mount_of(list.as_bytes(), path, "254:0"), None, "{list:?}");
        }
        assert_eq!(unescaped(br"/a\040b\134c\0"), Path::new(r"/a b\c\0"));
    }

    /// What `stat -f -c %t` shows of each.
    #[test]
    fn a_network_file_system_is_known_by_its_number() {
        for network in [0x6969, 0xff53_4d42, 0xfe53_4d42, 0x00c3_6400] {
            assert!(has_number(FsType(network)), "{network:x}");
        }
        // ext4, btrfs, xfs, tmpfs, overlay, zfs.
        for local in [
            0xef53,
            0x9123_683e,
            0x5846_5342,
            0x0102_1994,
            0x794c_7630,
            0x2fc1_2fc1,
        ] {
            assert!(!has_number(FsType(local)), "{local:x}");
        }
    }
}
