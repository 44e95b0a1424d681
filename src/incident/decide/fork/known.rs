//! Faults that many have: one incident stands for the fault, and others are the same as it.

use super::{Decided, Party};
use crate::incident::decide::Draft;
use crate::incident::decide::possible::{StepKind, possible};
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;

/// Marks an incident as a fault that many have, or takes the mark off.
pub(in crate::incident::decide) fn know(draft: &mut Draft<'_>, known: bool) -> Result<(), Refusal> {
    if let Some(fault) = draft.incident.forks.same_as {
        let number = draft.incident.tech_ref;
        return Err(Refusal::rule(format!(
            "{number} is itself the same as {fault}, which stands for the fault: count others to that one"
        )));
    }
    if draft.incident.forks.known != known {
        draft.push(Event::KnownFault { known });
    }
    Ok(())
}

/// Decides that `one` is the same as a known fault, or as none. Nothing is recorded on the fault itself, so that who
/// works on it is not disturbed by each further caller.
///
/// # Errors
/// A [`Refusal`] when the other one does not stand for a fault that many have.
pub fn decide_same_as(one: Party<'_>, fault: Option<&Incident>) -> Result<Decided, Refusal> {
    let mut one = one.draft()?;
    possible(StepKind::SameAs, &one.incident, one.situation)?;
    if let Some(fault) = fault {
        stands_for_many(&one.incident, fault)?;
    }
    let number = one.incident.tech_ref;
    if fault.is_none() && one.incident.forks.same_as.is_none() {
        return Err(Refusal::rule(format!(
            "{number} is counted to no known fault: there is nothing to take back"
        )));
    }
    let fault = fault.map(|fault| fault.tech_ref);
    if one.incident.forks.same_as != fault {
        one.push(Event::SameAs { fault });
    }
    Ok(one.decided())
}

fn stands_for_many(one: &Incident, fault: &Incident) -> Result<(), Refusal> {
    let (number, known) = (one.tech_ref, fault.tech_ref);
    if number == known {
        return Err(Refusal::input(format!(
            "{number} cannot be the same as itself: give the other number"
        )));
    }
    marked(fault)?;
    if one.forks.known {
        return Err(Refusal::rule(format!(
            "{number} is a known fault itself: take that mark off before you count it to {known}"
        )));
    }
    Ok(())
}

/// Refuses to take an incident for a fault that many have, where nobody marked it as one.
pub(super) fn marked(fault: &Incident) -> Result<(), Refusal> {
    if fault.forks.known {
        return Ok(());
    }
    let number = fault.tech_ref;
    Err(Refusal::rule(format!(
        "{number} is not marked as a known fault: mark it first (`holdline known {number}`)"
    )))
}
