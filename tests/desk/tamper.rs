//! Somebody goes around the program: every column of every table is altered in turn, rows are taken out and put in, and a
//! check names it. What it cannot see is listed here, with the reason.

mod kept;

use std::fs;

use holdline::store::{Access, Desk, Sound, StoreError};

use crate::pairs::scene::Stage;
use crate::rooms::context;
use kept::{Kept, copy_folder};

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
