//! What a step would do, before it is done: the rules decide it on the incident as it stands, and what they would record
//! is known.

use super::sheet::{Seen, Sheet};
use super::{edit, merge};
use crate::console::forms::Form;
use crate::incident::{
    Command, Dated, Decided, Event, PinCheck, Refusal, Situation, Split, Step, TechRef, decide,
    decide_split, decide_together,
};

/// What saving the form now would record; nothing while something is missing.
///
/// # Errors
/// Why the rules refuse it, once nothing in the form itself is wrong.
pub(super) fn events(sheet: &Sheet, form: &Form, seen: &Seen<'_>) -> Result<Vec<Dated>, String> {
    let form = form.with_texts();
    match decided(sheet, &form, seen) {
        Ok(events) => Ok(events),
        Err(refusal) if form.is_right() => Err(seen.model.refused(&refusal)),
        Err(_) => Ok(Vec::new()),
    }
}

fn decided(sheet: &Sheet, form: &Form, seen: &Seen<'_>) -> Result<Vec<Dated>, Refusal> {
    let incident = &seen.dossier.incident;
    let mut situation = seen.model.situation(seen.dossier);
    let command = (sheet.make)(incident.tech_ref, form, seen.model.now);
    // Whether a PIN is right only the desk knows.
    if let Ok(Command::Step(_, Step::Emergency { call, .. })) = &command
        && call.pin.is_some()
    {
        situation.pin = PinCheck::Right;
    }
    Ok(match command {
        Ok(Command::Step(_, step)) => decide(&step, incident, situation)?.events,
        Ok(Command::Edit(_, edit)) if !edit.is_empty() => edit::put_right(&edit, seen)?.events,
        Ok(Command::Split(_, split)) => split_off(&split, seen).unwrap_or_default(),
        Ok(Command::ResolveSame(_, together)) => of_the_fault(decide_together(
            &seen.dossier.incident,
            &[seen.own()],
            &together,
        )),
        Ok(Command::Merge(_, into)) => merged(into, seen).unwrap_or_default(),
        _ => Vec::new(),
    })
}

/// What is recorded of the fault itself; of the others only the desk knows.
fn of_the_fault(decided: Result<Vec<Result<Decided, Refusal>>, Refusal>) -> Vec<Dated> {
    let first = decided.ok().and_then(|decided| decided.into_iter().next());
    first
        .and_then(Result::ok)
        .map_or_else(Vec::new, |own| own.events)
}

/// What is recorded of an incident that is merged into another one.
fn merged(into: TechRef, seen: &Seen<'_>) -> Option<Vec<Dated>> {
    let [old, _] = merge::merged(seen, seen.other(into)?).ok()?;
    Some(old.events)
}

/// What is recorded of an aspect that becomes an incident of its own, under the newest version of the policy.
fn split_off(split: &Split, seen: &Seen<'_>) -> Option<Vec<Dated>> {
    let incident = &seen.dossier.incident;
    let situation = seen.model.situation(seen.dossier);
    let ruling = seen.model.ruling(&incident.policy)?;
    let new = Situation {
        policy: &ruling.policy,
        policy_version: ruling.version,
        deadlines: &ruling.deadlines,
        ..situation
    };
    // Its number is known only once it is recorded: what is told has none.
    let none = TechRef::new(u32::MAX);
    let [_, part] = decide_split(split, seen.own(), none, new).ok()?;
    let own = format!(
        "{}{none}",
        ruling.policy.prefix.as_deref().unwrap_or_default()
    );
    let without = |text: &str| {
        text.replace(&format!("[{own}]"), &own)
            .replace(&own, "[new number]")
    };
    let mut events = part.events;
    for (_, event) in &mut events {
        if let Event::MessageQueued(message) = event {
            let wording = &mut message.wording;
            wording.subject = without(&wording.subject);
            wording.text = without(&wording.text);
        }
    }
    Some(events)
}
