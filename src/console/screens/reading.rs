//! A text to read, in a box that scrolls.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::calendar::Calendar;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::view::boxed;
use crate::incident;
use crate::store::Dossier;
use crate::text;

#[cfg(test)]
mod tests;

/// The widest that lines get: longer ones are hard to read.
const WIDEST: u16 = 110;

/// A text and how far it is scrolled.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// What it is.
    pub title: String,
    /// The text.
    pub text: String,
    /// What is copied, and written to a file, where that is another one.
    pub written: Option<String>,
    /// The name of a file that it may be written to.
    pub file: String,
    /// The first line that shows.
    pub first: usize,
    /// How many lines fit.
    pub room: usize,
    /// Whoever has read it may take the shift over.
    pub takes_over: bool,
    /// It tells of steps that the key for that takes back.
    pub undoes: bool,
}

impl Reading {
    /// What is copied, and written to a file.
    pub fn written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.text)
    }

    /// A text from its beginning.
    pub fn new(title: impl Into<String>, text: String, file: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text,
            written: None,
            file: file.into(),
            first: 0,
            room: 0,
            takes_over: false,
            undoes: false,
        }
    }
}

/// What an incident cost.
///
/// # Errors
/// Why there is no receipt, in words for the agent.
pub fn receipt(model: &Model, dossier: &Dossier) -> Result<Reading, String> {
    let incident = &dossier.incident;
    let number = incident.tech_ref;
    let newest = model.ruling(&incident.policy).unwrap_or(&dossier.ruling);
    let desk = model.desk.as_ref().map_or("", |desk| &desk.name);
    let receipt = incident::receipt(
        incident,
        &dossier.customer,
        &dossier.timeline,
        &newest.policy,
        desk,
    );
    let receipt = receipt.map_err(|refusal| refusal.message)?;
    Ok(Reading::new(
        format!("Receipt for {number}"),
        receipt.text(model.zone),
        format!("receipt-{number}.txt"),
    ))
}

/// Why an incident's clocks are due when they are, on the desk's own clock; in `zone` where its policy has no hours.
pub fn explained(dossier: &Dossier, now: DateTime<Utc>, zone: Tz) -> String {
    let (incident, ruling) = (&dossier.incident, &dossier.ruling);
    let (deadlines, closures) = (&ruling.deadlines, &ruling.closures);
    let ledgers = match incident::ledgers(incident, &dossier.timeline, deadlines, closures) {
        Ok(ledgers) => ledgers,
        Err(error) => return error.to_string(),
    };
    let office = incident.office.as_deref();
    let calendar = deadlines.calendar(office).ok().flatten();
    let zone = calendar.map_or(zone, Calendar::zone);
    incident::explain(incident, &ledgers, zone, now)
}

/// How many lines the text has, and how many of them fit into `area`.
pub fn extent(reading: &Reading, area: Rect) -> (usize, usize) {
    let lines = lines(reading, width(area)).len();
    (lines, area.height.saturating_sub(2).into())
}

/// Draws the text.
pub fn view(reading: &Reading, look: &Look, area: Rect, buf: &mut Buffer) {
    let lines = lines(reading, width(area));
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let longest = lines.iter().map(|line| text::width(line)).max();
    let longest = u16::try_from(longest.unwrap_or(0).max(reading.title.len() + 2));
    let wide = longest.unwrap_or(u16::MAX).min(width(area));
    let inner = boxed(&reading.title, (wide, height), look, area, buf);
    let first = reading
        .first
        .min(lines.len().saturating_sub(inner.height.into()));
    for (line, y) in lines.iter().skip(first).zip(inner.top()..inner.bottom()) {
        let role = if line.starts_with(|c: char| !c.is_whitespace()) {
            Role::Title
        } else {
            Role::Text
        };
        buf.set_stringn(inner.x, y, line, inner.width.into(), look.style(role));
    }
    let below = lines
        .len()
        .saturating_sub(first + usize::from(inner.height));
    if first > 0 || below > 0 {
        let words = format!(" {first} above, {below} below ");
        let x = inner
            .right()
            .saturating_sub(u16::try_from(words.len()).unwrap_or(0));
        let room = usize::from(inner.right().saturating_sub(x));
        let y = inner.bottom().min(area.bottom().saturating_sub(1));
        buf.set_stringn(x.max(inner.x), y, words, room, look.style(Role::Muted));
    }
}

fn width(area: Rect) -> u16 {
    area.width.saturating_sub(4).min(WIDEST)
}

/// The text wrapped; what follows a label goes on beneath itself.
fn lines(reading: &Reading, width: u16) -> Vec<String> {
    let width = usize::from(width);
    let wrapped = |line: &str| {
        let words = line.trim_start();
        let gap = words.find("  ").and_then(|gap| words.get(gap..));
        let label = line.len() - gap.map_or(words, str::trim_start).len();
        let label = if label < width / 2 { label } else { 0 };
        let (name, words) = line.split_at_checked(label).unwrap_or(("", line));
        let label = text::width(name);
        let pieces = text::wrap(words, width.saturating_sub(label));
        let under = " ".repeat(label);
        let first = |place| if place == 0 { name } else { &under };
        pieces
            .into_iter()
            .enumerate()
            .map(|(place, piece)| format!("{}{piece}", first(place)))
            .collect::<Vec<_>>()
    };
    reading
        .text
        .split('\n')
        .flat_map(|line| match line {
            "" => vec![String::new()],
            line => wrapped(line),
        })
        .collect()
}
