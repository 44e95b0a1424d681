//! The change of a shift: what whoever comes must know, and that they took over.

use chrono::TimeDelta;

use super::edit::Edit;
use super::forms::{Field, Form};
use super::model::{Layer, Model};
use super::screens::reading::Reading;
use crate::incident::Command;
use crate::report::Handover;

/// How long a shift is.
pub const LENGTH: TimeDelta = TimeDelta::hours(8);

/// The handover was read: it is shown, and can be taken over from there.
pub fn known(model: &mut Model, handover: &Handover) {
    let text = handover.markdown(model.zone);
    let reading = Reading::new("Handover", text.trim_end().to_owned(), "handover.md");
    let reading = Reading {
        takes_over: true,
        ..reading
    };
    model.layers.push(Layer::Text(reading));
}

/// The form by which somebody takes over.
pub fn take_over() -> Edit {
    let note = Field::text("note", "Note").help("What you say to it; may stay empty.");
    let form = Form::new(vec![note]);
    Edit::new("Take the shift over", form, "you took over", |form| {
        let note = form.value("note").trim().to_owned();
        let note = Some(note).filter(|note| !note.is_empty());
        Ok(vec![Command::TakeOver(note)])
    })
    .saying("From now on the next handover tells what changes.")
}
