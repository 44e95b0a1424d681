//! Who else is here: which incident each has open, and what is asked before one takes what another works on.

use crate::console::actions::Action;
use crate::console::model::{Layer, Model};
use crate::incident::TechRef;
use crate::store::Presence;

/// The incident that is open here, for the others to see.
pub(super) fn looked_at(model: &Model) -> Option<TechRef> {
    let opened = model.layers.iter().rev().find_map(|layer| match layer {
        Layer::Step(dialog) => Some(dialog.number()),
        Layer::Incident(screen) => Some(screen.number),
        _ => None,
    });
    opened.or_else(|| model.call.as_ref()?.incident())
}

/// The consoles of other agents that have an incident open.
fn on(model: &Model, number: TechRef) -> impl Iterator<Item = &Presence> {
    let others = model.alive.others.iter();
    others.filter(move |other| other.incident == Some(number) && other.agent != model.agent)
}

/// Who has an incident open, in words; nothing while nobody else has.
pub fn on_in_words(model: &Model, number: TechRef) -> Option<String> {
    let names: Vec<&str> = on(model, number)
        .map(|other| other.agent.as_str())
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The other agents who have a console open, each once.
pub fn online(model: &Model) -> Vec<&str> {
    let others = model.alive.others.iter().map(|other| other.agent.as_str());
    let mut names: Vec<&str> = others.filter(|name| *name != model.agent).collect();
    names.dedup();
    names
}

/// What is asked before an action takes what somebody else works on. It is asked once, and again when that changed
/// meanwhile: the second key goes on with what was read, and with nothing else.
pub fn asks_first(model: &mut Model, action: Action) -> Option<String> {
    let sure = model.alive.sure.take();
    let steps = [
        Action::Assign,
        Action::AssignMe,
        Action::Respond,
        Action::Resolve,
    ];
    let number = model.number().filter(|_| steps.contains(&action))?;
    let numbers = match model.is_bulk() {
        true => model.queue.marked.clone(),
        false => vec![number],
    };
    let open = numbers.into_iter().filter_map(|number| {
        let names = on_in_words(model, number)?;
        Some(format!("{names} has {number} open"))
    });
    let mut works: Vec<String> = open.collect();
    // Whose each of several is shows before any of them is taken.
    if works.is_empty() && action == Action::AssignMe && !model.is_bulk() {
        let assignee = model.current()?.incident.assignee.as_ref();
        let other = assignee.filter(|name| **name != model.agent);
        works.extend(other.map(|name| format!("{number} is {name}'s")));
    }
    if works.is_empty() {
        return None;
    }
    let works = works.join("; ");
    let asked = (number, action, works.clone());
    if sure.as_ref() == Some(&asked) {
        return None;
    }
    model.alive.sure = Some(asked);
    Some(format!("{works}: the same key again goes on all the same"))
}
