//! A random walk: ten thousand commands over a desk with all five policies and one made of parts of all, after each of
//! which what must hold of the incident holds, and after all of them what must hold of the desk.

pub(crate) mod acts;
mod holds;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use holdline::incident::{
    Command, Contact, CustomerId, Incident, MailId, NewCustomer, NewPolicy, Pin, TechRef,
};
use holdline::policy::{self, Policy};
use holdline::store::{Access, Context, Desk, Done, HowTaken, NewDesk, Ruling, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

/// The walk that is always taken.
const SEED: u64 = 2;

/// What no walk sees refused.
const NEVER_REFUSED: [&str; 4] = ["loose call", "mail", "take over", "tick"];
/// A PIN is slow by design: once is often enough.
const SLOW: [&str; 2] = ["set PIN", "check PIN"];
/// What comes only with another command, which is counted for it.
const WITH_ANOTHER: [&str; 2] = ["step", "mail step"];

/// What is still missing of a kind of command.
#[derive(Debug, Clone, Copy)]
enum Came {
    TooSeldom,
    NeverRefused,
}

/// The five policies and the sixth, each with the office of its customers.
const POLICIES: [(&str, Option<&str>); 10] = [
    ("per-incident", None),
    ("severity", None),
    ("season-ticket", None),
    ("escalation", Some("florida")),
    ("escalation", Some("uk")),
    ("escalation", Some("france")),
    ("tech-reference", None),
    ("twilight", Some("harbour")),
    ("twilight", Some("coast")),
    ("twilight", Some("tower")),
];

/// A desk that is walked over, by agents at two consoles.
struct Walk {
    _folder: TempDir,
    desk: Desk,
    /// The same desk, opened by somebody else.
    second: Desk,
    /// The same file, seen from outside.
    sql: Connection,
    rng: Rng,
    /// How often each kind of step is to be taken.
    weights: Vec<u16>,
    now: DateTime<Utc>,
    /// Each incident as it was last seen.
    seen: BTreeMap<TechRef, Incident>,
    customers: Vec<CustomerId>,
    /// Each mail that came in, by what identifies it, and what became of it; nothing once it was dismissed.
    mails: BTreeMap<MailId, (String, Option<HowTaken>)>,
    /// The incident that was changed last.
    last: Option<TechRef>,
    /// How often each kind of command was carried out, and how often refused.
    counts: BTreeMap<&'static str, (usize, usize)>,
    /// Commands that were sent with a key, and their answers.
    once: Vec<(Command, Context, Done)>,
    /// What was done last, told where something does not hold.
    trail: Vec<String>,
}

/// The policy of this name as a shop adds it.
fn policy_text(name: &str) -> NewPolicy {
    let sixth = include_str!("../../cli/twilight/twilight.toml");
    let ours = (name == "twilight").then_some(sixth);
    let text = ours.or(policy::shipped(name)).unwrap().to_owned();
    NewPolicy {
        settings: policy::example_settings(&text).unwrap(),
        text,
    }
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
        let new = NewDesk {
            name: "Walk".to_owned(),
            policies: names.into_iter().map(policy_text).collect(),
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
            let n = customers.len() + 1;
            let customer = NewCustomer {
                name: format!("Customer {n}"),
                policy: Some((*policy).to_owned()),
                office: office.map(str::to_owned),
                account_manager: Some(format!("manager{}@accounts.test", n % 3)),
                contacts: vec![Contact {
                    name: "Person 1".to_owned(),
                    mails: vec![format!("p1@customer-{n}.test")],
                    ..Contact::default()
                }],
                ..NewCustomer::default()
            };
            let done = desk.execute(&Command::AddCustomer(customer), &context);
            let Done::Customer(id, _) = done.unwrap() else {
                panic!("no customer");
            };
            customers.push(id);
        }
        let pin = Pin::new("271828").unwrap();
        desk.execute(&Command::SetPin(customers[3], Some(pin)), &context)
            .unwrap();
        Self {
            sql: Connection::open(&path).unwrap(),
            second: Desk::open(&path, Access::Write).unwrap(),
            _folder: folder,
            desk,
            rng: Rng::with_seed(seed),
            weights: acts::weights(seed),
            now,
            seen: BTreeMap::new(),
            customers,
            mails: BTreeMap::new(),
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

    /// The policy that an incident is under.
    fn policy_of(&self, number: TechRef) -> Arc<Policy> {
        let incident = &self.seen[&number];
        let (policy, version) = (&incident.policy, incident.policy_version);
        let ruling = self.desk.ruling_of(policy, version).unwrap();
        Arc::clone(&ruling.policy)
    }

    /// The policy that a new incident of the customer's would be under.
    fn ruling_of_customer(&self, customer: CustomerId) -> Arc<Ruling> {
        let policy = self.desk.customer(customer).unwrap().policy;
        self.desk.ruling(policy.as_deref()).unwrap()
    }

    /// One command, whatever becomes of it.
    fn step(&mut self) {
        let undone = self.last.filter(|_| self.rng.u8(..100) < 6);
        match undone {
            None => self.wait(),
            Some(_) => self.now += TimeDelta::seconds(20),
        }
        if self.rng.u8(..100) < 2 && !self.once.is_empty() {
            return self.again();
        }
        let mut context = self.context();
        let Some(command) = undone.map(Command::Undo).or_else(|| self.act()) else {
            return;
        };
        let about = acts::about(&command);
        match &command {
            // Mostly by whoever took the step, and when it is taken back.
            Command::Undo(number) if self.rng.u8(..100) < 85 => {
                let newest = self.desk.timeline(*number).unwrap().pop();
                let who = newest.map_or(String::new(), |entry| entry.agent);
                let (user, agent) = match who.split_once(" as ") {
                    Some((user, agent)) => (Some(user.to_owned()), agent.to_owned()),
                    None => (None, who),
                };
                (context.user, context.agent, context.at) = (user, agent, None);
            }
            Command::Arrive(_) => context.at = None,
            _ => {}
        }
        if let Some(number) = about {
            let revision = self.seen[&number].revision;
            context.if_revision = match self.rng.u8(..100) {
                0..5 => Some(revision),
                5..7 => Some(revision.saturating_sub(1)),
                _ => None,
            };
        }
        let told = format!("{context:?} {command:?}");
        self.trail.push(told.chars().take(900).collect());
        if self.trail.len() > 12 {
            self.trail.remove(0);
        }
        let (entries, version) = (self.entries(), self.version());
        let desk = match self.rng.bool() {
            true => &mut self.desk,
            false => &mut self.second,
        };
        let result = desk.execute(&command, &context);
        let count = self.counts.entry(acts::name(&command)).or_default();
        match result {
            Ok(done) => {
                count.0 += 1;
                self.last = about.or(self.last);
                self.done(&command, &done);
                self.look(entries);
                if context.once.is_some() {
                    self.once.push((command, context, done));
                }
            }
            Err(error) => {
                count.1 += 1;
                assert_eq!(
                    self.version(),
                    version,
                    "refused, and yet changed: {error}\n{self}"
                );
                self.said(&error);
            }
        }
    }

    /// Notes what a command has made.
    fn done(&mut self, command: &Command, done: &Done) {
        match (command, done) {
            (_, Done::Logged(number) | Done::Mail(_, HowTaken::Opened(number))) => {
                let next = 10_001 + self.seen.len() as u32;
                assert_eq!(number.sequence(), next, "{self}");
            }
            (_, Done::Customer(id, _)) => self.customers.push(*id),
            _ => {}
        }
        match (command, done) {
            (Command::Arrive(arrival), Done::Mail(id, how)) => match how {
                HowTaken::Known => assert_eq!(self.mails[id].0, arrival.identity, "{self}"),
                _ => {
                    let mail = (arrival.identity.clone(), Some(*how));
                    assert!(self.mails.insert(*id, mail).is_none(), "{self}");
                }
            },
            (Command::RegisterMail(register), Done::Mail(_, how)) => {
                self.mails.get_mut(&register.mail).unwrap().1 = Some(*how);
            }
            (Command::DismissMail(id, _), _) => self.mails.get_mut(id).unwrap().1 = None,
            _ => {}
        }
    }

    /// Looks at the incidents that were changed after this entry; a closure may change very many, then at some of them
    /// less closely.
    fn look(&mut self, entries: i64) {
        let mut statement = self
            .sql
            .prepare_cached(
                "SELECT incident FROM timeline WHERE seq > ?1 AND incident IS NOT NULL
                 UNION SELECT incident FROM moved WHERE seq > ?1",
            )
            .unwrap();
        let changed = statement.query_map([entries], |row| row.get(0)).unwrap();
        let changed: Vec<TechRef> = changed.map(|n| TechRef::new(n.unwrap())).collect();
        drop(statement);
        for (n, number) in changed.into_iter().enumerate() {
            let after = self.stored(number);
            if n < 12 {
                holds::of_incident(self, &after);
            }
            if let Some(before) = self.seen.get(&number) {
                holds::frozen(self, before, &after);
            }
            self.seen.insert(number, after);
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
        if let StoreError::Policy(_) = error {
            // It names each wrong place of the file on a line of its own.
            return;
        }
        let refused = matches!(
            error,
            StoreError::Refused(_)
                | StoreError::Changed { .. }
                | StoreError::CustomerChanged { .. }
        );
        assert!(refused, "{error:?}\n{self}");
        // What is invisible in a text that it quotes is shown as `\u{202e}`, a template's field as it is written.
        let said = error.to_string().replace("\\u{", "");
        let said = said
            .replace("{nothing}", "nothing")
            .replace("{contact}", "contact")
            .replace("{detail}", "detail");
        assert_eq!(said.lines().count(), 1, "{said}\n{self}");
        for inner in ["Some(", "None", "Err(", "{", "  "] {
            assert!(!said.contains(inner), "{said}\n{self}");
        }
    }

    /// The kinds of command that were not carried out five times yet, or never refused.
    fn rare(&self) -> Vec<(&'static str, Came)> {
        let kinds = acts::COMMANDS.iter().chain(acts::STEPS).copied();
        kinds
            .filter(|kind| !WITH_ANOTHER.contains(kind))
            .filter_map(|kind| {
                let (done, refused) = self.counts.get(kind).copied().unwrap_or_default();
                let slow = SLOW.contains(&kind);
                let never_refused = refused == 0 && !slow && !NEVER_REFUSED.contains(&kind);
                match done < if slow { 1 } else { 5 } {
                    true => Some((kind, Came::TooSeldom)),
                    false => never_refused.then_some((kind, Came::NeverRefused)),
                }
            })
            .collect()
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

impl std::fmt::Display for Walk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the last commands were\n{}", self.trail.join("\n"))
    }
}

#[test]
fn after_ten_thousand_commands_everything_holds() {
    // Another walk goes elsewhere: `WALK=7 cargo test --test desk walk`.
    let seed = std::env::var("WALK").map_or(SEED, |seed| seed.parse().unwrap());
    let mut walk = Walk::new(seed);
    for done in 1..=10_000 {
        walk.step();
        if done % 2_500 == 0 {
            holds::of_desk(&walk);
        }
    }
    holds::at_the_end(&mut walk);
    // A walk that stays on the doorstep proves nothing, wherever it goes.
    let rare = walk.rare();
    assert!(rare.is_empty(), "{rare:?} of {:?}", walk.counts);
}
