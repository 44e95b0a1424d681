//! What the desk answers, taken into the model.

use super::{is_calm, look_at_selected, on_incident, refresh, restart};
use crate::console::model::{DeskInfo, Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::{Answer, Tag};
use crate::console::widgets::message::Kind;
use crate::console::{call, first_start};
use crate::incident::TechRef;
use crate::store::Done;

/// Takes an answer in.
pub(super) fn on_answer(model: &mut Model, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Opened {
            name,
            rulings,
            agents,
            warning,
        } => {
            model.desk = Some(DeskInfo {
                name,
                rulings,
                agents,
            });
            model.layers.clear();
            if let Some(warning) = warning {
                model.say(Kind::Warning, warning);
            }
            restart(model)
        }
        Answer::NoDesk(path) => {
            model.layers = vec![Layer::FirstStart(Box::new(first_start::FirstStart::new(
                path,
            )))];
            Vec::new()
        }
        Answer::Queue {
            turn,
            page,
            rows,
            full,
            count,
        } => {
            let calm = is_calm(model);
            model.queue.take(turn, &page, rows, full, count, calm);
            look_at_selected(model)
        }
        Answer::Dossier(dossier) => {
            let number = dossier.incident.tech_ref;
            model.queue.changed.remove(&number);
            if let Some(Layer::Step(dialog)) = model.layers.last_mut() {
                dialog.read_again(&dossier, model.zone);
            }
            model.dossier = Some(dossier);
            match model.waiting.take_if(|(wanted, _)| *wanted == number) {
                Some((_, action)) => on_incident(model, action),
                None => call::read(model),
            }
        }
        Answer::Callers { typed, found } => call::found(model, &typed, found),
        Answer::Caller(card) => call::known(model, *card),
        Answer::Done { tag, done } => on_done(model, &tag, &done),
        Answer::Refused { tag, reason } => on_refused(model, &tag, reason),
        Answer::Changed { agents } => {
            if let Some(desk) = &mut model.desk {
                desk.agents = agents;
            }
            refresh(model)
        }
        Answer::Failed(reason) => {
            model.waiting = None;
            if call::failed(model, &reason) {
                return Vec::new();
            }
            if let Some(Layer::FirstStart(start)) = model.layers.last_mut() {
                start.failed(reason);
            } else {
                model.say(Kind::Error, reason);
            }
            Vec::new()
        }
        Answer::Lost(reason) => vec![Effect::Fail(reason)],
    }
}

fn on_done(model: &mut Model, tag: &Tag, done: &[Done]) -> Vec<Effect> {
    let mut effects = match tag {
        Tag::Step(what) => {
            model.layers.pop_if(|layer| matches!(layer, Layer::Step(_)));
            // What became an incident of its own is looked at now.
            let effects = match logged(done) {
                Some(number) => call::split_off(model, number),
                None => Vec::new(),
            };
            let number = model
                .number()
                .map(|number| number.to_string())
                .unwrap_or_default();
            model.say(Kind::Done, format!("{number}: {what}"));
            effects
        }
        Tag::Call(id, step) => call::done(model, *id, *step, done),
    };
    effects.extend(refresh(model));
    effects
}

/// The number of an incident that is new.
fn logged(done: &[Done]) -> Option<TechRef> {
    done.iter().find_map(|done| match done {
        Done::Logged(number) => Some(*number),
        _ => None,
    })
}

fn on_refused(model: &mut Model, tag: &Tag, reason: String) -> Vec<Effect> {
    match (tag, model.layers.last_mut()) {
        (Tag::Call(id, _), _) => call::refused(model, *id, reason),
        (Tag::Step(_), Some(Layer::Step(dialog))) => dialog.refused(reason),
        (Tag::Step(_), _) => model.say(Kind::Error, reason),
    }
    refresh(model)
}
