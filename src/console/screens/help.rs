//! The keys of the screen one is on, from the table that the program runs on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::console::forms;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::view::boxed;
use crate::text;

/// Columns of one list of keys at most, of one of two at least, and between two.
const LIST: u16 = 76;
const HALF: u16 = 56;
const GAP: u16 = 2;

/// How many lines there are to scroll through, and how many of them fit into `area`.
pub fn extent(model: &Model, look: &Look, area: Rect) -> (usize, usize) {
    let sheet = Sheet::of(model, look, area);
    let lines = sheet.lists.iter().map(Vec::len).max().unwrap_or(0);
    (lines, area.height.saturating_sub(2).into())
}

/// Draws the keys from line `first` on; one that cannot be used now says why.
pub fn view(first: usize, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let sheet = Sheet::of(model, look, area);
    let longest = sheet.lists.iter().map(Vec::len).max().unwrap_or(0);
    let height = u16::try_from(longest).unwrap_or(u16::MAX);
    let lists = u16::try_from(sheet.lists.len()).unwrap_or(1).max(1);
    let width = (sheet.width + GAP)
        .saturating_mul(lists)
        .saturating_sub(GAP);
    let inner = boxed("Keys", (width, height), look, area, buf);
    let first = first.min(longest.saturating_sub(inner.height.into()));
    let starts = (inner.x..).step_by(usize::from(sheet.width + GAP));
    for (list, x) in sheet.lists.iter().zip(starts) {
        let column = Rect {
            x,
            width: sheet.width,
            ..inner
        };
        let column = column.intersection(inner);
        for (line, row) in list.iter().skip(first).zip(column.rows()) {
            line.render(row, buf);
        }
    }
}

/// The keys in one list, or in two side by side where there is room.
struct Sheet {
    width: u16,
    lists: Vec<Vec<Line<'static>>>,
}

impl Sheet {
    fn of(model: &Model, look: &Look, area: Rect) -> Self {
        let room = area.width.saturating_sub(4);
        let two = room >= HALF * 2 + GAP;
        let width = if two { (room - GAP) / 2 } else { room }.min(LIST);
        let rows = model.keys.rows(model);
        let keys = rows.iter().map(|row| text::width(&row.keys)).max();
        let keys = keys.unwrap_or(0);
        let mut entries: Vec<Vec<Line<'static>>> = Vec::new();
        for row in rows {
            let room = usize::from(width).saturating_sub(keys + 2);
            let (words, role) = match &row.why_not {
                Some(why) => (format!("{} ({why})", row.about), Role::Muted),
                None => (row.about.to_owned(), Role::Text),
            };
            let line = |(place, piece): (usize, String)| {
                let shown = if place == 0 { row.keys.as_str() } else { "" };
                let key = if row.why_not.is_some() {
                    Role::Muted
                } else {
                    Role::Key
                };
                Line::from(vec![
                    Span::styled(format!("{}  ", text::fit(shown, keys)), look.style(key)),
                    Span::styled(piece, look.style(role)),
                ])
            };
            let pieces = text::wrap(&words, room).into_iter().enumerate();
            entries.push(pieces.map(line).collect());
        }
        entries.push(vec![Line::default()]);
        for (keys, about) in forms::KEYS {
            let words = format!("in a form, {keys}: {about}");
            let pieces = text::wrap(&words, width.into()).into_iter();
            let style = look.style(Role::Text);
            entries.push(pieces.map(|piece| Line::styled(piece, style)).collect());
        }
        let whole: usize = entries.iter().map(Vec::len).sum();
        let mut lists = vec![Vec::new()];
        for entry in entries {
            let here = lists.last().map_or(0, Vec::len);
            if two && lists.len() == 1 && here >= whole.div_ceil(2) {
                lists.push(Vec::new());
            }
            if let Some(list) = lists.last_mut() {
                list.extend(entry);
            }
        }
        Self { width, lists }
    }
}
