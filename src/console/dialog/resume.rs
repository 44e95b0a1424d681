//! Work goes on: why may be said, and what it does to the deadlines is shown before.

use super::sheet::Sheet;
use crate::console::forms::{Field, Form};
use crate::incident::Step;

pub(super) fn sheet() -> (Sheet, Form) {
    let sheet = Sheet::new("Resume", |form, _| {
        let reason = form.value("reason");
        Ok(Step::Resume((!reason.trim().is_empty()).then_some(reason)))
    });
    let reason = Field::text("reason", "Reason").help("if it is worth keeping");
    (sheet, Form::new(vec![reason]))
}
