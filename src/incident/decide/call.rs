//! The end of a call on which an incident was logged or continued.

use chrono::{DateTime, Utc};

use super::text::optional;
use super::{Draft, escalate, respond, time, workable};
use crate::incident::command::{CallEnd, Respond};
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::incident::state::{Incident, State};
use crate::policy::Channel;

/// Keeps the call's length. Where the matter was answered, that is a response, which counts from the call's start.
pub(super) fn ended(draft: &mut Draft<'_>, end: &CallEnd) -> Result<(), Refusal> {
    if end.began_at > draft.situation.at || end.seconds < 0 || end.held < 0 {
        return Err(Refusal::input(
            "the call would end before it began: give its start and its length anew",
        ));
    }
    respond::with_answer(end.answered, end.manual_page.as_deref())?;
    if end.answered {
        workable(&draft.incident, "answer")?;
    }
    let policy = draft.situation.policy;
    let with = escalate::spoken_with(policy, Channel::Phone, end.with.as_deref())?;
    draft.push(Event::CallEnded {
        seconds: end.seconds,
        held: end.held,
        text: optional("note", end.text.as_deref())?,
        with,
    });
    if end.answered {
        answered(draft, end)?;
    }
    time::charge(draft, end.began_at, end.seconds, end.outside.as_ref())
}

/// When an answer counts that was given on a call that began at `began_at`: from the call's start, but not before there was
/// an incident, nor, where it is the first one, before the work on it might begin (P1-04, P3-01, P3-07).
fn answered_at(incident: &Incident, began_at: DateTime<Utc>) -> DateTime<Utc> {
    let at = began_at.max(incident.opened_at);
    let first = incident.first_response_at.is_none() && incident.state == State::Open;
    if first {
        at.max(incident.state_since)
    } else {
        at
    }
}

fn answered(draft: &mut Draft<'_>, end: &CallEnd) -> Result<(), Refusal> {
    let at = draft.situation.at;
    draft.situation.at = answered_at(&draft.incident, end.began_at);
    let respond = Respond {
        by: Channel::Phone,
        channel_reason: None,
        text: None,
        estimate: end.estimate.clone(),
        manual_page: end.manual_page.clone(),
    };
    respond::credit(draft, &respond, None)?;
    draft.situation.at = at;
    Ok(())
}
