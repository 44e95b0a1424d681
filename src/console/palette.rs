//! The palette: every action by its name, whatever key it has, and the saved views and themes; found by some letters.

use crossterm::event::{Event, KeyCode};
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::Input;

use super::actions::{Action, Place};
use super::forms::{edit_line, one_line};
use super::keys::Chord;
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
const MOST: (u16, u16) = (110, 24);
/// How many of what was chosen of late are known.
const RECENT: usize = 8;
/// Columns of a name at most.
const NAME: usize = 22;
/// What stands before the letters that are typed.
const PROMPT: &str = ": ";

/// What can be chosen, and what of it the letters that were typed leave.
pub struct Palette {
    typed: Input,
    entries: Vec<Entry>,
    /// The places of those that are left, best first.
    left: Vec<usize>,
    at: usize,
}

/// Something to choose.
struct Entry {
    does: Does,
    name: String,
    keys: String,
    about: String,
    why_not: Option<String>,
}

/// What comes of choosing it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Does {
    /// The action of this name.
    Action(&'static str),
    /// A saved view of the queue shows.
    View(usize),
    /// The console wears another theme.
    Theme(String),
}

/// Whether it only moves what shows.
fn moves(action: Action) -> bool {
    matches!(
        action,
        Action::Move(_) | Action::Page(_) | Action::First | Action::Last | Action::View(_)
    )
}

/// What was chosen of late, the latest first.
#[derive(Debug, Default)]
pub struct Recent(Vec<String>);

impl Recent {
    fn add(&mut self, name: &str) {
        self.0.retain(|known| known != name);
        self.0.insert(0, name.to_owned());
        self.0.truncate(RECENT);
    }

    fn place(&self, name: &str) -> usize {
        let found = self.0.iter().position(|known| known == name);
        found.unwrap_or(RECENT)
    }
}

impl Palette {
    /// What can be done now comes first: what was chosen of late, what belongs here, what belongs everywhere.
    pub fn of(model: &Model) -> Self {
        let mut rows = model.keys.rows(model);
        rows.sort_by_key(|row| {
            let place = row.message.place(model);
            // Whoever looks for something by its name wants a step done; what moves has keys that everybody knows.
            let step = row.message.steps().is_empty() || place != Place::Incident;
            (moves(row.message), step, place)
        });
        let actions = rows.into_iter().map(|row| Entry {
            does: Does::Action(row.name),
            name: row.name.to_owned(),
            keys: row.keys,
            about: row.about.to_owned(),
            why_not: row.why_not,
        });
        let free = |does, name, about| Entry {
            does,
            name,
            keys: String::new(),
            about,
            why_not: None,
        };
        let views = model.queue.views().enumerate();
        let views = views.map(|(place, (name, query))| {
            let about = match query {
                "" => "The whole queue".to_owned(),
                query => format!("The queue, narrowed to {query}"),
            };
            free(Does::View(place), format!("view {name}"), about)
        });
        let themes = model.themes.iter().map(|name| {
            let about = "Wear it until the console is left; config.toml keeps one".to_owned();
            free(Does::Theme(name.clone()), format!("theme {name}"), about)
        });
        let mut entries: Vec<Entry> = actions.chain(views).chain(themes).collect();
        entries.sort_by_key(|entry| (entry.why_not.is_some(), model.recent.place(&entry.name)));
        Self {
            typed: Input::default(),
            left: (0..entries.len()).collect(),
            entries,
            at: 0,
        }
    }

    fn selected(&self) -> Option<&Entry> {
        self.left
            .get(self.at)
            .and_then(|place| self.entries.get(*place))
    }

