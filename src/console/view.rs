//! How the model looks: a header, the screen, a footer of two lines, and what lies over them. Pure: the same model gives
//! the same picture.

use chrono::TimeDelta;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};

use super::hints::{self, Hint};
use super::live;
use super::look::Look;
use super::model::{Layer, Model};
use super::screens::screen::Screen;
use super::screens::{
    calls, customers, help, hours, incident, messages, policy, queue, reading, reports,
};
use super::theme::Role;
use super::update::HELD;
use super::widgets::letters;
use super::widgets::message::{Kind, Message};
use super::widgets::modal;
use super::{actions, bulk, call, dialog, edit, filter, first_start, palette, snippets};
use crate::calendar::Status;
use crate::text;

/// What is said until the desk is open.
const OPENING: &str = "opening the desk";
/// The least room in which anything makes sense.
const LEAST: (u16, u16) = (60, 15);

/// Fits what the model holds to the room that there is.
pub fn settle(model: &mut Model, look: &Look) {
    let ((width, height), now) = (model.size, model.now);
    model.hurries &= now - model.last_key < HELD;
    if let Some(form) = model.form_mut() {
        form.set_now(now);
    }
    let area = body(Rect::new(0, 0, width, height));
    let rows = queue::list_height(&model.queue, area);
    model.queue.fit(rows.into());
    let calls = calls::height(model, area);
    model.calls.calls.fit(calls);
    let customers = customers::height(&model.customers, area);
    model.customers.found.fit(customers);
    if let Some(Layer::Bulk(bulk)) = model.layers.last_mut() {
        bulk.fit(area);
    }
    let extent = match model.layers.last() {
        Some(Layer::Incident(_)) => {
            let extent = incident::extent(model, look, area);
            if let (Some(extent), Some(Layer::Incident(screen))) = (extent, model.layers.last_mut())
            {
                screen.fit(extent);
            }
            None
        }
        Some(Layer::Help(help)) => Some(help::extent(help, look, area)),
        Some(Layer::Text(reading)) => Some(reading::extent(reading, area)),
        None if model.screen == Screen::Policy => {
            let (lines, room) = policy::extent(model, area);
            model.policy.fit(lines, room);
            None
        }
        _ => None,
    };
    let Some((lines, room)) = extent else { return };
    let last = lines.saturating_sub(room);
    match model.layers.last_mut() {
        Some(Layer::Help(help)) => (help.first, help.room) = (help.first.min(last), room),
        Some(Layer::Text(reading)) => {
            (reading.first, reading.room) = (reading.first.min(last), room);
        }
        _ => {}
    }
}

/// Whether a terminal of so many columns and rows shows nothing but that it is too small.
pub fn is_too_small((columns, rows): (u16, u16)) -> bool {
    columns < LEAST.0 || rows < LEAST.1
}

/// What lies over the screen and hides it.
fn page(model: &Model) -> Option<&Layer> {
    let mut layers = model.layers.iter().rev();
    layers.find(|layer| matches!(layer, Layer::Incident(_) | Layer::Call))
}

