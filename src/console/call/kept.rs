//! A call as it is kept beside the desk while it runs, and made again from that.

use serde::{Deserialize, Serialize};

use super::taken::Taken;
use super::{Call, CallId, Stage, customer, find, issue, note_form};
use crate::console::forms::{Draft, Form};
use crate::console::model::Model;
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::incident::{CallPart, RunningCall, Way};
use crate::store::LiveCall;

/// What is being typed on a call.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    stage: Stage,
    /// What was typed for the caller.
    caller: String,
    customer: Option<Draft>,
    issue: Option<Draft>,
    note: Option<Draft>,
    note_begun: String,
    wrap_up: Option<Draft>,
    /// The field that has the keys.
    field: String,
}

/// The calls of the console that are worth keeping: which each is, the call, and what is being typed on it.
pub fn to_keep(model: &Model) -> impl Iterator<Item = (u64, RunningCall, String)> {
    let calls = model.call.iter().chain(&model.held.calls);
    let worth = |call: &&Call| call.is_live() || (call.stage != Stage::Ring && !call.is_done());
    calls.filter(worth).map(|call| {
        let typed = serde_json::to_string(&typed(call)).unwrap_or_default();
        (call.id.0, running(call), typed)
    })
}

pub(super) fn running(call: &Call) -> RunningCall {
    let card = call.card.as_ref();
    let wanted = call.wanted.clone();
    let (customer, contact) = match card {
        Some(card) => (Some(card.caller.customer.id), card.contact.clone()),
        None => wanted.map_or((None, None), |(id, contact)| (Some(id), contact)),
    };
    RunningCall {
        timer: call.timer,
        ended_at: call.ended_at,
        from: call.from.clone(),
        line: call.line.clone(),
        rung_up: call.way == Way::Out,
        customer,
        contact,
        who: call.who(),
        parts: call.taken.iter().map(CallPart::from).collect(),
        notes: call.notes.clone(),
        handed_by: call.handed_by.clone(),
        answers: call.wrapped_up.clone().unwrap_or_default(),
    }
}

fn typed(call: &Call) -> Typed {
    let draft = |form: &Option<Form>| form.as_ref().map(Form::to_draft);
    let field = call.stage_form().map(Form::focused);
    Typed {
        stage: call.stage,
        caller: call.finder.typed(),
        customer: draft(&call.customer),
        issue: call.issue.as_ref().map(|(_, form)| form.to_draft()),
        note: draft(&call.note),
        note_begun: call.note_begun.clone(),
        wrap_up: draft(&call.wrap_up),
        field: field.unwrap_or_default().to_owned(),
    }
}

/// The call that was kept, and what must be read for it. What waits for the caller's card is filled in once that comes.
pub(super) fn restored(id: CallId, kept: &LiveCall, model: &Model) -> (Call, Vec<Effect>) {
    let running = &kept.call;
    let typed: Option<Typed> = kept
        .draft
        .as_deref()
        .and_then(|draft| serde_json::from_str(draft).ok());
    // Where nothing was typed yet, the caller's card comes first.
    let typed = typed.unwrap_or(Typed {
        stage: Stage::Card,
        ..Typed::default()
    });
    let way = if running.rung_up { Way::Out } else { Way::In };
    let mut call = Call::new(id, way, running.timer);
    call.note_begun.clone_from(&typed.note_begun);
    call.ended_at = running.ended_at;
    (call.from, call.line) = (running.from.clone(), running.line.clone());
    call.handed_by = running.handed_by.clone();
    call.notes = running.notes.clone();
    let caller = match (typed.caller.as_str(), &running.from) {
        ("", Some(number)) => number,
        (typed, _) => typed,
    };
    call.finder.hold(caller);
    let mut effects = vec![Effect::Ask(find::request(caller, model))];
    if let Some(draft) = &typed.customer {
        let mut form = customer::form(caller, model);
        form.fill(draft);
        form.focus_on(&typed.field);
        call.customer = Some(form);
        if typed.stage == Stage::Customer {
            call.stage = Stage::Customer;
        }
    }
    if let Some(draft) = &typed.note {
        let mut form = note_form("");
        form.fill(draft);
        call.note = Some(form);
    }
    call.taken = running.parts.iter().map(|part| Taken::of(*part)).collect();
    if let Some(current) = call.taken.last() {
        call.stage = Stage::Incident;
        effects.push(Effect::Ask(Request::Dossier(current.number)));
    }
    let answered = Some(running.answers.clone()).filter(|answers| !answers.is_empty());
    if let Some(customer) = running.customer {
        call.wanted = Some((customer, running.contact.clone()));
        effects.push(Effect::Ask(Request::Caller(customer)));
        call.wrapped_up = typed.wrap_up.clone().or(answered);
        call.typed = Some(Box::new(typed));
    } else {
        call.wrapped_up = typed.wrap_up.or(answered);
    }
    (call, effects)
}

/// What was typed goes back to where it was, now that the caller's card is there.
pub(super) fn fill(call: &mut Call, model: &Model) {
    let Some((typed, card)) = call.typed.take().zip(call.card.as_ref()) else {
        return;
    };
    if let Some(draft) = &typed.issue {
        let mut form = issue::form(card, call.timer.is_some(), model);
        form.fill(draft);
        form.focus_on(&typed.field);
        call.issue = Some((card.caller.customer.id, form));
    }
    call.stage = match typed.stage {
        Stage::Issue if call.issue.is_some() => Stage::Issue,
        Stage::Incident | Stage::WrapUp if !call.taken.is_empty() => Stage::Incident,
        Stage::Customer | Stage::Find if call.taken.is_empty() => typed.stage,
        _ => Stage::Card,
    };
}
