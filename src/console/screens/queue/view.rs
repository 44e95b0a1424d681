//! How the queue looks: the views as tabs, the list, a preview of the selected incident.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::VIEWS;
use crate::calendar::Counted;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::screens::incident;
use crate::console::theme::Role;
use crate::console::widgets::countdown;
use crate::console::widgets::table::{self, Column};
use crate::incident::State;
use crate::store::Listed;
use crate::text;

const COLUMNS: [Column; 8] = [
    Column {
        title: "",
        min: 1,
        fill: 0,
        gives_way: 4,
        right: false,
    },
    Column {
        title: "number",
        min: 8,
        fill: 0,
        gives_way: 0,
        right: false,
    },
    Column {
        title: "customer",
        min: 14,
        fill: 2,
        gives_way: 1,
        right: false,
    },
    Column {
        title: "summary",
        min: 18,
        fill: 5,
        gives_way: 0,
        right: false,
    },
    Column {
        title: "severity",
        min: 8,
        fill: 0,
        gives_way: 5,
        right: false,
    },
    Column {
        title: "agent",
        min: 8,
        fill: 1,
        gives_way: 3,
        right: false,
    },
    Column {
        title: "policy",
        min: 14,
        fill: 0,
        gives_way: 6,
        right: false,
    },
    Column {
        title: "due",
        min: 22,
        fill: 0,
        gives_way: 0,
        right: false,
    },
];

/// Room of the preview, from the height that there is.
fn preview_height(area: Rect) -> u16 {
    match area.height {
        0..16 => 0,
        16..30 => 7,
        30..45 => 12,
        _ => 18,
    }
}

/// How many rows of the list fit into the body.
pub fn list_height(area: Rect) -> u16 {
    let [_, list, _] = parts(area);
    list.height.saturating_sub(1)
}

fn parts(area: Rect) -> [Rect; 3] {
    Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(preview_height(area)),
    ])
    .areas(area)
}

/// Draws the queue.
pub fn body(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let [tabs_area, list, preview_area] = parts(area);
    tabs(model, look, tabs_area, buf);
    let queue = &model.queue;
    if queue.rows.is_empty() {
        empty(model, look, list, buf);
        return;
    }
    let shown = queue.rows.iter().skip(queue.first);
    let selected = queue.at.checked_sub(queue.first);
    table::render(
        &COLUMNS,
        shown,
        selected,
        |row, column| cell(row, column, model, look),
        look,
        list,
        buf,
    );
    preview(model, look, preview_area, buf);
}

fn tabs(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let queue = &model.queue;
    let count = match queue.count {
        count if count > crate::console::request::MOST_COUNTED => {
            format!("{}+", crate::console::request::MOST_COUNTED)
        }
        count => count.to_string(),
    };
    let filter = if queue.filter.is_empty() {
        String::new()
    } else {
        format!("  / {}", text::visible(&queue.filter))
    };
    let all: usize = VIEWS.iter().map(|(title, _)| title.len() + 3).sum();
    if all + 8 + text::width(&filter) > usize::from(area.width) {
        let (title, _) = VIEWS.get(queue.view).copied().unwrap_or_default();
        let place = format!("{}/{}", queue.view + 1, VIEWS.len());
        Line::from(vec![
            Span::styled(title, look.style(Role::Title)),
            Span::styled(format!(" {count}"), look.style(Role::Accent)),
            Span::styled(format!("  {place}{filter}"), look.style(Role::Muted)),
        ])
        .render(area, buf);
        return;
    }
    let mut line = Line::default();
    for (place, (title, _)) in VIEWS.iter().enumerate() {
        if place == queue.view {
            line.push_span(Span::styled(
                format!("[{title} {count}]"),
                look.style(Role::Title),
            ));
        } else {
            line.push_span(Span::styled(format!(" {title} "), look.style(Role::Muted)));
        }
        line.push_span(Span::raw(" "));
    }
    line.push_span(Span::styled(filter, look.style(Role::Accent)));
    line.render(area, buf);
}

/// An empty list says what to do next.
fn empty(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let words: &[&str] = match (
        model.queue.loaded,
        model.queue.view,
        model.queue.filter.is_empty(),
    ) {
        (false, ..) => &["reading the desk…"],
        (true, _, false) => &["nothing matches the filter", "Esc takes it away"],
        (true, 0, true) => &[
            "nothing to do: the queue is empty",
            "press c when a caller rings, ? for all keys",
        ],
        (true, ..) => &["nothing in this view", "Left and Right lead to the others"],
    };
    for (word, y) in words
        .iter()
        .zip(area.top() + area.height / 3..area.bottom())
    {
        let x = area.left()
            + area
                .width
                .saturating_sub(u16::try_from(text::width(word)).unwrap_or(0))
                / 2;
        buf.set_stringn(x, y, *word, area.width.into(), look.style(Role::Muted));
    }
}

