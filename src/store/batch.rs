//! A write transaction in progress: what happens to an incident is decided as a whole against its newest state, then
//! recorded. A bulk transaction holds the states back, so that each is written once for many steps.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use super::case::{Case, Scene};
use super::context::Context;
use super::incidents::FoundBy;
use super::{Desk, StoreError, agents, incidents, timeline};
use crate::incident::{
    Decided, Incident, Log, PinCheck, Refusal, Situation, Step, TechRef, cover_taken, decide,
    decide_log, decide_same_as, draw, kind_in_words, money_moved,
};

/// A write transaction in progress.
pub struct Batch<'a> {
    pub(super) desk: &'a Desk,
    /// When the turn to write came.
    turn: Instant,
    /// Who works here, by name, once that was asked.
    pub(super) agents: Option<Arc<Vec<String>>>,
    /// A policy or a closure was added, or one was taken back.
    pub(super) new_rules: bool,
    /// Incidents whose newest state is not written yet.
    held: BTreeMap<TechRef, Held>,
    most_held: usize,
    /// The incidents on whose timelines something was written.
    touched: BTreeSet<TechRef>,
    /// Of those that are held, the ones that have a number in another system.
    external: HashMap<String, TechRef>,
    /// Callers are found by new customers only once somebody sees to it.
    pub(super) callers_later: bool,
    /// What pays for an incident is chosen by the command itself.
    pub(super) covers: bool,
    /// What was done to money so far, as it is said before it is done. Nobody asks that of bulk work.
    pub(super) moved: Vec<String>,
}

/// An incident's newest state, and what has become of its words since it was read.
struct Held {
    incident: Incident,
    /// Whether there is no row of it yet.
    new: bool,
    found_by: FoundBy,
}

impl<'a> Batch<'a> {
    /// A transaction on `desk` that holds back the states of up to `most_held` incidents.
    pub(super) fn new(desk: &'a Desk, most_held: usize) -> Self {
        Self {
            desk,
            turn: Instant::now(),
            agents: None,
            new_rules: false,
            held: BTreeMap::new(),
            most_held,
            touched: BTreeSet::new(),
            external: HashMap::new(),
            callers_later: false,
            covers: false,
            moved: Vec::new(),
        }
    }

    /// When the turn to write came.
    pub(super) fn turn(&self) -> Instant {
        self.turn
    }

