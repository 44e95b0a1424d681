//! How the hours look: the offices one under the other, and beneath them a month of the selected one.

use std::borrow::Cow;

use chrono::{Datelike, Weekday};
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};

use super::{Month, Office, detail, offices};
use crate::calendar::{Calendar, Status};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::position;
use crate::console::widgets::table::{self, Column};
use crate::incident::day_and_time;
use crate::text;

const COLUMNS: [Column; 5] = [
    Column::left("office", 16, 2, 0),
    Column::left("policy", 14, 1, 3),
    Column::left("its clock", 12, 0, 0),
    Column::left("now", 24, 3, 0),
    Column::left("next", 22, 1, 0),
];

/// Columns of a day in the month, and of all seven.
const DAY: u16 = 4;
const WEEK: u16 = DAY * 7;
/// Lines of a month: its name, the days of the week, six weeks.
const MONTH: u16 = 8;
/// The least columns of months that stand side by side.
const SIDE: u16 = 80;

/// Draws the screen.
pub fn body(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let offices = offices(model);
    let rows = u16::try_from(offices.len() + 1).unwrap_or(u16::MAX);
    let at = model.hours.at.min(offices.len().saturating_sub(1));
    let details = offices
        .get(at)
        .map(|office| detail::lines(office, model, look));
    let details = details.unwrap_or_default();
    let detailed = u16::try_from(details.len()).unwrap_or(u16::MAX);
    let [title, list, _, detail, month] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Max(rows),
        Constraint::Length(1),
        Constraint::Length(detailed),
        Constraint::Min(MONTH),
    ])
    .areas(area);
    for ((words, role), row) in details.iter().zip(detail.rows()) {
        let words = text::cut_with(words, row.width.into(), look.symbols.cut);
        buf.set_stringn(row.x, row.y, words, row.width.into(), look.style(*role));
    }
    let shown = usize::from(list.height).saturating_sub(1);
    let first = table::first_row(0, at, shown);
    head(
        &offices,
        position(first, shown, offices.len()),
        model,
        look,
        title,
        buf,
    );
    table::render(
        &COLUMNS,
        offices.iter().skip(first),
        at.checked_sub(first),
        |office, column| {
            let (words, role) = cell(office, column, model, look);
            (words, look.style(role))
        },
        look,
        list,
        buf,
    );
    if let Some(office) = offices.get(at) {
        months(office, model, look, month, buf);
    }
}

/// How many are open, which the header counts too; and which of them show.
fn head(
    offices: &[Office<'_>],
    shown: Option<String>,
    model: &Model,
    look: &Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let kept: Vec<&Calendar> = offices
        .iter()
        .filter_map(|office| office.calendar)
        .collect();
    let is_open = |calendar: &&&Calendar| matches!(calendar.status(model.now), Status::Open { .. });
    let open = kept.iter().filter(is_open).count();
    let without = match offices.len() - kept.len() {
        0 => String::new(),
        1 => ", 1 more states no hours".to_owned(),
        many => format!(", {many} more state no hours"),
    };
    let shown = shown.map_or_else(String::new, |shown| format!("   {shown}"));
    let words = format!("Offices: {open} of {} open{without}{shown}", kept.len());
    let style = look.style(Role::Muted);
    buf.set_stringn(area.x, area.y, words, area.width.into(), style);
}

/// Draws the month that was turned to, and those after it for which there is room.
fn months(office: &Office<'_>, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let Some(calendar) = office.calendar else {
        let words = format!(
            "{} states no hours: nothing of it is late, and it is never closed",
            office.title
        );
        let style = look.style(Role::Muted);
        buf.set_stringn(area.x, area.y, words, area.width.into(), style);
        return;
    };
    let (across, down) = (area.width / SIDE, (area.height + 1) / (MONTH + 1));
    let (across, down) = (across.max(1), down.max(1));
    let width = (area.width - (across - 1) * 2) / across;
    for place in 0..across * down {
        let after = model.hours.month + i32::from(place);
        let Some(month) = Month::of(calendar, model.now, after) else {
            break;
        };
        let top = place / across * (MONTH + 1);
        let room = Rect {
            x: area.x + place % across * (width + 2),
            y: area.y + top,
            width,
            height: area.height.saturating_sub(top).min(MONTH),
        };
        draw(&month, office, look, room, buf);
    }
}

