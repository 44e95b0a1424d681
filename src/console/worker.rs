//! The worker: a thread with the desk's connection. Nothing that waits for the disk or for another agent blocks a key.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

mod alarms;
mod alive;
mod bulk;
mod care;
mod foresee;
mod opening;
mod post;
mod queue;
mod views;

pub(crate) use opening::known;
pub(super) use queue::queue;

use super::clock::Clock;
use super::counter;
use super::msg::Msg;
use super::paper;
use super::request::{Answer, Owner, QueueWanted, Request, Tag};
use super::searcher::Searcher;
use super::shift;
use super::start::Start;
use crate::hooks::Teller;
use crate::incident::{Command, Property, Query, TechRef, Term};
use crate::report;
use crate::store::{Context, Desk, Done, FoundCustomer, Page, StoreError};

/// How often the worker looks whether another program changed the desk.
const WATCH: Duration = Duration::from_millis(250);
/// How often it writes down silences that ran out.
const TICK: Duration = Duration::from_secs(60);
/// How many callers are offered.
const CALLERS: usize = 50;
/// How many customers are offered whose an incident might be.
const OWNERS: usize = 9;
/// How many known faults are offered.
const FAULTS: usize = 50;

/// Starts the worker; it ends when the sender is dropped.
///
/// # Errors
/// When the system grants no thread.
pub fn spawn(
    start: Start,
    to: Sender<Msg>,
    hooks: Option<Teller>,
) -> std::io::Result<Sender<Request>> {
    let (ask, asked) = channel();
    let worker = Worker {
        hooks,
        ..Worker::new(start, to)
    };
    thread::Builder::new()
        .name("desk".into())
        .spawn(move || worker.run(&asked))?;
    Ok(ask)
}

/// The desk's side of the console: answers one question after the other.
pub(crate) struct Worker {
    start: Start,
    to: Sender<Msg>,
    desk: Option<Desk>,
    /// Has the agent's hooks told what is recorded.
    hooks: Option<Teller>,
    /// The desk knows who sits here: until then nothing is done in their name.
    is_known: bool,
    /// The version of the desk that the console has seen.
    seen: i64,
    ticked: Option<Instant>,
    /// What was last said of the newest backup.
    backup_told: Option<Option<String>>,
    /// What is alive beside the desk.
    alive: alive::Alive,
    /// What the agent is called for.
    alarms: alarms::Alarms,
    /// The window of the queue that was read last.
    window: Option<queue::Window>,
    /// The mail that waits.
    waits: post::Waits,
    /// Counts figures, once some were asked for.
    counter: Option<Sender<report::Wanted>>,
    /// Looks for words among all incidents, once some were looked for.
    searcher: Option<Searcher>,
}

impl Worker {
    pub(crate) fn new(start: Start, to: Sender<Msg>) -> Self {
        Self {
            start,
            to,
            desk: None,
            hooks: None,
            is_known: false,
            seen: 0,
            ticked: None,
            backup_told: None,
            alive: alive::Alive::default(),
            alarms: alarms::Alarms::default(),
            window: None,
            waits: post::Waits::default(),
            counter: None,
            searcher: None,
        }
    }

    /// Sets the clock by hand.
    #[cfg(test)]
    pub(crate) fn set(&mut self, clock: Clock) {
        self.start.clock = clock;
    }

