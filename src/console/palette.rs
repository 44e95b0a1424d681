//! The palette: every action by its name, found by some of its letters, whatever key it has.

use crossterm::event::{Event, KeyCode};
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::Input;

use super::forms::{edit_line, one_line};
use super::keys::{Chord, Row};
use super::look::Look;
use super::model::{Layer, Model};
use super::msg::Effect;
use super::theme::Role;
use super::update;
use super::view::boxed;
use super::widgets::modal;
use super::widgets::table::first_row;
use crate::text;

/// The most columns and lines of it.
const MOST: (u16, u16) = (92, 18);
/// What stands before the letters that are typed.
const PROMPT: &str = ": ";

/// Every action, and which of them the letters that were typed leave.
pub struct Palette {
    typed: Input,
    rows: Vec<Row>,
    /// The places of those that are left, best first.
    left: Vec<usize>,
    at: usize,
}

impl Palette {
    /// The actions as they can be used now.
    pub fn new(rows: Vec<Row>) -> Self {
        Self {
            typed: Input::default(),
            left: (0..rows.len()).collect(),
            rows,
            at: 0,
        }
    }

    fn selected(&self) -> Option<&Row> {
        self.left
            .get(self.at)
            .and_then(|place| self.rows.get(*place))
    }

    fn step(&mut self, by: isize) {
        let last = self.left.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Leaves those that have the letters in their order, the nearest first: a name counts before what is said of it.
    fn narrow(&mut self) {
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        let mut matcher = Matcher::new(config);
        let pattern = Pattern::new(
            self.typed.value(),
            CaseMatching::Ignore,
            Normalization::Smart,
            AtomKind::Fuzzy,
        );
        let mut letters = Vec::new();
        let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut letters), &mut matcher);
        let scored = self.rows.iter().enumerate().filter_map(|(place, row)| {
            let (name, about) = (score(row.name), score(row.about));
            let best = name.map(|name| name.saturating_mul(2)).max(about)?;
            Some((std::cmp::Reverse(best), place))
        });
        let mut left: Vec<_> = scored.collect();
        left.sort_unstable();
        self.left = left.into_iter().map(|(_, place)| place).collect();
        self.at = 0;
    }
}

