//! What is to be kept: at once where a call begins or turns to something else, a little later while one types.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{offer, others};
use crate::console::call;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::incident::RunningCall;
use crate::store::{Kept, SessionId};

/// What is not kept yet.
#[derive(Debug, Clone)]
pub struct Unkept {
    /// This console.
    pub session: SessionId,
    /// Whose they are.
    pub agent: String,
    /// Its calls that have changed.
    pub calls: Vec<Kept>,
    /// What is typed into forms, where that has changed; nothing where nothing is.
    pub drafts: Option<Option<String>>,
}

/// While one types, what is typed is kept this often.
const TYPING: TimeDelta = TimeDelta::milliseconds(400);

/// The calls of this console as they are now, as far as there is anything to keep.
fn now_of(model: &Model) -> impl Iterator<Item = Kept> {
    let known = |place: u64| {
        model
            .alive
            .known
            .get(&place)
            .map_or(0, |(_, touched)| *touched)
    };
    call::to_keep(model).map(move |(place, call, draft)| Kept {
        place,
        touched: known(place),
        call,
        draft,
    })
}

/// What is typed into forms that are open, or were left.
fn drafts_of(model: &Model) -> Option<String> {
    let open = model.layers.iter().filter_map(|layer| match layer {
        Layer::Step(dialog) => Some((dialog.name(), &dialog.form)),
        Layer::Edit(edit) => Some((edit.name()?.to_owned(), &edit.form)),
        _ => None,
    });
    model.drafts.to_keep(open)
}

/// Keeps what has changed.
pub fn due(model: &mut Model) -> Vec<Effect> {
    if model.alive.session.is_none() {
        return Vec::new();
    }
    offer::once(model);
    let mut effects = Vec::new();
    let looked_at = others::looked_at(model);
    if model.alive.looked_at != looked_at {
        model.alive.looked_at = looked_at;
        effects.push(Effect::Ask(Request::LookAt(looked_at)));
    }
    let now = model.now;
    let calls: Vec<Kept> = now_of(model).collect();
    let kept = &mut model.alive.kept;
    let over: Vec<u64> = kept
        .keys()
        .filter(|place| !calls.iter().any(|call| call.place == **place))
        .copied()
        .collect();
    for place in &over {
        kept.remove(place);
        model.alive.known.remove(place);
    }
    let is_due = |call: &Kept| match kept.get(&call.place) {
        None => true,
        Some((before, _)) if before == call => false,
        Some((before, at)) => turned(before, call) || now - *at >= TYPING,
    };
    let calls: Vec<Kept> = calls.into_iter().filter(is_due).collect();
    let drafts = drafts_of(model);
    let (before, at) = &mut model.alive.drafts;
    let changed = *before != drafts && at.is_none_or(|at| now - at >= TYPING);
    if changed {
        (*before, *at) = (drafts.clone(), Some(now));
    }
    if calls.is_empty() && over.is_empty() && !changed {
        return effects;
    }
    let kept = &mut model.alive.kept;
    for call in &calls {
        kept.insert(call.place, (call.clone(), now));
    }
    effects.push(Effect::Ask(Request::Keep {
        calls,
        over,
        drafts: changed.then_some(drafts),
    }));
    effects
}

/// Whether a call began to be something else, rather than that something was typed.
fn turned(before: &Kept, call: &Kept) -> bool {
    let facts = |kept: &Kept| RunningCall {
        who: String::new(),
        ..kept.call.clone()
    };
    facts(before) != facts(call)
}

/// In how long something typed is to be kept.
pub fn wait(model: &Model) -> Option<Duration> {
    let kept = &model.alive.kept;
    let since = |call: Kept| {
        let (before, at) = kept.get(&call.place)?;
        (*before != call).then_some(*at)
    };
    let (drafts, at) = &model.alive.drafts;
    let drafts = at.filter(|_| *drafts != drafts_of(model));
    let first: Option<DateTime<Utc>> = now_of(model).filter_map(since).chain(drafts).min();
    first.map(|at| (at + TYPING - model.now).to_std().unwrap_or_default())
}

/// What is not kept yet: a sudden end still writes it.
pub fn unkept(model: &Model) -> Option<Unkept> {
    let kept = &model.alive.kept;
    let changed = |call: &Kept| {
        kept.get(&call.place)
            .is_none_or(|(before, _)| before != call)
    };
    let drafts = drafts_of(model);
    Some(Unkept {
        session: model.alive.session?,
        agent: model.agent.clone(),
        calls: now_of(model).filter(changed).collect(),
        drafts: (drafts != model.alive.drafts.0).then_some(drafts),
    })
}
