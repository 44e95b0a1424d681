//! A desk in a folder of its own, which goes away with it.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use holdline::incident::{Command, CustomerId, Log, NewCustomer, NewPolicy, Step, TechRef};
use holdline::policy;
use holdline::store::{Access, Context, Desk, Done, NewDesk, StoreError};

pub(crate) struct Room {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) desk: Desk,
}

/// A Monday in the middle of the day in every office there is.
pub(crate) fn monday() -> DateTime<Utc> {
    "2026-11-23T16:30:00Z".parse().unwrap()
}

pub(crate) fn context(now: DateTime<Utc>) -> Context {
    Context {
        agent: "mia".to_owned(),
        now,
        ..Context::default()
    }
}

impl Room {
    /// A desk under shipped policies, the first one for everybody, with one customer.
    pub(crate) fn under(policies: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = |name: &&str| {
            let text = policy::shipped(name).unwrap().to_owned();
            NewPolicy {
                settings: policy::example_settings(&text).unwrap(),
                text,
            }
        };
        let new = NewDesk {
            name: "Test".to_owned(),
            policies: policies.iter().map(new).collect(),
        };
        // Commands of other processes are to find it on that Monday, too.
        let by_hand = Context {
            by_hand: true,
            ..context(monday())
        };
        let mut desk = Desk::create(&folder.path().join("desk"), &new, &by_hand).unwrap();
        let customer = NewCustomer {
            name: "Blue Fern".to_owned(),
            ..NewCustomer::default()
        };
        desk.execute(&Command::AddCustomer(customer), &context(monday()))
            .unwrap();
        Self { folder, desk }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    pub(crate) fn log(&mut self, change: impl FnOnce(&mut Log)) -> TechRef {
        let mut log = Log::new(CustomerId(1), "The export stops at row 500");
        change(&mut log);
        match self
            .desk
            .execute(&Command::Log(Box::new(log)), &context(monday()))
            .unwrap()
        {
            Done::Logged(number) => number,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn step(&mut self, number: TechRef, step: Step) -> Result<Done, StoreError> {
        self.desk
            .execute(&Command::Step(number, step), &context(monday()))
    }

    pub(crate) fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }

    pub(crate) fn reopened(&self) -> Desk {
        Desk::open(&self.path(), Access::Write).unwrap()
    }
}
