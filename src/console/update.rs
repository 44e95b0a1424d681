//! What happens: a message in, the model changed, effects out. Nothing here waits, reads or draws.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind};

use super::actions::Action;
use super::dialog;
use super::keys::{Chord, Press};
use super::model::{Layer, Model};
use super::msg::{Effect, Msg};
use super::request::Request;
use super::screens::incident::IncidentScreen;
use super::screens::queue::VIEWS;
use super::screens::reading::Reading;
use super::screens::screen::Screen;
use super::screens::{calls, customers};
use super::signals::Job;
use super::widgets::message::Kind;
use super::{call, edit, filter, first_start, live};
use crate::incident::{Query, TechRef};

mod answers;
mod steps;
use answers::on_answer;
use steps::{on_dialog, on_incident};

/// For so long after a key nothing moves under the agent's hands, in milliseconds.
const CALM_MS: i64 = 700;

/// Takes a message in.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = take(model, msg);
    effects.extend(live::due(model));
    effects
}

fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
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

fn on_event(model: &mut Model, event: &Event) -> Vec<Effect> {
    match event {
        Event::Resize(columns, rows) => {
            model.size = (*columns, *rows);
            vec![Effect::Redraw]
        }
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            model.last_key = model.now;
            on_key(model, key, event)
        }
        Event::Paste(text) => on_paste(model, text, event),
        _ => Vec::new(),
    }
}

fn on_key(model: &mut Model, key: &KeyEvent, event: &Event) -> Vec<Effect> {
    if !model.layers.last().is_some_and(Layer::has_keys) {
        return on_command_key(model, key);
    }
    match (key.code, model.layers.last_mut()) {
        (_, Some(Layer::Step(_))) => on_dialog(model, event),
        (_, Some(Layer::Edit(_))) => edit::update(model, event),
        (_, Some(Layer::Call)) => call::update(model, event),
        (_, Some(Layer::FirstStart(_))) => first_start::update(model, event),
        (_, Some(Layer::Filter(_))) => filter::update(model, key),
        (code, Some(layer)) if let Some(lines) = scrolled(code) => scroll(layer, lines),
        _ => {
            model.layers.pop();
            Vec::new()
        }
    }
}

/// By how many lines a key scrolls a text.
fn scrolled(code: KeyCode) -> Option<isize> {
    Some(match code {
        KeyCode::Down | KeyCode::Char('j') => 1,
        KeyCode::Up | KeyCode::Char('k') => -1,
        KeyCode::PageDown | KeyCode::Char(' ') => 10,
        KeyCode::PageUp => -10,
        KeyCode::Home | KeyCode::Char('g') => isize::MIN,
        KeyCode::End | KeyCode::Char('G') => isize::MAX,
        _ => return None,
    })
}

/// Scrolls a text; before it is drawn, what would go past its end is taken back.
fn scroll(layer: &mut Layer, lines: isize) -> Vec<Effect> {
    let (Layer::Help(first) | Layer::Text(Reading { first, .. })) = layer else {
        return Vec::new();
    };
    *first = first.saturating_add_signed(lines);
    Vec::new()
}

fn on_paste(model: &mut Model, text: &str, event: &Event) -> Vec<Effect> {
    match model.layers.last_mut() {
        Some(Layer::Step(_)) => on_dialog(model, event),
        Some(Layer::Edit(_)) => edit::update(model, event),
        Some(Layer::Call) => call::update(model, event),
        Some(Layer::FirstStart(_)) => first_start::update(model, event),
        Some(Layer::Filter(_)) => filter::paste(model, text),
        // Pasted text never runs as keys; a number opens its incident.
        _ => {
            match text.trim().parse::<TechRef>() {
                Ok(number) => open_named(model, number),
                Err(_) => {
                    model.say(Kind::Info, "what was pasted is no Tech Reference number, and there is no field to take it");
                    Vec::new()
                }
            }
        }
    }
}

