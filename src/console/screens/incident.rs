//! One incident: the facts, every clock with a bar, the ladder, the whole timeline.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::incident::{State, TechRef};
use crate::store::Dossier;
use crate::text;

pub(in crate::console) mod clock_lines;
mod facts;
mod ladder;
#[cfg(test)]
mod tests;
mod ties;
mod timeline;

/// From this width on facts and timeline stand side by side.
const SIDE_BY_SIDE: u16 = 110;
/// Lines of the timeline that stay, whatever stands above it.
const LEAST_TIMELINE: u16 = 7;

/// Columns that the newest entries keep beside the facts of a preview.
const LEAST_NEWEST: u16 = 36;
/// With less room for the customer's name its standing goes on a line of its own.
const LEAST_CUSTOMER: usize = 20;
/// Lines that a fact takes where not the whole is wanted.
const FEW: usize = 2;

/// The state of the screen.
#[derive(Debug, Clone)]
pub struct IncidentScreen {
    /// Which incident.
    pub number: TechRef,
    /// It was opened by its number: if that leads to another incident, that one is meant.
    pub named: bool,
    /// The first line of the timeline that shows; none while it stands at its end and follows it.
    first: Option<usize>,
    /// Lines of the timeline in all, and of its room.
    lines: usize,
    room: usize,
}

impl IncidentScreen {
    /// An incident at the end of its timeline.
    pub fn new(number: TechRef) -> Self {
        Self {
            number,
            named: false,
            first: None,
            lines: 0,
            room: 1,
        }
    }

    /// Scrolls the timeline by so many lines, as far as it goes.
    pub fn scroll(&mut self, lines: isize) {
        let end = self.lines.saturating_sub(self.room);
        let to = self
            .first
            .unwrap_or(end)
            .saturating_add_signed(lines)
            .min(end);
        self.first = (to < end).then_some(to);
    }

    /// Lines to scroll by for the next page.
    pub fn page(&self) -> usize {
        self.room.saturating_sub(1).max(1)
    }

    /// Says how many lines the timeline has, and how many of them fit.
    pub fn fit(&mut self, lines: usize, room: usize) {
        self.lines = lines;
        self.room = room.max(1);
        self.scroll(0);
    }
}

/// How many lines the timeline has, and how many of them fit into `area`; `None` before the incident was read.
pub fn extent(model: &Model, look: &Look, area: Rect) -> Option<(usize, usize)> {
    let dossier = model.current()?;
    let room = Plan::of(dossier, model, look, area).timeline;
    let lines = timeline::lines(dossier, model, look, room.width).len();
    Some((lines, room.height.into()))
}

/// What is drawn where.
struct Plan {
    above: Vec<Line<'static>>,
    facts: Rect,
    rule: Rect,
    timeline: Rect,
}

impl Plan {
    fn of(dossier: &Dossier, model: &Model, look: &Look, area: Rect) -> Self {
        if area.width >= SIDE_BY_SIDE {
            let [facts, gap, timeline] = Layout::horizontal([
                Constraint::Percentage(46),
                Constraint::Length(3),
                Constraint::Min(0),
            ])
            .areas(area);
            let above = about(dossier, model, look, facts.width, usize::MAX);
            let rule = Rect {
                x: gap.x + 1,
                width: 1,
                ..gap
            };
            return Self {
                above,
                facts,
                rule,
                timeline,
            };
        }
        let above = about(dossier, model, look, area.width, FEW);
        let most = area.height.saturating_sub(LEAST_TIMELINE + 1);
        let height = u16::try_from(above.len()).unwrap_or(u16::MAX).min(most);
        let [facts, rule, timeline] = Layout::vertical([
            Constraint::Length(height),
            Constraint::Length(1),
            Constraint::Min(0),
        ])
        .areas(area);
        Self {
            above,
            facts,
            rule,
            timeline,
        }
    }
}

