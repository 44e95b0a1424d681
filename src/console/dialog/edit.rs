//! What was taken down about an incident is put right; or it goes to the customer whose it is.

mod owners;

use std::sync::Arc;

use super::sheet::{Note, Seen, Sheet, given, named, plain};
use crate::console::forms::{Choice, Field, Form};
use crate::console::whose::{CUSTOMER, FIND, Whose};
use crate::console::{product, routing};
use crate::incident::{
    Command, CustomerId, Dated, Decided, Edit, EntitlementId, Event, Refusal, Situation,
    decide_edit, entitled,
};
use crate::policy::{Moment, Policy};

pub(super) use owners::Owners;
use owners::{CONTACT, NOBODY, OFFICE, PAID_BY, people};

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let (incident, policy) = (&seen.dossier.incident, seen.policy());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let detail_required = policy.intake.detail_required;
    let mut fields = vec![
        Field::text("summary", "Summary")
            .required()
            .holding(&incident.summary),
        Field::area("detail", "Details", 3)
            .required_when(move |_| detail_required)
            .holding(&text(&incident.detail)),
    ];
    fields.extend(severity(seen));
    fields.extend(product::fields(policy, incident.product.as_deref()));
    fields.extend(routing::fields(policy, &incident.routing));
    if policy.intake.what_changed || incident.what_changed.is_some() {
        fields.push(
            Field::area("what_changed", "What changed", 2)
                .help("before it began")
                .holding(&text(&incident.what_changed)),
        );
    }
    fields.extend([
        Whose::field("Other customer")
            .help("Where it is another customer's: name, code, telephone or mail."),
        Field::pick(CUSTOMER, "Becomes", Vec::new())
            .required()
            .when(|form| !form.value(FIND).trim().is_empty()),
        Field::pick(PAID_BY, "Paid by", Vec::new())
            .help("The first that fits, unless another is picked.")
            .when(|form| form.offers(PAID_BY)),
    ]);
    let spoke = incident.contact.as_ref();
    fields.extend([
        Field::pick(CONTACT, "Contact", people(&seen.dossier.customer, spoke))
            .required()
            .holding(spoke.map_or(NOBODY, |spoke| &spoke.name)),
        Field::text("call_back", "To call back")
            .help("Another number than the one on record.")
            .when(|form| form.value(CONTACT) != NOBODY),
    ]);
    if !policy.offices.is_empty() {
        let offices = policy.offices.iter();
        let offices = offices.map(|office| Choice::new(&office.name, &office.title, &office.name));
        fields.push(
            Field::pick(OFFICE, "Office", offices.collect())
                .required()
                .holding(&text(&incident.office)),
        );
    }
    let ruling = Arc::clone(&seen.dossier.ruling);
    let sheet = Sheet::making("Put right", move |number, form, _| {
        Ok(Command::Edit(
            number,
            Box::new(filled(form, &ruling.policy)),
        ))
    });
    let sheet = sheet.saying(what_follows).of(Owners::new(seen));
    (sheet.at(policy, Moment::Intake), Form::new(fields))
}

/// The severity, and who agreed where it becomes another one.
fn severity(seen: &Seen<'_>) -> Vec<Field> {
    let severities = &seen.policy().severities;
    if severities.is_empty() {
        return Vec::new();
    }
    let incident = &seen.dossier.incident;
    let contact = incident.contact.as_ref();
    let choices = severities
        .iter()
        .map(|severity| named(&severity.name, severity.definition.as_str()));
    vec![
        Field::pick("severity", "Severity", choices.collect())
            .required()
            .holding(incident.severity.agreed.as_deref().unwrap_or_default()),
        Field::text("with", "Agreed with")
            .required()
            .holding(contact.map_or("", |contact| &contact.name))
            .when(|form| form.changed("severity").is_some()),
    ]
}

/// What the form changes: nothing of what the agent left as it was, so that what others changed meanwhile stays.
fn filled(form: &Form, policy: &Policy) -> Edit {
    let contact = form.changed(CONTACT);
    let number = |name: &str| form.value(name).parse().ok();
    Edit {
        summary: form.changed("summary"),
        detail: form.changed("detail"),
        product: product::changed(form),
        what_changed: form.changed("what_changed"),
        routing: routing::changed(form, policy),
        customer: number(CUSTOMER).map(CustomerId),
        entitlement: number(PAID_BY).map(EntitlementId),
        office: form.changed(OFFICE),
        contact: contact.map(|name| Some(name).filter(|name| name != NOBODY).unwrap_or_default()),
        call_back: given(form, "call_back"),
        severity: form.changed("severity"),
        agreed_with: given(form, "with"),
    }
}

/// What putting it right would record.
pub(super) fn put_right(edit: &Edit, seen: &Seen<'_>) -> Result<Decided, Refusal> {
    let own = seen.own();
    let to = edit.customer.and_then(|id| seen.owner(id));
    let to = to.map(|owner| Situation {
        customer: &owner.customer,
        entitlements: &owner.entitlements,
        ..own.situation
    });
    decide_edit(edit, own, to, &seen.dossier.timeline)
}

/// What goes along with it.
fn what_follows(seen: &Seen<'_>, form: &Form, events: &[Dated]) -> Vec<Note> {
    let edit = filled(&form.with_texts(), seen.policy());
    if edit.is_empty() {
        return vec![plain("The timeline keeps what was changed, as it was.")];
    }
    let told = |event: &Event| match event {
        Event::Edited(edited) => Some(format!(
            "Becomes an incident of {}.",
            edited.customer_name.clone()?
        )),
        Event::Covered { entitlement, .. } => {
            let owner = seen.owner(edit.customer?)?;
            let mut owned = owner.entitlements.iter();
            let taken = owned.find(|owned| Some(owned.id) == *entitlement)?;
            let words = entitled::one_in_words(seen.policy(), taken);
            Some(format!("Paid by: {words}, before this one."))
        }
        Event::MessageDropped { n, .. } => {
            let customer = &seen.dossier.customer.name;
            Some(format!(
                "Message {n}, which waits, is not sent to {customer}."
            ))
        }
        _ => None,
    };
    let told = events.iter().filter_map(|(_, event)| told(event));
    told.map(plain).collect()
}
