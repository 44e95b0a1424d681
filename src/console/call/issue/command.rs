//! What a new incident's form makes.

use super::{OTHER, PAID_BY, channel};
use crate::console::agreed;
use crate::console::call::card::Card;
use crate::console::forms::Form;
use crate::console::gate;
use crate::console::product;
use crate::console::routing;
use crate::incident::{Command, Contact, EntitlementId, Log};

/// The commands that log what the form says. Somebody new is put on record with the customer.
///
/// # Errors
/// When something in it cannot be read.
pub(in crate::console::call) fn commands(form: &Form, card: &Card) -> Result<Vec<Command>, String> {
    let customer = &card.caller.customer;
    let some = |name: &str| {
        let text = form.value(name);
        (!text.trim().is_empty() && text != OTHER).then_some(text)
    };
    let emergency = form.is_on("emergency").then(|| gate::read(form));
    let mut commands = Vec::new();
    let contact = match some("caller_name") {
        Some(name) => {
            let contact = Contact {
                name,
                phones: some("caller_phone").into_iter().collect(),
                ..Contact::default()
            };
            commands.push(Command::AddContact(customer.id, contact.clone(), None));
            Some(contact)
        }
        None => {
            let name = form.value("caller");
            let mut known = customer.contacts.iter();
            known.find(|contact| contact.name == name).cloned()
        }
    };
    commands.push(Command::Log(Box::new(Log {
        contact,
        office: some("office"),
        detail: some("detail"),
        product: product::read(form),
        severity: some("severity"),
        channel: channel(form),
        entitlement: some(PAID_BY)
            .and_then(|id| id.parse().ok())
            .map(EntitlementId),
        channel_reason: some(agreed::REASON),
        emergency: emergency.transpose()?,
        routing: routing::read(form, &card.caller.ruling.policy),
        what_changed: some("what_changed"),
        ..Log::new(customer.id, form.value("summary"))
    })));
    Ok(commands)
}