/// All but the timeline, what matters most first; each fact in at most `most` lines.
fn about(
    dossier: &Dossier,
    model: &Model,
    look: &Look,
    width: u16,
    most: usize,
) -> Vec<Line<'static>> {
    let mut lines = head(dossier, model, look, width);
    lines.extend(clock_lines::all(dossier, model, look, width));
    lines.extend(facts::to_say(dossier, model, look, width));
    lines.extend(facts::lines(dossier, model, look, width, most));
    lines.extend(ladder::lines(dossier, model, look, width));
    lines.extend(facts::texts(dossier, look, width, most));
    lines
}

/// Draws the incident.
pub fn view(screen: &IncidentScreen, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let Some(dossier) = model.current() else {
        let words = format!("reading {}…", screen.number);
        buf.set_stringn(
            area.x,
            area.y,
            words,
            area.width.into(),
            look.style(Role::Muted),
        );
        return;
    };
    let plan = Plan::of(dossier, model, look, area);
    draw(&plan.above, look, plan.facts, buf);
    rule(look, plan.rule, buf);
    let lines = timeline::lines(dossier, model, look, plan.timeline.width);
    let end = lines.len().saturating_sub(plan.timeline.height.into());
    let first = screen.first.unwrap_or(end).min(end);
    let below = lines
        .len()
        .saturating_sub(first + usize::from(plan.timeline.height));
    let lines = lines.get(first..).unwrap_or_default();
    for (line, row) in lines.iter().zip(plan.timeline.rows()) {
        line.render(row, buf);
    }
    position(first, below, look, plan.rule, plan.timeline, buf);
}

/// Says on the line above the timeline, or in its corner, that there is more of it.
fn position(above: usize, below: usize, look: &Look, rule: Rect, timeline: Rect, buf: &mut Buffer) {
    if above == 0 && below == 0 {
        return;
    }
    let words = format!(" {above} above, {below} below ");
    let width = u16::try_from(words.len()).unwrap_or(u16::MAX);
    let line = if rule.height == 1 { rule } else { timeline };
    if width < line.width && !line.is_empty() {
        let x = line.right() - width;
        buf.set_stringn(x, line.y, words, width.into(), look.style(Role::Muted));
    }
}

/// A line between things, along the longer side of `area`.
fn rule(look: &Look, area: Rect, buf: &mut Buffer) {
    let border = &look.symbols.border;
    for position in area.positions() {
        let symbol = if area.width > 1 {
            border.horizontal_top
        } else {
            border.vertical_left
        };
        buf.set_stringn(position.x, position.y, symbol, 1, look.style(Role::Border));
    }
}

/// Draws lines from the top; a mark says where something was cut off.
fn draw(lines: &[Line<'static>], look: &Look, area: Rect, buf: &mut Buffer) {
    for (place, (line, row)) in lines.iter().zip(area.rows()).enumerate() {
        line.render(row, buf);
        let more_below = place + 1 == usize::from(area.height) && place + 1 < lines.len();
        if (more_below || line.width() > row.width.into()) && !row.is_empty() {
            let style = look.style(Role::Muted);
            buf.set_stringn(row.right() - 1, row.y, look.symbols.cut, 1, style);
        }
    }
}

/// A piece of a line, with nothing hidden in it.
fn span(words: &str, role: Role, look: &Look) -> Span<'static> {
    Span::styled(text::visible(words).into_owned(), look.style(role))
}

