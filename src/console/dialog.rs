//! A form for a step of an incident: its fields, and the command it makes.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::actions::Action;
use super::forms::Form;
use super::look::Look;
use super::model::Model;
use super::request::Request;

/// A form for a step.
pub struct Dialog {
    /// The form.
    pub form: Form,
    /// Why it could not be saved.
    pub problem: Option<String>,
}

impl Dialog {
    /// The request that the form makes.
    ///
    /// # Errors
    /// When something in it cannot be read.
    pub fn request(&self, now: DateTime<Utc>) -> Result<Request, String> {
        let _ = now;
        Err("not built yet".to_owned())
    }
}

/// The form for an action on the current incident.
///
/// # Errors
/// Why the action is not possible now.
pub fn open(action: Action, model: &Model) -> Result<Dialog, String> {
    let _ = model;
    Err(format!("{action:?} is not built yet"))
}

/// Draws the form in its box.
pub fn view(dialog: &Dialog, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let _ = (dialog, model, look, area, buf);
}

/// Where the cursor belongs.
pub fn cursor(dialog: &Dialog, area: Rect) -> Option<Position> {
    dialog.form.cursor(area)
}
