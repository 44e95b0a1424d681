//! The figures: how targets were kept, how long things took, when calls come, as charts with the figures beside them.

use chrono::{DateTime, Days, NaiveTime, Utc};

use crate::calendar::local_instant;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::console::screens::reading::Reading;
use crate::console::screens::screen::Screen;
use crate::report::{By, Section, Wanted, plain};

mod view;
pub use view::body;
use view::grid;

#[cfg(test)]
mod tests;

/// The ranges: what they are called, and how many days up to today they have; all there are without.
pub const RANGES: [(&str, Option<u64>); 4] = [
    ("Week", Some(7)),
    ("Month", Some(30)),
    ("Quarter", Some(91)),
    ("All", None),
];

/// Columns of what is copied or written to a file.
const WRITTEN: usize = 100;

/// While the desk changes, figures are counted again after so many seconds at the earliest.
pub const AGAIN_SECONDS: i64 = 10;

/// The state of the screen.
#[derive(Debug, Default)]
pub struct ReportsScreen {
    /// Which of [`RANGES`].
    range: usize,
    /// By what the figures stand apart.
    by: By,
    /// The selected section.
    at: usize,
    /// What was counted last.
    sections: Vec<Section>,
    /// What was asked for last, and when.
    asked: Option<(Wanted, DateTime<Utc>)>,
    /// The desk has changed since.
    stale: bool,
}

impl ReportsScreen {
    /// Another range.
    pub fn turn(&mut self, by: isize) {
        let ranges = RANGES.len();
        self.range = (self.range + ranges).saturating_add_signed(by) % ranges;
    }

    /// Moves the selection.
    pub fn step(&mut self, by: isize) {
        let last = self.sections.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Whether the desk has changed since the figures were counted.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// Takes figures in, unless others were asked for since.
    pub fn take(&mut self, wanted: &Wanted, sections: Vec<Section>) {
        if self.asked.is_some_and(|(asked, _)| asked == *wanted) {
            self.sections = sections;
            self.step(0);
        }
    }
}

/// What the screen shows, in the agent's days.
fn wanted(model: &Model) -> Wanted {
    let screen = &model.reports;
    let (_, days) = RANGES.get(screen.range).copied().unwrap_or_default();
    let today = model.now.with_timezone(&model.zone).date_naive();
    let first = days.and_then(|days| today.checked_sub_days(Days::new(days - 1)));
    let from = first.map(|day| local_instant(model.zone, day.and_time(NaiveTime::MIN)));
    Wanted {
        from: from.unwrap_or(DateTime::<Utc>::MIN_UTC),
        until: DateTime::<Utc>::MAX_UTC,
        by: screen.by,
        customer: None,
        zone: model.zone,
    }
}

/// Asks for the figures, unless the same ones were asked for just now: then once that is a while ago.
pub fn read(model: &mut Model) -> Vec<Effect> {
    let (wanted, now) = (wanted(model), model.now);
    let asked = model.reports.asked;
    model.reports.stale = asked
        .is_some_and(|(asked, at)| asked == wanted && (now - at).num_seconds() < AGAIN_SECONDS);
    if model.reports.stale {
        return Vec::new();
    }
    model.reports.asked = Some((wanted, now));
    vec![Effect::Ask(Request::Figures(wanted))]
}

/// Figures by something else.
pub fn slice(model: &mut Model) -> Vec<Effect> {
    let by = model.reports.by;
    let place = By::ALL.iter().position(|other| *other == by);
    let next = By::ALL.iter().cycle().skip(place.unwrap_or(0) + 1);
    model.reports.by = next.copied().next().unwrap_or_default();
    read(model)
}

/// How many sections the screen shows.
pub fn page(model: &Model) -> usize {
    let (columns, rows) = grid(model.size.0, model.size.1.saturating_sub(3));
    columns * rows
}

/// Why nothing of the reports can be used now.
pub fn why_not(model: &Model) -> Option<String> {
    let here = model.screen == Screen::Reports && model.layers.is_empty();
    (!here).then(|| "that is a key of the reports: F5 leads there".to_owned())
}

/// Shows the selected section in full: every row, and what each figure is.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let screen = &model.reports;
    let Some(section) = screen.sections.get(screen.at) else {
        return Vec::new();
    };
    let columns = usize::from(model.size.0.clamp(40, 112)) - 8;
    let text = plain(section, columns, Some(columns));
    let file = format!("{}.txt", section.name);
    let reading = Reading {
        // What is taken along is as wide as it is, whatever this screen is.
        written: Some(plain(section, WRITTEN, None)),
        ..Reading::new(section.title, text, file)
    };
    model.layers.push(Layer::Text(reading));
    Vec::new()
}
