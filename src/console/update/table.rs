//! Keys that mean what the table says, and what is chosen by its name.

use std::rc::Rc;

use chrono::TimeDelta;
use crossterm::event::KeyEvent;

use super::moving::go_to;
use super::number::on_digit;
use super::{act, restart};
use crate::console::actions::Action;
use crate::console::keys::{Chord, Press};
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::screens::help;
use crate::console::screens::screen::Screen;
use crate::console::widgets::message::Kind;

/// Whether a key means what the table says although something has the keys for itself.
pub(super) fn is_for_table(model: &Model, key: &KeyEvent) -> bool {
    let chord = Chord::from(*key);
    let found = model.keys.lookup(chord);
    let Some(action) = found.map(|binding| (binding.message)(model)) else {
        return false;
    };
    match model.layers.last() {
        Some(Layer::Call) => false,
        Some(Layer::Help(_)) if !matches!(action, Action::Screen(_)) => false,
        _ => help::reaches(model, action, chord),
    }
}

/// Whether a key can be meant where nothing shows of what it would act on.
pub(super) fn works_unseen(model: &Model, key: &KeyEvent) -> bool {
    let found = model.keys.lookup(Chord::from(*key));
    let typed = model
        .layers
        .last()
        .is_some_and(|layer| layer.takes_text(model));
    match found.map(|binding| (binding.message)(model)) {
        Some(Action::Redraw | Action::Suspend) => true,
        Some(Action::Quit) => !typed,
        _ => false,
    }
}

/// Letters that come so soon after one that did nothing are the rest of a word that was meant for a field.
const BURST: TimeDelta = TimeDelta::milliseconds(150);

/// Whether a letter belongs to a word of which another one just did nothing. Then none of them runs.
fn is_of_a_word(model: &mut Model, chord: Chord) -> bool {
    let Some(at) = model.refused_at.take() else {
        return false;
    };
    let since = model.now - at;
    let goes_on = chord.character().is_some() && since > TimeDelta::zero() && since < BURST;
    model.refused_at = goes_on.then_some(model.now);
    goes_on
}

/// Takes a key that stands for an action.
pub(in crate::console) fn on_command_key(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
    let chord = Chord::from(*key);
    if is_of_a_word(model, chord) {
        return Vec::new();
    }
    if let Some(effects) = on_digit(model, chord) {
        return effects;
    }
    let keys = Rc::clone(&model.keys);
    let press = keys.press(model, chord);
    let in_vain = !matches!(press, Press::Message(_)) && chord.character().is_some();
    model.refused_at = in_vain.then_some(model.now);
    match press {
        Press::Unbound => {
            model.say(
                Kind::Info,
                format!("{chord} does nothing here: press ? for the keys"),
            );
            Vec::new()
        }
        press => follow(model, press),
    }
}

/// Shows the saved view of the queue at this place.
pub(in crate::console) fn show_view(model: &mut Model, view: usize) -> Vec<Effect> {
    let mut effects = go_to(model, Screen::Queue);
    model.queue.view = view;
    effects.extend(restart(model));
    effects
}

/// Does what the action called `name` stands for, as its key would.
pub(in crate::console) fn choose(model: &mut Model, name: &str) -> Vec<Effect> {
    let keys = Rc::clone(&model.keys);
    follow(model, keys.choose(model, name))
}

fn follow(model: &mut Model, press: Press<Action>) -> Vec<Effect> {
    match press {
        Press::Message(action) => return act(model, action),
        Press::Refused(reason) => model.say(Kind::Warning, reason),
        Press::Unbound => {}
    }
    Vec::new()
}
