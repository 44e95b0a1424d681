//! A first start: there is no desk yet, and one is to be made.

use std::path::PathBuf;

use crossterm::event::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::look::Look;
use super::model::Model;
use super::msg::Effect;

/// The choice of a desk.
pub struct FirstStart {
    /// Where it will lie.
    pub path: PathBuf,
}

impl FirstStart {
    /// A choice for a desk at `path`.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The desk could not be made.
    pub fn failed(&mut self, reason: String) {
        drop(reason);
    }
}

/// Takes an event.
pub fn update(model: &mut Model, event: &Event) -> Vec<Effect> {
    let _ = (model, event);
    vec![Effect::Quit]
}

/// Draws the choice.
pub fn view(start: &FirstStart, look: &Look, area: Rect, buf: &mut Buffer) {
    let _ = (start, look, area, buf);
}

/// Where the cursor belongs.
pub fn cursor(start: &FirstStart, area: Rect) -> Option<Position> {
    let _ = (start, area);
    None
}
