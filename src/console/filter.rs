//! The filter of the queue, typed in the query language, and what is looked for among the customers; applied as one
//! types.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use super::model::{Layer, Model};
use super::msg::Effect;
use super::screens::customers;
use super::screens::screen::Screen;
use super::update;

/// Takes a key of the filter line. What cannot be read yet changes nothing: the mistake is shown under its character.
pub fn update(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
    let Some(Layer::Filter(input)) = model.layers.last_mut() else {
        return Vec::new();
    };
    let request = match (key.code, key.modifiers) {
        (KeyCode::Enter, _) => {
            model.layers.pop();
            return Vec::new();
        }
        (KeyCode::Esc, _) => {
            model.layers.pop();
            return narrow(model, String::new());
        }
        (KeyCode::Char('u'), KeyModifiers::CONTROL) => InputRequest::DeleteLine,
        (KeyCode::Char('w'), KeyModifiers::CONTROL) => InputRequest::DeletePrevWord,
        (KeyCode::Char(c), KeyModifiers::NONE | KeyModifiers::SHIFT) => InputRequest::InsertChar(c),
        (KeyCode::Backspace, _) => InputRequest::DeletePrevChar,
        (KeyCode::Delete, _) => InputRequest::DeleteNextChar,
        (KeyCode::Left, _) => InputRequest::GoToPrevChar,
        (KeyCode::Right, _) => InputRequest::GoToNextChar,
        (KeyCode::Home, _) => InputRequest::GoToStart,
        (KeyCode::End, _) => InputRequest::GoToEnd,
        _ => return Vec::new(),
    };
    input.handle(request);
    let typed = input.value().to_owned();
    narrow(model, typed)
}

/// Takes pasted text, as one line.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(Layer::Filter(input)) = model.layers.last_mut() else {
        return Vec::new();
    };
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let typed = format!("{}{line}", input.value());
    *input = Input::from(typed.clone());
    narrow(model, typed)
}

fn narrow(model: &mut Model, typed: String) -> Vec<Effect> {
    if model.screen == Screen::Customers {
        model.message = None;
        return customers::find(model, typed);
    }
    let before = std::mem::replace(&mut model.queue.filter, typed);
    if model.queue.query(model.scope()).is_err() {
        model.queue.filter = before;
        return Vec::new();
    }
    model.message = None;
    update::restart(model)
}
