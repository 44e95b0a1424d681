//! The keys of flows that have the keys for themselves, such as forms: for the footer, and for `?`.

use super::call;
use super::forms::Form;
use super::model::{Layer, Model};

/// Keys, and what they do in a word or two.
pub type Hint = (&'static str, &'static str);

/// What keys do in a form.
const FORM: [Hint; 5] = [
    ("Tab", "next"),
    ("Enter", "go on"),
    ("Ctrl-D", "save"),
    ("F8", "keys"),
    ("Esc", "leave"),
];

/// What keys do over a text.
const TEXT: [Hint; 4] = [
    ("j k", "scroll"),
    ("y", "copy"),
    ("W", "write to a file"),
    ("any other key", "back"),
];

/// What keys do over a text that lies over a form.
const TEXT_OVER_FORM: [Hint; 2] = [("PgUp PgDn", "scroll"), ("any other key", "back")];

/// What keys do over the list of keys.
const HELP: [Hint; 3] = [
    ("letters", "narrow"),
    ("Up Down", "scroll"),
    ("Esc", "back"),
];

const BULK: [Hint; 3] = [
    ("Ctrl-D Enter", "do what can be done"),
    ("j k", "scroll"),
    ("Esc", "back"),
];

const PALETTE: [Hint; 3] = [("Up Down", "choose"), ("Enter", "do it"), ("Esc", "leave")];

/// The keys of what has the keys for itself; none where they come from the table.
pub fn of(model: &Model) -> Option<Vec<Hint>> {
    Some(match model.layers.last()? {
        Layer::FirstStart(start) => start.hints().to_vec(),
        Layer::Step(dialog) if dialog.form.is_empty() => {
            vec![("Enter", "do it"), ("Esc", "leave")]
        }
        Layer::Step(dialog) => {
            let message = dialog.message(model).map(|_| ("Ctrl-P", "the message"));
            form(model).chain(message).collect()
        }
        Layer::Edit(_) => form(model).collect(),
        Layer::Call => call::hints(model),
        Layer::Help(_) => HELP.to_vec(),
        Layer::Text(_) if over_a_form(model) => TEXT_OVER_FORM.to_vec(),
        Layer::Text(reading) => {
            let takes = reading.takes_over.then_some(("B", "take over"));
            let undoes = reading.undoes.then_some(("u", "take all back"));
            takes.into_iter().chain(undoes).chain(TEXT).collect()
        }
        Layer::Bulk(_) => BULK.to_vec(),
        Layer::Filter(line) => line.hints(model.screen),
        Layer::Palette(_) => PALETTE.to_vec(),
        Layer::Incident(_) => return None,
    })
}

/// What keys do in the form that has them.
fn form(model: &Model) -> impl Iterator<Item = Hint> {
    let editor = model.form().and_then(Form::text);
    let editor = editor.map(|_| ("Ctrl-O", "editor"));
    FORM.into_iter().chain(editor)
}

/// Whether letters go to a form beneath the text that shows.
pub fn over_a_form(model: &Model) -> bool {
    let beneath = model.layers.iter().rev().nth(1);
    beneath.is_some_and(|layer| layer.takes_text(model))
}

impl Layer {
    /// Whether letters are text here, rather than keys.
    pub fn takes_text(&self, model: &Model) -> bool {
        match self {
            Self::Step(dialog) => !dialog.form.is_empty(),
            Self::Edit(_) | Self::Filter(_) | Self::Palette(_) | Self::Help(_) => true,
            Self::FirstStart(start) => start.takes_text(),
            Self::Call => call::takes_text(model),
            Self::Incident(_) | Self::Bulk(_) | Self::Text(_) => false,
        }
    }
}
