//! Somebody goes around the program: every column of every table is altered in turn, rows are taken out and put in, and a
//! check names it. What it cannot see is listed here, with the reason.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use holdline::calendar::{Exception, ExceptionKind};
use holdline::incident::{
    Addresses, Attached, Command, CustomerId, NewClosure, NewCustomer, NewEntitlement, Reach, Step,
};
use holdline::policy::EntitlementKind;
use holdline::store::{Access, Context, Desk, Sound, StoreError};
use rusqlite::Connection;

use crate::pairs::scene::{REGISTERED, Stage, arrival};
use crate::rooms::context;

/// What is on no timeline, so that nothing tells what it was: the column, or all of a table.
const UNSEEN: [(&str, &str); 7] = [
    (
        "desk",
        "the desk's own name and when it was made are no history",
    ),
    (
        "pin",
        "a secret, and how often it was guessed, are kept off the timeline",
    ),
    (
        "once",
        "answers to forms that were sent, kept against sending them twice",
    ),
    ("message.held_until", "who is busy sending is no history"),
    (
        "moved.due_before",
        "shown beside the new instant, and reckoned with nowhere",
    ),
    (
        "moved.left",
        "read only where the clock was paused; then the state differs",
    ),
    (
        "step",
        "where steps begin is told by nothing else; a step at no entry is seen",
    ),
];

/// Tables that SQLite keeps for the indexes of words: those are compared word by word, in another test.
fn is_of_an_index(table: &str) -> bool {
    table.starts_with("search") || table.starts_with("caller") || table.starts_with("sqlite_")
}

/// A desk with something in every table, closed.
struct Kept {
    _stage: Stage,
    folder: tempfile::TempDir,
}

