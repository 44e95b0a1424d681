//! What happens: a message in, the model changed, effects out. Nothing here waits, reads or draws.

mod act;
mod keys;

pub(super) use act::{back, look_at_selected, open, restart};
pub(super) use keys::on_command_key;

use act::{on_incident, refresh};
use keys::on_event;

use super::model::{DeskInfo, Layer, Model};
use super::msg::{Effect, Msg};
use super::request::{Answer, Tag};
use super::signals::Job;
use super::widgets::message::Kind;
use super::{call, first_start};

/// For so long after a key nothing moves under the agent's hands, in milliseconds.
const CALM_MS: i64 = 700;

/// Takes a message in.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Event(event) => on_event(model, &event),
        Msg::Job(Job::Suspend) => vec![Effect::Suspend],
        Msg::Job(Job::Continued) => vec![Effect::Redraw],
        Msg::Answer(answer) => on_answer(model, answer),
        Msg::Tick => {
            if is_calm(model) && model.queue.settle() {
                return look_at_selected(model);
            }
            Vec::new()
        }
    }
}

fn is_calm(model: &Model) -> bool {
    (model.now - model.last_key).num_milliseconds() > CALM_MS
}

fn on_answer(model: &mut Model, answer: Answer) -> Vec<Effect> {
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
        Answer::Changed => refresh(model),
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

fn on_done(model: &mut Model, tag: &Tag, done: &[crate::store::Done]) -> Vec<Effect> {
    let mut effects = match tag {
        Tag::Step(what) => {
            model.layers.pop_if(|layer| matches!(layer, Layer::Step(_)));
            let number = model
                .number()
                .map(|number| number.to_string())
                .unwrap_or_default();
            model.say(Kind::Done, format!("{number}: {what}"));
            Vec::new()
        }
        Tag::Call(id, step) => call::done(model, *id, *step, done),
    };
    effects.extend(refresh(model));
    effects
}

fn on_refused(model: &mut Model, tag: &Tag, reason: String) -> Vec<Effect> {
    match (tag, model.layers.last_mut()) {
        (Tag::Call(id, _), _) => call::refused(model, *id, reason),
        (Tag::Step(_), Some(Layer::Step(dialog))) => dialog.refused(reason),
        (Tag::Step(_), _) => model.say(Kind::Error, reason),
    }
    refresh(model)
}
