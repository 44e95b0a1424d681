//! Work goes on: asked only where that moves a deadline.

use super::sheet::Sheet;
use crate::console::forms::Form;
use crate::console::model::Model;
use crate::incident::{Event, Step, decide};

pub(super) fn sheet() -> (Sheet, Form) {
    let sheet = Sheet::new("Resume", |_, _| Ok(Step::Resume));
    (sheet, Form::new(Vec::new()))
}

/// Whether resuming the current incident makes a deadline another: then the old and the new one are shown before.
pub fn moves_a_deadline(model: &Model) -> bool {
    let Some(dossier) = model.current() else {
        return false;
    };
    let situation = model.situation(dossier);
    let moved =
        |event: &Event| matches!(event, Event::ClockResumed { .. } | Event::ClockMoved { .. });
    decide(&Step::Resume, &dossier.incident, situation)
        .is_ok_and(|decided| decided.events.iter().any(|(_, event)| moved(event)))
}
