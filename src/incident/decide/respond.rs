//! Responses, questions to the customer, and going on with the work.

use chrono::{DateTime, Utc};

use super::text::{checked, optional};
use super::{Draft, channel, in_order, later_than};
use crate::calendar::Counted;
use crate::incident::clock::{ClockKind, Ending};
use crate::incident::command::{Estimate, Respond};
use crate::incident::event::{Event, Resumed};
use crate::incident::refusal::Refusal;
use crate::incident::state::{Incident, State};
use crate::policy::{Channel, Occasion, Policy};

/// The customer is answered: stops the response clock, and ends the waiting.
pub(super) fn respond(draft: &mut Draft<'_>, respond: &Respond) -> Result<(), Refusal> {
    let text = optional("response", respond.text.as_deref())?;
    if text.is_none() {
        return Err(Refusal::input(
            "a response needs text: say what the customer was told",
        ));
    }
    let said = text.clone();
    let reason = respond.channel_reason.as_deref();
    let (by, channel_reason) = channel::kept(&draft.situation, respond.by, reason)?;
    let kept = Respond {
        by,
        channel_reason,
        ..respond.clone()
    };
    credit(draft, &kept, text)?;
    if respond.by == Channel::Mail {
        draft.message(Occasion::Responded, said.as_deref());
    }
    Ok(())
}

/// A manual page is cited by an answer, and by nothing else (P5-12).
pub(super) fn with_answer(answered: bool, page: Option<&str>) -> Result<(), Refusal> {
    if page.is_some() && !answered {
        return Err(Refusal::input(
            "a manual page goes with an answer: say that it was answered (--answered), or cite no page (--manual)",
        ));
    }
    Ok(())
}

/// Whether a response at `at` has to say until when the incident will be resolved, or why that cannot be said: not where
/// an estimate stands that was promised before (P2-06).
pub fn wants_estimate(incident: &Incident, policy: &Policy, at: DateTime<Utc>) -> bool {
    let promised = incident.running(ClockKind::Estimate);
    let stands = promised.is_some_and(|clock| clock.due_at > at);
    policy.estimate_required && incident.state != State::Resolved && !stands
}

/// The response itself, also when it is given on a call.
pub(super) fn credit(
    draft: &mut Draft<'_>,
    respond: &Respond,
    text: Option<String>,
) -> Result<(), Refusal> {
    let at = draft.situation.at;
    let resolved = draft.incident.state == State::Resolved;
    let estimate_note = match &respond.estimate {
        Some(Estimate::No(reason)) => Some(checked("reason for giving no estimate", reason)?),
        Some(Estimate::By(_)) if resolved => {
            let number = draft.incident.tech_ref;
            return Err(Refusal::rule(format!(
                "{number} is resolved, so there is nothing to estimate: give no estimate (--estimate), or reopen it"
            )));
        }
        Some(Estimate::By(_)) => None,
        None if wants_estimate(&draft.incident, draft.situation.policy, at) => {
            return Err(Refusal::rule(
                "a response that does not resolve the incident gives an estimate: say until when (--estimate), or why \
                 not (--no-estimate)",
            ));
        }
        None => None,
    };
    use_cover(draft);
    draft.stop(ClockKind::Response, at);
    let manual_page = optional("manual page", respond.manual_page.as_deref())?;
    draft.push(Event::Responded {
        by: respond.by,
        channel_reason: respond.channel_reason.clone(),
        text,
        manual_page,
        estimate_note,
    });
    back_from_waiting(draft)?;
    match &respond.estimate {
        Some(Estimate::By(by)) => promise(draft, *by),
        _ => Ok(()),
    }
}

/// A new estimate takes the place of the one before; the history stays (P2-06).
pub(super) fn estimate(draft: &mut Draft<'_>, by: DateTime<Utc>) -> Result<(), Refusal> {
    promise(draft, by)
}

fn promise(draft: &mut Draft<'_>, by: DateTime<Utc>) -> Result<(), Refusal> {
    let at = draft.situation.at;
    if by <= at {
        return Err(Refusal::input(
            "the estimate is not after the response: give a later instant",
        ));
    }
    draft.start_until(ClockKind::Estimate, Counted::Elapsed, at, by);
    Ok(())
}

/// The customer is asked something: that is a response, credited first, and then we wait.
pub(super) fn wait(draft: &mut Draft<'_>, text: &str) -> Result<(), Refusal> {
    in_order(draft)?;
    later_than(
        draft,
        draft.incident.last_contact_at,
        "in contact with the customer",
    )?;
    let text = checked("question", text)?;
    let at = draft.situation.at;
    use_cover(draft);
    draft.stop(ClockKind::Response, at);
    if draft.incident.state == State::Open {
        draft.pause()?;
    }
    draft.push(Event::Waiting { text: text.clone() });
    if let Some(silence) = &draft.situation.policy.silence {
        draft.start(ClockKind::Silence, &silence.after, at)?;
    }
    draft.message(Occasion::Asked, Some(&text));
    Ok(())
}

/// Work goes on without a word from the customer.
pub(super) fn resume(draft: &mut Draft<'_>, reason: Option<&str>) -> Result<(), Refusal> {
    in_order(draft)?;
    let text = optional("reason", reason)?;
    draft.push(Event::Resumed(Resumed { text }));
    back_from_waiting(draft)
}

/// Ends the silence and the pause, once the incident does not wait any more.
pub(super) fn back_from_waiting(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    if draft.incident.state == State::Waiting {
        return Ok(());
    }
    let at = draft.situation.at;
    draft.stop_as(ClockKind::Silence, at, Ending::Cancelled);
    draft.unpause()
}

/// A reserved unit is used up by the first response.
pub(super) fn use_cover(draft: &mut Draft<'_>) {
    if draft
        .incident
        .cover
        .as_ref()
        .is_some_and(|cover| !cover.used)
    {
        draft.push(Event::CoverUsed);
    }
}
