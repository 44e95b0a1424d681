//! How the messages look: the views as tabs, the list, the selected one as its reader will see it.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{Shows, VIEWS};
use crate::console::call::Lines;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::request::Waiting;
use crate::console::screens::clocks::near;
use crate::console::theme::Role;
use crate::console::widgets::table::{self, Column};
use crate::incident::MessageState;
use crate::store::OutboxMessage;
use crate::text;

const MAIL: [Column; 5] = [
    Column::left("mail", 6, 0, 0),
    Column::left("came", 11, 0, 2),
    Column::left("from", 18, 2, 0),
    Column::left("subject", 20, 3, 0),
    Column::left("why it waits", 16, 4, 1),
];

const COLUMNS: [Column; 6] = [
    Column::left("message", 11, 0, 0),
    Column::left("since", 11, 0, 2),
    Column::left("state", 8, 0, 1),
    Column::left("customer", 14, 1, 4),
    Column::left("to", 18, 1, 0),
    Column::left("subject", 24, 4, 0),
];

/// Draws the screen.
pub fn body(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let [tabs, list, rule, message] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Percentage(40),
        Constraint::Length(1),
        Constraint::Min(0),
    ])
    .areas(area);
    let screen = &model.messages;
    titles(model, look, tabs, buf);
    if screen.rows.is_empty() && screen.waiting.is_empty() {
        empty(model, look, list, buf);
        return;
    }
    let shown = usize::from(list.height).saturating_sub(1);
    let first = table::first_row(0, screen.at, shown);
    let selected = screen.at.checked_sub(first);
    match screen.shows() {
        Shows::Outbox(_) => {
            let rows = screen.rows.iter().skip(first);
            table::render(
                &COLUMNS,
                rows,
                selected,
                |row, column| {
                    let (words, role) = cell(row, column, model);
                    (words, look.style(role))
                },
                look,
                list,
                buf,
            );
        }
        Shows::Quarantine => {
            let rows = screen.waiting.iter().skip(first);
            table::render(
                &MAIL,
                rows,
                selected,
                |row, column| {
                    let (words, role) = mail_cell(row, column, model);
                    (words, look.style(role))
                },
                look,
                list,
                buf,
            );
        }
    }
    let line = look.symbols.border.horizontal_top;
    let line = line.repeat(rule.width.into());
    buf.set_stringn(
        rule.x,
        rule.y,
        line,
        rule.width.into(),
        look.style(Role::Border),
    );
    if let Some(selected) = screen.selected() {
        wording(selected, look, message, buf);
    }
    if let Some(waiting) = screen.mail() {
        let lines = said(&waiting.words, message.width.into());
        lines_in(&lines, look, message, buf);
    }
}

/// The views; those that wait for somebody with their number.
fn titles(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut line = Line::default();
    let mail = model
        .desk
        .as_ref()
        .map(|desk| desk.mail)
        .unwrap_or_default();
    for (place, (title, shows)) in VIEWS.iter().enumerate() {
        let title = match shows {
            Shows::Quarantine => format!("{title} {}", mail.quarantine),
            Shows::Outbox(states) if states.contains(&MessageState::Queued) => {
                format!("{title} {}", mail.queued + mail.failed)
            }
            Shows::Outbox(_) => (*title).to_owned(),
        };
        let (words, role) = if place == model.messages.view {
            (format!("[{title}] "), Role::Title)
        } else {
            (format!(" {title}  "), Role::Muted)
        };
        line.push_span(Span::styled(words, look.style(role)));
    }
    line.render(area, buf);
}

/// An empty list says what to do next.
fn empty(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let words: &[&str] = match (model.messages.loaded, model.messages.view) {
        (false, _) => &["reading the desk…"],
        (true, 0) => &[
            "nothing waits to be sent",
            "a message is written wherever the policy has one; F1 leads to the queue",
        ],
        (true, 3) => &[
            "no mail waits in quarantine",
            "`holdline mail in` takes mail in: from an address that is not registered it waits here",
        ],
        (true, _) => &["nothing in this view", "Left and Right lead to the others"],
    };
    let mut lines = Lines::new(area, look, buf);
    lines.gap();
    for word in words {
        lines.wrapped(word, Role::Muted);
    }
}

