//! Forms: fields in an order, one of which has the keys. A form is state and knows no terminal: [`Form::update`] takes
//! events, [`Form::view`] draws. What can be typed always goes to the field; [`KEYS`] has the other keys.

use crate::console::keys::Chord;
use crate::console::wording::at_the_keys;
use chrono::{DateTime, Utc};
use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use std::collections::BTreeMap;

mod editing;
mod field;
mod keys;
mod met;
mod pick;
mod place;
mod refused;
mod toggle;
mod view;

pub use editing::{edit_line, one_line};
pub use field::Field;
pub use keys::{KEYS, keys_as_markdown};
pub use pick::{Choice, Pick};

#[cfg(test)]
mod tests;

/// What a form held when it was left, by the names of its fields: texts, to be kept and offered again.
pub type Draft = BTreeMap<String, String>;

/// What an event came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormOutcome {
    /// The form goes on.
    Editing,
    /// Everything is filled in and right: the values may be used.
    Submit,
    /// The agent leaves the form.
    Cancel,
    /// The event means nothing to a form, and may mean something to the screen.
    Ignored,
}

/// Fields, and where the agent is among them.
#[derive(Clone)]
pub struct Form {
    fields: Vec<Field>,
    focus: usize,
    /// What each field held at first.
    initial: Vec<String>,
    /// The agent has tried to submit: every mistake is shown.
    attempted: bool,
    /// What the desk refused.
    refused: Option<refused::Refused>,
    /// What fields would begin with now that were filled in, by their names.
    met: BTreeMap<String, String>,
    /// The instant that what is typed is read at.
    now: DateTime<Utc>,
}

impl Form {
    /// A form of `fields`, whose names must differ, with the keys on the first that matters.
    #[must_use]
    pub fn new(fields: Vec<Field>) -> Self {
        let initial = fields.iter().map(Field::value).collect();
        let mut form = Self {
            fields,
            focus: 0,
            initial,
            attempted: false,
            refused: None,
            met: BTreeMap::new(),
            now: DateTime::UNIX_EPOCH,
        };
        form.settle();
        form
    }

    /// The instant that what is typed is read at.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// It is `now`.
    pub fn set_now(&mut self, now: DateTime<Utc>) {
        self.now = now;
    }

