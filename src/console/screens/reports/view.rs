//! How the reports look: the ranges as tabs, then a panel for each section, its chart on the left, its figures on the
//! right.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{RANGES, wanted};
use crate::console::call::Lines;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::chart;
use crate::console::widgets::table::{self, Column};
use crate::report::{ALL, NOTHING, Row, Section, Value};
use crate::text;
use crate::when::city;

/// The least lines of a panel: its title, and a chart in which bars can be told apart.
const LEAST: u16 = 10;
/// From so many columns on two panels stand side by side.
const WIDE: u16 = 150;
/// Labels give so many columns of theirs to no figure.
const LABELS: [usize; 2] = [16, 18];
/// Figures that give way before the others, the first of these first: what a mean, a share or a sum is read without.
const FIRST_TO_GO: [&str; 7] = [
    "p99",
    "no_target",
    "called_off",
    "replaced",
    "missed_open",
    "running",
    "open",
];
/// The least columns of a chart beside a table that wants more than there is.
const CHART: u16 = 19;

/// Draws the screen.
pub fn body(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let [title, rest] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
    head(model, look, title, buf);
    let screen = &model.reports;
    if screen
        .sections
        .iter()
        .all(|section| section.rows.is_empty())
    {
        empty(model, look, rest, buf);
        return;
    }
    for (place, panel) in panels(screen.at, screen.sections.len(), rest) {
        if let Some(section) = screen.sections.get(place) {
            draw(section, place == screen.at, look, panel, buf);
        }
    }
}

/// How many panels stand side by side, and how many one under the other.
pub(super) fn grid(width: u16, height: u16) -> (usize, usize) {
    let columns = if width < WIDE { 1 } else { 2 };
    (columns, usize::from(height / LEAST).max(1))
}

/// Where the panels are that show, so that the selected one is among them.
fn panels(selected: usize, count: usize, area: Rect) -> Vec<(usize, Rect)> {
    let (columns, rows) = grid(area.width, area.height);
    let first = table::first_row(0, selected / columns, rows) * columns;
    let lines = Layout::vertical(vec![Constraint::Fill(1); rows]).split(area);
    let rooms = lines.iter().flat_map(|line| {
        let side = Layout::horizontal(vec![Constraint::Fill(1); columns]).spacing(2);
        side.split(*line).to_vec()
    });
    (first..count).zip(rooms).collect()
}

fn head(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut line = Line::default();
    for (place, (title, _)) in RANGES.iter().enumerate() {
        let (words, role) = match place == model.reports.range {
            true => (format!("[{title}] "), Role::Title),
            false => (format!(" {title}  "), Role::Muted),
        };
        line.push_span(Span::styled(words, look.style(role)));
    }
    let wanted = wanted(model);
    let (by, days, whose) = (wanted.by.word(), wanted.period(), city(wanted.zone));
    let words = format!(" by {by}, {days}, {whose}");
    line.push_span(Span::styled(words, look.style(Role::Text)));
    line.render(area, buf);
}

/// A screen without figures says what to do next.
fn empty(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let words: &[&str] = match model.reports.sections.is_empty() {
        true => &["counting…"],
        false => &[
            NOTHING,
            "Left and Right choose another range; c takes a call, n logs an incident without one",
        ],
    };
    let mut lines = Lines::new(area, look, buf);
    lines.gap();
    for word in words {
        lines.wrapped(word, Role::Muted);
    }
}

/// Draws a panel; its last line stays empty.
fn draw(section: &Section, selected: bool, look: &Look, area: Rect, buf: &mut Buffer) {
    let [head, rest, _] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(1),
    ])
    .areas(area);
    let mark = if selected { look.symbols.selected } else { " " };
    let title = Line::from(vec![
        Span::styled(format!("{mark} "), look.style(Role::Accent)),
        Span::styled(section.title, look.style(Role::Title)),
        Span::raw(" "),
        Span::styled(
            look.symbols.border.horizontal_top.repeat(head.width.into()),
            look.style(Role::Border),
        ),
    ]);
    title.render(head, buf);
    if section.rows.is_empty() {
        let style = look.style(Role::Muted);
        buf.set_stringn(rest.x + 2, rest.y, NOTHING, rest.width.into(), style);
        return;
    }
    let charts: Vec<_> = section
        .charts
        .iter()
        .filter(|chart| !chart.is_empty())
        .collect();
    let [left, right] = match charts.as_slice() {
        [] => [Rect { width: 0, ..rest }, rest],
        [one, ..] if !chart::stands(one) => [rest, Rect { width: 0, ..rest }],
        // Figures before bars.
        _ if kept_width(section) + 2 + CHART > rest.width => [Rect { width: 0, ..rest }, rest],
        _ => {
            let bars = charts.iter().map(|chart| chart.bars.len()).max();
            let bars = u16::try_from(bars.unwrap_or(0)).unwrap_or(u16::MAX);
            // The table has all it wants, as long as the chart can be read beside it.
            let spare = rest.width.saturating_sub(wanted_width(section) + 2);
            let least = CHART.max(bars.saturating_add(4)).min(rest.width / 2);
            let left = spare.min(rest.width / 2).max(least);
            Layout::horizontal([Constraint::Length(left), Constraint::Fill(1)])
                .spacing(2)
                .areas(rest)
        }
    };
    let inner = Rect {
        x: left.x + 2.min(left.width),
        width: left.width.saturating_sub(2),
        ..left
    };
    for (chart, room) in charts.iter().zip(rooms(charts.len(), inner)) {
        chart::render(chart, look, room, buf);
    }
    figures(section, look, right, buf);
}

