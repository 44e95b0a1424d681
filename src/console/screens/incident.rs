//! One incident: the facts, every clock with a bar, the ladder, the whole timeline.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::letters;
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
    /// The first line that shows of what scrolls; none while nothing was scrolled yet, and while the timeline beside the
    /// facts stands at its end and follows it.
    first: Option<usize>,
    /// How much scrolls.
    extent: Extent,
}

/// What scrolls on the screen, and how many of its lines fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    lines: usize,
    room: usize,
    /// The facts scroll with the timeline; before that their beginning and its end show.
    folds: bool,
}

impl Extent {
    /// The first line of the last page.
    fn end(self) -> usize {
        self.lines.saturating_sub(self.room)
    }
}

impl IncidentScreen {
    /// An incident with the beginning of its facts and the end of its timeline.
    pub fn new(number: TechRef) -> Self {
        Self {
            number,
            named: false,
            first: None,
            extent: Extent {
                lines: 0,
                room: 1,
                folds: false,
            },
        }
    }

    /// Scrolls by so many lines, as far as it goes: down from the beginning that shows, up from the end that shows.
    pub fn scroll(&mut self, lines: isize) {
        let (end, folds) = (self.extent.end(), self.extent.folds);
        let unscrolled = if folds && lines > 0 { 0 } else { end };
        let from = self.first.unwrap_or(unscrolled);
        let to = from.saturating_add_signed(lines).min(end);
        let scrolled = folds && (self.first.is_some() || lines != 0);
        self.first = (scrolled || to < end).then_some(to);
    }

    /// Lines to scroll by for the next page.
    pub fn page(&self) -> usize {
        self.extent.room.saturating_sub(1).max(1)
    }

    /// Says how much scrolls. What stood at the end stays there.
    pub fn fit(&mut self, extent: Extent) {
        let follows = self.first == Some(self.extent.end()) && self.first != Some(0);
        self.extent = extent;
        if follows {
            self.first = Some(extent.end());
        }
        self.scroll(0);
    }
}

/// How much scrolls in `area`; `None` before the incident was read.
pub fn extent(model: &Model, look: &Look, area: Rect) -> Option<Extent> {
    let dossier = model.current()?;
    Some(Plan::of(dossier, model, look, area).extent())
}

