//! The ladder: levels in order, each with its ground and concern (P4-16 to P4-20).

use super::clocks::refused;
use super::text::checked;
use super::{Draft, Situation, workable};
use crate::incident::TechRef;
use crate::incident::command::Escalate;
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::incident::state::{Escalation, Incident, State};
use crate::policy::{Level, Occasion};

/// One step up the ladder.
pub(super) fn escalate(draft: &mut Draft<'_>, wanted: &Escalate) -> Result<(), Refusal> {
    let policy = draft.situation.policy;
    let (next, level) = next_level(&draft.incident, draft.situation)?;
    let number = wanted.level.unwrap_or(next);
    if number > next {
        return Err(Refusal::rule(format!(
            "level {number} comes after level {next}, which was not made yet"
        )));
    }
    if number < next {
        return Err(Refusal::rule(format!(
            "level {number} was made already: the next one is level {next}"
        )));
    }
    let grounds = || policy.grounds.iter().map(|ground| ground.name.as_str());
    if policy.ground(&wanted.ground).is_none() {
        return Err(Refusal::unknown("ground", &wanted.ground, grounds()));
    }
    let concern = checked("concern", &wanted.concern)?;
    if wanted.call && !level.call_serves {
        return Err(Refusal::rule(format!(
            "level {number} is made by a message, not by a call: leave out --call"
        )));
    }
    if wanted.call {
        call_logged(draft)?;
    }
    confirmed(
        draft.incident.tech_ref,
        number,
        level,
        policy.prefix.as_deref(),
        wanted.confirm.as_deref(),
    )?;
    draft.push(Event::Escalated {
        level: number,
        ground: wanted.ground.clone(),
        concern,
        requested_by: if wanted.by_customer {
            "customer"
        } else {
            "agent"
        }
        .to_owned(),
        evidence: if wanted.call { "call" } else { "message" }.to_owned(),
    });
    if !wanted.call {
        draft.message(Occasion::Escalated, None);
    }
    Ok(())
}

/// The next level that an incident may be escalated to, with its number.
pub(super) fn next_level<'a>(
    incident: &Incident,
    situation: Situation<'a>,
) -> Result<(u8, &'a Level), Refusal> {
    has_ladder(situation)?;
    if incident.state != State::Resolved {
        workable(incident, "escalate")?;
    }
    let policy = situation.policy;
    let (name, top) = (&policy.name, policy.levels.len());
    let next = incident.escalation_level() + 1;
    let level = policy
        .level(next)
        .ok_or_else(|| Refusal::rule(format!("the ladder of policy {name} ends at level {top}")))?;
    earlier_answered(incident, situation, level)?;
    Ok((next, level))
}

fn has_ladder(situation: Situation<'_>) -> Result<(), Refusal> {
    let policy = situation.policy;
    if policy.levels.is_empty() {
        let name = &policy.name;
        return Err(Refusal::rule(format!(
            "policy {name} has no escalation ladder"
        )));
    }
    Ok(())
}

/// An answer or a withdrawal needs a step up the ladder that stands.
pub(super) fn escalated(incident: &Incident, situation: Situation<'_>) -> Result<(), Refusal> {
    has_ladder(situation)?;
    if incident.escalation_level() == 0 {
        let number = incident.tech_ref;
        return Err(Refusal::rule(format!("{number} was not escalated")));
    }
    Ok(())
}

/// A level that comes after the others wants each of them answered, or old enough.
fn earlier_answered(
    incident: &Incident,
    situation: Situation<'_>,
    level: &Level,
) -> Result<(), Refusal> {
    let Some(age) = &level.after_earlier else {
        return Ok(());
    };
    for step in incident
        .standing_escalations()
        .filter(|step| step.answered_at.is_none())
    {
        let until = situation
            .deadlines
            .due(age, incident.office.as_deref(), step.at)
            .map_err(refused)?;
        if situation.at < until {
            let (level, until) = (step.level, until.format("%Y-%m-%d %H:%M UTC"));
            return Err(Refusal::rule(format!(
                "level {level} is not answered yet: record its answer, or wait until {until}"
            )));
        }
    }
    Ok(())
}

/// An escalation by a call rests on one that was logged since the level below (P4-18).
fn call_logged(draft: &Draft<'_>) -> Result<(), Refusal> {
    let incident = &draft.incident;
    let since = incident.standing_escalations().map(|step| step.at).max();
    let call = incident.last_call_at;
    if call.is_some_and(|call| since.is_none_or(|since| since <= call)) {
        return Ok(());
    }
    Err(Refusal::rule(
        "no call is logged since the level below: log the call first, or escalate by a message (without --call)",
    ))
}

fn confirmed(
    number: TechRef,
    at: u8,
    level: &Level,
    prefix: Option<&str>,
    typed: Option<&str>,
) -> Result<(), Refusal> {
    if !level.confirm {
        return Ok(());
    }
    match typed.map(|typed| TechRef::read(typed, prefix)) {
        Some(Ok(typed)) if typed == number => Ok(()),
        Some(Err(error)) => Err(Refusal::input(error.to_string())),
        Some(Ok(other)) => Err(Refusal::input(format!(
            "{other} is another incident: type {number} to confirm"
        ))),
        None => Err(Refusal::rule(format!(
            "level {at} ({}) is extremely unusual and very serious: type {number} to confirm (--confirm)",
            level.title
        ))),
    }
}

/// Records what was answered to an escalation.
pub(super) fn answer(draft: &mut Draft<'_>, level: u8, answer: &str) -> Result<(), Refusal> {
    standing(draft, level)?;
    let answer = checked("answer", answer)?;
    draft.push(Event::EscalationAnswered { level, answer });
    Ok(())
}

/// Takes an escalation back.
pub(super) fn withdraw(draft: &mut Draft<'_>, level: u8, reason: &str) -> Result<(), Refusal> {
    standing(draft, level)?;
    if draft.incident.escalation_level() > level {
        return Err(Refusal::rule(format!(
            "level {level} stands under a higher one: take that back first"
        )));
    }
    let reason = checked("reason", reason)?;
    draft.push(Event::EscalationWithdrawn { level, reason });
    Ok(())
}

fn standing<'a>(draft: &'a Draft<'_>, level: u8) -> Result<&'a Escalation, Refusal> {
    let number = draft.incident.tech_ref;
    draft
        .incident
        .standing_escalations()
        .find(|step| step.level == level)
        .ok_or_else(|| Refusal::rule(format!("{number} was not escalated to level {level}")))
}
