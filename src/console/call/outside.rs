//! What others do with a call, or a sudden end did: it comes in, is put on hold or ended from outside, or goes away.

use super::{Call, CallId, Stage, kept};
use crate::console::live::Then;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::widgets::message::Kind;
use crate::incident::RunningCall;
use crate::store::{Holder, LiveCall};

/// Takes a call on that no console held.
pub fn take_on(model: &mut Model, id: CallId, found: &LiveCall, then: Then) -> Vec<Effect> {
    let now = model.now;
    let (mut call, mut effects) = kept::restored(id, found, model);
    if let Some(timer) = &mut call.timer {
        match (then, found.holder) {
            (Then::Resume, _) => timer.take_back(now),
            (Then::WrapUp, Holder::Gone(seen)) => drop(call.ended_at.get_or_insert(seen)),
            _ => {}
        }
    }
    let who = match call.who() {
        nobody if nobody.is_empty() => "a caller".to_owned(),
        who => who,
    };
    let from = call.handed_by.clone();
    if found.call.is_held() && then == Then::TakeOn {
        model.held.wait(call);
        let by = from.map_or_else(String::new, |from| format!(", handed over by {from}"));
        model.say(
            Kind::Info,
            format!("{who} is on hold here{by}: H takes the call"),
        );
        return effects;
    }
    put_on(model, call);
    if then != Then::TakeOn || is_free(model) {
        super::show(model);
    } else {
        model.say(Kind::Info, format!("a call runs with {who}: c leads to it"));
    }
    effects.extend(end_where_it_ended(model));
    effects
}

/// Whether the call may come to the front without taking something away from under the agent's hands.
fn is_free(model: &Model) -> bool {
    matches!(
        model.layers.last(),
        None | Some(Layer::Call | Layer::Incident(_))
    )
}

/// Makes a call the current one; another one waits on hold.
pub(super) fn put_on(model: &mut Model, call: Call) {
    if let Some(mut before) = model.call.replace(call)
        && before.stage != Stage::Ring
        && !before.is_done()
    {
        if let Some(timer) = before.timer.as_mut().filter(|_| before.ended_at.is_none()) {
            timer.hold(model.now);
        }
        model.held.wait(before);
    }
}

/// A call that has ended already asks what is missing as soon as that is known.
pub(super) fn end_where_it_ended(model: &mut Model) -> Vec<Effect> {
    let ended = model.call.as_ref().is_some_and(|call| {
        let read = call.taken.iter().all(|taken| taken.facts.is_some());
        let asked = call.stage == Stage::WrapUp || call.finishing;
        call.ended_at.is_some() && !asked && call.wanted.is_none() && read
    });
    match ended {
        true => super::hang_up(model),
        false => Vec::new(),
    }
}

/// Somebody else put a call of this console on hold, took it back, or hung it up.
pub fn changed_outside(model: &mut Model, id: CallId, running: &RunningCall) -> Vec<Effect> {
    let is_current = model.call.as_ref().is_some_and(|call| call.id == id);
    let place = model.held.calls.iter().position(|call| call.id == id);
    let current = model.call.as_mut().filter(|_| is_current);
    let held = place.and_then(|place| model.held.calls.get_mut(place));
    let Some(call) = current.or(held) else {
        return Vec::new();
    };
    call.timer = running.timer;
    if call.stage != Stage::WrapUp {
        call.ended_at = running.ended_at;
    }
    match (running.is_held(), place) {
        (true, None) => {
            if let Some(call) = model.call.take() {
                model.held.wait(call);
            }
            super::hide(model);
            model.say(Kind::Info, "the call was put on hold: H takes it back");
            super::super::update::look_at_selected(model)
        }
        (false, Some(place)) => {
            let call = model.held.calls.remove(place);
            put_on(model, call);
            if is_free(model) {
                super::show(model);
            }
            model.say(Kind::Info, "the call goes on");
            let mut effects = super::super::update::look_at_selected(model);
            effects.extend(super::refresh(model));
            effects.extend(end_where_it_ended(model));
            effects
        }
        _ => end_where_it_ended(model),
    }
}

/// A call of this console is somewhere else, or over.
pub fn gone(model: &mut Model, id: CallId, words: &str) -> Vec<Effect> {
    let held = model.held.calls.len();
    model.held.calls.retain(|call| call.id != id);
    let was_held = model.held.calls.len() < held;
    if model.call.take_if(|call| call.id == id).is_some() {
        super::hide(model);
    } else if !was_held {
        return Vec::new();
    }
    model.say(Kind::Info, words);
    super::super::update::look_at_selected(model)
}
