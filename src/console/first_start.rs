//! A first start: there is no desk yet, and one is to be made.

use std::path::PathBuf;

use crossterm::event::{Event, KeyCode, KeyEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::forms::{Field, Form, FormOutcome};
use super::look::Look;
use super::model::{Layer, Model};
use super::msg::Effect;
use super::request::{NewDeskChoice, Request};
use super::theme::Role;
use super::view::boxed;
use super::wording::at_the_keys;
use crate::policy::{self, PolicyError};
use crate::text;

#[cfg(test)]
mod tests;

/// Columns of a choice's name.
const NAME: usize = 18;
/// The box, at most.
const WIDTH: u16 = 88;

/// The choice of a desk.
pub struct FirstStart {
    /// Where it will lie.
    pub path: PathBuf,
    choices: Vec<Choice>,
    at: usize,
    /// What the chosen policy asks for, while it is filled in.
    settings: Option<Form>,
    /// The form that was left, and for which choice.
    left: Option<(usize, Form)>,
    /// The desk is being made.
    making: bool,
    problem: Option<String>,
}

/// Something to begin with.
struct Choice {
    name: &'static str,
    about: String,
    /// The shipped policy; none for the sample.
    policy: Option<&'static str>,
}

impl FirstStart {
    /// A choice for a desk at `path`.
    pub fn new(path: PathBuf) -> Self {
        let sample = Choice {
            name: "a sample desk",
            about: "made-up customers and incidents, to try things".to_owned(),
            policy: None,
        };
        let policy = |name| Choice {
            name,
            about: summary(name),
            policy: Some(name),
        };
        let choices = std::iter::once(sample)
            .chain(policy::shipped_names().map(policy))
            .collect();
        Self {
            path,
            choices,
            at: 0,
            settings: None,
            left: None,
            making: false,
            problem: None,
        }
    }

    /// The desk could not be made.
    pub fn failed(&mut self, reason: String) {
        self.making = false;
        self.problem = Some(at_the_keys(&reason).into_owned());
    }

    /// The keys that matter now.
    pub fn hints(&self) -> &'static [(&'static str, &'static str)] {
        match (self.making, &self.settings) {
            (true, _) => &[],
            (false, None) => &[
                ("Up Down", "choose"),
                ("Enter", "make it"),
                ("Esc", "leave"),
            ],
            (false, Some(_)) => &[
                ("Tab", "next"),
                ("Enter", "go on"),
                ("Ctrl-D", "make the desk"),
                ("Esc", "back"),
            ],
        }
    }

    /// Whether letters are text here.
    pub fn takes_text(&self) -> bool {
        self.settings.is_some()
    }

    fn policy(&self) -> Option<&'static str> {
        self.choices.get(self.at)?.policy
    }

    fn on_key(&mut self, code: KeyCode) -> Vec<Effect> {
        let last = self.choices.len().saturating_sub(1);
        match code {
            KeyCode::Esc | KeyCode::Char('q') => return vec![Effect::Quit],
            KeyCode::Down | KeyCode::Char('j') => self.at = (self.at + 1).min(last),
            KeyCode::Up | KeyCode::Char('k') => self.at = self.at.saturating_sub(1),
            KeyCode::Home | KeyCode::Char('g') => self.at = 0,
            KeyCode::End | KeyCode::Char('G') => self.at = last,
            KeyCode::Enter => return self.chosen(),
            _ => return Vec::new(),
        }
        self.problem = None;
        Vec::new()
    }

    /// Goes on to what the policy asks for, or makes the desk where it asks for nothing.
    fn chosen(&mut self) -> Vec<Effect> {
        self.problem = None;
        let Some(policy) = self.policy() else {
            return self.make(NewDeskChoice::Sample);
        };
        let declared = policy::shipped(policy).map(policy::declared_settings);
        let fields: Vec<Field> = declared
            .and_then(Result::ok)
            .unwrap_or_default()
            .into_iter()
            .map(|setting| {
                Field::text(setting.key.clone(), setting.key.replace('_', " "))
                    .required()
                    .help(setting.ask)
                    .help(format!("Such as {}", setting.example))
            })
            .collect();
        if fields.is_empty() {
            return self.make_empty(policy, &Form::new(fields));
        }
        let left = self.left.take_if(|(at, _)| *at == self.at);
        self.settings = Some(left.map_or_else(|| Form::new(fields), |(_, form)| form));
        Vec::new()
    }

    fn on_form(&mut self, event: &Event) -> Vec<Effect> {
        let Some(form) = &mut self.settings else {
            return Vec::new();
        };
        let outcome = form.update(event);
        match (outcome, self.policy()) {
            (FormOutcome::Cancel, _) => {
                self.left = self.settings.take().map(|form| (self.at, form));
                self.problem = None;
            }
            (FormOutcome::Submit, Some(policy)) => {
                if let Some(form) = self.settings.clone() {
                    return self.make_empty(policy, &form);
                }
            }
            (FormOutcome::Editing, _) => self.problem = None,
            (FormOutcome::Submit | FormOutcome::Ignored, _) => {}
        }
        Vec::new()
    }

    /// Makes a desk under a policy, unless what was filled in does not fit it.
    fn make_empty(&mut self, policy: &str, form: &Form) -> Vec<Effect> {
        let settings = form.to_draft();
        let text = policy::shipped(policy).unwrap_or_default();
        if let Err(error) = policy::parse(text, &settings) {
            self.problem = Some(fault(&error));
            return Vec::new();
        }
        self.make(NewDeskChoice::Empty {
            policy: policy.to_owned(),
            settings,
        })
    }

    fn make(&mut self, choice: NewDeskChoice) -> Vec<Effect> {
        self.making = true;
        vec![Effect::Ask(Request::Create(choice))]
    }
}

