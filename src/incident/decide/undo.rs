//! Taking the last step back (`lifecycle.md`, "Verdicts"): by whoever took it, within the hour, where nothing was built
//! on it. A step that logged the incident leaves it void; its number stays used.

use chrono::{DateTime, TimeDelta, Utc};

use super::clocks::MEANWHILE;
use super::{Decided, Draft, Situation, asks_outside, silence_events};
use crate::incident::TechRef;
use crate::incident::command::{CallEnd, Outside};
use crate::incident::event::{Event, Recorded, TimeTaken};
use crate::incident::people::EntitlementId;
use crate::incident::refusal::{Refusal, in_utc};
use crate::incident::state::{Cover, Incident};

/// How long a step can be taken back.
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// What to do instead of taking back what the caller is told in one message about several incidents.
const TOLD_TOGETHER: &str = "its message tells of other incidents of the caller too; reopen it, and change what the message says";

/// What happened to an incident, and which entries began a step.
#[derive(Clone, Copy)]
pub struct Past<'a> {
    /// Its whole timeline, oldest first.
    pub timeline: &'a [Recorded],
    /// Of each step, oldest first, how many of the incident's own entries came before it.
    pub steps: &'a [u32],
}

/// A step that still counts, the newest of its incident.
struct Last<'a> {
    /// How many of the incident's own entries came before it.
    since: u32,
    entries: Vec<&'a Recorded>,
}

impl Last<'_> {
    /// What the step did, rather than what followed from it.
    fn title(&self) -> String {
        let did = self.entries.iter().find(|entry| !follows(&entry.event));
        did.or(self.entries.first())
            .map_or_else(String::new, |entry| titled(&entry.event))
    }
}

/// Decides that the newest step of `incident` is taken back.
///
/// # Errors
/// A [`Refusal`] when it is somebody else's, over an hour old, or more hangs on it than this incident.
pub fn decide_undo(
    incident: &Incident,
    past: Past<'_>,
    situation: Situation<'_>,
) -> Result<Decided, Refusal> {
    // What happened is kept in whole seconds.
    if situation.at.timestamp() < situation.now.timestamp() {
        return Err(Refusal::input(
            "a step is taken back when it is taken back: give no other instant (--at)",
        ));
    }
    let mut draft = Draft::about(incident, situation, false)?;
    let last = last(incident, past)?;
    if !draft.events.is_empty() {
        return Err(Refusal::rule(format!(
            "the customer's silence has resolved {} since {}: reopen it instead",
            incident.tech_ref,
            last.title()
        )));
    }
    let what = last.title();
    allowed(incident, &last, &what, situation)?;
    drop_messages(&mut draft, &last);
    queue_again(&mut draft, &last, past.timeline);
    give_time_back(&mut draft, &last);
    if last.since == 0 {
        void(&mut draft);
        return Ok(draft.decided());
    }
    let before = before(incident, past, last.since)?;
    if silence_events(&before, situation.policy, situation.now).is_some() {
        return Err(Refusal::rule(format!(
            "the customer's silence had resolved {} before that: reopen it instead",
            incident.tech_ref
        )));
    }
    again_available(&before, incident, situation)?;
    let back = draft.incident.difference_to(&before);
    draft.push(Event::Undone {
        since: last.since,
        what,
        back,
    });
    draft.recount(MEANWHILE)?;
    Ok(draft.decided())
}

/// A call on which the incident was ended, and its end, after which nothing more was done: whoever takes the last step
/// back means what ended the incident, and the call stays as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct CallKept {
    /// What is recorded of the call once more.
    pub end: CallEnd,
    /// When it ended.
    pub at: DateTime<Utc>,
}