/// Draws the whole console.
pub fn view(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    if is_too_small((area.width, area.height)) {
        let (columns, rows) = LEAST;
        let words = format!("too small: {columns}x{rows} is the least");
        // Why a key that ends the console did not.
        let said = model.message.iter().map(|message| message.text.as_str());
        let lines = std::iter::once(words.as_str()).chain(said);
        let lines = lines.flat_map(|words| text::wrap(words, area.width.into()));
        for (line, row) in lines.zip(area.rows()) {
            let style = look.style(Role::Warning);
            buf.set_stringn(row.x, row.y, line, row.width.into(), style);
        }
        return;
    }
    buf.set_style(area, look.style(Role::Text));
    header(model, look, Rect { height: 1, ..area }, buf);
    let body = body(area);
    match page(model) {
        Some(Layer::Incident(screen)) => incident::view(screen, model, look, body, buf),
        Some(Layer::Call) => call::view(model, look, body, buf),
        _ if model.desk.is_some() => match model.screen {
            Screen::Queue => queue::body(model, look, body, buf),
            Screen::Calls => calls::body(model, look, body, buf),
            Screen::Customers => customers::body(model, look, body, buf),
            Screen::Messages => messages::body(model, look, body, buf),
            Screen::Reports => reports::body(model, look, body, buf),
            Screen::Hours => hours::body(model, look, body, buf),
            Screen::Policy => policy::body(model, look, body, buf),
        },
        _ if model.layers.is_empty() => {
            let style = look.style(Role::Muted);
            buf.set_stringn(body.x, body.y, OPENING, body.width.into(), style);
        }
        _ => {}
    }
    match model.layers.last() {
        Some(Layer::Help(help)) => help::view(help, look, body, buf),
        Some(Layer::Palette(palette)) => palette::view(palette, look, body, buf),
        Some(Layer::Bulk(bulk)) => bulk::view(bulk, look, body, buf),
        Some(Layer::Edit(form)) => edit::view(form, look, body, buf),
        Some(Layer::Step(dialog)) => dialog::view(dialog, model, look, body, buf),
        Some(Layer::FirstStart(start)) => first_start::view(start, look, body, buf),
        Some(Layer::Text(text)) => reading::view(text, look, body, buf),
        Some(Layer::Filter(line)) => filter::draw(line, model, look, body, buf),
        Some(Layer::Incident(_) | Layer::Call) | None => {}
    }
    footer(model, look, area, buf);
}

/// Where the terminal's cursor belongs, if something is being typed.
pub fn cursor(model: &Model, look: &Look, area: Rect) -> Option<Position> {
    let body = body(area);
    match model.layers.last()? {
        Layer::Step(dialog) => dialog::cursor(dialog, model, look, body),
        Layer::Palette(palette) => Some(palette::cursor(palette, body)),
        Layer::Help(help) => Some(help::cursor(help, look, body)),
        Layer::Edit(form) => edit::cursor(form, body),
        Layer::Call => call::cursor(model, body),
        Layer::FirstStart(start) => first_start::cursor(start, look, body),
        Layer::Filter(line) => Some(filter::cursor(line, body)),
        _ => None,
    }
}

/// In how long the picture changes by itself.
pub fn next_change(model: &Model) -> TimeDelta {
    let rows = match (page(model), model.screen) {
        (None, Screen::Queue) => queue::next_change(model),
        (None, Screen::Hours) => hours::next_change(model),
        (None, Screen::Reports) => model.reports.is_stale().then_some(reports::AGAIN_SECONDS),
        _ => None,
    };
    let clocks = model
        .current()
        .and_then(|dossier| incident::clock_lines::next_change(dossier, model));
    let mut calls = model.call.iter().chain(&model.held.calls);
    let others = model.screen == Screen::Calls && !model.alive.calls.is_empty();
    let call = (others || calls.any(call::Call::is_live)).then_some(1);
    let minute = 60 - model.now.timestamp().rem_euclid(60);
    let held = model.queue.is_held().then_some(1);
    let seconds = [
        rows,
        clocks,
        call,
        held,
        live::next_change(model),
        Some(minute),
    ]
    .into_iter()
    .flatten()
    .min()
    .unwrap_or(60)
    .max(1);
    // To the beginning of the second at which it changes.
    TimeDelta::seconds(seconds)
        - TimeDelta::nanoseconds(i64::from(model.now.timestamp_subsec_nanos()))
}

/// What lies between header and footer.
pub(super) fn body(area: Rect) -> Rect {
    let [_, body, _] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(2),
    ])
    .areas(area);
    body
}

fn footer_lines(area: Rect) -> [Rect; 2] {
    let [_, message, keys] = Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    [message, keys]
}

