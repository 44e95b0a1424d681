//! What happens: a message in, the model changed, effects out. Nothing here waits, reads or draws.

use chrono::TimeDelta;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::actions::Action;
use super::dialog;
use super::forms::Form;
use super::keys::Chord;
use super::model::{Layer, Model};
use super::msg::{Effect, Msg};
use super::request::{Answer, Request};
use super::screens::screen::Screen;
use super::screens::{customers, help, hours, messages, queue, reports};
use super::signals::Job;
use super::widgets::message::Kind;
use super::{
    ahead, bulk, call, drafts, edit, filter, first_start, hints, live, mouse, palette, paper,
    shift, snippets, view,
};
use crate::incident::{Query, TechRef};

mod answers;
mod moving;
mod number;
mod steps;
mod table;
#[cfg(test)]
mod tests;
mod together;
use answers::on_answer;
pub(super) use moving::{back, go_to, move_by, scroll, scrolled};
use moving::{read_screen, turn};
pub use number::{open, open_named};
pub(super) use steps::leave;
use steps::{on_dialog, on_incident};
pub(super) use table::{choose, on_command_key, show_view};
use table::{is_for_table, works_unseen};
pub(super) use together::not_told;

/// Keys that come so soon after one another are of one that is held down; nobody presses them so fast.
pub const HELD: TimeDelta = TimeDelta::milliseconds(45);

/// For so long after a key nothing moves under the agent's hands, in milliseconds.
const CALM_MS: i64 = 700;

/// Takes a message in.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let now = model.now;
    // Keys may come before the form that they are for was ever drawn.
    if let Some(form) = model.form_mut() {
        form.set_now(now);
    }
    let mut effects = take(model, msg);
    effects.extend(live::due(model));
    effects
}

fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Event(event) => {
            // Also where several keys come before anything was drawn.
            let now = model.now;
            if let Some(form) = model.form_mut() {
                form.set_now(now);
            }
            on_event(model, &event)
        }
        Msg::Job(Job::Suspend) => vec![Effect::Suspend],
        Msg::Job(Job::Continued) => vec![Effect::Redraw],
        Msg::Answer(answer) => on_answer(model, answer),
        // The run loop has the terminal.
        Msg::Shown => Vec::new(),
        Msg::Edited(edited) => {
            on_edited(model, edited);
            Vec::new()
        }
        Msg::Tick => {
            if model.screen == Screen::Reports && model.reports.is_stale() {
                return read_screen(model);
            }
            if is_calm(model) && model.queue.settle() {
                answers::say_where(model);
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
        Event::Resize(..) => {}
        _ if !view::is_too_small(model.size) => {}
        Event::Key(key) if works_unseen(model, key) => {}
        _ => return Vec::new(),
    }
    match event {
        Event::Resize(columns, rows) => {
            model.size = (*columns, *rows);
            vec![Effect::Redraw]
        }
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            let (since, at) = (model.now - model.last_key, model.queue.at);
            model.last_key = model.now;
            let effects = on_key(model, key, event);
            // A clock that stands still tells nothing.
            let fast = since > TimeDelta::zero() && since < HELD;
            model.hurries = fast && model.queue.at != at;
            effects
        }
        Event::Mouse(event) => mouse::update(model, *event),
        Event::Paste(text) => on_paste(model, text, event),
        _ => Vec::new(),
    }
}

fn on_key(model: &mut Model, key: &KeyEvent, event: &Event) -> Vec<Effect> {
    // What rings can be answered also while something is typed, which waits beneath the call; and the keys are shown.
    if !model.layers.last().is_some_and(Layer::has_keys) || is_for_table(model, key) {
        return on_command_key(model, key);
    }
    if let Some(text) = model.form().and_then(Form::text) {
        if key.code == KeyCode::Char('o') && key.modifiers == KeyModifiers::CONTROL {
            return vec![Effect::Edit(text)];
        }
        if snippets::on_key(model, key) {
            return Vec::new();
        }
    }
    if matches!(model.layers.last(), Some(Layer::Step(_) | Layer::Edit(_))) {
        model.message = None;
    }
    let typed = is_typed(model, key.code);
    match (key.code, model.layers.last_mut()) {
        (_, Some(Layer::Step(_))) => on_dialog(model, event),
        (_, Some(Layer::Edit(_))) => edit::update(model, event),
        (_, Some(Layer::Call)) => call::update(model, event),
        (_, Some(Layer::FirstStart(_))) => first_start::update(model, event),
        (_, Some(Layer::Filter(_))) => filter::update(model, key),
        (_, Some(Layer::Palette(_))) => palette::update(model, event),
        (_, Some(Layer::Help(_))) => help::update(model, event),
        (_, Some(Layer::Bulk(_))) => bulk::update(model, event),
        (code, Some(layer)) if !typed && let Some(lines) = scrolled(code, layer.room()) => {
            scroll(layer, lines)
        }
        (KeyCode::Char('y'), Some(Layer::Text(reading))) if !typed => {
            let text = reading.written().to_owned();
            model.say(Kind::Done, "the text is on your clipboard");
            vec![Effect::Copy(text)]
        }
        (KeyCode::Char('W'), Some(Layer::Text(reading))) if !typed => {
            let form = paper::ask(reading);
            show(model, Some(form))
        }
        (KeyCode::Char('B'), Some(Layer::Text(reading))) if reading.takes_over => {
            model.layers.pop();
            show(model, Some(shift::take_over()))
        }
        (code, _) => {
            let told = model.layers.pop();
            let undo = model.keys.lookup(Chord::from(*key));
            let undo = undo.is_some_and(|binding| (binding.message)(model) == Action::Undo);
            match (code, told) {
                // What is typed over a text goes on beneath it.
                (KeyCode::Char(_), _) if model.form().is_some() => on_key(model, key, event),
                (_, Some(Layer::Text(told))) if told.undoes && undo => on_command_key(model, key),
                _ => Vec::new(),
            }
        }
    }
}