/// Where so many charts stand: side by side as far as they have room there, and under one another as far as they have
/// that.
fn rooms(count: usize, area: Rect) -> Vec<Rect> {
    let across = usize::from(area.width / chart::LEAST).clamp(1, count.max(1));
    let down = usize::from(area.height / chart::LOWEST).clamp(1, count.div_ceil(across).max(1));
    let lines = Layout::vertical(vec![Constraint::Fill(1); down]).split(area);
    let rooms = lines.iter().flat_map(|line| {
        let side = Layout::horizontal(vec![Constraint::Fill(1); across]).spacing(2);
        side.split(*line).to_vec()
    });
    rooms.collect()
}

/// The figures as a table, those of all together first; where the room runs short, the last figure stays longest
/// but for those of [`FIRST_TO_GO`].
fn figures(section: &Section, look: &Look, area: Rect, buf: &mut Buffer) {
    let shown = usize::from(area.height).saturating_sub(1);
    let of_all = |row: &&Row| row.labels.first().is_some_and(|label| label == ALL);
    let (all, others): (Vec<&Row>, Vec<&Row>) = section.rows.iter().partition(of_all);
    let rows: Vec<&Row> = all.into_iter().chain(others).take(shown).collect();
    let (columns, places) = columns(section, &rows);
    let cell = |row: &&Row, column: usize| {
        let (words, role): (Cow<'_, str>, _) = match places.get(column) {
            Some(Cell::Label(place)) => {
                let label = row.labels.get(*place).cloned();
                (label.unwrap_or_default().into(), Role::Text)
            }
            Some(Cell::Value(place)) => (value(row, *place).into(), Role::Accent),
            None => ("".into(), Role::Text),
        };
        (words, look.style(role))
    };
    table::render(&columns, rows.iter().copied(), None, cell, look, area, buf);
    let below = section.rows.len().saturating_sub(shown);
    let beside = columns
        .len()
        .saturating_sub(table::places(&columns, area.width).len());
    let column = if beside == 1 {
        "column more"
    } else {
        "columns more"
    };
    let hidden = [(below, "more"), (beside, column)];
    let hidden = hidden.iter().filter(|(many, _)| *many > 0);
    let hidden: Vec<String> = hidden
        .map(|(many, what)| format!("{many} {what}"))
        .collect();
    if !hidden.is_empty() && area.width > 0 {
        let words = format!("  {}: Enter shows all", hidden.join(", "));
        let style = look.style(Role::Muted);
        buf.set_stringn(area.x, area.bottom(), words, area.width.into(), style);
    }
}

/// The columns that a section's whole table takes.
fn wanted_width(section: &Section) -> u16 {
    width_of(section, u8::MAX)
}

/// The columns that it takes without those of [`FIRST_TO_GO`].
fn kept_width(section: &Section) -> u16 {
    let first = u8::try_from(FIRST_TO_GO.len()).unwrap_or(u8::MAX);
    width_of(section, u8::MAX - first)
}

/// The columns of its table that give way as `last` does or later.
fn width_of(section: &Section, last: u8) -> u16 {
    let rows: Vec<&Row> = section.rows.iter().collect();
    let (columns, _) = columns(section, &rows);
    let kept = columns.iter().filter(|column| column.gives_way <= last);
    let widths = kept.map(|column| column.min + column.fill + 1);
    // The marker's two, less the gap behind the last column.
    widths.fold(1, u16::saturating_add)
}

/// The columns for these rows: labels, then figures.
fn columns(section: &Section, rows: &[&Row]) -> (Vec<Column>, Vec<Cell>) {
    let widest = |cells: &mut dyn Iterator<Item = usize>| cells.max().unwrap_or(0);
    let narrow = |width: usize| u16::try_from(width).unwrap_or(u16::MAX);
    let mut columns = Vec::new();
    let mut places = Vec::new();
    for (place, (title, least)) in section.labels.into_iter().zip(LABELS).enumerate() {
        if title.is_empty() {
            continue;
        }
        let label = |row: &&Row| row.labels.get(place).map_or(0, |label| text::width(label));
        let width = widest(&mut rows.iter().map(label)).max(title.len());
        columns.push(Column {
            title,
            min: narrow(width.min(least)),
            // Of what is left over it takes what it lacks.
            fill: narrow(width.saturating_sub(least)),
            gives_way: 1,
            right: false,
        });
        places.push(Cell::Label(place));
    }
    let last = section.figures.len().saturating_sub(1);
    for (place, figure) in section.figures.iter().enumerate() {
        let words = |row: &&Row| text::width(&value(row, place));
        let width = widest(&mut rows.iter().map(words)).max(figure.title.len());
        let goes = FIRST_TO_GO.iter().position(|name| *name == figure.name);
        let gives_way = match goes {
            Some(goes) => usize::from(u8::MAX) - goes,
            None if place == last => 0,
            None => place + 2,
        };
        columns.push(Column {
            title: figure.title,
            min: narrow(width),
            fill: 0,
            gives_way: u8::try_from(gives_way).unwrap_or(u8::MAX),
            right: true,
        });
        places.push(Cell::Value(place));
    }
    (columns, places)
}

/// What a column of the table shows.
enum Cell {
    Label(usize),
    Value(usize),
}

fn value(row: &Row, place: usize) -> String {
    row.values.get(place).map_or_else(String::new, Value::words)
}