/// Mail about which somebody must decide, and messages that could not be sent; they are on F4.
fn mail(model: &Model) -> String {
    let waits = model.desk.as_ref().map(|desk| desk.mail);
    let waits = waits.unwrap_or_default();
    let words = [
        (waits.quarantine, "in quarantine"),
        (waits.failed, "not sent"),
    ];
    let words: Vec<String> = words
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    match words.as_slice() {
        [] => String::new(),
        words => format!("mail (F4): {}", words.join(", ")),
    }
}

/// The desk, the clock, the agent, the offices.
fn header(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let separator = look.symbols.separator;
    let name = model
        .desk
        .as_ref()
        .map_or("no desk", |desk| desk.name.as_str());
    let backup = model.backup_old.as_deref().unwrap_or_default();
    let join = |parts: &[&str]| {
        let parts = parts.iter().filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.copied().collect();
        parts.join(&format!(" {separator} "))
    };
    let offices = offices(model, look);
    // What opens next, and when, is not cut: words give way, then the desk's name, then the policy's or office's.
    let mail = mail(model);
    let mut lefts: Vec<String> = offices
        .iter()
        .map(|offices| join(&[name, backup, &mail, offices]))
        .collect();
    let short = offices.last().filter(|offices| !offices.is_empty());
    lefts.extend(short.map(|offices| join(&[backup, &mail, offices])));
    let local = model.now.with_timezone(&model.zone);
    let others = live::online(model);
    let all = format!("{}, {}", model.agent, others.join(", "));
    let count = format!("{} +{}", model.agent, others.len());
    // The clock gives way before the others' names do, and both before the offices.
    let forms = [
        (&all, "%a %d %b %H:%M %Z"),
        (&all, "%H:%M %Z"),
        (&count, "%H:%M %Z"),
        (&count, "%H:%M"),
    ];
    let alone = ["%a %d %b %H:%M %Z", "%H:%M %Z", "%H:%M"].map(|form| (&model.agent, form));
    let forms = match others.is_empty() {
        true => alone.as_slice(),
        false => forms.as_slice(),
    };
    let clock = |(who, form): &(&String, &str)| format!("{who} {separator} {}", local.format(form));
    let fit = |left: &str, right: &str| {
        text::width(left) + 2 + text::width(right) <= usize::from(area.width)
    };
    let shortest = forms.last().map(clock).unwrap_or_default();
    let (left, role) = match live::ringing(model) {
        Some(rings) => (format!("{} {rings}", look.symbols.soon), Role::Warning),
        None => {
            let fits = lefts.iter().position(|left| fit(left, &shortest));
            let at = fits.unwrap_or(lefts.len().saturating_sub(1));
            let left = (at < lefts.len()).then(|| lefts.swap_remove(at));
            (left.unwrap_or_default(), Role::Title)
        }
    };
    let right = forms.iter().map(clock).find(|right| fit(&left, right));
    let right = right.unwrap_or(shortest);
    let right_width = text::width(&right).min(area.width.into());
    let room = usize::from(area.width).saturating_sub(right_width + 2);
    buf.set_stringn(
        area.left(),
        area.top(),
        text::cut_with(&left, room, look.symbols.cut),
        room,
        look.style(role),
    );
    let x = area
        .right()
        .saturating_sub(u16::try_from(right_width).unwrap_or(area.width));
    buf.set_stringn(x, area.top(), right, right_width, look.style(Role::Muted));
}

/// Columns of the name of what opens or closes next, where room is short.
const SHORT: usize = 8;

