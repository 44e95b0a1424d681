//! A write transaction in progress: what happens to an incident is decided as a whole against its newest state, then
//! recorded. A bulk transaction holds the states back, so that each is written once for many steps.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::execute::Context;
use super::policies::Ruling;
use super::timeline::{self, Stamp};
use super::{Desk, StoreError, entitlements, incidents, people};
use crate::incident::{
    Customer, Dated, Incident, Log, Refusal, Situation, Step, TechRef, decide, decide_log, draw,
};

/// A write transaction in progress.
pub struct Batch<'a> {
    pub(super) desk: &'a Desk,
    /// Who works here, by name, once that was asked.
    pub(super) agents: Option<Vec<String>>,
    /// A policy was added.
    pub(super) new_policy: bool,
    /// Incidents whose newest state is not written yet.
    held: BTreeMap<TechRef, Held>,
    most_held: usize,
    /// Of those, the ones that have a number in another system.
    external: HashMap<String, TechRef>,
}

/// An incident's newest state, and whether its words have changed.
struct Held {
    incident: Incident,
    words: bool,
}

/// An incident that something happens to, and what rules it.
struct Case {
    number: TechRef,
    /// The incident so far; none where it is new.
    before: Option<Incident>,
    customer: Customer,
    ruling: Arc<Ruling>,
}

impl<'a> Batch<'a> {
    /// A transaction on `desk` that holds back the states of up to `most_held` incidents.
    pub(super) fn new(desk: &'a Desk, most_held: usize) -> Self {
        Self {
            desk,
            agents: None,
            new_policy: false,
            held: BTreeMap::new(),
            most_held,
            external: HashMap::new(),
        }
    }

