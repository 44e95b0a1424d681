//! Faults that many have: who has them, and resolving them together.

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::execute::Context;
use super::{Batch, Desk, StoreError};
use crate::incident::{Incident, Resolution, State, Step, TechRef, decide_same_as};

/// What became of a known fault and of those that are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedSame {
    /// The fault.
    pub fault: TechRef,
    /// Those that were resolved with it.
    pub resolved: Vec<TechRef>,
    /// Those that a rule left as they are, and why.
    pub left: Vec<(TechRef, String)>,
}

impl Desk {
    /// The incidents that are the same as a known fault, the oldest number first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn same_as(&self, fault: TechRef) -> Result<Vec<TechRef>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT number FROM incident WHERE same_as = ?1 ORDER BY number")?;
        let same = statement.query_map([fault.to_string()], |row| row.get(0).map(TechRef::new))?;
        Ok(same.collect::<Result<_, _>>()?)
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
        resolution: &Resolution,
        context: &Context,
    ) -> Result<ResolvedSame, StoreError> {
        let step = Step::Resolve(Box::new(resolution.clone()));
        let mut same = Vec::new();
        for number in self.desk.same_as(fault)? {
            if self.newest(number)?.state.is_open() {
                same.push(number);
            }
        }
        if same.is_empty() || self.newest(fault)?.state != State::Resolved {
            self.take(fault, &step, context)?;
        }
        let mut done = ResolvedSame {
            fault,
            resolved: Vec::new(),
            left: Vec::new(),
        };
        let seen_by_nobody = Context {
            if_revision: None,
            ..context.clone()
        };
        for number in same {
            match self.take(number, &step, &seen_by_nobody) {
                Ok(()) => done.resolved.push(number),
                Err(StoreError::Refused(refusal)) => done.left.push((number, refusal.message)),
                Err(other) => return Err(other),
            }
        }
        Ok(done)
    }

    /// Takes one step.
    fn take(&mut self, number: TechRef, step: &Step, context: &Context) -> Result<(), StoreError> {
        let mut step = Some(step);
        self.follow(number, context, |_| step.take().cloned())
    }
}
