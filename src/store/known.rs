//! Faults that many have: who has them, and resolving them together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::context::Context;
use super::{Batch, Desk, StoreError, incidents};
use crate::incident::{
    Decided, Event, Incident, MessageId, State, TechRef, Together, decide_same_as, decide_together,
};
use crate::policy::Occasion;

/// What became of a known fault and of those that are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedSame {
    /// The fault.
    pub fault: TechRef,
    /// It was resolved itself, and not before.
    #[serde(default)]
    pub with_fault: bool,
    /// Those that were resolved with it.
    pub resolved: Vec<TechRef>,
    /// Those that a rule left as they are, and why.
    pub left: Vec<(TechRef, String)>,
    /// The messages that tell the callers, in the outbox.
    #[serde(default)]
    pub messages: Vec<MessageId>,
    /// Those whose callers were to be told, and cannot be written to.
    #[serde(default)]
    pub untold: Vec<TechRef>,
}

/// An incident that has a fault which another one stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Same {
    /// The incident; where it was merged, the one that its number leads to.
    pub number: TechRef,
    /// Whether there is still something to do.
    pub open: bool,
    /// The policy that it is under.
    pub policy: String,
}

impl Desk {
    /// The incidents that are the same as a fault, marked as known or not any more: the oldest number first. Merges are
    /// followed on both sides.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn same_as(&self, fault: TechRef) -> Result<Vec<Same>, StoreError> {
        let fault = self.leads_to(fault)?;
        let mut statement = self
            .connection
            .prepare_cached("SELECT number, state, policy FROM incident WHERE same_as = ?1")?;
        let mut found = BTreeMap::new();
        let mut faults = vec![fault];
        while let Some(one) = faults.pop() {
            let merged = incidents::load(&self.connection, one)?.forks.merged_from;
            faults.extend(merged.iter().map(|merged| merged.number));
            let mut rows = statement.query([one.to_string()])?;
            while let Some(row) = rows.next()? {
                let (number, state) = (TechRef::new(row.get(0)?), row.get::<_, String>(1)?);
                let same = self.leads_on(number, &state, row.get(2)?)?;
                found.insert(same.number, same);
            }
        }
        found.remove(&fault);
        Ok(found.into_values().collect())
    }

    fn leads_on(&self, number: TechRef, state: &str, policy: String) -> Result<Same, StoreError> {
        if state == State::Merged.word() {
            let number = self.leads_to(number)?;
            let into = incidents::load(&self.connection, number)?;
            return Ok(Same {
                number,
                open: into.state.is_open(),
                policy: into.policy,
            });
        }
        let mut open = State::ALL.into_iter().filter(|state| state.is_open());
        let open = open.any(|open| open.word() == state);
        Ok(Same {
            number,
            open,
            policy,
        })
    }
}

impl Batch<'_> {
    /// The known fault that was named, as it is now.
    pub(super) fn fault(&self, fault: Option<TechRef>) -> Result<Option<Incident>, StoreError> {
        let named = fault.map(|number| self.newest(self.leads_to(number)?));
        named.transpose()
    }

    /// Counts an incident to a known fault, or to none.
    ///
    /// # Errors
    /// As [`Batch::follow`].
    pub(super) fn same_as(
        &mut self,
        number: TechRef,
        fault: Option<TechRef>,
        context: &Context,
    ) -> Result<(), StoreError> {
        let incident = self.unchanged(number, context)?;
        let fault = self.fault(fault)?;
        let case = Case::of(self.desk, incident.clone())?;
        let scene = self.scene(context)?;
        let decided = decide_same_as(case.party(&incident, &scene), fault.as_ref())?;
        self.enter(&scene, context)?;
        self.write(&scene, case, decided)
    }

    /// Resolves a known fault, unless it is resolved already, and all that are the same: the rules of each decide
    /// whether it can be.
    ///
    /// # Errors
    /// As [`Batch::follow`], for the fault itself.
    pub(super) fn resolve_same(
        &mut self,
        fault: TechRef,
        together: &Together,
        context: &Context,
    ) -> Result<ResolvedSame, StoreError> {
        // What the sender has seen is the one that they name.
        self.unchanged(fault, context)?;
        let fault = self.leads_to(fault)?;
        let mut incidents = Vec::new();
        for same in self.desk.same_as(fault)? {
            let same = self.newest(same.number)?;
            incidents.extend(same.state.is_open().then_some(same));
        }
        let own = self.newest(fault)?;
        let with_fault = incidents.is_empty() || own.state != State::Resolved;
        if with_fault {
            incidents.insert(0, own.clone());
        }
        let cases = incidents.iter().cloned();
        let cases = cases.map(|incident| Case::of(self.desk, incident));
        let cases: Vec<Case> = cases.collect::<Result<_, _>>()?;
        let scene = self.scene(context)?;
        let parties: Vec<_> = incidents
            .iter()
            .zip(&cases)
            .map(|(incident, case)| case.party(incident, &scene))
            .collect();
        let decided = decide_together(&own, &parties, together)?;
        let mut done = ResolvedSame {
            fault,
            with_fault,
            resolved: Vec::new(),
            left: Vec::new(),
            messages: Vec::new(),
            untold: Vec::new(),
        };
        let mut entered = false;
        for (case, decided) in cases.into_iter().zip(decided) {
            let number = case.number;
            let decided = match decided {
                Ok(decided) => decided,
                Err(refusal) if number == fault => return Err(refusal.into()),
                Err(refusal) => {
                    done.left.push((number, refusal.message));
                    continue;
                }
            };
            if !std::mem::replace(&mut entered, true) {
                self.enter(&scene, context)?;
            }
            let template = case.ruling.policy.template(Occasion::Resolved).is_some();
            let is_told = !context.quiet && (template || together.message.is_some());
            match told(&decided) {
                Some(Event::MessageQueued(message)) => done.messages.push(MessageId {
                    tech_ref: number,
                    n: message.n,
                }),
                None if is_told => done.untold.push(number),
                _ => {}
            }
            if number != fault {
                done.resolved.push(number);
            }
            self.write(&scene, case, decided)?;
        }
        Ok(done)
    }
}

/// How the caller is told of a resolution: by a message, or by one of another incident.
fn told(decided: &Decided) -> Option<&Event> {
    let mut events = decided.events.iter().map(|(_, event)| event);
    events.find(|event| match event {
        Event::MessageQueued(message) => message.occasion == Occasion::Resolved,
        Event::ToldWith { .. } => true,
        _ => false,
    })
}
