//! Several connections of one program: what one does never takes the locks of another away, or what it writes would be
//! lost.

use std::os::unix::fs::MetadataExt;

use assert_cmd::Command;
use holdline::incident::{NoteKind, Step};
use holdline::store::{Access, Desk};

use crate::rooms::Room;

/// Another process writes, and closes what it takes for the last connection there is.
fn another_process_notes(room: &Room, text: &str) {
    Command::cargo_bin("holdline")
        .unwrap()
        .env_clear()
        .env("HOLDLINE_DESK", room.path())
        .env("HOLDLINE_NOW", "2026-11-23T17:00:00Z")
        .args(["note", "10001-4", text])
        .assert()
        .success();
}

/// Whether this process has a lock on the desk's file itself, as the system tells.
fn holds_a_lock(room: &Room) -> bool {
    let own = std::process::id().to_string();
    let inode = std::fs::metadata(room.path()).unwrap().ino().to_string();
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    locks.lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.get(4) == Some(&own.as_str())
            && words
                .get(5)
                .is_some_and(|file| file.rsplit(':').next() == Some(&inode))
    })
}

#[test]
fn a_desk_that_is_opened_twice_by_one_program_loses_nothing() {
    let mut room = Room::under(&["severity"]);
    let number = room.log(|log| log.severity = Some("low".to_owned()));
    // As a console does that counts figures beside its worker.
    drop(Desk::open(&room.path(), Access::Read).unwrap());
    assert!(
        holds_a_lock(&room),
        "the first connection has lost its lock"
    );
    another_process_notes(&room, "From elsewhere");
    let note = Step::Note {
        kind: NoteKind::Internal,
        text: "Acknowledged".to_owned(),
    };
    room.step(number, note).unwrap();
    another_process_notes(&room, "From elsewhere again");
    let shown = Command::cargo_bin("holdline")
        .unwrap()
        .env_clear()
        .env("HOLDLINE_DESK", room.path())
        .args(["show", "10001-4"])
        .output()
        .unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    for text in ["From elsewhere", "Acknowledged", "From elsewhere again"] {
        assert!(shown.contains(text), "{text} is lost: {shown}");
    }
}
