//! The own last step is taken back, as a step of its own: what that was is shown before.

use super::sheet::{Note, Seen, Sheet, plain};
use crate::console::forms::Form;
use crate::console::model::Model;
use crate::incident::{
    Command, Dated, Event, Past, Refusal, decide_undo, describe_in, merge_to_undo, step_to_undo,
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
    let told = step.unwrap_or_default().into_iter();
    let told = told.filter(|entry| !follows(&entry.event));
    told.map(|entry| {
        let words = describe_in(&entry.event, seen.model.zone);
        plain(format!("Takes back: {}.", words.trim_end_matches('.')))
    })
    .collect()
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
