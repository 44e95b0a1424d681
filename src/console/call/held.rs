//! Calls on hold: several at once, each with its time.

use crossterm::event::{Event, KeyCode};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::lines::Lines;
use super::{Call, Next};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::msg::Effect;
use crate::console::theme::Role;
use crate::console::widgets::countdown::timer;
use crate::console::widgets::message::Kind;
use crate::text;

/// The calls that are not talked on now.
#[derive(Default)]
pub struct Held {
    /// Those on hold, the longest first; and what is being logged without a call, while a call came between.
    pub calls: Vec<Call>,
    /// The one that would be taken back.
    pub(super) at: usize,
    /// How many calls there were, which tells them apart.
    pub(super) begun: u64,
}

impl Held {
    /// A call waits: who has hung up and turned to something else is not still talking.
    pub(super) fn wait(&mut self, call: Call) {
        let may_go_on = false;
        self.calls.push(Call { may_go_on, ..call });
    }

    /// Callers first, who has been on hold longest before the others; then wrap-ups; last what is typed in without a call.
    pub(super) fn sort(&mut self) {
        self.calls.sort_by_key(|call| {
            let since = call.timer.and_then(|timer| timer.held_since());
            (!call.is_live(), call.ended_at.is_some(), since)
        });
    }

    /// How many wait in a wrap-up that is not filled in.
    pub(super) fn wrap_ups(&self) -> usize {
        self.calls
            .iter()
            .filter(|call| call.ended_at.is_some())
            .count()
    }
}

/// Drops what is typed in without a call, once that was asked.
pub(super) fn drop_draft(model: &mut Model) -> Vec<Effect> {
    super::show(model);
    let Some(call) = &mut model.call else {
        return Vec::new();
    };
    let who = call.who();
    // Where letters are text, it is the chord that drops.
    let key = if call.takes_text() { "Ctrl-X" } else { "x" };
    if !call.is_done() && !std::mem::replace(&mut call.drops, true) {
        let words = match who.trim() {
            "" => "what was typed for a new incident".to_owned(),
            who => format!("what was typed for {who}"),
        };
        model.say(
            Kind::Warning,
            format!("{words} is not saved: {key} once more drops it"),
        );
        return crate::console::update::look_at_selected(model);
    }
    if let Some(card) = &call.card {
        model.drafts.forget(&card.draft());
    }
    let words = match call.is_done() {
        true => "nothing was to be saved",
        false => "dropped: nothing of it is kept",
    };
    model.call = None;
    super::hide(model);
    model.say(Kind::Done, words);
    crate::console::update::look_at_selected(model)
}

/// What an event comes to while one of several calls is chosen.
pub(super) fn update(model: &mut Model, event: &Event) -> Next {
    let Event::Key(key) = event else {
        return Next::Go(Vec::new());
    };
    let held = &mut model.held;
    match key.code {
        KeyCode::Down | KeyCode::Char('j') => {
            held.at = (held.at + 1).min(held.calls.len().saturating_sub(1));
            Next::Go(Vec::new())
        }
        KeyCode::Up | KeyCode::Char('k') => {
            held.at = held.at.saturating_sub(1);
            Next::Go(Vec::new())
        }
        KeyCode::Enter | KeyCode::Char('H') => {
            let at = held.at;
            Next::Go(super::take_back(model, at))
        }
        KeyCode::Char('x') => Next::Go(drop_selected(model)),
        KeyCode::Esc => Next::Leave,
        _ => Next::Table(*key),
    }
}

/// Drops the selected one, where it is no caller's.
fn drop_selected(model: &mut Model) -> Vec<Effect> {
    let at = model.held.at;
    if model.held.calls.get(at).is_none_or(Call::is_live) {
        model.say(
            Kind::Warning,
            "somebody is on the line: Enter takes the call back, then x hangs up",
        );
        return Vec::new();
    }
    // It is dropped where it shows, so that nothing unseen is lost.
    super::take_back(model, at);
    drop_draft(model)
}

/// Draws the calls on hold.
pub(super) fn view(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut lines = Lines::new(area, look, buf);
    lines.put("Which one is taken back?", Role::Title);
    lines.gap();
    for (place, call) in model.held.calls.iter().enumerate() {
        let selected = place == model.held.at;
        let mark = if selected { look.symbols.selected } else { " " };
        let time = match &call.timer {
            Some(_) if call.ended_at.is_some() => {
                format!(
                    "wrap-up to fill in, call {}",
                    timer(call.seconds(model.now))
                )
            }
            Some(time) => format!(
                "{} on hold {}, call {}",
                look.symbols.paused,
                timer(time.this_hold(model.now)),
                timer(time.seconds(model.now))
            ),
            None => "no call, not saved yet".to_owned(),
        };
        let numbers: Vec<String> = call
            .taken
            .iter()
            .map(|taken| taken.number.to_string())
            .collect();
        let line = format!(
            "{mark} {} {} {}",
            text::fit(&call.who(), 28),
            text::fit(&time, 34),
            numbers.join(" ")
        );
        let role = if selected { Role::Selected } else { Role::Text };
        lines.put(&line, role);
    }
}
