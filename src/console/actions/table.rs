//! The table of keys: dispatch, footer, `?` and README come from it.

use super::guards::{
    always, covered, has_filter, in_call, in_call_or_draft, in_call_or_held, means_incident,
    on_queue, to_ring_up, with_addition, with_changeable, with_file, with_filter, with_incident,
    with_message, with_narrowed, with_receipt, with_removal, with_rows_to_mark, with_selected,
    with_unsent, with_views,
};
use super::{Action, guards};
use crate::console::screens::{customers, reports, screen::Screen};
use crate::console::{call, keys::Binding, live, model::Model};

/// The keys of the queue and of an incident: the same key means the same in both.
pub const KEYS: &[Binding<Model, Action>] = &[
    key!(
        ["c"],
        "call",
        "A call begins: the timer runs, find the caller; back to the call that runs",
        Action::Call,
        always
    ),
    here!(
        |model| match call::only_typed_in(model) {
            true => Some("drop"),
            false => call::waits(model).then_some("wrap-up"),
        },
        ["x", "ctrl-x"],
        "hang up",
        "Hang up: the wrap-up asks what is still missing; without a call, drop what is not saved; Ctrl-X also while something is typed",
        Action::HangUp,
        in_call_or_draft
    ),
    key!(
        ["V"],
        "ring up",
        "Ring the customer up: asks whom and by which number, then the timer runs; hanging up asks whether somebody answered",
        Action::RingUp,
        to_ring_up,
        |model| model.screen == Screen::Calls
    ),
    Binding {
        here: |model| (!call::talks(model)).then_some("take back"),
        in_footer: |model| !call::only_typed_in(model),
        ..key!(
            ["H", "ctrl-t"],
            "hold",
            "Put the call on hold, or take it back; in the wrap-up, leave it for later; Ctrl-T also while something is typed",
            Action::Hold,
            in_call_or_held
        )
    },
    key!(
        ["R", "f9"],
        "answer",
        "Answer what rings: the caller is filled in; F9 also while something is typed",
        Action::Answer,
        live::why_no_ring
    ),
    quiet!(
        ["T"],
        "hand over call",
        "Hand the call to another agent, with its time and its notes",
        Action::Hand,
        in_call
    ),
    key!(
        ["enter"],
        "open",
        "Open the selected incident; go into the selected customer; read the selected mail; show a report in full",
        Action::Open,
        with_selected,
        |model| !covered(model)
    ),
    Binding {
        // Where it means an incident there are keys that matter more.
        in_footer: |model| !means_incident(model),
        message: guards::change,
        ..key!(
            ["C"],
            "change",
            "Put the incident right, or give it to another customer; change the selected customer, or a message before it is sent; decide about a mail in quarantine",
            Action::Change,
            with_changeable
        )
    },
    key!(
        ["@"],
        "send",
        "Send the selected message, also once more, or all that wait",
        Action::Send,
        with_unsent
    ),
    key!(
        ["W"],
        "write",
        "Write the selected message to a file as mail programs read it, or the files that came with a mail",
        Action::WriteMessage,
        with_file
    ),
    key!(
        ["Y"],
        "copy message",
        "Copy the selected message as its reader will see it",
        Action::CopyMessage,
        with_message
    ),
    quiet!(["esc", "backspace"], "back", "Go back", Action::Back),
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
    aside!(["O"], "conduct", "Note a caller's conduct", Action::Conduct),
    step!(["v"], "severity", "Agree on a severity", Action::Severity),
    step!(["t"], "estimate", "Promise an estimate", Action::Estimate),
    step!(
        ["e"],
        "escalate",
        "Escalate, say the ground that a mail owes, record the answer, or take a level back; what is answered leaves the view Escalated",
        Action::Escalate
    ),
    step!(
        ["p"],
        "pay",
        "Record an order, a payment, a waiver or a refund; or let what the customer bought meanwhile pay",
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
        Action::Given,
        guards::number_not_given
    ),
    Binding {
        here: |model| (model.screen == Screen::Messages).then_some("copy number"),
        ..key!(
            ["y"],
            "copy",
            "Copy the Tech Reference number",
            Action::Copy,
            with_incident
        )
    },
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
        "Take your own last step back, within the hour, on whichever incident it was; right after a step on several, on all of them",
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
        guards::with_known_fault
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
        ["$"],
        "receipt",
        "What it cost: the receipt, to be read out, copied or written to a file",
        Action::Receipt,
        with_receipt
    ),
    key!(
        ["\""],
        "say",
        "The next deadline as a sentence to read out, in the caller's time and in ours",
        Action::Say,
        with_incident
    ),
    key!(
        ["n"],
        "new",
        "A new incident: the caller's, or one without a call",
        Action::New,
        always
    ),
    Binding {
        here: guards::looks_here,
        in_footer: has_filter,
        ..key!(
            ["/"],
            "filter",
            "Narrow the queue: words, state:open, is:missed, assignee:me, due:<2h, opened:<7d; find customers, or words in the policy",
            Action::Filter,
            with_filter
        )
    },
    quiet!(
        ["S"],
        "keep view",
        "Keep what narrows the queue as a view of your own; on such a view, rename it or take it out",
        Action::KeepView,
        with_narrowed
    ),
    key!(
        ["space"],
        "mark",
        "Mark the incident and go down: the next step is meant for all that are marked, and shows first what becomes of each",
        Action::Mark,
        with_rows_to_mark
    ),
    quiet!(
        ["*"],
        "mark all",
        "Mark every incident of the view, or none",
        Action::MarkAll,
        with_rows_to_mark
    ),
    key!(
        ["F"],
        "freeze",
        "Let the queue stand still while you work it, or move again",
        Action::Freeze,
        on_queue,
        guards::has_rows
    ),
    key!(
        ["N"],
        "person",
        "Add a person to the selected customer or the caller, or put one right",
        Action::Person,
        customers::why_no_person
    ),
    key!(
        ["%"],
        "by what",
        "Reports by policy, customer, agent, severity or week",
        Action::Slice,
        reports::why_not
    ),
    key!(
        ["+"],
        "add",
        "Add a customer; inside one, what it bought; on the hours, a closure or an extra opening",
        Action::Add,
        with_addition
    ),
    here!(
        |model| (model.screen == Screen::Customers).then_some("end entitlement"),
        ["-"],
        "take back",
        "Take a closure or an extra opening back; inside a customer, end an entitlement that it has",
        Action::Remove,
        with_removal
    ),
    Binding {
        here: guards::next_view,
        ..key!(
            ["right", "l"],
            "next view",
            "The next saved view, month, policy or range",
            Action::View(1),
            with_views
        )
    },
    quiet!(
        ["left", "h"],
        "view before",
        "The saved view, month, policy or range before",
        Action::View(-1),
        with_views
    ),
    moves!(["j", "down"], "down", "Down", Action::Move(1)),
    moves!(["k", "up"], "up", "Up", Action::Move(-1)),
    moves!(
        ["pgdn", "ctrl-f"],
        "page down",
        "A screen down",
        Action::Page(1)
    ),
    moves!(["pgup"], "page up", "A screen up", Action::Page(-1)),
    moves!(["g", "home"], "first", "To the first", Action::First),
    moves!(["G", "end"], "last", "To the last", Action::Last),
    quiet!(
        ["f1"],
        "queue",
        "To the queue",
        Action::Screen(Screen::Queue)
    ),
    screen!(
        ["f2"],
        "calls",
        "To the calls of the shift: running, arranged, to be tried again, made today",
        Screen::Calls
    ),
    screen!(
        ["f3"],
        "customers",
        "To the customers: find and change them, what they have left, their incidents",
        Screen::Customers
    ),
    screen!(
        ["f4"],
        "messages",
        "To the messages: what waits to be sent, what was sent",
        Screen::Messages
    ),
    screen!(
        ["f5"],
        "reports",
        "To the reports: targets attained, times, calls, outcomes, money, as charts with their figures",
        Screen::Reports
    ),
    screen!(
        ["f6"],
        "hours",
        "To the hours: who is open, when that changes, holidays and closures",
        Screen::Hours
    ),
    screen!(
        ["f7"],
        "policy",
        "To the policy: what may be promised",
        Screen::Policy
    ),
    quiet!(
        ["tab"],
        "next screen",
        "The next screen",
        Action::NextScreen(1)
    ),
    quiet!(
        ["shift-tab"],
        "screen before",
        "The screen before",
        Action::NextScreen(-1)
    ),
    key!(
        ["?", "f8"],
        "keys",
        "The keys that work here; F8 also while something is typed",
        Action::Help,
        always
    ),
    quiet!(
        ["B"],
        "handover",
        "What the next shift must know; there B takes it over",
        Action::Handover
    ),
    key!(
        [":"],
        "palette",
        "Find an action by its name and do it",
        Action::Palette,
        always
    ),
    quiet!(["ctrl-l"], "redraw", "Draw everything anew", Action::Redraw),
    quiet!(
        ["ctrl-z"],
        "suspend",
        "Back to the shell; fg returns",
        Action::Suspend
    ),
    key!(["q"], "quit", "Leave the console", Action::Quit, always),
];
