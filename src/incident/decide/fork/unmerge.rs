//! A merge that turns out to be wrong.

use super::{Decided, Party};
use crate::incident::clock::{ClockKind, Ending};
use crate::incident::decide::clocks::MEANWHILE;
use crate::incident::decide::possible::{StepKind, possible};
use crate::incident::decide::{Draft, in_order};
use crate::incident::event::Event;
use crate::incident::people::EntitlementId;
use crate::incident::refusal::Refusal;
use crate::incident::state::{Cover, Incident, Merged, State};
use crate::policy::EntitlementKind;

/// Decides that `old`, which was merged into `whole`, is an incident of its own after all: both are as they were before,
/// and what happened since stays where it was recorded.
///
/// # Errors
/// A [`Refusal`] when it is not merged, or what paid for it pays for something else by now.
pub fn decide_unmerge(old: Party<'_>, whole: Party<'_>) -> Result<[Decided; 2], Refusal> {
    let (mut old, mut whole) = (old.draft()?, whole.draft()?);
    possible(StepKind::Unmerge, &old.incident, old.situation)?;
    in_order(&old)?;
    alone(&whole.incident, &old.incident)?;
    let from = whole.incident.tech_ref;
    let cover = cover_again(&old)?;
    old.push(Event::Unmerged { from });
    if let Some(cover) = cover {
        old.push(Event::Covered {
            cover: cover.kind,
            entitlement: cover.entitlement,
            used: cover.used,
            // What was paid for it comes back with the rest of it.
            price: None,
            instead_of: None,
            again: true,
        });
    }
    wait_anew(&mut old)?;
    // Its clocks run again as they ran before, in the hours as they are now.
    old.recount(MEANWHILE)?;
    part(&mut whole, &old.incident)?;
    Ok([old.decided(), whole.decided()])
}

/// What a merged incident was before; refuses one that is not merged.
pub(in crate::incident::decide) fn merged(incident: &Incident) -> Result<&Merged, Refusal> {
    incident.forks.merged.as_deref().ok_or_else(|| {
        let number = incident.tech_ref;
        Refusal::rule(format!(
            "{number} is not merged into another one: there is nothing to undo"
        ))
    })
}

/// Refuses to take one out of an incident that has gone into a third.
fn alone(whole: &Incident, old: &Incident) -> Result<(), Refusal> {
    let Some(third) = whole.forks.leads_to() else {
        return Ok(());
    };
    let (whole, old) = (whole.tech_ref, old.tech_ref);
    Err(Refusal::rule(format!(
        "{whole} was itself merged into {third}: unmerge {whole} before you unmerge {old}"
    )))
}

/// What paid for it, taken again; what has been taken by another incident meanwhile cannot be.
fn cover_again(old: &Draft<'_>) -> Result<Option<Cover>, Refusal> {
    let before = merged(&old.incident)?;
    let kept = before.kept.map(|kept| Cover {
        kind: kept.cover,
        entitlement: Some(kept.entitlement),
        used: old.incident.first_response_at.is_some(),
        refunded: false,
    });
    // What could not go back to the balance is still held.
    let released = before
        .cover
        .clone()
        .filter(|_| old.incident.cover.is_none());
    let cover = kept.or(released);
    let id = cover.as_ref().and_then(|cover| cover.entitlement);
    match id.filter(|id| used_up(old, *id)) {
        None => Ok(cover),
        Some(EntitlementId(id)) => {
            let number = old.incident.tech_ref;
            Err(Refusal::rule(format!(
                "what paid for {number} (entitlement {id}) pays for another incident by now: log a new incident instead"
            )))
        }
    }
}

fn used_up(old: &Draft<'_>, id: EntitlementId) -> bool {
    let owned = old.situation.entitlements.iter();
    owned
        .filter(|owned| owned.id == id && owned.kind != EntitlementKind::Hours)
        .any(|owned| owned.remaining() == Some(0))
}

/// A silence that ran out while nobody waited for the customer under this number counts from now.
fn wait_anew(old: &mut Draft<'_>) -> Result<(), Refusal> {
    let at = old.situation.at;
    match &old.situation.policy.silence {
        Some(silence) if old.incident.silence_ends().is_some_and(|ends| ends <= at) => {
            old.start(ClockKind::Silence, &silence.after, at)
        }
        _ => Ok(()),
    }
}

/// The other one is without an answer since its own oldest contact again, if the clock still runs from the start that
/// it took over.
fn part(whole: &mut Draft<'_>, old: &Incident) -> Result<(), Refusal> {
    let absorbed = whole.incident.forks.merged_from.iter();
    let absorbed = absorbed.copied().find(|other| other.number == old.tech_ref);
    whole.push(Event::PartedFrom { from: old.tech_ref });
    let Some(absorbed) = absorbed.filter(|absorbed| absorbed.unanswered_since.is_some()) else {
        return Ok(());
    };
    let clock = whole.incident.running(ClockKind::Response);
    if clock.map(|clock| clock.started_at) != absorbed.unanswered_since {
        return Ok(());
    }
    match absorbed
        .instead_of
        .into_iter()
        .chain(absorbed.heard_at)
        .min()
    {
        Some(since) if whole.incident.state != State::Merged => whole.start_response(since),
        _ => {
            let at = whole.situation.at;
            whole.stop_as(ClockKind::Response, at, Ending::Cancelled);
            Ok(())
        }
    }
}