/// Whether a letter is meant for the form that lies beneath a text.
fn is_typed(model: &Model, code: KeyCode) -> bool {
    let text = matches!(model.layers.last(), Some(Layer::Text(_)));
    text && matches!(code, KeyCode::Char(_)) && hints::over_a_form(model)
}

/// The agent has written a text in an editor.
fn on_edited(model: &mut Model, edited: Result<String, String>) {
    match (edited, model.form_mut()) {
        (Ok(text), Some(form)) => form.put(&text),
        (Ok(_), None) => {}
        (Err(reason), _) => model.say(Kind::Error, reason),
    }
}

fn on_paste(model: &mut Model, text: &str, event: &Event) -> Vec<Effect> {
    match model.layers.last_mut() {
        Some(Layer::Step(_)) => on_dialog(model, event),
        Some(Layer::Edit(_)) => edit::update(model, event),
        Some(Layer::Call) => call::update(model, event),
        Some(Layer::FirstStart(_)) => first_start::update(model, event),
        Some(Layer::Filter(_)) => filter::paste(model, text),
        Some(Layer::Palette(_)) => palette::update(model, event),
        Some(Layer::Help(_)) => help::update(model, event),
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

/// Does what a key stands for.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let said = model.message.take();
    if let Some(question) = live::asks_first(model, action) {
        model.say(Kind::Warning, question);
        return Vec::new();
    }
    match action {
        Action::Move(rows) => move_by(model, rows),
        Action::Page(pages) => {
            let rows = match model.layers.last() {
                Some(Layer::Incident(screen)) => screen.page(),
                _ if model.screen == Screen::Policy => model.policy.page(),
                _ if model.screen == Screen::Customers => model.customers.found.height,
                _ if model.screen == Screen::Calls => model.calls.calls.height,
                _ if model.screen == Screen::Reports => reports::page(model),
                _ => model.queue.height.max(2) - 1,
            };
            move_by(model, pages * isize::try_from(rows).unwrap_or(1))
        }
        Action::First if is_moving_queue(model) => restart(model),
        Action::First => move_by(model, isize::MIN / 2),
        Action::Last if is_moving_queue(model) => {
            with_query(model, super::screens::queue::Queue::end)
        }
        Action::Last => move_by(model, isize::MAX / 2),
        Action::View(by) => turn(model, by),
        Action::Open if enters(model) => {
            model.customers.enter();
            look_at_selected(model)
        }
        Action::Add if model.screen == Screen::Hours => show(model, Some(hours::add(model))),
        Action::Remove if model.screen == Screen::Customers => {
            show(model, customers::end_entitlement(model))
        }
        Action::Remove => show(model, hours::remove(model)),
        Action::Add if model.customers.is_inside() => {
            show(model, customers::add_entitlement(model))
        }
        Action::Add => show(model, Some(customers::add(model))),
        Action::Open if model.is_on_mail() => {
            let mail = model.messages.reading().map(Layer::Text);
            model.layers.extend(mail);
            Vec::new()
        }
        Action::Change if model.is_on_mail() => show(model, messages::decide(model)),
        Action::Send => show(model, messages::send(model)),
        Action::WriteMessage => show(model, messages::write(model)),
        Action::Change if model.screen == Screen::Customers => {
            show(model, customers::change(model))
        }
        Action::Slice => reports::slice(model),
        Action::Person => {
            let form = customers::person(model);
            call::expect_person(model);
            show(model, form)
        }
        Action::Open if reports::why_not(model).is_none() => reports::open(model),
        Action::Open => match model.number() {
            Some(number) => open(model, number),
            None => Vec::new(),
        },
        Action::Back => back(model),
        Action::Screen(screen) => go_to(model, screen),
        Action::NextScreen(by) => go_to(model, model.screen.further(by)),
        Action::Filter => filter::open(model),
        Action::Call => call::begin(model),
        Action::RingUp => call::ring_up(model),
        Action::Hold => call::hold(model),
        Action::Answer => live::answer(model),
        Action::Hand => {
            live::hand(model);
            Vec::new()
        }
        Action::HangUp => call::hang_up(model),
        Action::New => call::without(model),
        Action::Same if call::has_caller(model) => call::same_as(model),
        Action::Copy => copy(model),
        Action::CopyMessage => copy_message(model),
        Action::Help => {
            let help = help::Help::of(model);
            model.layers.push(Layer::Help(Box::new(help)));
            Vec::new()
        }
        Action::KeepView => show(model, Some(queue::keep(model))),
        Action::Freeze => freeze(model),
        Action::Mark => {
            model.queue.mark();
            move_by(model, 1)
        }
        Action::MarkAll => {
            if let Some(words) = model.queue.mark_all() {
                model.say(Kind::Info, words);
            }
            Vec::new()
        }
        Action::Handover => vec![Effect::Ask(Request::Handover)],
        Action::Palette => {
            let palette = palette::Palette::of(model);
            model.layers.push(Layer::Palette(Box::new(palette)));
            Vec::new()
        }
        Action::Redraw => {
            model.message = said;
            vec![Effect::Redraw]
        }
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => quit(model),
        // How they behaved is noted on an incident: the first that is listed.
        Action::Conduct if enters(model) => {
            model.customers.enter();
            let mut effects = look_at_selected(model);
            effects.extend(on_incident(model, action));
            effects
        }
        step => on_incident(model, step),
    }
}

/// Whether nothing lies over the queue, and it does not stand still.
fn is_moving_queue(model: &Model) -> bool {
    model.layers.is_empty() && model.screen == Screen::Queue && !model.queue.frozen
}

/// Whether Enter goes into the selected customer.
fn enters(model: &Model) -> bool {
    model.screen == Screen::Customers && model.layers.is_empty() && !model.customers.is_inside()
}

/// Opens a form.
fn show(model: &mut Model, form: Option<edit::Edit>) -> Vec<Effect> {
    let Some(mut form) = form else {
        return Vec::new();
    };
    if let Some(name) = form.name().map(str::to_owned)
        && model.drafts.fill(&name, &mut form.form)
    {
        model.say(Kind::Info, drafts::BACK);
    }
    model.layers.push(Layer::Edit(Box::new(form)));
    Vec::new()
}

fn freeze(model: &mut Model) -> Vec<Effect> {
    let frozen = !model.queue.frozen;
    model.queue.freeze(frozen);
    if frozen {
        model.say(Kind::Info, "the list stands still: F lets it move again");
        return Vec::new();
    }
    with_query(model, super::screens::queue::Queue::refresh)
}

fn quit(model: &mut Model) -> Vec<Effect> {
    if let Some(reason) = call::why_stay(model) {
        model.say(Kind::Warning, reason);
        return Vec::new();
    }
    vec![Effect::Quit]
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

/// Shows the view from its beginning.
pub fn restart(model: &mut Model) -> Vec<Effect> {
    with_query(model, super::screens::queue::Queue::restart)
}

/// Reads everything that is on the screen again.
pub(super) fn refresh(model: &mut Model) -> Vec<Effect> {
    let mut effects = match model.queue.waits_for_search() {
        true => Vec::new(),
        false => refresh_queue(model),
    };
    effects.extend(
        model
            .number()
            .map(|number| Effect::Ask(Request::Dossier(number))),
    );
    effects.extend(call::refresh(model));
    effects.extend(read_screen(model));
    effects
}

/// Reads the rows of the queue again; the selection stays where it is.
pub(super) fn refresh_queue(model: &mut Model) -> Vec<Effect> {
    with_query(model, super::screens::queue::Queue::refresh)
}

fn with_query(
    model: &mut Model,
    want: impl FnOnce(&mut super::screens::queue::Queue, Query) -> super::request::QueueWanted,
) -> Vec<Effect> {
    match model.query() {
        Ok(query) => vec![Effect::Ask(Request::Queue(want(&mut model.queue, query)))],
        Err(error) => {
            model.say(Kind::Error, error.problem);
            Vec::new()
        }
    }
}

/// Shows the selected incident in the preview if it was read ahead; else it is read, unless it was already.
pub(super) fn look_at_selected(model: &mut Model) -> Vec<Effect> {
    if let Some((dossier, read_at)) = ahead::in_hand(model) {
        let effects = on_answer(model, Answer::Dossier(dossier));
        ahead::showed(model, read_at);
        return effects;
    }
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