/// Takes an event while the palette lies on top.
pub fn update(model: &mut Model, event: &Event) -> Vec<Effect> {
    let Some(Layer::Palette(palette)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match event {
        Event::Key(key) => match key.code {
            KeyCode::Esc => drop(model.layers.pop()),
            KeyCode::Enter => {
                let chosen = palette.selected().map(|row| row.name);
                model.layers.pop();
                return chosen.map_or_else(Vec::new, |name| update::choose(model, name));
            }
            KeyCode::Down | KeyCode::Tab => palette.step(1),
            KeyCode::Up | KeyCode::BackTab => palette.step(-1),
            KeyCode::PageDown => palette.step(10),
            KeyCode::PageUp => palette.step(-10),
            KeyCode::Backspace if palette.typed.value().is_empty() => drop(model.layers.pop()),
            _ if edit_line(&mut palette.typed, Chord::from(key)) => palette.narrow(),
            _ => {}
        },
        Event::Paste(text) => {
            palette.typed = Input::new(format!("{}{}", palette.typed.value(), one_line(text)));
            palette.narrow();
        }
        _ => {}
    }
    Vec::new()
}

fn size(area: Rect) -> (u16, u16) {
    let (columns, lines) = MOST;
    let room = (area.width.saturating_sub(4), area.height.saturating_sub(2));
    (columns.min(room.0), lines.min(room.1))
}

/// Draws what was typed, and beneath it the actions that are left: name, keys, and what it does, or why not now.
pub fn view(palette: &Palette, look: &Look, area: Rect, buf: &mut Buffer) {
    let inside = boxed("Do", size(area), look, area, buf);
    if inside.is_empty() {
        return;
    }
    let wide = usize::from(inside.width);
    let typed = format!("{PROMPT}{}", palette.typed.value());
    buf.set_stringn(
        inside.x,
        inside.y,
        typed,
        wide,
        look.style(Role::FieldFocus),
    );
    let list = Rect {
        y: inside.y + 1,
        height: inside.height - 1,
        ..inside
    };
    if palette.left.is_empty() {
        let words = "no action has these letters: take some back";
        buf.set_stringn(list.x, list.y, words, wide, look.style(Role::Muted));
        return;
    }
    let widest = |of: fn(&Row) -> &str| palette.rows.iter().map(|row| text::width(of(row))).max();
    let names = widest(|row| row.name).unwrap_or(0);
    let keys = widest(|row| &row.keys).unwrap_or(0);
    let first = first_row(0, palette.at, list.height.into());
    let shown = palette.left.iter().enumerate().skip(first);
    for ((place, at), line) in shown.zip(list.rows()) {
        let Some(row) = palette.rows.get(*at) else {
            continue;
        };
        let words = row.why_not.as_deref().unwrap_or(row.about);
        let role = match row.why_not {
            Some(_) => Role::Muted,
            None => Role::Text,
        };
        let selected = place == palette.at;
        let mark = if selected { look.symbols.selected } else { " " };
        let cells = format!(
            "{mark} {}  {}  {}",
            text::fit(row.name, names),
            text::fit(&row.keys, keys),
            text::cut_with(
                words,
                wide.saturating_sub(names + keys + 6),
                look.symbols.cut
            ),
        );
        buf.set_stringn(line.x, line.y, cells, wide, look.style(role));
        if selected {
            buf.set_style(line, look.style(Role::Selected));
        }
    }
}

/// Where the terminal's cursor belongs after [`view`] has drawn into the same `area`.
pub fn cursor(palette: &Palette, area: Rect) -> Position {
    let inside = modal::inside(size(area), area);
    let x = PROMPT.len() + palette.typed.visual_cursor();
    let x = inside
        .x
        .saturating_add(u16::try_from(x).unwrap_or(u16::MAX));
    Position::new(x.min(inside.right().saturating_sub(1)), inside.y)
}

#[cfg(test)]
mod tests {
    use crate::console::look::tests::{plain, rich};
    use crate::console::model::Layer;
    use crate::console::testing::{BUSY_NOW, Console, busy};
    use chrono_tz::Europe::London;

    fn console(keys: &str) -> Console {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press(keys);
        console
    }

    /// The name of the selected action.
    fn selected(console: &Console) -> &'static str {
        match console.model.layers.last() {
            Some(Layer::Palette(palette)) => palette.selected().unwrap().name,
            _ => panic!("the palette is not open"),
        }
    }

    #[test]
    fn some_letters_of_a_name_find_it() {
        for (typed, name) in [
            ("asgn", "assign"),
            ("hu", "hang up"),
            ("note", "note"),
            ("knfau", "known fault"),
            ("shell", "suspend"),
            ("NOTE", "note"),
        ] {
            let mut console = console(":");
            console.type_in(typed);
            assert_eq!(selected(&console), name, "{typed}");
        }
    }

    #[test]
    fn what_is_chosen_is_done_as_by_its_key() {
        let mut console = console(":");
        console.type_in("note").press("enter");
        assert!(matches!(console.model.layers.as_slice(), [Layer::Step(_)]));
        console.press("esc :").type_in("hang up").press("enter");
        assert!(console.model.layers.is_empty());
        let picture = console.picture((80, 24), &rich());
        assert!(picture.contains("there is no call"), "{picture}");
        console.press(": esc : backspace");
        assert!(console.model.layers.is_empty());
        console.press(":").type_in("zzz").press("enter");
        assert!(console.model.layers.is_empty());
    }

    #[test]
    fn it_looks_well_at_every_size() {
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            let mut console = console(":");
            console.type_in("es").press("down");
            let picture = console.picture((width, height), &rich());
            insta::assert_snapshot!(format!("palette_{width}x{height}"), picture);
        }
        let picture = console(":").picture((80, 24), &plain());
        insta::assert_snapshot!("palette_plain", picture);
    }
}
