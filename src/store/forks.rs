//! Changes of several incidents at once: decided together against their newest states, and recorded together or not at
//! all.

use super::case::Case;
use super::execute::Context;
use super::{Batch, StoreError};
use crate::incident::{Split, TechRef, decide_split};

impl Batch<'_> {
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
}
