//! Where the fields of a form go: the lines that each takes, with what is said beneath it, and which of them show.

use super::field::{Field, Kind};
use super::{Choice, Form, Pick};
use crate::console::theme::Role;
use crate::text;
use ratatui::layout::Rect;

/// The marker of the field that has the keys and the space behind it; also of a choice in a list.
pub(super) const MARKER: u16 = 2;
/// Columns between labels and what they hold; also between a choice and what it means.
pub(super) const GAP: u16 = 2;
/// Choices of a list that show at once.
const CHOICES: u16 = 6;

/// A field with the lines that it takes, from the top of the whole form.
pub(super) struct Place<'a> {
    pub(super) field: &'a Field,
    pub(super) focused: bool,
    pub(super) required: bool,
    pub(super) top: u16,
    /// Lines of what it holds.
    pub(super) value: u16,
    /// What is said beneath that.
    pub(super) beneath: Vec<Beneath>,
}

/// A line beneath a field: a mistake, what is understood, what a choice means, help.
pub(super) struct Beneath {
    pub(super) text: String,
    pub(super) role: Role,
    /// It continues the line above.
    pub(super) goes_on: bool,
}

impl Beneath {
    /// `words` in lines of `columns` columns.
    fn wrapped(words: &str, role: Role, columns: usize) -> impl Iterator<Item = Self> {
        let lines = text::wrap(words, columns).into_iter().enumerate();
        lines.map(move |(at, text)| Self {
            text,
            role,
            goes_on: at > 0,
        })
    }
}

impl Place<'_> {
    /// Lines in all.
    fn height(&self) -> u16 {
        self.value.saturating_add(count(self.beneath.len()))
    }
}

/// The part of the screen on which a form is drawn, and which of the form's lines is its first.
pub(super) struct Window {
    area: Rect,
    pub(super) labels: u16,
    first: u16,
}

impl Window {
    /// The part of the lines from `top` on, `height` of them, that is on the screen, right of the labels.
    pub(super) fn values(&self, top: u16, height: u16) -> Rect {
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
    pub(super) fn line(&self, top: u16) -> Rect {
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
    /// How many lines the form takes in `columns` columns, as it stands now.
    #[must_use]
    pub fn height(&self, columns: u16) -> u16 {
        let (_, places) = self.places(Rect::new(0, 0, columns, u16::MAX));
        places
            .iter()
            .fold(0, |sum, place| sum.saturating_add(place.height()))
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
            let more = focused.saturating_sub(passed);
            let [always, choosing] = self.spare(field, columns);
            (passed.saturating_add(always), more.saturating_add(choosing))
        });
        let (all, most) = heights.fold((0_u16, 0_u16), |(all, most), (passed, more)| {
            (all.saturating_add(passed), most.max(more))
        });
        all.saturating_add(most)
    }

    /// A field in its place, in `columns` columns right of the labels.
    fn place<'a>(&'a self, field: &'a Field, focused: bool, top: u16, columns: usize) -> Place<'a> {
        let meant = match &field.kind {
            Kind::Pick(pick) if focused => {
                pick.picked().map(|picked| meaning(pick, picked, columns))
            }
            _ => None,
        };
        let meant = meant.unwrap_or_default();
        let mistake = self.mistake_in(field);
        let read = mistake.is_none().then(|| self.read(field)).flatten();
        let shown = mistake.filter(|_| field.touched || self.attempted);
        // Its symbol takes two columns.
        let shown = shown.iter().flat_map(|mistake| {
            Beneath::wrapped(mistake, Role::FieldError, columns.saturating_sub(2))
        });
        let read = read.iter();
        let read = read.flat_map(|read| Beneath::wrapped(read, Role::Text, columns));
        let met = self.met(&field.name).map(|now| match now {
            "" => "changed meanwhile, now empty".to_owned(),
            now => format!("changed meanwhile, now: {now}"),
        });
        let met = met.iter();
        let met = met.flat_map(|met| Beneath::wrapped(met, Role::Warning, columns));
        let help = field.help.iter().filter(|_| focused);
        let help = help.flat_map(|help| Beneath::wrapped(help, Role::Muted, columns));
        let meant = Beneath::wrapped(&meant, Role::Text, columns);
        Place {
            field,
            focused,
            required: self.is_needed(field),
            top,
            value: lines(field, focused),
            beneath: meant
                .chain(shown)
                .chain(met)
                .chain(read)
                .chain(help)
                .collect(),
        }
    }

    /// What is understood of what is typed into a field.
    fn read(&self, field: &Field) -> Option<String> {
        field.reading.as_ref().and_then(|reading| reading(self))
    }

    /// Lines that a field may need besides those it takes now: for what will be understood, and while the agent chooses,
    /// for what another choice means.
    fn spare(&self, field: &Field, columns: usize) -> [u16; 2] {
        let lines = |pick: &Pick, choice: &Choice| {
            text::wrap(&meaning(pick, choice, columns), columns).len()
        };
        let choosing = match &field.kind {
            Kind::Pick(pick) => {
                let now = pick.picked().map_or(0, |picked| lines(pick, picked));
                let left = pick.left().into_iter();
                let most = left.map(|(choice, _)| lines(pick, choice)).max();
                most.unwrap_or(0).saturating_sub(now)
            }
            _ => 0,
        };
        let reads = field.reading.is_some() && self.read(field).is_none();
        [u16::from(reads), count(choosing)]
    }

    /// Where every field that matters goes, and which line of the form comes first.
    pub(super) fn places(&self, area: Rect) -> (Window, Vec<Place<'_>>) {
        let longest = self
            .relevant()
            .map(|(_, field)| text::width(&field.label) + usize::from(self.is_needed(field)))
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

/// Columns of the labels in a list.
pub(super) fn labels(pick: &Pick, columns: usize) -> usize {
    let left = pick.left().into_iter();
    let widths = left.map(|(choice, _)| text::width(&choice.label));
    let room = columns.saturating_sub(MARKER.into());
    widths.max().unwrap_or(0).min(room)
}

/// What a choice means, where its line in a list of `columns` columns has no room for all of it; else nothing.
fn meaning(pick: &Pick, choice: &Choice, columns: usize) -> String {
    let (labels, label) = (labels(pick, columns), text::width(&choice.label));
    let before = usize::from(MARKER) + labels + usize::from(GAP);
    let fits = choice.about.is_empty() || before + text::width(&choice.about) <= columns;
    match (label <= labels, choice.about.as_str()) {
        (true, _) if fits => String::new(),
        (true, about) => about.to_owned(),
        (false, "") => choice.label.clone(),
        (false, about) => format!("{}: {about}", choice.label),
    }
}

pub(super) fn count(many: usize) -> u16 {
    u16::try_from(many).unwrap_or(u16::MAX)
}
