//! How a call is drawn: it fills the body, and says in the footer that it goes on.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::lines::Lines;
use super::{Call, Stage, card, charges, held, issue, ring, same, taken};
use crate::console::edit;
use crate::console::hints::Hint;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::countdown::timer;
use crate::console::widgets::digits;
use crate::incident::{State, TechRef, Way};
use crate::text;

/// Columns that a caller's name takes at most in the footer.
const NAME: usize = 22;
/// Columns that the name of who waits longest takes at most there.
const HELD_NAME: usize = 16;
/// Columns that forms take at most: longer lines are hard to read.
const WIDEST: u16 = 100;

/// Where the parts of a call go.
struct Parts {
    title: Rect,
    stage: Rect,
    notes: Rect,
    problem: Rect,
}

impl Parts {
    /// In `area`: what it is at the top, notes and what went wrong at the bottom, the stage between.
    fn of(call: &Call, area: Rect) -> Self {
        let notes = call.notes.len() + usize::from(call.note.is_some());
        let [title, _, mut stage, notes, problem] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(count(notes)),
            Constraint::Length(count(problem(call, area).len())),
        ])
        .areas(area);
        if call.stage_form().is_some() {
            stage.width = stage.width.min(WIDEST);
        }
        Self {
            title,
            stage,
            notes,
            problem,
        }
    }

    /// The line in which a note is typed.
    fn note(&self) -> Rect {
        let height = self.notes.height.min(1);
        Rect {
            y: self.notes.bottom() - height,
            height,
            ..self.notes
        }
    }
}

/// The calls that run, those of this console first: whether each is on hold, with whom it is, and its time.
pub(in crate::console) fn lines_of_running(model: &Model) -> Vec<(bool, String, i64)> {
    let own = model.call.iter().chain(&model.held.calls);
    let mine = own.filter_map(|call| {
        let timer = call.timer?;
        let held = model.held.calls.iter().any(|held| held.id == call.id);
        let seconds = match held {
            true => timer.this_hold(model.now),
            false => call.seconds(model.now),
        };
        let who = match call.who() {
            nobody if nobody.trim().is_empty() => "not known yet".to_owned(),
            who => who,
        };
        Some((held, who, seconds))
    });
    let others = model.alive.calls.iter().filter_map(|found| {
        let (call, timer) = (&found.call, found.call.timer?);
        let seconds = match call.is_held() {
            true => timer.this_hold(model.now),
            false => call.seconds(model.now),
        };
        let who = format!("{}, with {}", call.in_words(), found.agent);
        Some((call.is_held(), who, seconds))
    });
    mine.chain(others).collect()
}

/// Draws the call, or the calls on hold where none runs.
pub fn view(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    let Some(call) = &model.call else {
        return held::view(model, look, area, buf);
    };
    let parts = Parts::of(call, area);
    Lines::new(parts.title, look, buf).put(&title(call, model, look), Role::Title);
    stage(call, model, look, parts.stage, buf);
    let mut notes = Lines::new(parts.notes, look, buf);
    for note in &call.notes {
        notes.put(&format!("note kept: {note}"), Role::Muted);
    }
    if let Some(form) = &call.note {
        form.view(look, parts.note(), buf);
    }
    let mut lines = Lines::new(parts.problem, look, buf);
    for (number, line) in problem(call, area).iter().enumerate() {
        let mark = if number == 0 { look.symbols.bad } else { " " };
        lines.put(&format!("{mark} {line}"), Role::Bad);
    }
}

