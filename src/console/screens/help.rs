//! The keys of the place one is at, first; then those that work everywhere, and those of other places. They come from
//! the table that the program runs on, and from the flows that have the keys for themselves.

use crossterm::event::{Event, KeyCode, KeyEvent};
use tui_input::Input;

use crate::console::actions::Action;
use crate::console::actions::Place;
use crate::console::forms::{self, edit_line, one_line};
use crate::console::hints::{self, Hint};
use crate::console::keys::{Chord, Row};
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::screens::queue::NOT_GIVEN;
use crate::console::screens::screen::Screen;
use crate::console::symbols::Symbols;
use crate::console::update::scrolled;

#[cfg(test)]
mod tests;
mod view;
pub use view::{cursor, extent, view};

/// The keys as they could be used when the list was opened.
pub struct Help {
    /// What they are the keys of.
    title: String,
    sections: Vec<Section>,
    /// What narrows them.
    typed: Input,
    /// The first line that shows.
    pub first: usize,
    /// How many lines fit.
    pub room: usize,
}

/// Keys under a heading.
struct Section {
    heading: &'static str,
    entries: Vec<Entry>,
}

/// A line of it.
#[derive(Clone)]
struct Entry {
    keys: String,
    /// What it is called, wherever that is: what one looks for may stand in the footer.
    names: [&'static str; 2],
    about: &'static str,
    why_not: Option<String>,
    /// It is no key but a sign, which is not the same on every terminal.
    sign: Option<Sign>,
}

/// A sign by what it means.
type Sign = fn(&Symbols) -> &'static str;

impl Help {
    /// The keys of the place where the model is.
    pub fn of(model: &Model) -> Self {
        let mut rows = model.keys.rows(model);
        let top = model.layers.last();
        let typing = top.is_some_and(|layer| layer.takes_text(model));
        let has_table = match top {
            None | Some(Layer::Incident(_)) => true,
            Some(Layer::Call) => !typing,
            Some(_) => false,
        };
        let own = hints::of(model).unwrap_or_default();
        let known = if has_table { rows.as_slice() } else { &[] };
        let mut here: Vec<Entry> = own.iter().map(|hint| flow_entry(*hint, known)).collect();
        let taken = |row: &Row<Action>| {
            let mut keys = own.iter().flat_map(|(keys, _)| keys.split(' '));
            keys.any(|key| row.keys.split(", ").any(|known| known == key))
        };
        rows.retain(|row| !taken(row));
        let of = |place| {
            let rows = rows.iter();
            let rows = rows.filter(move |row| row.message.place(model) == place);
            rows.map(Entry::from).collect::<Vec<_>>()
        };
        let through = |row: &&Row<Action>| {
            let mut chords = row.chords.iter();
            chords.any(|chord| reaches(model, row.message, *chord))
        };
        let sections = if has_table {
            here.extend(of(Place::Here));
            vec![
                Section::of("Here", here),
                Section::of("The incident", of(Place::Incident)),
                Section::of("Everywhere", of(Place::Everywhere)),
                Section::of("Signs in the list", signs(model)),
                Section::of("In every form", in_forms()),
                Section::of("Elsewhere", of(Place::Elsewhere)),
            ]
        } else {
            let also = rows.iter().filter(through).map(Entry::from).collect();
            vec![
                Section::of("Here", here),
                Section::of("In every form", in_forms()),
                Section::of("Also here", also),
            ]
        };
        Self {
            title: title(model),
            sections,
            typed: Input::default(),
            first: 0,
            room: 0,
        }
    }

    /// The sections with what the letters that were typed leave of them.
    fn left(&self) -> impl Iterator<Item = (&'static str, Vec<&Entry>)> {
        let typed = self.typed.value();
        let of = move |section: &'_ Section| {
            let entries = section.entries.iter();
            entries.filter(|entry| entry.has(typed)).count()
        };
        self.sections
            .iter()
            .filter(move |section| of(section) > 0)
            .map(move |section| {
                let entries = section.entries.iter().filter(|entry| entry.has(typed));
                (section.heading, entries.collect())
            })
    }
}

impl Section {
    /// What can be used now comes first.
    fn of(heading: &'static str, mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| entry.why_not.is_some());
        Self { heading, entries }
    }
}

