//! How a form looks: labels on the left, what they hold on the right, mistakes and help beneath. Where a form is taller
//! than its area, it scrolls to the field that has the keys.

use super::field::Kind;
use super::place::{GAP, MARKER, Place, count, labels};
use super::{Form, Pick};
use crate::console::{look::Look, theme::Role};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use std::borrow::Cow;
use tui_input::Input;

impl Form {
    /// Draws the form into `area`.
    pub fn view(&self, look: &Look, area: Rect, buf: &mut Buffer) {
        let (window, places) = self.places(area.intersection(buf.area));
        for place in &places {
            let line = window.line(place.top);
            let role = if place.focused {
                Role::FieldFocus
            } else {
                Role::Label
            };
            let marker = if place.focused {
                look.symbols.selected
            } else {
                " "
            };
            put(marker, look.style(Role::Accent), line, buf);
            let required = if place.required {
                look.symbols.required
            } else {
                ""
            };
            let room = usize::from(window.labels).saturating_sub(required.len());
            let label = format!(
                "{}{required}",
                text::cut_with(&place.field.label, room, look.symbols.cut)
            );
            put(&label, look.style(role), inset(line, MARKER), buf);
            view_value(place, look, window.values(place.top, place.value), buf);
            let beneath = place.top.saturating_add(place.value);
            for (line, row) in place.beneath.iter().zip(beneath..) {
                let sign = match line.role {
                    Role::FieldError if line.goes_on => "  ".to_owned(),
                    Role::FieldError => format!("{} ", look.symbols.bad),
                    _ => String::new(),
                };
                let text = format!("{sign}{}", line.text);
                put(&text, look.style(line.role), window.values(row, 1), buf);
            }
        }
    }

    /// Where the terminal's cursor belongs after [`Form::view`] has drawn into the same `area`; `None` where nothing is
    /// typed, or the place is not on the screen.
    #[must_use]
    pub fn cursor(&self, area: Rect) -> Option<Position> {
        let (window, places) = self.places(area);
        let place = places.iter().find(|place| place.focused)?;
        let values = window.values(place.top, place.value);
        let (x, y) = match &place.field.kind {
            Kind::Text(input) | Kind::Masked(input) => {
                // How the line is masked does not matter: every mask is one column wide.
                let (shown, cursor) = typed_line(input, place.field.is_masked().then_some("*"));
                (scrolled(&shown, cursor, values.width).1, 0)
            }
            Kind::Area { text, .. } => {
                let (cursor, (top, left)) = (text.screen_cursor(), text.scroll_offset());
                (
                    count(cursor.col).checked_sub(left)?,
                    count(cursor.row).checked_sub(top)?,
                )
            }
            Kind::Pick(pick) => (count(text::width(&text::visible(pick.typed()))), 0),
            Kind::Toggle(_) => return None,
        };
        let position = Position::new(values.x.saturating_add(x), values.y.saturating_add(y));
        values.contains(position).then_some(position)
    }
}

fn view_value(place: &Place<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
    let role = if place.focused {
        Role::FieldFocus
    } else {
        Role::Text
    };
    let style = look.style(role);
    let line = Rect {
        height: area.height.min(1),
        ..area
    };
    match &place.field.kind {
        Kind::Text(input) | Kind::Masked(input) => {
            buf.set_style(line, style);
            let (shown, cursor) =
                typed_line(input, place.field.is_masked().then_some(look.symbols.mask));
            put(
                scrolled(&shown, if place.focused { cursor } else { 0 }, line.width).0,
                style,
                line,
                buf,
            );
        }
        Kind::Area { text, .. } => {
            buf.set_style(area, style);
            if !area.is_empty() {
                (&**text).render(area, buf);
                make_visible(area, buf);
            }
        }
        Kind::Toggle(toggle) => {
            let shown = if toggle.is_on() { "[x] yes" } else { "[ ] no" };
            let typed = if toggle.is_astray() {
                toggle.typed()
            } else {
                ""
            };
            put(&format!("{shown}  {typed}"), style, line, buf);
        }
        Kind::Pick(pick) => view_pick(pick, place.focused, look, area, buf),
    }
}

/// What a text field drew by itself, with nothing in it that terminals do not agree about.
fn make_visible(area: Rect, buf: &mut Buffer) {
    for at in area.positions() {
        let Some(cell) = buf.cell(at) else { continue };
        if let Cow::Owned(shown) = text::visible(cell.symbol()) {
            let (style, columns) = (cell.style(), text::width(cell.symbol()));
            buf.set_stringn(at.x, at.y, shown, columns, style);
        }
    }
}

/// What a line shows, with `mask` for every character if it is given, and the column of its cursor.
fn typed_line(input: &Input, mask: Option<&str>) -> (String, usize) {
    let before: String = input.value().chars().take(input.cursor()).collect();
    match mask {
        Some(mask) => (
            mask.repeat(input.value().chars().count()),
            before.chars().count(),
        ),
        None => (
            text::visible(input.value()).into_owned(),
            text::width(&text::visible(&before)),
        ),
    }
}

/// What is left of a line once it has scrolled so far that its cursor shows, and the cursor's column in that.
fn scrolled(shown: &str, cursor: usize, width: u16) -> (&str, u16) {
    let rest = text::after(shown, (cursor + 1).saturating_sub(width.into()));
    let gone = text::width(shown) - text::width(rest);
    (rest, count(cursor.saturating_sub(gone)))
}

/// Draws what is picked or typed, and beneath it, while the agent picks, what is left to pick from.
fn view_pick(pick: &Pick, focused: bool, look: &Look, area: Rect, buf: &mut Buffer) {
    let picked = pick.picked().map_or("", |choice| choice.label.as_str());
    let line = Rect {
        height: area.height.min(1),
        ..area
    };
    let value = match pick.typed() {
        "" => picked,
        typed => typed,
    };
    if !focused {
        return put(value, look.style(Role::Text), line, buf);
    }
    buf.set_style(line, look.style(Role::FieldFocus));
    put(value, look.style(Role::FieldFocus), line, buf);
    let left = pick.left();
    let labels = labels(pick, area.width.into());
    let rows = usize::from(area.height.saturating_sub(1));
    let at = left.iter().position(|(_, picked)| *picked).unwrap_or(0);
    let first = (at + 1).saturating_sub(rows);
    if rows < left.len() {
        let place = format!("{}/{}", at + 1, left.len());
        let columns = count(place.len()).min(line.width);
        let right = inset(line, line.width - columns);
        put(&place, look.style(Role::FieldFocus), right, buf);
    }
    for ((choice, picked), y) in left
        .iter()
        .skip(first)
        .zip(area.y.saturating_add(1)..area.bottom())
    {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        let marker = if *picked { look.symbols.selected } else { " " };
        let gap = " ".repeat(GAP.into());
        let label = text::fit(&choice.label, labels);
        let text = format!("{marker} {label}{gap}{}", choice.about);
        let text = text::cut_with(&text, row.width.into(), look.symbols.cut);
        put(&text, look.style(Role::Text), row, buf);
        if *picked {
            buf.set_style(row, look.style(Role::Selected));
        }
    }
}

/// `area` without its first columns.
fn inset(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect {
        x: area.x + columns,
        width: area.width - columns,
        ..area
    }
}

/// Draws one line of text over the start of `area`.
fn put(text: &str, style: Style, area: Rect, buf: &mut Buffer) {
    if !area.is_empty() {
        buf.set_stringn(
            area.x,
            area.y,
            text::visible(text),
            area.width.into(),
            style,
        );
    }
}