fn stage(call: &Call, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    match (call.stage, &call.card) {
        (Stage::Find, _) => call.finder.view(model, look, area, buf),
        (Stage::Card, Some(card)) => card.view(model, look, area, buf),
        (Stage::Ring, card) => {
            if let Some(ring) = &call.ring {
                ring::view(ring, card.as_ref(), model, look, area, buf);
            }
        }
        (Stage::Issue, Some(card)) => {
            if let Some((_, form)) = &call.issue {
                issue::view(form, card, model, look, area, buf);
            }
        }
        (Stage::Same, Some(card)) => {
            if let Some((faults, form)) = &call.same {
                same::view(form, faults, card, model, look, area, buf);
            }
        }
        (Stage::Incident, _) => {
            if let Some(taken) = call.taken.last() {
                let mut lines = Lines::new(area, look, buf);
                let contact = call.card.as_ref().and_then(|card| card.contact.as_ref());
                if let Some(contact) = contact.filter(|_| call.way == Way::Out) {
                    lines.put(&format!("ring {}", card::person(contact)), Role::Title);
                }
                taken::view(taken, model, look, lines.rest, lines.buf);
            }
        }
        (Stage::WrapUp, _) => {
            let (above, form, told) = wrap_up_parts(call, model, area);
            if let Some(number) = unheard(call).filter(|_| above.height > 0) {
                let mut lines = Lines::new(above, look, buf);
                if above.height > digits::HEIGHT {
                    let large = lines.take(digits::HEIGHT);
                    let style = look.style(Role::Accent);
                    digits::render(&number.to_string(), look.symbols, style, large, lines.buf);
                }
                let words = format!("{number}, say: {}", number.spoken());
                lines.put(&words, Role::Title);
            }
            if let Some(fields) = call.stage_form() {
                fields.view(look, form, buf);
            }
            let mut lines = Lines::new(told, look, buf);
            lines.gap();
            for words in charges::lines(call, model, area.width) {
                lines.put(&words, Role::Text);
            }
            if call.told {
                lines.put(edit::ONCE_MORE, Role::Warning);
            }
        }
        (Stage::Customer | Stage::Card | Stage::Issue | Stage::Same, _) => {
            if let Some(form) = call.stage_form() {
                form.view(look, area, buf);
            }
        }
    }
}

/// The number of the incident of which the wrap-up asks whether the caller has it.
fn unheard(call: &Call) -> Option<TechRef> {
    let has = |taken: &&taken::Taken| taken.facts.as_ref().is_some_and(|facts| facts.given);
    let current = call.taken.last().filter(|taken| !has(taken));
    current.map(|taken| taken.number)
}

/// The number to read out, large where there is room for it, the wrap-up's form, and beneath it what saving does.
fn wrap_up_parts(call: &Call, model: &Model, area: Rect) -> (Rect, Rect, Rect) {
    let told = 1 + count(charges::lines(call, model, area.width).len()) + u16::from(call.told);
    let form = call.stage_form().map_or(0, |form| form.height(area.width));
    let room = area.height.saturating_sub(form + told);
    let height = match unheard(call) {
        Some(_) if room > digits::HEIGHT + 1 => digits::HEIGHT + 2,
        Some(_) if room > 0 => 1,
        _ => 0,
    };
    let [above, form, told] = Layout::vertical([
        Constraint::Length(height),
        Constraint::Min(0),
        Constraint::Length(told),
    ])
    .areas(area);
    (above, form, told)
}

/// What went wrong, in lines.
fn problem(call: &Call, area: Rect) -> Vec<String> {
    text::wrap(
        call.problem.as_deref().unwrap_or_default(),
        usize::from(area.width).saturating_sub(2),
    )
    .into_iter()
    .filter(|line| !line.is_empty())
    .collect()
}

/// The timer, the caller, the stage, and that the desk is being asked.
fn title(call: &Call, model: &Model, look: &Look) -> String {
    let parts = [
        running(call, model, look).unwrap_or_else(|| without(call).to_owned()),
        call.who(),
        stage_words(call).to_owned(),
        call.asked.map_or("", |_| "saving").to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&format!(" {} ", look.symbols.separator))
}

/// What stands in place of the timer.
fn without(call: &Call) -> &'static str {
    match call.stage {
        Stage::Ring => "no call yet",
        _ => "without a call",
    }
}

