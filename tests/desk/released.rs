//! A desk of every schema that ever was is opened, and goes on. Each lies here as the program of its time wrote it.

use std::fs;
use std::path::{Path, PathBuf};

use holdline::incident::{Command, CustomerId, Log, State, TechRef};
use holdline::store::{Access, Desk, Done, SCHEMA, StoreError};
use rstest::rstest;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::rooms::{context, monday};

/// Every schema: the desk, and the hash of the migration that leads to it. A migration is never changed once there are
/// desks of its schema; a new one is added here with a desk that was made under it.
const RELEASED: [(&str, &str); 8] = [
    (include_str!("released/schema-1.sql"), "f2e9a6507469f7ea"),
    (include_str!("released/schema-2.sql"), "2a14bbff19be585f"),
    (include_str!("released/schema-3.sql"), "92bd71f2f4c81e0c"),
    (include_str!("released/schema-4.sql"), "2f2df1f28f3696a0"),
    (include_str!("released/schema-5.sql"), "2e6452f539789490"),
    (include_str!("released/schema-6.sql"), "4c0bb911c80eadde"),
    (include_str!("released/schema-7.sql"), "d3001ece648de937"),
    (include_str!("released/schema-8.sql"), "4ed5f98aeba2ca03"),
];

fn desk_of(schema: usize, folder: &Path) -> PathBuf {
    let path = folder.join("desk");
    let made = Connection::open(&path).unwrap();
    made.pragma_update(None, "journal_mode", "wal").unwrap();
    made.execute_batch(RELEASED[schema - 1].0).unwrap();
    made.close().unwrap();
    path
}

fn schema_of(path: &Path) -> u32 {
    let desk = Connection::open(path).unwrap();
    desk.pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

#[test]
fn no_migration_was_changed_after_desks_were_made_with_it() {
    assert_eq!(
        RELEASED.len(),
        SCHEMA as usize,
        "a new schema needs a desk here"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/migrations");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), RELEASED.len());
    for (path, (_, hash)) in files.iter().zip(RELEASED) {
        let found = Sha256::digest(fs::read(path).unwrap());
        let found: String = found
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(found, hash, "{} was changed", path.display());
    }
}

#[rstest]
#[case::schema_1(1)]
#[case::schema_2(2)]
#[case::schema_3(3)]
#[case::schema_4(4)]
#[case::schema_5(5)]
#[case::schema_6(6)]
#[case::schema_7(7)]
#[case::schema_8(8)]
fn a_desk_of_every_schema_opens_and_goes_on(#[case] schema: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = desk_of(schema, folder.path());
    assert_eq!(schema_of(&path) as usize, schema);
    let mut desk = Desk::open(&path, Access::Write).unwrap();
    let sound = desk.check(None).unwrap();
    assert_eq!(sound.incidents, 4);
    let states = [10_001, 10_002, 10_003, 10_004].map(|number| {
        desk.incident(TechRef::new(number), monday())
            .unwrap()
            .0
            .state
    });
    let wanted = [State::Waiting, State::Resolved, State::Open, State::Open];
    assert_eq!(states, wanted);
    assert_eq!(
        desk.entitlements(CustomerId(2)).unwrap()[0].remaining(),
        Some(8)
    );
    let found = desk.find_customers("bloo fairn", 5).unwrap();
    assert_eq!(found[0].customer.name, "Blue Fern");
    let mut log = Log::new(CustomerId(1), "One more");
    log.severity = Some("low".to_owned());
    let now = monday() + chrono::TimeDelta::days(1);
    let done = desk
        .execute(&Command::Log(Box::new(log)), &context(now))
        .unwrap();
    assert_eq!(done, Done::Logged(TechRef::new(10_005)));
    desk.check(Some(&sound.head)).unwrap();
    assert_eq!(schema_of(&path), SCHEMA);
}

#[test]
fn twelve_programs_that_open_an_old_desk_at_once_bring_it_up_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = desk_of(1, folder.path());
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| Desk::open(&path, Access::Read).unwrap().policies().unwrap());
        }
    });
    Desk::open(&path, Access::Read)
        .unwrap()
        .check(None)
        .unwrap();
    assert_eq!(kept(folder.path()), ["desk.schema-1"]);
    assert_eq!(schema_of(&folder.path().join("desk.schema-1")), 1);
}

/// The copies that lie beside a desk.
fn kept(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm") && name != "desk")
        .collect()
}

/// What is in the way of a migration, and what a desk of its schema has not.
#[rstest]
#[case::of_the_second(1, "CREATE TABLE step (x)", "closure")]
#[case::of_the_third(2, "DROP TABLE caller", "caller")]
#[case::of_the_fourth(3, "DROP TABLE caller", "caller")]
#[case::of_the_fifth(4, "CREATE TABLE counted (x)", "timeline_call")]
#[case::of_the_sixth(5, "DROP TABLE caller", "caller")]
#[case::of_the_seventh(6, "CREATE TABLE ahead (x)", "ahead_due")]
#[case::of_the_eighth(7, "DROP INDEX incident_due", "incident_newest")]
fn a_migration_that_fails_half_way_leaves_the_desk_as_it_was(
    #[case] schema: usize,
    #[case] in_the_way: &str,
    #[case] not_there: &str,
) {
    let folder = tempfile::tempdir().unwrap();
    let path = desk_of(schema, folder.path());
    let desk = Connection::open(&path).unwrap();
    desk.execute_batch(in_the_way).unwrap();
    desk.close().unwrap();
    let before = fs::read(&path).unwrap();
    for access in [Access::Write, Access::Read] {
        let error = Desk::open(&path, access).err().unwrap();
        assert!(matches!(error, StoreError::Migration { .. }), "{error:?}");
        let said = error.to_string();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("it is as it was"), "{said}");
    }
    let desk = Connection::open(&path).unwrap();
    let there: i64 = desk
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE name = ?1",
            [not_there],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(there, 0, "{not_there}");
    desk.close().unwrap();
    assert_eq!(schema_of(&path) as usize, schema);
    assert!(fs::read(&path).unwrap() == before, "not a byte is another");
    // One copy, however often it was tried.
    let copy = format!("desk.schema-{schema}");
    assert_eq!(kept(folder.path()), [copy.as_str()]);
    assert_eq!(schema_of(&folder.path().join(copy)) as usize, schema);
}