impl Kept {
    fn new() -> Self {
        let mut stage = Stage::new();
        for kind in ["wait", "pay", "escalate", "link", "edit", "resolve"] {
            let scene = stage.scene(kind);
            let context = context(scene.now);
            stage
                .room
                .desk
                .execute(&scene.command(kind), &context)
                .unwrap();
        }
        let scene = stage.scene("register mail");
        let now = scene.now;
        let desk = &mut stage.room.desk;
        let mut done = |command: &Command| {
            let once = Context {
                once: Some(format!("{command:?}").chars().take(60).collect()),
                ..context(now)
            };
            desk.execute(command, &once).unwrap()
        };
        done(&Command::AddCustomer(NewCustomer {
            name: "Silver Birch".to_owned(),
            policy: Some("season-ticket".to_owned()),
            ..NewCustomer::default()
        }));
        done(&Command::AddEntitlement(NewEntitlement {
            customer: CustomerId(3),
            kind: EntitlementKind::Pack,
            from: None,
            to: Some(now.date_naive() + TimeDelta::days(90)),
            count: None,
            seconds: None,
            method: Some("cash".to_owned()),
            reference: Some("R-1".to_owned()),
            price: None,
        }));
        let mut log = holdline::incident::Log::new(CustomerId(3), "A figure is wrong");
        log.product = Some("Lamp".to_owned());
        log.external_id = Some("ticket 7".to_owned());
        let holdline::store::Done::Logged(number) = done(&Command::Log(Box::new(log))) else {
            panic!("nothing was logged");
        };
        done(&Command::Step(number, Step::Accept { entitlement: None }));
        done(&Command::Step(number, Step::Assign(Some("mia".to_owned()))));
        let (tomorrow, later) = (now + TimeDelta::days(1), now + TimeDelta::days(2));
        done(&Command::Step(number, Step::Estimate(later)));
        done(&Command::Step(number, Step::Schedule(tomorrow)));
        done(&Command::AddClosure(NewClosure {
            reach: Reach::Policy("escalation".to_owned()),
            exception: Exception {
                from: now,
                to: now + TimeDelta::hours(30),
                reason: "Power cut".to_owned(),
                kind: ExceptionKind::Closed,
            },
        }));
        done(&Command::RemoveClosure(scene.closure));
        let bytes = b"a picture".as_slice();
        for sender in [REGISTERED, "stranger@outside.test"] {
            let hash = desk.keep_file(bytes).unwrap();
            let mut mail = arrival(900, sender, Addresses::default(), now);
            if let Command::Arrive(mail) = &mut mail {
                mail.files = vec![Attached {
                    name: "picture.png".to_owned(),
                    media: None,
                    size: bytes.len() as u64,
                    hash,
                }];
            }
            desk.execute(&mail, &context(now)).unwrap();
        }
        desk.check(None).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let whole = folder.path().join("desk").display().to_string();
        stage.room.sql().execute("VACUUM INTO ?1", [whole]).unwrap();
        let files = |of: &Path| of.join("desk.files");
        copy_folder(&files(stage.room.folder.path()), &files(folder.path()));
        let desk = Connection::open(folder.path().join("desk")).unwrap();
        desk.pragma_update(None, "journal_mode", "wal").unwrap();
        let kept = Self {
            _stage: stage,
            folder,
        };
        kept.after("SELECT 1").unwrap();
        kept
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// What a check says after this was done to the desk going around the program.
    fn after(&self, sql: &str) -> Result<Sound, StoreError> {
        let path = self.folder.path().join("altered");
        for ending in ["", "-wal", "-shm"] {
            let _not_there = fs::remove_file(format!("{}{ending}", path.display()));
        }
        fs::copy(self.path(), &path).unwrap();
        let files = |name: &str| self.folder.path().join(name);
        copy_folder(&files("desk.files"), &files("altered.files"));
        let desk = Connection::open(&path).unwrap();
        desk.execute_batch(
            "PRAGMA foreign_keys = OFF; DROP TRIGGER timeline_is_never_deleted;
             DROP TRIGGER timeline_is_never_changed",
        )
        .unwrap();
        desk.execute_batch(sql)
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        desk.close().unwrap();
        Desk::open(&path, Access::Read)?.check(None)
    }

    fn rows(&self, sql: &str) -> Vec<String> {
        let desk = Connection::open(self.path()).unwrap();
        let mut statement = desk.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    fn tables(&self) -> Vec<String> {
        let mut tables =
            self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
        tables.retain(|table| !is_of_an_index(table));
        tables
    }

    /// The columns of a table that are kept, those of its primary key first, and how many those are.
    fn columns(&self, table: &str) -> (Vec<String>, usize) {
        let from = format!("FROM pragma_table_xinfo('{table}') WHERE hidden = 0");
        let mut columns = self.rows(&format!("SELECT name {from} AND pk > 0 ORDER BY pk"));
        let keys = columns.len();
        columns.extend(self.rows(&format!("SELECT name {from} AND pk = 0 ORDER BY cid")));
        (columns, keys)
    }

    /// The condition that holds for one row of a table, of those for which `which` does.
    fn one_row(&self, table: &str, which: &str) -> String {
        let (columns, keys) = self.columns(table);
        let key = columns[..keys].join(", ");
        format!("({key}) = (SELECT {key} FROM {table} WHERE {which} ORDER BY {key} DESC LIMIT 1)")
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).into_iter().flatten() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &to),
            false => {
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }
}

/// A fault is one line that names what is wrong, whatever it is.
fn is_named(found: &Result<Sound, StoreError>, done: &str) -> bool {
    let Err(error) = found else { return false };
    let said = error.to_string();
    assert_eq!(said.lines().count(), 1, "{done}: {said}");
    true
}

fn unseen(table: &str, column: &str) -> bool {
    let both = format!("{table}.{column}");
    UNSEEN
        .iter()
        .any(|(what, _)| *what == table || *what == both)
}

#[test]
fn every_column_of_every_table_that_is_altered_is_named() {
    let kept = Kept::new();
    let mut missed = Vec::new();
    for table in kept.tables() {
        let (columns, _) = kept.columns(&table);
        for column in &columns {
            let there = format!("{column} IS NOT NULL AND {column} <> '{{}}'");
            let some = kept.rows(&format!("SELECT '' FROM {table} WHERE {there} LIMIT 1"));
            let which = if some.is_empty() {
                "1".to_owned()
            } else {
                there
            };
            let row = kept.one_row(&table, &which);
            // Another value of the same kind.
            let sql = format!(
                "UPDATE {table} SET {column} = CASE
                   WHEN typeof({column}) = 'integer' THEN {column} + 1000
                   WHEN typeof({column}) = 'blob' THEN zeroblob(length({column}) + ({column} = x''))
                   WHEN {column} = '[]' THEN '[{{}}]'
                   WHEN substr({column}, 1, 1) = '[' THEN '[]'
                   WHEN substr({column}, 1, 1) = '{{' THEN '{{}}'
                   WHEN typeof({column}) = 'text' THEN {column} || ' '
                   WHEN (SELECT type FROM pragma_table_xinfo('{table}') WHERE name = '{column}') = 'INTEGER' THEN 1
                   WHEN (SELECT type FROM pragma_table_xinfo('{table}') WHERE name = '{column}') = 'BLOB' THEN x'00'
                   ELSE 'x' END
                 WHERE {row}"
            );
            if !is_named(&kept.after(&sql), &sql) && !unseen(&table, column) {
                missed.push(format!("{table}.{column}"));
            }
        }
    }
    assert!(missed.is_empty(), "altered unseen: {missed:?}");
}

#[test]
fn every_row_that_is_taken_out_or_put_in_is_named() {
    let kept = Kept::new();
    let mut missed = Vec::new();
    for table in kept.tables() {
        let row = kept.one_row(&table, "1");
        assert!(
            !kept
                .rows(&format!("SELECT '' FROM {table} LIMIT 1"))
                .is_empty(),
            "{table} has no row: put something in it first"
        );
        let gone = format!("DELETE FROM {table} WHERE {row}");
        if !is_named(&kept.after(&gone), &gone) && !unseen(&table, "") {
            missed.push(gone);
        }
        // The same again under another key; what must be unique is made so.
        let (columns, keys) = kept.columns(&table);
        let values: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| match (at, column.as_str()) {
                (_, "code" | "identity" | "message_id" | "external_id") => {
                    format!("{column} || '2'")
                }
                (at, "n") if at >= keys => format!("{column} + 1000"),
                (at, _) if at + 1 == keys => {
                    format!("CASE typeof({column}) WHEN 'integer' THEN {column} + 1 ELSE {column} || '2' END")
                }
                _ => column.clone(),
            })
            .collect();
        let put = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE {row}",
            columns.join(", "),
            values.join(", ")
        );
        if !is_named(&kept.after(&put), &put) && !unseen(&table, "") {
            missed.push(put);
        }
    }
    assert!(missed.is_empty(), "unseen: {missed:#?}");
}

