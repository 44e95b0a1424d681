//! The clocks of an incident as lines: those that have not stopped first, with a bar and their due instant.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::span;
use crate::calendar::{Calendar, Counted};
use crate::console::instants;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::screens::clocks::Running;
use crate::console::theme::Role;
use crate::console::widgets::bar;
use crate::incident::{Clock, ClockKind, ClockState, Ledger, day_and_time, ledgers};
use crate::store::Dossier;
use crate::text;

/// Columns of a clock's name, and of its countdown.
const NAME: usize = 12;
const COUNTDOWN: usize = 26;

/// Every clock: two lines for one that has not stopped, one for each that has, and for one that is missed where that
/// has room.
pub(super) fn all(dossier: &Dossier, model: &Model, look: &Look, width: u16) -> Vec<Line<'static>> {
    let incident = &dossier.incident;
    let ruling = &dossier.ruling;
    let ledgers = ledgers(
        incident,
        &dossier.timeline,
        &ruling.deadlines,
        &ruling.closures,
    );
    let whole: Vec<i64> = ledgers.unwrap_or_default().iter().map(whole).collect();
    let mut lines = Vec::new();
    for (place, clock) in incident.clocks.iter().enumerate() {
        let Some(running) = running(clock, dossier, model) else {
            continue;
        };
        let whole = whole.get(place).copied().unwrap_or_default();
        let (words, role) = running.countdown(model.zone, look);
        let due = match clock.paused {
            Some(_) => "stands still while the customer is waited for".to_owned(),
            None => format!("due {}", due(clock.due_at, dossier, model)),
        };
        let mut first = vec![
            name(clock.kind, look),
            span(&text::fit(&words, COUNTDOWN), role, look),
        ];
        let missed = running.left.seconds < 0;
        if missed && NAME + COUNTDOWN + text::width(&due) <= width.into() {
            first.push(span(&due, Role::Muted, look));
            lines.push(Line::from(first));
            continue;
        }
        // Of a time that is over there is nothing to draw.
        if !missed {
            let columns = width
                .saturating_sub(u16::try_from(NAME + COUNTDOWN).unwrap_or(0))
                .min(40);
            let gone = whole.saturating_sub(running.left.seconds);
            first.push(span(&drawn(gone, whole, columns, look), role, look));
        }
        lines.push(Line::from(first));
        let kind = kind_of_time(clock.counted);
        let fits = NAME + text::width(&due) + text::width(kind) <= width.into();
        let due = due + if fits { kind } else { "" };
        let room = usize::from(width).saturating_sub(NAME);
        lines.extend(text::wrap(&due, room).iter().map(|due| {
            let gap = Span::raw(" ".repeat(NAME));
            Line::from(vec![gap, span(due, Role::Muted, look)])
        }));
    }
    let stopped = incident.clocks.iter().rev();
    let stopped = stopped.filter_map(|clock| ended(clock, dossier, model, look, width));
    lines.extend(stopped.flatten());
    lines
}

/// The clocks that have not stopped, a line each; the due instant on a line of its own where it does not fit beside.
pub(super) fn short(
    dossier: &Dossier,
    model: &Model,
    look: &Look,
    width: u16,
) -> Vec<Line<'static>> {
    let mut clocks: Vec<&Clock> = dossier.incident.clocks.iter().collect();
    clocks.sort_by_key(|clock| clock.due_at);
    let line = |clock: &Clock| {
        let (words, role) = running(clock, dossier, model)?.countdown(model.zone, look);
        let due = format!("due {}", due(clock.due_at, dossier, model));
        let fits = NAME + COUNTDOWN + text::width(&due) <= width.into();
        let due = span(&due, Role::Muted, look);
        let (name, words) = (name(clock.kind, look), text::fit(&words, COUNTDOWN));
        let words = span(&words, role, look);
        Some(match fits {
            true => vec![Line::from(vec![name, words, due])],
            false => vec![
                Line::from(vec![name, words]),
                Line::from(vec![Span::raw(" ".repeat(NAME)), due]),
            ],
        })
    };
    clocks.into_iter().filter_map(line).flatten().collect()
}

/// In how many seconds a clock of the incident reads otherwise.
pub(in crate::console) fn next_change(dossier: &Dossier, model: &Model) -> Option<i64> {
    let clocks = dossier.incident.clocks.iter();
    clocks
        .filter_map(|clock| running(clock, dossier, model)?.next_change())
        .min()
}

