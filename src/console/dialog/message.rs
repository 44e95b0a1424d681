//! A message of the outbox: what it is to say instead, or that it is not to be sent.

use super::sheet::{Seen, Sheet, named, plain};
use crate::console::addresses;
use crate::console::forms::{Field, Form};
use crate::incident::{Addresses, MessageStep, Step, Wording};

/// The form for the message that is selected.
///
/// # Errors
/// When none of the current incident's is.
pub(super) fn sheet(seen: &Seen<'_>) -> Result<(Sheet, Form), String> {
    let number = seen.dossier.incident.tech_ref;
    let selected = seen.model.messages.selected();
    let message = selected.filter(|message| message.id.tech_ref == number);
    let message = message.ok_or("no message is selected")?;
    let (n, wording) = (message.id.n, &message.wording);
    let is_changed = |form: &Form| form.value("what") == "change";
    let is_dropped = |form: &Form| form.value("what") == "drop";
    let form = Form::new(vec![
        Field::pick(
            "what",
            "What",
            vec![
                named("change", "it is to say something else"),
                named("drop", "it is not to be sent"),
            ],
        )
        .required()
        .holding("change"),
        addresses::field("to", "To")
            .required()
            .holding(&wording.to.to_string())
            .when(is_changed),
        addresses::field("cc", "Copy")
            .holding(&wording.cc.to_string())
            .when(is_changed),
        Field::text("subject", "Subject")
            .required()
            .holding(&wording.subject)
            .help("The Tech Reference number stays in it, whatever it is.")
            .when(is_changed),
        Field::area("text", "Text", 8)
            .required()
            .holding(&wording.text)
            .help("Ctrl-J breaks the line.")
            .when(is_changed),
        Field::area("reason", "Reason", 2)
            .required()
            .when(is_dropped),
    ]);
    let sheet = Sheet::new("Message", move |form, _| {
        if is_dropped(form) {
            let reason = form.value("reason");
            return Ok(Step::Message(n, MessageStep::Drop { reason }));
        }
        let list = |name: &str| Addresses::new(addresses::parts(&form.value(name)));
        let wording = Wording {
            to: list("to"),
            cc: list("cc"),
            subject: form.value("subject"),
            text: form.value("text"),
        };
        Ok(Step::Message(n, MessageStep::Edit(wording)))
    });
    let sheet = sheet.saying(|_, form, _| match form.value("what").as_str() {
        "change" => vec![plain("What it said before stays on the timeline.")],
        "drop" => vec![plain("It stays on the timeline, with the reason.")],
        _ => Vec::new(),
    });
    Ok((sheet, form))
}
