//! The table of keys: dispatch, footer, `?` and README come from it.

use super::Action;
use crate::console::call::{self, Call};
use crate::console::keys::Binding;
use crate::console::model::{Layer, Model};
use crate::console::screens::customers;
use crate::console::screens::screen::Screen;
use crate::incident::MessageState;

fn always(_: &Model) -> Option<String> {
    None
}

/// What needs an incident: the selected one of the queue, or the one that is open.
pub(super) fn with_incident(model: &Model) -> Option<String> {
    model
        .number()
        .is_none()
        .then(|| "no incident is selected: press c when a caller rings, n for a new one".to_owned())
}

/// What the screens have, and the incident that lies over them has not; the list of keys may lie over both.
fn on_screen(model: &Model) -> Option<String> {
    let incident = |layer: &Layer| matches!(layer, Layer::Incident(_));
    (model.layers.iter().any(incident)).then(|| {
        let screen = model.screen.title().to_lowercase();
        format!("that is a key of the {screen}: go back to it with Esc")
    })
}

/// What needs a message: the selected one of the messages.
fn with_message(model: &Model) -> Option<String> {
    match (model.screen, model.messages.selected()) {
        (Screen::Messages, Some(_)) => on_screen(model),
        (Screen::Messages, None) => Some("no message is selected".to_owned()),
        _ => Some("that is a key of the messages: F4 leads there".to_owned()),
    }
}

/// What needs a customer, or a message that may still be changed.
fn with_changeable(model: &Model) -> Option<String> {
    match model.screen {
        Screen::Customers => customers::why_not_selected(model),
        _ => with_unsent(model),
    }
}

/// What needs a message that was neither sent nor dropped.
fn with_unsent(model: &Model) -> Option<String> {
    with_message(model).or_else(|| {
        let state = model.messages.selected()?.state;
        let done = matches!(state, MessageState::Sent | MessageState::Dropped);
        done.then(|| {
            format!(
                "the message was {} already: it stays as it is",
                state.word()
            )
        })
    })
}

/// What only screens have that narrow what they show.
fn with_filter(model: &Model) -> Option<String> {
    match model.screen {
        Screen::Queue | Screen::Customers => on_screen(model),
        _ => Some("that is a key of the queue: F1 leads there".to_owned()),
    }
}

/// What has several views.
fn with_views(model: &Model) -> Option<String> {
    match model.screen {
        Screen::Customers => Some("there is one list of customers: / narrows it".to_owned()),
        Screen::Calls => Some("there is one list of calls".to_owned()),
        _ => on_screen(model),
    }
}

/// What needs something that Enter opens.
fn with_selected(model: &Model) -> Option<String> {
    let customers = model.screen == Screen::Customers && model.layers.is_empty();
    match customers && !model.customers.is_inside() {
        true => customers::why_not_selected(model),
        false => with_incident(model),
    }
}

fn in_call(model: &Model) -> Option<String> {
    let live = model.call.as_ref().is_some_and(Call::is_live);
    (!live).then(|| match model.held.calls.is_empty() {
        true => "there is no call: press c when a caller rings".to_owned(),
        false => "the call is on hold: take it back with H first".to_owned(),
    })
}

fn in_call_or_held(model: &Model) -> Option<String> {
    let waits = !model.held.calls.is_empty() || model.alive.has_cut_off();
    in_call(model).filter(|_| !waits)
}

macro_rules! key {
    ($chords:expr, $help:literal, $about:literal, $action:expr, $why_not:expr) => {
        Binding {
            chords: &$chords,
            help: $help,
            about: $about,
            message: |_| $action,
            why_not: $why_not,
        }
    };
}

macro_rules! step {
    ($chords:expr, $help:literal, $about:literal, $action:expr) => {
        key!($chords, $help, $about, $action, |model| $action
            .why_not(model))
    };
}

