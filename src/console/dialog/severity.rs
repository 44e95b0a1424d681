//! The severity that customer and support agree on, with what it does to the deadline.

use super::sheet::{Note, Seen, Sheet, named, plain};
use crate::console::forms::{Choice, Field, Form};
use crate::incident::{ClockKind, Dated, Event, Step};
use crate::policy::Moment;

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let incident = &seen.dossier.incident;
    let severity = Field::pick("severity", "Severity", choices(seen)).required();
    let with = Field::text("with", "Agreed with");
    let form = Form::new(match seen.model.is_bulk() {
        // What one of them has is none of the others'.
        true => vec![
            severity,
            with.help("Of each incident its own contact, if empty. A name counts only where it is one of the customer's people."),
        ],
        false => {
            let customer = &seen.dossier.customer;
            let contact = incident.contact.as_ref().or(customer.contacts.first());
            let contact = contact.map_or(customer.name.as_str(), |contact| contact.name.as_str());
            let agreed = incident.severity.agreed.as_deref().unwrap_or_default();
            vec![severity.holding(agreed), with.required().holding(contact)]
        }
    });
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

/// The severities of the incident's policy; of several that are marked those of any of their policies, each name once.
fn choices(seen: &Seen<'_>) -> Vec<Choice> {
    let (model, mut choices) = (seen.model, Vec::<Choice>::new());
    let rows = model.queue.rows.iter().filter(|_| model.is_bulk());
    let marked = rows.filter(|row| model.queue.marked.contains(&row.number));
    let marked = marked.filter_map(|row| model.ruling(&row.policy));
    let policies = std::iter::once(seen.policy()).chain(marked.map(|ruling| &*ruling.policy));
    for severity in policies.flat_map(|policy| &policy.severities) {
        if choices.iter().all(|choice| choice.value != severity.name) {
            choices.push(named(&severity.name, severity.definition.as_str()));
        }
    }
    choices
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