/// Every column of the timeline in turn, in an entry with texts and in one without: the entry itself is named.
#[test]
fn the_first_entry_that_was_altered_is_named() {
    let kept = Kept::new();
    let (columns, _) = kept.columns("timeline");
    for words in ["IS NOT NULL", "IS NULL"] {
        let place = &kept.rows(&format!(
            "SELECT CAST(seq AS TEXT) FROM timeline WHERE words {words} AND incident > 0 ORDER BY seq LIMIT 1 OFFSET 4"
        ))[0];
        let named = |said: &str| said.contains(&format!("entry {place} of the timeline"));
        for column in &columns {
            let values: &[&str] = match column.as_str() {
                "seq" => &["900000"],
                "incident" | "customer" => &["10002", "NULL", "0", "77"],
                "at" | "recorded_at" => &["0", "-1", "1795467601"],
                "agent" | "kind" => &["'eve'", "''", "CAST(x'ff41' AS TEXT)"],
                // What is no JSON SQLite does not take, for its indexes.
                "facts" => &["'{}'", "json_set(facts, '$.more', 1)", "facts || ' '"],
                "words" => &[
                    "NULL",
                    "'{}'",
                    "'[1]'",
                    "'no JSON'",
                    "'{\"text\":\"x\"}'",
                    "CAST(x'ff' AS TEXT)",
                ],
                "salts" | "digests" => &[
                    "NULL",
                    "x'00'",
                    "zeroblob(16)",
                    "zeroblob(32)",
                    "zeroblob(64)",
                ],
                "hash" => &["x''", "zeroblob(32)", "zeroblob(31)"],
                other => panic!("{other}: say here what it is altered to"),
            };
            for value in values {
                let same = kept.rows(&format!(
                    "SELECT '' FROM timeline WHERE seq = {place}
                     AND (coalesce({column}, '') IS coalesce({value}, '') OR coalesce({column}, x'') IS coalesce({value}, x''))"
                ));
                if !same.is_empty() {
                    continue;
                }
                let sql = format!("UPDATE timeline SET {column} = {value} WHERE seq = {place}");
                let said = match kept.after(&sql) {
                    Ok(_) => panic!("{sql} is not seen"),
                    Err(error) => error.to_string(),
                };
                assert!(named(&said), "{sql}: {said}");
            }
        }
        for sql in [
            format!("DELETE FROM timeline WHERE seq = {place}"),
            format!("DELETE FROM timeline WHERE seq >= {place} AND seq < {place} + 3"),
            // One is put in between, and those behind it give way.
            format!(
                "UPDATE timeline SET seq = -seq - 1 WHERE seq >= {place}; UPDATE timeline SET seq = -seq WHERE seq < 0;
                 INSERT INTO timeline SELECT {place}, incident, customer, at, recorded_at, agent, kind, facts, words,
                 salts, digests, hash FROM timeline WHERE seq = {place} + 1"
            ),
        ] {
            let said = kept.after(&sql).unwrap_err().to_string();
            let next = format!("entry {} of the timeline", place.parse::<i64>().unwrap() + 1);
            assert!(named(&said) || said.contains(&next), "{sql}: {said}");
        }
    }
}

