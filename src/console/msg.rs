//! What reaches the run loop, and what the model wants done.

use crossterm::event::Event;

use super::input::Shown;
use super::request::{Answer, Request};
use super::signals::Job;

/// Something happened.
pub enum Msg {
    /// A key, a paste, the mouse, another size.
    Event(Event),
    /// Job control.
    Job(Job),
    /// The desk answered.
    Answer(Answer),
    /// The agent has written a text in an editor, or why that was not possible.
    Edited(Result<String, String>),
    /// Time has passed: a countdown may read otherwise.
    Tick,
    /// The terminal has shown what was sent before it was asked.
    Shown,
}

impl From<Shown> for Msg {
    fn from(_: Shown) -> Self {
        Self::Shown
    }
}

impl From<Event> for Msg {
    fn from(event: Event) -> Self {
        Self::Event(event)
    }
}

impl From<Job> for Msg {
    fn from(job: Job) -> Self {
        Self::Job(job)
    }
}

impl From<Answer> for Msg {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

/// What the model wants done outside of it.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Ask the desk.
    Ask(Request),
    /// Let the agent write a text in an editor; answered by [`Msg::Edited`].
    Edit(String),
    /// Copy a text to the agent's clipboard.
    Copy(String),
    /// Ring the terminal's bell.
    Bell,
    /// Let the terminal give a notice of its own.
    Notify(String),
    /// Wear the theme of this name.
    Theme(String),
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back to the shell for a while.
    Suspend,
    /// End the console.
    Quit,
    /// End it because the desk cannot be used.
    Fail(String),
}