    /// The desk as this transaction sees it; in a bulk transaction as of the last [`Batch::settle`].
    pub fn desk(&self) -> &'a Desk {
        self.desk
    }

    /// The incidents on whose timelines something was written so far.
    pub fn touched(&self) -> impl Iterator<Item = TechRef> {
        self.touched.iter().copied()
    }

    /// What was done to money so far, each in a sentence.
    pub fn moved(&self) -> &[String] {
        &self.moved
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
        let context = &context.at_turn(self.turn);
        let case = Case::opening(
            self.desk,
            self.next_number()?,
            log.customer,
            log.policy.as_deref(),
        )?;
        let number = case.number;
        let mut scene = self.scene(context)?;
        scene.pin = self.pin_of(log.emergency.as_ref(), case.customer.id, context)?;
        let fault = self.fault(log.same_as)?;
        let log = match &fault {
            Some(fault) => &log.clone().filled_from(fault),
            None => log,
        };
        let mut decided = decide_log(log, number, scene.situation(&case))?;
        if fault.is_some() {
            let party = case.party(&decided.incident, &scene);
            let same = decide_same_as(party, fault.as_ref())?;
            decided.then(same);
        }
        walk(&mut decided, scene.situation(&case), next)?;
        self.enter(&scene, context)?;
        self.write(&scene, case, decided)?;
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
        self.follow_with(number, PinCheck::NotGiven, context, next)
    }

    /// As [`Batch::follow`], for a caller whose PIN was looked at.
    pub(super) fn follow_with(
        &mut self,
        number: TechRef,
        pin: PinCheck,
        context: &Context,
        next: impl FnMut(&Incident) -> Option<Step>,
    ) -> Result<(), StoreError> {
        let context = &context.at_turn(self.turn);
        let incident = self.unchanged(number, context)?;
        let case = Case::of(self.desk, incident.clone())?;
        let mut scene = self.scene(context)?;
        scene.pin = pin;
        let mut decided = Decided {
            incident,
            events: Vec::new(),
        };
        if walk(&mut decided, scene.situation(&case), next)? {
            self.enter(&scene, context)?;
        }
        self.write(&scene, case, decided)
    }

    /// Who acts now, and when.
    pub(super) fn scene(&mut self, context: &Context) -> Result<Scene, StoreError> {
        self.desk.takes_the_clock_of(context)?;
        let agents = self.agents_with(&context.agent)?;
        Ok(Scene::new(context, agents)?)
    }

    /// The one who acts works here from now on.
    pub(super) fn enter(&mut self, scene: &Scene, context: &Context) -> Result<(), StoreError> {
        let connection = &self.desk.connection;
        agents::enter(connection, context, scene.stamp())?;
        self.agents = Some(Arc::clone(&scene.agents));
        Ok(())
    }

    /// Records what was decided about an incident.
    pub(super) fn write(
        &mut self,
        scene: &Scene,
        case: Case,
        decided: Decided,
    ) -> Result<(), StoreError> {
        if decided.events.is_empty() {
            return Ok(());
        }
        self.hold_dropped(&decided, scene.stamp().now)?;
        if self.most_held == 0 {
            let (covers, policy) = (self.covers, &case.ruling.policy);
            self.moved
                .extend(decided.events.iter().filter_map(|(_, event)| {
                    let taken = || cover_taken(event, policy, case.entitlements());
                    money_moved(event).or_else(|| covers.then(taken).flatten())
                }));
        }
        let (connection, stamp) = (&self.desk.connection, scene.stamp());
        let named_by = incidents::named_by(&decided.incident);
        let before = case.before.as_ref().map(incidents::named_by);
        let (new, renamed) = (
            before.is_none(),
            before.is_some_and(|before| before != named_by),
        );
        let mut found_by =
            incidents::record(connection, case.number, case.before, decided.events, stamp)?;
        found_by.others |= renamed;
        self.hold(decided.incident, new, found_by)
    }

    /// Those who work here and `agent`, who does from now on, by name.
    fn agents_with(&mut self, agent: &str) -> Result<Arc<Vec<String>>, StoreError> {
        let mut agents = match self.agents.take() {
            Some(agents) => agents,
            None => Arc::new(agents::agents(&self.desk.connection)?),
        };
        if let Err(place) = agents.binary_search_by(|known| known.as_str().cmp(agent)) {
            Arc::make_mut(&mut agents).insert(place, agent.to_owned());
        }
        Ok(agents)
    }

    /// An incident's newest state, which must be the one that the sender has seen.
    pub(super) fn unchanged(
        &self,
        number: TechRef,
        context: &Context,
    ) -> Result<Incident, StoreError> {
        let incident = self.newest(number)?;
        match context.if_revision {
            Some(seen) if seen != incident.revision => {
                let (agent, what) = timeline::newest(&self.desk.connection, number)?;
                Err(StoreError::Changed {
                    number,
                    agent,
                    what: kind_in_words(&what),
                })
            }
            _ => Ok(incident),
        }
    }

    /// An incident's newest state.
    pub(super) fn newest(&self, number: TechRef) -> Result<Incident, StoreError> {
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

    fn hold(&mut self, incident: Incident, new: bool, more: FoundBy) -> Result<(), StoreError> {
        if let Some(external) = &incident.external_id {
            self.external.insert(external.clone(), incident.tech_ref);
        }
        self.touched.insert(incident.tech_ref);
        match self.held.get_mut(&incident.tech_ref) {
            Some(held) => {
                held.found_by.then(more);
                held.incident = incident;
            }
            None => {
                let held = Held {
                    incident,
                    new,
                    found_by: more,
                };
                self.held.insert(held.incident.tech_ref, held);
            }
        }
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
        let connection = &self.desk.connection;
        for held in std::mem::take(&mut self.held).into_values() {
            let Held {
                incident,
                new,
                found_by,
            } = held;
            if new {
                // Nothing of it is there to be read, compared or taken out first.
                incidents::put_new(connection, Box::new(incident), found_by.texts)?;
                continue;
            }
            incidents::save(connection, &incident)?;
            if found_by.changed() {
                incidents::index(connection, &incident)?;
            }
        }
        Ok(())
    }
}

/// Decides one step after the other, until `next` gives none; says whether somebody took one of them, rather than the
/// passing of time.
fn walk(
    decided: &mut Decided,
    situation: Situation<'_>,
    mut next: impl FnMut(&Incident) -> Option<Step>,
) -> Result<bool, Refusal> {
    let mut somebody = false;
    // What one step takes is gone for the next.
    let mut entitlements = situation.entitlements.to_vec();
    for (_, event) in &decided.events {
        draw(&mut entitlements, None, event);
    }
    while let Some(step) = next(&decided.incident) {
        somebody |= step != Step::Tick;
        let situation = Situation {
            entitlements: &entitlements,
            ..situation
        };
        let more = decide(&step, &decided.incident, situation)?;
        for (_, event) in &more.events {
            draw(&mut entitlements, Some(&decided.incident), event);
        }
        decided.then(more);
    }
    Ok(somebody)
}
