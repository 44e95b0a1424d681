//! How the queue looks: the views as tabs, the list, a preview of the selected incident.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use super::{Queue, tabs};
use crate::console::filter;
use crate::console::live;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::screens::clocks::{self, Running};
use crate::console::screens::preview;
use crate::console::theme::Role;
use crate::console::widgets::table::{self, Column};
use crate::incident::ClockKind;
use crate::store::Listed;
use crate::text;

/// What a column shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Changed,
    Number,
    Customer,
    Summary,
    Severity,
    Agent,
    Policy,
    Due,
}

/// A column as it is told in [`COLUMNS`].
type Told = (Cell, &'static str, u16, u16, u8);

/// The columns: what each shows, its title, its least width, its share of what is left, and when it gives way.
const COLUMNS: [Told; 8] = [
    (Cell::Changed, "", 1, 0, 4),
    (Cell::Number, "number", 8, 0, 0),
    (Cell::Customer, "customer", 13, 2, 1),
    (Cell::Summary, "summary", 18, 5, 0),
    (Cell::Severity, "severity", 8, 0, 3),
    (Cell::Agent, "agent", 8, 1, 5),
    (Cell::Policy, "policy", 14, 0, 6),
    (Cell::Due, "due", 25, 0, 0),
];

/// Stands behind a number that its caller was not given.
pub const NOT_GIVEN: &str = "?";

/// The room that the summary has before any column that gives way from [`ASIDE`] on, and before it has to do with less.
const ROOMY: u16 = 26;
const ASIDE: u8 = 4;

/// The widths that the countdowns get, the least that has room for those on the screen: they tick, and the columns beside
/// them must not jump for each.
const DUE: [u16; 5] = [17, 21, 25, 32, 39];

/// What the columns of a row show, each with its style. It is found out once a frame: how wide it is says how wide the
/// columns are.
type Cells<'a> = [(Cow<'a, str>, Style); COLUMNS.len()];

/// The columns that tell something at this desk: severities where a policy has them and a row has one, policies where
/// there are several. What is in them says how wide they are: what one leaves is the summary's. With each
/// its place among [`COLUMNS`].
fn columns(model: &Model, cells: &[Cells<'_>], width: u16) -> (Vec<usize>, Vec<Column>) {
    let queue = &model.queue;
    let rows = || queue.rows.iter().skip(queue.first).take(queue.height);
    let rulings = model.desk.as_ref().map_or(&[][..], |desk| &desk.rulings);
    let severities = rulings
        .iter()
        .any(|ruling| !ruling.policy.severities.is_empty());
    let tells = |cell| match cell {
        Cell::Severity => severities && rows().any(|row| row.severity.is_some()),
        Cell::Policy => rulings.len() > 1,
        _ => true,
    };
    let column = |(at, (shows, title, min, fill, gives_way)): (usize, Told)| {
        let widest = cells.iter().take(queue.height);
        let widest = widest.filter_map(|cells| cells.get(at));
        let widest = widest.map(|(words, _)| text::width(words));
        let widest = u16::try_from(widest.max().unwrap_or_default()).unwrap_or(u16::MAX);
        let widest = widest.max(u16::try_from(title.len()).unwrap_or_default());
        let (min, fill) = match shows {
            Cell::Changed | Cell::Summary => (min, fill),
            Cell::Number => (widest, fill),
            Cell::Due => (
                DUE.into_iter().find(|due| widest <= *due).unwrap_or(min),
                fill,
            ),
            // Nothing is gained by more room than what is longest takes.
            Cell::Customer | Cell::Agent if widest > min => (min, fill),
            _ => (widest, 0),
        };
        let column = Column {
            title,
            min,
            fill,
            gives_way,
            right: false,
        };
        (at, column)
    };
    let told = COLUMNS.into_iter().enumerate();
    let told = told.filter(|(_, (cell, ..))| tells(*cell));
    let (shown, columns): (Vec<usize>, Vec<Column>) = told.map(column).unzip();
    let roomy: Vec<Column> = columns
        .iter()
        .zip(&shown)
        .map(|(column, at)| match COLUMNS.get(*at) {
            Some((Cell::Summary, ..)) => Column {
                min: ROOMY,
                ..*column
            },
            _ => *column,
        })
        .collect();
    let places = table::places(&roomy, width);
    let is_kept = |at: usize| places.iter().any(|place| place.column == at);
    let costs = columns.iter().enumerate();
    let costs = costs.filter(|(at, column)| column.gives_way < ASIDE && !is_kept(*at));
    match costs.count() {
        0 => (shown, roomy),
        _ => (shown, columns),
    }
}

/// How many rows of the list fit into the body.
pub fn list_height(queue: &Queue, area: Rect) -> u16 {
    list_area(queue, area).height.saturating_sub(1)
}

/// Where the list stands, with its headings.
pub fn list_area(queue: &Queue, area: Rect) -> Rect {
    let [_, list, _] = parts(queue, area);
    list
}

fn parts(queue: &Queue, area: Rect) -> [Rect; 3] {
    let [tabs, rest] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
    let [list, preview] = preview::split(rest, queue.rows.len());
    [tabs, list, preview]
}

/// Draws the queue.
pub fn body(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let queue = &model.queue;
    let [tabs, list, preview] = parts(queue, area);
    tabs::draw(queue, look, tabs, buf);
    if queue.rows.is_empty() || filter::has_mistake(model) {
        empty(model, look, list, buf);
        return;
    }
    let shown = queue.rows.iter().skip(queue.first);
    let selected = queue.at.checked_sub(queue.first);
    let cells: Vec<Cells<'_>> = shown
        .take(list.height.into())
        .map(|row| COLUMNS.map(|(shows, ..)| cell(row, shows, model, look)))
        .collect();
    let (shown, columns) = columns(model, &cells, list.width);
    table::render(
        &columns,
        &cells,
        selected,
        |row, column| match shown.get(column).and_then(|at| row.get(*at)) {
            Some((words, style)) => (Cow::Borrowed(words.as_ref()), *style),
            None => ("".into(), Style::new()),
        },
        look,
        list,
        buf,
    );
    if let Some(row) = queue.selected().filter(|_| !preview.is_empty()) {
        let inner = preview::under_rule(look, preview, buf);
        preview::incident(row.number, model, look, inner, buf);
    }
}

/// An empty list says what to do next.
fn empty(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let queue = &model.queue;
    let hint = queue.unknown.clone().or_else(|| {
        let words = &model.desk.as_ref()?.words;
        queue.query(model.scope()).ok()?.hint(words)
    });
    let view = queue.views().nth(queue.view).map(|(title, _)| title);
    let in_view = view.filter(|_| queue.view > 0).map(text::visible);
    let (nothing, elsewhere);
    let words: &[&str] = match (queue.loaded, in_view, queue.filter.is_empty()) {
        _ if filter::has_mistake(model) => &["the filter cannot be read yet"],
        (false, ..) => &["reading the desk…"],
        (true, in_view, false) => {
            nothing = match &in_view {
                Some(view) => format!("nothing in the view {view} matches the filter"),
                None => "nothing matches the filter".to_owned(),
            };
            elsewhere = hint.unwrap_or_else(|| match in_view {
                Some(_) => {
                    "the view narrows too: Left and Right lead to All open and others".to_owned()
                }
                None => "is:any looks among those that have ended too".to_owned(),
            });
            &[&nothing, &elsewhere, "Esc takes it away"]
        }
        (true, None, true) => &[
            "nothing to do: the queue is empty",
            "press c when a caller rings, ? for all keys",
        ],
        (true, Some(_), true) => &["nothing in this view", "Left and Right lead to the others"],
    };
    let room = usize::from(area.width).saturating_sub(4).max(1);
    let lines = words.iter().filter(|words| !words.is_empty());
    let lines = lines.flat_map(|words| text::wrap(words, room));
    for (line, y) in lines.zip(area.top() + area.height / 3..area.bottom()) {
        let before = usize::from(area.width).saturating_sub(text::width(&line)) / 2;
        let x = area.left() + u16::try_from(before).unwrap_or(0);
        buf.set_stringn(x, y, line, area.width.into(), look.style(Role::Muted));
    }
}

fn cell<'a>(row: &'a Listed, shows: Cell, model: &Model, look: &Look) -> (Cow<'a, str>, Style) {
    let plain = look.style(Role::Text);
    let muted = look.style(Role::Muted);
    match shows {
        Cell::Changed if model.queue.marked.contains(&row.number) => {
            (look.symbols.marked.into(), look.style(Role::Accent))
        }
        Cell::Changed if model.queue.changed.contains(&row.number) => {
            (look.symbols.changed.into(), look.style(Role::Warning))
        }
        Cell::Changed => ("".into(), plain),
        Cell::Number => {
            let (words, role) = numbered(row);
            (words.into(), look.style(role))
        }
        Cell::Customer => (text::visible(&row.customer_name), plain),
        Cell::Summary => (marked(row, model), plain),
        Cell::Severity => (row.severity.as_deref().unwrap_or("").into(), plain),
        Cell::Agent => (
            row.assignee.as_deref().map_or("-".into(), text::visible),
            muted,
        ),
        Cell::Policy => (row.policy.as_str().into(), muted),
        Cell::Due => {
            let (words, role) = clocks::of_row(row, model, look);
            (words.into(), look.style(role))
        }
    }
}

