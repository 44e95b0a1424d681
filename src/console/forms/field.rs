//! A field: what it is called, what it holds, when it matters and what is wrong with it.

use super::Form;
use super::editing::{area, edit_area, edit_line, edit_pick, edit_toggle, many_lines, one_line};
use super::pick::{Choice, Pick};
use super::toggle::Toggle;
use crate::console::keys::Chord;
use crate::incident::refuse_cards;
use ratatui_textarea::{CursorMove, TextArea};
use std::rc::Rc;
use tui_input::{Input, InputRequest};

/// A question about a form, such as whether a field matters.
type Rule<T> = Rc<dyn Fn(&Form) -> T>;

/// One field of a [`Form`].
#[derive(Clone)]
pub struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) kind: Kind,
    pub(super) required: Option<Rule<bool>>,
    pub(super) help: Vec<String>,
    pub(super) relevant: Option<Rule<bool>>,
    pub(super) check: Option<Rule<Option<String>>>,
    /// The field to which words go that are no answer here.
    pub(super) words_to: Option<String>,
    /// The choice that stands for a number which is none of those in the list.
    other: Option<String>,
    pub(super) reading: Option<Rule<Option<String>>>,
    /// The agent has typed here or passed by: mistakes may be shown.
    pub(super) touched: bool,
    /// What is typed first takes the place of what it holds.
    replaced: bool,
}

/// What a field holds.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Text(Input),
    Masked(Input),
    Area {
        text: Box<TextArea<'static>>,
        lines: u16,
    },
    Pick(Pick),
    Toggle(Toggle),
}

/// The value of a toggle that is on, and of one that is off.
pub(super) const YES: &str = "yes";
const NO: &str = "no";

