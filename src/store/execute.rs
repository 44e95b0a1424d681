//! The one way in: a command is decided against the state read in the same write transaction, and its events are stored.

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::callers::index_caller;
use super::context::Context;
use super::holder::Holder;
use super::known::ResolvedSame;
use super::migrate::{self, SCHEMA};
use super::timeline::Stamp;
use super::turn::Turn;
use super::work::{self, Work};
use super::{
    Batch, Desk, StoreError, agents, calls, entitlements, handover, people, pins, policies,
};
use crate::incident::{
    ClosureId, Command, CustomerId, EntitlementId, MailId, MessageId, MessageStep, PinCheck, Step,
    TechRef, checked_text, decide_link, decide_unlink,
};

/// How many incidents a bulk transaction holds back before it writes their state.
const MOST_HELD: usize = 2_000;

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// A new incident has this number.
    Logged(TechRef),
    /// A step was recorded, or there was nothing to change.
    Stepped(TechRef),
    /// A known fault was resolved, and those that are the same, as far as a rule allowed it.
    Resolved(ResolvedSame),
    /// A new customer.
    Customer(CustomerId, String),
    /// A contact was added, an agent, a PIN, or a call without an incident; or a customer was changed.
    Added,
    /// What a PIN was worth.
    Pin(PinCheck),
    /// A new entitlement.
    Entitlement(EntitlementId),
    /// A policy in this new version.
    Policy(String, u32),
    /// A policy that is in force like this already, in this version.
    PolicyKept(String, u32),
    /// A closure or an extra opening was added, or taken back.
    Closure(ClosureId),
    /// What became of a mail.
    Mail(MailId, HowTaken),
}

/// What became of a mail that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowTaken {
    /// It opened this incident.
    Opened(TechRef),
    /// It continued this incident.
    Joined(TechRef),
    /// It waits in quarantine.
    Waiting,
    /// It was here before, and nothing was recorded.
    Known,
}

impl Desk {
    /// Carries a command out. When this returns, what was done is on the disk.
    ///
    /// # Errors
    /// When a rule, the input or the file refuses; then nothing has changed.
    pub fn execute(&mut self, command: &Command, context: &Context) -> Result<Done, StoreError> {
        self.batch(|batch| batch.execute(command, context))
    }

    /// Carries several commands out in one transaction: all of them or none.
    ///
    /// # Errors
    /// Whatever `work` returns; then nothing has changed.
    pub fn batch<T>(
        &mut self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.transact(0, true, work)
    }

    /// As [`Desk::batch`], and nothing of it is kept: shows what would be.
    ///
    /// # Errors
    /// As [`Desk::batch`].
    pub fn rehearse<T>(
        &mut self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.transact(0, false, work)
    }

    /// As [`Desk::batch`], for very many commands: the state of incidents is written once for many steps of theirs, so
    /// that [`Batch::desk`] shows it only after [`Batch::settle`]. With `keep` false nothing is kept in the end: a
    /// rehearsal.
    ///
    /// # Errors
    /// As [`Desk::batch`].
    pub fn bulk<T, E: From<StoreError>>(
        &mut self,
        keep: bool,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transact(MOST_HELD, keep, work)
    }

    fn transact<T, E: From<StoreError>>(
        &mut self,
        most_held: usize,
        keep: bool,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let desk = &*self;
        let transaction = desk.begin()?;
        // Nobody is told of bulk work, or where nobody asks.
        let before = match most_held {
            0 if desk.recorded.is_some() => Some(desk.newest_seq()?),
            _ => None,
        };
        let mut batch = Batch::new(desk, most_held);
        let result = work(&mut batch).and_then(|result| {
            batch.settle()?;
            let recorded = before.map(|before| desk.entries_after(before, usize::MAX));
            Ok((result, recorded.transpose()?.unwrap_or_default()))
        });
        let new_rules = batch.new_rules;
        let ended = match &result {
            Ok(_) if keep => transaction.commit(),
            _ => transaction.rollback().map_err(StoreError::from),
        };
        if new_rules && !(keep && result.is_ok() && ended.is_ok()) {
            // What never came to be must not be taken for what later has the same number.
            desk.rulings.borrow_mut().clear();
        }
        let (result, recorded) = result?;
        ended?;
        if keep {
            desk.tell_recorded(recorded);
        }
        Ok(result)
    }

