//! What is tampered with: a desk with something in every table, a copy of it for each deed.

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

/// Tables that SQLite keeps for the indexes of words: those are compared word by word, in another test.
fn is_of_an_index(table: &str) -> bool {
    table.starts_with("search") || table.starts_with("caller") || table.starts_with("sqlite_")
}

/// A desk with something in every table, closed.
pub(super) struct Kept {
    _stage: Stage,
    pub(super) folder: tempfile::TempDir,
}

impl Kept {
    pub(super) fn new() -> Self {
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

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// What a check says after this was done to the desk going around the program.
    pub(super) fn after(&self, sql: &str) -> Result<Sound, StoreError> {
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

    pub(super) fn rows(&self, sql: &str) -> Vec<String> {
        let desk = Connection::open(self.path()).unwrap();
        let mut statement = desk.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    pub(super) fn tables(&self) -> Vec<String> {
        let mut tables =
            self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
        tables.retain(|table| !is_of_an_index(table));
        tables
    }

    /// The columns of a table that are kept, those of its primary key first, and how many those are.
    pub(super) fn columns(&self, table: &str) -> (Vec<String>, usize) {
        let from = format!("FROM pragma_table_xinfo('{table}') WHERE hidden = 0");
        let mut columns = self.rows(&format!("SELECT name {from} AND pk > 0 ORDER BY pk"));
        let keys = columns.len();
        columns.extend(self.rows(&format!("SELECT name {from} AND pk = 0 ORDER BY cid")));
        (columns, keys)
    }

    /// The condition that holds for one row of a table, of those for which `which` does.
    pub(super) fn one_row(&self, table: &str, which: &str) -> String {
        let (columns, keys) = self.columns(table);
        let key = columns[..keys].join(", ");
        format!("({key}) = (SELECT {key} FROM {table} WHERE {which} ORDER BY {key} DESC LIMIT 1)")
    }
}

pub(super) fn copy_folder(from: &Path, to: &Path) {
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
