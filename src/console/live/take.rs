//! What others did is taken in: a call that was begun, changed, ended or handed over by somebody else.

use super::{Seen, Then};
use crate::console::call::{self, CallId};
use crate::console::model::Model;
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::console::widgets::message::Kind;
use crate::store::{Holder, LiveCall};

/// What is alive was read.
pub fn seen(model: &mut Model, seen: &Seen) -> Vec<Effect> {
    let alive = &mut model.alive;
    if alive.mark != seen.mark {
        // Another file: what this console has is not on record there.
        alive.kept.clear();
        alive.known.clear();
        alive.drafts = (None, None);
        alive.looked_at = None;
        alive.mark = seen.mark;
    }
    alive.session = Some(seen.session);
    let answered = answered_elsewhere(alive, seen);
    alive.rings.clone_from(&seen.rings);
    alive.others.clone_from(&seen.others);
    let left = seen.left.iter();
    let forms: Vec<String> = left.flat_map(|left| model.drafts.take_in(left)).collect();
    if let Some(words) = answered {
        model.say(Kind::Info, words);
    }
    if !forms.is_empty() {
        let words = format!(
            "what you typed before is kept for its form: {}",
            forms.join(", ")
        );
        model.say(Kind::Info, words);
    }
    let alive = &mut model.alive;
    let mut effects = Vec::new();
    let own = |found: &LiveCall| match found.holder {
        Holder::Console(session, place) if session == seen.session => Some(place),
        _ => None,
    };
    let known: Vec<u64> = alive.known.keys().copied().collect();
    for place in known {
        match seen.calls.iter().find(|found| own(found) == Some(place)) {
            Some(found) => effects.extend(changed(model, place, found)),
            None => effects.extend(taken_away(model, place, &seen.calls)),
        }
    }
    let (mine, agent) = (|found: &&LiveCall| found.agent == model.agent, &model.alive);
    let free = seen.calls.iter().filter(mine);
    let free = free.filter(|found| !agent.claiming.contains(&found.id));
    let (begun, cut_off): (Vec<_>, Vec<_>) = free
        .filter(|found| !matches!(found.holder, Holder::Console(..)))
        .partition(|found| found.holder == Holder::Nobody);
    let begun: Vec<i64> = begun.into_iter().map(|found| found.id).collect();
    model.alive.cut_off = cut_off.into_iter().cloned().collect();
    let others = seen.calls.iter().filter(|found| found.agent != model.agent);
    model.alive.calls = others.cloned().collect();
    effects.extend(begun.into_iter().map(|id| claim(model, id, Then::TakeOn)));
    effects
}

/// Who has answered what rang here before, where somebody else did.
fn answered_elsewhere(alive: &super::Alive, seen: &Seen) -> Option<String> {
    let rings = |id: i64| seen.rings.iter().any(|(ring, _)| ring.id == id);
    let mut gone = alive.rings.iter();
    gone.find_map(|(ring, who)| {
        let by = |call: &&LiveCall| {
            let from = call.call.from.as_deref() == Some(ring.number.as_str());
            let since = call
                .call
                .timer
                .is_some_and(|timer| timer.began_at >= ring.at);
            from && since
        };
        let gone = !rings(ring.id) && !alive.claiming.contains(&ring.id);
        let call = seen.calls.iter().find(by).filter(|_| gone)?;
        Some(format!("{} has answered {who}", call.agent))
    })
}

/// Asks for a call that no console holds.
pub(super) fn claim(model: &mut Model, id: i64, then: Then) -> Effect {
    model.alive.claiming.insert(id);
    let place = call::next_place(model).0;
    Effect::Ask(Request::Claim { id, place, then })
}

/// The numbers under which calls are kept. One that has ended since it was sent there is not known again by that: it would
/// be missed at the next look, and be taken for one that somebody else has ended.
pub fn kept(model: &mut Model, numbers: &[(u64, i64)]) {
    let alive = &mut model.alive;
    for (place, id) in numbers {
        if alive.kept.contains_key(place) {
            alive.known.entry(*place).or_insert((*id, 0)).0 = *id;
        }
    }
}

/// A call that was asked for came, or another console was faster.
pub fn claimed(
    model: &mut Model,
    id: i64,
    place: u64,
    then: Then,
    found: Result<Box<LiveCall>, Option<String>>,
) -> Vec<Effect> {
    model.alive.claiming.remove(&id);
    model.alive.rings.retain(|(ring, _)| ring.id != id);
    model.alive.cut_off.retain(|cut_off| cut_off.id != id);
    let found = match found {
        Ok(found) => found,
        Err(whose) => {
            match (then, whose) {
                (Then::TakeOn, _) => {}
                (Then::Answered, Some(agent)) => {
                    model.say(Kind::Info, format!("{agent} has answered it"));
                }
                (Then::Answered, None) => model.say(
                    Kind::Info,
                    "it rings no more: who rang has given up, or that call is over already",
                ),
                _ => model.say(Kind::Warning, "another console has taken that call already"),
            }
            return Vec::new();
        }
    };
    model.alive.known.insert(place, (found.id, found.touched));
    call::take_on(model, CallId(place), &found, then)
}

/// Somebody else may have changed a call of this console.
fn changed(model: &mut Model, place: u64, found: &LiveCall) -> Vec<Effect> {
    let known = model.alive.known.get_mut(&place);
    let Some((_, touched)) = known.filter(|(_, touched)| *touched != found.touched) else {
        return Vec::new();
    };
    *touched = found.touched;
    call::changed_outside(model, CallId(place), &found.call)
}

/// A call of this console was handed over.
pub fn handed(model: &mut Model, place: u64, to: &str) -> Vec<Effect> {
    model.alive.known.remove(&place);
    model.alive.kept.remove(&place);
    call::gone(
        model,
        CallId(place),
        &format!("{to} has the call now, on hold"),
    )
}

/// A call of this console has gone from it: it was ended by a command, or another agent has it.
fn taken_away(model: &mut Model, place: u64, calls: &[LiveCall]) -> Vec<Effect> {
    let known = model.alive.known.remove(&place);
    model.alive.kept.remove(&place);
    let id = known.map(|(id, _)| id);
    let now = calls.iter().find(|found| Some(found.id) == id);
    let words = match now {
        Some(found) if found.agent != model.agent => format!("{} has the call now", found.agent),
        Some(_) => "another console of yours has the call now".to_owned(),
        None => "the call was ended or discarded by a command: F2 has what is on record".to_owned(),
    };
    call::gone(model, CallId(place), &words)
}
