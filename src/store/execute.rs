//! The one way in: a command is decided against the state read in the same write transaction, and its events are stored.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::migrate::{self, SCHEMA};
use super::timeline::{self, Stamp};
use super::{Desk, StoreError, incidents, people, policies};
use crate::incident::{
    Command, Customer, CustomerId, Entitlement, EntitlementId, Log, Refusal, Situation, Step,
    TechRef, decide, decide_log,
};

/// Who sends a command, and when.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The agent who acts: added to those who work here by the first thing they do.
    pub agent: String,
    /// The operating system's user, where that is somebody else; the timeline says `USER as NAME`.
    pub user: Option<String>,
    /// When it happened, if earlier than `now`.
    pub at: Option<DateTime<Utc>>,
    /// The instant of recording.
    pub now: DateTime<Utc>,
    /// A key by which sending the same command again repeats the first answer and does nothing.
    pub once: Option<String>,
    /// The revision that the sender has seen of the incident.
    pub if_revision: Option<u32>,
}

impl Context {
    /// Who the timeline names.
    fn recorded_agent(&self) -> String {
        match self.user.as_deref().filter(|user| *user != self.agent) {
            Some(user) => format!("{user} as {}", self.agent),
            None => self.agent.clone(),
        }
    }

    /// When it happened: an instant of whole seconds, never in the future.
    fn happened(&self) -> Result<DateTime<Utc>, Refusal> {
        let at = self.at.unwrap_or(self.now);
        if at > self.now {
            let at = at.format("%Y-%m-%dT%H:%M:%SZ");
            return Err(Refusal::input(format!(
                "{at} is in the future: give the instant at which it happened"
            )));
        }
        Ok(DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at))
    }
}

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// A new incident has this number.
    Logged(TechRef),
    /// A step was recorded, or there was nothing to change.
    Stepped(TechRef),
    /// A new customer.
    Customer(CustomerId, String),
    /// A contact was added, or an agent.
    Added,
    /// A new entitlement.
    Entitlement(EntitlementId),
    /// A policy in this new version.
    Policy(String, u32),
    /// A policy that is in force like this already, in this version.
    PolicyKept(String, u32),
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
        let path = self.path.clone();
        let desk = &*self;
        let transaction =
            Transaction::new_unchecked(&desk.connection, TransactionBehavior::Immediate)?;
        let found = migrate::schema(&transaction)?;
        if found > SCHEMA {
            return Err(StoreError::Newer {
                path,
                found,
                known: SCHEMA,
            });
        }
        let result = work(&mut Batch { desk })?;
        transaction.commit()?;
        Ok(result)
    }

    /// Writes down every silence that ran out before `now` (P2-11), and says how many there were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn tick(&mut self, context: &Context) -> Result<usize, StoreError> {
        if self.silences_due(context.now)?.is_empty() {
            return Ok(0);
        }
        // The silences say when they ran out, and each is written once whatever the sender says.
        let context = Context {
            at: None,
            once: None,
            if_revision: None,
            ..context.clone()
        };
        self.batch(|batch| {
            // Read again under the lock: another program may have been here first.
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

/// A write transaction in progress.
pub struct Batch<'a> {
    desk: &'a Desk,
}

impl Batch<'_> {
    /// The desk as this transaction sees it.
    pub fn desk(&self) -> &Desk {
        self.desk
    }

    /// Carries one command out within the transaction.
    ///
    /// # Errors
    /// When a rule, the input or the file refuses.
    pub fn execute(&mut self, command: &Command, context: &Context) -> Result<Done, StoreError> {
        if let Some(done) = self.answered_before(context)? {
            return Ok(done);
        }
        let recorded = context.recorded_agent();
        let stamp = Stamp {
            agent: &recorded,
            now: context.now,
        };
        let (connection, at) = (&self.desk.connection, context.happened()?);
        if !matches!(command, Command::Step(_, Step::Tick)) {
            people::add_agent(connection, &context.agent, stamp, context.now)?;
        }
        let done = match command {
            Command::Log(log) => Done::Logged(self.log(log, stamp, at)?),
            Command::Step(number, step) => self.step(*number, step, context, stamp, at)?,
            Command::AddCustomer(new) => {
                self.known_office(new.policy.as_deref(), new.office.as_deref())?;
                let (id, code) = people::add_customer(connection, new, stamp, at)?;
                Done::Customer(id, code)
            }
            Command::AddContact(customer, contact) => {
                people::add_contact(connection, *customer, contact, stamp, at)?;
                Done::Added
            }
            Command::AddAgent(name) => {
                people::add_agent(
                    connection,
                    &crate::incident::checked_text("agent's name", name)?,
                    stamp,
                    at,
                )?;
                Done::Added
            }
            Command::AddEntitlement(new) => {
                let customer = people::customer(connection, new.customer)?;
                let ruling = self.desk.ruling(customer.policy.as_deref())?;
                Done::Entitlement(people::add_entitlement(
                    connection,
                    new,
                    &ruling.policy,
                    stamp,
                    at,
                )?)
            }
            Command::AddPolicy(new) => policies::add(connection, new, stamp, at)?,
        };
        self.remember(context, &done)?;
        Ok(done)
    }

    fn log(&self, log: &Log, stamp: Stamp<'_>, at: DateTime<Utc>) -> Result<TechRef, StoreError> {
        let connection = &self.desk.connection;
        let customer = people::customer(connection, log.customer)?;
        let ruling = self
            .desk
            .ruling(log.policy.as_deref().or(customer.policy.as_deref()))?;
        let entitlements = people::entitlements(connection, customer.id)?;
        let agents = people::agents(connection)?;
        let situation = self.situation(&ruling, &customer, &entitlements, &agents, stamp, at);
        let number = incidents::next_number(connection)?;
        let (_, events) = decide_log(log, number, situation)?;
        incidents::record(connection, number, None, events, stamp)?;
        Ok(number)
    }

    fn step(
        &self,
        number: TechRef,
        step: &Step,
        context: &Context,
        stamp: Stamp<'_>,
        at: DateTime<Utc>,
    ) -> Result<Done, StoreError> {
        let connection = &self.desk.connection;
        let incident = incidents::load(connection, number)?;
        if context
            .if_revision
            .is_some_and(|seen| seen != incident.revision)
        {
            let (agent, what) = timeline::newest(connection, number)?;
            return Err(StoreError::Changed {
                number,
                agent,
                what,
            });
        }
        let customer = people::customer(connection, incident.customer)?;
        let ruling = self
            .desk
            .ruling_of(&incident.policy, incident.policy_version)?;
        let entitlements = people::entitlements(connection, customer.id)?;
        let agents = people::agents(connection)?;
        let situation = self.situation(&ruling, &customer, &entitlements, &agents, stamp, at);
        let events = decide(step, &incident, situation)?;
        if !events.is_empty() {
            incidents::record(connection, number, Some(incident), events, stamp)?;
        }
        Ok(Done::Stepped(number))
    }

    fn situation<'s>(
        &self,
        ruling: &'s policies::Ruling,
        customer: &'s Customer,
        entitlements: &'s [Entitlement],
        agents: &'s [String],
        stamp: Stamp<'s>,
        at: DateTime<Utc>,
    ) -> Situation<'s> {
        Situation {
            policy: &ruling.policy,
            policy_version: ruling.version,
            deadlines: &ruling.deadlines,
            customer,
            entitlements,
            agents,
            at,
            now: stamp.now,
            agent: stamp.agent,
        }
    }

    /// A customer's policy and office must be known, so that a typing mistake does not show first at a call.
    fn known_office(&self, policy: Option<&str>, office: Option<&str>) -> Result<(), StoreError> {
        let ruling = self.desk.ruling(policy)?;
        match office {
            Some(office) if ruling.policy.office(office).is_none() => Err(Refusal::unknown(
                "office",
                office,
                ruling
                    .policy
                    .offices
                    .iter()
                    .map(|office| office.name.as_str()),
            )
            .into()),
            _ => Ok(()),
        }
    }

    fn answered_before(&self, context: &Context) -> Result<Option<Done>, StoreError> {
        let Some(key) = &context.once else {
            return Ok(None);
        };
        let answer: Option<String> = connection_of(self)
            .prepare_cached("SELECT answer FROM once WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        Ok(answer
            .map(|answer| serde_json::from_str(&answer))
            .transpose()?)
    }

    fn remember(&self, context: &Context, done: &Done) -> Result<(), StoreError> {
        if let Some(key) = &context.once {
            connection_of(self)
                .prepare_cached("INSERT INTO once (key, answer, at) VALUES (?1, ?2, ?3)")?
                .execute(params![
                    key,
                    serde_json::to_string(done)?,
                    context.now.timestamp()
                ])?;
        }
        Ok(())
    }
}

fn connection_of<'a>(batch: &Batch<'a>) -> &'a Connection {
    &batch.desk.connection
}
