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

/// Digits typed anywhere are a Tech Reference number; Enter opens its incident.
pub(super) fn on_digit(model: &mut Model, chord: Chord) -> Option<Vec<Effect>> {
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
