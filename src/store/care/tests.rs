use chrono::{DateTime, Utc};

use crate::incident::{Command, NewCustomer, NewPolicy};
use crate::policy::{example_settings, shipped};
use crate::store::{Context, Desk, NewDesk, StoreError};

#[test]
fn a_desk_that_may_not_grow_refuses_whole_changes_and_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let now: DateTime<Utc> = "2026-11-23T16:30:00Z".parse().unwrap();
    let context = Context {
        agent: "mia".to_owned(),
        now,
        ..Context::default()
    };
    let text = shipped("severity").unwrap().to_owned();
    let settings = example_settings(&text).unwrap();
    let new = NewDesk {
        name: "Full".to_owned(),
        policies: vec![NewPolicy { text, settings }],
    };
    let mut desk = Desk::create(&folder.path().join("desk"), &new, &context).unwrap();
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
