//! Calls that are arranged with the customer, and kept (P1-05).

use chrono::{DateTime, TimeDelta, Utc};

use super::Draft;
use super::possible::workable;
use crate::calendar::Counted;
use crate::incident::clock::{ClockKind, Ending, whole};
use crate::incident::command::NewContact;
use crate::incident::event::{Event, Way};
use crate::incident::refusal::Refusal;
use crate::incident::state::{Incident, State};
use crate::policy::{Channel, Occasion};

/// A call is arranged for an instant, in place of one that was arranged before; the customer is told.
pub(super) fn schedule(draft: &mut Draft<'_>, instant: DateTime<Utc>) -> Result<(), Refusal> {
    let (at, instant) = (draft.situation.at, whole(instant));
    if instant <= at {
        return Err(Refusal::input(
            "a call is scheduled for an instant that is still to come: give a later one",
        ));
    }
    draft.give_way(ClockKind::Appointment, at, Ending::Replaced);
    draft.push(Event::ClockStarted {
        clock: ClockKind::Appointment,
        counted: Counted::Elapsed,
        started_at: at,
        due_at: instant,
        grace: draft.situation.policy.appointment_grace.nominal_seconds(),
    });
    draft.message(Occasion::Scheduled, None);
    Ok(())
}

/// The arranged call falls away.
pub(super) fn cancel(draft: &mut Draft<'_>) {
    draft.give_way(
        ClockKind::Appointment,
        draft.situation.at,
        Ending::Cancelled,
    );
}

/// A call that took place, or will not, is not announced any more.
pub(super) fn unannounced(draft: &mut Draft<'_>) {
    let messages = (1..).zip(&draft.incident.messages);
    let announced = messages.filter(|(_, message)| message.occasion == Occasion::Scheduled);
    let announced: Vec<u32> = announced.map(|(n, _)| n).collect();
    for n in announced {
        draft.drop_unsent(n, "the call that it announces is over, moved or called off");
    }
}

/// A call that was answered keeps the one that was arranged, unless it came too early to be that one.
pub(super) fn kept_by(draft: &mut Draft<'_>, contact: &NewContact) {
    let at = draft.situation.at;
    let call = contact.channel == Channel::Phone && contact.way != Way::Attempt;
    let arranged = draft.incident.running(ClockKind::Appointment);
    let meant = arranged.is_some_and(|clock| at >= clock.due_at - TimeDelta::seconds(clock.grace));
    if call && meant {
        draft.stop(ClockKind::Appointment, at);
    }
}

/// A call can be arranged on whatever is accepted and not over, also while its payment is awaited.
pub(super) fn schedulable(incident: &Incident) -> Result<(), Refusal> {
    match incident.state {
        State::AwaitingPayment => Ok(()),
        _ => workable(incident, "schedule a call"),
    }
}

/// Refuses to cancel what was never arranged.
pub(super) fn scheduled(incident: &Incident) -> Result<(), Refusal> {
    match incident.running(ClockKind::Appointment) {
        Some(_) => Ok(()),
        None => Err(Refusal::rule(format!(
            "no call is scheduled for {}: there is nothing to cancel",
            incident.tech_ref
        ))),
    }
}
