//! A call that a sudden end cut off is offered again: it goes on, or is recorded as it stood then, or is discarded with a
//! reason.

use super::Then;
use crate::console::edit::Edit;
use crate::console::forms::{Choice, Field, Form};
use crate::console::model::{Layer, Model};
use crate::console::request::{Request, Tag};
use crate::console::widgets::countdown::timer;
use crate::incident::{RunningCall, day_and_time};
use crate::store::LiveCall;

/// Offers a call that was cut off and not offered yet, once nothing is in the way.
pub(super) fn once(model: &mut Model) {
    if model.call.is_some() || !model.layers.is_empty() {
        return;
    }
    let alive = &model.alive;
    let new = |found: &&LiveCall| !alive.offered.contains(&found.id);
    let Some(found) = alive.cut_off.iter().find(new).cloned() else {
        return;
    };
    show(model, found);
}

/// Offers the call that was cut off first, where there is one.
pub fn again(model: &mut Model) -> bool {
    let first = model.alive.cut_off.first().cloned();
    let is_there = first.is_some();
    if let Some(found) = first {
        show(model, found);
    }
    is_there
}

fn show(model: &mut Model, found: LiveCall) {
    model.alive.offered.insert(found.id);
    let form = form(model, found);
    model.layers.push(Layer::Edit(Box::new(form)));
}

/// The form that offers the call.
fn form(model: &mut Model, found: LiveCall) -> Edit {
    let ended = found.ended().unwrap_or(model.now);
    let at = |instant| day_and_time(instant, model.now, model.zone);
    let (title, note) = match found.call.timer {
        Some(time) => (
            "A call was cut off",
            format!(
                "{}: began {}, last sign of it {}, {} without hold. {}",
                who(&found.call),
                at(time.began_at),
                at(ended),
                timer(time.seconds(ended)),
                about(&found.call)
            ),
        ),
        None => (
            "An incident was being typed in",
            format!("{}: last sign of it {}.", who(&found.call), at(ended)),
        ),
    };
    let mut choices = vec![Choice::new(
        "resume",
        "resume",
        "it goes on, with all that was typed",
    )];
    if found.call.timer.is_some() {
        let about = "it ended then: the wrap-up asks what is missing, and it is recorded";
        choices.push(Choice::new("log", "log", about));
    }
    choices.push(Choice::new(
        "discard",
        "discard",
        "not kept, with the reason",
    ));
    let discards = |form: &Form| form.value("then") == "discard";
    let form = Form::new(vec![
        Field::pick("then", "What now", choices)
            .required()
            .holding("resume"),
        Field::text("reason", "Reason").required().when(discards),
    ]);
    let (id, place) = (found.id, crate::console::call::next_place(model).0);
    Edit::asking(title, form, move |form| {
        let then = match form.value("then").as_str() {
            "resume" => Then::Resume,
            "log" => Then::WrapUp,
            _ => {
                let commands = found.call.discarded(ended, &form.value("reason"));
                return Ok(Some(Request::Discard {
                    id,
                    commands,
                    at: found.call.timer.map(|timer| timer.began_at),
                    tag: Tag::Edit("the call is discarded".to_owned()),
                }));
            }
        };
        Ok(Some(Request::Claim { id, place, then }))
    })
    .saying(note)
}

fn who(call: &RunningCall) -> &str {
    match call.who.trim() {
        "" => "Nobody known yet",
        who => who,
    }
}

fn about(call: &RunningCall) -> String {
    let numbers: Vec<String> = call
        .parts
        .iter()
        .map(|part| part.number.to_string())
        .collect();
    match numbers.as_slice() {
        [] => "No incident yet.".to_owned(),
        numbers => format!("About {}.", numbers.join(", ")),
    }
}