/// How many of the desk's offices are open, and what changes next: in full, then in fewer and fewer words.
fn offices(model: &Model, look: &Look) -> Vec<String> {
    let (mut open, mut all) = (0, 0);
    let mut next: Option<(chrono::DateTime<chrono::Utc>, &str, &str)> = None;
    for office in hours::offices(model) {
        let Some(calendar) = office.calendar else {
            continue;
        };
        all += 1;
        let (change, verb) = match calendar.status(model.now) {
            Status::Open { closes } => {
                open += 1;
                (closes, "closes")
            }
            Status::Closed { opens, .. } => (opens, "opens"),
        };
        if let Some(at) = change
            && next.is_none_or(|(earliest, ..)| at < earliest)
        {
            next = Some((at, office.name.unwrap_or(office.policy), verb));
        }
    }
    let Some((at, title, verb)) = next else {
        return match all {
            0 => vec![String::new()],
            _ => vec![
                format!("offices: {open} of {all} open"),
                format!("{open} of {all} open"),
            ],
        };
    };
    let here = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&model.zone);
    let form = match here(at).date_naive() == here(model.now).date_naive() {
        true => "%H:%M",
        false => "%a %H:%M",
    };
    let change = format!("{verb} {}", here(at).format(form));
    let short = text::cut_with(title, SHORT, look.symbols.cut).into_owned();
    vec![
        format!("offices: {open} of {all} open, next: {title} {change}"),
        format!("offices: {open} of {all} open, {title} {change}"),
        format!("offices: {open} of {all} open, {short} {change}"),
        format!("{open} of {all} open, {short} {change}"),
    ]
}

/// Where messages stand: beside the call that runs.
fn message_line(model: &Model, look: &Look, area: Rect) -> Rect {
    let [line, _] = footer_lines(area);
    let call = call::footer(model, look).map_or(0, |words| text::width(&words) + 2);
    let call = u16::try_from(call).unwrap_or(u16::MAX).min(line.width);
    Rect {
        x: line.x + call,
        width: line.width - call,
        ..line
    }
}

/// The call and the last message; then the keys that matter here.
fn footer(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let [_, keys] = footer_lines(area);
    let line = message_line(model, look, area);
    if let Some(words) = call::footer(model, look) {
        let [all, _] = footer_lines(area);
        buf.set_stringn(
            all.x,
            all.y,
            &words,
            all.width.into(),
            look.style(Role::Accent),
        );
    }
    let notice = |text: String| {
        Some(Message {
            kind: Kind::Info,
            text,
        })
    };
    let message = match snippets::in_words(model) {
        Some(phrases) => notice(phrases),
        None if !model.typed.is_empty() && model.message.is_none() => {
            notice(format!("number {}_   Enter opens it", model.typed))
        }
        None => model.message.clone(),
    };
    if let Some(message) = message {
        message.render(look, line, area, buf);
    }
    let columns = usize::from(keys.width);
    let words = match hints::of(model) {
        Some(hints) => hint(look, columns, &hints),
        None => {
            let first = actions::first_in_footer(model);
            model.keys.footer(model, &look.theme, columns, first)
        }
    };
    letters::line(&words, keys, buf);
}

/// Keys with what they do, for the footer of flows that have the keys for themselves. Where they do not fit, whole keys
/// give way: the last one, which leads back, stays, and those before it go.
fn hint(look: &Look, columns: usize, keys: &[Hint]) -> Line<'static> {
    let width = |(key, does): &Hint| text::width(key) + 1 + text::width(does) + 2;
    let mut room = (columns + 2).saturating_sub(keys.last().map_or(0, width));
    let first = keys.split_last().map_or(&[][..], |(_, first)| first);
    let first = first.iter().take_while(|pair| {
        let left = room.checked_sub(width(pair));
        room = left.unwrap_or(0);
        left.is_some()
    });
    let mut line = Line::default();
    for (key, does) in first.chain(keys.last()) {
        let gap = if line.spans.is_empty() { "" } else { "  " };
        line.push_span(Span::raw(gap));
        line.push_span(Span::styled(*key, look.style(Role::Key)));
        line.push_span(Span::raw(" "));
        line.push_span(Span::styled(*does, look.style(Role::Muted)));
    }
    line
}

/// A box over the body, as large as `(columns, lines)` if there is room.
pub fn boxed(title: &str, size: (u16, u16), look: &Look, area: Rect, buf: &mut Buffer) -> Rect {
    modal::render(title, size, look, area, buf)
}
