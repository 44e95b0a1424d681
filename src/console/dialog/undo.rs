//! The own last step is taken back, as a step of its own: what that was is shown before.

use super::sheet::{Note, Seen, Sheet, plain};
use crate::console::forms::Form;
use crate::console::model::Model;
use crate::incident::{
    Command, Dated, Event, Past, Recorded, Refusal, TechRef, decide_undo, describe_in,
    merge_to_undo, step_to_undo, taken_back,
};
use crate::store::Dossier;

/// The form, which only asks.
pub(super) fn sheet() -> (Sheet, Form) {
    let sheet = Sheet::making("Undo", |number, _, _| Ok(Command::Undo(number)));
    (sheet.saying(what), Form::new(Vec::new()))
}

fn past(dossier: &Dossier) -> Past<'_> {
    Past {
        timeline: &dossier.timeline,
        steps: &dossier.steps,
    }
}

/// Why the newest step cannot be taken back, in the words of the rules.
pub fn why_no_undo(model: &Model, dossier: &Dossier) -> Option<String> {
    let (incident, situation) = (&dossier.incident, model.situation(dossier));
    let refused = match merge_to_undo(incident, past(dossier), situation) {
        Ok(Some(_)) => None,
        Ok(None) => decide_undo(incident, past(dossier), situation).err(),
        Err(refusal) => Some(refusal),
    };
    refused.map(|refusal| {
        // What is done instead has a key here.
        let mut message = refusal.message.clone();
        for (command, name) in [
            ("refund", "pay"),
            ("unmerge", "merge"),
            ("respond", "respond"),
        ] {
            let key = model.keys.named().find(|action| action.name == name);
            let key = key.and_then(|action| action.keys.into_iter().next());
            let key = key.map_or_else(String::new, |key| format!("({key})"));
            message = message.replace(&format!("(`holdline {command}`)"), &key);
        }
        model.refused(&Refusal { message, ..refusal })
    })
}

/// What is taken back; and what becomes of the clocks that the step had stopped or started is on the screen beneath.
fn what(seen: &Seen<'_>, _: &Form, _: &[Dated]) -> Vec<Note> {
    let situation = seen.model.situation(seen.dossier);
    let step = step_to_undo(&seen.dossier.incident, past(seen.dossier), situation);
    let step = step.unwrap_or_default();
    let stays = stays(seen, &step);
    let told = step
        .into_iter()
        .filter(|entry| !follows(&entry.event))
        .map(|entry| {
            let words = describe_in(&entry.event, seen.model.zone);
            plain(format!("Takes back: {}.", words.trim_end_matches('.')))
        });
    told.chain(stays).collect()
}

/// What was recorded together with the step, as at the end of a call, and is not taken back with it.
fn stays(seen: &Seen<'_>, step: &[&Recorded]) -> Vec<Note> {
    let mut notes = Vec::new();
    let before = step.first().map_or(0, |first| with_it(seen.dossier, first));
    let at = step.first().map(|first| first.recorded_at);
    if let (Some(at), 1..) = (at, before) {
        let at = at.with_timezone(&seen.model.zone).format("%H:%M");
        notes.push(plain(match before {
            1 => format!(
                "1 more step of yours was recorded with it at {at} and stays: u once more takes it back."
            ),
            many => format!(
                "{many} more steps of yours were recorded with it at {at} and stay: u once more takes the next one back."
            ),
        }));
    }
    let others = seen.model.hung_up.iter();
    let others = others.filter(|number| **number != seen.dossier.incident.tech_ref);
    let others: Vec<String> = others.map(TechRef::to_string).collect();
    if !others.is_empty() {
        let others = others.join(", ");
        notes.push(plain(format!(
            "What the same call recorded on {others} stays: u there takes that back."
        )));
    }
    notes
}

/// How many steps of the same agent were recorded at the same time before the step that begins with `first`.
fn with_it(dossier: &Dossier, first: &Recorded) -> usize {
    let entries = dossier.timeline.iter().zip(taken_back(&dossier.timeline));
    let own = entries.filter(|(entry, _)| !entry.event.is_of_the_desk());
    let own: Vec<(&Recorded, bool)> = own.collect();
    let place = own
        .iter()
        .position(|(entry, _)| std::ptr::eq(*entry, first));
    let begins = |at: usize| own.get(at).filter(|_| Some(at) < place);
    let steps = dossier.steps.iter().filter_map(|at| begins(*at as usize));
    let same = steps.filter(|(entry, back)| {
        !back && (entry.recorded_at, &entry.agent) == (first.recorded_at, &first.agent)
    });
    same.count()
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
    )
}
