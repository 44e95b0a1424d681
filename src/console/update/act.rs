//! What keys stand for.

use crossterm::event::Event;

use crate::console::actions::Action;
use crate::console::forms::FormOutcome;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::{QueueWanted, Request, Tag};
use crate::console::screens::incident::IncidentScreen;
use crate::console::screens::queue::{Queue, VIEWS};
use crate::console::screens::reading::Reading;
use crate::console::widgets::message::Kind;
use crate::console::{call, dialog};
use crate::incident::{Command, Query, Step, TechRef};

/// Does what a key stands for.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    model.message = None;
    match action {
        Action::Move(rows) => move_by(model, rows),
        Action::Page(pages) => {
            let rows = match model.layers.last() {
                Some(Layer::Incident(screen)) => screen.page(),
                _ => model.queue.height.max(2) - 1,
            };
            move_by(model, pages * isize::try_from(rows).unwrap_or(1))
        }
        Action::First if model.layers.is_empty() => restart(model),
        Action::First => move_by(model, isize::MIN / 2),
        Action::Last if model.layers.is_empty() => with_query(model, Queue::end),
        Action::Last => move_by(model, isize::MAX / 2),
        Action::View(by) => {
            let views = VIEWS.len();
            model.queue.view = (model.queue.view + views).saturating_add_signed(by) % views;
            restart(model)
        }
        Action::Open => match model.number() {
            Some(number) => open(model, number),
            None => Vec::new(),
        },
        Action::Back => back(model),
        Action::Queue => {
            model.layers.clear();
            look_at_selected(model)
        }
        Action::Filter => {
            model
                .layers
                .push(Layer::Filter(model.queue.filter.clone().into()));
            Vec::new()
        }
        Action::Call => call::begin(model),
        Action::Hold => call::hold(model),
        Action::HangUp => call::hang_up(model),
        Action::New => call::without(model),
        Action::Copy => copy(model),
        Action::Help => {
            model.layers.push(Layer::Help(0));
            Vec::new()
        }
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => quit(model),
        step => on_incident(model, step),
    }
}

fn quit(model: &mut Model) -> Vec<Effect> {
    if let Some(reason) = call::why_stay(model) {
        model.say(Kind::Warning, reason);
        return Vec::new();
    }
    vec![Effect::Quit]
}

/// Goes back by one layer.
pub(in crate::console) fn back(model: &mut Model) -> Vec<Effect> {
    if model.layers.pop().is_some() {
        return look_at_selected(model);
    }
    if !model.queue.filter.is_empty() {
        model.queue.filter.clear();
        return restart(model);
    }
    Vec::new()
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(number) = model.number() else {
        return Vec::new();
    };
    model.say(Kind::Done, format!("{number} is on your clipboard"));
    vec![Effect::Copy(number.to_string())]
}

/// What is done to an incident wants it read first.
pub(super) fn on_incident(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(number) = model.number() else {
        return Vec::new();
    };
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
        Action::Accept => step(model, Step::Accept, "accepted"),
        Action::Patched => step(model, Step::Patched, "patch recorded"),
        Action::Wait if dossier.incident.state == crate::incident::State::Waiting => {
            step(model, Step::Resume, "resumed")
        }
        Action::Explain => {
            let text = crate::console::screens::reading::explained(dossier, model.now, model.zone);
            model.layers.push(Layer::Text(Reading {
                title: format!("Why {number} is due then"),
                text,
                first: 0,
            }));
            Vec::new()
        }
        action => match dialog::open(action, model) {
            Ok(dialog) => {
                model.layers.push(Layer::Step(Box::new(dialog)));
                Vec::new()
            }
            Err(reason) => {
                model.say(Kind::Warning, reason);
                Vec::new()
            }
        },
    }
}

/// Sends a step of the current incident to the desk.
fn step(model: &mut Model, step: Step, what: &'static str) -> Vec<Effect> {
    let Some(dossier) = model.current() else {
        return Vec::new();
    };
    let (number, revision) = (dossier.incident.tech_ref, dossier.incident.revision);
    vec![Effect::Ask(Request::Execute {
        commands: vec![Command::Step(number, step)],
        tag: Tag::Step(what),
        if_revision: Some(revision),
        at: None,
    })]
}

pub(super) fn on_dialog(model: &mut Model, event: &Event) -> Vec<Effect> {
    let now = model.now;
    let Some(Layer::Step(dialog)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match dialog.form.update(event) {
        FormOutcome::Cancel => {
            model.layers.pop();
            Vec::new()
        }
        FormOutcome::Submit => match dialog.request(now) {
            Ok(request) => vec![Effect::Ask(request)],
            Err(reason) => {
                dialog.problem = Some(reason);
                Vec::new()
            }
        },
        FormOutcome::Editing | FormOutcome::Ignored => {
            dialog.problem = None;
            Vec::new()
        }
    }
}

/// Opens an incident; going back leads to where one was.
pub(in crate::console) fn open(model: &mut Model, number: TechRef) -> Vec<Effect> {
    model
        .layers
        .retain(|layer| !matches!(layer, Layer::Incident(_)));
    model
        .layers
        .push(Layer::Incident(IncidentScreen::new(number)));
    vec![Effect::Ask(Request::Dossier(number))]
}

fn move_by(model: &mut Model, rows: isize) -> Vec<Effect> {
    if let Some(Layer::Incident(screen)) = model.layers.last_mut() {
        screen.scroll(rows);
        return Vec::new();
    }
    let query = model.queue.query(model.scope()).ok();
    let wanted = model.queue.move_by(rows, query);
    let mut effects: Vec<Effect> = wanted
        .map(|wanted| Effect::Ask(Request::Queue(wanted)))
        .into_iter()
        .collect();
    effects.extend(look_at_selected(model));
    effects
}

/// Shows the view from its beginning.
pub(in crate::console) fn restart(model: &mut Model) -> Vec<Effect> {
    with_query(model, Queue::restart)
}

/// Reads everything that is on the screen again.
pub(super) fn refresh(model: &mut Model) -> Vec<Effect> {
    let mut effects = with_query(model, Queue::refresh);
    effects.extend(
        model
            .number()
            .map(|number| Effect::Ask(Request::Dossier(number))),
    );
    effects.extend(call::refresh(model));
    effects
}

fn with_query(
    model: &mut Model,
    want: impl FnOnce(&mut Queue, Query) -> QueueWanted,
) -> Vec<Effect> {
    match model.queue.query(model.scope()) {
        Ok(query) => vec![Effect::Ask(Request::Queue(want(&mut model.queue, query)))],
        Err(error) => {
            model.say(Kind::Error, error.problem);
            Vec::new()
        }
    }
}

/// Reads the selected incident for the preview, unless it was read already.
pub(in crate::console) fn look_at_selected(model: &Model) -> Vec<Effect> {
    let wanted = model.number().filter(|number| {
        let row = model.queue.selected().filter(|row| row.number == *number);
        model
            .current()
            .is_none_or(|dossier| row.is_some_and(|row| row.revision != dossier.incident.revision))
    });
    wanted
        .map(|number| Effect::Ask(Request::Dossier(number)))
        .into_iter()
        .collect()
}