/// What stands beside an incident of the queue without a word of its own.
fn signs(model: &Model) -> Vec<Entry> {
    let signs: [(Sign, &'static str); 3] = [
        (
            |_| NOT_GIVEN,
            "after a number: the caller was not given it yet",
        ),
        (
            |symbols| symbols.marked,
            "marked: the next step is meant for it too",
        ),
        (
            |symbols| symbols.changed,
            "somebody else has changed it since you saw it",
        ),
    ];
    let shows = model.screen == Screen::Queue && model.layers.is_empty();
    let entry = |(sign, about)| Entry {
        keys: String::new(),
        names: [""; 2],
        about,
        why_not: None,
        sign: Some(sign),
    };
    signs.map(entry).into_iter().filter(|_| shows).collect()
}

/// What keys do in every form.
fn in_forms() -> Vec<Entry> {
    let entry = |(keys, about): (&str, &'static str)| Entry {
        keys: keys.to_owned(),
        names: [""; 2],
        about,
        why_not: None,
        sign: None,
    };
    forms::KEYS.map(entry).to_vec()
}

impl From<&Row<Action>> for Entry {
    fn from(row: &Row<Action>) -> Self {
        Self {
            keys: row.keys.clone(),
            names: [row.name, row.here.unwrap_or_default()],
            about: row.about,
            why_not: row.why_not.clone(),
            sign: None,
        }
    }
}

impl Entry {
    /// Whether it has what was typed: one sign is a key, more are words.
    fn has(&self, typed: &str) -> bool {
        let typed = typed.trim();
        let mut signs = typed.chars();
        if let (Some(_), None) = (signs.next(), signs.next()) {
            return self.keys.split([',', ' ']).any(|key| key == typed);
        }
        let whole = format!("{} {} {}", self.keys, self.names.join(" "), self.about);
        let whole = whole.to_lowercase();
        let mut words = typed.split_whitespace();
        words.all(|word| whole.contains(&word.to_lowercase()))
    }
}

/// A key of a flow; where it means what it means everywhere, the table says more of it.
fn flow_entry((keys, does): Hint, rows: &[Row<Action>]) -> Entry {
    let is_letter = keys.chars().count() == 1;
    let has_it = |row: &&Row<Action>| row.keys.split(", ").any(|key| key == keys);
    let row = rows.iter().find(has_it).filter(|_| is_letter);
    Entry {
        keys: keys.to_owned(),
        names: [does, row.map_or("", |row| row.name)],
        about: row.map_or(does, |row| row.about),
        why_not: None,
        sign: None,
    }
}

/// Whether a key of the table works although something else has the keys.
pub fn reaches(model: &Model, action: Action, chord: Chord) -> bool {
    let over = model.layers.last();
    let typing = over.is_some_and(|layer| layer.takes_text(model));
    match chord.code() {
        KeyCode::F(_) => {
            let through = matches!(action, Action::Help | Action::Answer | Action::Screen(_));
            through || matches!(over, Some(Layer::Call))
        }
        KeyCode::Char('l' | 'z') if chord.character().is_none() => true,
        KeyCode::Char(_) => action == Action::Help && !typing,
        _ => false,
    }
}

/// What the place is called where the model is.
fn title(model: &Model) -> String {
    let place = match model.layers.last() {
        None => model.screen.title().to_lowercase(),
        Some(Layer::Incident(screen)) => format!("incident {}", screen.number),
        Some(Layer::Call) => call_title(model),
        Some(Layer::Step(_) | Layer::Edit(_)) => "a form".to_owned(),
        Some(Layer::Filter(_)) => "the filter".to_owned(),
        Some(Layer::Palette(_)) => "the palette".to_owned(),
        Some(Layer::Bulk(_)) => "several incidents".to_owned(),
        Some(Layer::FirstStart(_)) => "a first start".to_owned(),
        Some(Layer::Text(reading)) => reading.title.clone(),
        Some(Layer::Help(_)) => "the keys".to_owned(),
    };
    format!("Keys: {place}")
}

fn call_title(model: &Model) -> String {
    format!("the call, {}", crate::console::call::stage_title(model))
}

/// Takes an event while the keys lie on top: letters narrow them.
pub fn update(model: &mut Model, event: &Event) -> Vec<Effect> {
    let is_help = |key: &KeyEvent| {
        let found = model.keys.lookup(Chord::from(key));
        found.is_some_and(|binding| (binding.message)(model) == Action::Help)
    };
    let leaves = matches!(event, Event::Key(key) if is_help(key));
    let Some(Layer::Help(help)) = model.layers.last_mut() else {
        return Vec::new();
    };
    let empty = help.typed.value().is_empty();
    match event {
        Event::Key(key) => match key.code {
            KeyCode::Esc | KeyCode::Enter => drop(model.layers.pop()),
            KeyCode::Backspace if empty => drop(model.layers.pop()),
            _ if leaves => drop(model.layers.pop()),
            KeyCode::Char(_) | KeyCode::Backspace | KeyCode::Delete
                if edit_line(&mut help.typed, Chord::from(key)) =>
            {
                help.first = 0;
            }
            code => help.scroll(scrolled(code, help.room).unwrap_or(0)),
        },
        Event::Paste(text) => {
            help.typed = Input::new(format!("{}{}", help.typed.value(), one_line(text)));
            help.first = 0;
        }
        _ => {}
    }
    Vec::new()
}

impl Help {
    /// Scrolls; before it is drawn, what would go past its end is taken back.
    pub fn scroll(&mut self, lines: isize) {
        self.first = self.first.saturating_add_signed(lines);
    }
}