/// The timer of a call.
fn running(call: &Call, model: &Model, look: &Look) -> Option<String> {
    let time = timer(call.seconds(model.now));
    call.timer
        .map(|_| format!("{} call {time}", look.symbols.soon))
}

fn stage_words(call: &Call) -> &'static str {
    match call.stage {
        Stage::Find => "who is it?",
        Stage::Customer => "a new customer",
        Stage::Card => "the caller",
        Stage::Issue => "a new incident",
        Stage::Same => "a known fault",
        Stage::Incident if call.taken.last().is_some_and(|taken| taken.is_new) => {
            "the Tech Reference number"
        }
        Stage::Incident if call.way == Way::Out => "rung up",
        Stage::Incident => "continued",
        Stage::WrapUp => "hanging up",
        Stage::Ring => "to be rung up",
    }
}

fn count(many: usize) -> u16 {
    u16::try_from(many).unwrap_or(u16::MAX)
}

/// Where the cursor belongs, after [`view`] has drawn into the same `area`.
pub fn cursor(model: &Model, area: Rect) -> Option<Position> {
    let call = model.call.as_ref()?;
    let parts = Parts::of(call, area);
    match (&call.note, call.stage) {
        (Some(note), _) => note.cursor(parts.note()),
        (None, Stage::Find) => call.finder.cursor(parts.stage),
        (None, Stage::WrapUp) => {
            let (_, form, _) = wrap_up_parts(call, model, parts.stage);
            call.stage_form()?.cursor(form)
        }
        (None, Stage::Issue | Stage::Same) => {
            let form = call.stage_form()?;
            let height = form.height(parts.stage.width).min(parts.stage.height);
            form.cursor(Rect {
                height,
                ..parts.stage
            })
        }
        (None, _) => call.stage_form()?.cursor(parts.stage),
    }
}

/// The call in the footer: its timer and its caller, and how many are on hold.
pub fn footer(model: &Model, look: &Look) -> Option<String> {
    let running = model.call.as_ref().map(|call| {
        let who = call.who();
        let who = text::cut_with(&who, NAME, look.symbols.cut);
        match running(call, model, look) {
            Some(time) => format!("{time} {who}").trim_end().to_owned(),
            None if call.stage == Stage::Ring => format!("no call yet: {who}"),
            None if call.is_done() => match call.taken.last() {
                Some(taken) => format!("{} logged: {who}", taken.number),
                None => "a new incident".to_owned(),
            },
            None if who.trim().is_empty() => "a new incident, not saved yet".to_owned(),
            None => format!("not saved: {who}"),
        }
    });
    let held = model.held.calls.iter();
    let held = held.filter(|call| call.ended_at.is_none());
    let held = held.filter_map(|call| Some((call.timer?.this_hold(model.now), call.who())));
    let held: Vec<(i64, String)> = held.collect();
    let longest = held.iter().rev().max_by_key(|(seconds, _)| *seconds);
    let on_hold = longest.map(|(seconds, who)| {
        let who = match who.trim() {
            "" => "nobody known yet",
            who => who,
        };
        let who = text::cut_with(who, HELD_NAME, look.symbols.cut);
        let many = held.len();
        let rest = match many {
            1 => String::new(),
            _ => format!("{many} "),
        };
        let seconds = timer(*seconds);
        format!("{} {rest}on hold {seconds} {who}", look.symbols.paused)
    });
    let warning = model.call.as_ref().and_then(|call| {
        let words = call.taken.last()?.warning(call.seconds(model.now))?;
        Some(format!("{} {words}", look.symbols.missed))
    });
    let unfinished = match model.held.wrap_ups() {
        0 => None,
        1 => Some("a wrap-up waits".to_owned()),
        many => Some(format!("{many} wrap-ups wait")),
    };
    let parts = [running, warning, on_hold, unfinished];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("  "))
}

