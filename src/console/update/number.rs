//! Tech Reference numbers: typed outside of every field, and the incidents that they lead to.

use crossterm::event::KeyCode;

use crate::console::call;
use crate::console::keys::Chord;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::console::screens::incident::IncidentScreen;
use crate::console::widgets::message::Kind;
use crate::incident::TechRef;
use crate::store::Named;

/// So many numbers near mistaken digits are named at most.
const MOST_NEAR: usize = 3;

/// Digits typed anywhere are a Tech Reference number; Enter opens its incident.
pub(super) fn on_digit(model: &mut Model, chord: Chord) -> Option<Vec<Effect>> {
    // What was said of the number before is read by now, whatever is done with it.
    if !model.typed.is_empty() {
        model.message = None;
    }
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
            let typed = std::mem::take(&mut model.typed);
            return Some(match typed.parse::<TechRef>() {
                Ok(number) if matches!(model.layers.last(), Some(Layer::Call)) => {
                    call::number_typed(model, number)
                }
                Ok(number) => open_named(model, number),
                Err(error) => {
                    model.say(Kind::Error, error.to_string());
                    let numbers = TechRef::near(&typed);
                    model.misheard = Some(typed.clone());
                    vec![Effect::Ask(Request::Callers { typed, numbers })]
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

/// The incidents that mistaken digits may mean: one is offered, several are named, and which it is the caller says.
pub(super) fn misheard(model: &mut Model, typed: &str, named: &[Named]) {
    let in_words = |one: &Named| format!("{}, {}: {}", one.number, one.customer, one.summary);
    match named {
        [] => {}
        [only] => {
            model.typed = only.number.to_string();
            let words = in_words(only);
            model.say(
                Kind::Info,
                format!("{typed} is no such number. Is it {words}? Enter opens that, Esc does not"),
            );
        }
        several => {
            let all: Vec<String> = several.iter().take(MOST_NEAR).map(in_words).collect();
            let words = all.join("; ");
            model.say(
                Kind::Info,
                format!("{typed} is no such number. Near it: {words}. Type the whole one"),
            );
        }
    }
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
