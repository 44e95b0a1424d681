//! A disk without room: nothing is done by halves, it is said in one line, and all goes on once there is room.

use std::path::Path;
use std::process::{Command, Output};

use nix::unistd::geteuid;
use tempfile::TempDir;

use crate::crash::{command, drafts, is_sound, run};
use crate::rooms::Room;

#[test]
fn without_room_nothing_is_done_by_halves_and_it_is_said_in_one_line() {
    let mut room = Room::under(&["severity"]);
    let number = room
        .log(|log| log.severity = Some("low".to_owned()))
        .to_string();
    let desk = room.path();
    let long = "x".repeat(60_000);
    let target = room.folder.path().join("kept");
    // So many blocks of 512 bytes a file may have: too few for what is written beside the desk, or for a copy of it.
    for (blocks, args) in [
        ("8", vec!["note", &number, &long]),
        ("64", vec!["note", &number, &long]),
        ("64", vec!["desk", "backup", target.to_str().unwrap()]),
        ("8", vec!["desk", "compact"]),
    ] {
        let before = is_sound(&desk).head().unwrap();
        let output = Command::new("sh")
            .args(["-c", &format!("ulimit -f {blocks}; exec \"$0\" \"$@\"")])
            .arg(assert_cmd::cargo::cargo_bin("holdline"))
            .args(&args)
            .env_clear()
            .env("HOLDLINE_DESK", &desk)
            .env("HOLDLINE_AGENT", "mia")
            .env("HOLDLINE_NOW", "2026-11-23T17:00:00Z")
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(5), "{args:.40?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("the disk "), "{said}");
        assert_eq!(is_sound(&desk).head().unwrap(), before);
        assert!(!target.exists());
    }
    assert!(run(&desk, &["note", &number, &long]).status.success());
    is_sound(&desk);
}

/// A small disk of its own in a folder, until it is dropped.
struct Disk(TempDir);

impl Disk {
    /// None where one may not make one: only the superuser may, and in some boxes not even they.
    fn of(size: &str) -> Option<Self> {
        let disk = Self(tempfile::tempdir().unwrap());
        let made = geteuid().is_root() && disk.mount(&["-t", "tmpfs", "-o", size, "tmpfs"]);
        made.then_some(disk)
    }

    fn mount(&self, args: &[&str]) -> bool {
        let mut mount = Command::new("mount");
        let made = mount.args(args).arg(self.0.path()).output();
        made.is_ok_and(|made| made.status.success())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Where nothing was mounted there is nothing to take away.
        let _ = Command::new("umount").arg(self.path()).output();
    }
}

#[test]
fn a_disk_that_fills_up_keeps_all_that_was_acknowledged() {
    let Some(disk) = Disk::of("size=3m") else {
        eprintln!("no disk can be made here: not tried");
        return;
    };
    let desk = disk.path().join("desk");
    let made = run(&desk, &["init", "--policy", "severity"]);
    assert!(made.status.success(), "{made:?}");
    let log = [
        "log",
        "--customer",
        "Blue Fern",
        "--severity",
        "low",
        "--summary",
        "It is slow",
    ];
    assert!(
        run(&desk, &["customer", "add", "Blue Fern"])
            .status
            .success()
    );
    let logged = run(&desk, &log);
    let number = String::from_utf8(logged.stdout).unwrap().trim().to_owned();
    let mut acknowledged = Vec::new();
    let said = loop {
        let words = format!("<{}> {}", acknowledged.len(), "word ".repeat(8_000));
        let output = run(&desk, &["note", &number, &words]);
        if !output.status.success() {
            break output;
        }
        acknowledged.push(words);
        assert!(acknowledged.len() < 100, "the disk is never full");
    };
    let words = String::from_utf8(said.stderr).unwrap();
    assert_eq!(
        (said.status.code(), words.lines().count()),
        (Some(5), 1),
        "{words}"
    );
    assert!(words.contains("the disk "), "{words}");
    // It can be read as long as it is full, and written again once it is not.
    assert!(run(&desk, &["show", &number]).status.success());
    let target = disk.path().join("export");
    let export = run(&desk, &["export", "--to", target.to_str().unwrap()]);
    assert_eq!(export.status.code(), Some(5), "{export:?}");
    assert!(
        self::said(&export).contains("the disk is full"),
        "{export:?}"
    );
    assert!(
        names(disk.path())
            .iter()
            .all(|name| name.starts_with("desk"))
    );
    assert!(disk.mount(&["-o", "remount,size=30m"]));
    assert!(
        run(&desk, &["note", &number, "There is room again"])
            .status
            .success()
    );
    let kept = is_sound(&desk).timeline(number.parse().unwrap()).unwrap();
    let kept: Vec<String> = kept.iter().map(|entry| format!("{entry:?}")).collect();
    for words in acknowledged {
        assert_eq!(
            kept.iter()
                .filter(|entry| entry.contains(words.trim()))
                .count(),
            1
        );
    }
}

