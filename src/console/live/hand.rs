//! The call that runs is handed to another agent, with its timer and all that was noted.

use crate::console::call;
use crate::console::edit::Edit;
use crate::console::forms::{Choice, Field, Form};
use crate::console::model::{Layer, Model};
use crate::console::request::Request;
use crate::console::widgets::message::Kind;

/// Asks to whom.
pub fn hand(model: &mut Model) {
    let others = model.desk.iter().flat_map(|desk| &desk.agents);
    let others = others.filter(|agent| **agent != model.agent);
    let choices: Vec<Choice> = others
        .map(|agent| {
            let online = model.alive.is_online(agent);
            Choice::new(agent, agent, if online { "online" } else { "" })
        })
        .collect();
    let place = call::current_place(model);
    let known = place.and_then(|place| Some((place, model.alive.known.get(&place)?.0)));
    let Some((place, id)) = known else {
        model.say(
            Kind::Warning,
            "the call is not kept yet: press the key again",
        );
        return;
    };
    if choices.is_empty() {
        let words = "nobody else works here: `holdline agent add` puts somebody on record";
        model.say(Kind::Warning, words);
        return;
    }
    let here: Vec<String> = super::online(model)
        .into_iter()
        .map(str::to_owned)
        .collect();
    let to = Field::pick("to", "Hand to", choices)
        .required()
        .reading(move |form| {
            let to = form.value("to");
            let away = !to.is_empty() && !here.contains(&to);
            away.then(|| {
                format!("{to} has no console open: the call waits on hold until there is one.")
            })
        });
    let form = Form::new(vec![to]);
    let title = format!("Hand the call over: {}", call::current_in_words(model));
    let edit = Edit::asking(title, form, move |form| {
        let to = form.value("to");
        Ok(Some(Request::Hand { place, id, to }))
    })
    .saying(
        "It goes with its time, its notes and what is typed, and is on hold until it is taken.",
    );
    model.layers.push(Layer::Edit(Box::new(edit)));
}
