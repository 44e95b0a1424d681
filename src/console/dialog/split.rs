//! Another aspect of a matter becomes an incident of its own (P1-11, P3-04).

use super::sheet::{Seen, Sheet, given, named, plain};
use crate::console::forms::{Field, Form};
use crate::incident::{Command, Split};
use crate::policy::Moment;

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let incident = &seen.dossier.incident;
    let mut fields = vec![
        Field::text("summary", "Summary")
            .required()
            .help("The other aspect in one line."),
    ];
    let detail_required = seen.policy().intake.detail_required;
    fields.push(Field::area("detail", "Details", 3).required_when(move |_| detail_required));
    if !seen.policy().severities.is_empty() {
        let severities = seen.policy().severities.iter();
        let severities = severities
            .map(|severity| named(&severity.name, severity.definition.as_str()))
            .collect();
        fields.push(
            Field::pick("severity", "Severity", severities)
                .required()
                .holding(incident.severity.asked.as_deref().unwrap_or_default()),
        );
    }
    let told = vec![
        named("yes", "they know that it is an incident of its own"),
        named("no", "they are still to be told"),
    ];
    fields.push(
        Field::pick("told", "Customer told", told)
            .required()
            .help("We decide what one incident is, and tell the customer."),
    );
    let sheet = Sheet::making("Split", |number, form, _| {
        let split = Split {
            summary: form.value("summary"),
            detail: given(form, "detail"),
            severity: given(form, "severity"),
            told: form.value("told") == "yes",
        };
        Ok(Command::Split(number, Box::new(split)))
    });
    let sheet = sheet.saying(|_, _, _| {
        vec![plain(
            "A new incident of the same customer, with a number of its own.",
        )]
    });
    (sheet.at(seen.policy(), Moment::Intake), Form::new(fields))
}
