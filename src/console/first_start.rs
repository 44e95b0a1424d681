//! A first start: there is no desk yet, and one is to be made.

use std::path::PathBuf;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::forms::{Choice, Field, Form, FormOutcome, Pick};
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

/// Stands for the sample among what a desk may begin with.
const SAMPLE: &str = "sample";
/// The field of who makes the desk: no setting is called so, as those have no space.
const AGENT: &str = "your name";
/// Columns of a choice's name.
const NAME: usize = 18;
/// The box, at most.
const WIDTH: u16 = 88;

/// The choice of a desk.
pub struct FirstStart {
    /// Where it will lie.
    pub path: PathBuf,
    /// Who makes it, and works there unless they say another name.
    agent: String,
    /// What it may begin with: a shipped policy, or the sample.
    choices: Pick,
    /// What the chosen policy asks for, while it is filled in.
    settings: Option<Form>,
    /// The form that was left, and for which choice.
    left: Option<(String, Form)>,
    /// The desk is being made.
    making: bool,
    problem: Option<String>,
}

impl FirstStart {
    /// A choice for a desk at `path`, made by `agent`.
    pub fn new(path: PathBuf, agent: String) -> Self {
        let about = "made-up customers and incidents, to try things";
        let sample = Choice::new(SAMPLE, "a sample desk", about);
        let policy = |name| Choice::new(name, name, summary(name));
        let choices = std::iter::once(sample).chain(policy::shipped_names().map(policy));
        let mut choices = Pick::new(choices.collect());
        choices.set(SAMPLE);
        Self {
            path,
            agent,
            choices,
            settings: None,
            left: None,
            making: false,
            problem: None,
        }
    }

    /// The desk could not be made.
    pub fn failed(&mut self, reason: &str) {
        self.making = false;
        self.problem = Some(at_the_keys(reason).into_owned());
    }

    /// The keys that matter now.
    pub fn hints(&self) -> &'static [(&'static str, &'static str)] {
        match (self.making, &self.settings) {
            (true, _) => &[],
            (false, None) if self.choices.typed().is_empty() => &[
                ("Up Down", "choose"),
                ("letters", "narrow"),
                ("Enter", "make it"),
                ("Esc", "leave"),
            ],
            (false, None) => &[
                ("Up Down", "choose"),
                ("Enter", "make it"),
                ("Esc", "take the letters back"),
            ],
            (false, Some(_)) => &[
                ("Tab", "next"),
                ("Enter", "go on"),
                ("Ctrl-D", "make the desk"),
                ("Esc", "back"),
            ],
        }
    }

    /// Whether every letter is text here: the list takes those that narrow it.
    pub fn takes_text(&self) -> bool {
        self.settings.is_some()
    }

    /// The chosen policy; none for the sample, and none where what was typed stands for nothing.
    fn policy(&self) -> Option<&str> {
        let chosen = self.choices.picked()?;
        Some(chosen.value.as_str()).filter(|value| *value != SAMPLE)
    }

    fn on_key(&mut self, key: &KeyEvent) -> Vec<Effect> {
        let held = key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match key.code {
            // As in a field: what was typed is taken back.
            KeyCode::Char('u' | 'w') if held => self.choices.clear(),
            KeyCode::Char(_) if held => return Vec::new(),
            KeyCode::Esc if self.choices.typed().is_empty() => return vec![Effect::Quit],
            KeyCode::Esc => self.choices.clear(),
            KeyCode::Down => self.choices.step(true),
            KeyCode::Up => self.choices.step(false),
            KeyCode::Backspace if self.choices.typed().is_empty() => {}
            KeyCode::Backspace => self.choices.pop(),
            KeyCode::Char(c) => self.choices.push(c),
            KeyCode::Enter => return self.chosen(),
            _ => return Vec::new(),
        }
        self.problem = None;
        Vec::new()
    }

    /// Goes on to what the policy asks for, and to who makes the desk.
    fn chosen(&mut self) -> Vec<Effect> {
        self.problem = None;
        let Some(chosen) = self.choices.picked().map(|choice| choice.value.clone()) else {
            return Vec::new();
        };
        if chosen == SAMPLE {
            return self.make(NewDeskChoice::Sample);
        }
        let fields = asked_for(&chosen).into_iter().map(|setting| {
            let (policy, key) = (chosen.clone(), setting.key.clone());
            Field::text(setting.key.clone(), setting.key.replace('_', " "))
                .required()
                .help(setting.ask)
                .help(format!("Such as {}", setting.example))
                .check(move |form| understood(&policy, &key, form.value(&key).trim()).err())
        });
        let agent = Field::text(AGENT, "Your name")
            .required()
            .help("incidents are assigned by it, and the timeline says it")
            .holding(&self.agent);
        let form = || Form::new(fields.chain([agent]).collect());
        let left = self.left.take_if(|(choice, _)| *choice == chosen);
        self.settings = Some(left.map_or_else(form, |(_, form)| form));
        Vec::new()
    }

    fn on_form(&mut self, event: &Event) -> Vec<Effect> {
        let Some(form) = &mut self.settings else {
            return Vec::new();
        };
        let outcome = form.update(event);
        let policy = self.policy().map(str::to_owned);
        match (outcome, policy) {
            (FormOutcome::Cancel, policy) => {
                self.left = policy.zip(self.settings.take());
                self.problem = None;
            }
            (FormOutcome::Submit, Some(policy)) => {
                if let Some(form) = self.settings.clone() {
                    return self.make_empty(&policy, &form);
                }
            }
            (FormOutcome::Editing, _) => self.problem = None,
            (FormOutcome::Submit | FormOutcome::Ignored, _) => {}
        }
        Vec::new()
    }

    /// Makes a desk under a policy, unless what was filled in does not fit it.
    fn make_empty(&mut self, policy: &str, form: &Form) -> Vec<Effect> {
        let mut settings = form.to_draft();
        settings.remove(AGENT);
        let agent = form.value(AGENT).trim().to_owned();
        for (key, value) in &mut settings {
            if let Ok(meant) = understood(policy, key, value.trim()) {
                *value = meant;
            }
        }
        let text = policy::shipped(policy).unwrap_or_default();
        if let Err(error) = policy::parse(text, &settings) {
            self.problem = Some(fault(&error));
            return Vec::new();
        }
        self.make(NewDeskChoice::Empty {
            policy: policy.to_owned(),
            agent,
            settings,
        })
    }

    fn make(&mut self, choice: NewDeskChoice) -> Vec<Effect> {
        self.making = true;
        vec![Effect::Ask(Request::Create(choice))]
    }
}

