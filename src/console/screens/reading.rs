//! A text to read, in a box that scrolls.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::console::look::Look;
use crate::console::theme::Role;
use crate::console::view::boxed;
use crate::store::Dossier;
use crate::text;

/// A text and how far it is scrolled.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// What it is.
    pub title: String,
    /// The text.
    pub text: String,
    /// The first line that shows.
    pub first: usize,
}

/// Why an incident's clocks are due when they are.
pub fn explained(dossier: &Dossier, now: DateTime<Utc>) -> String {
    let _ = (dossier, now);
    String::new()
}

/// Draws the text.
pub fn view(reading: &Reading, look: &Look, area: Rect, buf: &mut Buffer) {
    let width = area.width.saturating_sub(8).min(100);
    let lines: Vec<String> = reading
        .text
        .lines()
        .flat_map(|line| text::wrap(line, width.into()))
        .collect();
    let inner = boxed(
        &reading.title,
        (width, u16::try_from(lines.len()).unwrap_or(u16::MAX)),
        look,
        area,
        buf,
    );
    let first = reading
        .first
        .min(lines.len().saturating_sub(inner.height.into()));
    for (line, y) in lines.iter().skip(first).zip(inner.top()..inner.bottom()) {
        buf.set_stringn(inner.x, y, line, inner.width.into(), look.style(Role::Text));
    }
}
