//! The call: who it is, what they are entitled to, which incident, the number, hanging up.

use crossterm::event::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::look::Look;
use super::model::Model;
use super::msg::Effect;
use super::request::Tag;
use crate::incident::Customer;
use crate::store::{CallerCard, Done};

/// A call that runs.
pub struct Call;

/// A call begins.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let _ = model;
    Vec::new()
}

/// Puts the call on hold, or takes it back.
pub fn hold(model: &mut Model) -> Vec<Effect> {
    let _ = model;
    Vec::new()
}

/// Hangs up.
pub fn hang_up(model: &mut Model) -> Vec<Effect> {
    let _ = model;
    Vec::new()
}

/// A new incident without a call.
pub fn without(model: &mut Model) -> Vec<Effect> {
    let _ = model;
    Vec::new()
}

/// Takes an event while the call has the keys.
pub fn update(model: &mut Model, event: &Event) -> Vec<Effect> {
    let _ = (model, event);
    Vec::new()
}

/// Customers were found for what was typed.
pub fn found(model: &mut Model, typed: &str, found: Vec<Customer>) -> Vec<Effect> {
    let _ = (model, typed, found);
    Vec::new()
}

/// The caller's card was read.
pub fn known(model: &mut Model, card: CallerCard) -> Vec<Effect> {
    let _ = (model, card);
    Vec::new()
}

/// A change that the call asked for is on the disk.
pub fn done(model: &mut Model, tag: &Tag, done: &[Done]) -> Vec<Effect> {
    let _ = (model, tag, done);
    Vec::new()
}

/// A change that the call asked for was refused.
pub fn refused(model: &mut Model, tag: &Tag, reason: String) {
    let _ = (model, tag, reason);
}

/// Reads again what the call shows.
pub fn refresh(model: &Model) -> Vec<Effect> {
    let _ = model;
    Vec::new()
}

/// The call in the footer: its timer, its caller.
pub fn footer(model: &Model) -> Option<String> {
    let _ = model;
    None
}

/// The keys that matter now.
pub fn hints(model: &Model) -> Vec<(&'static str, &'static str)> {
    let _ = model;
    Vec::new()
}

/// Draws the call.
pub fn view(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let _ = (model, look, area, buf);
}

/// Where the cursor belongs.
pub fn cursor(model: &Model, area: Rect) -> Option<Position> {
    let _ = (model, area);
    None
}