/// What a shipped policy leaves to whoever makes the desk.
fn asked_for(policy: &str) -> Vec<policy::Setting> {
    let declared = policy::shipped(policy).map(policy::declared_settings);
    declared.and_then(Result::ok).unwrap_or_default()
}

/// What was typed for a setting as the policy takes it: a comma before two figures is a point, and letters that are
/// only wrong by their size are large ones.
///
/// # Errors
/// What is wrong with it, whatever the other settings are; nothing typed is not wrong yet.
fn understood(policy: &str, key: &str, typed: &str) -> Result<String, String> {
    let text = policy::shipped(policy).unwrap_or_default();
    let Ok(mut settings) = policy::example_settings(text) else {
        return Ok(typed.to_owned());
    };
    let mut wrong = |value: &str| {
        settings.insert(key.to_owned(), value.to_owned());
        policy::parse(text, &settings)
            .err()
            .map(|error| fault(&error))
    };
    let Some(problem) = wrong(typed).filter(|_| !typed.is_empty()) else {
        return Ok(typed.to_owned());
    };
    let pointed = typed.rsplit_once(',').filter(|(whole, part)| {
        let figures = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        figures(whole) && figures(part) && part.len() == 2
    });
    let pointed = pointed.map(|(whole, part)| format!("{whole}.{part}"));
    let mut meant = pointed.into_iter().chain([typed.to_uppercase()]);
    meant.find(|meant| wrong(meant).is_none()).ok_or(problem)
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
        Event::Key(key) if key.kind != KeyEventKind::Release => start.on_key(key),
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
            if !asked_for(name).is_empty() {
                page.lines.extend(wrapped(
                    "The policy's source does not state these, so they are yours to say. A new version of the policy can \
                     change them later.",
                    Role::Muted,
                ));
            }
            page.form = 10;
        } else {
            page.lines.extend(wrapped(
                "There is no desk yet. A desk is one file:",
                Role::Text,
            ));
            page.lines.push((path.clone(), Role::Accent));
            page.lines.push((String::new(), Role::Text));
            let question = format!("What shall it begin with? {}", start.choices.typed());
            page.lines.extend(wrapped(&question, Role::Text));
            for (choice, is_picked) in start.choices.left() {
                let marker = if is_picked {
                    page.chosen = Some(page.lines.len());
                    look.symbols.selected
                } else {
                    " "
                };
                let name = text::fit(&choice.label, NAME);
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
        None if start.choices.picked().is_none() => {
            "No choice has these letters: Esc takes them back.".to_owned()
        }
        None => "All five policies, made-up customers and 200 incidents that nobody ever had, to try things. \
             Delete the file to begin anew: nothing else is touched."
            .to_owned(),
        Some(policy) if start.settings.is_none() => format!(
            "{}. Enter makes an empty desk under it, after asking for your name and what its source does not state. Other \
             policies can be added later.",
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
