//! Another aspect of a matter becomes an incident of its own (P1-11, P1-13, P3-04).

use super::{Decided, Party, Situation};
use crate::incident::TechRef;
use crate::incident::command::{Log, Split};
use crate::incident::decide::possible::{StepKind, possible};
use crate::incident::decide::{channel, cover, log};
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::incident::state::{Incident, State};
use crate::policy::Occasion;

/// Decides a new incident, with the number `tech_ref` and ruled by `new`, for an aspect of the one that is split. It is
/// received at that instant, counts as accepted, and takes a unit of its own or awaits payment.
///
/// # Errors
/// A [`Refusal`] when the one that is split has ended, or the new one lacks what its policy asks for.
pub fn decide_split(
    split: &Split,
    from: Party<'_>,
    tech_ref: TechRef,
    new: Situation<'_>,
) -> Result<[Decided; 2], Refusal> {
    let mut whole = from.draft()?;
    possible(StepKind::Split, &whole.incident, from.situation)?;
    let mut part = log::open(&inherited(split, &whole.incident, &new), tech_ref, new)?;
    let (source, told) = (whole.incident.tech_ref, split.told);
    part.push(Event::SplitFrom { from: source, told });
    if part.incident.state == State::AwaitingAcceptance {
        cover::accept(&mut part, None)?;
    }
    part.message(Occasion::Logged, split.detail.as_deref());
    whole.push(Event::SplitInto {
        into: tech_ref,
        told,
    });
    Ok([whole.decided(), part.decided()])
}

/// The new aspect, with what it has from the incident that it was part of.
fn inherited(split: &Split, from: &Incident, new: &Situation<'_>) -> Log {
    Log {
        contact: from.contact.clone(),
        policy: Some(from.policy.clone()),
        office: from.office.clone(),
        detail: split.detail.clone(),
        product: from.product.clone(),
        severity: split.severity.clone().or(from.severity.asked.clone()),
        channel: from.channel,
        channel_reason: channel::inherited(from, new),
        ..Log::new(from.customer, split.summary.clone())
    }
}