#[test]
fn a_desk_that_finds_no_room_does_not_appear() {
    let (mut made, mut refused) = (0, 0);
    for size in (400..800).step_by(20) {
        let Some(disk) = Disk::of(&format!("size={size}k")) else {
            eprintln!("no disk can be made here: not tried");
            return;
        };
        let desk = disk.path().join("desk");
        let output = run(&desk, &["init", "--policy", "severity"]);
        match output.status.success() {
            true => {
                made += 1;
                assert!(disk.mount(&["-o", "remount,size=30m"]));
                is_sound(&desk);
            }
            false => {
                refused += 1;
                assert!(said(&output).contains("the disk "), "{size}: {output:?}");
                assert!(
                    names(disk.path()).is_empty(),
                    "{size}: {:?}",
                    names(disk.path())
                );
            }
        }
    }
    assert!(made > 0 && refused > 0, "{made} {refused}");
}

#[test]
fn a_mail_whose_file_finds_no_room_is_not_taken_and_the_reason_is_said() {
    let Some(disk) = Disk::of("size=1m") else {
        eprintln!("no disk can be made here: not tried");
        return;
    };
    let desk = disk.path().join("desk");
    assert!(
        run(&desk, &["init", "--policy", "severity"])
            .status
            .success()
    );
    let elsewhere = tempfile::tempdir().unwrap();
    let letter = elsewhere.path().join("letter");
    let head = "From: a@b.example\r\nSubject: It stops\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n\
        Content-Disposition: attachment; filename=a.png\r\n\r\n";
    std::fs::write(&letter, head.to_owned() + &"x".repeat(1_500_000)).unwrap();
    let mut mail = command(&desk, &["mail", "in"]);
    mail.stdin(std::fs::File::open(&letter).unwrap());
    let output = mail.output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{output:?}");
    let why = "a file that came with a mail cannot be kept there: the disk is full; make room";
    assert!(said(&output).contains(why), "{output:?}");
    assert!(drafts(disk.path()).is_empty());
    let waiting = run(&desk, &["mail", "quarantine", "list", "--json"]);
    assert_eq!(String::from_utf8_lossy(&waiting.stdout).trim(), "[]");
    is_sound(&desk);
}

/// What lies in a folder of the disk.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn said(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[test]
fn a_backup_that_finds_no_room_leaves_nothing_and_is_told_of_until_there_is_one() {
    let Some(disk) = Disk::of("size=6m") else {
        eprintln!("no disk can be made here: not tried");
        return;
    };
    let desk = disk.path().join("desk");
    let made = run(&desk, &["init", "--policy", "severity"]);
    assert!(made.status.success(), "{made:?}");
    let sql = rusqlite::Connection::open(&desk).unwrap();
    sql.execute_batch("CREATE TABLE waste (w); INSERT INTO waste VALUES (zeroblob(2000000));")
        .unwrap();
    let _: i64 = sql
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .unwrap();
    std::fs::write(disk.path().join("other"), vec![0; 3_500_000]).unwrap();
    let full = run(&desk, &["desk", "backup"]);
    assert_eq!(full.status.code(), Some(5), "{full:?}");
    assert!(said(&full).contains("the disk is full"), "{full:?}");
    let backups = disk.path().join("desk.backups");
    assert!(names(&backups).is_empty(), "{:?}", names(&backups));
    let info = |desk: &Path| String::from_utf8(run(desk, &["desk", "info"]).stdout).unwrap();
    let told = "could not be made: the disk is full";
    assert!(info(&desk).contains(told), "{}", info(&desk));
    std::fs::remove_file(disk.path().join("other")).unwrap();
    assert!(run(&desk, &["desk", "backup"]).status.success());
    assert_eq!(names(&backups), ["2026-11-23.holdline"]);
    assert!(
        !info(&desk).contains("could not be made"),
        "{}",
        info(&desk)
    );
}

#[test]
fn on_a_read_only_disk_a_desk_is_refused_and_a_backup_restored() {
    let Some(disk) = Disk::of("size=6m") else {
        eprintln!("no disk can be made here: not tried");
        return;
    };
    let (desk, kept) = (disk.path().join("desk"), disk.path().join("kept"));
    let made = run(&desk, &["init", "--policy", "severity"]);
    assert!(made.status.success(), "{made:?}");
    assert!(
        run(&desk, &["desk", "backup", kept.to_str().unwrap()])
            .status
            .success()
    );
    assert!(disk.mount(&["-o", "remount,ro"]));
    let before = names(disk.path());
    for args in [
        &["list"][..],
        &["customer", "add", "Blue Fern"],
        &["desk", "check"],
        &["desk", "backup"],
        &["desk", "restore", kept.to_str().unwrap()],
    ] {
        let refused = run(&desk, args);
        assert_eq!(refused.status.code(), Some(5), "{args:?} {refused:?}");
        assert!(
            said(&refused).contains("read-only file system"),
            "{args:?} {refused:?}"
        );
    }
    let new = run(&disk.path().join("new"), &["init", "--policy", "severity"]);
    assert!(said(&new).contains("read-only file system"), "{new:?}");
    assert_eq!(names(disk.path()), before);
    let elsewhere = tempfile::tempdir().unwrap();
    let other = elsewhere.path().join("desk");
    let restored = run(&other, &["desk", "restore", kept.to_str().unwrap()]);
    assert!(restored.status.success(), "{restored:?}");
    is_sound(&other);
    // And a backup is put nowhere that it cannot be.
    let target = disk.path().join("again");
    let refused = run(&other, &["desk", "backup", target.to_str().unwrap()]);
    assert!(
        said(&refused).contains("read-only file system"),
        "{refused:?}"
    );
}
