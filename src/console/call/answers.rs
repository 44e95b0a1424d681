//! What the desk said to a call.

use chrono::{DateTime, Utc};

use super::card::Card;
use super::stages::{chosen, go_on};
use super::taken::Facts;
use super::wrap_up::Unsaved;
use super::{Call, CallId, Stage, customer, find, kept, outside, ring, same, wrap_up};
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::{CallStep, Request};
use crate::console::widgets::countdown::timer;
use crate::console::widgets::message::Kind;
use crate::console::wording::at_the_keys;
use crate::incident::Way;
use crate::store::{CallerCard, Done, FoundCustomer, Likely, Listed, Named};

/// Every call there is.
fn calls(model: &mut Model) -> impl Iterator<Item = &mut Call> {
    model.call.iter_mut().chain(&mut model.held.calls)
}

fn call_with(model: &mut Model, id: CallId) -> Option<&mut Call> {
    calls(model).find(|call| call.id == id)
}

/// Customers were found for what was typed.
pub fn found(
    model: &mut Model,
    typed: &str,
    found: Vec<FoundCustomer>,
    named: Vec<Named>,
) -> Vec<Effect> {
    let Some(mut call) = model.call.take() else {
        return Vec::new();
    };
    let next = call.finder.found(typed, found, named, model);
    let effects = chosen(&mut call, next, model);
    model.call = Some(call);
    effects
}

/// The known faults were read, for a caller who has one of them.
pub fn faults(model: &mut Model, faults: &[Listed]) {
    let Some(call) = model.call.as_mut().filter(|call| call.stage == Stage::Same) else {
        return;
    };
    let form = call
        .card
        .as_ref()
        .and_then(|card| same::form(card, faults, call.meant));
    match form {
        Some(form) => call.same = Some((faults.to_vec(), form)),
        None => {
            call.stage = Stage::Card;
            call.problem = Some(
                "no incident is marked as a known fault: f on the one that stands for it marks it"
                    .to_owned(),
            );
        }
    }
}

/// A caller's card was read.
pub fn known(model: &mut Model, caller: CallerCard) -> Vec<Effect> {
    let id = caller.customer.id;
    let caller = Box::new(caller);
    for call in calls(model) {
        if let Some((_, contact)) = call.wanted.take_if(|(wanted, _)| *wanted == id) {
            let mut card = Card::new(caller.clone(), contact);
            if let Some(taken) = call.taken.last() {
                card.turn_to(taken.number);
            }
            call.card = Some(card);
            let naming = matches!(call.asked, Some(CallStep::Continue(_)));
            if matches!(call.stage, Stage::Find | Stage::Customer) && !naming {
                call.stage = Stage::Card;
            }
            if let Some((ring, card)) = call.ring.as_mut().zip(call.card.as_ref()) {
                ring.form.get_or_insert_with(|| ring::form(card));
            }
        } else if let Some(card) = call
            .card
            .as_mut()
            .filter(|card| card.caller.customer.id == id)
        {
            card.refresh(caller.clone());
        }
    }
    with_each(model, |call, model| {
        if call.wanted.is_none() {
            kept::fill(call, model);
        }
    });
    outside::end_where_it_ended(model)
}

/// Works on each call with the model at hand.
fn with_each(model: &mut Model, work: impl Fn(&mut Call, &Model)) {
    let (mut own, mut held) = (model.call.take(), std::mem::take(&mut model.held.calls));
    for call in own.iter_mut().chain(&mut held) {
        work(call, model);
    }
    (model.call, model.held.calls) = (own, held);
}