/// The call that stays, where the newest step is the end of one and the step before it, taken on it, can be taken back.
pub fn call_kept(
    incident: &Incident,
    past: Past<'_>,
    situation: Situation<'_>,
) -> Option<CallKept> {
    let last = last(incident, past).ok()?;
    let [first, rest @ ..] = last.entries.as_slice() else {
        return None;
    };
    let Event::CallEnded {
        seconds,
        held,
        text,
        with,
    } = &first.event
    else {
        return None;
    };
    let mut outside = None;
    for entry in rest {
        outside = match &entry.event {
            Event::TimeCharged { .. } => Some(Outside::Charge),
            Event::TimeWaived { reason, .. } => Some(Outside::Waive(reason.clone())),
            _ => return None,
        };
    }
    let began_at = first.at - TimeDelta::seconds(seconds + held);
    let before = last_before(incident, past, last.since)?;
    let ends = |entry: &&Recorded| matches!(entry.event, Event::Resolved(_) | Event::Closed { .. });
    let ended = before.entries.iter().copied().find(ends)?;
    let on_it = ended.recorded_at >= began_at && ended.recorded_at <= first.at;
    allowed(incident, &before, &before.title(), situation).ok()?;
    // Within a contract's hours nothing is asked, and nothing may be said.
    let asked = asks_outside(incident, situation, began_at);
    on_it.then(|| CallKept {
        end: CallEnd {
            began_at,
            seconds: *seconds,
            held: *held,
            outside: outside.filter(|_| asked),
            answered: false,
            estimate: None,
            text: text.clone(),
            with: with.clone(),
            manual_page: None,
        },
        at: first.at,
    })
}

/// The entries of the step that is taken back first: what ended the incident on a call rather than the call's end.
///
/// # Errors
/// A [`Refusal`] when there is none.
pub fn step_to_undo<'a>(
    incident: &Incident,
    past: Past<'a>,
    situation: Situation<'_>,
) -> Result<Vec<&'a Recorded>, Refusal> {
    let last = last(incident, past)?;
    let kept = call_kept(incident, past, situation);
    let before = kept.and_then(|_| last_before(incident, past, last.since));
    Ok(before.unwrap_or(last).entries)
}

/// The newest step among the incident's first `since` own entries.
fn last_before<'a>(incident: &Incident, past: Past<'a>, since: u32) -> Option<Last<'a>> {
    let mut own = 0;
    let end = past.timeline.iter().position(|entry| {
        let is_own = !entry.event.is_of_the_desk();
        own += u32::from(is_own);
        is_own && own > since
    })?;
    let steps = past.steps.partition_point(|step| *step < since);
    let earlier = Past {
        timeline: past.timeline.get(..end)?,
        steps: past.steps.get(..steps)?,
    };
    last(incident, earlier).ok()
}

/// The incident that is to be taken out of another one, where the newest step merged the two: that is how it is taken
/// back, under the rules of taking apart.
///
/// # Errors
/// A [`Refusal`] when the step is somebody else's, or over an hour old.
pub fn merge_to_undo(
    incident: &Incident,
    past: Past<'_>,
    situation: Situation<'_>,
) -> Result<Option<TechRef>, Refusal> {
    let Ok(last) = last(incident, past) else {
        return Ok(None);
    };
    let part = last.entries.iter().find_map(|entry| match entry.event {
        Event::MergedInto { .. } => Some(incident.tech_ref),
        Event::MergedFrom { from, .. } => Some(from),
        _ => None,
    });
    if part.is_some() {
        own_and_recent(incident, &last, &last.title(), situation)?;
    }
    Ok(part)
}

/// The newest step that was not taken back already.
fn last<'a>(incident: &Incident, past: Past<'a>) -> Result<Last<'a>, Refusal> {
    let own: Vec<&Recorded> = own(past.timeline).collect();
    let mut end = own.len();
    while let Some(Event::Undone { since, .. }) =
        own.get(end.wrapping_sub(1)).map(|entry| &entry.event)
    {
        end = *since as usize;
    }
    let since = past.steps.iter().rfind(|since| (**since as usize) < end);
    let since = since.copied().ok_or_else(|| {
        Refusal::rule(format!(
            "{} has no step that could be taken back: those that an older Holdline wrote stay",
            incident.tech_ref
        ))
    })?;
    Ok(Last {
        since,
        entries: own.into_iter().take(end).skip(since as usize).collect(),
    })
}

