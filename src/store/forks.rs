//! Changes of several incidents at once: decided together against their newest states, and recorded together or not at
//! all.

use super::case::Case;
use super::context::Context;
use super::{Batch, Desk, StoreError, entitlements, incidents};
use crate::incident::{
    Decided, Incident, Party, Refusal, Split, TechRef, decide_merge, decide_split, decide_unmerge,
};

impl Desk {
    /// The incident that a number leads to: another one than its own once that was merged into it.
    ///
    /// # Errors
    /// When there is none with that number, or the file cannot be read.
    pub fn leads_to(&self, number: TechRef) -> Result<TechRef, StoreError> {
        lead(number, |number| incidents::load(&self.connection, number))
    }
}

impl Batch<'_> {
    /// As [`Desk::leads_to`], as this transaction sees it.
    ///
    /// # Errors
    /// As [`Desk::leads_to`].
    pub(super) fn leads_to(&self, number: TechRef) -> Result<TechRef, StoreError> {
        lead(number, |number| self.newest(number))
    }

    /// Makes another aspect of an incident one of its own, and gives its number.
    ///
    /// # Errors
    /// As [`Batch::log`].
    pub(super) fn split(
        &mut self,
        number: TechRef,
        split: &Split,
        context: &Context,
    ) -> Result<TechRef, StoreError> {
        let incident = self.unchanged(number, context)?;
        let whole = Case::of(self.desk, incident.clone())?;
        let policy = Some(incident.policy.as_str());
        let part = Case::opening(self.desk, self.next_number()?, incident.customer, policy)?;
        let scene = self.scene(context)?;
        let new = scene.situation(&part);
        let decided = decide_split(split, whole.party(&incident, &scene), part.number, new)?;
        let number = part.number;
        self.enter(&scene, context)?;
        for (case, decided) in [whole, part].into_iter().zip(decided) {
            self.write(&scene, case, decided)?;
        }
        Ok(number)
    }

    /// Merges an incident into another one, and gives the number that it leads to.
    ///
    /// # Errors
    /// As [`Batch::follow`].
    pub(super) fn merge(
        &mut self,
        number: TechRef,
        into: TechRef,
        context: &Context,
    ) -> Result<TechRef, StoreError> {
        let kept = entitlements::next_id(&self.desk.connection)?;
        self.pair(number, into, context, |from, into| {
            decide_merge(from, into, kept)
        })?;
        Ok(into)
    }

    /// Makes a merged incident one of its own again.
    ///
    /// # Errors
    /// As [`Batch::follow`].
    pub(super) fn unmerge(
        &mut self,
        number: TechRef,
        context: &Context,
    ) -> Result<TechRef, StoreError> {
        let whole = self.newest(number)?.forks.leads_to().unwrap_or(number);
        self.pair(number, whole, context, decide_unmerge)?;
        Ok(number)
    }

    /// Carries out what concerns two incidents that exist.
    ///
    /// # Errors
    /// As [`Batch::follow`].
    pub(super) fn pair(
        &mut self,
        one: TechRef,
        other: TechRef,
        context: &Context,
        decide: impl FnOnce(Party<'_>, Party<'_>) -> Result<[Decided; 2], Refusal>,
    ) -> Result<(), StoreError> {
        let incidents = [self.unchanged(one, context)?, self.newest(other)?];
        let [of_one, of_other] = &incidents;
        let cases = [
            Case::of(self.desk, of_one.clone())?,
            Case::of(self.desk, of_other.clone())?,
        ];
        let scene = self.scene(context)?;
        let [first, second] = &cases;
        let decided = decide(first.party(of_one, &scene), second.party(of_other, &scene))?;
        self.enter(&scene, context)?;
        for (case, decided) in cases.into_iter().zip(decided) {
            self.write(&scene, case, decided)?;
        }
        Ok(())
    }
}

/// Follows merges to the incident that goes on.
fn lead(
    mut number: TechRef,
    read: impl Fn(TechRef) -> Result<Incident, StoreError>,
) -> Result<TechRef, StoreError> {
    while let Some(into) = read(number)?.forks.leads_to() {
        number = into;
    }
    Ok(number)
}
