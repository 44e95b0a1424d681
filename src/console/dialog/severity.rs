//! The severity that customer and support agree on, with what it does to the deadline.

use super::sheet::{Note, Seen, Sheet, named, plain};
use crate::console::forms::{Field, Form};
use crate::incident::{ClockKind, Dated, Event, Step};
use crate::policy::Moment;

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let incident = &seen.dossier.incident;
    let severities = seen.policy().severities.iter();
    let choices = severities
        .map(|severity| named(&severity.name, severity.definition.as_str()))
        .collect();
    let customer = &seen.dossier.customer;
    let contact = incident.contact.as_ref().or(customer.contacts.first());
    let contact = contact.map_or(customer.name.as_str(), |contact| contact.name.as_str());
    let form = Form::new(vec![
        Field::pick("severity", "Severity", choices)
            .required()
            .holding(incident.severity.agreed.as_deref().unwrap_or_default()),
        Field::text("with", "Agreed with")
            .required()
            .holding(contact),
    ]);
    let sheet = Sheet::new("Agree on a severity", |form, _| {
        Ok(Step::Severity {
            severity: form.value("severity"),
            agreed_with: form.value("with"),
        })
    });
    (
        sheet.saying(stays).at(seen.policy(), Moment::Severity),
        form,
    )
}

/// The deadline where it stays.
fn stays(seen: &Seen<'_>, form: &Form, events: &[Dated]) -> Vec<Note> {
    let moves = events
        .iter()
        .any(|(_, event)| matches!(event, Event::ClockMoved { .. }));
    if moves || form.value("severity").is_empty() {
        return Vec::new();
    }
    vec![match seen.dossier.incident.running(ClockKind::Response) {
        Some(clock) => plain(format!(
            "The response stays due {}.",
            seen.when(clock.due_at)
        )),
        None => plain("No response clock runs: no deadline moves."),
    }]
}