/// An incident was read: perhaps the one that the caller named.
pub fn read(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let begun: Vec<DateTime<Utc>> = calls(model)
        .map(|call| call.timer.map_or(now, |timer| timer.began_at))
        .collect();
    let Some(dossier) = model.dossier.as_deref() else {
        return Vec::new();
    };
    let incident = &dossier.incident;
    let (number, opened_at) = (incident.tech_ref, incident.opened_at);
    let (customer, leads_to) = (incident.customer, incident.forks.leads_to());
    let contact = incident.contact.clone();
    let facts = begun.iter().map(|at| Facts::of(dossier, model, *at));
    let facts: Vec<Facts> = facts.collect();
    let whole = model.call.is_some() || !model.held.calls.is_empty();
    let whole = whole.then(|| Box::new(dossier.clone()));
    let (mut effects, mut gone) = (Vec::new(), Vec::new());
    for (call, facts) in calls(model).zip(facts) {
        if let Some(into) = leads_to
            && call.opening == Some(number)
        {
            call.opening = Some(into);
            effects.push(Effect::Ask(Request::Dossier(into)));
            continue;
        }
        for taken in call.taken.iter_mut().filter(|taken| taken.number == number) {
            taken.facts = Some(facts.clone());
            taken.dossier.clone_from(&whole);
        }
        gone.extend(call.let_go(now));
        if call
            .opening_card
            .take_if(|wanted| *wanted == number)
            .is_some()
        {
            call.wanted = Some((customer, contact.clone()));
            effects.push(Effect::Ask(Request::Caller(customer)));
        }
        if call.opening.take_if(|wanted| *wanted == number).is_some() {
            let card = call.card.as_ref();
            if card.is_none_or(|card| card.caller.customer.id != customer) {
                call.wanted = Some((customer, None));
                effects.push(Effect::Ask(Request::Caller(customer)));
            }
            effects.extend(go_on(call, number, opened_at, None, !facts.given, now));
        }
        // What hanging up must know is read, one incident after the other.
        let unread = call.taken.iter().find(|taken| taken.facts.is_none());
        let unread = unread.filter(|taken| call.asked.is_none() && taken.number != number);
        effects.extend(unread.map(|taken| Effect::Ask(Request::Dossier(taken.number))));
    }
    for number in gone {
        let words = format!("{number} is no part of this call any more");
        model.say(Kind::Done, words);
    }
    effects.extend(outside::end_where_it_ended(model));
    effects
}

/// A change that a call asked for is on the disk.
pub fn done(model: &mut Model, id: CallId, step: CallStep, done: &[Done]) -> Vec<Effect> {
    let now = model.now;
    let Some(call) = call_with(model, id) else {
        return Vec::new();
    };
    call.asked = None;
    let (mut logged, mut noted) = (None, None);
    match step {
        CallStep::Customer => {
            let customer = done.iter().find_map(|done| match done {
                Done::Customer(id, _) => Some(*id),
                _ => None,
            });
            let Some(customer) = customer else {
                return Vec::new();
            };
            // Who goes back to the list finds there who was just made, and makes nobody twice.
            let name = call.customer.take().map(|form| form.value("name"));
            let name = name.unwrap_or_else(|| call.finder.typed());
            call.finder.hold(&name);
            call.wanted = Some((customer, None));
            return vec![
                Effect::Ask(Request::Caller(customer)),
                Effect::Ask(find::request(&name, model)),
            ];
        }
        CallStep::Log => {
            let number = done.iter().find_map(|done| match done {
                Done::Logged(number) => Some(*number),
                _ => None,
            });
            if let Some(number) = number {
                (call.issue, call.same, call.finishing) = (None, None, false);
                call.take(number, true, now);
                logged = call.card.as_ref().map(Card::draft);
            }
        }
        CallStep::Continue(number) => call.take(number, false, now),
        CallStep::Given => {
            let facts = call.taken.last_mut().and_then(|taken| taken.facts.as_mut());
            if let Some(facts) = facts {
                facts.given = true;
            }
        }
        CallStep::Notes(kept) => {
            call.notes.drain(..kept.min(call.notes.len()));
            noted = call.taken.last().map(|taken| taken.number);
        }
        CallStep::End => return ended(model, id),
    }
    let effects = call.send_notes();
    if let Some(number) = noted {
        model.say(Kind::Done, format!("{number}: the note is kept"));
    }
    if let Some(begun) = logged {
        model.drafts.forget(&begun);
    }
    if step == CallStep::Given && model.call.as_ref().is_some_and(|call| !call.is_live()) {
        // Without a call there is nothing to hang up.
        model.call = None;
        super::hide(model);
        model.say(Kind::Done, "logged, and the customer has the number");
    }
    effects
}