/// The incident before the step, with what the desk's hours have done to it since.
fn before(incident: &Incident, past: Past<'_>, since: u32) -> Result<Incident, Refusal> {
    let mut count = 0;
    let entries = past.timeline.iter().filter(|entry| {
        let own = !entry.event.is_of_the_desk();
        count += u32::from(own);
        !own || count <= since
    });
    Incident::replay(incident.tech_ref, entries).ok_or_else(|| {
        Refusal::rule(format!(
            "the timeline of {} does not begin with its opening: check the desk",
            incident.tech_ref
        ))
    })
}

/// Whether this agent may take the step back now, and all that hangs on it with it.
fn allowed(
    incident: &Incident,
    last: &Last<'_>,
    what: &str,
    situation: Situation<'_>,
) -> Result<(), Refusal> {
    own_and_recent(incident, last, what, situation)?;
    let number = incident.tech_ref;
    let mut bindings = last.entries.iter().map(|entry| binding(&entry.event));
    match bindings.find_map(|instead| instead) {
        Some(instead) => Err(Refusal::rule(format!(
            "{what} on {number} cannot be taken back: {instead}"
        ))),
        None => Ok(()),
    }
}

/// Whether the step is this agent's own, and of the last hour.
fn own_and_recent(
    incident: &Incident,
    last: &Last<'_>,
    what: &str,
    situation: Situation<'_>,
) -> Result<(), Refusal> {
    let number = incident.tech_ref;
    for entry in &last.entries {
        if entry.agent != situation.agent {
            return Err(Refusal::rule(format!(
                "the last step of {number} ({what}) is {}'s: only who took it takes it back",
                entry.agent
            )));
        }
        if situation.now - entry.recorded_at > WITHIN {
            let at = in_utc(entry.recorded_at);
            return Err(Refusal::rule(format!(
                "the last step of {number} ({what}) was recorded {at}, over an hour ago, and stays: correct it by \
                 another step"
            )));
        }
    }
    Ok(())
}

/// What to do instead of taking an event back that is more than this incident's own: none where it can be.
fn binding(event: &Event) -> Option<&'static str> {
    match event {
        Event::MessageQueued(message) if !message.also.is_empty() => Some(TOLD_TOGETHER),
        Event::ToldWith { .. } => Some(TOLD_TOGETHER),
        Event::Opened(_)
        | Event::Accepted
        | Event::Declined { .. }
        | Event::Covered { .. }
        | Event::CoverUsed
        | Event::CoverReleased
        | Event::Uncovered
        | Event::PaymentAsked { .. }
        | Event::TimeCharged { .. }
        | Event::TimeWaived { .. }
        | Event::Ordered { .. }
        | Event::EmergencyAsked { .. }
        | Event::Waived { .. }
        | Event::Edited(_)
        | Event::Assigned { .. }
        | Event::SeverityAgreed { .. }
        | Event::Responded { .. }
        | Event::Waiting { .. }
        | Event::Resumed(_)
        | Event::Contacted(_)
        | Event::CallEnded { .. }
        | Event::Noted { .. }
        | Event::ClockStarted { .. }
        | Event::ClockMoved { .. }
        | Event::ClockPaused { .. }
        | Event::ClockResumed { .. }
        | Event::ClockStopped { .. }
        | Event::Escalated { .. }
        | Event::EscalationAnswered { .. }
        | Event::EscalationWithdrawn { .. }
        | Event::Resolved(_)
        | Event::Closed { .. }
        | Event::Reopened { .. }
        | Event::MessageQueued(_)
        | Event::MessageDropped { .. }
        | Event::MessageUnwritten { .. }
        | Event::NumberGiven
        | Event::SameAs { .. } => None,
        Event::Paid { .. } => Some("money was taken; give it back (`holdline refund`)"),
        Event::Refunded { .. } => Some("money was given back; ask for it again"),
        Event::MergedInto { .. } | Event::MergedFrom { .. } => {
            Some("two incidents are one since then; take them apart (`holdline unmerge`)")
        }
        Event::MessageSent { .. } => {
            Some("it is with the customer; write another one (`holdline respond`)")
        }
        Event::MessageEdited(_) | Event::MessageFailed(_) => {
            Some("the outbox keeps what became of a message (`holdline mail list`)")
        }
        _ => Some("more than this incident hangs on it; correct it by another step"),
    }
}

