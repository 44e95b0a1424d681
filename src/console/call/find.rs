//! The first stage: who rings. One field, and what it may mean, best first.

use std::borrow::Cow;

use crossterm::event::{Event, KeyCode};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::lines::Lines;
use crate::console::forms::{Field, Form};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::request::Request;
use crate::console::theme::Role;
use crate::console::widgets::table::{self, Column};
use crate::incident::{Contact, NumberError, State, TechRef};
use crate::store::{FoundCustomer, Named};

const FIELD: &str = "caller";
/// The mark of a customer whose name only sounds like what was typed, and what it means.
pub(in crate::console) const ALIKE: &str = "~ ";
pub(in crate::console) const ALIKE_LEGEND: &str = "~ sounds alike";
/// Digits with which something typed is rather the telephone number that somebody has than a Tech Reference number.
const PHONE: usize = 7;
/// Digits with which a Tech Reference number that nobody has is rather an unknown telephone number.
const UNKNOWN_PHONE: usize = 8;

const COLUMNS: [Column; 4] = [
    Column {
        title: "customer",
        min: 24,
        fill: 3,
        gives_way: 0,
        right: false,
    },
    Column {
        title: "caller",
        min: 18,
        fill: 2,
        gives_way: 1,
        right: false,
    },
    Column {
        title: "telephone",
        min: 18,
        fill: 0,
        gives_way: 2,
        right: false,
    },
    Column {
        title: "code",
        min: 8,
        fill: 0,
        gives_way: 3,
        right: false,
    },
];

/// What is typed for a caller, and what was found for it.
pub(super) struct Finder {
    form: Form,
    /// What the customers were found for.
    asked: String,
    found: Vec<FoundCustomer>,
    /// The incidents that it may name.
    named: Vec<Named>,
    at: usize,
    /// Enter was pressed before the customers came.
    entered: bool,
}

/// What may be taken.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Choice {
    /// The incident with this number, and what is known of it.
    Number(TechRef, Option<Named>),
    /// What looks like a number and is none, and why.
    Misheard(Misheard),
    /// A customer, with the person who is likely to ring.
    Customer(Box<FoundCustomer>, Option<Contact>),
    /// Somebody new.
    New(String),
}

/// Why digits are no Tech Reference number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misheard {
    /// A digit is wrong, or two were swapped.
    Wrong,
    /// The check digit may be missing.
    Unchecked,
}

impl Misheard {
    pub(super) fn reason(self) -> String {
        match self {
            Self::Wrong => NumberError::Wrong.to_string(),
            Self::Unchecked => {
                "it may be a Tech Reference number without its check digit: ask for the last digit"
                    .to_owned()
            }
        }
    }
}

/// Customers and incidents that something typed may mean are asked for.
pub(super) fn request(typed: &str, model: &Model) -> Request {
    let numbers = match read_number(typed, model) {
        Ok(number) => vec![number],
        Err(_) => TechRef::near(typed),
    };
    let typed = typed.to_owned();
    Request::Callers { typed, numbers }
}

/// What an event came to.
pub(super) enum Found {
    /// The agent goes on typing or choosing.
    Nothing,
    /// Something else is typed: customers for it are wanted.
    Search(String),
    /// This was chosen.
    Chosen(Choice),
}

impl Finder {
    pub(super) fn new() -> Self {
        Self {
            form: Form::new(vec![Field::text(FIELD, "Who rings?")]),
            asked: String::new(),
            found: Vec::new(),
            named: Vec::new(),
            at: 0,
            entered: false,
        }
    }

    /// As if this had been typed.
    pub(super) fn hold(&mut self, typed: &str) {
        self.form.set(FIELD, typed);
    }

    /// What was typed.
    pub(super) fn typed(&self) -> String {
        self.form.value(FIELD).trim().to_owned()
    }

    /// What may be taken now, best first.
    fn choices(&self, model: &Model) -> Vec<Choice> {
        let typed = self.typed();
        if typed.is_empty() {
            return Vec::new();
        }
        let digits = typed.chars().filter(char::is_ascii_digit).count();
        let mut customers: Vec<Choice> = self
            .found
            .iter()
            .map(|found| {
                let contact = found.customer.likely_caller(&typed).cloned();
                Choice::Customer(Box::new(found.clone()), contact)
            })
            .collect();
        let has_check_digit = typed
            .rsplit_once('-')
            .is_some_and(|(_, check)| check.len() == 1);
        let is_phone = digits >= PHONE && !customers.is_empty() && !has_check_digit;
        let is_misheard = digits < UNKNOWN_PHONE && customers.is_empty();
        let known = |number: TechRef| {
            let mut named = self.named.iter();
            Choice::Number(number, named.find(|one| one.number == number).cloned())
        };
        let near = || self.named.iter().map(|named| known(named.number));
        let mut choices = Vec::new();
        match read_number(&typed, model) {
            Ok(number) if is_phone => customers.push(known(number)),
            Ok(number) => choices.push(known(number)),
            Err(NumberError::NotDigits(_)) => {}
            // Which one is meant is for the caller to say: none is taken by itself.
            Err(error) if is_misheard || has_check_digit => {
                let whole = TechRef::without_check_digit(&typed);
                let lacks = whole.filter(|whole| near().any(|one| one == known(*whole)));
                match lacks {
                    Some(_) => choices.push(Choice::Misheard(Misheard::Unchecked)),
                    None if error == NumberError::Wrong => {
                        choices.push(Choice::Misheard(Misheard::Wrong));
                    }
                    None => {}
                }
                choices.extend(near());
            }
            Err(_) => customers.extend(near()),
        }
        choices.append(&mut customers);
        choices.push(Choice::New(typed));
        choices
    }

