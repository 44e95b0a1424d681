//! Calls on hold: several at once, each with its time.

use crossterm::event::{Event, KeyCode};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::lines::Lines;
use super::{Call, Next};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::countdown::timer;
use crate::text;

/// The calls that are not talked on now.
#[derive(Default)]
pub struct Held {
    /// Those on hold, the longest first; and what is being logged without a call, while a call came between.
    pub calls: Vec<Call>,
    /// The one that would be taken back.
    pub(super) at: usize,
    /// How many calls there were, which tells them apart.
    pub(super) begun: u64,
}

/// What an event comes to while one of several calls is chosen.
pub(super) fn update(model: &mut Model, event: &Event) -> Next {
    let Event::Key(key) = event else {
        return Next::Go(Vec::new());
    };
    let held = &mut model.held;
    match key.code {
        KeyCode::Down | KeyCode::Char('j') => {
            held.at = (held.at + 1).min(held.calls.len().saturating_sub(1));
            Next::Go(Vec::new())
        }
        KeyCode::Up | KeyCode::Char('k') => {
            held.at = held.at.saturating_sub(1);
            Next::Go(Vec::new())
        }
        KeyCode::Enter | KeyCode::Char('H') => {
            let at = held.at;
            Next::Go(super::take_back(model, at))
        }
        KeyCode::Esc => Next::Leave,
        _ => Next::Table(*key),
    }
}

/// Draws the calls on hold.
pub(super) fn view(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut lines = Lines::new(area, look, buf);
    for (place, call) in model.held.calls.iter().enumerate() {
        let selected = place == model.held.at;
        let mark = if selected { look.symbols.selected } else { " " };
        let time = match &call.timer {
            Some(time) => format!(
                "{} on hold {}, call {}",
                look.symbols.paused,
                timer(time.this_hold(model.now)),
                timer(time.seconds(model.now))
            ),
            None => "no call, not saved yet".to_owned(),
        };
        let numbers: Vec<String> = call
            .taken
            .iter()
            .map(|taken| taken.number.to_string())
            .collect();
        let line = format!(
            "{mark} {} {} {}",
            text::fit(&call.who(), 28),
            text::fit(&time, 34),
            numbers.join(" ")
        );
        let role = if selected { Role::Selected } else { Role::Text };
        lines.put(&line, role);
    }
}
