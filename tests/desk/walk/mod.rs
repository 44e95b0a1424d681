//! A random walk: ten thousand commands over a desk with all five policies and one made of parts of all, after each of
//! which what must hold of the incident holds, and after all of them what must hold of the desk.

mod acts;
mod holds;

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use holdline::incident::{Command, CustomerId, Incident, NewCustomer, NewPolicy, Pin, TechRef};
use holdline::policy;
use holdline::store::{Context, Desk, Done, NewDesk, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

/// The five policies and the sixth, each with the office of its customers.
const POLICIES: [(&str, Option<&str>); 8] = [
    ("per-incident", None),
    ("severity", None),
    ("season-ticket", None),
    ("escalation", Some("florida")),
    ("escalation", Some("uk")),
    ("escalation", Some("france")),
    ("tech-reference", None),
    ("everything", None),
];

/// A desk that is walked over.
struct Walk {
    _folder: TempDir,
    desk: Desk,
    /// The same file, seen from outside.
    sql: Connection,
    rng: Rng,
    now: DateTime<Utc>,
    /// How many incidents there are.
    incidents: u32,
    customers: Vec<(CustomerId, &'static str)>,
    /// The incident that was changed last.
    last: Option<TechRef>,
    /// How often each kind of command was carried out, and how often refused.
    counts: BTreeMap<&'static str, (usize, usize)>,
    /// Commands that were sent with a key, and their answers.
    once: Vec<(Command, Context, Done)>,
    /// What was done last, told where something does not hold.
    trail: Vec<String>,
}

impl Walk {
    fn new(seed: u64) -> Self {
        // A walk commits ten thousand times: where there is a disk in memory, it is there.
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() {
            true => tempfile::tempdir_in(memory).unwrap(),
            false => tempfile::tempdir().unwrap(),
        };
        let mut names: Vec<&str> = POLICIES.iter().map(|(name, _)| *name).collect();
        names.dedup();
        let policies = names.iter().map(|name| {
            let ours = (*name == "everything").then_some(include_str!("everything.toml"));
            let text = ours.or(policy::shipped(name)).unwrap().to_owned();
            NewPolicy {
                settings: policy::example_settings(&text).unwrap(),
                text,
            }
        });
        let new = NewDesk {
            name: "Walk".to_owned(),
            policies: policies.collect(),
        };
        let now = "2026-11-23T16:30:00Z".parse().unwrap();
        let context = Context {
            agent: "mia".to_owned(),
            now,
            ..Context::default()
        };
        let path = folder.path().join("desk");
        let mut desk = Desk::create(&path, &new, &context).unwrap();
        let mut customers = Vec::new();
        for (policy, office) in POLICIES.iter().chain(&POLICIES) {
            let customer = NewCustomer {
                name: format!("Customer {}", customers.len() + 1),
                policy: Some((*policy).to_owned()),
                office: office.map(str::to_owned),
                ..NewCustomer::default()
            };
            let done = desk.execute(&Command::AddCustomer(customer), &context);
            let Done::Customer(id, _) = done.unwrap() else {
                panic!("no customer");
            };
            customers.push((id, *policy));
        }
        let (escalating, _) = customers[3];
        let pin = Pin::new("271828").unwrap();
        desk.execute(&Command::SetPin(escalating, Some(pin)), &context)
            .unwrap();
        Self {
            sql: Connection::open(&path).unwrap(),
            _folder: folder,
            desk,
            rng: Rng::with_seed(seed),
            now,
            incidents: 0,
            customers,
            last: None,
            counts: BTreeMap::new(),
            once: Vec::new(),
            trail: Vec::new(),
        }
    }

    /// Lets some time pass: mostly minutes, now and then a weekend.
    fn wait(&mut self) {
        let most = match self.rng.u8(..100) {
            0..70 => 600,
            70..95 => 4 * 3_600,
            _ => 3 * 86_400,
        };
        self.now += TimeDelta::seconds(self.rng.i64(0..=most));
    }

    fn context(&mut self) -> Context {
        let at = match self.rng.u8(..100) {
            0..12 => Some(self.now - TimeDelta::seconds(self.rng.i64(0..36 * 3_600))),
            12 => Some(self.now + TimeDelta::seconds(self.rng.i64(1..600))),
            _ => None,
        };
        Context {
            agent: self.any(&["mia", "bo", "zoe"]).to_owned(),
            user: self.rng.bool().then(|| "root".to_owned()),
            at,
            now: self.now,
            once: (self.rng.u8(..100) < 4).then(|| format!("key {}", self.rng.u64(..))),
            ..Context::default()
        }
    }

    fn any<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.usize(..of.len())]
    }

    /// An incident: mostly one of the newest, now and then one that was escalated or awaits a patch.
    fn incident(&mut self) -> Option<TechRef> {
        let newest = 10_000 + self.incidents;
        if self.incidents == 0 {
            return None;
        }
        if self.rng.u8(..100) < 12 {
            let mut special = self
                .sql
                .prepare_cached(
                    "SELECT number FROM incident WHERE queue_key IS NOT NULL AND (level > 0 OR clock = 'patch')",
                )
                .unwrap();
            let numbers: Vec<u32> = special
                .query_map([], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            if !numbers.is_empty() {
                return Some(TechRef::new(numbers[self.rng.usize(..numbers.len())]));
            }
        }
        let back = if self.rng.u8(..100) < 85 {
            40
        } else {
            self.incidents
        };
        Some(TechRef::new(
            newest - self.rng.u32(..back.min(self.incidents)),
        ))
    }

    /// One command, whatever becomes of it.
    fn step(&mut self) {
        self.wait();
        if self.rng.u8(..100) < 2 && !self.once.is_empty() {
            return self.again();
        }
        let mut context = self.context();
        let Some((name, command)) = self.act() else {
            return;
        };
        let about = about(&command);
        let before = about.map(|number| self.stored(number));
        let with = before
            .as_ref()
            .and_then(|before| other(&command, before))
            .map(|number| self.stored(number));
        if let (Command::Undo(number), 0..85) = (&command, self.rng.u8(..100)) {
            // Mostly by whoever took the step, and when it is taken back.
            let newest = self.desk.timeline(*number).unwrap().pop();
            let who = newest.map_or(String::new(), |entry| entry.agent);
            let (user, agent) = match who.split_once(" as ") {
                Some((user, agent)) => (Some(user.to_owned()), agent.to_owned()),
                None => (None, who),
            };
            (context.user, context.agent, context.at) = (user, agent, None);
        }
        if let Some(before) = &before {
            context.if_revision = match self.rng.u8(..100) {
                0..5 => Some(before.revision),
                5..7 => Some(before.revision.saturating_sub(1)),
                _ => None,
            };
        }
        self.trail.push(format!("{context:?} {command:?}"));
        if self.trail.len() > 12 {
            self.trail.remove(0);
        }
        let seen: i64 = self.version();
        let result = self.desk.execute(&command, &context);
        let count = self.counts.entry(name).or_default();
        match &result {
            Ok(done) => {
                count.0 += 1;
                self.last = about.or(self.last);
                if let Done::Logged(number) = done {
                    self.incidents += 1;
                    assert_eq!(number.sequence(), 10_000 + self.incidents, "{self}");
                    holds::of_incident(self, *number, None);
                }
                if context.once.is_some() {
                    self.once.push((command, context, done.clone()));
                }
            }
            Err(error) => {
                count.1 += 1;
                assert_eq!(
                    self.version(),
                    seen,
                    "refused, and yet changed: {error}\n{self}"
                );
                self.said(error);
            }
        }
        for before in before.iter().chain(&with) {
            holds::of_incident(self, before.tech_ref, Some(before));
        }
    }

    /// Sends a command again that was sent with a key: it gets the first answer and does nothing.
    fn again(&mut self) {
        let (command, context, first) = self.once[self.rng.usize(..self.once.len())].clone();
        let entries = self.entries();
        let now = self.now;
        let done = self.desk.execute(&command, &Context { now, ..context });
        assert_eq!(done.unwrap(), first, "{self}");
        assert_eq!(self.entries(), entries, "{self}");
    }

    /// A refusal is one line in words, and nothing but a refusal.
    fn said(&self, error: &StoreError) {
        let refused = matches!(error, StoreError::Refused(_) | StoreError::Changed { .. });
        assert!(refused, "{error:?}\n{self}");
        // What is invisible in a text that it quotes is shown as `\u{202e}`.
        let said = error.to_string().replace("\\u{", "");
        assert_eq!(said.lines().count(), 1, "{said}\n{self}");
        for inner in ["Some(", "None", "Err(", "{", "  "] {
            assert!(!said.contains(inner), "{said}\n{self}");
        }
    }

    fn stored(&self, number: TechRef) -> Incident {
        let body: String = self
            .sql
            .prepare_cached("SELECT body FROM incident WHERE number = ?1")
            .unwrap()
            .query_row([number.sequence()], |row| row.get(0))
            .unwrap();
        serde_json::from_str(&body).unwrap()
    }

    fn entries(&self) -> i64 {
        self.sql
            .query_row("SELECT max(seq) FROM timeline", [], |row| row.get(0))
            .unwrap()
    }

    fn version(&self) -> i64 {
        self.sql
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .unwrap()
    }
}

/// The incident that a command is about.
fn about(command: &Command) -> Option<TechRef> {
    match command {
        Command::Step(number, _)
        | Command::Edit(number, _)
        | Command::Split(number, _)
        | Command::Merge(number, _)
        | Command::Unmerge(number)
        | Command::Undo(number) => Some(*number),
        _ => None,
    }
}

/// The other incident that a command changes.
fn other(command: &Command, about: &Incident) -> Option<TechRef> {
    match command {
        Command::Merge(from, into) => (from != into).then_some(*into),
        Command::Unmerge(_) => about.forks.merged.as_ref().map(|merged| merged.into),
        _ => None,
    }
}

impl std::fmt::Display for Walk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the last commands were\n{}", self.trail.join("\n"))
    }
}

#[test]
fn after_ten_thousand_commands_everything_holds() {
    let mut walk = Walk::new(20_261_123);
    for done in 1..=10_000 {
        walk.step();
        if done % 2_500 == 0 {
            walk.desk
                .check(None)
                .unwrap_or_else(|fault| panic!("{fault}\n{walk}"));
        }
    }
    holds::of_desk(&mut walk);
    // A walk that stays on the doorstep proves nothing: each kind of command was carried out, and refused.
    let never_refused = ["loose call", "policy"];
    let rare: Vec<_> = walk
        .counts
        .iter()
        .filter(|(name, (done, refused))| {
            *done < 10 || *refused < 1 && !never_refused.contains(name)
        })
        .collect();
    assert!(rare.is_empty(), "{rare:?} of {:?}", walk.counts);
}
