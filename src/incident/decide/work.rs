//! Assigning, agreeing on a severity, notes, and giving the number.

use super::Draft;
use super::text::checked;
use crate::incident::clock::ClockKind;
use crate::incident::event::{Event, NoteKind};
use crate::incident::refusal::Refusal;

/// Gives the incident to an agent, or puts it back.
pub(super) fn assign(draft: &mut Draft<'_>, agent: Option<&str>) -> Result<(), Refusal> {
    let agents = draft.situation.agents;
    if let Some(agent) = agent
        && !agents.iter().any(|known| known == agent)
    {
        return Err(Refusal::unknown(
            "agent",
            agent,
            agents.iter().map(String::as_str),
        ));
    }
    if draft.incident.assignee.as_deref() != agent {
        draft.push(Event::Assigned {
            agent: agent.map(str::to_owned),
            by_rule: None,
        });
    }
    Ok(())
}

/// Agrees on another severity: a running response clock is recomputed from its original start (P2-07).
pub(super) fn severity(
    draft: &mut Draft<'_>,
    severity: &str,
    agreed_with: &str,
) -> Result<(), Refusal> {
    let policy = draft.situation.policy;
    let names = || {
        policy
            .severities
            .iter()
            .map(|severity| severity.name.as_str())
    };
    let Some(rank) = names().position(|name| name == severity) else {
        return Err(Refusal::unknown("severity", severity, names()));
    };
    let agreed_with = checked("name of who agreed", agreed_with)?;
    let rank = u8::try_from(rank).unwrap_or(u8::MAX);
    draft.push(Event::SeverityAgreed {
        severity: severity.to_owned(),
        agreed_with,
        rank,
    });
    let started_at = draft
        .incident
        .running(ClockKind::Response)
        .map(|clock| (clock.started_at, clock.due_at));
    if let Some((started_at, due_before)) = started_at
        && let Some(target) = policy
            .response_target(Some(severity))
            .map_err(super::clocks::refused)?
    {
        let due_at = draft.due(target, started_at)?;
        if due_at != due_before {
            draft.push(Event::ClockMoved {
                clock: ClockKind::Response,
                due_at,
                why: format!("severity {severity} was agreed"),
                left: None,
                closure: None,
            });
        }
    }
    Ok(())
}

/// Keeps a note.
pub(super) fn note(draft: &mut Draft<'_>, kind: NoteKind, text: &str) -> Result<(), Refusal> {
    draft.push(Event::Noted {
        note: kind,
        text: checked("note", text)?,
    });
    Ok(())
}

/// The caller has the number (P5-08).
pub(super) fn given(draft: &mut Draft<'_>) {
    if draft.incident.number_given_at.is_none() {
        draft.push(Event::NumberGiven);
    }
}
