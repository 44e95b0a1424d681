//! The messages that the desk writes: those that wait, those that were sent, those that were not to be sent.

use crate::incident::{MessageState, TechRef};
use crate::store::OutboxMessage;

mod view;
pub use view::body;

/// The views: what they are called, and which states they show.
pub const VIEWS: [(&str, &[MessageState]); 3] = [
    ("Outbox", &[MessageState::Queued, MessageState::Failed]),
    ("Sent", &[MessageState::Sent]),
    ("Dropped", &[MessageState::Dropped]),
];

/// The state of the screen.
#[derive(Debug, Default)]
pub struct MessagesScreen {
    /// Which of [`VIEWS`].
    pub view: usize,
    /// The newest messages of the view, the newest first.
    rows: Vec<OutboxMessage>,
    /// The selected one.
    at: usize,
    /// Whether the answer for the view has come.
    loaded: bool,
}

impl MessagesScreen {
    /// The selected message.
    pub fn selected(&self) -> Option<&OutboxMessage> {
        self.rows.get(self.at)
    }

    /// The incident of the selected message.
    pub fn number(&self) -> Option<TechRef> {
        self.selected().map(|message| message.id.tech_ref)
    }

    /// The states that the view shows.
    pub fn states(&self) -> Vec<MessageState> {
        let (_, states) = VIEWS.get(self.view).copied().unwrap_or_default();
        states.to_vec()
    }

    /// Another view.
    pub fn turn(&mut self, by: isize) {
        let views = VIEWS.len();
        *self = Self {
            view: (self.view + views).saturating_add_signed(by) % views,
            ..Self::default()
        };
    }

    /// Moves the selection.
    pub fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Takes messages of these states in; the selection stays on its message.
    pub fn take(&mut self, states: &[MessageState], rows: Vec<OutboxMessage>) {
        if self.states() != states {
            return;
        }
        let selected = self.selected().map(|message| message.id);
        let found = rows.iter().position(|row| Some(row.id) == selected);
        self.at = found.unwrap_or(self.at).min(rows.len().saturating_sub(1));
        self.rows = rows;
        self.loaded = true;
    }
}
