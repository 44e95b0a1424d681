//! The turns of a call: it begins, is put on hold, is taken back, is hung up.

use super::{Call, CallId, Next, Stage, ring, wrap_up};
use crate::console::instants;
use crate::console::live;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::console::widgets::countdown::timer;
use crate::console::widgets::message::Kind;
use crate::incident::{TechRef, Timer, Way};

impl Call {
    /// One stage back. Nothing that was typed is lost. A call that has ended goes on only where the agent says so in the
    /// wrap-up, and not after it was left for something else: what was not spoken is not recorded.
    pub(super) fn go_back(&mut self) -> Next {
        self.stage = match self.stage {
            Stage::Find | Stage::Ring => return Next::Leave,
            Stage::Customer | Stage::Card => Stage::Find,
            Stage::Issue if self.finishing => return Next::WrapUp,
            Stage::Issue | Stage::Same => Stage::Card,
            Stage::Incident if self.is_live() && self.card.is_some() => Stage::Card,
            Stage::Incident => return Next::Leave,
            Stage::WrapUp if self.may_go_on => {
                self.ended_at = None;
                self.before_wrap_up
            }
            Stage::WrapUp => return Next::Leave,
        };
        Next::Go(Vec::new())
    }
}

/// Shows the call.
pub(super) fn show(model: &mut Model) {
    model.layers.retain(|layer| !matches!(layer, Layer::Call));
    model.layers.push(Layer::Call);
}

/// The work goes on with another incident, which came of the one that was worked on or goes on in its place: a call that
/// shows goes on with it, and times it on its own.
pub fn go_to(model: &mut Model, number: TechRef, is_new: bool) -> Vec<Effect> {
    let now = model.now;
    match (&mut model.call, model.layers.last()) {
        (Some(call), Some(Layer::Call)) => {
            call.take(number, is_new, now);
            Vec::new()
        }
        _ => crate::console::update::open(model, number),
    }
}

/// Takes the call off the screen.
pub(super) fn hide(model: &mut Model) {
    model.layers.retain(|layer| !matches!(layer, Layer::Call));
}

/// A number that no other call of this console has.
pub fn next_place(model: &mut Model) -> CallId {
    model.held.begun += 1;
    CallId(model.held.begun)
}

/// Which call of this console runs.
pub fn current_place(model: &Model) -> Option<u64> {
    model.call.as_ref().map(|call| call.id.0)
}

/// Puts aside what is not talked on: a wrap-up that is not filled in yet, or what is typed in without a call and not saved.
fn park(model: &mut Model) {
    let Some(call) = model.call.take().filter(|call| !call.is_done()) else {
        return;
    };
    if call.ended_at.is_some() {
        let words = format!("the wrap-up of {} waits: H brings it back", call.who());
        model.say(Kind::Info, words);
    }
    model.held.wait(call);
}

/// The call that runs: with whom, and for how long.
pub fn current_in_words(model: &Model) -> String {
    let Some(call) = &model.call else {
        return String::new();
    };
    let who = match call.who() {
        nobody if nobody.trim().is_empty() => "nobody known yet".to_owned(),
        who => who,
    };
    format!("{who}, {}", timer(call.seconds(model.now)))
}

fn start(model: &mut Model, way: Way, timer: Option<Timer>) {
    model.call = Some(Call::new(next_place(model), way, timer));
    show(model);
}

/// The customer is to be rung up about the incident that keys mean: asks whom. What comes of the call is recorded at its
/// end.
pub fn ring_up(model: &mut Model) -> Vec<Effect> {
    let Some(number) = model.number() else {
        return Vec::new();
    };
    park(model);
    start(model, Way::Out, None);
    if let Some(call) = &mut model.call {
        let form = None;
        call.ring = Some(ring::Ring { number, form });
        call.stage = Stage::Ring;
        call.opening_card = Some(number);
    }
    vec![Effect::Ask(Request::Dossier(number))]
}

/// A call begins; one that runs is shown again.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    if talks(model) {
        show(model);
        return crate::console::update::look_at_selected(model);
    }
    // What is typed in without a call waits, and so does a wrap-up: the telephone comes first.
    park(model);
    let timer = Timer::begin(model.now);
    start(model, Way::In, Some(timer));
    Vec::new()
}

/// A new incident: of the caller while a call runs, else one without a call.
pub fn without(model: &mut Model) -> Vec<Effect> {
    let shows = matches!(model.layers.last(), Some(Layer::Call));
    let before = model.call.take();
    match before.filter(|call| shows || !call.is_done()) {
        Some(mut call) => {
            let is_free = call.is_live() || call.is_done();
            if is_free && call.stage != Stage::WrapUp {
                call.new_issue(model);
            }
            model.call = Some(call);
            show(model);
        }
        None => start(model, Way::In, None),
    }
    Vec::new()
}

/// Whether somebody is talked with now.
pub fn talks(model: &Model) -> bool {
    let call = model.call.as_ref();
    call.is_some_and(|call| call.is_live() && call.ended_at.is_none())
}

/// Whether all that there is of calls is a new incident that is typed in without one.
pub fn only_typed_in(model: &Model) -> bool {
    let mut calls = model.call.iter().chain(&model.held.calls).peekable();
    calls.peek().is_some() && calls.all(|call| !call.is_live())
}

/// Whether a call runs whose caller is known, and which is not about the incident that shows.
pub fn has_caller(model: &Model) -> bool {
    let shows_incident = matches!(model.layers.last(), Some(Layer::Call))
        && model.call.as_ref().is_some_and(Call::is_on_incident);
    let call = model.call.as_ref();
    call.is_some_and(|call| call.is_live() && call.card.is_some()) && !shows_incident
}

