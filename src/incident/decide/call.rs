//! The end of a call on which an incident was logged or continued.

use super::text::optional;
use super::{Draft, escalate, respond, time, workable};
use crate::incident::command::{CallEnd, Respond};
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
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

fn answered(draft: &mut Draft<'_>, end: &CallEnd) -> Result<(), Refusal> {
    let at = draft.situation.at;
    draft.situation.at = end.began_at.max(draft.incident.opened_at);
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