    /// The desk as this transaction sees it; in a bulk transaction as of the last [`Batch::settle`].
    pub fn desk(&self) -> &'a Desk {
        self.desk
    }

    /// The number that an incident from another system has here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn by_external_id(&self, external: &str) -> Result<Option<TechRef>, StoreError> {
        match self.external.get(external) {
            Some(number) => Ok(Some(*number)),
            None => self.desk.by_external_id(external),
        }
    }

    /// Logs a contact as a new incident, and with it what followed at the same instant: all of it or nothing. `next`
    /// looks at the incident as it then is and gives the next step, until it gives none.
    ///
    /// # Errors
    /// When a rule, the input or the file refuses; then nothing of it was done.
    pub fn log(
        &mut self,
        log: &Log,
        context: &Context,
        next: impl FnMut(&Incident) -> Option<Step>,
    ) -> Result<TechRef, StoreError> {
        let customer = people::customer(&self.desk.connection, log.customer)?;
        let policy = log.policy.as_deref().or(customer.policy.as_deref());
        let case = Case {
            number: self.next_number()?,
            before: None,
            ruling: self.desk.ruling(policy)?,
            customer,
        };
        let number = case.number;
        let first = |situation: Situation<'_>| decide_log(log, number, situation);
        self.carry_out(case, context, first, next)?;
        Ok(number)
    }

    /// Takes steps of one incident at one instant: all of them or none. `next` as in [`Batch::log`].
    ///
    /// # Errors
    /// As [`Batch::log`].
    pub fn follow(
        &mut self,
        number: TechRef,
        context: &Context,
        next: impl FnMut(&Incident) -> Option<Step>,
    ) -> Result<(), StoreError> {
        let incident = self.newest(number)?;
        if context
            .if_revision
            .is_some_and(|seen| seen != incident.revision)
        {
            let (agent, what) = timeline::newest(&self.desk.connection, number)?;
            return Err(StoreError::Changed {
                number,
                agent,
                what,
            });
        }
        let case = Case {
            number,
            customer: people::customer(&self.desk.connection, incident.customer)?,
            ruling: self
                .desk
                .ruling_of(&incident.policy, incident.policy_version)?,
            before: Some(incident.clone()),
        };
        self.carry_out(case, context, |_| Ok((incident, Vec::new())), next)
    }

    /// Decides everything first, then records it.
    fn carry_out(
        &mut self,
        case: Case,
        context: &Context,
        first: impl FnOnce(Situation<'_>) -> Result<(Incident, Vec<Dated>), Refusal>,
        mut next: impl FnMut(&Incident) -> Option<Step>,
    ) -> Result<(), StoreError> {
        let (recorded, at) = (context.recorded_agent(), context.happened()?);
        let stamp = Stamp {
            agent: &recorded,
            now: context.now,
        };
        let connection = &self.desk.connection;
        let agents = self.agents_with(&context.agent)?;
        let newest = self.desk.ruling(Some(&case.ruling.policy.name))?;
        let mut entitlements = entitlements::entitlements(connection, case.customer.id)?;
        let situation = Situation {
            policy: &case.ruling.policy,
            policy_version: case.ruling.version,
            deadlines: &case.ruling.deadlines,
            newest: &newest.policy,
            customer: &case.customer,
            entitlements: &[],
            agents: &agents,
            at,
            now: stamp.now,
            agent: stamp.agent,
        };
        let (mut incident, mut events) = first(Situation {
            entitlements: &entitlements,
            ..situation
        })?;
        for (_, event) in &events {
            draw(&mut entitlements, None, event);
        }
        let mut somebody = case.before.is_none();
        while let Some(step) = next(&incident) {
            somebody |= step != Step::Tick;
            let situation = Situation {
                entitlements: &entitlements,
                ..situation
            };
            for (at, event) in decide(&step, &incident, situation)? {
                draw(&mut entitlements, Some(&incident), &event);
                let entry = stamp.entry(at, event);
                incident.apply(&entry);
                events.push((at, entry.event));
            }
        }
        if somebody {
            people::add_agent(connection, &context.agent, stamp, context.now)?;
            self.agents = Some(agents);
        }
        if !events.is_empty() {
            let words = incidents::record(connection, case.number, case.before, events, stamp)?;
            self.hold(incident, words)?;
        }
        Ok(())
    }

    /// Those who work here and `agent`, who does from now on, by name.
    fn agents_with(&mut self, agent: &str) -> Result<Vec<String>, StoreError> {
        let mut agents = match self.agents.take() {
            Some(agents) => agents,
            None => people::agents(&self.desk.connection)?,
        };
        if let Err(place) = agents.binary_search_by(|known| known.as_str().cmp(agent)) {
            agents.insert(place, agent.to_owned());
        }
        Ok(agents)
    }

    /// An incident's newest state.
    fn newest(&self, number: TechRef) -> Result<Incident, StoreError> {
        match self.held.get(&number) {
            Some(held) => Ok(held.incident.clone()),
            None => incidents::load(&self.desk.connection, number),
        }
    }

    /// The number that the next incident gets.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_number(&self) -> Result<TechRef, StoreError> {
        let stored = incidents::next_number(&self.desk.connection)?;
        let held = self.held.last_key_value();
        Ok(held.map_or(stored, |(held, _)| {
            stored.max(TechRef::new(held.sequence() + 1))
        }))
    }

    fn hold(&mut self, incident: Incident, words: bool) -> Result<(), StoreError> {
        let words = words
            || self
                .held
                .get(&incident.tech_ref)
                .is_some_and(|held| held.words);
        if let Some(external) = &incident.external_id {
            self.external.insert(external.clone(), incident.tech_ref);
        }
        self.held
            .insert(incident.tech_ref, Held { incident, words });
        if self.held.len() > self.most_held {
            self.settle()?;
        }
        Ok(())
    }

    /// Writes the state that is held back.
    ///
    /// # Errors
    /// When the file refuses.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        self.external.clear();
        for held in std::mem::take(&mut self.held).into_values() {
            incidents::save(&self.desk.connection, &held.incident)?;
            if held.words {
                incidents::index(&self.desk.connection, &held.incident)?;
            }
        }
        Ok(())
    }
}
