//! What is no desk, or no desk for this program, is refused in one clear line, and left as it was.

use std::fs;
use std::path::Path;

use holdline::store::{Access, Desk, StoreError};
use rstest::rstest;

use crate::rooms::Room;

fn refused(path: &Path) -> StoreError {
    Desk::open(path, Access::Write)
        .err()
        .expect("this was opened as a desk")
}

#[rstest]
#[case::text(b"Dear customer, thank you for your call. We will be back.".as_slice(), "a text file")]
#[case::short(b"hi".as_slice(), "a text file")]
#[case::empty(b"".as_slice(), "an empty file")]
#[case::picture(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR-and-so-on".as_slice(), "a file of another kind")]
fn a_file_of_another_kind_is_no_desk(#[case] bytes: &[u8], #[case] why: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk");
    fs::write(&path, bytes).unwrap();
    let said = refused(&path).to_string();
    assert!(said.contains(why) && said.lines().count() == 1, "{said}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_folder_and_nothing_at_all_are_no_desks() {
    let folder = tempfile::tempdir().unwrap();
    assert!(refused(folder.path()).to_string().contains("a folder"));
    assert!(matches!(
        refused(&folder.path().join("none")),
        StoreError::Missing(_)
    ));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn another_programs_database_is_no_desk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.db");
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE note (text TEXT)")
        .unwrap();
    assert!(
        refused(&path)
            .to_string()
            .contains("another program's database")
    );
}

#[test]
fn a_desk_of_a_newer_program_is_refused_and_unharmed() {
    let room = Room::under(&["severity"]);
    room.sql().pragma_update(None, "user_version", 999).unwrap();
    let before = fs::read(room.path()).unwrap();
    assert!(matches!(
        refused(&room.path()),
        StoreError::Newer { found: 999, .. }
    ));
    assert_eq!(fs::read(room.path()).unwrap(), before);
}

#[test]
fn a_console_left_open_over_an_upgrade_writes_no_more() {
    let mut room = Room::under(&["escalation"]);
    room.sql().pragma_update(None, "user_version", 999).unwrap();
    let command = holdline::incident::Command::AddAgent("zoe".to_owned());
    let said = room
        .desk
        .execute(&command, &crate::rooms::context(crate::rooms::monday()));
    assert!(
        matches!(said, Err(StoreError::Overtaken { found: 999 })),
        "{said:?}"
    );
}

#[test]
fn a_desk_that_is_there_is_not_made_again() {
    let room = Room::under(&["severity"]);
    let before = fs::read(room.path()).unwrap();
    let new = holdline::store::NewDesk {
        name: "Another".to_owned(),
        policies: Vec::new(),
    };
    let made = Desk::create(
        &room.path(),
        &new,
        &crate::rooms::context(crate::rooms::monday()),
    );
    assert!(matches!(made, Err(StoreError::Exists(_))));
    assert_eq!(fs::read(room.path()).unwrap(), before);
}

#[test]
fn a_desk_that_could_not_be_made_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let broken = holdline::incident::NewPolicy {
        text: "name = ".to_owned(),
        settings: Default::default(),
    };
    let new = holdline::store::NewDesk {
        name: "Broken".to_owned(),
        policies: vec![broken],
    };
    let made = Desk::create(
        &folder.path().join("desk"),
        &new,
        &crate::rooms::context(crate::rooms::monday()),
    );
    assert!(matches!(made, Err(StoreError::Policy(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
