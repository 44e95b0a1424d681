//! How the calls look: those that run here, then those on record as a table.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::console::call::{self, Lines};
use crate::console::live;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::screens::preview;
use crate::console::theme::Role;
use crate::console::widgets::countdown::timer;
use crate::console::widgets::table::{self, Column};
use crate::incident::{acting, day_with_date};
use crate::store::{CallKind, ShiftCall};
use crate::text;

const COLUMNS: [Column; 7] = [
    Column::left("what", 6, 0, 0),
    Column::left("when", 5, 0, 0),
    Column::left("number", 8, 0, 0),
    Column::left("customer", 10, 2, 1),
    Column::left("about", 13, 5, 0),
    Column::left("length", 7, 0, 3),
    Column::left("agent", 8, 1, 2),
];

/// Lines that the calls that run here take at most.
const MOST_RUNNING: usize = 6;

/// From this width on the selected call is told in full under the table.
const WIDE: u16 = 110;
/// Lines that a call's words take there at most.
const MOST_ABOUT: usize = 4;

/// How many rows of the table fit.
pub fn height(model: &Model, area: Rect) -> usize {
    usize::from(list_area(model, area).height).saturating_sub(1)
}

/// Where the table stands, with its headings.
pub fn list_area(model: &Model, area: Rect) -> Rect {
    let [_, _, list, _] = parts(model, area);
    list
}

fn parts(model: &Model, area: Rect) -> [Rect; 4] {
    let running = call::call_lines(model).len() + live::ring_lines(model).len();
    let running = running.min(MOST_RUNNING);
    let running = u16::try_from(running.max(1) + 1).unwrap_or(1);
    let [title, running, rest] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(running),
        Constraint::Min(0),
    ])
    .areas(area);
    let [list, detail] = match area.width {
        ..WIDE => [rest, Rect { height: 0, ..rest }],
        _ => preview::split(rest, model.calls.calls.rows.len()),
    };
    [title, running, list, detail]
}

/// Draws the screen.
pub fn body(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let [title, running, list, detail] = parts(model, area);
    Lines::new(title, look, buf).put("Calls of the shift", Role::Title);
    let mut lines = Lines::new(running, look, buf);
    let own = call::call_lines(model);
    let rings = live::ring_lines(model);
    for (at, (length, who)) in rings.iter().take(MOST_RUNNING).enumerate() {
        let symbol = look.symbols.soon;
        // It answers what has rung longest.
        let answers = if at == 0 { ", F9 answers" } else { "" };
        lines.put(
            &format!("  {symbol} rings {}{answers}  {who}", timer(*length)),
            Role::Warning,
        );
    }
    for call in own.iter().take(MOST_RUNNING.saturating_sub(rings.len())) {
        let symbol = match call.role {
            Role::Running => look.symbols.soon,
            _ => look.symbols.paused,
        };
        let (state, time, who) = (call.state, timer(call.seconds), &call.who);
        lines.put(&format!("  {symbol} {state} {time}  {who}"), call.role);
    }
    if own.is_empty() && rings.is_empty() {
        lines.put(
            "  nobody is on the line here: c when a caller rings",
            Role::Muted,
        );
    }
    let calls = &model.calls.calls;
    if calls.rows.is_empty() {
        empty(calls.loaded, look, list, buf);
        return;
    }
    let shown = || calls.rows.iter().skip(calls.first);
    let mut columns = COLUMNS;
    // What it is and when are never cut, and take no more than that.
    for (at, column) in columns.iter_mut().enumerate().take(2) {
        let words = shown().take(list.height.into());
        let words = words.map(|row| text::width(&cell(&row, at, model, look).0));
        let widest = u16::try_from(words.max().unwrap_or(0)).unwrap_or(u16::MAX);
        column.min = column.min.max(widest);
    }
    table::render(
        &columns,
        shown(),
        calls.at.checked_sub(calls.first),
        |row, column| {
            let (words, role) = cell(row, column, model, look);
            (words, look.style(role))
        },
        look,
        list,
        buf,
    );
    if let Some(call) = calls.selected().filter(|_| !detail.is_empty()) {
        draw(
            call,
            model,
            look,
            preview::under_rule(look, detail, buf),
            buf,
        );
    }
}