/// The call is over.
fn ended(model: &mut Model, id: CallId) -> Vec<Effect> {
    let now = model.now;
    model.held.calls.retain(|call| call.id != id);
    let Some(call) = model.call.take_if(|call| call.id == id) else {
        return Vec::new();
    };
    super::hide(model);
    model.hung_up = call.taken.iter().map(|taken| taken.number).collect();
    if let Some(taken) = call.taken.last() {
        model.queue.select(taken.number);
    }
    let about = match call.recorded.as_slice() {
        [] => "without an incident".to_owned(),
        recorded => format!("on {}", recorded.join(", ")),
    };
    let length = timer(call.seconds(now));
    let begun = unsaved(model, &call);
    let words = match call.wrap_up.as_ref().is_some_and(wrap_up::is_mistake) {
        true if call.way == Way::Out => "nobody was rung up: nothing is recorded".to_owned(),
        true => "begun by mistake: nothing is recorded".to_owned(),
        false => format!("call of {length} recorded {about}"),
    };
    model.say(Kind::Done, format!("{words}{begun}"));
    Vec::new()
}

/// Keeps the new incident that was not saved, or lets it go, as the agent said while hanging up; in words.
fn unsaved(model: &mut Model, call: &Call) -> String {
    let (Some(form), Some((_, issue)), Some(card)) = (&call.wrap_up, &call.issue, &call.card)
    else {
        return String::new();
    };
    match wrap_up::unsaved(form) {
        Unsaved::Keep => {
            model.drafts.keep(card.draft(), issue);
            let name = &card.caller.customer.name;
            format!("; the new incident is kept for {name}")
        }
        _ => {
            model.drafts.forget(&card.draft());
            String::new()
        }
    }
}

/// A change that a call asked for was refused: it is said at the stage, and all that was typed stays.
pub fn refused(model: &mut Model, id: CallId, reason: String) {
    let shows = matches!(model.layers.last(), Some(Layer::Call));
    let is_current = model.call.as_ref().is_some_and(|call| call.id == id);
    if let Some(call) = call_with(model, id) {
        give_back(call);
        call.problem = match call.form_mut() {
            Some(form) => form.refuse(&reason),
            None => Some(at_the_keys(&reason).into_owned()),
        };
    }
    if !(shows && is_current) {
        model.say(Kind::Error, reason);
    }
}

/// Offers whom somebody new may be already.
pub fn likely(model: &mut Model, likely: Vec<Likely>) {
    if let Some(form) = model.call.as_mut().and_then(|call| call.customer.as_mut()) {
        customer::offer(form, likely);
    }
}

/// Something that the call wanted to see could not be read. True if that was said at the stage.
pub fn failed(model: &mut Model, reason: &str) -> bool {
    let shows = matches!(model.layers.last(), Some(Layer::Call));
    match &mut model.call {
        Some(call) if shows => {
            (call.opening, call.wanted) = (None, None);
            call.problem = Some(at_the_keys(reason).into_owned());
            true
        }
        _ => false,
    }
}

/// Notes that the desk refused go back to where they can be put right: into the line in which they were typed, or while
/// hanging up into what was said. Kept, they would be refused again and again.
fn give_back(call: &mut Call) {
    match (call.asked.take(), &mut call.wrap_up) {
        (Some(CallStep::Notes(many)), _) => {
            let refused: Vec<String> = call.notes.drain(..many.min(call.notes.len())).collect();
            call.note_begun = refused.join(" ");
        }
        (Some(CallStep::End), Some(form)) => {
            let said = std::mem::take(&mut call.notes).into_iter();
            let said: Vec<String> = said.chain([form.value("text")]).collect();
            form.set("text", said.join("\n").trim_end());
        }
        _ => {}
    }
}
