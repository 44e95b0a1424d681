//! The messages: those that the desk writes, by where they stand, and mail that waits in quarantine.

use crate::console::model::Model;
use crate::console::msg::Effect;
use crate::console::request::{Request, Waiting};
use crate::console::screens::reading::Reading;
use crate::incident::{MessageState, TechRef};
use crate::store::OutboxMessage;

mod forms;
mod view;

#[cfg(test)]
mod tests;

pub use forms::{decide, send, write};
pub use view::body;

/// What a view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Messages in these states.
    Outbox(&'static [MessageState]),
    /// Mail that waits for somebody to decide about it.
    Quarantine,
}

/// The views: what they are called, and what they show.
pub const VIEWS: [(&str, Shows); 4] = [
    (
        "Outbox",
        Shows::Outbox(&[MessageState::Queued, MessageState::Failed]),
    ),
    ("Sent", Shows::Outbox(&[MessageState::Sent])),
    ("Dropped", Shows::Outbox(&[MessageState::Dropped])),
    ("Quarantine", Shows::Quarantine),
];

/// The state of the screen.
#[derive(Debug, Default)]
pub struct MessagesScreen {
    /// Which of [`VIEWS`].
    pub view: usize,
    /// The newest messages of the view, the newest first.
    rows: Vec<OutboxMessage>,
    /// The newest mail that waits, the newest first.
    waiting: Vec<Waiting>,
    /// The selected row.
    at: usize,
    /// Whether the answer for the view has come.
    loaded: bool,
    /// How many pages of rows are read.
    pages: usize,
}

/// How many rows are read at a time.
const PAGE: usize = 200;

/// How near to the last row the next page is asked for.
const NEAR: usize = 50;

impl MessagesScreen {
    /// The selected message of the outbox.
    pub fn selected(&self) -> Option<&OutboxMessage> {
        self.rows.get(self.at)
    }

    /// The selected mail in quarantine.
    pub fn mail(&self) -> Option<&Waiting> {
        self.waiting.get(self.at)
    }

    /// The incident of the selected message.
    pub fn number(&self) -> Option<TechRef> {
        self.selected().map(|message| message.id.tech_ref)
    }

    /// What the view shows.
    pub fn shows(&self) -> Shows {
        let view = VIEWS.get(self.view);
        view.map_or(Shows::Quarantine, |(_, shows)| *shows)
    }

    /// Another view.
    pub fn turn(&mut self, by: isize) {
        let views = VIEWS.len();
        *self = Self {
            view: (self.view + views).saturating_add_signed(by) % views,
            ..Self::default()
        };
    }

    /// Moves the selection; whether more rows are to be read for it.
    pub fn step(&mut self, by: isize) -> bool {
        let rows = self.rows.len().max(self.waiting.len());
        self.at = self.at.saturating_add_signed(by);
        self.clamp();
        let more = rows >= self.most() && self.at + NEAR >= rows;
        self.pages += usize::from(more);
        more
    }

    fn clamp(&mut self) {
        let rows = self.rows.len().max(self.waiting.len());
        self.at = self.at.min(rows.saturating_sub(1));
    }

    /// How many rows are read at most.
    fn most(&self) -> usize {
        (self.pages + 1) * PAGE
    }

    /// Takes messages of these states in; the selection stays on its message.
    pub fn take(&mut self, states: &[MessageState], rows: Vec<OutboxMessage>) {
        match self.shows() {
            Shows::Outbox(shown) if shown == states => {}
            _ => return,
        }
        let selected = self.selected().map(|message| message.id);
        self.select(rows.iter().position(|row| Some(row.id) == selected));
        self.rows = rows;
        self.clamp();
    }

    /// Takes mail that waits in; the selection stays on its mail.
    pub fn take_waiting(&mut self, waiting: Vec<Waiting>) {
        if self.shows() != Shows::Quarantine {
            return;
        }
        let selected = self.mail().map(|waiting| waiting.mail.id);
        self.select(waiting.iter().position(|row| Some(row.mail.id) == selected));
        self.waiting = waiting;
        self.clamp();
    }

    fn select(&mut self, found: Option<usize>) {
        self.at = found.unwrap_or(self.at);
        self.loaded = true;
    }

    /// The selected mail as a text to read.
    pub fn reading(&self) -> Option<Reading> {
        let Waiting { mail, words } = self.mail()?;
        let title = format!("Mail {}", mail.id);
        Some(Reading::new(
            title,
            words.clone(),
            format!("{}.txt", mail.id),
        ))
    }
}

/// Asks for what the screen shows.
pub fn read(model: &Model) -> Vec<Effect> {
    let request = match model.messages.shows() {
        Shows::Outbox(states) => Request::Outbox {
            states: states.to_vec(),
            most: model.messages.most(),
        },
        Shows::Quarantine => Request::Quarantine(model.messages.most()),
    };
    vec![Effect::Ask(request)]
}
