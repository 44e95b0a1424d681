//! The filter of the queue, typed in the query language, and what is looked for among the customers; applied as one
//! types.

use crossterm::event::{KeyCode, KeyEvent};
use tui_input::Input;

use super::forms::{edit_line, one_line};
use super::keys::Chord;
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
    match key.code {
        // What cannot be read is no filter yet: it stays to be put right.
        KeyCode::Enter if model.screen == Screen::Queue && input.value() != model.queue.filter => {
            return Vec::new();
        }
        KeyCode::Enter => {
            model.layers.pop();
            return Vec::new();
        }
        KeyCode::Esc => {
            model.layers.pop();
            return narrow(model, String::new());
        }
        _ if edit_line(input, Chord::from(key)) => {}
        _ => return Vec::new(),
    }
    let typed = input.value().to_owned();
    narrow(model, typed)
}

/// Takes pasted text, as one line.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(Layer::Filter(input)) = model.layers.last_mut() else {
        return Vec::new();
    };
    let typed = format!("{}{}", input.value(), one_line(text));
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

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;

    use crate::console::model::Layer;
    use crate::console::testing::{BUSY_NOW, busy};

    #[test]
    fn a_filter_that_cannot_be_read_stays_to_be_put_right() {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press("/").type_in("is:mised").press("enter");
        let Some(Layer::Filter(input)) = console.model.layers.last() else {
            panic!("the filter is gone");
        };
        assert_eq!(input.value(), "is:mised");
        console.press("backspace backspace backspace backspace");
        console.type_in("issed").press("enter");
        assert!(console.model.layers.is_empty());
        assert_eq!(console.model.queue.filter, "is:missed");
    }
}
