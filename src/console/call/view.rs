//! How a call is drawn: it fills the body, and says in the footer that it goes on.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::lines::{Lines, frame};
use super::{Call, Stage, held, issue, taken};
use crate::console::forms::Form;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::countdown::timer;
use crate::text;

/// Columns that a caller's name takes at most in the footer.
const NAME: usize = 22;
/// Columns that forms take at most: longer lines are hard to read.
const WIDEST: u16 = 100;

/// Draws the call, or the calls on hold where none runs.
pub fn view(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let Some(call) = &model.call else {
        let inner = frame("Which call is taken back?", None, look, area, buf);
        return held::view(model, look, inner, buf);
    };
    let inner = body(call, model, look, area, buf);
    match call.stage {
        Stage::Find => call.finder.view(model, look, inner, buf),
        Stage::Customer => {
            if let Some(form) = &call.customer {
                form.view(look, inner, buf);
            }
        }
        Stage::Card => {
            if let Some(card) = &call.card {
                card.view(model, look, inner, buf);
            }
        }
        Stage::Issue => {
            if let (Some((_, form)), Some(card)) = (&call.issue, &call.card) {
                issue::view(form, &card.caller.ruling.policy, look, inner, buf);
            }
        }
        Stage::Incident => {
            if let Some(taken) = call.taken.last() {
                taken::view(taken, model, look, inner, buf);
            }
        }
        Stage::WrapUp => {
            if let Some(form) = &call.wrap_up {
                form.view(look, inner, buf);
            }
        }
    }
}

/// Draws what is around the stage, and gives the room for it.
fn body(call: &Call, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) -> Rect {
    let separator = look.symbols.separator;
    let (who, stage) = (call.who(), title(call));
    let what = match &call.timer {
        Some(_) => format!(
            "{} call {}",
            look.symbols.soon,
            timer(call.seconds(model.now))
        ),
        None => "without a call".to_owned(),
    };
    let title = [what.as_str(), who.as_str(), stage]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(&format!(" {separator} "));
    let waiting = call.asked.map(|_| "saving");
    let title = match waiting {
        Some(waiting) => format!("{title} {separator} {waiting}"),
        None => title,
    };
    let form = form(call);
    let notice = form.and_then(Form::notice);
    let mut inner = frame(&title, call.problem.as_deref().or(notice), look, area, buf);
    if !call.notes.is_empty() || call.note.is_some() {
        let height = notes_height(call).min(inner.height);
        inner.height -= height;
        let mut lines = Lines::new(notes_area(inner, height), look, buf);
        for note in &call.notes {
            lines.put(&format!("note kept: {note}"), Role::Muted);
        }
        if let Some(form) = &call.note {
            let line = lines.take(1);
            form.view(look, line, lines.buf);
        }
    }
    let typed = matches!(call.stage, Stage::Customer | Stage::Issue | Stage::WrapUp);
    if typed {
        inner.width = inner.width.min(WIDEST);
    }
    inner
}

fn notes_height(call: &Call) -> u16 {
    u16::try_from(call.notes.len())
        .unwrap_or(u16::MAX)
        .saturating_add(u16::from(call.note.is_some()))
}

/// The lines beneath `inner`, from which they were taken.
fn notes_area(inner: Rect, height: u16) -> Rect {
    Rect {
        y: inner.bottom(),
        height,
        ..inner
    }
}

fn title(call: &Call) -> &'static str {
    match call.stage {
        Stage::Find => "",
        Stage::Customer => "a new customer",
        Stage::Card => "the caller",
        Stage::Issue => "a new incident",
        Stage::Incident if call.taken.last().is_some_and(|taken| taken.is_new) => {
            "the Tech Reference number"
        }
        Stage::Incident => "goes on with",
        Stage::WrapUp => "hanging up",
    }
}

/// The form that has the keys.
fn form(call: &Call) -> Option<&Form> {
    if call.note.is_some() {
        return call.note.as_ref();
    }
    match call.stage {
        Stage::Customer => call.customer.as_ref(),
        Stage::Issue => call.issue.as_ref().map(|(_, form)| form),
        Stage::WrapUp => call.wrap_up.as_ref(),
        Stage::Find | Stage::Card | Stage::Incident => None,
    }
}

/// Where the cursor belongs, after [`view`] has drawn into the same `area`.
pub fn cursor(model: &Model, look: &Look, area: Rect) -> Option<Position> {
    let call = model.call.as_ref()?;
    let mut nowhere = Buffer::empty(area);
    let inner = body(call, model, look, area, &mut nowhere);
    if let Some(note) = &call.note {
        let line = notes_area(inner, notes_height(call));
        return note.cursor(Rect {
            y: line.bottom().saturating_sub(1),
            height: 1,
            width: area.width,
            ..line
        });
    }
    match call.stage {
        Stage::Find => call.finder.cursor(inner),
        Stage::Issue => {
            let form = form(call)?;
            let height = form.height(inner.width).min(inner.height);
            form.cursor(Rect { height, ..inner })
        }
        _ => form(call)?.cursor(inner),
    }
}

/// The call in the footer: its timer and its caller, and how many are on hold.
pub fn footer(model: &Model, look: &Look) -> Option<String> {
    let running = model.call.as_ref().map(|call| {
        let who = call.who();
        let who = text::cut_with(&who, NAME, look.symbols.cut);
        let what = match &call.timer {
            Some(_) => format!(
                "{} call {}",
                look.symbols.soon,
                timer(call.seconds(model.now))
            ),
            None => "not saved:".to_owned(),
        };
        format!("{what} {who}").trim_end().to_owned()
    });
    let held = || model.held.calls.iter().filter_map(|call| call.timer);
    let longest = held().map(|timer| timer.this_hold(model.now)).max();
    let on_hold = longest.map(|longest| {
        let many = held().count();
        format!("{} {many} on hold {}", look.symbols.paused, timer(longest))
    });
    let parts: Vec<String> = running.into_iter().chain(on_hold).collect();
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
        return vec![("Enter", "take back"), ("j k", "choose"), ("Esc", "back")];
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
        Stage::Customer | Stage::Issue => form.to_vec(),
        Stage::WrapUp => {
            let mut keys = form.to_vec();
            keys.pop();
            keys.push(("Esc", "still talking"));
            keys
        }
        Stage::Card => {
            let goes_on = call.card.as_ref().and_then(super::card::Card::selected);
            let enter = if goes_on.is_some() {
                "go on with it"
            } else {
                "new incident"
            };
            vec![("Enter", enter), ("n", "new incident"), ("m", "note")]
        }
        Stage::Incident => vec![
            ("K", "has the number"),
            ("m", "note"),
            ("r", "respond"),
            ("d", "resolve"),
            ("n", "another"),
        ],
    };
    if matches!(call.stage, Stage::Card | Stage::Incident) {
        if call.is_live() {
            keys.extend([("H", "hold"), ("x", "hang up")]);
        }
        keys.push(("Esc", "back"));
    }
    keys
}