/// The keys of the queue and of an incident: the same key means the same in both.
pub const KEYS: &[Binding<Model, Action>] = &[
    key!(
        ["c"],
        "call",
        "A call begins: the timer runs, find the caller; back to the call that runs",
        Action::Call,
        always
    ),
    key!(
        ["x"],
        "hang up",
        "Hang up: the wrap-up asks what is still missing",
        Action::HangUp,
        in_call
    ),
    key!(
        ["H"],
        "hold",
        "Put the call on hold, or take it back",
        Action::Hold,
        in_call_or_held
    ),
    key!(
        ["enter"],
        "open",
        "Open the selected incident; go into the selected customer",
        Action::Open,
        with_selected
    ),
    key!(
        ["C"],
        "change",
        "Change the selected customer; change or drop the selected message before it is sent",
        Action::Change,
        with_changeable
    ),
    key!(
        ["Y"],
        "copy message",
        "Copy the selected message as its reader will see it",
        Action::CopyMessage,
        with_message
    ),
    key!(["esc", "backspace"], "", "Go back", Action::Back, always),
    step!(["r"], "respond", "Respond to the customer", Action::Respond),
    step!(
        ["A"],
        "to me",
        "Assign the incident to me",
        Action::AssignMe
    ),
    step!(
        ["a"],
        "assign",
        "Assign the incident to an agent",
        Action::Assign
    ),
    step!(
        ["w"],
        "wait",
        "Ask the customer and wait; on a waiting incident, resume",
        Action::Wait
    ),
    step!(
        ["d"],
        "resolve",
        "Resolve by one of the policy's outcomes (done)",
        Action::Resolve
    ),
    step!(["m"], "note", "Write a note", Action::Note),
    step!(["v"], "severity", "Agree on a severity", Action::Severity),
    step!(["t"], "estimate", "Promise an estimate", Action::Estimate),
    step!(
        ["e"],
        "escalate",
        "Escalate, record the answer, or take a level back",
        Action::Escalate
    ),
    step!(
        ["p"],
        "pay",
        "Record an order, a payment, a waiver or a refund",
        Action::Pay
    ),
    step!(
        ["i"],
        "accept",
        "Accept the issue as within remit",
        Action::Accept
    ),
    step!(
        ["D"],
        "decline",
        "Decline it, with the reason",
        Action::Decline
    ),
    step!(
        ["K"],
        "given",
        "The caller has the Tech Reference number",
        Action::Given
    ),
    key!(
        ["y"],
        "copy",
        "Copy the Tech Reference number",
        Action::Copy,
        with_incident
    ),
    step!(
        ["o"],
        "reopen",
        "Open a resolved or closed incident again",
        Action::Reopen
    ),
    step!(
        ["!"],
        "emergency",
        "Ask for emergency service: its gate, with the caller's PIN",
        Action::Emergency
    ),
    step!(
        ["s"],
        "split",
        "Make another aspect an incident of its own",
        Action::Split
    ),
    step!(
        ["M"],
        "merge",
        "Merge it into another one that is the same matter, or take that back",
        Action::Merge
    ),
    step!(
        ["u"],
        "undo",
        "Take your own last step on the incident back, within the hour",
        Action::Undo
    ),
    step!(
        ["L"],
        "link",
        "Link it with another one that has to do with it, or unlink them",
        Action::Link
    ),
    step!(
        ["f"],
        "known fault",
        "Mark it as a fault that many have, or take the mark off",
        Action::Known
    ),
    key!(
        ["="],
        "same",
        "Log the caller's issue as the same as a known fault; without a call, count this incident to one",
        Action::Same,
        |model| match call::has_caller(model) {
            true => None,
            false => Action::Same.why_not(model),
        }
    ),
    step!(
        ["b"],
        "schedule",
        "Arrange a call, or call it off",
        Action::Schedule
    ),
    step!(["X"], "close", "Close without a resolution", Action::Close),
    step!(
        ["P"],
        "patched",
        "Record that the patch is out",
        Action::Patched
    ),
    key!(
        ["E"],
        "explain",
        "Explain the deadline: what was counted, down to the sum",
        Action::Explain,
        with_incident
    ),
    key!(
        ["n"],
        "new",
        "A new incident: the caller's, or one without a call",
        Action::New,
        always
    ),
    key!(
        ["/"],
        "filter",
        "Narrow the queue: words, state:open, is:missed, assignee:me, due:<2h; find customers",
        Action::Filter,
        with_filter
    ),
    key!(
        ["N"],
        "person",
        "Add a person to the selected customer, or put one right",
        Action::Person,
        customers::why_not_selected
    ),
    key!(
        ["+"],
        "add",
        "Add a customer",
        Action::Add,
        customers::why_not
    ),
    key!(
        ["right", "l"],
        "next view",
        "The next saved view, month or policy",
        Action::View(1),
        with_views
    ),
    key!(
        ["left", "h"],
        "",
        "The saved view, month or policy before",
        Action::View(-1),
        with_views
    ),
    key!(["j", "down"], "", "Down", Action::Move(1), always),
    key!(["k", "up"], "", "Up", Action::Move(-1), always),
    key!(
        ["pgdn", "ctrl-f"],
        "",
        "A screen down",
        Action::Page(1),
        always
    ),
    key!(["pgup"], "", "A screen up", Action::Page(-1), always),
    key!(["g", "home"], "", "To the first", Action::First, always),
    key!(["G", "end"], "", "To the last", Action::Last, always),
    key!(
        ["f1"],
        "",
        "To the queue",
        Action::Screen(Screen::Queue),
        always
    ),
    key!(
        ["f2"],
        "calls",
        "To the calls of the shift: running, arranged, to be tried again, made today",
        Action::Screen(Screen::Calls),
        always
    ),
    key!(
        ["f3"],
        "customers",
        "To the customers: find and change them, what they have left, their incidents",
        Action::Screen(Screen::Customers),
        always
    ),
    key!(
        ["f4"],
        "messages",
        "To the messages: what waits to be sent, what was sent",
        Action::Screen(Screen::Messages),
        always
    ),
    key!(
        ["f6"],
        "hours",
        "To the hours: who is open, when that changes, holidays and closures",
        Action::Screen(Screen::Hours),
        always
    ),
    key!(
        ["f7"],
        "policy",
        "To the policy: what may be promised",
        Action::Screen(Screen::Policy),
        always
    ),
    key!(
        ["tab"],
        "",
        "The next screen",
        Action::NextScreen(1),
        always
    ),
    key!(
        ["shift-tab"],
        "",
        "The screen before",
        Action::NextScreen(-1),
        always
    ),
    key!(
        ["?"],
        "keys",
        "The keys that work here",
        Action::Help,
        always
    ),
    key!(
        ["ctrl-l"],
        "",
        "Draw everything anew",
        Action::Redraw,
        always
    ),
    key!(
        ["ctrl-z"],
        "",
        "Back to the shell; fg returns",
        Action::Suspend,
        always
    ),
    key!(["q"], "quit", "Leave the console", Action::Quit, always),
];
