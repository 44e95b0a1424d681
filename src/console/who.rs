//! Who sits at the console: asked where the desk does not know the agent, before anything is done in a misspelt name.

use super::edit::Edit;
use super::forms::{Choice, Field, Form};
use super::request::{DeskInfo, Request};
use crate::incident::Refusal;
use crate::policy::nearest::nearest;

#[cfg(test)]
mod tests;

const WHO: &str = "who";
const NAME: &str = "name";
/// Stands for somebody new: no agent's name begins with a space.
const NEW: &str = " new";

/// The question, where the desk does not know `agent`. Proposed is as whom they acted last, else who is nearest by name, else
/// who works here alone, else that they are new.
pub fn question(agent: &str, desk: &DeskInfo, acted_as: Option<&str>) -> Option<Edit> {
    if desk.agents.iter().any(|known| known == agent) {
        return None;
    }
    let agents = || desk.agents.iter().map(String::as_str);
    let alone = match desk.agents.as_slice() {
        [only] => Some(only.as_str()),
        _ => None,
    };
    let known = acted_as.filter(|name| agents().any(|one| one == *name));
    let proposed = known.or_else(|| nearest(agent, agents())).or(alone);
    let mut choices: Vec<Choice> = agents().map(|one| Choice::new(one, one, "")).collect();
    choices.push(Choice::new(NEW, "somebody new", "works here from now on"));
    let is_new = |form: &Form| form.value(WHO) == NEW;
    let form = Form::new(vec![
        Field::pick(WHO, "Who are you?", choices)
            .required()
            .holding(proposed.unwrap_or(NEW)),
        Field::text(NAME, "Your name")
            .required_when(is_new)
            .when(is_new)
            .help("incidents are assigned by it, and the timeline says it")
            .holding(agent),
    ]);
    let reason = Refusal::unknown("agent", agent, agents()).message;
    let edit = Edit::asking("Who sits here", form, |form| {
        let (who, name) = (form.value(WHO), form.value(NAME));
        let is_new = who == NEW;
        let agent = if is_new { name.trim() } else { &who };
        Ok(Some(Request::Sit {
            agent: agent.to_owned(),
            is_new,
        }))
    });
    let reason = match known {
        Some(name) => format!("{agent} acted as {name} here last. Enter goes on."),
        None => reason,
    };
    Some(edit.saying(reason).telling(told).ending())
}

/// What would come of what is filled in.
fn told(form: &Form) -> String {
    match form.value(WHO).as_str() {
        NEW => format!(
            "{} is added to those who work here.",
            form.value(NAME).trim()
        ),
        _ => String::new(),
    }
}
