//! Forms for what is no incident: a customer, a person, a message. Each is a title, fields, and the commands that they
//! make.

use std::cell::RefCell;
use std::rc::Rc;

use crossterm::event::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::call;
use super::forms::{Choice, Form, FormOutcome};
use super::look::Look;
use super::model::{Layer, Model};
use super::msg::Effect;
use super::request::{Owner, Request, Tag};
use super::theme::Role;
use super::update::leave;
use super::view::boxed;
use super::whose::{self, Whose};
use super::widgets::modal;
use super::wording::at_the_keys;
use crate::incident::{Command, Customer};
use crate::text;

/// The most columns that a form takes.
const WIDEST: u16 = 92;
/// Lines that the fields get, whatever else there is to say.
const LEAST: u16 = 6;

/// How what was told is confirmed.
pub const ONCE_MORE: &str = "Once more Ctrl-D does it.";

/// Makes what is asked of the desk from what is filled in, or says what is wrong; nothing where nothing was changed.
type Ask = Box<dyn Fn(&Form) -> Result<Option<Request>, String>>;

/// Says what would come of what is filled in.
type Tell = Box<dyn Fn(&Form) -> String>;

/// A form for what is no incident.
pub struct Edit {
    /// The form.
    pub form: Form,
    title: String,
    /// What is said beneath the fields, whatever is filled in, and about that.
    note: String,
    tell: Option<Tell>,
    ask: Ask,
    /// It may be opened again about the same.
    comes_back: bool,
    /// Leaving it leaves the console.
    ends: bool,
    /// What would be is told before anything is done.
    rehearses: bool,
    /// What is told beneath the fields is confirmed before it is done.
    confirms: bool,
    /// What would be, once that was asked.
    foreseen: Option<String>,
    /// The customer that it is about, as the agent has seen it.
    about: Option<Rc<RefCell<Customer>>>,
    /// How the customer is looked for that it asks for.
    whose: Option<Whose>,
    problem: Option<String>,
    sent: bool,
}

impl Edit {
    /// A form with a title, and what is said once what it makes is done.
    pub fn new(
        title: impl Into<String>,
        form: Form,
        what: impl Into<String>,
        make: impl Fn(&Form) -> Result<Vec<Command>, String> + 'static,
    ) -> Self {
        let what = what.into();
        let edit = Self::asking(title, form, move |form| {
            let commands = make(form)?;
            Ok((!commands.is_empty()).then(|| Request::Execute {
                commands,
                tag: Tag::Edit(what.clone()),
                if_revision: None,
                at: None,
            }))
        });
        edit.coming_back()
    }

    /// A form for something that is more than commands.
    pub fn asking(
        title: impl Into<String>,
        form: Form,
        ask: impl Fn(&Form) -> Result<Option<Request>, String> + 'static,
    ) -> Self {
        Self {
            form,
            title: title.into(),
            note: String::new(),
            tell: None,
            ask: Box::new(ask),
            comes_back: false,
            ends: false,
            rehearses: false,
            confirms: false,
            foreseen: None,
            about: None,
            whose: None,
            problem: None,
            sent: false,
        }
    }

    /// Says this beneath the fields.
    #[must_use]
    pub fn saying(self, note: impl Into<String>) -> Self {
        let note = note.into();
        Self { note, ..self }
    }

    /// Says beneath the fields what would come of what is filled in.
    #[must_use]
    pub fn telling(self, tell: impl Fn(&Form) -> String + 'static) -> Self {
        Self {
            tell: Some(Box::new(tell)),
            ..self
        }
    }

    /// What was typed is kept when it is left: it may be opened again about the same.
    #[must_use]
    pub fn coming_back(self) -> Self {
        Self {
            comes_back: true,
            ..self
        }
    }

    /// Nothing can be done before it is answered: leaving it leaves the console.
    #[must_use]
    pub fn ending(self) -> Self {
        Self { ends: true, ..self }
    }

    /// Tells what would be before anything is done: it is sent twice.
    #[must_use]
    pub fn rehearsed(self) -> Self {
        Self {
            rehearses: true,
            ..self
        }
    }

    /// What it [tells](Self::telling) is confirmed before it is done: it is sent twice, unless it tells nothing.
    #[must_use]
    pub fn confirmed(self) -> Self {
        Self {
            confirms: true,
            ..self
        }
    }

    /// It is about this customer, whose facts somebody else may change meanwhile.
    #[must_use]
    pub fn about(self, customer: Rc<RefCell<Customer>>) -> Self {
        Self {
            about: Some(customer),
            ..self
        }
    }

    /// It asks for a customer, who is looked for so.
    #[must_use]
    pub fn finding(self, whose: Whose) -> Self {
        let whose = Some(whose);
        Self { whose, ..self }
    }

    /// Offers the customers that were found for what was typed, by their codes.
    pub fn offer(&mut self, typed: &str, found: &[Owner]) {
        let Some(whose) = &self.whose else { return };
        if whose.is_meant(typed) {
            let customers = found.iter().map(|owner| &owner.customer);
            let choices = customers.map(|one| Choice::new(&one.code, &one.name, &one.code));
            whose::offer(&mut self.form, choices.collect());
        }
    }

    /// Whether nothing can be done before it is answered.
    pub fn is_first(&self) -> bool {
        self.ends
    }