/// Takes a key that stands for an action.
pub(super) fn on_command_key(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
    let chord = Chord::from(*key);
    if let Some(effects) = on_digit(model, chord) {
        return effects;
    }
    let keys = std::rc::Rc::clone(&model.keys);
    match keys.press(model, chord) {
        Press::Message(action) => act(model, action),
        Press::Refused(reason) => {
            model.say(Kind::Warning, reason);
            Vec::new()
        }
        Press::Unbound => {
            model.say(
                Kind::Info,
                format!("{chord} does nothing here: press ? for the keys"),
            );
            Vec::new()
        }
    }
}

/// Digits typed anywhere are a Tech Reference number; Enter opens its incident.
fn on_digit(model: &mut Model, chord: Chord) -> Option<Vec<Effect>> {
    match (chord.character(), chord.code()) {
        (Some(c), _) if c.is_ascii_digit() || !model.typed.is_empty() && matches!(c, '-' | ' ') => {
            if model.typed.len() < 16 {
                model.typed.push(c);
            }
            model.message = None;
        }
        _ if model.typed.is_empty() => return None,
        (_, KeyCode::Backspace) => drop(model.typed.pop()),
        (_, KeyCode::Esc) => model.typed.clear(),
        (_, KeyCode::Enter) => {
            return Some(match std::mem::take(&mut model.typed).parse::<TechRef>() {
                Ok(number) if matches!(model.layers.last(), Some(Layer::Call)) => {
                    call::number_typed(model, number)
                }
                Ok(number) => open_named(model, number),
                Err(error) => {
                    model.say(Kind::Error, error.to_string());
                    Vec::new()
                }
            });
        }
        _ => {
            model.typed.clear();
            return None;
        }
    }
    Some(Vec::new())
}