fn cell<'a>(row: &&'a Listed, column: usize, model: &Model, look: &Look) -> (Cow<'a, str>, Style) {
    let plain = look.style(Role::Text);
    let muted = look.style(Role::Muted);
    match column {
        0 if model.queue.changed.contains(&row.number) => {
            (look.symbols.changed.into(), look.style(Role::Warning))
        }
        0 => ("".into(), plain),
        1 => {
            let role = if row.number_given {
                Role::Accent
            } else {
                Role::Warning
            };
            (row.number.to_string().into(), look.style(role))
        }
        2 => (text::visible(&row.customer_name), plain),
        3 => (marked(row), plain),
        4 => (row.severity.as_deref().unwrap_or("").into(), plain),
        5 => (
            row.assignee.as_deref().map_or("-".into(), text::visible),
            muted,
        ),
        6 => (row.policy.as_str().into(), muted),
        _ => {
            let (words, role) = due(row, model, look);
            (words.into(), look.style(role))
        }
    }
}

/// The summary, after what marks the incident: its level on the ladder, that it is expedited, that its number was not
/// given.
fn marked(row: &Listed) -> Cow<'_, str> {
    let mut marks = String::new();
    if row.level > 0 {
        marks.push_str(&format!("[level {}] ", row.level));
    }
    if row.expedite {
        marks.push_str("[at once] ");
    }
    let summary = text::visible(&row.summary);
    if marks.is_empty() {
        summary
    } else {
        format!("{marks}{summary}").into()
    }
}

/// The countdown of a row: state by symbol and word.
pub fn due(row: &Listed, model: &Model, look: &Look) -> (String, Role) {
    let paused = look.symbols.paused;
    match (row.state, &row.next) {
        (State::Waiting, None) => match row.silence_at {
            Some(at) => {
                let left = countdown::countdown((at - model.now).num_seconds());
                (format!("{paused} waiting, {left}"), Role::Waiting)
            }
            None => (format!("{paused} waiting"), Role::Waiting),
        },
        (State::AwaitingAcceptance, None) => (format!("{paused} to accept"), Role::Paused),
        (State::AwaitingPayment, None) => (format!("{paused} payment"), Role::Paused),
        (_, Some((kind, counted, due_at))) => {
            let ruling = model.ruling(&row.policy);
            incident::clock_words(
                *kind,
                *counted,
                *due_at,
                ruling,
                row.office.as_deref(),
                model,
                look,
            )
        }
        (state, None) if state.is_open() => {
            let age = (model.now - row.opened_at).num_seconds().max(0);
            (format!("  age {}", age_words(age)), Role::Muted)
        }
        (state, None) => (
            format!("{} {}", look.symbols.good, state.word()),
            Role::Good,
        ),
    }
}

fn age_words(age: i64) -> String {
    match age {
        0..3_600 => format!("{}m", age / 60),
        3_600..172_800 => format!("{}h {:02}m", age / 3_600, age % 3_600 / 60),
        _ => format!("{}d", age / 86_400),
    }
}

/// In how many seconds a countdown that shows reads otherwise.
pub fn next_change(model: &Model) -> Option<i64> {
    let queue = &model.queue;
    let rows = queue.rows.iter().skip(queue.first).take(queue.height);
    rows.filter_map(|row| {
        let (_, counted, due_at) = row.next.as_ref()?;
        let left = match (counted, model.ruling(&row.policy)) {
            (Counted::Elapsed, _) | (_, None) => (*due_at - model.now).num_seconds(),
            (_, Some(ruling)) => {
                incident::time_left(
                    *counted,
                    *due_at,
                    Some(ruling),
                    row.office.as_deref(),
                    model.now,
                )
                .0
            }
        };
        Some(countdown::next_change(left))
    })
    .min()
}

/// Draws the preview of the selected incident.
fn preview(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let line = Rect { height: 1, ..area };
    let rule = look
        .symbols
        .border
        .horizontal_top
        .repeat(usize::from(area.width));
    buf.set_stringn(
        line.x,
        line.y,
        rule,
        line.width.into(),
        look.style(Role::Border),
    );
    let inner = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let shown = model.current().or(model.dossier.as_deref());
    if let Some(dossier) = shown.filter(|dossier| {
        model
            .queue
            .selected()
            .is_some_and(|row| row.number == dossier.incident.tech_ref)
    }) {
        incident::summary(dossier, model, look, inner, buf);
    }
}
