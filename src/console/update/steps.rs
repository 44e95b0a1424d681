//! The steps of an incident: done at once, or by a form.

use crossterm::event::{Event, KeyCode, KeyModifiers};

use super::open;
use crate::console::actions::Action;
use crate::console::bulk::{self, Item};
use crate::console::dialog;
use crate::console::drafts;
use crate::console::forms::FormOutcome;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::{Request, Tag};
use crate::console::screens::incident::clock_lines;
use crate::console::screens::reading::{Reading, explained, receipt};
use crate::console::widgets::message::Kind;
use crate::incident::{Command, Step, spoken};

/// What is done to an incident wants it read first.
pub(super) fn on_incident(model: &mut Model, action: Action) -> Vec<Effect> {
    if action == Action::Undo && model.undoes_bulk() {
        return bulk::undo(model);
    }
    // The agent's own last step is meant, whatever is selected by now; its incident shows, with what is taken back.
    if action == Action::Undo
        && let Some(last) = model.stepped_elsewhere()
    {
        model.last_step = None;
        let effects = open(model, last);
        model.waiting = Some((last, action));
        model.say(Kind::Info, format!("your last step was on {last}"));
        return effects;
    }
    if model.is_bulk() && !action.steps().is_empty() && !model.queue.select_marked() {
        let words = "none of the marked incidents is in this view: Esc takes the marks off";
        model.say(Kind::Warning, words);
        return Vec::new();
    }
    let Some(number) = model.number() else {
        return Vec::new();
    };
    if action == Action::Undo
        && let Some(what) = model.done_apart.take()
    {
        let words = format!(
            "\"{what}\" is no step of an incident: its own screen takes it back. u again means {number}"
        );
        model.say(Kind::Warning, words);
        return Vec::new();
    }
    let Some(dossier) = model.current() else {
        model.waiting = Some((number, action));
        return vec![Effect::Ask(Request::Dossier(number))];
    };
    match action {
        Action::AssignMe => step(
            model,
            Step::Assign(Some(model.agent.clone())),
            "assigned to you",
        ),
        Action::Given => step(model, Step::Given, "the caller has the number"),
        Action::Accept if model.is_bulk() || !dialog::has_a_choice(model, dossier) => {
            step(model, Step::Accept { entitlement: None }, "accepted")
        }
        Action::Patched => step(model, Step::Patched, "patch recorded"),
        Action::Explain => {
            let text = explained(dossier, model.now, model.zone);
            let title = format!("Why {number} is due then");
            read(
                model,
                Ok(Reading::new(title, text, format!("due-{number}.txt"))),
            )
        }
        Action::Say => {
            let zone = clock_lines::desk_zone(dossier, model);
            let words = spoken(&dossier.incident, model.now, zone);
            let file = format!("say-{number}.txt");
            read(model, Ok(Reading::new("Ready to read out", words, file)))
        }
        Action::Receipt => {
            let receipt = receipt(model, dossier);
            read(model, receipt)
        }
        Action::Known => {
            let known = !dossier.incident.forks.known;
            step(model, Step::Known(known), known_words(known))
        }
        action if dialog::wants_faults(action) && model.faults.is_none() => {
            model.waiting = Some((number, action));
            vec![Effect::Ask(Request::Faults)]
        }
        action if dialog::wants_kin(action) && !model.knows_kin_of(number) => {
            model.waiting = Some((number, action));
            vec![Effect::Ask(Request::Kin(number))]
        }
        action => match dialog::open(action, model) {
            Ok(mut dialog) => {
                (model.kin, model.faults) = (None, None);
                if model.drafts.fill(&dialog.name(), &mut dialog.form) {
                    model.say(Kind::Info, drafts::BACK);
                }
                model.layers.push(Layer::Step(Box::new(dialog)));
                Vec::new()
            }
            Err(reason) => {
                (model.kin, model.faults) = (None, None);
                model.say(Kind::Warning, reason);
                Vec::new()
            }
        },
    }
}

/// Shows a text to read, or says why there is none.
fn read(model: &mut Model, text: Result<Reading, String>) -> Vec<Effect> {
    match text {
        Ok(text) => model.layers.push(Layer::Text(text)),
        Err(reason) => model.say(Kind::Warning, reason),
    }
    Vec::new()
}

fn known_words(known: bool) -> &'static str {
    if known {
        "a known fault: = counts others to it"
    } else {
        "no known fault any more"
    }
}

/// Sends a step of the current incident to the desk.
fn step(model: &mut Model, step: Step, what: &'static str) -> Vec<Effect> {
    let Some(dossier) = model.current() else {
        return Vec::new();
    };
    if model.is_bulk() {
        let marked = model.queue.marked.iter();
        let items = marked.map(|number| Item {
            number: *number,
            command: Command::Step(*number, step.clone()),
            if_revision: None,
        });
        return vec![Effect::Ask(Request::Bulk {
            what,
            items: items.collect(),
            keep: false,
        })];
    }
    let (number, revision) = (dossier.incident.tech_ref, dossier.incident.revision);
    vec![Effect::Ask(Request::Execute {
        commands: vec![Command::Step(number, step)],
        tag: Tag::Step(number, what),
        if_revision: Some(revision),
        at: None,
    })]
}

/// Leaves the form on top; what was typed is kept.
pub(in crate::console) fn leave(model: &mut Model) -> Vec<Effect> {
    let kept = match model.layers.pop() {
        Some(Layer::Step(dialog)) => model.drafts.keep(dialog.name(), &dialog.form),
        Some(Layer::Edit(edit)) => edit
            .name()
            .is_some_and(|name| model.drafts.keep(name.to_owned(), &edit.form)),
        _ => false,
    };
    if kept {
        model.say(Kind::Info, drafts::KEPT);
    }
    Vec::new()
}

/// Whether an event asks for the message that a form would write, alone on the screen.
fn asks_for_message(event: &Event) -> bool {
    matches!(event, Event::Key(key) if key.code == KeyCode::Char('p') && key.modifiers == KeyModifiers::CONTROL)
}

pub(super) fn on_dialog(model: &mut Model, event: &Event) -> Vec<Effect> {
    if asks_for_message(event)
        && let Some(Layer::Step(dialog)) = model.layers.last()
        && let Some(text) = dialog.message_in_full(model)
    {
        let file = format!("message-{}.txt", dialog.number());
        let reading = Reading::new("What they will read", text, file);
        model.layers.push(Layer::Text(reading));
        return Vec::new();
    }
    let Some(Layer::Step(dialog)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match dialog.form.update(event) {
        FormOutcome::Cancel => leave(model),
        FormOutcome::Submit => submit(model),
        FormOutcome::Editing | FormOutcome::Ignored => {
            (dialog.problem, dialog.foreseen) = (None, None);
            let typed = dialog.looks_for().map(Request::Owners);
            typed.map(Effect::Ask).into_iter().collect()
        }
    }
}

/// Saves the form on top; what moves money, or is done to several, is told and confirmed first.
fn submit(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let top = model.layers.last();
    let moves_money = matches!(top, Some(Layer::Step(dialog)) if dialog.moves_money(model));
    let Some(Layer::Step(dialog)) = model.layers.last_mut() else {
        return Vec::new();
    };
    // What somebody else has changed meanwhile is not overwritten by one key.
    if (moves_money || dialog.form.has_met()) && dialog.foreseen.is_none() {
        dialog.foreseen = Some(String::new());
        return Vec::new();
    }
    match dialog.request(now) {
        Ok(request) => vec![Effect::Ask(request)],
        Err(reason) => {
            dialog.refused(&reason);
            Vec::new()
        }
    }
}
