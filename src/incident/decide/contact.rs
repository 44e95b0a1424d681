//! Calls and other contacts on an incident that exists.

use super::clocks::MEANWHILE;
use super::possible::answerable;
use super::respond::{back_from_waiting, credit, use_cover, with_answer};
use super::text::{checked, optional};
use super::{Draft, appointment, channel, escalate, time, work};
use crate::incident::clock::ClockKind;
use crate::incident::command::{NewContact, Respond};
use crate::incident::event::{Contacted, Event, NoteKind, Way};
use crate::incident::refusal::Refusal;
use crate::incident::state::State;
use crate::policy::{AfterResolution, Channel, Contacts};

/// Logs a contact. A customer's contact ends the waiting and, where every contact wants a reply, starts the response
/// clock; an answered outgoing call is a response, an attempt is none.
pub(super) fn contact(draft: &mut Draft<'_>, contact: &NewContact) -> Result<(), Refusal> {
    if contact.way == Way::Attempt && contact.answered {
        return Err(Refusal::input(
            "nobody was reached, so nothing was answered: log it as a call that was taken (--out), or as not answered (without --answered)",
        ));
    }
    with_answer(contact.answered, contact.manual_page.as_deref())?;
    withdraw_silence(draft, contact)?;
    let policy = draft.situation.policy;
    let (kept, channel_reason) = channel::kept(
        &draft.situation,
        contact.channel,
        contact.channel_reason.as_deref(),
    )?;
    let with = escalate::spoken_with(policy, kept, contact.with.as_deref())?;
    draft.push(Event::Contacted(Contacted {
        way: contact.way,
        channel: kept,
        seconds: contact.seconds,
        text: optional("note", contact.text.as_deref())?,
        contact: contact.contact.clone(),
        channel_reason,
        with,
    }));
    appointment::kept_by(draft, contact);
    if contact.way == Way::In {
        heard(draft)?;
    }
    if contact.answered {
        answerable(&draft.incident)?;
    }
    let workable = draft.incident.state.is_workable();
    if contact.answered || (contact.way == Way::Out && workable) {
        respond_by_call(draft, contact, kept)?;
    }
    if kept == Channel::Phone && contact.way != Way::Attempt {
        time::charge(
            draft,
            draft.situation.at,
            contact.seconds,
            contact.outside.as_ref(),
        )?;
    } else {
        time::not_asked(&draft.incident, contact.outside.as_ref())?;
    }
    if let Some(conduct) = optional("conduct note", contact.conduct.as_deref())? {
        work::note(
            draft,
            NoteKind::Conduct,
            &checked("conduct note", &conduct)?,
        )?;
    }
    Ok(())
}

/// The customer was heard: the waiting ends, and a reply is owed where every contact wants one.
fn heard(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    back_from_waiting(draft)?;
    let (policy, at) = (draft.situation.policy, draft.situation.at);
    let incident = &draft.incident;
    if incident.state == State::Resolved
        && incident.state_since <= at
        && policy.after_resolution == AfterResolution::Reopen
    {
        return super::resolve::reopen(draft, true, false, None);
    }
    let every = policy
        .response
        .as_ref()
        .is_some_and(|response| response.contacts == Contacts::Every);
    // The clock runs from the oldest contact without an answer, in whatever order they are entered.
    let unanswered = incident.last_response_at.is_none_or(|last| last <= at);
    let oldest = incident
        .running(ClockKind::Response)
        .is_none_or(|clock| at < clock.started_at);
    if every && incident.state == State::Open && unanswered && oldest {
        draft.start_response(at)?;
    }
    Ok(())
}

/// An outgoing call stops the response clock; an estimate is wanted only where the agent says that it was an answer.
fn respond_by_call(
    draft: &mut Draft<'_>,
    contact: &NewContact,
    by: Channel,
) -> Result<(), Refusal> {
    if !contact.answered && contact.estimate.is_none() {
        use_cover(draft);
        draft.stop(ClockKind::Response, draft.situation.at);
        return Ok(());
    }
    let respond = Respond {
        by,
        channel_reason: None,
        text: None,
        estimate: contact.estimate.clone(),
        manual_page: contact.manual_page.clone(),
    };
    credit(draft, &respond, None)
}

/// A contact from before the silence ran out, entered later, takes the resolution by silence back.
fn withdraw_silence(draft: &mut Draft<'_>, contact: &NewContact) -> Result<(), Refusal> {
    let Some(silence) = &draft.situation.policy.silence else {
        return Ok(());
    };
    let by_silence = draft
        .incident
        .resolution
        .as_ref()
        .is_some_and(|resolution| {
            let asked = draft.incident.clocks.iter().any(|clock| {
                clock.kind == ClockKind::Silence
                    && clock.started_at <= draft.situation.at
                    && clock
                        .stopped
                        .is_some_and(|stopped| stopped.at == resolution.at)
            });
            asked && resolution.outcome == silence.outcome && draft.situation.at < resolution.at
        });
    if contact.way == Way::In && draft.incident.state == State::Resolved && by_silence {
        draft.push(Event::SilenceWithdrawn);
        draft.recount(MEANWHILE)?;
    }
    Ok(())
}
