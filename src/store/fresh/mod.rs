//! A desk in the making: filled with very much before it appears, through the same rules as any other.
//!
//! Nobody else has it, so that nothing need be read back: the rules are asked in one thread, with all that they look at
//! in memory; entries, their hashes and the words are made of what they decide in another; those are written in a third,
//! and the words are indexed in a fourth. A desk that was not finished never appears.

mod clerk;
mod index;
mod making;
mod raised;
mod writer;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::case::{Case, Scene};
use super::context::Context;
use super::policies::Ruling;
use super::{Done, StoreError, incidents};
use crate::incident::{
    Command, Customer, CustomerId, Decided, Entitlement, EntitlementId, Incident, Log, Party, Past,
    Recorded, Step, TechRef, decide, decide_log, decide_merge, decide_undo, merge_to_undo, taken,
};
use crate::policy::Money;
use clerk::{Out, Piece};
pub use making::Making;

/// The incidents of a desk in the making, and what rules them.
pub struct Fresh<'a> {
    rulings: HashMap<String, Arc<Ruling>>,
    /// The policy of those who have none of their own.
    first: Arc<Ruling>,
    agents: Arc<Vec<String>>,
    /// Who somebody is: kept only as long as something may happen to an incident of theirs.
    customer: &'a (dyn Fn(CustomerId) -> Option<Customer> + Sync),
    /// Who was asked for last: who rings is the same one in everything that is asked of a call.
    latest: Option<Arc<Customer>>,
    /// What customers bought, of those who did.
    owned: HashMap<CustomerId, Vec<Entitlement>>,
    /// What customers owe for call time.
    owing: HashMap<CustomerId, BTreeMap<TechRef, Money>>,
    live: HashMap<TechRef, Live>,
    next: TechRef,
    next_entitlement: EntitlementId,
    out: Out,
}

/// An incident to which something may still happen.
struct Live {
    incident: Box<Incident>,
    customer: Arc<Customer>,
    timeline: Vec<Arc<Recorded>>,
    steps: Vec<u32>,
}

impl Live {
    /// Its timeline as the rules read it.
    fn timeline(&self) -> Vec<Recorded> {
        self.timeline
            .iter()
            .map(|entry| (**entry).clone())
            .collect()
    }
}

