//! Putting right what was taken down about an incident, and giving it to another customer.

use rusqlite::Connection;

use super::case::Case;
use super::context::Context;
use super::{Batch, StoreError, entitlements, timeline};
use crate::incident::{Edit, Entitlement, Event, Incident, Recorded, TechRef, decide_edit};

impl Batch<'_> {
    /// Puts an incident right.
    ///
    /// # Errors
    /// As [`Batch::follow`].
    pub(super) fn edit(
        &mut self,
        number: TechRef,
        edit: &Edit,
        context: &Context,
    ) -> Result<(), StoreError> {
        let incident = self.unchanged(number, context)?;
        let case = Case::of(self.desk, incident.clone())?;
        let to = edit.customer.filter(|id| *id != incident.customer);
        let to = to.map(|customer| {
            let moved = Incident {
                customer,
                ..incident.clone()
            };
            Case::of(self.desk, moved)
        });
        let to = to.transpose()?;
        let past = match &to {
            Some(_) => timeline::of_incident(&self.desk.connection, number)?,
            None => Vec::new(),
        };
        let scene = self.scene(context)?;
        let party = case.party(&incident, &scene);
        let to = to.as_ref().map(|to| scene.situation(to));
        let decided = decide_edit(edit, party, to, &past)?;
        self.enter(&scene, context)?;
        self.write(&scene, case, decided)
    }
}

/// What the customers had whose incident it was before: what paid for it then may be wanted again.
pub(super) fn of_those_before(
    connection: &Connection,
    timeline: &[Recorded],
) -> Result<Vec<Entitlement>, StoreError> {
    let mut had = Vec::new();
    for entry in timeline {
        if let Event::Edited(edited) = &entry.event
            && let Some(customer) = edited.old_customer
        {
            had.extend(entitlements::entitlements(connection, customer)?);
        }
    }
    Ok(had)
}