/// Whether an event only follows from another one of its step.
fn follows(event: &Event) -> bool {
    matches!(
        event,
        Event::ClockStarted { .. }
            | Event::ClockMoved { .. }
            | Event::ClockPaused { .. }
            | Event::ClockResumed { .. }
            | Event::ClockStopped { .. }
            | Event::Covered { .. }
            | Event::CoverUsed
            | Event::CoverReleased
            | Event::MessageQueued(_)
            | Event::MessageDropped { .. }
            | Event::MessageUnwritten { .. }
    )
}

/// A unit that the step had given back must still be there to be taken again.
fn again_available(
    before: &Incident,
    now: &Incident,
    situation: Situation<'_>,
) -> Result<(), Refusal> {
    let id = |cover: &Option<Cover>| cover.as_ref().and_then(|cover| cover.entitlement);
    let wanted = id(&before.cover).filter(|wanted| Some(*wanted) != id(&now.cover));
    let gone = wanted.filter(|wanted| {
        let mut owned = situation.entitlements.iter();
        owned.any(|owned| owned.id == *wanted && owned.remaining() == Some(0))
    });
    match gone {
        None => Ok(()),
        Some(EntitlementId(id)) => Err(Refusal::rule(format!(
            "what paid for {} (entitlement {id}) pays for another incident by now: correct it by another step",
            now.tech_ref
        ))),
    }
}

/// What the step would have said to the customer is not sent.
fn drop_messages(draft: &mut Draft<'_>, last: &Last<'_>) {
    for entry in &last.entries {
        if let Event::MessageQueued(message) = &entry.event {
            draft.drop_unsent(message.n, "the step that wrote it was taken back");
        }
    }
}

/// What the step had dropped is to be sent after all, as it was worded.
fn queue_again(draft: &mut Draft<'_>, last: &Last<'_>, timeline: &[Recorded]) {
    for entry in &last.entries {
        let Event::MessageDropped { n, .. } = entry.event else {
            continue;
        };
        let worded = timeline.iter().rev().find_map(|entry| match &entry.event {
            Event::MessageQueued(message) | Event::MessageEdited(message) if message.n == n => {
                Some(message)
            }
            _ => None,
        });
        if let Some(message) = worded {
            draft.push(Event::MessageEdited(message.clone()));
        }
    }
}

/// The call time that the step took of prepaid hours goes back to them; what it made be owed is owed no more.
fn give_time_back(draft: &mut Draft<'_>, last: &Last<'_>) {
    let charged = last.entries.iter().filter_map(|entry| match &entry.event {
        Event::TimeCharged { taken, .. } => Some(taken),
        _ => None,
    });
    let taken: Vec<TimeTaken> = charged.flatten().copied().collect();
    if !taken.is_empty() {
        draft.push(Event::TimeGivenBack { taken });
    }
}

/// The incident comes to nothing: as if it had never been logged, but that its number stays used.
fn void(draft: &mut Draft<'_>) {
    draft.cancel_all();
    super::money::release(draft);
    draft.push(Event::Voided);
}

/// The entries of a timeline that are the incident's own.
fn own(timeline: &[Recorded]) -> impl Iterator<Item = &Recorded> {
    timeline
        .iter()
        .filter(|entry| !entry.event.is_of_the_desk())
}

/// The word by which an event is stored, as words.
fn titled(event: &Event) -> String {
    let event = serde_json::to_value(event).unwrap_or_default();
    let kind = event.get("kind").and_then(|kind| kind.as_str());
    crate::incident::kind_in_words(kind.unwrap_or_default())
}
