//! The timeline as lines: under each day its entries, oldest first.

use std::borrow::Cow;

use chrono::{NaiveDate, TimeDelta};
use ratatui::text::Line;

use super::span;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::screens::clocks;
use crate::console::theme::Role;
use crate::incident::{
    ClockKind, Ending, Event, Recorded, acting, acting_in_words, describe_in, hours_in_words,
};
use crate::store::Dossier;
use crate::text;

/// Columns of the time of day and the gap behind it.
const TIME: usize = 7;
/// Columns of a day and a time near today, and the gap behind them.
const NEAR: usize = 12;
/// The most columns that agents' names take.
const AGENT: usize = 14;
/// An entry made so much later than it happened says so.
const LATER: TimeDelta = TimeDelta::minutes(5);

/// Every entry, wrapped to `width` columns.
pub(super) fn lines(
    dossier: &Dossier,
    model: &Model,
    look: &Look,
    width: u16,
) -> Vec<Line<'static>> {
    let agent = agents(dossier, acting_in_words);
    let indent = TIME + agent + 2;
    let room = usize::from(width).saturating_sub(indent).max(10);
    let mut lines = Vec::new();
    let mut day: Option<NaiveDate> = None;
    for entry in &dossier.timeline {
        let at = entry.at.with_timezone(&model.zone);
        if day.replace(at.date_naive()) != Some(at.date_naive()) {
            let words = at.format("%A %-d %B %Y").to_string();
            lines.push(Line::from(span(&words, Role::Label, look)));
        }
        let words = format!("{}{}", describe_in(&entry.event, model.zone), later(entry));
        let role = role(&entry.event);
        for (place, piece) in text::wrap(&words, room).into_iter().enumerate() {
            let before = if place == 0 {
                format!(
                    "{}  {}  ",
                    at.format("%H:%M"),
                    text::fit(&acting_in_words(&entry.agent), agent)
                )
            } else {
                " ".repeat(indent)
            };
            lines.push(Line::from(vec![
                span(&before, Role::Muted, look),
                span(&piece, role, look),
            ]));
        }
    }
    lines
}

/// The newest entries that somebody made, oldest first, in a room of so many columns and lines: what only followed is left
/// out. Each has a line, and those after it what is left of them: the newest are told whole before older ones are.
pub(super) fn newest(
    dossier: &Dossier,
    model: &Model,
    look: &Look,
    (width, height): (u16, usize),
) -> Vec<Line<'static>> {
    let made = |entry: &&Recorded| {
        match entry.event {
            // What was promised to the customer did not only follow.
            Event::ClockStarted { clock, .. } => {
                matches!(clock, ClockKind::Estimate | ClockKind::Appointment)
            }
            Event::ClockPaused { .. } | Event::ClockResumed { .. } | Event::ClockStopped { .. } => {
                false
            }
            _ => true,
        }
    };
    let newest = dossier.timeline.iter().filter(made).rev().take(height);
    let mut newest: Vec<&Recorded> = newest.collect();
    newest.reverse();
    let agent = agents(dossier, |recorded| acting(recorded).0.into());
    let indent = NEAR + agent + 2;
    let room = usize::from(width).saturating_sub(indent).max(10);
    let mut spare = height.saturating_sub(newest.len());
    let mut told: Vec<Vec<String>> = Vec::new();
    for entry in newest.iter().rev() {
        let words = describe_in(&entry.event, model.zone);
        let whole = text::wrap(&words, room);
        let more = whole.len().saturating_sub(1);
        let cut = || text::cut_with(&words.replace('\n', " "), room, look.symbols.cut).into_owned();
        told.push(match spare.checked_sub(more) {
            Some(left) => {
                spare = left;
                whole
            }
            None => vec![cut()],
        });
    }
    let mut lines = Vec::new();
    for (entry, pieces) in newest.iter().zip(told.iter().rev()) {
        let at = text::fit(&clocks::near(entry.at, model.now, model.zone), NEAR);
        let mut before = format!("{at}{}  ", text::fit(acting(&entry.agent).0, agent));
        for piece in pieces {
            lines.push(Line::from(vec![
                span(&before, Role::Muted, look),
                span(piece, role(&entry.event), look),
            ]));
            before = " ".repeat(indent);
        }
    }
    lines
}

/// Columns that the names of those who made the entries take.
fn agents(dossier: &Dossier, shown: fn(&str) -> Cow<'_, str>) -> usize {
    let widths = dossier
        .timeline
        .iter()
        .map(|entry| text::width(&text::visible(&shown(&entry.agent))));
    widths.max().unwrap_or(0).min(AGENT)
}

/// Says of an entry that it was made afterwards.
fn later(entry: &Recorded) -> String {
    let later = entry.recorded_at - entry.at;
    if later < LATER {
        return String::new();
    }
    format!(" (recorded {} later)", hours_in_words(later.num_seconds()))
}

fn role(event: &Event) -> Role {
    match event {
        Event::ClockStopped {
            ending: Ending::Missed,
            ..
        } => Role::Missed,
        Event::ClockStopped {
            ending: Ending::Met,
            ..
        }
        | Event::Resolved(_) => Role::Good,
        Event::Escalated { .. } | Event::PaymentAsked { .. } | Event::Reopened { .. } => {
            Role::Warning
        }
        Event::ClockStarted { .. }
        | Event::ClockMoved { .. }
        | Event::ClockPaused { .. }
        | Event::ClockResumed { .. }
        | Event::ClockStopped { .. } => Role::Muted,
        _ => Role::Text,
    }
}