/// The caller has a fault that is known: the selected incident where that stands for one, else one of those there are.
pub fn same_as(model: &mut Model) -> Vec<Effect> {
    let shown = match model.layers.last() {
        Some(Layer::Call) => None,
        _ => model.number(),
    };
    let Some(call) = &mut model.call else {
        return Vec::new();
    };
    let card = call.card.as_ref();
    let meant = shown.or_else(|| Some(card?.selected()?.number));
    call.stage = Stage::Same;
    call.meant = meant;
    call.same = None;
    show(model);
    vec![Effect::Ask(Request::Faults)]
}

/// Puts the call on hold; without one, takes one back.
pub fn hold(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    if model.call.as_ref().is_some_and(|call| !call.is_live()) {
        park(model);
        hide(model);
    } else if let Some(mut call) = model.call.take() {
        let words = match (&mut call.timer, call.ended_at) {
            (Some(timer), None) => {
                timer.hold(now);
                "c takes another call, H takes one back"
            }
            _ => "the wrap-up waits: c takes the next call, H brings it back",
        };
        model.held.wait(call);
        hide(model);
        model.say(Kind::Info, words);
        return crate::console::update::look_at_selected(model);
    }
    model.held.sort();
    match model.held.calls.len() {
        0 => {
            live::offer_again(model);
            Vec::new()
        }
        1 => take_back(model, 0),
        _ => {
            model.held.at = 0;
            show(model);
            Vec::new()
        }
    }
}

/// Takes the call at `at` back.
pub(super) fn take_back(model: &mut Model, at: usize) -> Vec<Effect> {
    if at >= model.held.calls.len() {
        return Vec::new();
    }
    let mut call = model.held.calls.remove(at);
    if let Some(timer) = call.timer.as_mut().filter(|_| call.ended_at.is_none()) {
        timer.take_back(model.now);
    }
    model.call = Some(call);
    show(model);
    let mut effects = crate::console::update::look_at_selected(model);
    effects.extend(refresh(model));
    effects
}

/// Hangs up: asks what is still missing.
pub fn hang_up(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    if model.call.is_none()
        && let Some(at) = model.held.calls.iter().position(|call| !call.is_live())
    {
        let mut effects = take_back(model, at);
        effects.extend(super::held::drop_draft(model));
        return effects;
    }
    if model.call.as_ref().is_some_and(|call| !call.is_live()) {
        return super::held::drop_draft(model);
    }
    let call = model.call.as_ref();
    let current = call.and_then(|call| Some(call.taken.last()?.number));
    let dossier = model.dossier.as_deref();
    let dossier = dossier.filter(|dossier| Some(dossier.incident.tech_ref) == current);
    let zones = dossier.map_or_else(
        || vec![model.zone],
        |dossier| instants::zones(model, dossier),
    );
    let Some(call) = &mut model.call else {
        return Vec::new();
    };
    if call.asked.is_some() {
        call.problem = Some("the desk is still saving: press x once more".to_owned());
    } else if call.stage != Stage::WrapUp {
        if call.ended_at.is_none() {
            (call.ended_at, call.may_go_on) = (Some(now), true);
        }
        (call.finishing, call.told) = (false, false);
        call.recorded.clear();
        if let Some(note) = call.note.take() {
            call.note_begun = note.value("note");
        }
        let (besides, seconds) = (call.besides(), call.seconds(now));
        let mut form = wrap_up::form(&call.taken, call.way, &besides, seconds, &zones);
        let before = call.wrap_up.as_ref().map(|before| {
            let mut draft = before.to_draft();
            // What the agent did not pick is told by how the call went on.
            if before.changed(wrap_up::ABOUT).is_none() {
                draft.remove(wrap_up::ABOUT);
            }
            draft
        });
        if let Some(before) = before.or(call.wrapped_up.take()) {
            form.fill(&before);
        }
        // A note that was begun is what was said.
        if !call.note_begun.is_empty() {
            let said = [form.value("text"), std::mem::take(&mut call.note_begun)];
            form.set("text", said.join("\n").trim_start());
        }
        call.wrap_up = Some(form);
        call.before_wrap_up = std::mem::replace(&mut call.stage, Stage::WrapUp);
    }
    show(model);
    crate::console::update::look_at_selected(model)
}

/// Reads again what the call shows.
pub fn refresh(model: &Model) -> Vec<Effect> {
    let card = model.call.as_ref().and_then(|call| call.card.as_ref());
    card.map(|card| Effect::Ask(Request::Caller(card.caller.customer.id)))
        .into_iter()
        .collect()
}

/// Why the console should not be left now, if it should not.
pub fn why_stay(model: &Model) -> Option<String> {
    if model.call.as_ref().is_some_and(Call::is_live) {
        return Some("a call is running: hang up with x first, then quit".to_owned());
    }
    let mut waiting = model.call.iter().chain(&model.held.calls);
    let waiting: Vec<&Call> = waiting.by_ref().filter(|call| !call.is_done()).collect();
    let ended = |call: &&&Call| call.ended_at.is_some();
    let words = if waiting
        .iter()
        .any(|call| call.is_live() && call.ended_at.is_none())
    {
        "a call is on hold: take it back with H and hang up with x, then quit"
    } else if waiting.iter().find(ended).is_some() {
        "a wrap-up is not filled in: H brings it back, Ctrl-D saves it, then quit"
    } else if waiting.is_empty() {
        return None;
    } else {
        "a new incident is not saved: n or H shows it, Ctrl-D saves it, x drops it"
    };
    Some(words.to_owned())
}