/// What is drawn where.
enum Plan {
    /// The facts, and the timeline beside them.
    Beside {
        facts: (Vec<Line<'static>>, Rect),
        rule: Rect,
        timeline: (Vec<Line<'static>>, Rect),
    },
    /// One after the other; how many lines the facts have.
    Whole {
        lines: Vec<Line<'static>>,
        facts: usize,
        area: Rect,
    },
}

impl Plan {
    /// Side by side where there is room for all facts.
    fn of(dossier: &Dossier, model: &Model, look: &Look, area: Rect) -> Self {
        if area.width >= SIDE_BY_SIDE {
            let half = area.width * 46 / 100;
            let above = about(dossier, model, look, half, usize::MAX);
            let widest = above.iter().map(Line::width).max().unwrap_or(0);
            let widest = u16::try_from(widest).unwrap_or(half).min(half);
            let [facts, gap, timeline] = Layout::horizontal([
                Constraint::Length(widest),
                Constraint::Length(3),
                Constraint::Min(0),
            ])
            .areas(area);
            if above.len() <= facts.height.into() {
                let rule = Rect {
                    x: gap.x + 1,
                    width: 1,
                    ..gap
                };
                let entries = timeline::lines(dossier, model, look, timeline.width);
                // What does not fit says above it how much more there is.
                let said = u16::from(entries.len() > timeline.height.into());
                let timeline = Rect {
                    y: timeline.y + said,
                    height: timeline.height - said,
                    ..timeline
                };
                return Self::Beside {
                    facts: (above, facts),
                    rule,
                    timeline: (entries, timeline),
                };
            }
        }
        let mut lines = about(dossier, model, look, area.width, usize::MAX);
        let facts = lines.len();
        lines.push(rule(look, area.width));
        lines.extend(timeline::lines(dossier, model, look, area.width));
        Self::Whole { lines, facts, area }
    }

    fn extent(&self) -> Extent {
        let (lines, room, folds) = match self {
            Self::Beside {
                timeline: (lines, area),
                ..
            } => (lines, area.height, false),
            // A line above says where one is.
            Self::Whole { lines, area, .. } => match lines.len() > area.height.into() {
                true => (lines, area.height.saturating_sub(1), true),
                false => (lines, area.height, false),
            },
        };
        Extent {
            lines: lines.len(),
            room: usize::from(room).max(1),
            folds,
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
    let mut lines = head(dossier, model, look, width, most);
    lines.extend(clock_lines::all(dossier, model, look, width));
    lines.extend(facts::to_say(dossier, model, look, width));
    lines.extend(facts::lines(dossier, model, look, width, most));
    lines.extend(ladder::lines(dossier, model, look, width, most));
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
    let extent = plan.extent();
    let first = screen.first.unwrap_or(extent.end()).min(extent.end());
    let (above, below) = (first, extent.end() - first);
    let position = format!(" {above} above, {below} below ");
    let corner = |row: Rect, words: &str, buf: &mut Buffer| {
        let width = u16::try_from(words.len()).unwrap_or(u16::MAX);
        if width < row.width {
            let x = row.right() - width;
            buf.set_stringn(x, row.y, words, width.into(), look.style(Role::Muted));
        }
    };
    match plan {
        Plan::Beside {
            facts: (facts, left),
            rule,
            timeline: (lines, right),
        } => {
            draw(&facts, look, left, buf);
            for position in rule.positions() {
                let symbol = look.symbols.border.vertical_left;
                buf.set_stringn(position.x, position.y, symbol, 1, look.style(Role::Border));
            }
            render(lines.get(first..).unwrap_or_default(), right, buf);
            if extent.end() > 0 {
                corner(Rect { y: area.y, ..right }, &position, buf);
            }
        }
        Plan::Whole { lines, facts, .. } if extent.folds && screen.first.is_none() => {
            let digest = about(dossier, model, look, area.width, FEW);
            let entries = lines.get(facts + 1..).unwrap_or_default();
            let height = u16::try_from(digest.len()).unwrap_or(u16::MAX);
            let newest = u16::try_from(entries.len()).unwrap_or(u16::MAX);
            let most = area.height.saturating_sub(newest.min(LEAST_TIMELINE) + 1);
            let [top, rule, newest] = Layout::vertical([
                Constraint::Length(height.min(most)),
                Constraint::Length(1),
                Constraint::Min(0),
            ])
            .areas(area);
            render(&digest, top, buf);
            let from = entries.len().saturating_sub(newest.height.into());
            render(lines.get(facts..).unwrap_or_default(), rule, buf);
            render(entries.get(from..).unwrap_or_default(), newest, buf);
            let shown = usize::from(top.height.min(height)) + entries.len() - from;
            let hidden = (facts + entries.len()).saturating_sub(shown);
            let words = format!(" {hidden} more lines: Down from the top, Up from the end ");
            corner(rule, &words, buf);
        }
        Plan::Whole { lines, .. } if extent.folds => {
            let [head, room] =
                Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
            render(&[rule(look, area.width)], head, buf);
            corner(head, &position, buf);
            render(lines.get(first..).unwrap_or_default(), room, buf);
        }
        Plan::Whole { lines, .. } => render(&lines, area, buf),
    }
}

/// A line between things.
fn rule(look: &Look, width: u16) -> Line<'static> {
    let rule = look.symbols.border.horizontal_top.repeat(width.into());
    Line::from(span(&rule, Role::Border, look))
}

/// Draws lines from the top, as many as there is room for.
fn render(lines: &[Line<'static>], area: Rect, buf: &mut Buffer) {
    for (line, row) in lines.iter().zip(area.rows()) {
        letters::line(line, row, buf);
    }
}

/// Draws lines from the top; a mark says where something was cut off.
fn draw(lines: &[Line<'static>], look: &Look, area: Rect, buf: &mut Buffer) {
    for (place, (line, row)) in lines.iter().zip(area.rows()).enumerate() {
        letters::line(line, row, buf);
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

/// Number, customer, and where it stands; then the issue, in at most `most` lines.
fn head(
    dossier: &Dossier,
    model: &Model,
    look: &Look,
    width: u16,
    most: usize,
) -> Vec<Line<'static>> {
    let incident = &dossier.incident;
    let mut standing = vec![span(
        incident.state.said(),
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
    // A list has little room, and the name already; elsewhere it is not cut while there is a line for it.
    let least = if most == 1 { LEAST_CUSTOMER } else { room };
    let together = beside >= text::width(&customer).min(least);
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
    let summary = facts::wrapped(&incident.summary, width.into(), most, look);
    let summary = summary.iter().map(|line| span(line, Role::Title, look));
    lines.extend(summary.map(Line::from));
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
    let head = head(dossier, model, look, area.width, 1);
    let height = u16::try_from(head.len()).unwrap_or(0);
    let [top, rest] =
        Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(area);
    draw(&head, look, top, buf);
    if area.width >= SIDE_BY_SIDE {
        // No deadline is cut for the sake of the newest entries, as long as these can still be read; and they have what
        // the facts leave.
        let most = rest.width.saturating_sub(LEAST_NEWEST + 2);
        let clocks = clock_lines::short(dossier, model, look, u16::MAX);
        let widest = |lines: &[Line<'_>]| lines.iter().map(Line::width).max().unwrap_or(0);
        let columns = |lines: &[Line<'_>]| u16::try_from(widest(lines)).unwrap_or(u16::MAX);
        let half = columns(&clocks).clamp(rest.width / 2, most);
        let about = |lines| {
            let mut about = clock_lines::short(dossier, model, look, half);
            about.extend(facts::lines(dossier, model, look, half, lines));
            about.extend(facts::texts(dossier, look, half, lines));
            about
        };
        let whole = about(usize::MAX);
        let fits = whole.len() <= rest.height.into();
        let facts = if fits { whole } else { about(FEW) };
        let [left, _, right] = Layout::horizontal([
            Constraint::Length(columns(&facts).min(half)),
            Constraint::Length(2),
            Constraint::Min(0),
        ])
        .areas(rest);
        draw(&facts, look, left, buf);
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