impl Field {
    fn new(name: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            required: None,
            help: Vec::new(),
            relevant: None,
            check: None,
            words_to: None,
            other: None,
            reading: None,
            touched: false,
            replaced: false,
        }
    }

    /// A line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Text(Input::default()))
    }

    /// A line that nobody may read over the agent's shoulder. It is never part of a draft.
    pub fn masked(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Masked(Input::default()))
    }

    /// Text of several lines, of which `lines` show at once.
    pub fn area(name: impl Into<String>, label: impl Into<String>, lines: u16) -> Self {
        Self::new(
            name,
            label,
            Kind::Area {
                text: Box::new(area("")),
                lines: lines.max(1),
            },
        )
    }

    /// One of `choices`.
    pub fn pick(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(name, label, Kind::Pick(Pick::new(choices)))
    }

    /// Yes or no; no at first. A required one must be yes.
    pub fn toggle(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Toggle(Toggle::default()))
    }

    /// Must be filled in.
    #[must_use]
    pub fn required(self) -> Self {
        self.required_when(|_| true)
    }

    /// Must be filled in while `required` says so.
    #[must_use]
    pub fn required_when(mut self, required: impl Fn(&Form) -> bool + 'static) -> Self {
        self.required = Some(Rc::new(required));
        self
    }

    /// Adds lines that show while the field has the keys: what is meant, what the choices mean.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Starts out with `value`, as [`Form::value`] gives it.
    #[must_use]
    pub fn holding(mut self, value: &str) -> Self {
        self.set(value);
        if let Kind::Area { text, lines } = &mut self.kind
            && text.lines().len() > usize::from(*lines)
        {
            // What does not show at once is read from its beginning.
            text.move_cursor(CursorMove::Top);
            text.move_cursor(CursorMove::Head);
        }
        self
    }

    /// What is typed first takes the place of what it holds, as in a field that is filled in already.
    #[must_use]
    pub fn replaced(self) -> Self {
        Self {
            replaced: true,
            ..self
        }
    }

    /// Matters only while `relevant` says so, and whatever was said before. A field that does not is skipped, not shown
    /// and not checked.
    #[must_use]
    pub fn when(mut self, relevant: impl Fn(&Form) -> bool + 'static) -> Self {
        self.relevant = Some(match self.relevant.take() {
            Some(before) => Rc::new(move |form| before(form) && relevant(form)),
            None => Rc::new(relevant),
        });
        self
    }

    /// Is wrong while `check` gives a reason, in a sentence for the agent, or one that was given before does.
    #[must_use]
    pub fn check(mut self, check: impl Fn(&Form) -> Option<String> + 'static) -> Self {
        self.check = Some(match self.check.take() {
            Some(before) => Rc::new(move |form| before(form).or_else(|| check(form))),
            None => Rc::new(check),
        });
        self
    }

    /// What is wrong with it is shown at once, before anything was typed.
    #[must_use]
    pub fn judged_at_once(self) -> Self {
        Self {
            touched: true,
            ..self
        }
    }

    /// Says beneath it what is understood of what is typed, as long as nothing in it is wrong.
    #[must_use]
    pub fn reading(mut self, reading: impl Fn(&Form) -> Option<String> + 'static) -> Self {
        self.reading = Some(Rc::new(reading));
        self
    }

    /// A list: a number that is typed and is none of these goes on in the field of text called `name`, for which `choice`
    /// is picked.
    #[must_use]
    pub fn numbers_to(mut self, choice: impl Into<String>, name: impl Into<String>) -> Self {
        self.words_to = Some(name.into());
        self.other = Some(choice.into());
        self
    }

    /// A question or a list: what is typed here and is no answer goes on in the field of text called `name`.
    #[must_use]
    pub fn words_to(mut self, name: impl Into<String>) -> Self {
        self.words_to = Some(name.into());
        self
    }

    /// Has other choices, if it is a list.
    pub(super) fn offer(&mut self, choices: Vec<Choice>) {
        let picked = self.value();
        if let Kind::Pick(pick) = &mut self.kind {
            *pick = Pick::new(choices);
            pick.set(&picked);
        }
    }

    /// What is wrong with what was typed into a list and stands for nothing in it, or at a question and answers nothing.
    pub(super) fn stray(&self) -> Option<String> {
        match &self.kind {
            Kind::Pick(pick) if pick.is_astray() => Some(format!(
                "\"{}\" is none of these: Ctrl-U takes it back, Up and Down choose.",
                pick.typed()
            )),
            Kind::Toggle(toggle) if toggle.is_astray() => Some(format!(
                "\"{}\" is neither y nor n: Backspace takes it back.",
                toggle.typed()
            )),
            _ => None,
        }
    }

    /// That a payment card's number was written where texts are kept.
    pub(super) fn card(&self) -> Option<String> {
        if !self.is_text() || self.is_masked() {
            return None;
        }
        let refused = refuse_cards(&self.label.to_lowercase(), &self.value());
        refused.err().map(|refusal| refusal.message)
    }

    /// Gives away words that were typed at a question, for the field to which they go.
    pub(super) fn take_words(&mut self) -> Option<(String, String)> {
        let to = self.words_to.clone()?;
        match &mut self.kind {
            Kind::Toggle(toggle) => Some((to, toggle.take_words()?)),
            Kind::Pick(pick) if self.other.is_none() => {
                let words = pick.typed().to_owned();
                if !pick.is_astray() {
                    return None;
                }
                pick.clear();
                Some((to, words))
            }
            Kind::Pick(pick) => {
                let number = pick.typed().to_owned();
                let begins = number.starts_with(|c: char| c.is_ascii_digit());
                if !begins || !pick.is_astray() {
                    return None;
                }
                pick.set(self.other.as_deref()?);
                Some((to, number))
            }
            _ => None,
        }
    }

    /// Goes on with the words that were typed elsewhere.
    pub(super) fn write_on(&mut self, words: &str) {
        let held = self.value();
        if !held.is_empty() && !held.ends_with(char::is_whitespace) {
            self.paste(" ");
        }
        self.paste(words);
    }

    /// Whether it is a list with anything to pick.
    pub(super) fn has_choices(&self) -> bool {
        matches!(&self.kind, Kind::Pick(pick) if !pick.left().is_empty())
    }

    /// What it holds, as text.
    pub(super) fn value(&self) -> String {
        match &self.kind {
            Kind::Text(input) | Kind::Masked(input) => input.value().to_owned(),
            Kind::Area { text, .. } => text.lines().join("\n"),
            Kind::Pick(pick) => pick
                .picked()
                .map(|choice| choice.value.clone())
                .unwrap_or_default(),
            Kind::Toggle(toggle) => if toggle.is_on() { YES } else { NO }.to_owned(),
        }
    }

    /// What it holds, as it is shown.
    pub(super) fn shown(&self) -> String {
        match &self.kind {
            Kind::Pick(pick) => pick
                .picked()
                .map_or_else(String::new, |choice| choice.label.clone()),
            _ => self.value(),
        }
    }

    /// Whether it holds text that is typed.
    pub(super) fn is_pick(&self) -> bool {
        matches!(self.kind, Kind::Pick(_))
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(
            self.kind,
            Kind::Text(_) | Kind::Masked(_) | Kind::Area { .. }
        )
    }

    pub(super) fn is_masked(&self) -> bool {
        matches!(self.kind, Kind::Masked(_))
    }

    pub(super) fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Toggle(toggle) => !toggle.is_on(),
            _ => self.value().trim().is_empty(),
        }
    }

    pub(super) fn set(&mut self, value: &str) {
        match &mut self.kind {
            Kind::Text(input) | Kind::Masked(input) => *input = Input::new(one_line(value)),
            Kind::Area { text, .. } => **text = area(&many_lines(value)),
            Kind::Pick(pick) => pick.set(value),
            Kind::Toggle(toggle) => toggle.set(value == YES),
        }
    }

    /// What stands on the line before the cursor, in a field of text.
    fn before_cursor(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(input) => Some(input.value().chars().take(input.cursor()).collect()),
            Kind::Area { text, .. } => {
                let cursor = text.cursor();
                let line = text.lines().get(cursor.0)?;
                Some(line.chars().take(cursor.1).collect())
            }
            Kind::Masked(_) | Kind::Pick(_) | Kind::Toggle(_) => None,
        }
    }

    /// What stands behind a `;` that begins a word, up to the cursor.
    pub(super) fn begun(&self) -> Option<String> {
        let before = self.before_cursor()?;
        let (head, name) = before.rsplit_once(';')?;
        let begins_a_word = head.chars().next_back().is_none_or(char::is_whitespace);
        let plain = name.chars().all(|c| c.is_alphanumeric() || c == '-');
        (begins_a_word && plain).then(|| name.to_owned())
    }

    /// Puts a text in place of what was [`begun`](Self::begun), and of its `;`.
    pub(super) fn complete(&mut self, begun: &str, text: &str) {
        for _ in 0..=begun.chars().count() {
            match &mut self.kind {
                Kind::Area { text, .. } => drop(text.delete_char()),
                Kind::Text(input) => drop(input.handle(InputRequest::DeletePrevChar)),
                Kind::Masked(_) | Kind::Pick(_) | Kind::Toggle(_) => {}
            }
        }
        self.paste(text);
    }

    /// The agent goes elsewhere.
    pub(super) fn leave(&mut self) {
        self.touched = true;
        match &mut self.kind {
            Kind::Pick(pick) => pick.settle(),
            Kind::Toggle(toggle) => toggle.settle(),
            _ => {}
        }
    }

    /// Takes pasted text: line breaks stay in an area and become spaces elsewhere.
    pub(super) fn paste(&mut self, pasted: &str) {
        self.touched = true;
        if std::mem::take(&mut self.replaced) {
            self.set("");
        }
        match &mut self.kind {
            Kind::Area { text, .. } => {
                text.insert_str(many_lines(pasted));
            }
            Kind::Text(input) | Kind::Masked(input) => {
                for c in one_line(pasted).chars() {
                    input.handle(InputRequest::InsertChar(c));
                }
            }
            Kind::Pick(pick) => one_line(pasted).chars().for_each(|c| pick.push(c)),
            Kind::Toggle(toggle) => one_line(pasted).chars().for_each(|c| toggle.push(c)),
        }
    }

    /// Takes a key. False if the key means nothing here; what can be typed always means something.
    pub(super) fn edit(&mut self, chord: Chord) -> bool {
        if std::mem::take(&mut self.replaced) && chord.character().is_some() {
            self.set("");
        }
        let known = match &mut self.kind {
            Kind::Text(input) | Kind::Masked(input) => edit_line(input, chord),
            Kind::Area { text, .. } => edit_area(text, chord),
            Kind::Pick(pick) => edit_pick(pick, chord),
            Kind::Toggle(toggle) => edit_toggle(toggle, chord),
        };
        self.touched |= known;
        known
    }
}
