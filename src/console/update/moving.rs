//! From screen to screen, view to view and row to row.

use crossterm::event::KeyCode;

use super::{leave, look_at_selected, refresh_queue, restart, with_query};
use crate::console::call;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::console::screens::queue::Queue;
use crate::console::screens::screen::Screen;
use crate::console::screens::{calls, customers, messages, reports};
use crate::console::widgets::message::Kind;
use crate::incident::{Customer, TechRef};

/// To a screen, from whatever lies over the one before; what was typed there is kept.
pub(in crate::console) fn go_to(model: &mut Model, screen: Screen) -> Vec<Effect> {
    if let Some(reason) = why_stay(model) {
        model.say(Kind::Warning, reason);
        return Vec::new();
    }
    let whose = call::on_line(model);
    let whose = whose.or_else(|| of_incident(model).map(|customer| (customer, model.number())));
    let whose = whose.map(|(customer, about)| (customer.code.clone(), about));
    let narrowing = matches!(model.layers.last(), Some(Layer::Filter(_)));
    let narrows = narrowing && model.screen == Screen::Queue;
    let opened = model.layers.iter().rev().find_map(|layer| match layer {
        Layer::Incident(opened) if model.screen == screen => Some(opened.number),
        _ => None,
    });
    while !model.layers.is_empty() {
        leave(model);
    }
    model.screen = screen;
    // What was typed is looked for among all of them now.
    let mut effects = match narrows {
        true => refresh_queue(model),
        false => Vec::new(),
    };
    // From a call the customers are those who ring, from an incident whose it is.
    if let Some((code, about)) = whose.filter(|_| screen == Screen::Customers) {
        effects.extend(customers::go_into(model, code, about));
        return effects;
    }
    effects.extend(match opened {
        Some(number) => back_from(model, number),
        None => look_at_selected(model),
    });
    effects.extend(read_screen(model));
    effects
}

/// Why what lies over the screen cannot be left for another one now.
fn why_stay(model: &Model) -> Option<&'static str> {
    let sent = "it is being saved: press the key again once it is";
    match model.layers.last()? {
        Layer::FirstStart(_) => Some("there are no screens before there is a desk"),
        Layer::Edit(edit) if edit.is_first() => {
            Some("say first who sits here; Esc leaves the console")
        }
        Layer::Edit(edit) if edit.is_sent() => Some(sent),
        Layer::Step(dialog) if dialog.is_sent() => Some(sent),
        _ => None,
    }
}

/// Whose the incident is whose own screen is open.
fn of_incident(model: &Model) -> Option<&Customer> {
    let open = |layer: &Layer| matches!(layer, Layer::Incident(_));
    let dossier = model.current()?;
    let shows = model.layers.iter().any(open);
    shows.then_some(&dossier.customer)
}

/// Asks for what the screen shows besides the queue.
pub(super) fn read_screen(model: &mut Model) -> Vec<Effect> {
    match model.screen {
        Screen::Calls => calls::read(model),
        Screen::Customers => customers::read(model),
        Screen::Messages => messages::read(model),
        Screen::Reports => reports::read(model),
        Screen::Queue | Screen::Hours | Screen::Policy => Vec::new(),
    }
}

/// Another view of the screen.
pub(super) fn turn(model: &mut Model, by: isize) -> Vec<Effect> {
    match model.screen {
        Screen::Queue => {
            let views = model.queue.views().count();
            model.queue.view = (model.queue.view + views).saturating_add_signed(by) % views;
            restart(model)
        }
        Screen::Calls | Screen::Customers => Vec::new(),
        Screen::Messages => {
            model.messages.turn(by);
            read_screen(model)
        }
        Screen::Reports => {
            model.reports.turn(by);
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

/// Whoever comes back to the queue from an incident finds it selected there, however it was opened: the next key means
/// no other one.
fn back_from(model: &mut Model, number: TechRef) -> Vec<Effect> {
    if model.screen != Screen::Queue || !model.layers.is_empty() {
        return look_at_selected(model);
    }
    match model.queue.steps_to(number) {
        Some(0) => look_at_selected(model),
        Some(rows) => move_by(model, rows),
        // A list that stands still takes no row in.
        None if model.queue.frozen => look_at_selected(model),
        None => {
            model.queue.select(number);
            refresh_queue(model)
        }
    }
}

/// Goes back by one layer.
pub(in crate::console) fn back(model: &mut Model) -> Vec<Effect> {
    if let Some(left) = model.layers.pop() {
        return match left {
            Layer::Incident(screen) => back_from(model, screen.number),
            _ => look_at_selected(model),
        };
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
    if !model.queue.marked.is_empty() {
        model.queue.marked.clear();
        return Vec::new();
    }
    if !model.queue.filter.is_empty() {
        model.queue.filter.clear();
        return with_query(model, Queue::widen);
    }
    Vec::new()
}

pub(in crate::console) fn move_by(model: &mut Model, rows: isize) -> Vec<Effect> {
    if let Some(Layer::Incident(screen)) = model.layers.last_mut() {
        screen.scroll(rows);
        return Vec::new();
    }
    match model.screen {
        Screen::Queue => {}
        Screen::Calls => return calls::move_by(model, rows),
        Screen::Customers => return customers::move_by(model, rows),
        Screen::Messages => {
            let more = model.messages.step(rows);
            let mut effects = look_at_selected(model);
            if more {
                effects.extend(messages::read(model));
            }
            return effects;
        }
        Screen::Reports => {
            model.reports.step(rows);
            return Vec::new();
        }
        Screen::Hours => {
            let offices = crate::console::screens::hours::offices(model).len();
            model.hours.step(rows, offices);
            return Vec::new();
        }
        Screen::Policy => {
            model.policy.scroll(rows);
            return Vec::new();
        }
    }
    model.ahead.step = rows;
    let query = model.query().ok();
    let wanted = model.queue.move_by(rows, query);
    let mut effects: Vec<Effect> = wanted
        .map(|wanted| Effect::Ask(Request::Queue(wanted)))
        .into_iter()
        .collect();
    effects.extend(look_at_selected(model));
    effects
}

/// By how many lines a key scrolls a text of which `room` lines show: a page leaves one of them.
pub(in crate::console) fn scrolled(code: KeyCode, room: usize) -> Option<isize> {
    let page = isize::try_from(room.max(2) - 1).unwrap_or(1);
    Some(match code {
        KeyCode::Down | KeyCode::Char('j') => 1,
        KeyCode::Up | KeyCode::Char('k') => -1,
        KeyCode::PageDown | KeyCode::Char(' ') => page,
        KeyCode::PageUp => -page,
        KeyCode::Home | KeyCode::Char('g') => isize::MIN,
        KeyCode::End | KeyCode::Char('G') => isize::MAX,
        _ => return None,
    })
}

/// Scrolls a text; before it is drawn, what would go past its end is taken back.
pub(in crate::console) fn scroll(layer: &mut Layer, lines: isize) -> Vec<Effect> {
    match layer {
        Layer::Help(help) => help.scroll(lines),
        Layer::Text(reading) => reading.first = reading.first.saturating_add_signed(lines),
        _ => {}
    }
    Vec::new()
}