    fn run(mut self, asked: &Receiver<Request>) {
        let mut watched = Instant::now();
        loop {
            // However much is asked: what others do is looked for in time.
            match asked.recv_timeout(WATCH.saturating_sub(watched.elapsed())) {
                Ok(first) => {
                    let waiting =
                        newest_of_each(std::iter::once(first).chain(asked.try_iter()).collect());
                    for request in waiting {
                        let Some(request) = self.passed_on(request) else {
                            continue;
                        };
                        let answer = self.answer(request);
                        if matches!(answer, Answer::Done { .. } | Answer::Bulk { .. }) {
                            self.alarms.changed();
                        }
                        if matches!(answer, Answer::Opened { .. }) {
                            self.back_up();
                        }
                        if self.to.send(answer.into()).is_err() {
                            return;
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.leave(),
            }
            if watched.elapsed() >= WATCH {
                watched = Instant::now();
                self.watch();
                self.watch_alive();
                self.watch_alarms();
            }
        }
    }

    /// What this thread has to answer itself: figures are counted, and words looked for among all incidents, by others.
    fn passed_on(&mut self, request: Request) -> Option<Request> {
        let wanted = match request {
            Request::Queue(wanted) => return self.searched(wanted).map(Request::Queue),
            Request::Figures(wanted) => wanted,
            request => return Some(request),
        };
        if self.counter.is_none() {
            self.counter = counter::spawn(&self.start, self.to.clone()).ok();
        }
        match &self.counter {
            Some(counter) if counter.send(wanted).is_ok() => None,
            _ => Some(Request::Figures(wanted)),
        }
    }

    /// What is not looked for among all incidents. What was looked for before is wanted no more.
    fn searched(&mut self, wanted: QueueWanted) -> Option<QueueWanted> {
        if let Some(searcher) = &mut self.searcher {
            searcher.stop();
        }
        if !wanted.query.looks_at_all() {
            return Some(wanted);
        }
        if self.searcher.is_none() {
            self.searcher = Searcher::spawn(&self.start, self.to.clone()).ok();
        }
        let searcher = self.searcher.as_mut();
        let asked = searcher.is_some_and(|searcher| searcher.ask(wanted.clone()));
        (!asked).then_some(wanted)
    }

    fn clock(&self) -> Clock {
        self.start.clock
    }

    fn context(&self, if_revision: Option<u32>, at: Option<DateTime<Utc>>) -> Context {
        Context {
            agent: self.start.agent.clone(),
            user: Some(self.start.user.clone()),
            at,
            now: self.clock().now(),
            read: Some(Instant::now()),
            once: None,
            if_revision,
            quiet: false,
            by_hand: self.clock().is_by_hand(),
        }
    }

    /// Answers one question.
    pub(crate) fn answer(&mut self, request: Request) -> Answer {
        let result = match request {
            Request::Open => return self.open(),
            Request::Create(choice) => return self.create(&choice),
            Request::Sit { agent, is_new } => return self.sit(agent, is_new),
            Request::Execute {
                commands,
                tag,
                if_revision,
                at,
            } => {
                let context = self.context(if_revision, at);
                return done(tag, self.execute(&commands, &context));
            }
            Request::Send {
                which,
                from,
                carrier,
            } => return Answer::told(self.send(which, from.as_deref(), &carrier)),
            Request::WriteMessage { id, path, from } => {
                return Answer::told(self.write_message(id, &path, from.as_deref()));
            }
            Request::WriteFiles { files, folder } => {
                return Answer::told(self.write_files(&files, &folder));
            }
            Request::Register { customer, register } => return self.register(&customer, *register),
            Request::Discard {
                id,
                commands,
                at,
                tag,
            } => {
                let context = self.context(None, at);
                let ended = self.execute(&commands, &context);
                return done(tag, ended.and_then(|done| self.end_live(id).map(|()| done)));
            }
            alive @ (Request::Live
            | Request::Keep { .. }
            | Request::Claim { .. }
            | Request::Answer { .. }
            | Request::Hand { .. }
            | Request::LookAt(_)) => {
                return self.answer_alive(alive);
            }
            Request::Write { path, text } => {
                return Answer::told(paper::write(&path, text.as_bytes()));
            }
            Request::KeepView { name, query } => return self.keep_view(&name, &query),
            Request::ChangeView { name, to } => return self.change_view(name, to),
            Request::Bulk { what, items, keep } => return self.bulk(what, &items, keep),
            // Read in one piece: each of their questions by itself would cost a lock.
            Request::Queue(wanted) => self.window(wanted),
            Request::Dossier(number) => self.with(|desk, now| {
                let dossier = desk.still(|desk| desk.dossier(number, now))?;
                Ok(Answer::Dossier(Box::new(dossier)))
            }),
            Request::Ahead(numbers) => self.with(|desk, now| {
                desk.still(|desk| {
                    let read = numbers.iter().map(|number| desk.dossier(*number, now));
                    Ok(Answer::Ahead(read.filter_map(Result::ok).collect()))
                })
            }),
            Request::Kin(of) => self.with(|desk, now| {
                let others = desk.kin(of, now)?;
                Ok(Answer::Kin { of, others })
            }),
            Request::Handover => self.with(|desk, now| {
                let handover = report::handover(desk, now, now + shift::LENGTH)?;
                Ok(Answer::Handover(Box::new(handover)))
            }),
            Request::Faults => self.with(|desk, now| {
                let known = Query {
                    terms: vec![(false, Term::Is(Property::KnownFault))],
                };
                Ok(Answer::Faults(desk.list(
                    &known,
                    Page::First,
                    FAULTS,
                    now,
                )?))
            }),
            Request::Outbox { states, most } => self.outbox(states, most),
            Request::Quarantine(most) => self.quarantine(most),
            Request::Hours => self.with(|desk, _| Ok(Answer::Changed(known(desk)?))),
            Request::Rehearse(commands) => {
                return match self.rehearse(&commands) {
                    Ok(words) => Answer::Foreseen(words),
                    Err(error) => Answer::told(Err(error.to_string())),
                };
            }
            Request::Callers { typed, numbers } => self.with(|desk, _| {
                let named = desk.named(&numbers)?;
                let found = desk.find_customers(&typed, CALLERS)?;
                Ok(Answer::Callers {
                    typed,
                    found,
                    named,
                })
            }),
            Request::Owners(typed) => self.with(|desk, _| {
                let found = desk.find_customers(&typed, OWNERS)?.into_iter();
                let owner = |found: FoundCustomer| {
                    Ok(Owner {
                        entitlements: desk.entitlements(found.customer.id)?,
                        customer: found.customer,
                    })
                };
                let found = found.map(owner).collect::<Result<_, StoreError>>()?;
                Ok(Answer::Owners { typed, found })
            }),
            Request::Likely(new) => self.with(|desk, _| Ok(Answer::Likely(desk.likely(&new)?))),
            Request::Customers { typed, limit } => self.with(|desk, _| {
                let found = desk.find_customers(&typed, limit)?;
                Ok(Answer::Customers {
                    typed,
                    limit,
                    found,
                })
            }),
            Request::Calls { from, limit } => self.with(|desk, _| {
                let calls = desk.shift(from, limit)?;
                Ok(Answer::Calls { limit, calls })
            }),
            Request::Figures(wanted) => {
                let clock = self.clock();
                self.with(|desk, _| counter::answer(desk, wanted, clock))
            }
            Request::Card(id) => {
                self.with(|desk, now| Ok(Answer::Card(Box::new(desk.caller(id, now)?))))
            }
            Request::Caller(id) => {
                self.with(|desk, now| Ok(Answer::Caller(Box::new(desk.caller(id, now)?))))
            }
        };
        result.unwrap_or_else(|error| Answer::Failed(error.to_string()))
    }

    fn with<T>(
        &self,
        ask: impl FnOnce(&Desk, DateTime<Utc>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match &self.desk {
            Some(desk) => ask(desk, self.clock().now()),
            None => Err(StoreError::Missing(self.start.desk.clone())),
        }
    }

    fn execute(&mut self, commands: &[Command], context: &Context) -> Result<Carried, StoreError> {
        let Some(desk) = &mut self.desk else {
            return Err(StoreError::Missing(self.start.desk.clone()));
        };
        desk.batch(|batch| {
            let commands = commands.iter();
            let done = commands.map(|command| batch.execute(command, context));
            let done = done.collect::<Result<_, _>>()?;
            Ok((done, batch.touched().collect()))
        })
    }

    /// Looks for changes of others, and writes down silences once a minute.
    fn watch(&mut self) {
        let context = self.context(None, None);
        let Some(desk) = &mut self.desk else { return };
        let due = self.is_known && self.ticked.is_none_or(|at| at.elapsed() >= TICK);
        let mut changed = false;
        if due {
            self.ticked = Some(Instant::now());
            changed |= matches!(desk.tick(&context), Ok(1..));
        }
        if let Ok(version) = desk.version_seen()
            && version != self.seen
        {
            self.seen = version;
            changed = true;
        }
        // Nothing is read before it is known that something changed: this is asked four times a second.
        if !changed {
            return;
        }
        if let Ok(old) = desk.backup_is_old(context.now)
            && self.backup_told.replace(old.clone()) != Some(old.clone())
        {
            // As below.
            let _ = self.to.send(Answer::Backup { old, failed: None }.into());
        }
        let waits = &mut self.waits;
        let known = desk.still(|desk| opening::known_with(desk, waits.count(desk)?));
        if let Ok(known) = known {
            self.alarms.changed();
            // When the run loop has gone, the next receive ends the worker.
            let _ = self.to.send(Answer::Changed(known).into());
        }
    }
}

/// What each of some commands did, and the incidents on whose timelines something was written.
type Carried = (Vec<Done>, Vec<TechRef>);

fn done(tag: Tag, result: Result<Carried, StoreError>) -> Answer {
    match result {
        Ok((done, touched)) => Answer::Done { tag, done, touched },
        Err(error) => Answer::refused(tag, error),
    }
}

/// Of questions that supersede each other only the newest is asked; changes are all carried out, in their order.
fn newest_of_each(requests: Vec<Request>) -> Vec<Request> {
    let mut kept: Vec<Request> = Vec::new();
    for request in requests {
        if !request.changes() {
            kept.retain(|other| !request.supersedes(other));
        }
        kept.push(request);
    }
    kept
}
