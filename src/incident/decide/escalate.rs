//! The ladder: levels in order, each with its ground and concern (P4-16 to P4-20).

use chrono_tz::Tz;

use super::clocks::refused;
use super::text::checked;
use super::{Draft, Situation, later_than, workable};
use crate::calendar::Calendar;
use crate::incident::TechRef;
use crate::incident::arrival::Arrival;
use crate::incident::command::Escalate;
use crate::incident::event::{Event, NoteKind};
use crate::incident::message::role_address;
use crate::incident::refusal::Refusal;
use crate::incident::remaining::full_instant;
use crate::incident::state::{Escalation, Incident, State};
use crate::policy::{Channel, Level, Occasion, Policy, spoken_role};

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
    known_ground(policy, &wanted.ground)?;
    let concern = checked("concern", &wanted.concern)?;
    if wanted.call && !level.call_serves {
        return Err(Refusal::rule(format!(
            "level {number} is made by a message, not by a call: write one (without --call)"
        )));
    }
    if wanted.call {
        call_logged(draft, level)?;
    }
    if let Some(below) = highest(&draft.incident) {
        later_than(
            draft,
            below.at,
            &format!("escalated to level {}", below.level),
        )?;
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
        ground: Some(wanted.ground.clone()),
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

fn known_ground(policy: &Policy, ground: &str) -> Result<(), Refusal> {
    if policy.ground(ground).is_some() {
        return Ok(());
    }
    let grounds = policy.grounds.iter().map(|ground| ground.name.as_str());
    Err(Refusal::unknown("ground", ground, grounds))
}

/// A mail with a role of the ladder in copy is an escalation to its level (P4-17 to P4-19); the ground is asked of the
/// agent afterwards. One that cannot be made stays a contact, with a note that says what is missing.
pub(super) fn copied(draft: &mut Draft<'_>, arrival: &Arrival) -> Result<(), Refusal> {
    let (policy, customer) = (draft.situation.policy, draft.situation.customer);
    for (n, level) in (1_u8..).zip(&policy.levels) {
        let Some(address) = role_address(policy, customer, &level.role) else {
            continue;
        };
        // The shop's own address is on every mail.
        let own = policy.roles.get("support") == Some(&address);
        let made = n <= draft.incident.escalation_level();
        if own || made || !arrival.reaches(&address) {
            continue;
        }
        match may_be_copied(draft, n) {
            Ok(()) => draft.push(Event::Escalated {
                level: n,
                ground: None,
                concern: checked("concern", arrival.said())?,
                requested_by: "customer".to_owned(),
                evidence: "message".to_owned(),
            }),
            Err(refusal) => {
                let title = level.title.to_lowercase();
                let note = format!(
                    "The {title} was in copy of this mail, which is no escalation to level {n} yet: {refusal}"
                );
                super::work::note(draft, NoteKind::Internal, &note)?;
            }
        }
    }
    Ok(())
}

/// Whether a mail may go up to level `n` by itself.
fn may_be_copied(draft: &Draft<'_>, n: u8) -> Result<(), Refusal> {
    let (next, level) = next_level(&draft.incident, draft.situation)?;
    if n > next {
        return Err(Refusal::rule(format!(
            "level {n} comes after level {next}, which was not made yet"
        )));
    }
    if let Some(below) = highest(&draft.incident) {
        later_than(
            draft,
            below.at,
            &format!("escalated to level {}", below.level),
        )?;
    }
    let prefix = draft.situation.policy.prefix.as_deref();
    confirmed(draft.incident.tech_ref, n, level, prefix, None)
}

/// Says on which ground a mail went up the ladder (P4-16).
pub(super) fn ground(draft: &mut Draft<'_>, level: u8, ground: &str) -> Result<(), Refusal> {
    let made = standing(draft, level)?;
    if let Some(said) = &made.ground {
        return Err(Refusal::rule(format!(
            "the escalation to level {level} rests on {said} already"
        )));
    }
    let made = made.at;
    later_than(draft, made, &format!("escalated to level {level}"))?;
    known_ground(draft.situation.policy, ground)?;
    draft.push(Event::EscalationGrounded {
        level,
        ground: ground.to_owned(),
    });
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
            let calendar = situation.deadlines.calendar(incident.office.as_deref());
            let zone = calendar.ok().flatten().map_or(Tz::UTC, Calendar::zone);
            let (level, until) = (step.level, full_instant(until, zone));
            return Err(Refusal::rule(format!(
                "level {level} is not answered yet: record its answer, or wait until {until}"
            )));
        }
    }
    Ok(())
}

/// The highest escalation that stands.
fn highest(incident: &Incident) -> Option<&Escalation> {
    incident
        .standing_escalations()
        .max_by_key(|step| step.level)
}

/// An escalation by a call rests on one with the level's role that was logged since the level below (P4-18).
fn call_logged(draft: &Draft<'_>, level: &Level) -> Result<(), Refusal> {
    let incident = &draft.incident;
    let below = highest(incident);
    let call = incident.calls_with.get(&level.role);
    if call.is_some_and(|call| below.is_none_or(|below| below.at <= *call)) {
        return Ok(());
    }
    let (number, role) = (incident.tech_ref, &level.role);
    let since = below.map(|below| format!(" since level {}", below.level));
    let since = since.unwrap_or_default();
    Err(Refusal::rule(format!(
        "no call with the {} is logged{since}: log it first (`holdline call log {number} --in --with {role}`), or escalate by \
         a message (without --call)",
        spoken_role(role)
    )))
}

/// The role of the ladder that a call was with.
pub(super) fn spoken_with(
    policy: &Policy,
    channel: Channel,
    role: Option<&str>,
) -> Result<Option<String>, Refusal> {
    let Some(role) = role.map(str::trim).filter(|role| !role.is_empty()) else {
        return Ok(None);
    };
    let roles = || policy.levels.iter().map(|level| level.role.as_str());
    if !roles().any(|known| known == role) {
        return Err(Refusal::unknown("role of the ladder", role, roles()));
    }
    if channel != Channel::Phone {
        return Err(Refusal::input(format!(
            "only a call is with somebody of the ladder, and this came by {}: name nobody of it (--with)",
            channel.word()
        )));
    }
    Ok(Some(role.to_owned()))
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
    let step = standing(draft, level)?;
    let (made, answered) = (step.at, step.answered_at);
    if let Some(at) = answered {
        let at = at.format("%Y-%m-%d %H:%M UTC");
        return Err(Refusal::rule(format!(
            "the escalation to level {level} was answered already, {at}: withdraw it, or escalate to the next level"
        )));
    }
    later_than(draft, made, &format!("escalated to level {level}"))?;
    let answer = checked("answer", answer)?;
    draft.push(Event::EscalationAnswered { level, answer });
    Ok(())
}

/// Takes an escalation back; its message is not sent any more.
pub(super) fn withdraw(draft: &mut Draft<'_>, level: u8, reason: &str) -> Result<(), Refusal> {
    let step = standing(draft, level)?;
    let (made, message) = (step.at, step.message);
    later_than(draft, made, &format!("escalated to level {level}"))?;
    if draft.incident.escalation_level() > level {
        return Err(Refusal::rule(format!(
            "level {level} stands under a higher one: take that back first"
        )));
    }
    let reason = checked("reason", reason)?;
    draft.push(Event::EscalationWithdrawn { level, reason });
    if let Some(message) = message {
        draft.drop_unsent(message, "the escalation was withdrawn");
    }
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