    /// What the field called `name` holds: the text, the value of the choice that is picked (empty for none), `yes` or
    /// `no`. Empty if there is no such field or it does not matter now.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        let field = self.fields.iter().find(|field| field.name == name);
        field
            .filter(|field| self.is_relevant(field))
            .map(Field::value)
            .unwrap_or_default()
    }

    /// What the field called `name` holds, if that is not what it began with and it matters now.
    #[must_use]
    pub fn changed(&self, name: &str) -> Option<String> {
        let mut fields = self.fields.iter().zip(&self.initial);
        let (field, initial) = fields.find(|(field, _)| field.name == name)?;
        let value = field.value();
        (self.is_relevant(field) && value != *initial).then_some(value)
    }

    /// Puts back what the field called `name` began with.
    pub fn reset(&mut self, name: &str) {
        let place = self.fields.iter().position(|field| field.name == name);
        let initial = place.and_then(|place| self.initial.get(place)).cloned();
        self.set(name, &initial.unwrap_or_default());
    }

    /// Whether it has a field called `name`, whether or not that matters now.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Whether the list called `name` has anything to pick.
    #[must_use]
    pub fn offers(&self, name: &str) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| field.name == name && field.has_choices())
    }

    /// Whether the toggle called `name` is on.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        self.value(name) == field::YES
    }

    /// Puts `value` into the field called `name`, as [`Form::value`] gives it.
    pub fn set(&mut self, name: &str, value: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.set(value);
        }
        self.settle();
    }

    /// Offers other choices in the list called `name`; what was picked stays picked if it is among them.
    pub fn offer(&mut self, name: &str, choices: Vec<Choice>) {
        let picked = self.fields.iter_mut().find(|field| field.name == name);
        if let Some(field) = picked {
            field.offer(choices);
        }
    }

    /// Gives the keys to the field called `name`, if it matters.
    pub fn focus_on(&mut self, name: &str) {
        let wanted = self
            .relevant()
            .find(|(_, field)| field.name == name)
            .map(|(at, _)| at);
        self.move_to(wanted);
    }

    /// The name of the field that has the keys; empty for a form without fields.
    #[must_use]
    pub fn focused(&self) -> &str {
        self.fields.get(self.focus).map_or("", |field| &field.name)
    }

    /// Whether there is nothing to fill in: then Enter alone submits it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.relevant().next().is_none()
    }

    /// Whether anything differs from what the form began with.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.fields
            .iter()
            .zip(&self.initial)
            .any(|(field, initial)| field.value() != *initial)
    }

    /// What the agent has filled in that differs from what the form began with. Masked fields are left out.
    #[must_use]
    pub fn changes(&self) -> Draft {
        let fields = self.fields.iter().zip(&self.initial);
        let open = fields.filter(|(field, _)| !field.is_masked());
        open.map(|(field, initial)| (field, field.value(), initial))
            .filter(|(_, value, initial)| value != *initial)
            .map(|(field, value, _)| (field.name.clone(), value))
            .collect()
    }

    /// The text in the field that has the keys, where it may be read and written elsewhere.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let field = self.fields.get(self.focus)?;
        (field.is_text() && !field.is_masked()).then(|| field.value())
    }

    /// Puts another text in place of [`Form::text`].
    pub fn put(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.set(text);
            field.touched = true;
        }
    }

    /// The beginning of a stock phrase's name: what stands behind a `;` before the cursor.
    #[must_use]
    pub fn begun(&self) -> Option<String> {
        self.fields.get(self.focus)?.begun()
    }

    /// Puts a stock phrase in place of [`Form::begun`].
    pub fn complete(&mut self, phrase: &str) {
        if let Some(field) = self.fields.get_mut(self.focus)
            && let Some(begun) = field.begun()
        {
            field.complete(&begun, phrase);
        }
    }

    /// Everything as it was at first.
    fn begin_anew(&mut self) {
        for (field, initial) in self.fields.iter_mut().zip(&self.initial) {
            field.set(initial);
            field.touched = false;
        }
        self.attempted = false;
    }

    /// What the agent has filled in, to be kept. Masked fields are left out.
    #[must_use]
    pub fn to_draft(&self) -> Draft {
        let open = self.fields.iter().filter(|field| !field.is_masked());
        open.map(|field| (field.name.clone(), field.value()))
            .collect()
    }

    /// Fills in what was kept. Names that the form does not know are passed over.
    pub fn fill(&mut self, draft: &Draft) {
        for field in self.fields.iter_mut().filter(|field| !field.is_masked()) {
            if let Some(value) = draft.get(&field.name) {
                field.set(value);
            }
        }
        self.settle();
    }

    /// The form with something in every text that must be filled in: for telling what saving it would do before all of
    /// it is written.
    #[must_use]
    pub fn with_texts(&self) -> Self {
        let mut filled = self.clone();
        for field in &mut filled.fields {
            if field.is_text() && field.is_empty() && self.is_required(field) {
                field.set("-");
            }
        }
        filled
    }

    /// Whether nothing in it is missing or wrong.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.relevant()
            .all(|(_, field)| self.mistake_in(field).is_none())
    }

    /// What is wrong with the field called `name`, whether or not it is shown yet.
    #[must_use]
    pub fn mistake(&self, name: &str) -> Option<String> {
        self.relevant()
            .find(|(_, field)| field.name == name)
            .and_then(|(_, field)| self.mistake_in(field))
    }

    /// Takes an event.
    pub fn update(&mut self, event: &Event) -> FormOutcome {
        let outcome = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.press(key.into()),
            Event::Paste(text) => {
                if let Some(field) = self.fields.get_mut(self.focus) {
                    field.paste(text);
                }
                FormOutcome::Editing
            }
            _ => FormOutcome::Ignored,
        };
        self.pass_words_on();
        self.settle();
        outcome
    }

    /// Words that were typed at a question go on where words belong.
    fn pass_words_on(&mut self) {
        let typed = self.fields.get_mut(self.focus);
        if let Some((to, words)) = typed.and_then(Field::take_words) {
            self.focus_on(&to);
            if let Some(field) = self.fields.iter_mut().find(|field| field.name == to) {
                field.write_on(&words);
            }
        }
    }

    fn press(&mut self, chord: Chord) -> FormOutcome {
        match (chord.code(), chord.modifiers()) {
            (KeyCode::Esc, KeyModifiers::NONE) => return FormOutcome::Cancel,
            (KeyCode::Char('r'), KeyModifiers::CONTROL) => self.begin_anew(),
            (KeyCode::Tab, KeyModifiers::NONE) => {
                self.move_to(self.after().or_else(|| self.first()));
            }
            (KeyCode::BackTab, KeyModifiers::NONE) => {
                self.move_to(self.before().or_else(|| self.last()));
            }
            (KeyCode::Char('d'), KeyModifiers::CONTROL) => return self.submit(),
            (KeyCode::Enter, KeyModifiers::NONE) => match self.after() {
                None => return self.submit(),
                next => self.move_to(next),
            },
            (code, modifiers) => {
                let known = self
                    .fields
                    .get_mut(self.focus)
                    .is_some_and(|field| field.edit(chord));
                match code {
                    _ if known => {}
                    KeyCode::Up if modifiers.is_empty() => self.move_to(self.before()),
                    KeyCode::Down if modifiers.is_empty() => self.move_to(self.after()),
                    _ => return FormOutcome::Ignored,
                }
            }
        }
        FormOutcome::Editing
    }

    fn submit(&mut self) -> FormOutcome {
        self.attempted = true;
        // What was refused may be tried again.
        self.refused = None;
        let wrong = self
            .relevant()
            .find(|(_, field)| self.mistake_in(field).is_some())
            .map(|(at, _)| at);
        if wrong.is_none() {
            return FormOutcome::Submit;
        }
        self.move_to(wrong);
        FormOutcome::Editing
    }

    fn move_to(&mut self, at: Option<usize>) {
        let Some(at) = at.filter(|at| *at != self.focus) else {
            return;
        };
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.leave();
        }
        self.focus = at;
    }

    /// A field that no longer matters gives the keys to the next that does.
    fn settle(&mut self) {
        let here = self.relevant().any(|(at, _)| at == self.focus);
        if !here && let Some(at) = self.after().or_else(|| self.last()) {
            self.focus = at;
        }
    }

    fn relevant(&self) -> impl DoubleEndedIterator<Item = (usize, &Field)> {
        self.fields
            .iter()
            .enumerate()
            .filter(|(_, field)| self.is_relevant(field))
    }

    fn is_relevant(&self, field: &Field) -> bool {
        field
            .relevant
            .as_ref()
            .is_none_or(|relevant| relevant(self))
    }

    fn is_required(&self, field: &Field) -> bool {
        field
            .required
            .as_ref()
            .is_some_and(|required| required(self))
    }

    /// Whether a field is marked as one that is needed: it must be filled in, or is wrong as long as it is empty.
    fn is_needed(&self, field: &Field) -> bool {
        self.is_required(field) || field.is_empty() && self.mistake_in(field).is_some()
    }

    fn first(&self) -> Option<usize> {
        self.relevant().next().map(|(at, _)| at)
    }

    fn last(&self) -> Option<usize> {
        self.relevant().next_back().map(|(at, _)| at)
    }

    fn after(&self) -> Option<usize> {
        self.relevant()
            .map(|(at, _)| at)
            .find(|at| *at > self.focus)
    }

    fn before(&self) -> Option<usize> {
        self.relevant()
            .map(|(at, _)| at)
            .rfind(|at| *at < self.focus)
    }

    fn mistake_in(&self, field: &Field) -> Option<String> {
        if let Some(mistake) = self.refused_at(field).or_else(|| field.stray()) {
            return Some(mistake);
        }
        if self.is_required(field) && field.is_empty() {
            return Some(match field.is_pick() {
                true => format!("{}: pick one of these.", field.label),
                false => format!("{} is needed.", field.label),
            });
        }
        let check = field.check.as_ref().and_then(|check| check(self));
        let words = check.map(|reason| at_the_keys(&reason).into_owned());
        words.or_else(|| field.card())
    }
}
