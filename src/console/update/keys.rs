//! Keys and pastes: to whoever has them now, else through the table of keys.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind};

use super::act::{act, on_dialog, open};
use crate::console::keys::{Chord, Press};
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::screens::reading::Reading;
use crate::console::widgets::message::Kind;
use crate::console::{call, filter, first_start};
use crate::incident::TechRef;

pub(super) fn on_event(model: &mut Model, event: &Event) -> Vec<Effect> {
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
        Some(Layer::Call) => call::update(model, event),
        Some(Layer::FirstStart(_)) => first_start::update(model, event),
        Some(Layer::Filter(_)) => filter::paste(model, text),
        // Pasted text never runs as keys; a number opens its incident.
        _ => {
            match text.trim().parse::<TechRef>() {
                Ok(number) => open(model, number),
                Err(_) => {
                    model.say(Kind::Info, "what was pasted is no Tech Reference number, and there is no field to take it");
                    Vec::new()
                }
            }
        }
    }
}

/// Takes a key that stands for an action.
pub(in crate::console) fn on_command_key(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
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
                Ok(number) => open(model, number),
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
