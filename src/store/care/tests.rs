use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};

use crate::incident::{Command, NewCustomer, NewPolicy};
use crate::policy::{example_settings, shipped};
use crate::store::{Context, Desk, NewDesk, StoreError, Watch};

fn monday() -> DateTime<Utc> {
    "2026-11-23T16:30:00Z".parse().unwrap()
}

fn context() -> Context {
    Context {
        agent: "mia".to_owned(),
        now: monday(),
        ..Context::default()
    }
}

fn new_desk(path: &Path) -> Desk {
    let text = shipped("severity").unwrap().to_owned();
    let settings = example_settings(&text).unwrap();
    let new = NewDesk {
        name: "Full".to_owned(),
        policies: vec![NewPolicy { text, settings }],
    };
    Desk::create(path, &new, &context()).unwrap()
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing_whatever_was_being_done() {
    let folder = tempfile::tempdir().unwrap();
    let desk = new_desk(&folder.path().join("desk"));
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("kept");
    let mut met = Vec::new();
    loop {
        let (stop, begun) = (Arc::new(AtomicBool::new(false)), met.len());
        let mut tell = |what, _, _| {
            if !met.contains(&what) {
                met.push(what);
                stop.store(true, Ordering::Relaxed);
            }
        };
        let mut watch = Watch::new(&mut tell, &stop);
        let made = desk.backup_watched(&target, false, monday(), &mut watch);
        if met.len() == begun {
            made.unwrap();
            break;
        }
        assert!(matches!(made, Err(StoreError::Stopped)), "{met:?}");
        let left = std::fs::read_dir(elsewhere.path()).unwrap().count();
        assert_eq!((left, desk.backed_up().unwrap()), (0, None), "{met:?}");
    }
    assert_eq!(met.first(), Some(&"pages copied"));
    assert!(met.len() > 2, "{met:?}");
    assert!(target.exists());
}

#[test]
fn a_desk_that_may_not_grow_refuses_whole_changes_and_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let context = context();
    let mut desk = new_desk(&folder.path().join("desk"));
    let limit = |desk: &Desk, pages: u32| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        desk.connection.query_row(&sql, [], |_| Ok(())).unwrap();
    };
    let pages: u32 = desk
        .connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    limit(&desk, pages + 4);
    let mut added = 0;
    let refused = loop {
        let name = format!("{added} {}", "long ".repeat(200));
        let customer = NewCustomer {
            name,
            ..NewCustomer::default()
        };
        match desk.execute(&Command::AddCustomer(customer), &context) {
            Ok(_) => added += 1,
            Err(refused) => break refused,
        }
    };
    assert!(matches!(refused, StoreError::Full), "{refused}");
    assert_eq!(desk.find_customers("", 1_000).unwrap().len(), added);
    desk.check(None).unwrap();
    limit(&desk, 1_000_000);
    desk.execute(&Command::AddAgent("zoe".to_owned()), &context)
        .unwrap();
    desk.check(None).unwrap();
}
