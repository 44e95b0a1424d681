//! How a form looks: labels on the left, what they hold on the right, mistakes and help beneath. Where a form is taller
//! than its area, it scrolls to the field that has the keys.

use super::field::{Field, Kind};
use super::{Form, Pick};
use crate::console::{look::Look, theme::Role};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_input::Input;

/// The marker of the field that has the keys and the space behind it.
const MARKER: u16 = 2;
/// Columns between labels and what they hold.
const GAP: u16 = 2;
/// Choices of a list that show at once.
const CHOICES: u16 = 6;

/// A field with the lines that it takes, from the top of the whole form.
struct Place<'a> {
    field: &'a Field,
    focused: bool,
    required: bool,
    top: u16,
    /// Lines of what it holds.
    value: u16,
    mistake: Option<String>,
    help: Vec<String>,
}

impl Place<'_> {
    /// Lines in all.
    fn height(&self) -> u16 {
        self.value
            .saturating_add(u16::from(self.mistake.is_some()))
            .saturating_add(count(self.help.len()))
    }
}

/// The part of the screen on which a form is drawn, and which of the form's lines is its first.
struct Window {
    area: Rect,
    labels: u16,
    first: u16,
}

impl Window {
    /// The part of the lines from `top` on, `height` of them, that is on the screen, right of the labels.
    fn values(&self, top: u16, height: u16) -> Rect {
        let left = MARKER
            .saturating_add(self.labels)
            .saturating_add(GAP)
            .min(self.area.width);
        let end = top
            .saturating_add(height)
            .saturating_sub(self.first)
            .min(self.area.height);
        let start = top.saturating_sub(self.first).min(end);
        Rect::new(
            self.area.x + left,
            self.area.y + start,
            self.area.width - left,
            end - start,
        )
    }

    /// The line of the form at `top`, over the full width; empty if it is not on the screen.
    fn line(&self, top: u16) -> Rect {
        let values = self.values(top, 1);
        let hidden = top < self.first;
        Rect {
            x: self.area.x,
            width: self.area.width,
            height: if hidden { 0 } else { values.height },
            ..values
        }
    }
}

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
            if let Some(mistake) = &place.mistake {
                let mistake = format!("{} {mistake}", look.symbols.bad);
                put(
                    &mistake,
                    look.style(Role::FieldError),
                    window.values(beneath, 1),
                    buf,
                );
            }
            let help = beneath.saturating_add(u16::from(place.mistake.is_some()));
            for (text, line) in place.help.iter().zip(help..) {
                put(text, look.style(Role::Muted), window.values(line, 1), buf);
            }
        }
    }

    /// How many lines the form takes in `columns` columns, as it stands now.
    #[must_use]
    pub fn height(&self, columns: u16) -> u16 {
        let (_, places) = self.places(Rect::new(0, 0, columns, u16::MAX));
        places
            .iter()
            .fold(0, |sum, place| sum.saturating_add(place.height()))
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

    /// Lines that the form takes in an area of `width` columns, whichever field has the keys: as many as keep the form in
    /// its place while the agent goes through it.
    #[must_use]
    pub fn tallest(&self, width: u16) -> u16 {
        let (window, _) = self.places(Rect::new(0, 0, width, 0));
        let columns = usize::from(window.values(0, 1).width);
        let heights = self.relevant().map(|(_, field)| {
            let passed = self.place(field, false, 0, columns).height();
            let focused = self.place(field, true, 0, columns).height();
            (passed, focused.saturating_sub(passed))
        });
        let (all, most) = heights.fold((0_u16, 0_u16), |(all, most), (passed, more)| {
            (all.saturating_add(passed), most.max(more))
        });
        all.saturating_add(most)
    }

    /// A field in its place, in `columns` columns right of the labels.
    fn place<'a>(&'a self, field: &'a Field, focused: bool, top: u16, columns: usize) -> Place<'a> {
        let help = field
            .help
            .iter()
            .filter(|_| focused)
            .flat_map(|help| text::wrap(help, columns))
            .collect();
        let mistake = (field.touched || self.attempted)
            .then(|| self.mistake_in(field))
            .flatten();
        Place {
            field,
            focused,
            required: self.is_required(field),
            top,
            value: lines(field, focused),
            mistake,
            help,
        }
    }

    /// Where every field that matters goes, and which line of the form comes first.
    fn places(&self, area: Rect) -> (Window, Vec<Place<'_>>) {
        let longest = self
            .relevant()
            .map(|(_, field)| text::width(&field.label) + usize::from(self.is_required(field)))
            .max();
        let labels = count(longest.unwrap_or(0)).min(area.width / 3);
        let mut window = Window {
            area,
            labels,
            first: 0,
        };
        let columns = usize::from(window.values(0, 1).width);
        let mut top: u16 = 0;
        let mut places = Vec::new();
        for (at, field) in self.relevant() {
            let place = self.place(field, at == self.focus, top, columns);
            top = top.saturating_add(place.height());
            places.push(place);
        }
        if let Some(place) = places.iter().find(|place| place.focused) {
            let end = place.top.saturating_add(place.height());
            window.first = end.saturating_sub(area.height).min(place.top);
        }
        (window, places)
    }
}

/// Lines that what a field holds takes.
fn lines(field: &Field, focused: bool) -> u16 {
    match &field.kind {
        Kind::Area { lines, .. } => *lines,
        Kind::Pick(pick) if focused => 1 + count(pick.left().len()).min(CHOICES),
        _ => 1,
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
    if !focused {
        return put(picked, look.style(Role::Text), line, buf);
    }
    let value = if pick.typed().is_empty() {
        picked
    } else {
        pick.typed()
    };
    buf.set_style(line, look.style(Role::FieldFocus));
    put(value, look.style(Role::FieldFocus), line, buf);
    let left = pick.left();
    let labels = left
        .iter()
        .map(|(choice, _)| text::width(&choice.label))
        .max()
        .unwrap_or(0)
        .min(area.width.into());
    let rows = usize::from(area.height.saturating_sub(1));
    let at = left.iter().position(|(_, picked)| *picked).unwrap_or(0);
    let first = (at + 1).saturating_sub(rows);
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
        let text = format!(
            "{marker} {}  {}",
            text::fit(&choice.label, labels),
            choice.about
        );
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

fn count(many: usize) -> u16 {
    u16::try_from(many).unwrap_or(u16::MAX)
}
