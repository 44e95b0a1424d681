//! Backups and restoring them: whole or not at all, tried before they count, and nothing lost of what was there.

mod daily;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use chrono::TimeDelta;
use holdline::incident::{NoteKind, Step, TechRef};
use holdline::store::{Access, Context, Desk, Restored, StoreError, restore};

use crate::rooms::{Room, context, monday};

fn desk_with_notes(notes: usize) -> (Room, TechRef) {
    let mut room = Room::under(&["severity"]);
    let number = room.log(|log| log.severity = Some("low".to_owned()));
    for n in 0..notes {
        note(&mut room, number, &format!("Note {n}"));
    }
    (room, number)
}

fn note(room: &mut Room, number: TechRef, text: &str) {
    let (kind, text) = (NoteKind::Internal, text.to_owned());
    room.step(number, Step::Note { kind, text }).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn restored(room: &Room, from: &Path) -> Result<Restored, StoreError> {
    restore(&room.path(), from, false, &context(monday()))
}

#[test]
fn a_backup_is_a_desk_with_the_same_head_and_mode_and_leaves_nothing_else() {
    let (room, _) = desk_with_notes(3);
    fs::set_permissions(room.path(), fs::Permissions::from_mode(0o660)).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("kept");
    let made = room.desk.backup(&target, false, monday()).unwrap();
    assert_eq!(names(elsewhere.path()), ["kept"]);
    assert_eq!(
        fs::metadata(&target).unwrap().permissions().mode() & 0o777,
        0o660
    );
    assert_eq!(made.sound.head, room.desk.head().unwrap());
    let copy = Desk::open(&target, Access::Read).unwrap();
    assert_eq!(copy.check(Some(&made.sound.head)).unwrap(), made.sound);
    let noted = room.desk.backed_up().unwrap().unwrap();
    assert_eq!(
        (noted.at, noted.head),
        (monday(), made.sound.head.to_string())
    );
}

#[test]
fn a_backup_takes_the_place_of_nothing_that_nobody_named() {
    let (room, _) = desk_with_notes(1);
    let elsewhere = tempfile::tempdir().unwrap();
    let (target, link) = (elsewhere.path().join("kept"), elsewhere.path().join("link"));
    fs::write(&target, "a letter").unwrap();
    symlink(elsewhere.path().join("nothing"), &link).unwrap();
    for taken in [&target, &link] {
        let said = room
            .desk
            .backup(taken, false, monday())
            .unwrap_err()
            .to_string();
        assert!(
            said.contains("exists already: choose another name, or have it replaced (--replace)"),
            "{said}"
        );
    }
    assert_eq!(fs::read_to_string(&target).unwrap(), "a letter");
    assert_eq!(
        names(elsewhere.path()),
        ["kept", "link"],
        "nothing was written through the link"
    );
    room.desk.backup(&link, true, monday()).unwrap();
    assert!(!elsewhere.path().join("nothing").exists());
    assert!(
        fs::symlink_metadata(&link).unwrap().is_file(),
        "the link itself was replaced"
    );
    for own in ["desk", "desk-wal", "desk.live"] {
        let said = room
            .desk
            .backup(&room.folder.path().join(own), true, monday());
        let said = said.unwrap_err().to_string();
        assert!(said.contains("is the desk itself"), "{own}: {said}");
    }
    let said = room
        .desk
        .backup(elsewhere.path(), true, monday())
        .unwrap_err()
        .to_string();
    assert!(said.contains("is a folder: name a file in it"), "{said}");
}

#[test]
fn a_backup_of_what_is_not_sound_is_none() {
    let (room, number) = desk_with_notes(2);
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("kept");
    room.sql()
        .execute("UPDATE incident SET summary = 'Otherwise', body = json_set(body, '$.summary', 'Otherwise') WHERE number = ?1", [number.sequence()])
        .unwrap();
    let said = room
        .desk
        .backup(&target, false, monday())
        .unwrap_err()
        .to_string();
    assert!(
        said.contains("no backup was made") && said.contains("summary"),
        "{said}"
    );
    assert!(names(elsewhere.path()).is_empty());
    assert!(room.desk.backed_up().unwrap().is_none());
}

#[test]
fn others_write_on_while_a_backup_is_made() {
    let (mut room, number) = desk_with_notes(50);
    let (desk, elsewhere) = (room.reopened(), tempfile::tempdir().unwrap());
    let folder = elsewhere.path().to_owned();
    let backing = std::thread::spawn(move || {
        for n in 0..4 {
            desk.backup(&folder.join(n.to_string()), false, monday())
                .unwrap();
        }
    });
    let mut written = 0;
    while !backing.is_finished() {
        note(&mut room, number, "Meanwhile");
        written += 1;
    }
    backing.join().unwrap();
    assert!(written > 4, "{written}");
    for n in 0..4 {
        let desk = Desk::open(&elsewhere.path().join(n.to_string()), Access::Read).unwrap();
        desk.check(None).unwrap();
    }
}

#[test]
fn restoring_brings_back_what_was_and_keeps_what_is() {
    let (mut room, number) = desk_with_notes(2);
    let target = room.folder.path().join("kept");
    let made = room.desk.backup(&target, false, monday()).unwrap();
    note(&mut room, number, "Written after the backup");
    let before = room.desk.head().unwrap();
    let other = room.reopened();
    let seen = other.version_seen().unwrap();
    let done = restored(&room, &target).unwrap();
    assert_eq!(done.sound, made.sound);
    // Whoever has the desk open sees it, and writes on.
    assert_ne!(other.version_seen().unwrap(), seen);
    let said = |desk: &Desk| format!("{:?}", desk.timeline(number).unwrap());
    assert!(!said(&other).contains("after the backup"));
    note(&mut room, number, "Written after all");
    room.desk.check(Some(&made.sound.head)).unwrap();
    assert!(room.desk.check(Some(&before)).is_err());
    // What was replaced is a whole desk.
    let kept = Desk::open(&done.kept.unwrap(), Access::Read).unwrap();
    kept.check(Some(&before)).unwrap();
    assert!(said(&kept).contains("after the backup"));
    // And the timeline tells of it.
    let sql = "SELECT json_extract(facts, '$.replaced') FROM timeline WHERE kind = 'desk-restored'";
    let told: String = room.sql().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(told, before.to_string());
}

#[test]
fn other_rules_in_a_restored_desk_are_seen_by_whoever_has_it_open() {
    let room = Room::under(&["severity"]);
    let target = room.folder.path().join("kept");
    room.desk.backup(&target, false, monday()).unwrap();
    let version = |desk: &Desk| desk.ruling(None).unwrap().closures.len();
    let mut other = room.reopened();
    let closed = holdline::incident::NewClosure {
        reach: holdline::incident::Reach::All,
        exception: holdline::calendar::Exception {
            from: monday(),
            to: monday() + TimeDelta::hours(1),
            reason: "Stocktaking".to_owned(),
            kind: holdline::calendar::ExceptionKind::Closed,
        },
    };
    let closed = holdline::incident::Command::AddClosure(closed);
    other.execute(&closed, &context(monday())).unwrap();
    assert_eq!((version(&other), version(&room.desk)), (1, 1));
    restored(&room, &target).unwrap();
    assert_eq!((version(&other), version(&room.desk)), (0, 0));
}

#[test]
fn what_is_no_sound_backup_of_this_desk_is_not_restored() {
    let (room, number) = desk_with_notes(1);
    let folder = tempfile::tempdir().unwrap();
    let (letter, other, altered) = (
        folder.path().join("letter"),
        folder.path().join("other"),
        folder.path().join("altered"),
    );
    fs::write(&letter, "Dear all, this is a letter and no backup.").unwrap();
    Room::under(&["severity"])
        .desk
        .backup(&other, false, monday())
        .unwrap();
    room.desk.backup(&altered, false, monday()).unwrap();
    rusqlite::Connection::open(&altered)
        .unwrap()
        .execute_batch("DROP TRIGGER timeline_is_never_changed; UPDATE timeline SET agent = 'zoe' WHERE seq = 3")
        .unwrap();
    let (before, files) = (room.desk.head().unwrap(), names(room.folder.path()));
    for (from, why) in [
        (letter.as_path(), "is no desk"),
        (folder.path(), "is no desk"),
        (&other, "is a backup of another desk: say so"),
        (&altered, "is not sound (entry 3 of the timeline"),
        (&folder.path().join("none"), "no desk at"),
        (&room.path(), "is the desk itself: name a backup of it"),
    ] {
        let said = restored(&room, from).unwrap_err().to_string();
        assert!(said.contains(why) && said.lines().count() == 1, "{said}");
        assert_eq!(room.desk.head().unwrap(), before);
        assert_eq!(names(room.folder.path()), files);
    }
    let done = restore(&room.path(), &other, true, &context(monday())).unwrap();
    assert!(room.desk.incident(number, monday()).is_err());
    Desk::open(&done.kept.unwrap(), Access::Read)
        .unwrap()
        .check(Some(&before))
        .unwrap();
}

#[test]
fn a_desk_that_cannot_be_opened_is_set_aside_as_it_is() {
    let (room, _) = desk_with_notes(1);
    let target = room.folder.path().join("kept");
    let head = room
        .desk
        .backup(&target, false, monday())
        .unwrap()
        .sound
        .head;
    let path = room.path();
    drop(room.desk);
    for damage in [&b""[..], b"SQLite format 3\0 and nothing of use", b"gone"] {
        fs::write(&path, damage).unwrap();
        let done = restore(&path, &target, false, &context(monday())).unwrap();
        assert_eq!(fs::read(done.kept.unwrap()).unwrap(), damage);
        Desk::open(&path, Access::Write)
            .unwrap()
            .check(Some(&head))
            .unwrap();
    }
    fs::remove_file(&path).unwrap();
    let done = restore(&path, &target, false, &context(monday())).unwrap();
    assert_eq!(done.kept, None);
    Desk::open(&path, Access::Write)
        .unwrap()
        .check(Some(&head))
        .unwrap();
}

#[test]
fn a_backup_is_restored_from_where_nobody_can_write() {
    let (room, _) = desk_with_notes(1);
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("100% safe? #1");
    room.desk.backup(&target, false, monday()).unwrap();
    let before = fs::read(&target).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(elsewhere.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let done = restored(&room, &target);
    fs::set_permissions(elsewhere.path(), fs::Permissions::from_mode(0o700)).unwrap();
    done.unwrap();
    assert_eq!(fs::read(&target).unwrap(), before);
    assert_eq!(names(elsewhere.path()), ["100% safe? #1"]);
}

#[test]
fn files_of_mail_go_with_a_backup_and_come_back() {
    let (mut room, _) = desk_with_notes(0);
    let mail = b"From: Ada <ada@fern.example>\r\nSubject: Log\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the log.\r\n--b\r\n\
        Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.log\r\n\r\nline\r\n--b--\r\n";
    let arrival = holdline::mail::read(mail, monday())
        .keep(&room.desk)
        .unwrap();
    let hash = arrival.files[0].hash.clone();
    let arrive = holdline::incident::Command::Arrive(Box::new(arrival));
    room.desk.execute(&arrive, &context(monday())).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("kept");
    room.desk.backup(&target, false, monday()).unwrap();
    let file = room.desk.file_path(&hash);
    fs::remove_file(&file).unwrap();
    assert!(room.desk.check(None).is_err());
    restored(&room, &target).unwrap();
    room.desk.check(None).unwrap();
}

#[test]
fn a_compacted_desk_is_smaller_and_the_same() {
    let (mut room, number) = desk_with_notes(20);
    room.sql().execute_batch("CREATE TABLE waste (w); INSERT INTO waste VALUES (zeroblob(3000000)); DROP TABLE waste").unwrap();
    let before = room.desk.info().unwrap();
    let other = room.reopened();
    room.desk.compact("mia").unwrap();
    let after = room.desk.info().unwrap();
    assert!(after.size + 2_000_000 < before.size, "{before:?} {after:?}");
    assert_eq!(
        (after.head, after.counts, after.unused),
        (before.head, before.counts, 0)
    );
    other.check(Some(&after.head)).unwrap();
    note(&mut room, number, "Afterwards");
    other.check(None).unwrap();
}

#[test]
fn a_desk_of_an_older_program_is_kept_beside_it_before_it_is_changed() {
    let (room, _) = desk_with_notes(1);
    room.sql()
        .execute_batch(crate::upgrade::BEFORE_SOUND)
        .unwrap();
    let path = room.path();
    Desk::open(&path, Access::Read).unwrap();
    let kept = rusqlite::Connection::open(room.folder.path().join("desk.schema-2")).unwrap();
    let schema: u32 = kept
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(schema, 2);
    Desk::open(&path, Access::Read).unwrap();
    assert!(
        !room.folder.path().join("desk.schema-2-2").exists(),
        "only once"
    );
}

#[test]
fn who_restored_is_named_as_everywhere() {
    let (room, _) = desk_with_notes(0);
    let target = room.folder.path().join("kept");
    room.desk.backup(&target, false, monday()).unwrap();
    let cron = Context {
        user: Some("root".to_owned()),
        ..context(monday())
    };
    restore(&room.path(), &target, false, &cron).unwrap();
    let sql = "SELECT agent FROM timeline WHERE kind = 'desk-restored'";
    let who: String = room.sql().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(who, "root as mia");
}
