//! One incident: the facts, every clock with a bar, the whole timeline.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::calendar::{Counted, Status};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::view::countdown_words;
use crate::incident::{ClockKind, TechRef};
use crate::store::{Dossier, Ruling};

/// The state of the screen.
#[derive(Debug, Clone)]
pub struct IncidentScreen {
    /// Which incident.
    pub number: TechRef,
    /// How far the timeline is scrolled.
    pub first: usize,
}

impl IncidentScreen {
    /// An incident from its beginning.
    pub fn new(number: TechRef) -> Self {
        Self { number, first: 0 }
    }

    /// Scrolls the timeline.
    pub fn scroll(&mut self, rows: isize) {
        self.first = self.first.saturating_add_signed(rows);
    }
}

/// Draws the incident.
pub fn view(screen: &IncidentScreen, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let _ = screen;
    if let Some(dossier) = model.current() {
        summary(dossier, model, look, area, buf);
    }
}

/// Draws what matters most of an incident in as many lines as there are.
pub fn summary(dossier: &Dossier, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let _ = model;
    let incident = &dossier.incident;
    let lines = [
        format!("{}  {}", incident.tech_ref, dossier.customer.name),
        incident.summary.clone(),
    ];
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        buf.set_stringn(
            area.x,
            y,
            crate::text::visible(line),
            area.width.into(),
            look.style(Role::Text),
        );
    }
}

/// Seconds left of a clock in its own kind of time, negative when it is missed; and when it counts on, if the desk is
/// closed now and it stands still.
pub fn time_left(
    counted: Counted,
    due_at: DateTime<Utc>,
    ruling: Option<&Arc<Ruling>>,
    office: Option<&str>,
    now: DateTime<Utc>,
) -> (i64, Option<DateTime<Utc>>) {
    let calendar = ruling.and_then(|ruling| ruling.deadlines.calendar(office).ok().flatten());
    match calendar.filter(|_| counted != Counted::Elapsed && now <= due_at) {
        Some(calendar) => {
            let opens = match calendar.status(now) {
                Status::Closed { opens, .. } => opens,
                Status::Open { .. } => None,
            };
            (calendar.open_seconds(now, due_at), opens)
        }
        None => ((due_at - now).num_seconds(), None),
    }
}

/// A clock in a few words, with the role that they have.
pub fn clock_words(
    kind: ClockKind,
    counted: Counted,
    due_at: DateTime<Utc>,
    ruling: Option<&Arc<Ruling>>,
    office: Option<&str>,
    model: &Model,
    look: &Look,
) -> (String, Role) {
    let soon = ruling.map_or(3_600, |ruling| ruling.policy.due_soon.nominal_seconds());
    let (left, opens) = time_left(counted, due_at, ruling, office, model.now);
    let (words, role) = match opens {
        Some(opens) => {
            let opens = opens.with_timezone(&model.zone).format("%a %H:%M");
            (
                format!("{} closed, {opens}", look.symbols.paused),
                Role::Paused,
            )
        }
        None => countdown_words(left, soon, look),
    };
    match kind {
        ClockKind::Response => (words, role),
        other => (format!("{words} {}", other.word()), role),
    }
}