    /// The agent was told how the customer is now.
    pub fn learn(&mut self, now: Option<Box<Customer>>) {
        if let (Some(about), Some(now)) = (&self.about, now) {
            about.replace(*now);
        }
    }

    /// Takes in what would be.
    pub fn foresee(&mut self, words: &str) {
        self.sent = false;
        self.foreseen = Some(format!("{words}\n{ONCE_MORE}"));
    }

    /// What it is for and about: what was typed is kept under this name, where that may be wanted later.
    pub fn name(&self) -> Option<&str> {
        self.comes_back.then_some(&*self.title)
    }

    /// Whether the desk was asked for what the form makes, and has not answered yet.
    pub fn is_sent(&self) -> bool {
        self.sent
    }

    /// The desk refused: what was typed stays, and may be sent again.
    pub fn refused(&mut self, reason: &str) {
        self.sent = false;
        self.problem = self.form.refuse(reason);
    }

    /// What is asked of the desk; nothing where what was told is to be confirmed first.
    fn request(&mut self) -> Result<Option<Request>, String> {
        if self.sent {
            return Err("it is being saved: wait for the answer".to_owned());
        }
        let request = (self.ask)(&self.form)?;
        let request = request.ok_or("nothing was changed: change something, or leave with Esc")?;
        let told = self.tell.as_ref().map(|tell| tell(&self.form));
        let told = told.is_none_or(|words| !words.is_empty());
        if self.confirms && told && self.foreseen.is_none() {
            self.foreseen = Some(ONCE_MORE.to_owned());
            return Ok(None);
        }
        self.sent = true;
        Ok(Some(match request {
            Request::Execute { commands, .. } if self.rehearses && self.foreseen.is_none() => {
                Request::Rehearse(commands)
            }
            request => request,
        }))
    }

    fn beneath(&self, width: u16) -> Vec<(String, Role)> {
        let wrapped = |words: &str, role| {
            let lines = match words {
                "" => Vec::new(),
                words => text::wrap(words, width.into()),
            };
            lines.into_iter().map(move |line| (line, role))
        };
        let problem = self.problem.as_deref().unwrap_or_default();
        let foreseen = self.foreseen.as_deref().unwrap_or_default();
        let told = self.tell.as_ref().map(|tell| tell(&self.form));
        let told = told.unwrap_or_default();
        let mut lines: Vec<_> = wrapped(&self.note, Role::Muted)
            .chain(wrapped(&at_the_keys(&told), Role::Warning))
            .chain(wrapped(foreseen, Role::Warning))
            .chain(wrapped(problem, Role::Bad))
            .collect();
        if !lines.is_empty() {
            lines.insert(0, (String::new(), Role::Text));
        }
        lines
    }

    /// The box's inside, and the lines of the fields.
    fn size(&self, area: Rect) -> ((u16, u16), u16) {
        let width = area.width.saturating_sub(4).min(WIDEST);
        let room = area.height.saturating_sub(2);
        let beneath = u16::try_from(self.beneath(width).len()).unwrap_or(u16::MAX);
        let beneath = beneath.min(room.saturating_sub(LEAST));
        let fields = self.form.tallest(width).min(room.saturating_sub(beneath));
        ((width, fields + beneath), fields)
    }
}

/// Takes an event of the form that lies on top.
pub fn update(model: &mut Model, event: &Event) -> Vec<Effect> {
    let Some(Layer::Edit(edit)) = model.layers.last_mut() else {
        return Vec::new();
    };
    let before: Vec<String> = call::told(&edit.form).collect();
    match edit.form.update(event) {
        FormOutcome::Cancel if edit.ends => return vec![Effect::Quit],
        FormOutcome::Cancel => return leave(model),
        FormOutcome::Submit => match edit.request() {
            Ok(request) => return request.map(Effect::Ask).into_iter().collect(),
            Err(reason) => edit.problem = edit.form.refuse(&reason),
        },
        FormOutcome::Editing | FormOutcome::Ignored => {
            (edit.problem, edit.foreseen) = (None, None);
        }
    }
    let whose = edit.whose.as_mut();
    let owners = whose.and_then(|whose| whose.looks_for(&mut edit.form));
    let asked = owners.map(Request::Owners);
    let asked = asked.or_else(|| call::looks_for(&edit.form, &before));
    asked.map(Effect::Ask).into_iter().collect()
}

/// Draws the form in its box.
pub fn view(edit: &Edit, look: &Look, area: Rect, buf: &mut Buffer) {
    let (size, height) = edit.size(area);
    let inside = boxed(&text::visible(&edit.title), size, look, area, buf);
    let fields = Rect {
        height: height.min(inside.height),
        ..inside
    };
    edit.form.view(look, fields, buf);
    let rows = fields.bottom()..inside.bottom();
    for ((line, role), y) in edit.beneath(inside.width).iter().zip(rows) {
        buf.set_stringn(inside.x, y, line, inside.width.into(), look.style(*role));
    }
}

/// Where the terminal's cursor belongs after [`view`] has drawn into the same `area`.
pub fn cursor(edit: &Edit, area: Rect) -> Option<Position> {
    let (size, height) = edit.size(area);
    let inside = modal::inside(size, area);
    edit.form.cursor(Rect {
        height: height.min(inside.height),
        ..inside
    })
}
