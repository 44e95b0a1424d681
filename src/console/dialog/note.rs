//! A note.

use clap::ValueEnum;

use super::sheet::{Seen, Sheet, named, value_of, word};
use crate::console::forms::{Choice, Field, Form};
use crate::incident::{NoteKind, Step, StepKind, possible};

pub(super) fn sheet(seen: &Seen<'_>, kind: NoteKind) -> (Sheet, Form) {
    let (incident, situation) = (&seen.dossier.incident, seen.model.situation(seen.dossier));
    let kinds: Vec<Choice> = NoteKind::value_variants()
        .iter()
        .filter(|kind| possible(StepKind::Note(**kind), incident, situation).is_ok())
        .map(|kind| named(&word(kind), meaning(*kind)))
        .collect();
    let mut form = Form::new(vec![
        Field::pick("kind", "Kind", kinds)
            .required()
            .holding(&word(&kind)),
        Field::area("text", "Note", 6)
            .required()
            .help("Ctrl-J breaks the line; Shift-Tab leads to the kind."),
    ]);
    form.focus_on("text");
    let sheet = Sheet::new("Note", |form, _| {
        Ok(Step::Note {
            kind: value_of(&form.value("kind"))?,
            text: form.value("text"),
        })
    });
    (sheet, form)
}

fn meaning(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Internal => "for colleagues",
        NoteKind::Work => "what was done",
        NoteKind::Next => "what is to be done next; told at the change of a shift",
        NoteKind::Question => "a technical question",
        NoteKind::Answer => "its answer",
        NoteKind::Recommendation => "best-practice advice",
        NoteKind::Conduct => "how the caller behaved; shown at the next call",
    }
}
