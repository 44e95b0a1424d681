//! How a form for a step looks: its fields, what is said beneath them, what the policy says, and at the bottom why it
//! could not be saved.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::sheet::{Note, Seen};
use super::{Dialog, foreseen, preview};
use crate::console::edit::ONCE_MORE;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::view::boxed;
use crate::console::widgets::modal;
use crate::console::wording::at_the_keys;
use crate::incident::Event;
use crate::text;

/// The most columns that a form takes.
const WIDEST: u16 = 92;
/// Lines that the fields get, whatever else there is to say.
const LEAST: u16 = 6;
/// With fewer lines left than these no message is shown beneath the fields.
const MESSAGE: u16 = 4;
/// The most lines that a refusal takes.
const PROBLEM: usize = 3;

/// Where everything goes inside the box.
struct Layout {
    /// Columns and lines of the box's inside: the same whichever field has the keys.
    size: (u16, u16),
    /// Lines of the fields.
    fields: u16,
    /// What stands beneath them.
    beneath: Vec<Line>,
    /// What stands at the bottom.
    problem: Vec<Line>,
}

impl Layout {
    fn new(dialog: &Dialog, model: &Model, look: &Look, area: Rect) -> Self {
        let width = area.width.saturating_sub(4).min(WIDEST);
        let room = area.height.saturating_sub(2);
        let mut problem = wrapped(
            dialog.problem.iter().map(|why| (why.clone(), Role::Bad)),
            width,
        );
        problem.truncate(PROBLEM);
        let room_above = room.saturating_sub(count(&problem));
        let mut beneath = wrapped(notes(dialog, model), width);
        beneath.truncate(room_above.saturating_sub(LEAST).into());
        if !beneath.is_empty() && !dialog.form.is_empty() {
            beneath.insert(0, Line::gap());
        }
        let room_for_fields = room_above.saturating_sub(count(&beneath));
        let tallest = dialog.form.tallest(width).min(room_for_fields);
        let mut left = room_for_fields.saturating_sub(tallest);
        beneath.append(&mut preview(dialog, model, look, width, &mut left));
        for (at, clause) in dialog.sheet.clauses.iter().enumerate() {
            let mut clause = wrapped([(clause.clone(), Role::Muted)], width);
            if at == 0 {
                clause.insert(0, Line::gap());
            }
            let Some(rest) = left.checked_sub(count(&clause)) else {
                break;
            };
            left = rest;
            beneath.append(&mut clause);
        }
        Self {
            size: (width, room.saturating_sub(left)),
            fields: dialog.form.height(width).min(tallest),
            beneath,
            problem,
        }
    }

    /// Where the fields go in the inside of the box.
    fn fields(&self, inside: Rect) -> Rect {
        Rect {
            height: inside.height.min(self.fields),
            ..inside
        }
    }
}

/// Draws the form in its box.
pub fn view(dialog: &Dialog, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let layout = Layout::new(dialog, model, look, area);
    let summary = model
        .current()
        .map_or("", |dossier| dossier.incident.summary.as_str());
    let title = format!(
        "{} {} {} {summary}",
        dialog.sheet.title, dialog.number, look.symbols.separator
    );
    let title = match dialog.among.len() {
        0 => title,
        many => format!("{}: {many} incidents", dialog.sheet.title),
    };
    let inside = boxed(&title, layout.size, look, area, buf);
    let fields = layout.fields(inside);
    dialog.form.view(look, fields, buf);
    let below = layout.beneath.iter().zip(fields.bottom()..inside.bottom());
    let bottom = inside.bottom().saturating_sub(count(&layout.problem));
    let problem = layout.problem.iter().zip(bottom..inside.bottom());
    for (line, y) in below.chain(problem) {
        line.draw(look, Rect { y, ..inside }, buf);
    }
}

/// Where the terminal's cursor belongs after [`view`] has drawn into the same `area`.
pub fn cursor(dialog: &Dialog, model: &Model, look: &Look, area: Rect) -> Option<Position> {
    let layout = Layout::new(dialog, model, look, area);
    let inside = modal::inside(layout.size, area);
    dialog.form.cursor(layout.fields(inside))
}

