//! A new incident: what the policy asks for, and nothing else. What must be given comes first, so that one key saves as
//! soon as it is there.

mod command;
mod view;

use std::collections::BTreeMap;

use super::card::Card;
use super::customer::phone_mistake;
use crate::console::agreed;
use crate::console::forms::{Choice, Field, Form};
use crate::console::gate;
use crate::console::model::Model;
use crate::console::product;
use crate::console::routing;
use crate::incident::{AskedFor, asked_at_intake, emergency_asked_in_words, entitled};
use crate::policy::{Channel, Emergency, Policy};

pub(super) use command::commands;
pub(super) use view::{foreseen, guidance, in_full, view};

/// The value of the choice that is none of those in the list.
const OTHER: &str = "\u{0}other";

/// The field for what pays for it.
const PAID_BY: &str = "paid_by";

/// The ways in which an incident reaches us without a call.
const WRITTEN: [(Channel, &str); 3] = [
    (Channel::Mail, "mail"),
    (Channel::Chat, "chat"),
    (Channel::Other, "other"),
];

/// The form for a new incident of the card's customer. Without a call, it asks how the matter reached us.
pub(super) fn form(card: &Card, is_call: bool, model: &Model) -> Form {
    let (customer, policy) = (&card.caller.customer, &card.caller.ruling.policy);
    let asked = asked_at_intake(policy, customer, is_call).into_iter();
    let fields = asked.flat_map(|asked| match asked {
        AskedFor::Channel => {
            let ways = WRITTEN
                .iter()
                .map(|(_, word)| Choice::new(*word, *word, ""));
            vec![Field::pick("channel", "How", ways.collect()).required()]
        }
        AskedFor::ChannelReason => vec![agreed::field(policy, move |form| {
            let known = is_call || !form.value("channel").is_empty();
            known.then(|| channel(form))
        })],
        AskedFor::Summary => vec![Field::text("summary", "Summary").required()],
        AskedFor::Detail { required } => {
            let detail = Field::area("detail", "Details", 3);
            vec![if required { detail.required() } else { detail }]
        }
        AskedFor::Emergency(gate) => emergency(gate, policy, customer.office.as_deref()),
        AskedFor::Severity => {
            let known = policy.severities.iter();
            let choices = known.map(|one| Choice::new(&one.name, &one.name, &one.definition));
            vec![Field::pick("severity", "Severity", choices.collect()).required()]
        }
        AskedFor::Office => {
            let known = policy.offices.iter();
            let choices =
                known.map(|office| Choice::new(&office.name, &office.title, &office.name));
            vec![Field::pick("office", "Office", choices.collect()).required()]
        }
        AskedFor::Routing => {
            let fields = routing::fields(policy, &BTreeMap::new()).into_iter();
            fields.map(Field::required).collect()
        }
        AskedFor::WhatChanged => vec![
            Field::area("what_changed", "What changed", 2)
                .help("before it began, frankly: updates, settings, anything that was tried"),
        ],
        AskedFor::Product => product::fields(policy, None),
        AskedFor::Caller => caller(card),
        AskedFor::PaidBy => paid_by(card, model).into_iter().collect(),
    });
    Form::new(fields.collect())
}

/// The issue in a form in which something was typed that is not saved.
pub(super) fn begun(form: &Form) -> Option<String> {
    let mut changes = form.changes();
    changes.remove("caller");
    let summary = form.value("summary");
    (!changes.is_empty()).then(|| match summary.trim() {
        "" => "without a summary yet".to_owned(),
        summary => summary.to_owned(),
    })
}

/// Whether it is an emergency, and then what stands before that: after what must be given, so that no other issue costs
/// a key more.
fn emergency(gate: &Emergency, policy: &Policy, office: Option<&str>) -> Vec<Field> {
    let said = emergency_asked_in_words(policy, office).into_iter();
    let asked = Field::toggle("emergency", "Emergency").help("y or n");
    let asked = said.fold(asked, Field::help);
    let gate = gate::fields(gate, |form| form.is_on("emergency"), channel);
    std::iter::once(asked).chain(gate).collect()
}

/// How it reached us: by the call, unless the form asks.
fn channel(form: &Form) -> Channel {
    let picked = form.value("channel");
    let written = WRITTEN.iter().find(|(_, word)| *word == picked);
    written.map_or(Channel::Phone, |(channel, _)| *channel)
}

/// What pays for it, where there is a choice: the first that fits is taken unless the agent picks another.
fn paid_by(card: &Card, model: &Model) -> Option<Field> {
    let policy = &card.caller.ruling.policy;
    let fitting = card.fitting(model);
    let choices: Vec<Choice> = fitting
        .iter()
        .map(|owned| {
            let words = entitled::one_in_words(policy, owned);
            Choice::new(owned.id.0.to_string(), words, "")
        })
        .collect();
    let first = fitting.first()?.id.0.to_string();
    (choices.len() > 1).then(|| {
        Field::pick(PAID_BY, "Paid by", choices)
            .required()
            .holding(&first)
    })
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
        Field::pick("caller", "Caller", choices)
            .holding(name)
            .help("Who is new here is the last of the list; or N on the caller's card, which keeps more of them."),
        Field::text("caller_name", "Their name")
            .required()
            .when(is_new),
        Field::text("caller_phone", "To call back")
            .when(is_new)
            .check(|form| phone_mistake(&form.value("caller_phone"))),
    ]
}