/// The keys that matter now.
pub fn hints(model: &Model) -> Vec<(&'static str, &'static str)> {
    let form = [
        ("Enter", "go on"),
        ("Ctrl-D", "save"),
        ("Tab", "next"),
        ("Esc", "back"),
    ];
    let Some(call) = &model.call else {
        let mut keys = vec![("Enter", "take back"), ("j k", "choose"), ("Esc", "back")];
        let selected = model.held.calls.get(model.held.at);
        if selected.is_some_and(|call| !call.is_live()) {
            keys.insert(2, ("x", "drop"));
        }
        return keys;
    };
    if call.note.is_some() {
        return vec![("Enter", "keep the note"), ("Esc", "no note")];
    }
    let mut keys = match call.stage {
        Stage::Find => vec![
            ("Enter", "take"),
            ("Up Down", "choose"),
            ("Esc", "to the queue"),
        ],
        Stage::Customer | Stage::Issue | Stage::Same => form.to_vec(),
        Stage::WrapUp => {
            let mut keys = form.to_vec();
            if call.may_go_on {
                keys.pop();
                keys.push(("Esc", "still talking"));
            }
            keys
        }
        Stage::Ring => vec![
            ("Enter", "the call begins"),
            ("Up Down", "whom"),
            ("Esc", "no call"),
        ],
        Stage::Card => {
            let goes_on = call.card.as_ref().and_then(super::card::Card::selected);
            let mut keys = match goes_on {
                Some(_) => vec![("Enter", "go on"), ("n", "new")],
                None => vec![("Enter", "new incident")],
            };
            keys.push(("m", "note"));
            if call.is_live() {
                keys.push(("=", "same"));
            }
            if call
                .card
                .as_ref()
                .is_some_and(super::card::Card::has_people)
            {
                keys.push(("Right", "next person"));
            }
            keys
        }
        Stage::Incident => {
            let facts = call.taken.last().and_then(|taken| taken.facts.as_ref());
            let given = facts.is_some_and(|facts| facts.given);
            let mut keys = vec![("K", "given"), ("m", "note")];
            keys.retain(|(key, _)| *key != "K" || !given);
            keys.extend_from_slice(
                match model.current().map(|dossier| dossier.incident.state) {
                    Some(State::AwaitingPayment) => &[("p", "pay")],
                    Some(State::AwaitingAcceptance) => &[("i", "accept"), ("D", "decline")],
                    Some(State::Open | State::Waiting) => &[("r", "respond"), ("d", "resolve")],
                    _ => &[],
                },
            );
            match facts.and_then(|facts| facts.back) {
                Some(1) => keys.push(("u", "wrong one")),
                Some(_) => keys.push(("u", "not given")),
                None => {}
            }
            keys.push(("n", "new"));
            keys
        }
    };
    let typing = !matches!(call.stage, Stage::Card | Stage::Incident);
    let ends: &[Hint] = match (typing, call.is_live(), call.stage) {
        (_, _, Stage::WrapUp) => &[("Ctrl-T", "later")],
        (_, _, Stage::Ring) => &[],
        (true, true, _) => &[("Ctrl-X", "hang up"), ("Ctrl-T", "hold")],
        (false, true, _) => &[("x", "hang up"), ("H", "hold")],
        (true, false, _) => &[("Ctrl-X", "drop")],
        (false, false, _) if call.is_done() => &[],
        (false, false, _) => &[("x", "drop")],
    };
    let ends = ends.iter();
    match typing {
        // What leads back stands last.
        true => keys
            .splice(keys.len() - 1..keys.len() - 1, ends.copied())
            .for_each(drop),
        false => {
            keys.splice(2..2, ends.copied()).for_each(drop);
            if call.is_live() {
                // The card itself says how to choose the person.
                let person = keys.iter().position(|(key, _)| *key == "Right");
                keys.insert(person.unwrap_or(keys.len()), ("T", "hand over"));
            }
            keys.push(("Esc", "back"));
        }
    }
    keys
}