    pub(super) fn update(&mut self, event: &Event, model: &Model) -> Found {
        let key = match event {
            Event::Key(key) => key.code,
            _ => KeyCode::Null,
        };
        match key {
            KeyCode::Down => {
                self.at = (self.at + 1).min(self.choices(model).len().saturating_sub(1));
            }
            KeyCode::Up => self.at = self.at.saturating_sub(1),
            KeyCode::Enter if self.asked == self.typed() => return self.chosen(model),
            // The customers for what was typed have not come yet: what shows may not be meant.
            KeyCode::Enter => self.entered = true,
            _ => {
                let before = self.typed();
                self.form.update(event);
                let typed = self.typed();
                if typed != before {
                    (self.at, self.entered) = (0, false);
                    return Found::Search(typed);
                }
            }
        }
        Found::Nothing
    }

    fn chosen(&self, model: &Model) -> Found {
        let mut choices = self.choices(model);
        if self.at < choices.len() {
            return Found::Chosen(choices.swap_remove(self.at));
        }
        Found::Nothing
    }

    /// Customers came for what was typed.
    pub(super) fn found(
        &mut self,
        typed: &str,
        found: Vec<FoundCustomer>,
        named: Vec<Named>,
        model: &Model,
    ) -> Found {
        if typed != self.typed() {
            return Found::Nothing;
        }
        typed.clone_into(&mut self.asked);
        (self.found, self.named) = (found, named);
        self.at = self.at.min(self.choices(model).len().saturating_sub(1));
        if std::mem::take(&mut self.entered) {
            return self.chosen(model);
        }
        Found::Nothing
    }

    pub(super) fn view(&self, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
        let mut lines = Lines::new(area, look, buf);
        let field = lines.take(1);
        self.form.view(look, field, lines.buf);
        let choices = self.choices(model);
        match choices.get(self.at) {
            Some(Choice::Number(_, Some(named))) => lines.put(&in_words(named), Role::Title),
            _ if self.found.iter().any(|found| found.sounds_alike) => {
                lines.put(ALIKE_LEGEND, Role::Muted);
            }
            _ => lines.gap(),
        }
        if choices.is_empty() {
            lines.put(
                "a name, a company, digits of a telephone number, mail, customer code,",
                Role::Muted,
            );
            lines.put(
                "or a Tech Reference number; nobody found: Enter makes a new customer",
                Role::Muted,
            );
            return;
        }
        let rows = lines.rest;
        let height = usize::from(rows.height).saturating_sub(1);
        let first = table::first_row(0, self.at, height);
        table::render(
            &COLUMNS,
            choices.iter().skip(first),
            self.at.checked_sub(first),
            |choice, column| {
                let (words, role) = cell(choice, column);
                (words, look.style(role))
            },
            look,
            rows,
            buf,
        );
    }

    pub(super) fn cursor(&self, area: Rect) -> Option<Position> {
        self.form.cursor(Rect {
            height: area.height.min(1),
            ..area
        })
    }
}

fn cell(choice: &Choice, column: usize) -> (Cow<'static, str>, Role) {
    match (choice, column) {
        (Choice::Number(number, _), 0) => (format!("incident {number}").into(), Role::Accent),
        (Choice::Number(_, Some(named)), 1) => (named.customer.clone().into(), Role::Text),
        (Choice::Number(_, Some(named)), 2) => (named.summary.clone().into(), Role::Muted),
        (Choice::Number(_, Some(named)), 3) => (said(&named.state).to_owned().into(), Role::Muted),
        (Choice::Misheard(_), 0) => ("no such number".into(), Role::Warning),
        (Choice::Misheard(Misheard::Wrong), 1) => ("a digit is wrong".into(), Role::Warning),
        (Choice::Misheard(_), 1) => ("no check digit?".into(), Role::Warning),
        (Choice::New(typed), 0) => (format!("new customer: {typed}").into(), Role::Muted),
        (Choice::Customer(found, _), 0) => {
            let mark = if found.sounds_alike { ALIKE } else { "" };
            (format!("{mark}{}", found.customer.name).into(), Role::Text)
        }
        (Choice::Customer(found, _), 3) => (found.customer.code.clone().into(), Role::Muted),
        (Choice::Customer(_, Some(contact)), 1) => (contact.name.clone().into(), Role::Text),
        (Choice::Customer(_, Some(contact)), 2) => (
            contact.phones.first().cloned().unwrap_or_default().into(),
            Role::Muted,
        ),
        _ => ("".into(), Role::Text),
    }
}

/// Whose an incident is, and what it is about.
fn in_words(named: &Named) -> String {
    let Named {
        number,
        customer,
        summary,
        state,
    } = named;
    format!("{number}, {customer}, {}: {summary}", said(state))
}

/// A state by its word, as screens call it.
fn said(word: &str) -> &str {
    let state = State::ALL.into_iter().find(|state| state.word() == word);
    state.map_or(word, |state| state.said())
}

/// What is typed as a Tech Reference number, with the prefix of any of the desk's policies.
fn read_number(typed: &str, model: &Model) -> Result<TechRef, NumberError> {
    let bare = typed.parse();
    let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
    rulings
        .filter_map(|ruling| TechRef::read(typed, ruling.policy.prefix.as_deref()).ok())
        .next()
        .map_or(bare, Ok)
}