/// An incident's number, with a sign where its caller was not given it.
pub fn numbered(row: &Listed) -> (String, Role) {
    match row.number_given {
        true => (row.number.to_string(), Role::Accent),
        false => (format!("{}{NOT_GIVEN}", row.number), Role::Warning),
    }
}

/// The summary, after what marks the incident: who else has it open, its level on the ladder as long as that waits for an
/// answer, that it is expedited, that it is a known fault, that it is resolved and a patch still owed.
fn marked<'a>(row: &'a Listed, model: &Model) -> Cow<'a, str> {
    let mut marks = String::new();
    if let Some(names) = live::on_in_words(model, row.number) {
        marks.push_str(&format!("[{} has it open] ", text::visible(&names)));
    }
    if row.unanswered {
        marks.push_str(&format!("[level {}] ", row.level));
    }
    if row.expedite {
        marks.push_str("[at once] ");
    }
    if row.known {
        marks.push_str("[known] ");
    }
    let patch = row.next.is_some_and(|(kind, ..)| kind == ClockKind::Patch);
    if patch && !row.state.is_open() {
        marks.push_str(&format!("[{}] ", row.state.said()));
    }
    let summary = text::visible(&row.summary);
    if marks.is_empty() {
        summary
    } else {
        format!("{marks}{summary}").into()
    }
}

/// In how many seconds a countdown that shows reads otherwise.
pub fn next_change(model: &Model) -> Option<i64> {
    let queue = &model.queue;
    let rows = queue.rows.iter().skip(queue.first).take(queue.height);
    let change = |row: &Listed| {
        let ruling = model.ruling(&row.policy).map(AsRef::as_ref);
        let first = Running::in_row(row, ruling, model.now)?.next_change();
        let ahead = Running::ahead_in_row(row, ruling, model.now);
        let ahead = ahead.and_then(|ahead| ahead.next_change());
        first.into_iter().chain(ahead).min()
    };
    rows.filter_map(change).min()
}