    fn step(&mut self, by: isize) {
        let last = self.left.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Leaves those that have the letters in their order. A name that begins so comes first, also where it cannot be
    /// done now: Enter must not do another thing in its place. Then what can be done, by its name before by what is
    /// said of it.
    fn narrow(&mut self) {
        let typed = self.typed.value().trim().to_lowercase();
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        let mut matcher = Matcher::new(config);
        let pattern = |kind| {
            let (case, normal) = (CaseMatching::Ignore, Normalization::Smart);
            Pattern::new(&typed, case, normal, kind)
        };
        let (letters, words) = (pattern(AtomKind::Fuzzy), pattern(AtomKind::Substring));
        let mut chars = Vec::new();
        let mut score = |pattern: &Pattern, text: &str| {
            pattern.score(Utf32Str::new(text, &mut chars), &mut matcher)
        };
        let scored = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(place, entry)| {
                let name = score(&letters, &entry.name);
                let best = name.or_else(|| score(&words, &entry.about))?;
                let begins = name.is_some() && entry.name.to_lowercase().starts_with(&typed);
                let rank = match (begins, entry.why_not.is_some()) {
                    (true, off) => u8::from(off),
                    (false, off) => 2 + 2 * u8::from(off) + u8::from(name.is_none()),
                };
                Some((rank, std::cmp::Reverse(best), place))
            });
        let mut left: Vec<_> = scored.collect();
        left.sort_unstable();
        self.left = left.into_iter().map(|(.., place)| place).collect();
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
                let chosen = palette.selected();
                let chosen = chosen.map(|entry| (entry.does.clone(), entry.name.clone()));
                model.layers.pop();
                let Some((does, name)) = chosen else {
                    return Vec::new();
                };
                model.recent.add(&name);
                return match does {
                    Does::Action(name) => update::choose(model, name),
                    Does::View(place) => update::show_view(model, place),
                    Does::Theme(name) => vec![Effect::Theme(name)],
                };
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
    // Beneath the list, the selected one in full.
    let about = palette.selected().map(|row| match &row.why_not {
        Some(why_not) => format!("{} {}: {why_not}", row.name, row.about),
        None => row.about.clone(),
    });
    let about = about.map_or_else(Vec::new, |about| text::wrap(&text::visible(&about), wide));
    let below = u16::try_from(about.len())
        .unwrap_or(0)
        .min(inside.height / 3);
    let list = Rect {
        y: inside.y + 1,
        height: (inside.height - 1).saturating_sub(below),
        ..inside
    };
    let foot = Rect {
        y: list.bottom(),
        height: below,
        ..inside
    };
    for (line, row) in about.iter().zip(foot.rows()) {
        buf.set_stringn(row.x, row.y, line, wide, look.style(Role::Title));
    }
    if palette.left.is_empty() {
        let words = "no action has these letters: take some back";
        buf.set_stringn(list.x, list.y, words, wide, look.style(Role::Muted));
        return;
    }
    let left = || {
        palette
            .left
            .iter()
            .filter_map(|at| palette.entries.get(*at))
    };
    let widest = |of: fn(&Entry) -> &str| left().map(|row| text::width(of(row))).max();
    let names = widest(|row| &row.name).unwrap_or(0).min(NAME);
    let keys = widest(|row| &row.keys).unwrap_or(0);
    let first = first_row(0, palette.at, list.height.into());
    let shown = palette.left.iter().enumerate().skip(first);
    for ((place, at), line) in shown.zip(list.rows()) {
        let Some(row) = palette.entries.get(*at) else {
            continue;
        };
        let words = row.why_not.as_deref().unwrap_or(&row.about);
        let role = match row.why_not {
            Some(_) => Role::Muted,
            None => Role::Text,
        };
        let selected = place == palette.at;
        let mark = if selected { look.symbols.selected } else { " " };
        let cells = format!(
            "{mark} {}  {}  {}",
            text::fit(&row.name, names),
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
    use crate::console::msg::Effect;
    use crate::console::testing::{BUSY_NOW, Console, busy};
    use chrono_tz::Europe::London;

    fn console(keys: &str) -> Console {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press(keys);
        console
    }

    /// The name of the selected action.
    fn selected(console: &Console) -> String {
        match console.model.layers.last() {
            Some(Layer::Palette(palette)) => palette.selected().unwrap().name.clone(),
            _ => panic!("the palette is not open"),
        }
    }

    #[test]
    fn some_letters_of_a_name_find_it() {
        for (typed, name) in [
            ("asgn", "assign"),
            ("hang", "hang up"),
            ("hang up", "hang up"),
            ("note", "note"),
            ("knfau", "known fault"),
            ("shell", "suspend"),
            ("NOTE", "note"),
            ("missed", "view Missed"),
        ] {
            let mut console = console(":");
            console.type_in(typed);
            assert_eq!(selected(&console), name, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_done_comes_last_and_what_was_chosen_of_late_first() {
        let mut console = console(":");
        let Some(Layer::Palette(palette)) = console.model.layers.last() else {
            panic!("the palette is not open");
        };
        let off = |place: &usize| palette.entries[*place].why_not.is_some();
        assert!(palette.left.iter().any(off));
        assert!(palette.left.is_sorted_by_key(off));
        console.type_in("explain").press("enter esc :");
        assert_eq!(selected(&console), "explain");
    }

    #[test]
    fn it_opens_views_and_themes() {
        let mut console = console("f7 :");
        console.type_in("view missed").press("enter");
        let shown = console.picture((80, 24), &rich());
        assert!(shown.lines().nth(1).unwrap().contains("Missed"), "{shown}");
        console.model.themes = vec!["dark".to_owned(), "light".to_owned()];
        console.press(":").type_in("light").press("enter");
        let worn = console.effects.last();
        assert!(matches!(worn, Some(Effect::Theme(name)) if name == "light"));
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