/// Number, customer, and where it stands; then the issue.
fn head(dossier: &Dossier, model: &Model, look: &Look, width: u16) -> Vec<Line<'static>> {
    let incident = &dossier.incident;
    let mut standing = vec![span(
        incident.state.word(),
        state_role(incident.state),
        look,
    )];
    let mut add = |words: String, role| {
        let gap = format!(" {} ", look.symbols.separator);
        standing.push(span(&gap, Role::Muted, look));
        standing.push(span(&words, role, look));
    };
    if incident.expedite {
        add("at once".to_owned(), Role::Warning);
    }
    if incident.escalation_level() > 0 {
        let level = incident.escalation_level();
        match incident.awaits_escalation_answer() {
            true => add(format!("level {level}"), Role::Warning),
            false => add(format!("level {level}, answered"), Role::Muted),
        }
    }
    if incident.reopened > 0 {
        add(format!("reopened {}", incident.reopened), Role::Warning);
    }
    if incident.number_given_at.is_none() {
        add("number not given".to_owned(), Role::Warning);
    }
    if model.queue.changed.contains(&incident.tech_ref) {
        add("just changed".to_owned(), Role::Warning);
    }
    let standing = Line::from(standing);
    let number = incident.tech_ref.to_string();
    let customer = text::visible(&dossier.customer.name);
    let room = usize::from(width).saturating_sub(number.len() + 2);
    let beside = room.saturating_sub(standing.width() + 2);
    let together = beside >= text::width(&customer).min(LEAST_CUSTOMER);
    let name = text::fit(&customer, if together { beside } else { room });
    let mut lines = vec![Line::from(vec![
        span(&number, Role::Accent, look),
        Span::raw("  "),
        span(&name, Role::Title, look),
    ])];
    match lines.first_mut().filter(|_| together) {
        Some(first) => {
            first.push_span(Span::raw("  "));
            first.spans.extend(standing.spans);
        }
        None => lines.push(standing),
    }
    let summary = text::cut_with(&incident.summary, width.into(), look.symbols.cut);
    lines.push(Line::from(span(&summary, Role::Title, look)));
    lines
}

fn state_role(state: State) -> Role {
    match state {
        State::Open => Role::Running,
        State::Waiting => Role::Waiting,
        State::AwaitingAcceptance | State::AwaitingPayment => Role::Paused,
        State::Resolved => Role::Good,
        State::ClosedUnresolved | State::Declined | State::Merged | State::Void => Role::Muted,
    }
}

/// Draws what matters most of an incident in as many lines as there are: who, what, the clocks that run, the facts, and
/// the newest entries.
pub fn summary(dossier: &Dossier, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let head = head(dossier, model, look, area.width);
    let height = u16::try_from(head.len()).unwrap_or(0);
    let [top, rest] =
        Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(area);
    draw(&head, look, top, buf);
    if area.width >= SIDE_BY_SIDE {
        // No deadline is cut for the sake of the newest entries, as long as these can still be read.
        let widest = clock_lines::short(dossier, model, look, u16::MAX);
        let widest = widest.iter().map(Line::width).max().unwrap_or(0);
        let widest = u16::try_from(widest).unwrap_or(u16::MAX);
        let facts = widest.clamp(rest.width / 2, rest.width - LEAST_NEWEST);
        let [left, _, right] = Layout::horizontal([
            Constraint::Length(facts),
            Constraint::Length(2),
            Constraint::Min(0),
        ])
        .areas(rest);
        let about = |most| {
            let mut lines = clock_lines::short(dossier, model, look, left.width);
            lines.extend(facts::lines(dossier, model, look, left.width, most));
            lines.extend(facts::texts(dossier, look, left.width, most));
            lines
        };
        let whole = about(usize::MAX);
        let fits = whole.len() <= left.height.into();
        draw(&if fits { whole } else { about(FEW) }, look, left, buf);
        let room = (right.width, usize::from(right.height));
        let newest = timeline::newest(dossier, model, look, room);
        draw(&newest, look, right, buf);
        return;
    }
    let room = usize::from(rest.height);
    let mut lines = clock_lines::short(dossier, model, look, area.width);
    lines.truncate((room / 2).max(1));
    let most = if room < 10 { 1 } else { FEW };
    let facts = facts::lines(dossier, model, look, area.width, most);
    let left = room.saturating_sub(lines.len() + (room / 3).max(1));
    lines.extend(facts.into_iter().take(left));
    let left = room.saturating_sub(lines.len());
    lines.extend(timeline::newest(dossier, model, look, (area.width, left)));
    draw(&lines, look, rest, buf);
}