/// What is said about what is filled in: what somebody changed, what the form says of itself, what saving would do.
fn notes(dialog: &Dialog, model: &Model) -> Vec<Note> {
    let changed = dialog.changed.clone().map(|words| (words, Role::Warning));
    let foreseen = dialog.foreseen.iter().flat_map(|words| words.lines());
    let foreseen = foreseen.filter(|line| !line.is_empty());
    // What is to be confirmed is never cut: it comes first, and then how.
    let mut first: Vec<Note> = foreseen
        .map(|line| (line.to_owned(), Role::Warning))
        .collect();
    let once_more = dialog
        .foreseen
        .as_ref()
        .map(|_| (ONCE_MORE.to_owned(), Role::Warning));
    let mut notes: Vec<Note> = changed.into_iter().collect();
    if !dialog.among.is_empty() {
        let words = format!(
            "Shown for {}; what becomes of each is shown before it is done.",
            dialog.number
        );
        notes.push((words, Role::Muted));
    }
    if let Some(dossier) = model.current() {
        let kin = &dialog.sheet.kin;
        let seen = Seen {
            model,
            dossier,
            kin,
            owners: dialog.sheet.owners(),
        };
        let (events, refused) = match foreseen::events(&dialog.sheet, &dialog.form, &seen) {
            Ok(events) => (events, None),
            Err(why) => (
                Vec::new(),
                Some((
                    format!("It would be refused: {}.", at_the_keys(&why)),
                    Role::Warning,
                )),
            ),
        };
        // Once it was saved in vain, that is said at the bottom; of several each is told with its own.
        notes.extend(refused.filter(|_| dialog.problem.is_none() && dialog.among.is_empty()));
        notes.extend((dialog.sheet.notes)(&seen, &dialog.form, &events));
        let before = seen.before();
        // A message is shown as it will be read.
        let others = events.iter().map(|(_, event)| event);
        let others = others.filter(|event| !matches!(event, Event::MessageQueued(_)));
        let told = others.filter_map(|event| before.told(event));
        match once_more {
            Some(_) => first.extend(told),
            None => notes.extend(told),
        }
    }
    first.into_iter().chain(once_more).chain(notes).collect()
}

/// The message that saving would write, as whoever gets it will see it (P4-08): as much of it as there is room for.
fn preview(dialog: &Dialog, model: &Model, look: &Look, width: u16, left: &mut u16) -> Vec<Line> {
    let Some(message) = dialog.message(model).filter(|_| *left >= MESSAGE) else {
        return Vec::new();
    };
    let columns = usize::from(width).saturating_sub(2);
    let edge = look.symbols.border.vertical_left;
    let mut lines = vec![Line::of(
        format!("{} will read (Ctrl-P shows it alone):", message.to),
        Role::Label,
    )];
    let copy = (!message.cc.is_empty()).then(|| format!("Copy: {}", message.cc));
    let text = preview::text(&message);
    let text = copy.iter().map(String::as_str).chain(text.lines());
    for line in text {
        let pieces = match line {
            "" => vec![String::new()],
            line => text::wrap(line, columns),
        };
        let pieces = pieces.into_iter();
        lines.extend(pieces.map(|piece| Line::of(format!("{edge} {piece}"), Role::Text)));
    }
    let all = lines.len();
    lines.truncate((*left).into());
    if lines.len() < all {
        lines.pop();
        let more = format!("{edge} {}", look.symbols.cut);
        lines.push(Line::of(more, Role::Muted));
    }
    *left -= count(&lines);
    lines
}

/// One line of the screen.
struct Line {
    text: String,
    role: Role,
    /// It continues the line above.
    goes_on: bool,
}

impl Line {
    /// An empty line.
    fn gap() -> Self {
        Self::of(String::new(), Role::Text)
    }

    /// A line that continues none.
    fn of(text: String, role: Role) -> Self {
        Self {
            text,
            role,
            goes_on: false,
        }
    }

    /// The symbol of what it means, where that has one.
    fn symbol(&self, look: &Look) -> Option<&'static str> {
        match self.role {
            Role::Missed => Some(look.symbols.missed),
            Role::Bad => Some(look.symbols.bad),
            _ => None,
        }
    }

    fn draw(&self, look: &Look, area: Rect, buf: &mut Buffer) {
        let shown = match self.symbol(look) {
            Some(_) if self.goes_on => format!("  {}", self.text),
            Some(symbol) => format!("{symbol} {}", self.text),
            None => self.text.clone(),
        };
        let style = look.style(self.role);
        buf.set_stringn(area.x, area.y, shown, area.width.into(), style);
    }
}

/// Notes in lines that leave room for a symbol in `width` columns.
fn wrapped(notes: impl IntoIterator<Item = Note>, width: u16) -> Vec<Line> {
    let columns = usize::from(width).saturating_sub(2);
    let wrap = |(words, role): Note| {
        let lines = text::wrap(&words, columns).into_iter().enumerate();
        lines.map(move |(at, text)| Line {
            text,
            role,
            goes_on: at > 0,
        })
    };
    notes.into_iter().flat_map(wrap).collect()
}

fn count(lines: &[Line]) -> u16 {
    u16::try_from(lines.len()).unwrap_or(u16::MAX)
}
