//! The calls in a line each: in the footer, and over the calls of the shift.

use super::{Call, Stage, kept};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::countdown::timer;
use crate::incident::RunningCall;
use crate::text;

/// Columns that a caller's name takes at most in the footer.
const NAME: usize = 22;
/// Columns that the name of who waits longest takes at most there.
const HELD_NAME: usize = 16;
/// A call that is not recorded yet, in a line: what it is now, its time, and with whom it is.
pub(in crate::console) struct CallLine {
    /// What it is, in the words of `call list`.
    pub(in crate::console) state: &'static str,
    /// How that is drawn.
    pub(in crate::console) role: Role,
    /// Its length; on hold, that of the hold.
    pub(in crate::console) seconds: i64,
    /// With whom it is.
    pub(in crate::console) who: String,
}

impl CallLine {
    fn of(call: &RunningCall, who: String, model: &Model) -> Option<Self> {
        let timer = call.timer?;
        let (role, seconds) = match (call.is_held(), call.is_running()) {
            (true, _) => (Role::Paused, timer.this_hold(model.now)),
            (false, true) => (Role::Running, call.seconds(model.now)),
            (false, false) => (Role::Paused, call.seconds(model.now)),
        };
        let state = call.state();
        Some(Self {
            state,
            role,
            seconds,
            who,
        })
    }
}

/// The calls that are not recorded yet, those of this console first.
pub(in crate::console) fn call_lines(model: &Model) -> Vec<CallLine> {
    let own = model.call.iter().chain(&model.held.calls);
    let mine = own.filter_map(|call| {
        let who = match call.who() {
            nobody if nobody.trim().is_empty() => "not known yet".to_owned(),
            who => who,
        };
        CallLine::of(&kept::running(call), who, model)
    });
    let others = model.alive.calls.iter().filter_map(|found| {
        let who = format!("{}, with {}", found.call.in_words(), found.agent);
        CallLine::of(&found.call, who, model)
    });
    mine.chain(others).collect()
}

/// The timer of a call; of one that was hung up, that it was.
pub(super) fn running(call: &Call, model: &Model, look: &Look) -> Option<String> {
    let time = timer(call.seconds(model.now));
    call.timer.map(|_| match call.ended_at {
        Some(_) => format!("hung up, call {time}"),
        None => format!("{} call {time}", look.symbols.soon),
    })
}

/// The call in the footer: its timer and its caller, and how many are on hold.
pub fn footer(model: &Model, look: &Look) -> Option<String> {
    let running = model.call.as_ref().map(|call| {
        let who = call.who();
        let who = text::cut_with(&who, NAME, look.symbols.cut);
        match running(call, model, look) {
            Some(time) => {
                let words = format!("{time} {who}");
                let words = words.trim_end();
                // What is missing of it is still to be said: by the key that takes calls back.
                match call.ended_at {
                    Some(_) if !super::is_shown(model) => format!("{words}, H: its wrap-up"),
                    _ => words.to_owned(),
                }
            }
            None if call.stage == Stage::Ring => format!("no call yet: {who}"),
            None if call.is_done() => match call.taken.last() {
                Some(taken) => format!("{} logged: {who}", taken.number),
                None => "a new incident".to_owned(),
            },
            None if who.trim().is_empty() => "a new incident, not saved yet".to_owned(),
            None => format!("not saved: {who}"),
        }
    });
    let held = model.held.calls.iter();
    let held = held.filter(|call| call.ended_at.is_none());
    let held = held.filter_map(|call| Some((call.timer?.this_hold(model.now), call.who())));
    let held: Vec<(i64, String)> = held.collect();
    let longest = held.iter().rev().max_by_key(|(seconds, _)| *seconds);
    let on_hold = longest.map(|(seconds, who)| {
        let who = match who.trim() {
            "" => "nobody known yet",
            who => who,
        };
        let who = text::cut_with(who, HELD_NAME, look.symbols.cut);
        let many = held.len();
        let rest = match many {
            1 => String::new(),
            _ => format!("{many} "),
        };
        let seconds = timer(*seconds);
        format!("{} {rest}on hold {seconds} {who}", look.symbols.paused)
    });
    let warning = model.call.as_ref().and_then(|call| {
        let words = call.taken.last()?.warning(call.seconds(model.now))?;
        Some(format!("{} {words}", look.symbols.missed))
    });
    let unfinished = match model.held.wrap_ups() {
        0 => None,
        1 => Some("a wrap-up waits".to_owned()),
        many => Some(format!("{many} wrap-ups wait")),
    };
    let parts = [running, warning, on_hold, unfinished];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("  "))
}