fn cell<'a>(row: &&'a OutboxMessage, column: usize, model: &Model) -> (Cow<'a, str>, Role) {
    let failed = row.state == MessageState::Failed;
    match column {
        0 => (row.id.to_string().into(), Role::Accent),
        1 => (
            near(row.changed_at, model.now, model.zone).into(),
            Role::Muted,
        ),
        2 if failed => (row.state.word().into(), Role::Bad),
        2 => (row.state.word().into(), Role::Muted),
        3 => (text::visible(&row.customer), Role::Text),
        4 => (row.wording.to.to_string().into(), Role::Text),
        _ => {
            // The number stands in the first column already.
            let number = format!("[{}] ", row.id.tech_ref);
            let subject = row.wording.subject.strip_prefix(&number);
            let subject = subject.unwrap_or(&row.wording.subject);
            (text::visible(subject), Role::Text)
        }
    }
}

fn mail_cell<'a>(row: &&'a Waiting, column: usize, model: &Model) -> (Cow<'a, str>, Role) {
    let (mail, arrival) = (&row.mail, &row.mail.arrival);
    match column {
        0 => (mail.id.to_string().into(), Role::Accent),
        1 => (
            near(arrival.delivered_at, model.now, model.zone).into(),
            Role::Muted,
        ),
        2 => {
            let from = arrival.sender.as_deref().or(arrival.sender_name.as_deref());
            (text::visible(from.unwrap_or("nobody")), Role::Text)
        }
        3 => (text::visible(&arrival.subject), Role::Text),
        _ => {
            let why = mail.reason.as_deref().unwrap_or_default();
            (text::visible(why), Role::Warning)
        }
    }
}

/// The message as its reader will see it.
fn wording(message: &OutboxMessage, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut lines = Vec::new();
    if let Some(why) = &message.why {
        let (words, role) = match message.state {
            MessageState::Failed => (
                format!("{} failed: {why} (@ tries again)", look.symbols.bad),
                Role::Bad,
            ),
            _ => (format!("not to be sent: {why}"), Role::Muted),
        };
        let pieces = text::wrap(&words, area.width.into()).into_iter();
        lines.extend(pieces.map(|piece| (piece, role)));
    }
    lines.push((format!("To: {}", message.wording.to), Role::Label));
    if !message.wording.cc.is_empty() {
        lines.push((format!("Copy: {}", message.wording.cc), Role::Label));
    }
    let subject = format!("Subject: {}", message.wording.subject);
    lines.push((subject, Role::Title));
    lines.push((String::new(), Role::Text));
    lines.extend(said(&message.wording.text, area.width.into()));
    lines_in(&lines, look, area, buf);
}

/// A text in lines.
fn said(text: &str, width: usize) -> Vec<(String, Role)> {
    let lines = text.lines().flat_map(|line| match line {
        "" => vec![String::new()],
        line => text::wrap(line, width),
    });
    lines.map(|line| (line, Role::Text)).collect()
}

/// As many of the lines as there is room for, with a mark where there are more.
fn lines_in(lines: &[(String, Role)], look: &Look, area: Rect, buf: &mut Buffer) {
    let width = usize::from(area.width);
    let room = usize::from(area.height);
    let cut = lines.len() > room;
    for (place, ((line, role), row)) in lines.iter().zip(area.rows()).enumerate() {
        let line = if cut && place + 1 == room {
            look.symbols.cut
        } else {
            line
        };
        let line = text::cut_with(line, width, look.symbols.cut);
        buf.set_stringn(row.x, row.y, line, width, look.style(*role));
    }
}