/// Does what a key stands for.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    model.message = None;
    match action {
        Action::Move(rows) => move_by(model, rows),
        Action::Page(pages) => {
            let rows = match model.layers.last() {
                Some(Layer::Incident(screen)) => screen.page(),
                _ if model.screen == Screen::Policy => model.policy.page(),
                _ if model.screen == Screen::Customers => model.customers.found.height,
                _ if model.screen == Screen::Calls => model.calls.calls.height,
                _ => model.queue.height.max(2) - 1,
            };
            move_by(model, pages * isize::try_from(rows).unwrap_or(1))
        }
        Action::First if is_queue(model) => restart(model),
        Action::First => move_by(model, isize::MIN / 2),
        Action::Last if is_queue(model) => with_query(model, super::screens::queue::Queue::end),
        Action::Last => move_by(model, isize::MAX / 2),
        Action::View(by) => turn(model, by),
        Action::Open if enters(model) => {
            model.customers.enter();
            look_at_selected(model)
        }
        Action::Add => show(model, Some(customers::add(model))),
        Action::Change if model.screen == Screen::Customers => {
            show(model, customers::change(model))
        }
        Action::Person => show(model, customers::person(model)),
        Action::Open => match model.number() {
            Some(number) => open(model, number),
            None => Vec::new(),
        },
        Action::Back => back(model),
        Action::Screen(screen) => go_to(model, screen),
        Action::NextScreen(by) => go_to(model, model.screen.further(by)),
        Action::Filter => {
            let typed = match model.screen {
                Screen::Customers => model.customers.typed.clone(),
                _ => model.queue.filter.clone(),
            };
            model.layers.push(Layer::Filter(typed.into()));
            Vec::new()
        }
        Action::Call => call::begin(model),
        Action::Hold => call::hold(model),
        Action::HangUp => call::hang_up(model),
        Action::New => call::without(model),
        Action::Same if call::has_caller(model) => call::same_as(model),
        Action::Copy => copy(model),
        Action::CopyMessage => copy_message(model),
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

/// Whether nothing lies over the queue.
fn is_queue(model: &Model) -> bool {
    model.layers.is_empty() && model.screen == Screen::Queue
}

/// To a screen, from whatever lies over the one before.
fn go_to(model: &mut Model, screen: Screen) -> Vec<Effect> {
    model.layers.clear();
    model.screen = screen;
    let mut effects = look_at_selected(model);
    effects.extend(read_screen(model));
    effects
}

/// Asks for what the screen shows besides the queue.
fn read_screen(model: &Model) -> Vec<Effect> {
    match model.screen {
        Screen::Calls => calls::read(model),
        Screen::Customers => customers::read(model),
        Screen::Messages => vec![Effect::Ask(Request::Outbox(model.messages.states()))],
        Screen::Queue | Screen::Hours | Screen::Policy => Vec::new(),
    }
}

/// Whether Enter goes into the selected customer.
fn enters(model: &Model) -> bool {
    model.screen == Screen::Customers && model.layers.is_empty() && !model.customers.is_inside()
}

/// Opens a form.
fn show(model: &mut Model, form: Option<edit::Edit>) -> Vec<Effect> {
    let form = form.map(|form| Layer::Edit(Box::new(form)));
    model.layers.extend(form);
    Vec::new()
}

/// Another view of the screen.
fn turn(model: &mut Model, by: isize) -> Vec<Effect> {
    match model.screen {
        Screen::Queue => {
            let views = VIEWS.len();
            model.queue.view = (model.queue.view + views).saturating_add_signed(by) % views;
            restart(model)
        }
        Screen::Calls | Screen::Customers => Vec::new(),
        Screen::Messages => {
            model.messages.turn(by);
            read_screen(model)
        }
        Screen::Hours => {
            model.hours.turn(by);
            Vec::new()
        }
        Screen::Policy => {
            let policies = model.desk.as_ref().map_or(0, |desk| desk.rulings.len());
            model.policy.turn(by, policies);
            Vec::new()
        }
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
pub(super) fn back(model: &mut Model) -> Vec<Effect> {
    if model.layers.pop().is_some() {
        return look_at_selected(model);
    }
    if model.screen == Screen::Customers {
        if model.customers.leave() {
            return Vec::new();
        }
        if !model.customers.typed.is_empty() {
            return customers::find(model, String::new());
        }
    }
    if model.screen != Screen::Queue {
        return go_to(model, Screen::Queue);
    }
    if !model.queue.filter.is_empty() {
        model.queue.filter.clear();
        return restart(model);
    }
    Vec::new()
}

fn copy_message(model: &mut Model) -> Vec<Effect> {
    let Some(message) = model.messages.selected() else {
        return Vec::new();
    };
    let (id, text) = (message.id, dialog::as_text(&message.wording));
    model.say(Kind::Done, format!("message {id} is on your clipboard"));
    vec![Effect::Copy(text)]
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(number) = model.number() else {
        return Vec::new();
    };
    model.say(Kind::Done, format!("{number} is on your clipboard"));
    vec![Effect::Copy(number.to_string())]
}

/// Opens what a number leads to.
pub fn open_named(model: &mut Model, number: TechRef) -> Vec<Effect> {
    let effects = open(model, number);
    if let Some(Layer::Incident(screen)) = model.layers.last_mut() {
        screen.named = true;
    }
    effects
}

/// Opens an incident; going back leads to where one was.
pub fn open(model: &mut Model, number: TechRef) -> Vec<Effect> {
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
    match model.screen {
        Screen::Queue => {}
        Screen::Calls => return calls::move_by(model, rows),
        Screen::Customers => return customers::move_by(model, rows),
        Screen::Messages => {
            model.messages.step(rows);
            return look_at_selected(model);
        }
        Screen::Hours => {
            let offices = super::screens::hours::offices(model).len();
            model.hours.step(rows, offices);
            return Vec::new();
        }
        Screen::Policy => {
            model.policy.scroll(rows);
            return Vec::new();
        }
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
pub fn restart(model: &mut Model) -> Vec<Effect> {
    with_query(model, super::screens::queue::Queue::restart)
}

/// Reads everything that is on the screen again.
fn refresh(model: &mut Model) -> Vec<Effect> {
    let mut effects = with_query(model, super::screens::queue::Queue::refresh);
    effects.extend(
        model
            .number()
            .map(|number| Effect::Ask(Request::Dossier(number))),
    );
    effects.extend(call::refresh(model));
    effects.extend(read_screen(model));
    effects
}

fn with_query(
    model: &mut Model,
    want: impl FnOnce(&mut super::screens::queue::Queue, Query) -> super::request::QueueWanted,
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
pub(super) fn look_at_selected(model: &Model) -> Vec<Effect> {
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