#[test]
fn an_index_that_has_other_words_is_named() {
    let kept = Kept::new();
    for (sql, named) in [
        (
            "DELETE FROM search WHERE rowid = 10003",
            "10003-8 is not in the search index",
        ),
        (
            "DELETE FROM search WHERE rowid = 10003; INSERT INTO search (rowid, words) VALUES (10003, '10003-8 export')",
            "10003-8 is not in the search index",
        ),
        (
            "INSERT INTO search (rowid, words) VALUES (20000, 'nobody')",
            "row 20000 of the index \"search\"",
        ),
        (
            "DELETE FROM caller WHERE rowid = 1",
            "customer C-0001 is not in the search index",
        ),
        (
            "DELETE FROM caller WHERE rowid = 2; INSERT INTO caller (rowid, name, reach) VALUES (2, 'Grey Heron', 'C-0002')",
            "customer C-0002 is not in the search index",
        ),
        (
            "INSERT INTO caller (rowid, name) VALUES (77, 'nobody')",
            "row 77 of the index \"caller\"",
        ),
    ] {
        let said = kept.after(sql).unwrap_err().to_string();
        assert!(said.contains(named), "{sql}: {said}");
    }
}

/// Whatever page of the file is overwritten: it is one line, and never a desk that passes for whole.
#[test]
fn a_damaged_page_is_never_taken_for_a_whole_one() {
    let kept = Kept::new();
    let whole = fs::read(kept.path()).unwrap();
    let path = kept.folder.path().join("damaged");
    copy_folder(
        &kept.folder.path().join("desk.files"),
        &kept.folder.path().join("damaged.files"),
    );
    for page in 0..whole.len() / 4_096 {
        let mut bytes = whole.clone();
        bytes[page * 4_096..(page + 1) * 4_096].fill(0xa5);
        for ending in ["-wal", "-shm"] {
            let _not_there = fs::remove_file(format!("{}{ending}", path.display()));
        }
        fs::write(&path, bytes).unwrap();
        let found = Desk::open(&path, Access::Read).and_then(|desk| desk.check(None));
        assert!(
            is_named(&found, &format!("page {page}")),
            "page {page} passes"
        );
    }
}

#[test]
fn a_renamed_customer_s_incidents_are_found_by_the_new_name() {
    let mut stage = Stage::new();
    let number = stage.severity();
    let scene = stage.scene("change customer");
    let desk = &mut stage.room.desk;
    desk.execute(&scene.command("change customer"), &context(scene.now))
        .unwrap();
    desk.check(None).unwrap();
    let words: i64 = stage
        .room
        .sql()
        .query_row(
            "SELECT count(*) FROM search WHERE search MATCH '\"blue fern\" AND \"' || ?1 || '\"' AND rowid = ?2",
            (scene.number.to_string(), number.sequence()),
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(
        words, 1,
        "by its own name, which has the number of that scene"
    );
}
