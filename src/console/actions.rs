//! What keys do: the one table that dispatch, footer, `?`, palette and README come from.

use super::call::Call;
use super::keys::Binding;
use super::model::{Layer, Model};
use crate::incident::{NoteKind, StepKind, possible};

/// Something that a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Moves the selection, or scrolls, by so many rows.
    Move(isize),
    /// Moves by so many screens.
    Page(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Another saved view.
    View(isize),
    /// Opens the incident.
    Open,
    /// Goes back.
    Back,
    /// To the queue.
    Queue,
    /// Narrows the queue.
    Filter,
    /// A call begins.
    Call,
    /// Hold, or take back.
    Hold,
    /// Hang up.
    HangUp,
    /// A new incident without a call.
    New,
    /// Assign to somebody.
    Assign,
    /// Assign to me.
    AssignMe,
    /// Respond to the customer.
    Respond,
    /// Wait for the customer; on a waiting incident, resume.
    Wait,
    /// Agree on a severity.
    Severity,
    /// Promise an estimate.
    Estimate,
    /// Accept as within remit.
    Accept,
    /// Decline.
    Decline,
    /// Payment, waiver, refund.
    Pay,
    /// A step up the ladder.
    Escalate,
    /// Resolve.
    Resolve,
    /// Close without a resolution.
    Close,
    /// Open again.
    Reopen,
    /// Another aspect becomes an incident of its own.
    Split,
    /// A note.
    Note,
    /// The patch is out.
    Patched,
    /// The caller has the number.
    Given,
    /// Copy the number.
    Copy,
    /// Explain the deadline.
    Explain,
    /// The keys of this screen.
    Help,
    /// Draw everything anew.
    Redraw,
    /// Back to the shell for a while.
    Suspend,
    /// End the console.
    Quit,
}

impl Action {
    /// The steps of an incident that it may become; none for what is no step.
    pub fn steps(self) -> &'static [StepKind] {
        match self {
            Self::Assign | Self::AssignMe => &[StepKind::Assign],
            Self::Respond => &[StepKind::Respond],
            Self::Wait => &[StepKind::Wait],
            Self::Severity => &[StepKind::Severity],
            Self::Estimate => &[StepKind::Estimate],
            Self::Accept => &[StepKind::Accept],
            Self::Decline => &[StepKind::Decline],
            Self::Pay => &[StepKind::Pay, StepKind::Refund],
            Self::Escalate => &[
                StepKind::Escalate,
                StepKind::AnswerEscalation,
                StepKind::WithdrawEscalation,
            ],
            Self::Resolve => &[StepKind::Resolve],
            Self::Close => &[StepKind::Close],
            Self::Reopen => &[StepKind::Reopen],
            Self::Split => &[StepKind::Split],
            Self::Note => &[StepKind::Note(NoteKind::Internal)],
            Self::Patched => &[StepKind::Patched],
            Self::Given => &[StepKind::Given],
            _ => &[],
        }
    }

    /// Why none of its steps is possible on the incident that keys mean, in the words of the rules. An incident that was
    /// not read yet is read first, and asked again then.
    pub fn why_not(self, model: &Model) -> Option<String> {
        let Some(dossier) = model.current() else {
            return with_incident(model);
        };
        let situation = model.situation(dossier);
        let refused = |kind: &StepKind| possible(*kind, &dossier.incident, situation).err();
        let reasons: Option<Vec<String>> = self
            .steps()
            .iter()
            .map(|kind| refused(kind).map(|refusal| refusal.message))
            .collect();
        let mut reasons = reasons.filter(|reasons| !reasons.is_empty())?;
        // Steps that are refused for the same reason say it once.
        reasons.dedup();
        Some(reasons.join("; "))
    }
}

fn always(_: &Model) -> Option<String> {
    None
}

/// What needs an incident: the selected one of the queue, or the one that is open.
fn with_incident(model: &Model) -> Option<String> {
    model
        .number()
        .is_none()
        .then(|| "no incident is selected: press c when a caller rings, n for a new one".to_owned())
}

/// What only the queue has; the list of keys may lie over it.
fn in_queue(model: &Model) -> Option<String> {
    let incident = |layer: &Layer| matches!(layer, Layer::Incident(_));
    (model.layers.iter().any(incident))
        .then(|| "that is a key of the queue: go back to it with Esc".to_owned())
}

fn in_call(model: &Model) -> Option<String> {
    let live = model.call.as_ref().is_some_and(Call::is_live);
    (!live).then(|| match model.held.calls.is_empty() {
        true => "there is no call: press c when a caller rings".to_owned(),
        false => "the call is on hold: take it back with H first".to_owned(),
    })
}

fn in_call_or_held(model: &Model) -> Option<String> {
    in_call(model).filter(|_| model.held.calls.is_empty())
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
        "Open the selected incident",
        Action::Open,
        with_incident
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
        "Record a payment, a waiver or a refund",
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
        ["s"],
        "split",
        "Make another aspect an incident of its own",
        Action::Split
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
        "Narrow the queue: words, state:open, is:missed, assignee:me, due:<2h",
        Action::Filter,
        in_queue
    ),
    key!(
        ["right", "l"],
        "next view",
        "The next saved view",
        Action::View(1),
        in_queue
    ),
    key!(
        ["left", "h"],
        "",
        "The saved view before",
        Action::View(-1),
        in_queue
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
    key!(["f1"], "", "To the queue", Action::Queue, always),
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

impl Layer {
    /// Whether the layer has the keys for itself, as a form does.
    pub fn has_keys(&self) -> bool {
        !matches!(self, Self::Incident(_))
    }
}