fn cell<'a>(
    office: &&'a Office<'a>,
    column: usize,
    model: &Model,
    look: &Look,
) -> (Cow<'a, str>, Role) {
    let status = |calendar: &Calendar| calendar.status(model.now);
    match (column, office.calendar) {
        (0, _) => (text::visible(office.title), Role::Text),
        (1, _) => (text::visible(office.policy), Role::Muted),
        (2, Some(calendar)) => {
            let clock = calendar.local(model.now).format("%a %H:%M").to_string();
            (clock.into(), Role::Text)
        }
        (3, Some(calendar)) => match status(calendar) {
            Status::Open { .. } => (
                format!("{} open", look.symbols.running).into(),
                Role::Running,
            ),
            Status::Closed { why, .. } => {
                let why = why.map_or_else(String::new, |why| format!(": {why}"));
                (
                    format!("{} closed{why}", look.symbols.paused).into(),
                    Role::Paused,
                )
            }
        },
        (4, Some(calendar)) => {
            let (verb, at) = match status(calendar) {
                Status::Open { closes } => ("closes", closes),
                Status::Closed { opens, .. } => ("opens", opens),
            };
            let words = at.map(|at| {
                let at = day_and_time(at, model.now, model.zone);
                format!("{verb} {at}")
            });
            (words.unwrap_or_default().into(), Role::Text)
        }
        (3, None) => ("no hours are stated".into(), Role::Muted),
        _ => ("".into(), Role::Text),
    }
}

/// Draws a month: its days at the left, those with a reason of their own at the right.
fn draw(month: &Month, office: &Office<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
    let [days, _, reasons] = Layout::horizontal([
        Constraint::Length(WEEK),
        Constraint::Length(2),
        Constraint::Min(0),
    ])
    .areas(area);
    let name = format!("{}, {}", office.title, month.first.format("%B %Y"));
    let put = |words: &str, x: u16, y: u16, room: u16, role: Role, buf: &mut Buffer| {
        if y < area.bottom() {
            let words = text::cut_with(words, room.into(), look.symbols.cut);
            buf.set_stringn(x, y, words, room.into(), look.style(role));
        }
    };
    put(&name, days.x, days.y, area.width, Role::Title, buf);
    let mut weekday = Weekday::Mon;
    for place in 0..7 {
        let x = days.x + place * DAY;
        put(
            &format!("{weekday:>3}"),
            x,
            days.y + 1,
            DAY,
            Role::Label,
            buf,
        );
        weekday = weekday.succ();
    }
    let before = month.first.weekday().num_days_from_monday();
    let dates = month.first.iter_days().zip(&month.open);
    for (place, (date, open)) in (before..).zip(dates) {
        let place = u16::try_from(place).unwrap_or_default();
        let (x, y) = (days.x + place % 7 * DAY, days.y + 2 + place / 7);
        let mark = if month.is_marked(date) { "!" } else { " " };
        let (number, role) = match (open, date == month.today) {
            (_, true) => (format!("[{}]", date.day()), Role::Title),
            (true, _) => (date.day().to_string(), Role::Text),
            (false, _) if mark == "!" => (format!("({})", date.day()), Role::Paused),
            (false, _) => (format!("({})", date.day()), Role::Muted),
        };
        let words = match (open, date == month.today) {
            (true, false) => format!("{number:>3}{mark}"),
            _ => format!("{number:>4}"),
        };
        put(&words, x, y, DAY, role, buf);
    }
    let mut y = reasons.y + 1;
    if month.closed.is_empty() {
        put(
            "no holidays, no closures",
            reasons.x,
            y,
            reasons.width,
            Role::Muted,
            buf,
        );
    }
    for closed in &month.closed {
        let words = format!("{}  {}", closed.date.format("%a %-d"), closed.reason);
        put(&words, reasons.x, y, reasons.width, Role::Paused, buf);
        y += 1;
    }
    let legend = "(25) closed  [25] today  25! shorter";
    let bottom = area.bottom().saturating_sub(1);
    if y <= bottom {
        put(legend, reasons.x, bottom, reasons.width, Role::Muted, buf);
    }
}