    /// Waits for the turn to write, also while somebody is at work that takes long.
    pub(super) fn begin(&self) -> Result<Turn<'_>, StoreError> {
        let (mut said, place) = (false, self.line.last(&self.path));
        let transaction = loop {
            self.await_work();
            match self.turn(place.as_ref()) {
                // Whoever must be alone announces it first, then waits for whoever writes already.
                Ok(begun) => match work::going_on(&self.path).filter(Work::is_alone) {
                    Some(_) => begun.rollback()?,
                    None => break begun,
                },
                Err(StoreError::Busy) => {
                    let holder = Holder::of(&self.path);
                    let stopped = holder.as_ref().is_some_and(|holder| holder.stopped);
                    match work::going_on(&self.path).filter(|_| !stopped) {
                        Some(work) => self.say_waiting(&work, &mut said),
                        None => {
                            let held = holder.map(|holder| StoreError::Held(holder.to_string()));
                            return Err(held.unwrap_or(StoreError::Busy));
                        }
                    }
                }
                Err(error) => return Err(error),
            }
        };
        let found = migrate::schema(&transaction)?;
        if found > SCHEMA {
            return Err(StoreError::Overtaken { found });
        }
        Ok(Turn::new(self, transaction, place))
    }

    /// Writes down every silence that ran out before `now` (P2-11), and says how many there were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn tick(&mut self, context: &Context) -> Result<usize, StoreError> {
        if self.silences_due(context.now)?.is_empty() {
            return Ok(0);
        }
        let context = context.by_itself();
        self.batch(|batch| {
            // Read again under the lock: another program may have been here first, and time has passed.
            let context = context.at_turn(batch.turn());
            let due = batch.desk.silences_due(context.now)?;
            for number in &due {
                batch.execute(&Command::Step(*number, Step::Tick), &context)?;
            }
            Ok(due.len())
        })
    }

    /// The incidents whose customers' silence ran out before `now` and is not written down yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn silences_due(&self, now: DateTime<Utc>) -> Result<Vec<TechRef>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number FROM incident WHERE silence_at <= ?1 ORDER BY silence_at, number",
        )?;
        let due = statement.query_map([now.timestamp()], |row| row.get(0).map(TechRef::new))?;
        Ok(due.collect::<Result<_, _>>()?)
    }
}

