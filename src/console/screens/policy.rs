//! What the agent may promise: one policy after the other, as `policy show` has them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::position;
use crate::policy::describe;

/// The widest that lines get: longer ones are hard to read.
const WIDEST: u16 = 110;

/// The state of the screen.
#[derive(Debug, Clone, Default)]
pub struct PolicyScreen {
    /// Which of the desk's policies.
    at: usize,
    /// The first line that shows.
    first: usize,
    /// Lines of the text in all, and of its room.
    lines: usize,
    room: usize,
    /// What is looked for in it, and the line that has it.
    pub sought: String,
    found: Option<usize>,
}

impl PolicyScreen {
    /// Scrolls by so many lines, as far as it goes.
    pub fn scroll(&mut self, lines: isize) {
        let end = self.lines.saturating_sub(self.room);
        self.first = self.first.saturating_add_signed(lines).min(end);
    }

    /// Lines to scroll by for the next page.
    pub fn page(&self) -> usize {
        self.room.saturating_sub(1).max(1)
    }

    /// Another one of `count` policies, from its beginning.
    pub fn turn(&mut self, by: isize, count: usize) {
        if count > 0 {
            self.at = (self.at + count).saturating_add_signed(by) % count;
            self.first = 0;
            (self.sought, self.found) = (String::new(), None);
        }
    }

    /// Shows a line that was found, in the middle of what stands around it.
    fn show(&mut self, line: Option<usize>) {
        self.found = line;
        if let Some(line) = line {
            self.first = line.saturating_sub(self.room / 2);
            self.scroll(0);
        }
    }

    /// Says how many lines there are, and how many of them fit.
    pub fn fit(&mut self, lines: usize, room: usize) {
        (self.lines, self.room) = (lines, room.max(1));
        self.scroll(0);
    }
}

/// How many lines the text has, and how many of them fit into `area`.
pub fn extent(model: &Model, area: Rect) -> (usize, usize) {
    let lines = text(model, area.width).map_or(0, |text| text.lines().count());
    (lines, room(area).height.into())
}

fn room(area: Rect) -> Rect {
    let height = area.height.saturating_sub(2);
    Rect {
        y: area.y + area.height.min(2),
        height,
        ..area
    }
}

fn text(model: &Model, width: u16) -> Option<String> {
    let rulings = &model.desk.as_ref()?.rulings;
    let ruling = rulings.get(model.policy.at)?;
    Some(describe(&ruling.policy, Some(width.min(WIDEST).into())))
}

/// Looks for words in the policy, from the line on that was found last, and then from its beginning.
pub fn find(model: &mut Model, sought: String) {
    model.policy.sought = sought;
    let (lines, from) = (
        having(model),
        model.policy.found.unwrap_or(model.policy.first),
    );
    let next = lines.iter().find(|line| **line >= from).or(lines.first());
    model.policy.show(next.copied());
}

/// The next line that has what is looked for, or the one before.
pub fn further(model: &mut Model, forward: bool) {
    let (lines, Some(from)) = (having(model), model.policy.found) else {
        return;
    };
    let next = match forward {
        true => lines.iter().find(|line| **line > from),
        false => lines.iter().rfind(|line| **line < from),
    };
    if let Some(next) = next {
        model.policy.show(Some(*next));
    }
}

/// The lines that have every word that is looked for.
fn having(model: &Model) -> Vec<usize> {
    let sought = model.policy.sought.to_lowercase();
    let words: Vec<&str> = sought.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let text = text(model, model.size.0).unwrap_or_default().to_lowercase();
    let has = |line: &str| words.iter().all(|word| line.contains(word));
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| has(line))
        .map(|(at, _)| at)
        .collect()
}

/// Draws the policy.
pub fn body(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let rulings = model.desk.as_ref().map_or(&[][..], |desk| &desk.rulings);
    let screen = &model.policy;
    let mut title = Line::default();
    for (place, ruling) in rulings.iter().enumerate() {
        let name = &ruling.policy.name;
        let (words, role) = if place == screen.at {
            (format!("[{name}, version {}]", ruling.version), Role::Title)
        } else {
            (format!(" {name} "), Role::Muted)
        };
        title.push_span(Span::styled(words, look.style(role)));
        title.push_span(Span::raw(" "));
    }
    if title.width() > area.width.into() {
        let ruling = rulings.get(screen.at);
        let name = ruling.map_or("", |ruling| ruling.policy.name.as_str());
        let version = ruling.map_or(0, |ruling| ruling.version);
        title = Line::from(vec![
            Span::styled(
                format!("{name}, version {version}"),
                look.style(Role::Title),
            ),
            Span::styled(
                format!("  {}/{}", screen.at + 1, rulings.len()),
                look.style(Role::Muted),
            ),
        ]);
    }
    title.render(area, buf);
    let room = room(area);
    let text = text(model, area.width).unwrap_or_default();
    let lines = text.lines().enumerate().skip(screen.first);
    for ((at, line), row) in lines.zip(room.rows()) {
        let role = if line.starts_with(|c: char| !c.is_whitespace()) {
            Role::Title
        } else {
            Role::Text
        };
        buf.set_stringn(row.x, row.y, line, row.width.into(), look.style(role));
        if screen.found == Some(at) {
            buf.set_style(row, look.style(Role::Selected));
        }
    }
    let sought = match (screen.sought.trim(), screen.found) {
        ("", _) => None,
        (_, None) => Some("in no line".to_owned()),
        (_, Some(found)) => {
            let lines = having(model);
            let place = lines.iter().filter(|line| **line <= found).count();
            Some(format!("{place} of {} found", lines.len()))
        }
    };
    let mark = position(screen.first, room.height.into(), screen.lines);
    let mark: Vec<String> = sought.into_iter().chain(mark).collect();
    if !mark.is_empty() {
        let words = mark.join(", ");
        let width = u16::try_from(words.len()).unwrap_or(u16::MAX);
        let x = area.right().saturating_sub(width);
        buf.set_stringn(x, area.y + 1, words, width.into(), look.style(Role::Muted));
    }
}
