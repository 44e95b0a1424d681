//! What stands under a list: more about the row that is selected, in the room that the list leaves.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};

use super::incident;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::incident::TechRef;

/// Rows come and go: the room of a short list changes by so many at a time, so that what stands under it keeps its place.
const STEP: usize = 6;

/// The room of a list of so many rows, with its headings, and that of the preview under it: none where there is little,
/// and all that a short list leaves.
pub fn split(area: Rect, rows: usize) -> [Rect; 2] {
    let least = match area.height {
        0..15 => 0,
        15..29 => 7,
        29..44 => 12,
        _ => 18,
    };
    let list = u16::try_from((rows + 1).next_multiple_of(STEP)).unwrap_or(u16::MAX);
    let preview = match (least, rows) {
        (0, _) | (_, 0) => least,
        _ => area.height.saturating_sub(list).max(least),
    };
    Layout::vertical([Constraint::Min(0), Constraint::Length(preview)]).areas(area)
}

/// Draws the line above a preview, and gives the room beneath it.
pub fn under_rule(look: &Look, area: Rect, buf: &mut Buffer) -> Rect {
    let [line, inner] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
    let rule = look.symbols.border.horizontal_top;
    let rule = rule.repeat(line.width.into());
    if !line.is_empty() {
        let style = look.style(Role::Border);
        buf.set_stringn(line.x, line.y, rule, line.width.into(), style);
    }
    inner
}

/// Draws what matters most of an incident, once it was read and the hand rests.
pub fn incident(number: TechRef, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    if model.hurries {
        return;
    }
    let read = model.dossier.as_deref();
    if let Some(dossier) = read.filter(|read| read.incident.tech_ref == number) {
        incident::summary(dossier, model, look, area, buf);
    }
}
