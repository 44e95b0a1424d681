//! How the list of keys looks: what narrows it and how far it is scrolled, then the keys in one list, or in two side by
//! side where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{Entry, Help};
use crate::console::look::Look;
use crate::console::theme::Role;
use crate::console::view::boxed;
use crate::console::widgets::{modal, position};
use crate::text;

/// Columns of one list of keys at most, of one of two at least, and between two.
const LIST: u16 = 76;
const HALF: u16 = 56;
const GAP: u16 = 2;
/// Columns that keys take at most; those that are longer stand in a line of their own.
const KEYS: usize = 16;
/// What stands before the letters that are typed.
const PROMPT: &str = "find: ";

/// How many lines there are to scroll through, and how many of them fit into `area`.
pub fn extent(help: &Help, look: &Look, area: Rect) -> (usize, usize) {
    let sheet = Sheet::of(help, look, area);
    (sheet.longest(), area.height.saturating_sub(3).into())
}

/// Draws the keys from the first line that shows on; one that cannot be used now says why.
pub fn view(help: &Help, look: &Look, area: Rect, buf: &mut Buffer) {
    let sheet = Sheet::of(help, look, area);
    let inner = boxed(&help.title, sheet.size(), look, area, buf);
    if inner.is_empty() {
        return;
    }
    let (longest, room) = (sheet.longest(), usize::from(inner.height) - 1);
    let first = help.first.min(longest.saturating_sub(room));
    let wide = usize::from(inner.width);
    let typed = format!("{PROMPT}{}", help.typed.value());
    let style = look.style(Role::FieldFocus);
    buf.set_stringn(inner.x, inner.y, typed, wide, style);
    if let Some(mark) = position(first, room, longest) {
        let mark = text::cut(&mark, wide);
        let x = inner.right() - u16::try_from(text::width(&mark)).unwrap_or(inner.width);
        buf.set_stringn(x, inner.y, mark, wide, look.style(Role::Muted));
    }
    let lists = Rect {
        y: inner.y + 1,
        height: inner.height - 1,
        ..inner
    };
    if longest == 0 {
        let words = "no key has these letters: take some back";
        buf.set_stringn(lists.x, lists.y, words, wide, look.style(Role::Muted));
    }
    let starts = (lists.x..).step_by(usize::from(sheet.width + GAP));
    for (list, x) in sheet.lists.iter().zip(starts) {
        let column = Rect {
            x,
            width: sheet.width,
            ..lists
        };
        let column = column.intersection(lists);
        for (line, row) in list.iter().skip(first).zip(column.rows()) {
            line.render(row, buf);
        }
    }
}

/// Where the terminal's cursor belongs after [`view`] has drawn into the same `area`.
pub fn cursor(help: &Help, look: &Look, area: Rect) -> Position {
    let inside = modal::inside(Sheet::of(help, look, area).size(), area);
    let x = PROMPT.len() + help.typed.visual_cursor();
    let x = inside
        .x
        .saturating_add(u16::try_from(x).unwrap_or(u16::MAX));
    Position::new(x.min(inside.right().saturating_sub(1)), inside.y)
}

/// The keys as lines.
struct Sheet {
    width: u16,
    lists: Vec<Vec<Line<'static>>>,
    /// The most lines that it may have: narrowed, the box keeps its size.
    height: usize,
}

impl Sheet {
    fn of(help: &Help, look: &Look, area: Rect) -> Self {
        let room = area.width.saturating_sub(4);
        let two = room >= HALF * 2 + GAP;
        let width = if two { (room - GAP) / 2 } else { room }.min(LIST);
        let all = help.sections.iter().flat_map(|section| &section.entries);
        let keys = all.map(|entry| text::width(&entry.keys));
        let keys = keys.filter(|wide| *wide <= KEYS).max().unwrap_or(0);
        let mut blocks: Vec<Vec<Line<'static>>> = Vec::new();
        for (heading, entries) in help.left() {
            let title = Line::styled(heading, look.style(Role::Title));
            for (place, entry) in entries.iter().enumerate() {
                let mut lines = lines(entry, keys, width, look);
                // A heading never stands alone at the foot of a list.
                if place == 0 {
                    lines.insert(0, title.clone());
                    if !blocks.is_empty() {
                        lines.insert(0, Line::default());
                    }
                }
                blocks.push(lines);
            }
        }
        let whole: usize = blocks.iter().map(Vec::len).sum();
        let mut lists = vec![Vec::new()];
        for block in blocks {
            let here = lists.last().map_or(0, Vec::len);
            if two && lists.len() == 1 && here >= whole.div_ceil(2) {
                lists.push(Vec::new());
            }
            if let Some(list) = lists.last_mut() {
                let empty = list.is_empty();
                let air = |line: &Line| empty && line.spans.is_empty();
                list.extend(block.into_iter().skip_while(air));
            }
        }
        if two && lists.len() == 1 {
            lists.push(Vec::new());
        }
        let height = usize::from(area.height);
        Self {
            width,
            lists,
            height,
        }
    }

    fn longest(&self) -> usize {
        self.lists.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// What the box has room for.
    fn size(&self) -> (u16, u16) {
        let lists = u16::try_from(self.lists.len()).unwrap_or(1).max(1);
        let width = (self.width + GAP).saturating_mul(lists).saturating_sub(GAP);
        (width, u16::try_from(self.height).unwrap_or(u16::MAX))
    }
}

/// A key with what it does, in as many lines as that takes.
fn lines(entry: &Entry, keys: usize, width: u16, look: &Look) -> Vec<Line<'static>> {
    let (words, role, key) = match &entry.why_not {
        Some(why) => (format!("{} ({why})", entry.about), Role::Muted, Role::Muted),
        None => (entry.about.to_owned(), Role::Text, Role::Key),
    };
    let mut lines = Vec::new();
    let sign = entry.sign.map(|sign| sign(look.symbols));
    let own = sign.unwrap_or(&entry.keys);
    let long = text::width(own) > keys;
    if long {
        lines.push(Line::styled(own.to_owned(), look.style(key)));
    }
    let room = usize::from(width).saturating_sub(keys + 2);
    for (place, piece) in text::wrap(&words, room).into_iter().enumerate() {
        let shown = match place {
            0 if !long => own,
            _ => "",
        };
        lines.push(Line::from(vec![
            Span::styled(format!("{}  ", text::fit(shown, keys)), look.style(key)),
            Span::styled(piece, look.style(role)),
        ]));
    }
    lines
}