/// The one line in which a shipped policy says what it is.
fn summary(policy: &str) -> String {
    let read = policy::shipped(policy).and_then(|text| {
        let settings = policy::example_settings(text).ok()?;
        policy::parse(text, &settings).ok()
    });
    read.map(|policy| policy.summary).unwrap_or_default()
}

/// What is wrong with the settings, without the lines of a file that nobody sees.
fn fault(error: &PolicyError) -> String {
    match error {
        PolicyError::Faults(faults) => faults.first().map_or_else(
            || error.to_string(),
            |fault| format!("{}: {}", fault.problem, fault.remedy),
        ),
        error => error.to_string(),
    }
}

/// Takes an event.
pub fn update(model: &mut Model, event: &Event) -> Vec<Effect> {
    let Some(Layer::FirstStart(start)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match event {
        _ if start.making => Vec::new(),
        _ if start.settings.is_some() => start.on_form(event),
        Event::Key(key) if key.kind != KeyEventKind::Release => start.on_key(key.code),
        _ => Vec::new(),
    }
}

/// What the box holds.
struct Page {
    /// Lines above the form, the chosen one's place among them.
    lines: Vec<(String, Role)>,
    chosen: Option<usize>,
    form: u16,
    below: Vec<(String, Role)>,
}

impl Page {
    fn of(start: &FirstStart, look: &Look, area: Rect) -> Self {
        let width = usize::from(width(area));
        let mut page = Self {
            lines: Vec::new(),
            chosen: None,
            form: 0,
            below: Vec::new(),
        };
        let wrapped = |words: &str, role| {
            let lines = text::wrap(words, width).into_iter();
            lines.map(move |line| (line, role)).collect::<Vec<_>>()
        };
        let path = start.path.display().to_string();
        if start.settings.is_some() {
            let name = start.policy().unwrap_or_default();
            page.lines
                .extend(wrapped(&format!("{name}: {}", summary(name)), Role::Accent));
            page.lines.extend(wrapped(
                "The policy's source does not state these, so they are yours to say. A new version of the policy can change \
                 them later.",
                Role::Muted,
            ));
            page.form = 10;
        } else {
            page.lines.extend(wrapped(
                "There is no desk yet. A desk is one file:",
                Role::Text,
            ));
            page.lines.push((path.clone(), Role::Accent));
            page.lines.push((String::new(), Role::Text));
            page.lines
                .extend(wrapped("What shall it begin with?", Role::Text));
            page.chosen = Some(page.lines.len() + start.at);
            for (place, choice) in start.choices.iter().enumerate() {
                let marker = if place == start.at {
                    look.symbols.selected
                } else {
                    " "
                };
                let name = text::fit(choice.name, NAME);
                page.lines
                    .push((format!("{marker} {name}{}", choice.about), Role::Text));
            }
        }
        page.below.push((String::new(), Role::Text));
        page.below.extend(match (&start.problem, start.making) {
            (Some(problem), _) => wrapped(&format!("{} {problem}", look.symbols.bad), Role::Bad),
            (None, true) if start.policy().is_none() => {
                wrapped("Making the sample desk: some seconds…", Role::Accent)
            }
            (None, true) => wrapped("Making the desk…", Role::Accent),
            (None, false) => wrapped(&what_happens(start), Role::Muted),
        });
        page
    }

    fn height(&self) -> u16 {
        let lines = u16::try_from(self.lines.len() + self.below.len()).unwrap_or(u16::MAX);
        lines.saturating_add(self.form)
    }

    /// Where the form goes in the room inside the box.
    fn form(&self, inner: Rect) -> Rect {
        let above = u16::try_from(self.lines.len() + 1).unwrap_or(u16::MAX);
        let below = u16::try_from(self.below.len()).unwrap_or(u16::MAX);
        let top = inner.y.saturating_add(above).min(inner.bottom());
        let bottom = inner.bottom().saturating_sub(below).max(top);
        Rect {
            y: top,
            height: bottom - top,
            ..inner
        }
    }
}

/// What Enter does.
fn what_happens(start: &FirstStart) -> String {
    match start.policy() {
        None => "All five policies, made-up customers and 200 incidents that nobody ever had, to try things. \
             Delete the file to begin anew: nothing else is touched."
            .to_owned(),
        Some(policy) if start.settings.is_none() => format!(
            "{}. Enter makes an empty desk under it, after asking for what its source does not state. Other policies can \
             be added later.",
            summary(policy)
        ),
        Some(_) => {
            format!("Ctrl-D makes the desk: {}", start.path.display())
        }
    }
}

fn width(area: Rect) -> u16 {
    area.width.saturating_sub(4).min(WIDTH)
}

/// Draws the choice.
pub fn view(start: &FirstStart, look: &Look, area: Rect, buf: &mut Buffer) {
    let page = Page::of(start, look, area);
    let inner = boxed("A new desk", (width(area), page.height()), look, area, buf);
    let below = u16::try_from(page.below.len()).unwrap_or(u16::MAX);
    let end = inner.bottom().saturating_sub(below);
    let above = page.lines.iter().zip(inner.top()..inner.bottom());
    let rest = page.below.iter().zip(end.max(inner.top())..inner.bottom());
    for ((words, role), y) in above.chain(rest) {
        let words = text::cut_with(words, inner.width.into(), look.symbols.cut);
        buf.set_stringn(inner.x, y, words, inner.width.into(), look.style(*role));
    }
    let chosen = page.chosen.and_then(|line| inner.rows().nth(line));
    if let Some(row) = chosen {
        buf.set_style(row, look.style(Role::Selected));
    }
    if let Some(form) = &start.settings {
        form.view(look, page.form(inner), buf);
    }
}

/// Where the cursor belongs.
pub fn cursor(start: &FirstStart, look: &Look, area: Rect) -> Option<Position> {
    let form = start.settings.as_ref().filter(|_| !start.making)?;
    let page = Page::of(start, look, area);
    let mut unseen = Buffer::empty(area);
    let inner = boxed("", (width(area), page.height()), look, area, &mut unseen);
    form.cursor(page.form(inner))
}
