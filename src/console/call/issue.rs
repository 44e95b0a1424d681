//! A new incident: what the policy asks for, and nothing else. What must be given comes first, so that one key saves as
//! soon as it is there.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::card::Card;
use super::lines::Lines;
use crate::console::forms::{Choice, Field, Form};
use crate::console::look::Look;
use crate::console::theme::Role;
use crate::incident::{Command, Contact, Log};
use crate::policy::{Channel, Moment, Policy};

/// The value of the choice that is none of those in the list.
const OTHER: &str = "\u{0}other";

/// The ways in which an incident reaches us without a call.
const WRITTEN: [(Channel, &str); 3] = [
    (Channel::Mail, "mail"),
    (Channel::Chat, "chat"),
    (Channel::Other, "other"),
];

/// The form for a new incident of the card's customer. Without a call, it asks how the matter reached us.
pub(super) fn form(card: &Card, is_call: bool) -> Form {
    let (customer, policy) = (&card.caller.customer, &card.caller.ruling.policy);
    let intake = &policy.intake;
    let mut fields = Vec::new();
    if !is_call {
        let ways = WRITTEN
            .iter()
            .map(|(_, word)| Choice::new(*word, *word, ""))
            .collect();
        fields.push(Field::pick("channel", "How", ways).required());
    }
    fields.push(Field::text("summary", "Summary").required());
    let detail = Field::area("detail", "Details", 3);
    if intake.detail_required {
        fields.push(detail.clone().required());
    }
    if !policy.severities.is_empty() {
        let severities = policy
            .severities
            .iter()
            .map(|severity| Choice::new(&severity.name, &severity.name, &severity.definition));
        fields.push(Field::pick("severity", "Severity", severities.collect()).required());
    }
    if !policy.offices.is_empty() && customer.office.is_none() {
        let offices = policy
            .offices
            .iter()
            .map(|office| Choice::new(&office.name, &office.title, ""));
        fields.push(Field::pick("office", "Office", offices.collect()).required());
    }
    for route in &intake.route {
        let answers = route
            .answers
            .iter()
            .map(|answer| Choice::new(&answer.answer, &answer.answer, ""));
        fields.push(
            Field::pick(
                route_field(&route.key),
                capital(&route.key),
                answers.collect(),
            )
            .required()
            .help(&route.question),
        );
    }
    if intake.what_changed {
        fields.push(
            Field::area("what_changed", "What changed", 2)
                .help("before it began, frankly: updates, settings, anything that was tried"),
        );
    }
    if !intake.detail_required {
        fields.push(detail);
    }
    fields.extend(product(policy));
    fields.extend(caller(card));
    Form::new(fields)
}

/// The products that the policy names, or one that is written in.
fn product(policy: &Policy) -> Vec<Field> {
    let written = Field::text("product", "Product");
    if policy.products.is_empty() {
        return vec![written];
    }
    let mut choices: Vec<Choice> = policy
        .products
        .iter()
        .map(|product| {
            let about = if product.expedite { "at once" } else { "" };
            Choice::new(&product.name, &product.name, about)
        })
        .collect();
    choices.push(Choice::new(OTHER, "another product", ""));
    vec![
        Field::pick("known_product", "Product", choices),
        Field::text("product", "Its name").when(|form| form.value("known_product") == OTHER),
    ]
}

/// Who speaks for the customer: one of those on record, or somebody new.
fn caller(card: &Card) -> Vec<Field> {
    let contacts = &card.caller.customer.contacts;
    let mut choices: Vec<Choice> = contacts
        .iter()
        .map(|contact| Choice::new(&contact.name, &contact.name, contact.phones.join(", ")))
        .collect();
    choices.push(Choice::new(OTHER, "somebody else", ""));
    let name = card.contact.as_ref().map_or("", |contact| &contact.name);
    let is_new = |form: &Form| form.value("caller") == OTHER;
    vec![
        Field::pick("caller", "Caller", choices).holding(name),
        Field::text("caller_name", "Their name")
            .required()
            .when(is_new),
        Field::text("caller_phone", "To call back").when(is_new),
    ]
}

fn route_field(key: &str) -> String {
    format!("route {key}")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The commands that log what the form says. Somebody new is put on record with the customer.
pub(super) fn commands(form: &Form, card: &Card) -> Vec<Command> {
    let customer = &card.caller.customer;
    let intake = &card.caller.ruling.policy.intake;
    let some = |name: &str| {
        let text = form.value(name);
        (!text.trim().is_empty() && text != OTHER).then_some(text)
    };
    let routing: BTreeMap<String, String> = intake
        .route
        .iter()
        .filter_map(|route| Some((route.key.clone(), some(&route_field(&route.key))?)))
        .collect();
    let channel = WRITTEN
        .iter()
        .find(|(_, word)| *word == form.value("channel"))
        .map_or(Channel::Phone, |(channel, _)| *channel);
    let mut commands = Vec::new();
    let contact = match some("caller_name") {
        Some(name) => {
            let contact = Contact {
                name,
                phones: some("caller_phone").into_iter().collect(),
                ..Contact::default()
            };
            commands.push(Command::AddContact(customer.id, contact.clone()));
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
        product: some("known_product").or_else(|| some("product")),
        severity: some("severity"),
        channel,
        routing,
        what_changed: some("what_changed"),
        ..Log::new(customer.id, form.value("summary"))
    })));
    commands
}

/// Draws the form, and beneath it what the policy has to say at this moment.
pub(super) fn view(form: &Form, policy: &Policy, look: &Look, area: Rect, buf: &mut Buffer) {
    let height = form.height(area.width).min(area.height);
    form.view(look, Rect { height, ..area }, buf);
    let mut lines = Lines::new(area, look, buf);
    lines.take(height);
    lines.gap();
    let picked = form.value("severity");
    let severity = policy.severity(&picked);
    if let Some(severity) = severity.filter(|_| form.focused() == "severity") {
        let definition = [severity.definition.clone()];
        lines.list(&picked, &definition, Role::Text);
        lines.gap();
    }
    guidance(policy, &mut lines);
    let clauses: Vec<String> = policy
        .clauses_at(Moment::Intake)
        .map(|clause| format!("{} {}", clause.no, clause.says))
        .collect();
    lines.list("Says   ", &clauses, Role::Muted);
}

/// What is within scope and what is not, what the caller has ready, what the caller is told.
pub(super) fn guidance(policy: &Policy, lines: &mut Lines<'_>) {
    let intake = &policy.intake;
    lines.list("Covered", &intake.covers, Role::Muted);
    lines.list("Not    ", &intake.excludes, Role::Muted);
    lines.list("Ask for", &intake.checklist, Role::Muted);
    lines.list("Tell   ", &intake.tell, Role::Text);
}