impl Batch<'_> {
    /// Carries one command out within the transaction.
    ///
    /// # Errors
    /// When a rule, the input or the file refuses; then the command has changed nothing.
    pub fn execute(&mut self, command: &Command, context: &Context) -> Result<Done, StoreError> {
        let context = &context.at_turn(self.turn());
        if let Some(done) = self.answered_before(command, context)? {
            return Ok(done);
        }
        let done = match command {
            Command::Log(log) => Done::Logged(self.log(log, context, |_| None)?),
            Command::Step(number, step) => {
                let named = *number;
                let number = match step.follows_merges() {
                    true => self.leads_to(named)?,
                    false => named,
                };
                // What the sender has seen is the incident that they name, not the one that it leads to by now.
                let seen = (number != named).then(|| context.unconditional());
                if seen.is_some() {
                    self.unchanged(named, context)?;
                }
                let context = seen.as_ref().unwrap_or(context);
                if let Step::Message(n, MessageStep::Edit(_)) = step {
                    // What is being handed over right now must not change under that program's hands.
                    let (tech_ref, n) = (number, *n);
                    self.hold_message(MessageId { tech_ref, n }, context.now)?;
                }
                let pin = self.pin_with(step, number, context)?;
                self.covers = matches!(step, Step::Cover { .. });
                let mut step = Some(step);
                self.follow_with(number, pin, context, |_| step.take().cloned())?;
                self.covers = false;
                Done::Stepped(number)
            }
            Command::Edit(number, edit) => {
                self.edit(*number, edit, context)?;
                Done::Stepped(*number)
            }
            Command::Split(number, split) => Done::Logged(self.split(*number, split, context)?),
            Command::Merge(number, into) => Done::Stepped(self.merge(*number, *into, context)?),
            Command::Unmerge(number) => Done::Stepped(self.unmerge(*number, context)?),
            Command::Link(number, other) => {
                self.pair(*number, *other, context, decide_link)?;
                Done::Stepped(*number)
            }
            Command::Unlink(number, other) => {
                self.pair(*number, *other, context, decide_unlink)?;
                Done::Stepped(*number)
            }
            Command::SameAs(number, fault) => {
                self.same_as(*number, *fault, context)?;
                Done::Stepped(*number)
            }
            Command::ResolveSame(number, together) => {
                Done::Resolved(self.resolve_same(*number, together, context)?)
            }
            Command::Undo(number) => {
                self.undo(*number, context)?;
                Done::Stepped(*number)
            }
            Command::AddCustomer(new) => {
                self.known_office(new.policy.as_deref(), new.office.as_deref())?;
                let (id, code) = self.by_agent(context, |connection, stamp, at| {
                    people::add_customer(connection, new, stamp, at)
                })?;
                if !self.callers_later {
                    index_caller(&self.desk.connection, id)?;
                }
                Done::Customer(id, code)
            }
            Command::AddContact(customer, contact, approved_by) => {
                self.add_contact(*customer, contact, approved_by.as_deref(), context)?;
                Done::Added
            }
            Command::ChangeCustomer(customer, change) => {
                self.change_customer(*customer, change, context)?;
                Done::Added
            }
            Command::ChangeContact(customer, contact, approved_by) => {
                self.change_contact(*customer, contact, approved_by.as_deref(), context)?;
                Done::Added
            }
            Command::SetPin(customer, pin) => {
                self.by_agent(context, |connection, stamp, at| {
                    pins::set(connection, *customer, pin.as_ref(), stamp, at)
                })?;
                Done::Added
            }
            Command::CheckPin(customer, pin) => {
                Done::Pin(self.by_agent(context, |connection, stamp, _| {
                    pins::check(connection, *customer, pin, stamp)
                })?)
            }
            Command::AddAgent(name) => {
                let name = checked_text("agent's name", name)?;
                self.by_agent(context, |connection, stamp, at| {
                    agents::add(connection, &name, stamp, at)
                })?;
                Done::Added
            }
            Command::AgentLeaves(name, left_to) => {
                self.leave(name, left_to, context)?;
                Done::Added
            }
            Command::AddEntitlement(new) => {
                let customer = people::customer(&self.desk.connection, new.customer)?;
                let ruling = self.desk.ruling(customer.policy.as_deref())?;
                Done::Entitlement(self.by_agent(context, |connection, stamp, at| {
                    entitlements::add_entitlement(connection, new, &ruling.policy, stamp, at)
                })?)
            }
            Command::EndEntitlement(id, end) => {
                self.end_entitlement(*id, end, context)?;
                Done::Added
            }
            Command::AddPolicy(new) => {
                self.new_rules = true;
                self.by_agent(context, |connection, stamp, at| {
                    policies::add(connection, new, stamp, at)
                })?
            }
            Command::AddClosure(new) => Done::Closure(self.add_closure(new, context)?),
            Command::RemoveClosure(id) => {
                self.remove_closure(*id, context)?;
                Done::Closure(*id)
            }
            Command::CallWithoutIncident(call) => {
                self.by_agent(context, |connection, stamp, at| {
                    calls::record(connection, call, stamp, at)
                })?;
                Done::Added
            }
            Command::TakeOver(note) => {
                self.by_agent(context, |connection, stamp, at| {
                    handover::record(connection, note.as_deref(), stamp, at)
                })?;
                Done::Added
            }
            Command::Arrive(arrival) => self.arrive(arrival, context)?,
            Command::RegisterMail(register) => self.register_mail(register, context)?,
            Command::DismissMail(mail, reason) => {
                self.dismiss_mail(*mail, reason, context)?;
                Done::Added
            }
            Command::ApproveAddress(customer, address, approved_by) => {
                self.approve_address(*customer, address, approved_by, context)?;
                Done::Added
            }
        };
        self.remember(context, &done)?;
        Ok(done)
    }

    /// Writes something that concerns no incident; its agent works here from then on.
    pub(super) fn by_agent<T>(
        &mut self,
        context: &Context,
        write: impl FnOnce(&Connection, Stamp<'_>, DateTime<Utc>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let context = &context.at_turn(self.turn());
        self.desk.takes_the_clock_of(context)?;
        let (recorded, at) = (context.recorded_agent(), context.happened()?);
        let stamp = Stamp {
            agent: &recorded,
            now: context.recorded_at(),
        };
        let connection = &self.desk.connection;
        agents::enter(connection, context, stamp)?;
        self.agents = None;
        write(connection, stamp, at)
    }
}
