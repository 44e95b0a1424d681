//! What was put right, in words.

use super::person;
use crate::incident::event::Edited;

/// Every field with what it was and what it is.
pub(super) fn edited(edited: &Edited) -> String {
    let (contact, old_contact) = (
        edited.contact.as_ref().map(person),
        edited.old_contact.as_ref().map(person),
    );
    let fields = [
        ("summary", &edited.old_summary, &edited.summary),
        ("detail", &edited.old_detail, &edited.detail),
        ("product", &edited.old_product, &edited.product),
        (
            "what changed before",
            &edited.old_what_changed,
            &edited.what_changed,
        ),
        ("customer", &edited.old_customer_name, &edited.customer_name),
        ("office", &edited.old_office, &edited.office),
        ("contact", &old_contact, &contact),
        ("severity", &edited.old_severity, &edited.severity),
    ];
    let routing = edited.routing.iter();
    let routing = routing.map(|(key, new)| (key.as_str(), edited.old_routing.get(key), Some(new)));
    let told = fields
        .into_iter()
        .map(|(name, old, new)| (name, old.as_ref(), new.as_ref()))
        .chain(routing)
        .filter_map(|(name, old, new)| match (old, new) {
            (Some(old), Some(new)) => Some(format!("{name} {new}, before {old}")),
            (None, Some(new)) => Some(format!("{name} {new}, before none")),
            (Some(old), None) => Some(format!("no {name}, before {old}")),
            (None, None) => None,
        });
    format!("Put right: {}", told.collect::<Vec<_>>().join("; "))
}
