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

/// What is asked before an action takes what somebody else works on; it is asked once.
pub fn asks_first(model: &mut Model, action: Action) -> Option<String> {
    let sure = model.alive.sure.take();
    let steps = [
        Action::Assign,
        Action::AssignMe,
        Action::Respond,
        Action::Resolve,
    ];
    let number = model.number().filter(|_| steps.contains(&action))?;
    if sure == Some((number, action)) {
        return None;
    }
    let assignee = model
        .current()
        .and_then(|dossier| dossier.incident.assignee.as_ref());
    let other = assignee.filter(|name| action == Action::AssignMe && **name != model.agent);
    let works = match (on_in_words(model, number), other) {
        (Some(names), _) => format!("{names} has {number} open"),
        (None, Some(name)) => format!("{number} is {name}'s"),
        (None, None) => return None,
    };
    model.alive.sure = Some((number, action));
    Some(format!("{works}: the same key again goes on all the same"))
}