/// Draws the whole of a call, and of its incident what matters most.
fn draw(call: &ShiftCall, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let (what, role) = what(call.what, look);
    let at = call.at.with_timezone(&model.zone);
    let length = (call.seconds > 0).then(|| timer(call.seconds));
    let parts = [
        Some(what.trim_start().to_owned()),
        Some(format!(
            "{} {}",
            day_with_date(call.at, model.now, model.zone),
            at.format("%Z")
        )),
        length,
        call.agent.clone(),
        call.customer.clone().filter(|_| call.number.is_none()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let mut lines = Lines::new(area, look, buf);
    lines.put(&parts.join(&format!(" {} ", look.symbols.separator)), role);
    // What is still to be done has no words of its own.
    if !matches!(call.what, CallKind::Appointment | CallKind::Callback) {
        let about = text::wrap(&call.about, area.width.into());
        for line in about.iter().take(MOST_ABOUT) {
            lines.put(line, Role::Text);
        }
    }
    lines.gap();
    if let Some(number) = call.number {
        preview::incident(number, model, look, lines.rest, buf);
    }
}

/// An empty list says what to do next.
fn empty(loaded: bool, look: &Look, area: Rect, buf: &mut Buffer) {
    let words: &[&str] = match loaded {
        false => &["reading the desk…"],
        true => &[
            "no calls yet today, nothing arranged, nobody to call back",
            "b on an incident arranges a call; F1 leads to the queue",
        ],
    };
    let mut lines = Lines::new(area, look, buf);
    for word in words {
        lines.wrapped(word, Role::Muted);
    }
}

fn cell<'a>(
    row: &&'a ShiftCall,
    column: usize,
    model: &Model,
    look: &Look,
) -> (Cow<'a, str>, Role) {
    let late = row.what == CallKind::Appointment && row.at <= model.now;
    match column {
        0 if late => (format!("{} due", look.symbols.missed).into(), Role::Missed),
        0 => what(row.what, look),
        1 => (when(row.at, model).into(), Role::Text),
        2 => {
            let number = row.number.map(|number| number.to_string());
            (number.unwrap_or_default().into(), Role::Accent)
        }
        3 => (
            row.customer.as_deref().map_or("-".into(), text::visible),
            Role::Text,
        ),
        4 => (text::visible(&row.about), Role::Text),
        5 if row.seconds > 0 => (timer(row.seconds).into(), Role::Muted),
        5 => ("".into(), Role::Muted),
        _ => (
            row.agent
                .as_deref()
                .map_or("-".into(), |agent| text::visible(acting(agent).0)),
            Role::Muted,
        ),
    }
}

/// The time today, else with its date: what is past and what is to come must not look the same. In another year the
/// year matters more than the time.
fn when(at: DateTime<Utc>, model: &Model) -> String {
    let (local, today) = (
        at.with_timezone(&model.zone),
        model.now.with_timezone(&model.zone),
    );
    let form = match local.date_naive() == today.date_naive() {
        true => "%H:%M",
        false if local.year() == today.year() => "%-d %b %H:%M",
        false => "%-d %b %Y",
    };
    local.format(form).to_string()
}

fn what(what: CallKind, look: &Look) -> (Cow<'static, str>, Role) {
    match what {
        CallKind::Appointment => (
            format!("{} arranged", look.symbols.running).into(),
            Role::Title,
        ),
        CallKind::Callback => (
            format!("{} call back", look.symbols.changed).into(),
            Role::Warning,
        ),
        CallKind::In => ("  call".into(), Role::Muted),
        CallKind::Out => ("  called".into(), Role::Muted),
        CallKind::Attempt => ("  not reached".into(), Role::Muted),
        // Why there is no incident.
        CallKind::Loose(reason) => (format!("  {}", reason.word()).into(), Role::Muted),
    }
}
