//! Incidents that have to do with each other.

use super::{Decided, Party};
use crate::incident::decide::possible::{StepKind, possible};
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;

/// Decides that two incidents have to do with each other: each leads to the other one, whatever became of them.
///
/// # Errors
/// A [`Refusal`] when they are one and the same.
pub fn decide_link(one: Party<'_>, other: Party<'_>) -> Result<[Decided; 2], Refusal> {
    let (mut one, mut other) = (one.draft()?, other.draft()?);
    let (first, second) = (one.incident.tech_ref, other.incident.tech_ref);
    possible(StepKind::Link, &one.incident, one.situation)?;
    if first == second {
        return Err(Refusal::input(format!(
            "{first} cannot be linked with itself: give the other number"
        )));
    }
    if !one.incident.forks.linked.contains(&second) {
        one.push(Event::Linked { with: second });
        other.push(Event::Linked { with: first });
    }
    Ok([one.decided(), other.decided()])
}

/// Decides that two linked incidents have nothing to do with each other after all.
///
/// # Errors
/// A [`Refusal`] when they are not linked.
pub fn decide_unlink(one: Party<'_>, other: Party<'_>) -> Result<[Decided; 2], Refusal> {
    let (mut one, mut other) = (one.draft()?, other.draft()?);
    let (first, second) = (one.incident.tech_ref, other.incident.tech_ref);
    possible(StepKind::Unlink, &one.incident, one.situation)?;
    if !one.incident.forks.linked.contains(&second) {
        return Err(Refusal::rule(format!(
            "{first} and {second} are not linked: there is nothing to undo"
        )));
    }
    one.push(Event::Unlinked { with: second });
    other.push(Event::Unlinked { with: first });
    Ok([one.decided(), other.decided()])
}

/// Refuses to undo a link of an incident that has none.
pub(in crate::incident::decide) fn linked(incident: &Incident) -> Result<(), Refusal> {
    if incident.forks.linked.is_empty() {
        let number = incident.tech_ref;
        return Err(Refusal::rule(format!(
            "{number} is linked with no other incident: there is nothing to undo"
        )));
    }
    Ok(())
}
