//! The keys of the screen one is on, from the table that the program runs on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::view::boxed;

/// Draws the keys from row `first` on; one that cannot be used now says why.
pub fn view(first: usize, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let rows = model.keys.rows(model);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let inner = boxed("Keys", (76, height), look, area, buf);
    let first = first.min(rows.len().saturating_sub(inner.height.into()));
    for (row, y) in rows.iter().skip(first).zip(inner.top()..inner.bottom()) {
        buf.set_stringn(inner.x, y, &row.keys, 14, look.style(Role::Key));
        let (words, role) = match &row.why_not {
            Some(why) => (format!("{} - {why}", row.about), Role::Muted),
            None => (row.about.to_owned(), Role::Text),
        };
        let room = usize::from(inner.width.saturating_sub(15));
        buf.set_stringn(
            inner.x + 15.min(inner.width),
            y,
            crate::text::cut(&words, room),
            room,
            look.style(role),
        );
    }
}