impl Fresh<'_> {
    /// The newest version of a policy; the desk's first one without a name.
    ///
    /// # Errors
    /// When the desk has no such policy.
    pub fn ruling(&self, name: Option<&str>) -> Result<Arc<Ruling>, StoreError> {
        let found = name.map_or(Some(&self.first), |name| self.rulings.get(name));
        found.map(Arc::clone).ok_or_else(|| unfit("a policy"))
    }

    /// A customer of the desk.
    ///
    /// # Errors
    /// When there is none.
    pub fn customer(&mut self, id: CustomerId) -> Result<Arc<Customer>, StoreError> {
        if let Some(latest) = self.latest.as_ref().filter(|latest| latest.id == id) {
            return Ok(Arc::clone(latest));
        }
        let made = (self.customer)(id).ok_or_else(|| unfit("a customer"))?;
        Ok(Arc::clone(self.latest.insert(Arc::new(made))))
    }

    /// Carries a command out, of those that make and treat incidents.
    ///
    /// # Errors
    /// When a rule refuses, and then nothing has changed; when the desk cannot be written, or is not wanted any more.
    pub fn execute(&mut self, command: &Command, context: &Context) -> Result<Done, StoreError> {
        match command {
            Command::Log(log) => self.log(log, context).map(Done::Logged),
            Command::Step(number, step) => self.step(*number, step, context).map(Done::Stepped),
            Command::Merge(number, into) => {
                self.merge(*number, *into, context)?;
                Ok(Done::Stepped(*number))
            }
            Command::Undo(number) => {
                self.undo(*number, context)?;
                Ok(Done::Stepped(*number))
            }
            Command::CallWithoutIncident(call) => {
                let (agent, at) = (context.recorded_agent(), context.happened()?);
                let (call, now) = (call.clone(), context.recorded_at());
                self.out.put(Piece::Call {
                    call,
                    agent,
                    at,
                    now,
                })?;
                Ok(Done::Added)
            }
            _ => Err(unfit("a command")),
        }
    }

    /// Nothing happens to an incident any more: its state is written, and it is not kept in memory.
    ///
    /// # Errors
    /// When the desk cannot be written, or is not wanted any more.
    pub fn forget(&mut self, number: TechRef) -> Result<(), StoreError> {
        match self.live.remove(&number) {
            Some(live) => {
                let customer = live.customer.name.clone();
                self.out.put(Piece::State(live.incident, customer))
            }
            None => Ok(()),
        }
    }

    /// Tells how far the work is.
    ///
    /// # Errors
    /// As [`Fresh::forget`].
    pub fn made(&mut self, made: usize) -> Result<(), StoreError> {
        self.out.put(Piece::Made(made))
    }

    /// Everything that is still in memory is written.
    fn end(mut self) -> Result<(), StoreError> {
        let mut left: Vec<TechRef> = self.live.keys().copied().collect();
        left.sort_unstable();
        left.into_iter()
            .try_for_each(|number| self.forget(number))?;
        self.out.end()
    }

    fn log(&mut self, log: &Log, context: &Context) -> Result<TechRef, StoreError> {
        let customer = self.customer(log.customer)?;
        let ruling = self.ruling(log.policy.as_deref().or(customer.policy.as_deref()))?;
        let owned = self.owned.get(&customer.id).cloned().unwrap_or_default();
        let (number, owing) = (self.next, Vec::new());
        let case = Case::known(number, customer, (owned, owing), ruling);
        let scene = self.scene(context)?;
        let decided = decide_log(log, number, scene.situation(&case))?;
        self.next = TechRef::new(number.sequence() + 1);
        self.keep(&scene, case, decided)?;
        Ok(number)
    }

    fn step(
        &mut self,
        number: TechRef,
        step: &Step,
        context: &Context,
    ) -> Result<TechRef, StoreError> {
        let number = match step.follows_merges() {
            true => self.leads_to(number)?,
            false => number,
        };
        let (case, scene) = (self.case(number)?, self.scene(context)?);
        let decided = decide(step, &self.live(number)?.incident, scene.situation(&case))?;
        self.keep(&scene, case, decided)?;
        Ok(number)
    }

    fn merge(
        &mut self,
        number: TechRef,
        into: TechRef,
        context: &Context,
    ) -> Result<(), StoreError> {
        let cases = [self.case(number)?, self.case(into)?];
        let scene = self.scene(context)?;
        let [from, to] = &cases;
        let party = |number, case| -> Result<Party<'_>, StoreError> {
            Ok(Party {
                incident: &self.live(number)?.incident,
                situation: scene.situation(case),
            })
        };
        let decided = decide_merge(
            party(number, from)?,
            party(into, to)?,
            self.next_entitlement,
        )?;
        for (case, decided) in cases.into_iter().zip(decided) {
            self.keep(&scene, case, decided)?;
        }
        Ok(())
    }

    fn undo(&mut self, number: TechRef, context: &Context) -> Result<(), StoreError> {
        let (case, scene) = (self.case(number)?, self.scene(context)?);
        let live = self.live(number)?;
        let timeline = live.timeline();
        let past = Past {
            timeline: &timeline,
            steps: &live.steps,
        };
        if merge_to_undo(&live.incident, past, scene.situation(&case))?.is_some() {
            return Err(unfit("a merge that is undone"));
        }
        let decided = decide_undo(&live.incident, past, scene.situation(&case))?;
        self.keep(&scene, case, decided)
    }

    fn leads_to(&self, mut number: TechRef) -> Result<TechRef, StoreError> {
        while let Some(into) = self.live(number)?.incident.forks.leads_to() {
            number = into;
        }
        Ok(number)
    }

    fn live(&self, number: TechRef) -> Result<&Live, StoreError> {
        self.live.get(&number).ok_or_else(|| unfit("an incident"))
    }

    fn case(&self, number: TechRef) -> Result<Case, StoreError> {
        let Live {
            incident, customer, ..
        } = self.live(number)?;
        let ruling = self.ruling(Some(&incident.policy))?;
        let owing = match self.owing.get(&customer.id) {
            Some(owing) if incident.charges_time(&ruling.policy) => {
                let others = owing.iter().filter(|(other, _)| **other != number);
                others.map(|(other, owed)| (*other, *owed)).collect()
            }
            _ => Vec::new(),
        };
        let owned = self.owned.get(&customer.id).cloned().unwrap_or_default();
        let customer = Arc::clone(customer);
        Ok(Case::known(number, customer, (owned, owing), ruling))
    }

    fn scene(&self, context: &Context) -> Result<Scene, StoreError> {
        if self.agents.binary_search(&context.agent).is_err() {
            return Err(unfit("an agent"));
        }
        Ok(Scene::new(context, Arc::clone(&self.agents))?)
    }

    /// Keeps what was decided about an incident, and sends it to be written.
    fn keep(&mut self, scene: &Scene, case: Case, decided: Decided) -> Result<(), StoreError> {
        if decided.events.is_empty() {
            return Ok(());
        }
        let (number, mut customer) = (case.number, case.customer);
        if customer.id != decided.incident.customer {
            customer = self.customer(decided.incident.customer)?;
        }
        match decided.incident.owed_for_time() {
            Some(owed) => {
                let owing = self.owing.entry(customer.id).or_default();
                owing.insert(number, owed);
            }
            None => {
                let owing = self.owing.get_mut(&customer.id);
                owing.and_then(|owing| owing.remove(&number));
            }
        }
        let (mut state, mut live) = match self.live.remove(&number) {
            Some(mut live) => {
                live.customer = customer;
                let before = std::mem::replace(&mut *live.incident, decided.incident);
                (Some(before), live)
            }
            None => (
                None,
                Live {
                    incident: Box::new(decided.incident),
                    customer,
                    timeline: Vec::new(),
                    steps: Vec::new(),
                },
            ),
        };
        let begun = live.timeline.len();
        live.steps.push(u32::try_from(begun).unwrap_or(u32::MAX));
        let mut all = Vec::with_capacity(decided.events.len());
        let left = decided.events.len();
        for (place, (at, event)) in decided.events.into_iter().enumerate() {
            let entry = Arc::new(scene.stamp().entry(at, event));
            let taken = taken(state.as_ref(), &entry.event);
            for taken in &taken {
                let owned = self.owned.get_mut(&live.customer.id).into_iter().flatten();
                let of = owned.filter(|owned| owned.id == taken.entitlement);
                of.for_each(|owned| owned.taken += taken.change);
            }
            if let Some((customer, kept)) = incidents::kept(&entry) {
                self.next_entitlement = EntitlementId(kept.id.0 + 1);
                self.owned.entry(customer).or_default().push(kept);
            }
            match &mut state {
                // What the last one leads to is known.
                _ if place + 1 == left => {}
                Some(state) => state.apply(&entry),
                None => state = Incident::replay(number, [&*entry]),
            }
            live.timeline.push(Arc::clone(&entry));
            all.push((entry, taken));
        }
        self.live.insert(number, live);
        self.out.put(Piece::Step { number, all })
    }
}

/// What a desk in the making does not take.
fn unfit(what: &str) -> StoreError {
    StoreError::Damaged(format!(
        "a desk in the making was asked for {what} that it does not have"
    ))
}
