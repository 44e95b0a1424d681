//! Before the customer is rung up: whom, by which number, and about what. The timer runs once the agent says so; until
//! then nothing has happened, and leaving keeps nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::card::Card;
use super::lines::Lines;
use crate::console::forms::{Choice, Field, Form};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::incident::{Contact, TechRef};

const WHOM: &str = "whom";

/// The incident about which the customer is to be rung up, and whom the agent picks, once the customer was read.
pub(super) struct Ring {
    pub(super) number: TechRef,
    pub(super) form: Option<Form>,
}

fn people(card: &Card) -> Vec<(String, Contact)> {
    card.caller.customer.to_ring_up(card.contact.as_ref())
}

/// The form that asks whom.
pub(super) fn form(card: &Card) -> Form {
    let people: Vec<String> = people(card).into_iter().map(|(words, _)| words).collect();
    let first = people.first().cloned().unwrap_or_default();
    let choices = people.iter().map(|words| Choice::new(words, words, ""));
    Form::new(vec![
        Field::pick(WHOM, "Ring up", choices.collect()).holding(&first),
    ])
}

/// Whom the agent picked, with the number that is dialled before all others.
pub(super) fn picked(form: &Form, card: &Card) -> Option<Contact> {
    let picked = form.value(WHOM);
    let mut people = people(card).into_iter();
    people
        .find(|(words, _)| *words == picked)
        .map(|(_, person)| person)
}

/// Draws the form, and beneath it what the call would be about.
pub(super) fn view(
    ring: &Ring,
    card: Option<&Card>,
    model: &Model,
    look: &Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let mut lines = Lines::new(area, look, buf);
    if let Some(form) = &ring.form {
        let part = lines.take(form.height(area.width));
        form.view(look, part, lines.buf);
        lines.gap();
    }
    if let Some(dossier) = model.current() {
        let words = format!("about {}: {}", ring.number, dossier.incident.summary);
        lines.wrapped(&words, Role::Title);
    }
    if let Some((words, role)) = card.and_then(|card| card.hours(model)) {
        lines.put(&words, role);
    }
    lines.wrapped(
        "Enter: you dial, and the timer runs. Esc: no call, nothing is recorded.",
        Role::Muted,
    );
}