/// The whole time of a clock in its own kind, without pauses.
fn whole(ledger: &Ledger) -> i64 {
    let moved = ledger
        .moved_from
        .map_or(0, |from| (ledger.clock.due_at - from).num_seconds());
    let left = ledger.clock.paused.map_or(0, |pause| pause.left);
    ledger.seconds + moved + left
}

fn running<'a>(clock: &Clock, dossier: &'a Dossier, model: &Model) -> Option<Running<'a>> {
    let office = dossier.incident.office.as_deref();
    Running::of(clock, Some(&dossier.ruling), office, model.now)
}

fn name(kind: ClockKind, look: &Look) -> Span<'static> {
    span(&text::fit(kind.word(), NAME), Role::Label, look)
}

fn kind_of_time(counted: Counted) -> &'static str {
    match counted {
        Counted::BusinessTime => ", in business time",
        Counted::BusinessDays => ", in business days",
        Counted::Elapsed => "",
    }
}

/// A clock that has stopped: how, when, and what it was due, on a line of its own where it does not fit beside.
fn ended(
    clock: &Clock,
    dossier: &Dossier,
    model: &Model,
    look: &Look,
    width: u16,
) -> Option<Vec<Line<'static>>> {
    let stopped = clock.stopped?;
    let state = clock.state(model.now);
    let (symbol, role) = match state {
        ClockState::Met => (look.symbols.good, Role::Good),
        ClockState::Missed => (look.symbols.missed, Role::Missed),
        _ => (look.symbols.separator, Role::Muted),
    };
    let at = day_and_time(stopped.at, model.now, model.zone);
    let due = due(clock.due_at, dossier, model);
    // What was missed was so at its due instant: the other one is when it came after all.
    let (first, then) = match state {
        ClockState::Missed => (due, format!("done {at}")),
        _ => (at, format!("due {due}")),
    };
    let words = format!("{symbol} {} {first}", state.word());
    let fits = NAME + text::width(&words) + text::width(&then) + 2 <= width.into();
    let (name, words) = (name(clock.kind, look), span(&words, role, look));
    let then = |between: &str| span(&format!("{between}{then}"), Role::Muted, look);
    Some(match fits {
        true => vec![Line::from(vec![name, words, then(", ")])],
        false => vec![
            Line::from(vec![name, words]),
            Line::from(vec![Span::raw(" ".repeat(NAME)), then("")]),
        ],
    })
}

/// The bar as text.
fn drawn(gone: i64, whole: i64, columns: u16, look: &Look) -> String {
    let mut buf = Buffer::empty(Rect::new(0, 0, columns, 1));
    let style = look.style(Role::Text);
    bar::render(gone, whole, look.symbols, style, buf.area, &mut buf);
    buf.content()
        .iter()
        .map(ratatui::buffer::Cell::symbol)
        .collect()
}

/// A due instant on the agent's clock, and on that of the hours that count and the caller's where those show another time.
fn due(at: DateTime<Utc>, dossier: &Dossier, model: &Model) -> String {
    let mut told: Vec<DateTime<Tz>> = Vec::new();
    for zone in instants::zones(model, dossier) {
        let local = at.with_timezone(&zone);
        if told
            .iter()
            .all(|told| told.naive_local() != local.naive_local())
        {
            told.push(local);
        }
    }
    let others = told.iter().zip(told.iter().skip(1));
    let others: Vec<String> = others
        .map(
            |(before, local)| match local.date_naive() == before.date_naive() {
                true => local.format("%H:%M %Z").to_string(),
                false => day_and_time(at, model.now, local.timezone()),
            },
        )
        .collect();
    let first = day_and_time(at, model.now, model.zone);
    match others.is_empty() {
        true => first,
        false => format!("{first} ({})", others.join(", ")),
    }
}

/// The zone of the hours that count for the incident; the agent's where its policy states none.
pub(in crate::console) fn desk_zone(dossier: &Dossier, model: &Model) -> Tz {
    calendar(dossier).map_or(model.zone, Calendar::zone)
}

fn calendar(dossier: &Dossier) -> Option<&Calendar> {
    let office = dossier.incident.office.as_deref();
    dossier.ruling.deadlines.calendar(office).ok().flatten()
}
